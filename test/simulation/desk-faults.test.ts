/** Seeded whole-desk runs under faults and crashes: whatever the line and the process do, the books agree in the end. */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/storage/index.ts';
import { snapshotOf } from '#core/trading/desk-deltas.ts';
import { DeskState } from '#core/trading/desk-state.ts';
import { fromEntry } from '#core/trading/journal-events.ts';
import { DeskStand, SAMSUNG } from '#test/support/desk-stand.ts';
import type { CallFault, NoticeFault } from '#test/support/mischief.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import { isOpen } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';

const SEEDS = Number(process.env['DESK_SEEDS'] ?? 150);
const FIRST_SEED = Number(process.env['DESK_FIRST_SEED'] ?? 1);
const ACTIONS = 60;
const START_KRW = 100_000_000;

interface Run {
  readonly stand: DeskStand;
  readonly rng: Rng;
  /** Every order has its own quantity, so that it can be told at the broker. */
  nextQuantity: number;
  /** All orders are alike, so that none can be told from another. */
  readonly twins: boolean;
  dead: boolean;
}

const callFault = (rng: Rng): CallFault | undefined => {
  if (rng.chance(0.75)) return undefined;
  return rng.pick<CallFault>([
    'silence',
    'lost',
    'late',
    'throws',
    { refuse: 'BROKER_UNAVAILABLE' },
    { refuse: 'EXCH_REFUSED', late: true },
  ]);
};
const noticeFault = (rng: Rng): NoticeFault | undefined =>
  rng.chance(0.75) ? undefined : rng.pick<NoticeFault>(['drop', 'twice', 'late']);

function misbehave({ stand, rng }: Run): void {
  stand.broker.mischief = {
    submit: () => callFault(rng),
    replace: () => callFault(rng),
    cancel: () => callFault(rng),
    notice: () => noticeFault(rng),
    inquiry: () => (rng.chance(0.02) ? 'fails' : undefined),
  };
}

/** The process dies at one of the next appends, before or after it is on the disk. */
function plantCrash(run: Run): void {
  const { stand, rng } = run;
  let left = rng.int(8);
  const before = rng.chance(0.5);
  const strike = (): void => {
    left -= 1;
    if (left >= 0) return;
    stand.journal.before = () => undefined;
    stand.journal.after = () => undefined;
    run.dead = true;
    stand.kill();
    if (before) throw new Error('the process died before writing');
  };
  if (before) stand.journal.before = strike;
  else stand.journal.after = strike;
}

const quiet = (answer: Promise<unknown>): void => void answer.catch(() => undefined);

function act(run: Run): void {
  const { stand, rng } = run;
  const { desk, broker } = stand;
  const open = desk.accounts().length === 0 ? [] : desk.orders({ accountId: 'A1', open: true, limit: 100 });
  const price = 9_000 + rng.int(200) * 10;
  switch (rng.int(12)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const held = broker.held('A1', SAMSUNG);
      run.nextQuantity += 1;
      const quantity = run.twins ? 10 : run.nextQuantity;
      const side = held >= quantity && rng.chance(0.5) ? 'sell' : 'buy';
      const order = stand.order({ side, quantity, price: run.twins ? 10_000 : price });
      quiet(desk.submit(order));
      if (rng.chance(0.2)) quiet(desk.submit(order));
      return;
    }
    case 4:
      if (open.length > 0)
        quiet(desk.replace({ requestId: stand.requestId(), orderId: rng.pick(open).orderId, price }));
      return;
    case 5:
      if (open.length > 0) quiet(desk.cancel({ requestId: stand.requestId(), orderId: rng.pick(open).orderId }));
      return;
    case 6:
    case 7:
    case 8: {
      const nos = broker.openNos();
      if (nos.length === 0) return;
      const no = rng.pick(nos);
      const { quantity, filledQty } = broker.row(no);
      broker.fill(no, rng.chance(0.4) ? quantity - filledQty : 1 + rng.int(quantity - filledQty));
      return;
    }
    case 9: {
      const what = rng.int(5);
      if (what === 0) quiet(desk.cancelAll(rng.chance(0.5) ? 'A1' : null));
      if (what === 1) quiet(desk.setTradingState(rng.chance(0.5) ? 'halted' : 'reducing'));
      if (what === 2) quiet(desk.setTradingState('active'));
      if (what === 3) quiet(desk.resume('매매 재개'));
      if (what === 4) broker.endSession();
      return;
    }
    case 10: {
      const what = rng.int(5);
      const lost = open.filter(({ state }) => state === 'unconfirmed');
      // A user who is too sure, and often wrong.
      if (what === 4 && lost.length > 0) quiet(desk.resolveUnconfirmed(rng.pick(lost).orderId));
      if (what === 0) broker.line('down');
      if (what === 1) broker.line('up');
      if (what === 2) broker.placeElsewhere(stand.order({ quantity: 500 + run.nextQuantity, price: 9_000 }));
      if (what === 3 && broker.openNos().length > 0) broker.withdraw(rng.pick(broker.openNos()));
      return;
    }
    default:
      plantCrash(run);
  }
}

