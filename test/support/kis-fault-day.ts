/** A trader's day on the real desk and the real KIS client before the offline KIS, with everything going wrong that can. */
import { factsOf } from '#core/market/index.ts';
import { Desk, DEFAULT_TRADING_SETTINGS, TradingGate } from '#core/trading/index.ts';
import {
  amendedType,
  isOpen,
  isPriced,
  type KrxInstrument,
  type NewOrder,
  type OrderType,
  type TimeInForce,
} from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { SECOND_MS } from '#shared/time/index.ts';
import { MemoryJournal } from './desk-stand.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage } from './kis-stage.ts';
import { createMemoryLog } from './memory-log.ts';
import { PLAIN } from './plain-order.ts';
import { SAMSUNG, TEST_LISTING } from './simulator.ts';

const ACTIONS = 24;
/** Waits of a desk in real time. */
const BRIEF = {
  answerTimeoutMs: 1_000,
  retryFromMs: 100,
  retryToMs: 500,
  reconcileOpenMs: 500,
  noticeWaitMs: 200,
} as const;
const HOUR_S = 3_600;

/** One day under way. */
interface Day {
  readonly stage: KisStage;
  readonly desk: Desk;
  readonly journal: MemoryJournal;
  readonly log: ReturnType<typeof createMemoryLog>;
  readonly gate: TradingGate;
  readonly rng: Rng;
  readonly seed: number;
  /** Numbers of orders that another program placed. */
  readonly elsewhere: Set<string>;
  /** Every order has its own quantity, so that it can be told at the firm. */
  nextQuantity: number;
  requests: number;
  /** Our time passes so many times as long as the market's. */
  readonly pace: number;
}

/** What a day may not leave behind; each is told with its seed. */
export interface DayReport {
  readonly seed: number;
  readonly orders: number;
  readonly fills: number;
  readonly faults: readonly string[];
}

const LISTED: KrxInstrument = (() => {
  const found = TEST_LISTING.find(({ id }) => id === SAMSUNG);
  if (found?.priceScale !== 0) throw new Error('not listed');
  return found;
})();

/** How a day is played: on fake time in memory, or over real sockets with shorter waits. */
export interface DayOptions {
  readonly sockets?: boolean;
}

async function openDay(seed: number, { sockets = false }: DayOptions): Promise<Day> {
  const gate = new TradingGate();
  const stage = await openKisStage({
    env: seed % 3 === 0 ? 'paper' : 'real',
    seed,
    htsId: seed % 5 !== 0,
    emulator: { seed, listing: () => [LISTED] },
    currentEpoch: () => gate.epoch,
    sockets,
  });
  const { time, emulator, broker } = stage;
  const journal = new MemoryJournal();
  const log = createMemoryLog();
  let ids = 0;
  const desk = new Desk({
    journal,
    broker,
    market: {
      facts: (id) => (id === SAMSUNG ? factsOf(emulator.simulator, LISTED, null) : undefined),
      exchangeNow: () => emulator.simulator.session().exchangeTs,
    },
    clock: time.clock,
    timers: time.timers,
    ids: { next: () => `id-${String((ids += 1)).padStart(8, '0')}` },
    log: log.logger,
    settings: () => (sockets ? { ...DEFAULT_TRADING_SETTINGS, ...BRIEF } : DEFAULT_TRADING_SETTINGS),
    gate,
  });
  await stage.drive(desk.start());
  const rng = Rng.from(seed, 'kis-fault-day');
  return {
    stage,
    desk,
    journal,
    log,
    gate,
    rng,
    seed,
    elsewhere: new Set(),
    nextQuantity: 0,
    requests: 0,
    pace: sockets ? 0.06 : 1,
  };
}

/** Time passes for the market and for us alike. */
async function pass({ stage, pace }: Day, ms: number): Promise<void> {
  if (ms > 0) await stage.drive(stage.emulator.simulator.step(ms));
  await stage.time.advance(Math.round(ms * pace));
}

const quiet = (answer: Promise<unknown>): void => void answer.catch(() => undefined);

