/** The market taken back: the same state as it was, the customers' record whole, and the same again after a crash. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExchangeNotice, Simulator } from '#core/simulator/index.ts';
import { MarketHub } from '#core/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { openSimulator, PLAIN_ORDER, SAMSUNG, TEST_LISTING, testSimulator } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const REPLAY = { mode: 'replay', instrumentId: SAMSUNG, date: '2025-06-10', seed: 7 } as const;
const DATE = sessionDate('2025-06-10');

/** What the market shows of all issues, and where it stands. */
function figures(simulator: Simulator): unknown {
  const { events: _events, ...session } = simulator.session();
  return {
    session,
    disturbed: simulator.status().disturbed,
    prices: simulator
      .instrumentIds()
      .map((id) => [simulator.issue(id), simulator.depth(id), simulator.issue(id, 'NXT'), simulator.depth(id, 'NXT')]),
  };
}

function record(simulator: Simulator): unknown {
  return simulator.accounts().map(({ accountId }) => ({
    account: simulator.account(accountId),
    positions: simulator.positions(accountId),
    orders: simulator.orders(accountId, DATE),
    executions: simulator.executions(accountId, DATE),
  }));
}

function limitBuy(simulator: Simulator, accountId: string, price: number, quantity: number): string {
  const answer = simulator.submit({
    ...PLAIN_ORDER,
    accountId,
    instrumentId: SAMSUNG,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    price,
    quantity,
  });
  if (!answer.ok) throw new Error(answer.code);
  return answer.brokerOrderNo;
}

async function replaying(folder = tempFolder()) {
  const test = await openSimulator(folder);
  const { accountId } = test.simulator.createAccount({ name: '하나' });
  await test.simulator.start(REPLAY);
  test.simulator.pause();
  return { ...test, folder, accountId };
}

