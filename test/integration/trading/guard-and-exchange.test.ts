/** The guard and the exchange judge every order code alike, on every route, through a whole day of both venues. */
import { describe, expect, it } from 'vitest';
import { MarketHub } from '#core/market/index.ts';
import { kindFacts } from '#core/trading/order-kind.ts';
import type { GuardedOrder, Route } from '#shared/domain/index.ts';
import { ORDER_CODES } from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { openSimulator, SAMSUNG, TEST_LISTING, WALL_AFTER_MS } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const ROUTES: readonly Route[] = ['KRX', 'NXT', 'SOR'];
const DAY = sessionDate('2026-11-25');
const TIMES = ['08:31', '08:41', '08:55', '09:00:20', '09:02', '15:21', '15:32', '15:45', '16:00:10', '19:00'];

function noHistory() {
  const nothing = new Float64Array(0);
  return {
    length: 0,
    columns: { openTs: nothing, open: nothing, high: nothing, low: nothing, close: nothing, volume: nothing },
  };
}

describe('the guard and the exchange', () => {
  it('agree on what is taken, and on why not', { timeout: 120_000 }, async () => {
    const { simulator, time } = await openSimulator(tempFolder(), { wallMs: WALL_AFTER_MS });
    simulator.pause();
    const hub = new MarketHub({
      feed: simulator,
      clock: time.clock,
      timers: time.timers,
      logger: createMemoryLog().logger,
      instruments: () => TEST_LISTING,
      find: (id) => TEST_LISTING.find((each) => each.id === id),
      dailyCandles: noHistory,
    });
    const { accountId } = simulator.createAccount({ name: '하나', startingCashKrw: 100_000_000_000 });
    await simulator.jump('nextDay');
    simulator.pause();
    let taken = 0;
    const seen = new Set<string>();
    for (const text of TIMES) {
      await simulator.step(kstInstant(DAY, timeOfDayMs(text)) - simulator.status().simTs);
      for (const row of ORDER_CODES) {
        for (const route of ROUTES) {
          const issue = hub.facts(SAMSUNG);
          if (!issue) throw new Error('not in the market');
          const { type, timeInForce, session } = row;
          const price = row.price === 'required' ? (issue.krx.bid ?? issue.base) : null;
          const stopPrice = type === 'stopLimit' ? issue.upperLimit : null;
          const kind = { type, timeInForce, session, route };
          const asked = { instrumentId: SAMSUNG, side: 'buy', ...kind, price, stopPrice, quantity: 1 } as const;
          const order: GuardedOrder = { kind: 'new', ...asked, allowDuplicate: true, automated: false };
          const { refusal } = kindFacts({ order, issue, exchangeTs: hub.exchangeNow(), amends: null });
          const answer = simulator.submit({ accountId, ...asked });
          const told = answer.ok ? null : answer.code;
          expect(told, `${row.code} by ${route} at ${text}`).toBe(refusal === null ? null : `EXCH_${refusal}`);
          if (answer.ok) taken += 1;
          seen.add(refusal ?? 'taken');
        }
      }
      for (const { brokerOrderNo } of simulator.openOrders(accountId)) simulator.cancel({ accountId, brokerOrderNo });
    }
    expect(taken).toBeGreaterThan(100);
    expect([...seen].sort()).toEqual(expect.arrayContaining(['SESSION', 'TYPE', 'TYPE_HOURS', 'VENUE_TYPE', 'taken']));
    hub.close();
    await simulator.close();
  });
});