function requestId(day: Day): string {
  day.requests += 1;
  return `request-${String(day.requests).padStart(6, '0')}`;
}

/** A price around the touch, on the tick. */
function priceNear({ stage, rng }: Day): number {
  const view = stage.emulator.simulator.issue(SAMSUNG);
  const middle = view?.last || view?.basePrice || 0;
  return middle - (middle % 100) + (rng.int(13) - 6) * 100;
}

function newOrder(day: Day): NewOrder {
  const { rng, stage } = day;
  day.nextQuantity += 1;
  const held = stage.emulator.simulator.positions(stage.emulator.accountId)[0]?.sellable ?? 0;
  const type = rng.pick<OrderType>(['limit', 'limit', 'limit', 'limit', 'market', 'bestOpposite', 'bestSame']);
  const timeInForce: TimeInForce = type !== 'bestSame' && rng.chance(0.2) ? rng.pick(['ioc', 'fok']) : 'day';
  return {
    requestId: requestId(day),
    accountId: KIS_ACCOUNT,
    instrumentId: SAMSUNG,
    side: held >= day.nextQuantity && rng.chance(0.5) ? 'sell' : 'buy',
    type,
    timeInForce,
    ...PLAIN,
    price: isPriced(type) ? priceNear(day) : null,
    quantity: day.nextQuantity,
    allowDuplicate: true,
  };
}

/** Another program on the same account. */
function placeElsewhere(day: Day): void {
  const { simulator, accountId } = day.stage.emulator;
  const price = priceNear(day);
  const kind = { type: 'limit', timeInForce: 'day', ...PLAIN } as const;
  const order = {
    accountId,
    instrumentId: SAMSUNG,
    side: 'buy',
    ...kind,
    price,
    quantity: 1_000 + day.nextQuantity,
  } as const;
  const answer = simulator.submit(order);
  if (answer.ok) day.elsewhere.add(answer.brokerOrderNo);
}