describe('rewind', () => {
  it('brings the exact earlier state back, and the day goes on from it the same way', async () => {
    const { simulator } = await replaying();
    const seen: [number, unknown][] = [];
    for (const ms of [61_000, 600_000, 3_600_000, 3_600_000, 1_234]) {
      await simulator.step(ms);
      seen.push([simulator.status().simTs, figures(simulator)]);
    }
    await simulator.jump('dayEnd');
    const end = figures(simulator);
    for (const [ts, then] of seen.toReversed()) {
      const status = await simulator.rewind(ts);
      expect(status).toMatchObject({ simTs: ts, running: false });
      expect(figures(simulator)).toEqual(then);
    }
    await simulator.jump('dayEnd');
    expect(figures(simulator)).toEqual(end);
    expect(simulator.status().disturbed).toBe(false);
    await simulator.close();
  });

  it('does the same with a synthetic market on both venues', async () => {
    const { simulator } = await openSimulator(tempFolder());
    simulator.pause();
    const seen: [number, unknown][] = [];
    for (const ms of [61_000, 600_000, 1_234_567]) {
      await simulator.step(ms);
      seen.push([simulator.status().simTs, figures(simulator)]);
    }
    await simulator.step(900_000);
    const end = [simulator.status().simTs, figures(simulator)] as const;
    for (const [ts, then] of seen.toReversed()) {
      await simulator.rewind(ts);
      expect(figures(simulator)).toEqual(then);
    }
    await simulator.step(end[0] - simulator.status().simTs);
    expect(figures(simulator)).toEqual(end[1]);
    await simulator.close();
  });

  it('keeps fills, expires open orders, and takes them out of the market of then', async () => {
    const { simulator, accountId } = await replaying();
    await simulator.step(600_000);
    const resting = limitBuy(simulator, accountId, 59_100, 7);
    await simulator.step(60_000);
    const then = simulator.status().simTs;
    const bid = simulator.depth(SAMSUNG)?.totalBidQty ?? 0;
    const { bestAsk = 0, upperLimit = 0 } = simulator.issue(SAMSUNG) ?? {};
    expect(bestAsk).toBeGreaterThan(0);
    limitBuy(simulator, accountId, upperLimit, 40);
    const later = limitBuy(simulator, accountId, 59_100, 11);
    await simulator.step(60_000);
    const positions = simulator.positions(accountId);
    const executions = simulator.executions(accountId, DATE);
    expect(positions).toMatchObject([{ quantity: 40 }]);
    const heard: ExchangeNotice[] = [];
    simulator.watchNotices((notice) => heard.push(notice));
    await simulator.rewind(then);
    expect(simulator.positions(accountId)).toEqual(positions);
    expect(simulator.executions(accountId, DATE)).toEqual(executions);
    expect(simulator.openOrders(accountId)).toEqual([]);
    expect(simulator.account(accountId).reservedKrw).toBe(0);
    expect(heard.filter(({ kind }) => kind === 'expired')).toMatchObject([
      { brokerOrderNo: resting, quantity: 7 },
      { brokerOrderNo: later, quantity: 11 },
    ]);
    // The order that stood in the book then is gone from it, and nothing else is.
    expect(simulator.depth(SAMSUNG)?.totalBidQty).toBe(bid - 7);
    expect(simulator.cancel({ accountId, brokerOrderNo: resting })).toEqual({ ok: false, code: 'EXCH_UNKNOWN_ORDER' });
    limitBuy(simulator, accountId, upperLimit, 5);
    expect(simulator.positions(accountId)).toMatchObject([{ quantity: 45 }]);
    await simulator.jump('dayEnd');
    await simulator.close();
  });

  it('is the same again after a crash, at once and later, and after two of them', async () => {
    const { simulator, accountId, folder } = await replaying();
    await simulator.step(600_000);
    limitBuy(simulator, accountId, 59_100, 7);
    await simulator.step(1_800_000);
    const middle = simulator.status().simTs;
    await simulator.step(1_800_000);
    limitBuy(simulator, accountId, simulator.issue(SAMSUNG)?.upperLimit ?? 0, 40);
    await simulator.step(60_000);
    const compare = async (): Promise<void> => {
      const copy = tempFolder();
      cpSync(folder, copy, { recursive: true });
      const again = testSimulator(copy);
      await again.simulator.open();
      expect(again.lines.filter(({ level }) => level === 'error')).toEqual([]);
      const behindMs = simulator.status().simTs - again.simulator.status().simTs;
      expect(behindMs).toBeGreaterThanOrEqual(0);
      if (behindMs > 0) await again.simulator.step(behindMs);
      expect(record(again.simulator)).toEqual(record(simulator));
      expect(figures(again.simulator)).toEqual(figures(simulator));
      await again.simulator.close();
    };
    await simulator.rewind(middle);
    await compare();
    await simulator.step(30_000);
    limitBuy(simulator, accountId, simulator.issue(SAMSUNG)?.upperLimit ?? 0, 3);
    limitBuy(simulator, accountId, 59_100, 2);
    await compare();
    await simulator.rewind(middle - 60_000);
    await simulator.step(120_000);
    limitBuy(simulator, accountId, simulator.issue(SAMSUNG)?.upperLimit ?? 0, 1);
    await compare();
    await simulator.close();
  });

  it('is played again from a snapshot of before it where the newest one is damaged', async () => {
    const { simulator, accountId, folder } = await replaying();
    await simulator.step(600_000);
    const before = simulator.status().simTs;
    simulator.resume();
    simulator.pause();
    await simulator.step(600_000);
    limitBuy(simulator, accountId, simulator.issue(SAMSUNG)?.upperLimit ?? 0, 4);
    await simulator.rewind(before + 30_000);
    const copy = tempFolder();
    cpSync(folder, copy, { recursive: true });
    const files = readdirSync(join(copy, 'simulator')).filter((name) => name.endsWith('.snap'));
    expect(files.length).toBe(2);
    rmSync(join(copy, 'simulator', files.sort()[1] as string));
    const again = testSimulator(copy);
    await again.simulator.open();
    expect(again.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(figures(again.simulator)).toEqual(figures(simulator));
    expect(record(again.simulator)).toEqual(record(simulator));
    await simulator.close();
    await again.simulator.close();
  });

  it('refuses what has not come yet and what is not kept', async () => {
    const { simulator } = await replaying();
    const { simTs, rewindFromTs } = simulator.status();
    await expect(simulator.rewind(simTs + 1)).rejects.toThrow('REWIND_RANGE');
    await expect(simulator.rewind((rewindFromTs ?? 0) - 1)).rejects.toThrow('REWIND_RANGE');
    expect(simulator.status()).toMatchObject({ simTs, running: false, busy: false });
    await simulator.rewind(rewindFromTs ?? 0);
    expect(simulator.status().phase).toBe('preOpen');
    await simulator.close();
  });

  it('takes candles and trades back with it, again and again', async () => {
    const { simulator, time } = await replaying();
    const { logger } = createMemoryLog();
    const hub = new MarketHub({
      feed: simulator,
      clock: time.clock,
      timers: time.timers,
      logger,
      instruments: () => TEST_LISTING,
      find: (id) => TEST_LISTING.find((issue) => issue.id === id),
      dailyCandles: () => ({ length: 0, columns: EMPTY }),
    });
    simulator.keep(hub.keepsake);
    // The day begins anew with the hub listening from its first trade.
    await simulator.start(REPLAY);
    simulator.pause();
    const shown = (): unknown => ({
      minutes: hub.candles({ instrumentId: SAMSUNG, interval: '1m', limit: 2_000 }),
      tens: hub.candles({ instrumentId: SAMSUNG, interval: '10s', limit: 200 }),
      tape: tapeOf(hub),
    });
    const seen: [number, unknown][] = [];
    for (const ms of [90_500, 1_800_000, 7_777_777]) {
      await simulator.step(ms);
      seen.push([simulator.status().simTs, shown()]);
    }
    await simulator.jump('close');
    for (const [ts, then] of seen.toReversed()) {
      await simulator.rewind(ts);
      expect(shown()).toEqual(then);
    }
    hub.close();
    await simulator.close();
  });
});

const EMPTY = Object.fromEntries(
  ['openTs', 'open', 'high', 'low', 'close', 'volume'].map((name) => [name, new Float64Array(0)]),
) as never;

function tapeOf(hub: MarketHub): unknown {
  let tape: unknown;
  hub.watchTape(SAMSUNG, (value) => (tape = value))();
  return tape;
}
