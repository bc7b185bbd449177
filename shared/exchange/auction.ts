/** The call auction (단일가매매): one price for all, found from the two sides of the book. */
import type { Book } from './book.ts';
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';

/** A price step and the units that trade there. */
export interface AuctionOutcome {
  readonly index: number;
  readonly quantity: number;
}

/** Where each side starts to trade and the steps at which its market orders are taken to stand. */
interface Stand {
  readonly marketBuy: number;
  readonly marketSell: number;
  readonly lowest: number;
  readonly highest: number;
}

const clamp = (index: number, low: number, high: number): number => Math.min(Math.max(index, low), high);

/**
 * The auction price: every better order fills, and at the price at least one side fills. Of several such prices the one
 * equal to the last price; else the nearest to it; with the last price off tick between them, the nearest above.
 * `lastPrice` in won, the base price before the first trade. Null where nothing would trade.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 23(3) to (6)
 */
export function auctionOutcome(book: Book, lastPrice: number): AuctionOutcome | null {
  const noLimits = book.bestIndex(BUY) < 0 && book.bestIndex(SELL) < 0;
  if (noLimits) return marketOnly(book, lastPrice);
  const stand = standOf(book, lastPrice);
  if (!stand || stand.lowest > stand.highest) return null;
  return choose(book, stand, book.ladder.ceilIndex(lastPrice));
}

/** Only market orders: the last price, or one tick towards the larger side. */
function marketOnly(book: Book, lastPrice: number): AuctionOutcome | null {
  const buys = book.marketQuantity(BUY);
  const sells = book.marketQuantity(SELL);
  if (buys === 0 || sells === 0) return null;
  const { ladder } = book;
  const ceil = ladder.ceilIndex(lastPrice);
  const index = buys > sells ? ladder.floorIndex(lastPrice) + 1 : buys < sells ? ceil - 1 : ceil;
  return { index: clamp(index, 0, ladder.size - 1), quantity: Math.min(buys, sells) };
}

/** Market orders join one tick better than the best limit of their side, at the far end of the other, or at the last price. */
function standOf(book: Book, lastPrice: number): Stand | null {
  const { ladder } = book;
  const top = ladder.size - 1;
  const hasBuys = book.front(BUY) >= 0;
  const hasSells = book.front(SELL) >= 0;
  if (!hasBuys || !hasSells) return null;
  const [bestBuy, bestSell] = [book.bestIndex(BUY), book.bestIndex(SELL)];
  const [lowBuy, highSell] = [book.worstIndex(BUY), book.worstIndex(SELL)];
  const floor = clamp(ladder.floorIndex(lastPrice), 0, top);
  const ceil = clamp(ladder.ceilIndex(lastPrice), 0, top);
  const above = bestBuy < 0 ? -1 : Math.min(bestBuy + 1, top);
  const below = bestSell < 0 ? top + 1 : Math.max(bestSell - 1, 0);
  const marketBuy = book.marketQuantity(BUY) > 0 ? Math.max(above, highSell, ceil) : -1;
  const marketSell = book.marketQuantity(SELL) > 0 ? Math.min(below, lowBuy < 0 ? top : lowBuy, floor) : top + 1;
  return {
    marketBuy,
    marketSell,
    lowest: bestSell < 0 ? marketSell : Math.min(bestSell, marketSell),
    highest: Math.max(bestBuy, marketBuy),
  };
}

/** Units of a side at a step, its market orders included where they stand. */
function at(book: Book, side: SideCode, index: number, stand: Stand): number {
  const marketAt = side === BUY ? stand.marketBuy : stand.marketSell;
  return book.quantityAt(side, index) + (index === marketAt ? book.marketQuantity(side) : 0);
}

/** Walks up the steps at which both sides could trade and picks by the tie-break. */
function choose(book: Book, stand: Stand, target: number): AuctionOutcome | null {
  let demand = 0;
  for (let index = stand.lowest; index <= stand.highest; index += 1) demand += at(book, BUY, index, stand);
  let cheaper = 0;
  let outcome: AuctionOutcome | null = null;
  for (let index = stand.lowest; index <= stand.highest; index += 1) {
    const dearer = demand - at(book, BUY, index, stand);
    const supply = cheaper + at(book, SELL, index, stand);
    const matched = dearer <= supply && cheaper <= demand;
    // Matched prices are neighbours: the first stands until a later one comes nearer to the target from below.
    if (matched && (outcome === null || index <= target)) outcome = { index, quantity: Math.min(demand, supply) };
    cheaper = supply;
    demand = dearer;
  }
  return outcome;
}

/** Told of each match of the auction, after the book has changed. */
export interface AuctionSink {
  crossed(match: {
    readonly price: number;
    readonly quantity: number;
    readonly buyNo: number;
    readonly buyOwner: number;
    readonly sellNo: number;
    readonly sellOwner: number;
  }): void;
}

/** Trades the outcome in the order of priority on both sides: market orders, price, time. */
export function uncross(book: Book, pool: OrderPool, outcome: AuctionOutcome, sink: AuctionSink): void {
  const price = book.ladder.priceAt(outcome.index);
  book.lastIndex = outcome.index;
  let left = outcome.quantity;
  while (left > 0) {
    const buy = book.front(BUY);
    const sell = book.front(SELL);
    const quantity = Math.min(left, pool.open[buy] as number, pool.open[sell] as number);
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
    left -= quantity;
    sink.crossed(match);
  }
}