function follow(run: Run): void {
  const { stand } = run;
  const facts = stand.market.get(SAMSUNG);
  if (facts && facts.sessionDate !== stand.broker.session)
    stand.market.set(SAMSUNG, { ...facts, sessionDate: stand.broker.session });
}

async function revive(run: Run): Promise<void> {
  if (!run.dead) return;
  run.dead = false;
  await run.stand.start();
}

/** All is well again; what can settle by itself does, and the user gives his word on the rest. */
async function calm(run: Run): Promise<void> {
  const { stand } = run;
  stand.broker.mischief = {};
  stand.journal.before = () => undefined;
  stand.journal.after = () => undefined;
  await revive(run);
  stand.broker.line('up');
  await stand.time.advance(180_000);
  for (const order of stand.orders())
    if (order.state === 'unconfirmed') quiet(stand.desk.resolveUnconfirmed(order.orderId));
  await stand.time.advance(60_000);
  quiet(stand.desk.cancelAll(null));
  await stand.time.advance(60_000);
  stand.broker.endSession();
  follow(run);
  await stand.time.advance(120_000);
}

/** Everything but the broker's own figures, sorted so that two states can be laid side by side. */
function folded(deltas: readonly DeskDelta[]): string[] {
  return deltas
    .filter(({ kind }) => kind !== 'account')
    .map((delta) => canonicalJson(delta))
    .sort();
}

function check({ stand, twins }: Run): void {
  const { broker, desk } = stand;
  const orders = stand.orders();
  expect(stand.log.lines).toEqual([]);
  // No fault of the line is a broken invariant.
  const broken = stand.journal.entries.filter(({ data }) => JSON.stringify(data).includes('"cause":"invariant"'));
  expect(broken.map(({ data }) => JSON.stringify(data))).toEqual([]);
  expect(orders.filter(({ state }) => isOpen(state))).toEqual([]);
  // No order left twice, none was lost.
  const sent = broker.received.flatMap((call) => (call.verb === 'submit' ? [call.order.quantity] : []));
  if (!twins) expect(new Set(sent).size).toBe(sent.length);
  const left = orders.filter(({ external, state }) => !external && state !== 'denied');
  expect(sent.length).toBeLessThanOrEqual(left.length);
  const numbers = orders.flatMap((order) => order.brokerOrderNos);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const row of broker.rows) {
    if (row.filledQty > 0) expect(numbers).toContain(row.brokerOrderNo);
  }
  // Fills, holdings and cash are the broker's, to the won.
  const filled = (side: 'buy' | 'sell'): number =>
    broker.rows.reduce((sum, row) => sum + (row.side === side ? row.filledQty : 0), 0);
  const fills = desk.fills({ accountId: 'A1', limit: 5_000 });
  for (const side of ['buy', 'sell'] as const) {
    expect(fills.reduce((sum, fill) => sum + (fill.side === side ? fill.quantity : 0), 0)).toBe(filled(side));
  }
  const [position] = desk.positions('A1');
  expect(position?.quantity ?? 0).toBe(broker.held('A1', SAMSUNG));
  expect(START_KRW + (position?.realisedKrw ?? 0) - (position?.costKrw ?? 0)).toBe(broker.cashKrw('A1'));
  // The journal alone tells the same.
  const state = new DeskState();
  for (const entry of stand.journal.entries) {
    const event = fromEntry(entry);
    if (event) state.apply(event);
  }
  expect(folded(snapshotOf(state))).toEqual(folded(desk.snapshot()));
  for (const order of orders) {
    const own = fills.filter((fill) => fill.orderId === order.orderId);
    expect(own.reduce((sum, fill) => sum + fill.quantity, 0)).toBe(order.filledQty);
  }
}

async function play(seed: number): Promise<void> {
  const stand = await DeskStand.open({ accounts: [{ accountId: 'A1', cashKrw: START_KRW }] });
  const run: Run = { stand, rng: Rng.from(seed, 'desk-faults'), nextQuantity: 0, twins: seed % 4 === 0, dead: false };
  misbehave(run);
  for (let i = 0; i < ACTIONS; i += 1) {
    act(run);
    follow(run);
    await stand.time.advance(run.rng.pick([0, 1, 5, 200, 1_000, 3_000, 12_000]));
    await revive(run);
  }
  await calm(run);
  check(run);
}

describe('the desk under faults', () => {
  it.each(Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i))('keeps its books, seed %i', async (seed) => {
    try {
      await play(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
});
