/** The price a best-limit order (최유리, 최우선) takes from the book at the moment it comes. */
import type { Book } from './book.ts';
import { BUY, SELL, type SideCode } from './order-pool.ts';

/**
 * 최유리: the best limit of the other side; with none there, one tick beyond the best of its own side (within the day's
 * limits); with none at all the last price, rounded on tick towards execution. Won.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 3
 */
export function bestOppositePrice(book: Book, side: SideCode): number {
  const { ladder } = book;
  const other = book.bestIndex((1 - side) as SideCode);
  if (other >= 0) return ladder.priceAt(other);
  const own = book.bestIndex(side);
  if (side === BUY) {
    return at(book, own >= 0 ? own + 1 : ladder.ceilIndex(book.last));
  }
  return at(book, own >= 0 ? own - 1 : ladder.floorIndex(book.last));
}

/**
 * 최우선: the best limit of its own side; with none, the last price, rounded on tick away from execution. Won.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 4
 */
export function bestSamePrice(book: Book, side: SideCode): number {
  const { ladder } = book;
  const own = book.bestIndex(side);
  if (own >= 0) return ladder.priceAt(own);
  return at(book, side === SELL ? ladder.ceilIndex(book.last) : ladder.floorIndex(book.last));
}

/** Won at a step, drawn in to the day's limits. */
function at({ ladder }: Book, index: number): number {
  return ladder.priceAt(Math.min(Math.max(index, 0), ladder.size - 1));
}
