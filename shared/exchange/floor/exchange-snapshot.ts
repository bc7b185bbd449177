/** Everything that decides an exchange's future events, as plain data. */
import { PHASES, type EpochMs } from '../../time/index.ts';
import type { AgendaState } from './agenda.ts';
import type { AllocationState } from '../book/allocation.ts';
import { FIGURES, type OwnWay } from './board.ts';
import { Book } from '../book/book.ts';
import type { BreakerState, Breakers } from './breakers.ts';
import type { EventStreamState } from './event-stream.ts';
import type { Floor } from './floor.ts';
import { HOME, homeOf, typeOf } from '../book/order-form.ts';
import { MAX_OPEN_ORDERS, type SideCode } from '../book/order-pool.ts';
import type { SidecarState, Sidecars } from './sidecar.ts';
import type { ExchangeOptions } from '../types.ts';
import type { VenueDayState } from './venue-day.ts';

/** Places to wait on a board, each with two sides. */
const GROUPS = 10;

/** Open orders as columns of one length, in the order in which each board would take them in again. */
export interface OrderColumns {
  readonly board: Int32Array;
  readonly orderNo: Int32Array;
  readonly owner: Int32Array;
  readonly side: Uint8Array;
  readonly price: Int32Array;
  readonly stop: Int32Array;
  readonly quantity: Int32Array;
  readonly open: Int32Array;
  readonly form: Int32Array;
}

/** Structured-cloneable; readable by the same version only. */
export interface ExchangeSnapshot {
  readonly version: 2;
  readonly options: ExchangeOptions;
  readonly now: EpochMs;
  readonly lastOrderNo: number;
  readonly events: EventStreamState;
  readonly agenda: AgendaState;
  readonly days: { readonly KRX: VenueDayState; readonly NXT: VenueDayState | null };
  /** Figures of the boards, and the number of each one's phase. */
  readonly figures: Float64Array;
  readonly phases: Uint8Array;
  readonly own: readonly (readonly [board: number, own: OwnWay])[];
  readonly allocations: readonly (readonly [board: number, state: AllocationState])[];
  /** Bases found today, by the issue's place. */
  readonly bases: readonly (readonly [issue: number, basePrice: number])[];
  /** Capitalisation now of each market with counted issues. */
  readonly caps: readonly (readonly [market: string, now: number])[];
  readonly breakers: readonly BreakerState[];
  readonly sidecars: readonly SidecarState[];
  readonly orders: OrderColumns;
}

/** The rooms of an exchange that keep something over time. */
export interface Kept {
  readonly floor: Floor;
  readonly breakers: Breakers;
  readonly sidecars: Sidecars;
}

export function saveExchange({ floor, breakers, sidecars }: Kept): ExchangeSnapshot {
  const places = floor.boards.length;
  const figures = new Float64Array(places * FIGURES);
  const phases = new Uint8Array(places);
  const own: [number, OwnWay][] = [];
  const allocations: [number, AllocationState][] = [];
  for (const board of floor.boards) {
    if (!board) continue;
    board.saveFigures(figures);
    phases[board.place] = PHASES.indexOf(board.phase);
    if (board.own) own.push([board.place, board.own]);
    const allocation = board.book.allocation;
    if (allocation) allocations.push([board.place, allocation]);
  }
  const rebased = floor.issues.filter((issue) => issue.listed.firstPrice !== undefined && !issue.baseOpen);
  return {
    version: 2,
    options: floor.options,
    now: floor.now,
    lastOrderNo: floor.lastOrderNo,
    events: floor.events.state(),
    agenda: floor.agenda.state(),
    days: { KRX: floor.days.KRX.state(), NXT: floor.days.NXT?.state() ?? null },
    figures,
    phases,
    own,
    allocations,
    bases: rebased.map((issue) => [issue.place, issue.basePrice]),
    caps: [...floor.caps].map(([market, cap]) => [market, cap.now]),
    breakers: breakers.states.map((state) => ({ ...state, used: [...state.used] })),
    sidecars: sidecars.states.map((state) => ({ ...state, parked: [...state.parked] })),
    orders: saveOrders(floor, sidecars),
  };
}