function act(day: Day): void {
  const { desk, rng } = day;
  const open = desk.orders({ accountId: KIS_ACCOUNT, open: true, limit: 100 });
  if (desk.tradingState.state === 'halted' && rng.chance(0.4)) quiet(desk.resume('매매 재개'));
  switch (rng.int(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4: {
      const order = newOrder(day);
      quiet(desk.submit(order));
      // An impatient hand.
      if (rng.chance(0.2)) quiet(desk.submit(order));
      return;
    }
    case 5:
    case 6: {
      const found = open.filter(({ type }) => amendedType(type) !== null);
      if (found.length > 0)
        quiet(desk.replace({ requestId: requestId(day), orderId: rng.pick(found).orderId, price: priceNear(day) }));
      return;
    }
    case 7:
      if (open.length > 0) quiet(desk.cancel({ requestId: requestId(day), orderId: rng.pick(open).orderId }));
      return;
    case 8:
      if (rng.chance(0.3)) quiet(desk.cancelAll(null));
      else placeElsewhere(day);
      return;
    default:
      if (rng.chance(0.15)) quiet(desk.setTradingState('halted'));
  }
}

/** One more thing goes wrong; returns what. */
function spoil({ stage, rng, pace }: Day): string {
  const { faults } = stage.emulator;
  const onOrders = { only: 'orders' } as const;
  const any = rng.chance(0.6) ? onOrders : {};
  const wrong: Readonly<Record<string, () => void>> = {
    slow: () => faults.call({ kind: 'slow', ms: (500 + rng.int(12_000)) * pace }, any, 1 + rng.int(2)),
    cutBefore: () => faults.call({ kind: 'cut', when: 'before' }, any),
    cutAfter: () => faults.call({ kind: 'cut', when: 'after' }, any),
    silenceTaken: () => faults.call({ kind: 'silence', taken: true }, onOrders),
    silence: () => faults.call({ kind: 'silence', taken: false }, any),
    gatewayTimeout: () => faults.call({ kind: 'gateway', code: rng.pick(['EGW00301', 'EGW00302', 'EGW00215']) }, any),
    html: () => faults.call({ kind: 'html', status: 200, taken: rng.chance(0.5) }, any),
    truncated: () => faults.call({ kind: 'truncated' }, any),
    status: () => faults.call({ kind: 'status', status: 502 }, any),
    drop: () => faults.socket({ kind: 'drop', midFrame: rng.chance(0.5) }),
    close: () => faults.socket({ kind: 'close', code: 1001 }),
    mute: () => faults.socket({ kind: 'mute', ms: (5_000 + rng.int(30_000)) * pace }),
    duplicates: () => faults.socket({ kind: 'duplicateNotices', count: 1 + rng.int(4) }),
    missing: () => faults.socket({ kind: 'missNotices', count: 1 + rng.int(4) }),
    columns: () => faults.socket({ kind: 'columns', more: rng.pick([0, 1, 3]) }),
    garbage: () => faults.socket({ kind: 'garbage', text: rng.pick(['', '0|H0STCNI0', '{', '1|H0STCNI0|001|x']) }),
    tokens: () => faults.server({ kind: 'expireTokens' }),
    approvals: () => faults.server({ kind: 'expireApprovals' }),
    storm: () => faults.server({ kind: 'rateStorm', ms: (500 + rng.int(4_000)) * pace }),
    maintenance: () =>
      faults.server({ kind: 'maintenance', ms: (1_000 + rng.int(8_000)) * pace, as: rng.pick(['html', 'code']) }),
    clock: () => faults.server({ kind: 'clock', offsetMs: rng.pick([-9, 0, 0, 9]) * HOUR_S * SECOND_MS }),
    refuseLate: () => faults.server({ kind: 'refuseLate', count: 1 }),
    inUse: () => faults.server({ kind: 'holdSession', ms: 20_000 * pace }),
    offline: () => {
      stage.transport.setOffline(true);
      stage.time.timers.after((1_000 + rng.int(10_000)) * pace, () => stage.transport.setOffline(false));
    },
  };
  const name = rng.pick(Object.keys(wrong));
  wrong[name]?.();
  return name;
}

/** All is well again; what can settle by itself does, and the user gives his word on the rest. */
async function calm(day: Day): Promise<void> {
  const { stage, desk, pace } = day;
  stage.emulator.faults.clear();
  stage.transport.setOffline(false);
  await pass(day, 1_000);
  await stage.time.advance(75_000 * pace);
  for (const { state, orderId } of desk.orders({ accountId: KIS_ACCOUNT, open: true, limit: 1_000 }))
    if (state === 'unconfirmed') quiet(desk.resolveUnconfirmed(orderId));
  await stage.time.advance(12_000 * pace);
  quiet(desk.cancelAll(null));
  await stage.time.advance(40_000 * pace);
  // Real time is not as even as the fake one.
  for (
    let tries = 0;
    pace < 1 && tries < 20 && stage.emulator.simulator.openOrders(stage.emulator.accountId).length > 0;
    tries += 1
  ) {
    await stage.time.advance(500);
    quiet(desk.cancelAll(null));
  }
  if (pace < 1) await stage.time.advance(2_000);
}

function differ(what: string, ours: unknown, theirs: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) throw new Error(`${what}: the desk says ${a}, the firm ${b}`);
}

