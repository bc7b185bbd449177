/** The first price of a relisted issue becomes its base: limits are drawn from it, and orders outside them end. */
import { Book } from '../book/book.ts';
import type { Board } from './board.ts';
import type { Floor } from './floor.ts';
import { typeOf } from '../book/order-form.ts';
import { BUY, SELL } from '../book/order-pool.ts';

/** Draws the limits anew from the board's last price, on both venues. */
export function rebase(floor: Floor, board: Board): void {
  const { issue } = board;
  issue.rebase(board.last);
  const { basePrice, upperLimit, lowerLimit } = issue;
  floor.events.base(board, { basePrice, upperLimit, lowerLimit });
  for (const each of [board, floor.partnerOf(board)]) if (each) redraw(floor, each);
}

/** A new book on the new ladder; orders keep their order of time. */
function redraw(floor: Floor, board: Board): void {
  const { pool } = floor;
  const { ladder } = board.issue;
  for (const slot of board.stops.slots()) {
    const outside = ladder.indexOf(pool.price[slot] as number) < 0 || ladder.indexOf(pool.stop[slot] as number) < 0;
    if (outside) floor.withdraw(slot, 'limits');
  }
  const kept: number[] = [];
  for (const side of [BUY, SELL] as const) {
    for (const slot of [...board.book.slots(side)]) {
      const price = pool.price[slot] as number;
      if (price !== 0 && ladder.indexOf(price) < 0) floor.withdraw(slot, 'limits');
      else kept.push(slot);
    }
  }
  for (const slot of kept) board.book.detach(slot);
  board.book = new Book(pool, ladder, board.reference);
  for (const slot of kept) {
    const price = pool.price[slot] as number;
    if (typeOf(pool.form[slot] as number) === 'mid') board.book.appendMid(slot);
    else board.book.append(slot, price === 0 ? null : ladder.indexOf(price));
  }
  board.stale();
}