/** Brings a fresh exchange of the same options to where the snapshot was taken. */
export function loadExchange(snapshot: ExchangeSnapshot, { floor, breakers, sidecars }: Kept): void {
  floor.events.restore(snapshot.events, snapshot.now);
  floor.agenda.restore(snapshot.agenda);
  floor.lastOrderNo = snapshot.lastOrderNo;
  floor.days.KRX.restore(snapshot.days.KRX);
  if (snapshot.days.NXT) floor.days.NXT?.restore(snapshot.days.NXT);
  for (const [place, basePrice] of snapshot.bases) floor.issues[place]?.rebase(basePrice);
  for (const [market, now] of snapshot.caps) {
    for (const [name, cap] of floor.caps) if (name === market) cap.now = now;
  }
  breakers.restore(snapshot.breakers);
  sidecars.restore(snapshot.sidecars);
  const own = new Map(snapshot.own);
  for (const board of floor.boards) {
    if (!board) continue;
    board.phase = PHASES[snapshot.phases[board.place] as number] as (typeof PHASES)[number];
    board.own = own.get(board.place) ?? null;
    if (board.book.ladder !== board.issue.ladder)
      board.book = new Book(floor.pool, board.issue.ladder, board.reference);
    board.loadFigures(snapshot.figures);
  }
  loadOrders(snapshot.orders, floor);
  for (const [place, state] of snapshot.allocations) floor.boardAt(place).book.allocation = state;
}

/** Slots of all orders by board, then by where they wait, side and time: a restored exchange gives the same order again. */
function slotsInOrder({ pool, boards }: Floor, sidecars: Sidecars): Int32Array {
  const group = (slot: number): number => {
    const home = homeOf(pool.form[slot] as number);
    // Stop orders of both sides are one line: the earlier fires first.
    const side = home === HOME.stop ? 0 : (pool.side[slot] as number);
    return (pool.issue[slot] as number) * GROUPS + home * 2 + side;
  };
  const waits = (slot: number): boolean =>
    pool.orderNo[slot] !== 0 && homeOf(pool.form[slot] as number) !== HOME.parked;
  const starts = new Int32Array(boards.length * GROUPS + 1);
  for (let slot = 0; slot < pool.extent; slot += 1) {
    if (!waits(slot)) continue;
    const at = group(slot) + 1;
    starts[at] = (starts[at] as number) + 1;
  }
  for (let at = 1; at < starts.length; at += 1) {
    starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  }
  const next = starts.slice();
  // Time and slot in one number each, so that a group is sorted without a comparison function.
  const keys = new Float64Array(starts.at(-1) as number);
  for (let slot = 0; slot < pool.extent; slot += 1) {
    if (!waits(slot)) continue;
    const at = group(slot);
    keys[next[at] as number] = (pool.arrival[slot] as number) * MAX_OPEN_ORDERS + slot;
    next[at] = (next[at] as number) + 1;
  }
  for (let at = 1; at < starts.length; at += 1) keys.subarray(starts[at - 1], starts[at]).sort();
  const parked = sidecars.states.flatMap((state) =>
    state.parked.map((no) => pool.slotOf(no)).filter((slot) => slot >= 0),
  );
  const slots = new Int32Array(keys.length + parked.length);
  for (let row = 0; row < keys.length; row += 1) slots[row] = (keys[row] as number) % MAX_OPEN_ORDERS;
  slots.set(parked, keys.length);
  return slots;
}

function saveOrders(floor: Floor, sidecars: Sidecars): OrderColumns {
  const { pool } = floor;
  const slots = slotsInOrder(floor, sidecars);
  const take = (column: Int32Array): Int32Array => {
    const out = new Int32Array(slots.length);
    for (let row = 0; row < out.length; row += 1) out[row] = column[slots[row] as number] as number;
    return out;
  };
  const side = new Uint8Array(slots.length);
  for (let row = 0; row < side.length; row += 1) side[row] = pool.side[slots[row] as number] as number;
  return {
    board: take(pool.issue),
    orderNo: take(pool.orderNo),
    owner: take(pool.owner),
    side,
    price: take(pool.price),
    stop: take(pool.stop),
    quantity: take(pool.quantity),
    open: take(pool.open),
    form: take(pool.form),
  };
}

/** Puts saved orders back into empty books. */
function loadOrders(columns: OrderColumns, floor: Floor): void {
  const { pool } = floor;
  pool.reserve(columns.orderNo.length);
  for (let row = 0; row < columns.orderNo.length; row += 1) {
    const board = floor.boardAt(columns.board[row] as number);
    const price = columns.price[row] as number;
    const form = columns.form[row] as number;
    const slot = pool.add({
      orderNo: columns.orderNo[row] as number,
      owner: columns.owner[row] as number,
      issue: board.place,
      side: columns.side[row] as SideCode,
      price,
      quantity: columns.quantity[row] as number,
      open: columns.open[row] as number,
      form,
    });
    const stop = columns.stop[row] as number;
    switch (homeOf(form)) {
      case HOME.book:
        if (typeOf(form) === 'mid') board.book.appendMid(slot);
        else board.book.append(slot, price === 0 ? null : board.issue.ladder.indexOf(price));
        break;
      case HOME.stop:
        board.stops.add(slot, stop);
        break;
      case HOME.preClose:
        board.preClose.append(slot);
        break;
      case HOME.postClose:
        board.postClose.append(slot);
        break;
      case HOME.parked:
        pool.stop[slot] = stop;
    }
  }
}
