/** A process of its own that trades on a simulated market until it is killed, printing what it was told only after it was told. */
import { writeSync } from 'node:fs';
import { Rng } from '#shared/rng/index.ts';
import { Simulator, type ExchangeNotice } from '#core/simulator/index.ts';
import { systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { createMemoryLog } from './memory-log.ts';
import { randomOrder } from './random-order.ts';
import { SAMSUNG, TEST_LISTING } from './simulator.ts';

const [folder = '', seed = '1'] = process.argv.slice(2);
const rng = Rng.from(Number(seed), 'trader');
const say = (kind: string, value: unknown): void => void writeSync(1, `${JSON.stringify([kind, value])}\n`);

function hear(notice: ExchangeNotice): void {
  if (notice.kind === 'fill') {
    const { brokerOrderNo, cumulativeQty, price, quantity } = notice.execution;
    say('fill', { no: brokerOrderNo, cumulativeQty, price, quantity });
  } else if (notice.kind === 'canceled' || notice.kind === 'expired') say('gone', notice.brokerOrderNo);
}

const { logger, lines } = createMemoryLog();
const simulator = new Simulator({
  folder,
  clock: systemClock,
  timers: systemTimers,
  ids: systemIds,
  logger,
  calendar: krxCalendar,
  listing: () => TEST_LISTING,
  dailyRow: () => undefined,
  nextDailyDate: () => undefined,
});
simulator.watchNotices(hear);
await simulator.open();
if (simulator.accounts().length === 0) simulator.createAccount({ name: '하나' });
const accountId = simulator.accounts()[0]?.accountId ?? '';
say(
  'open',
  lines.filter((line) => line.level === 'error').map((line) => line.facts),
);
simulator.setSpeed(600);

function act(): void {
  const view = simulator.issue(SAMSUNG);
  const open = simulator.openOrders(accountId);
  if (!view) return;
  if (simulator.status().phase === 'closed' && !simulator.status().busy) {
    void simulator.jump('nextDay').then(() => simulator.jump('open'));
  } else if (rng.chance(0.004) && !simulator.status().busy) {
    const to = rng.pick(['closeAuction', 'close', 'afterMarket'] as const);
    // What is past cannot be jumped to.
    void simulator.jump(to).catch(() => undefined);
  } else if (open.length > 5) {
    const { brokerOrderNo } = rng.pick(open);
    if (simulator.cancel({ accountId, brokerOrderNo }).ok) say('canceled', brokerOrderNo);
  } else {
    const order = { accountId, instrumentId: SAMSUNG, ...randomOrder(rng, view), quantity: 1 + rng.int(40) };
    const answer = simulator.submit({ ...order, side: rng.chance(0.6) ? 'buy' : 'sell' });
    if (answer.ok) say('taken', { no: answer.brokerOrderNo, quantity: order.quantity });
  }
}

systemTimers.every(3, act);