/** The desk's books are the firm's. */
function check({ stage, desk, journal, log, elsewhere }: Day): { readonly orders: number; readonly fills: number } {
  const { simulator, accountId } = stage.emulator;
  const { sessionDate } = simulator.session();
  const rows = simulator.orders(accountId, sessionDate);
  const orders = desk.orders({ accountId: KIS_ACCOUNT, open: false, limit: 5_000 });
  differ(
    'errors in the log',
    [...log.lines, ...stage.lines].filter(({ level }) => level === 'error'),
    [],
  );
  const broken = journal.entries.filter(({ data }) => JSON.stringify(data).includes('"cause":"invariant"'));
  differ(
    'broken invariants',
    broken.map(({ data }) => data),
    [],
  );
  differ(
    'open orders',
    orders.filter(({ state }) => isOpen(state)).map(({ orderId, state }) => ({ orderId, state })),
    [],
  );
  differ(
    'open at the firm',
    simulator.openOrders(accountId).map(({ brokerOrderNo }) => brokerOrderNo),
    [],
  );
  // No order left twice: each has its own quantity.
  const first = rows.filter((row) => row.originalOrderNo === null && !elsewhere.has(row.brokerOrderNo));
  differ('orders that arrived', first.length, new Set(first.map(({ quantity }) => quantity)).size);
  const numbers = orders.flatMap((order) => order.brokerOrderNos);
  differ('numbers', new Set(numbers).size, numbers.length);
  // Every number with executions is known, and its fills are the firm's.
  const fills = desk.fills({ accountId: KIS_ACCOUNT, limit: 5_000 });
  for (const side of ['buy', 'sell'] as const) {
    const ours = fills.filter((fill) => fill.side === side);
    const theirs = rows.filter((row) => row.side === side);
    differ(
      `units of ${side}`,
      ours.reduce((sum, fill) => sum + fill.quantity, 0),
      theirs.reduce((sum, row) => sum + row.filledQty, 0),
    );
    differ(
      `value of ${side}`,
      ours.reduce((sum, fill) => sum + fill.quantity * fill.price, 0),
      theirs.reduce((sum, row) => sum + row.filledValue, 0),
    );
  }
  for (const order of orders) {
    const theirs = rows.filter(({ brokerOrderNo }) => order.brokerOrderNos.includes(brokerOrderNo));
    differ(
      `filled of ${order.orderId}`,
      order.filledQty,
      theirs.reduce((sum, row) => sum + row.filledQty, 0),
    );
  }
  for (const order of orders) {
    const theirs = simulator
      .executions(accountId, sessionDate)
      .filter(({ brokerOrderNo }) => order.brokerOrderNos.includes(brokerOrderNo));
    const charged = new Map(
      theirs.map((each) => [each.brokerOrderNo, each.cumulativeCommissionKrw + each.cumulativeTaxKrw]),
    );
    const own = fills.filter(({ orderId }) => orderId === order.orderId);
    differ(
      `costs of ${order.brokerOrderNos.join('→')}, filled ${JSON.stringify(own.map(({ price, quantity, commissionKrw }) => [price, quantity, commissionKrw]))}`,
      own.reduce((sum, { commissionKrw, taxKrw }) => sum + commissionKrw + taxKrw, 0),
      [...charged.values()].reduce((sum, each) => sum + each, 0),
    );
  }
  const [position] = desk.positions(KIS_ACCOUNT);
  const [held] = simulator.positions(accountId);
  differ('position', position?.quantity ?? 0, held?.quantity ?? 0);
  const { cashD2Krw, startingCashKrw } = simulator.account(accountId);
  const paid = fills.reduce(
    (sum, { side, price, quantity, commissionKrw, taxKrw }) =>
      sum + (side === 'buy' ? -1 : 1) * price * quantity - commissionKrw - taxKrw,
    0,
  );
  differ('cash by the fills', startingCashKrw + paid, cashD2Krw);
  // What it began with is what the desk found when it first saw the account at rest, at the firm's own cost.
  const began = desk.accounts()[0]?.startingCashKrw ?? 0;
  differ('cash by the holding', began + (position?.realisedKrw ?? 0) - (position?.costKrw ?? 0), cashD2Krw);
  differ('cash shown', desk.accounts()[0]?.cashD2Krw, cashD2Krw);
  return { orders: first.length, fills: fills.length };
}

/** Plays a day; throws where the books differ, with the seed and what went wrong on the way. */
export async function playFaultDay(seed: number, options: DayOptions = {}): Promise<DayReport> {
  const faults: string[] = [];
  const day = await openDay(seed, options);
  try {
    for (let i = 0; i < ACTIONS; i += 1) {
      if (day.rng.chance(0.35)) faults.push(spoil(day));
      act(day);
      await pass(day, day.rng.pick([0, 20, 500, 2_000, 6_000]));
    }
    await calm(day);
    return { seed, faults, ...check(day) };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${seed} after ${faults.join(', ')}: ${told}`, { cause: error });
  } finally {
    day.desk.stop();
    await day.stage.close();
  }
}
