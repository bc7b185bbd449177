/** Everything that decides a venue's future events, as plain data. */
import type { EpochMs, Phase } from '../time/index.ts';
import type { EventStreamState } from './event-stream.ts';
import type { IssueState } from './issue-state.ts';
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';
import type { VenueOptions } from './types.ts';

/** Open orders as columns of one length, in the order in which each book would serve them. */
export interface OrderColumns {
  readonly issue: Int32Array;
  readonly orderNo: Int32Array;
  readonly owner: Int32Array;
  readonly side: Uint8Array;
  readonly price: Int32Array;
  readonly quantity: Int32Array;
  readonly open: Int32Array;
}

/** Structured-cloneable; readable by the same version only. */
export interface VenueSnapshot {
  readonly version: 1;
  readonly options: VenueOptions;
  readonly now: EpochMs;
  readonly phase: Phase;
  /** Place of the part in force, and whether phases are set by hand. */
  readonly part: number;
  readonly manual: boolean;
  readonly lastOrderNo: number;
  readonly events: EventStreamState;
  readonly figures: Float64Array;
  readonly orders: OrderColumns;
}

/** The open orders of all issues. */
export function saveOrders(issues: readonly IssueState[], pool: OrderPool): OrderColumns {
  const slots = new Int32Array(pool.live);
  let count = 0;
  for (const issue of issues) {
    for (const side of [BUY, SELL] as const) {
      for (const slot of issue.slots(side)) {
        slots[count] = slot;
        count += 1;
      }
    }
  }
  const take = (column: Int32Array): Int32Array => slots.map((slot) => column[slot] as number);
  return {
    issue: take(pool.issue),
    orderNo: take(pool.orderNo),
    owner: take(pool.owner),
    side: Uint8Array.from(slots, (slot) => pool.side[slot] as number),
    price: take(pool.price),
    quantity: take(pool.quantity),
    open: take(pool.open),
  };
}

/** Puts saved orders back into empty books. */
export function loadOrders(columns: OrderColumns, issues: readonly IssueState[], pool: OrderPool): void {
  for (let row = 0; row < columns.orderNo.length; row += 1) {
    const place = columns.issue[row] as number;
    const price = columns.price[row] as number;
    const slot = pool.add({
      orderNo: columns.orderNo[row] as number,
      owner: columns.owner[row] as number,
      issue: place,
      side: columns.side[row] as SideCode,
      price,
      quantity: columns.quantity[row] as number,
      open: columns.open[row] as number,
    });
    const issue = issues[place] as IssueState;
    issue.book.append(slot, price === 0 ? null : issue.ladder.indexOf(price));
  }
}
