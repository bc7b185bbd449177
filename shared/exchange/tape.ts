/** From matches in a book to trades in the event stream, counted in the issue's figures first. */
import type { AuctionSink } from './auction.ts';
import type { FillSink } from './book.ts';
import type { EventStream } from './event-stream.ts';
import type { IssueState } from './issue-state.ts';
import { BUY, type SideCode } from './order-pool.ts';

/** An order on its way in; `index` null for a market order. */
export interface IncomingOrder {
  readonly side: SideCode;
  readonly index: number | null;
  readonly quantity: number;
  readonly orderNo: number;
  readonly owner: number;
}

/** Matches incoming orders; one object for the life of a venue, so that a match makes none. */
export class Taker implements FillSink {
  readonly #events: EventStream;
  #issue: IssueState | undefined;
  #side: SideCode = BUY;
  #orderNo = 0;
  #owner = 0;

  constructor(events: EventStream) {
    this.#events = events;
  }

  /** Returns the units left. */
  take(issue: IssueState, order: IncomingOrder): number {
    this.#issue = issue;
    this.#side = order.side;
    this.#orderNo = order.orderNo;
    this.#owner = order.owner;
    return issue.book.take(order.side, order.index, order.quantity, this);
  }

  filled(price: number, quantity: number, restingNo: number, restingOwner: number): void {
    const issue = this.#issue as IssueState;
    const buys = this.#side === BUY;
    issue.record(price, quantity);
    this.#events.trade(issue.place, {
      code: issue.code,
      price,
      quantity,
      buyOrderNo: buys ? this.#orderNo : restingNo,
      buyOwner: buys ? this.#owner : restingOwner,
      sellOrderNo: buys ? restingNo : this.#orderNo,
      sellOwner: buys ? restingOwner : this.#owner,
      aggressor: buys ? 'buy' : 'sell',
    });
  }
}

/** Where the matches of an auction go. */
export function auctionTape(issue: IssueState, events: EventStream): AuctionSink {
  return {
    crossed: ({ price, quantity, buyNo, buyOwner, sellNo, sellOwner }) => {
      issue.record(price, quantity);
      events.trade(issue.place, {
        code: issue.code,
        price,
        quantity,
        buyOrderNo: buyNo,
        buyOwner,
        sellOrderNo: sellNo,
        sellOwner,
        aggressor: null,
      });
    },
  };
}
