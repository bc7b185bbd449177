/** Mid-price orders that meet resting orders because the quotes moved, not because an order came in. */
import type { Book } from './book.ts';
import type { CrossSink } from './match-sink.ts';
import { BUY, SELL, type OrderPool } from './order-pool.ts';

/**
 * Trades the mids that meet orders of the other side: a spread of one won puts the mid, rounded down, on the best bid,
 * and mids of both sides may wait after an interruption. To be called after a limit order has entered the book in
 * continuous trading; `bounds` in won as in `take`, and like it `book.blockedAt` tells what stopped it.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 4-2
 */
export function crossMids(
  book: Book,
  pool: OrderPool,
  bounds: { readonly floor: number; readonly ceil: number },
  sink: CrossSink,
): void {
  book.blockedAt = 0;
  for (;;) {
    const sell = book.midFront(SELL);
    const price = sell < 0 ? 0 : book.midPrice;
    const buy = price > 0 ? buyAt(book, pool, price) : -1;
    if (buy < 0) return;
    if (price <= bounds.floor || price >= bounds.ceil) {
      book.blockedAt = price;
      return;
    }
    const quantity = Math.min(book.frontQuantity(BUY, buy), pool.open[sell] as number);
    const match = {
      price,
      quantity,
      buyNo: pool.orderNo[buy] as number,
      buyOwner: pool.owner[buy] as number,
      sellNo: pool.orderNo[sell] as number,
      sellOwner: pool.owner[sell] as number,
    };
    book.reduce(buy, quantity);
    book.reduce(sell, quantity);
    book.last = price;
    sink.crossed(match);
  }
}

/** The buy a resting sell at the mid price meets; −1 for none. */
function buyAt(book: Book, pool: OrderPool, price: number): number {
  const mid = book.midFront(BUY);
  const best = book.bestIndex(BUY);
  const limit = best >= 0 && book.ladder.priceAt(best) >= price ? book.front(BUY) : -1;
  if (mid < 0 || limit < 0) return Math.max(mid, limit);
  return (pool.arrival[mid] as number) < (pool.arrival[limit] as number) ? mid : limit;
}
