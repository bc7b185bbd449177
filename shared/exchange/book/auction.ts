/** The call auction (단일가매매): one price for all, found from the two sides of the book. */
import type { Book } from './book.ts';
import type { CrossSink } from './match-sink.ts';
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';

export type { CrossSink as AuctionSink } from './match-sink.ts';

/** A price, by step and in won, and the units that trade there. */
export interface AuctionOutcome {
  readonly index: number;
  readonly price: number;
  readonly quantity: number;
}

/**
 * Which of several prices is taken where the reference lies between two of them: the nearest above; or just the nearest
 * (the upper of two equally near), as for the first price of an issue that has no market price yet.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 23(5); Enforcement Rules 2026-04-27 art. 36
 */
export type TieBreak = 'above' | 'nearest';

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
 * `lastPrice` in won, the base price before the first trade. Null where nothing would trade. Mids take no part.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 23(3) to (6)
 */
export function auctionOutcome(book: Book, lastPrice: number, tieBreak: TieBreak = 'above'): AuctionOutcome | null {
  const noLimits = book.bestIndex(BUY) < 0 && book.bestIndex(SELL) < 0;
  if (noLimits) return marketOnly(book, lastPrice);
  const stand = standOf(book, lastPrice);
  if (book.front(BUY) < 0 || book.front(SELL) < 0 || stand.lowest > stand.highest) return null;
  return choose(book, stand, targetOf(book, lastPrice, tieBreak));
}

/** The step to come nearest to from below. */
function targetOf({ ladder }: Book, lastPrice: number, tieBreak: TieBreak): number {
  const above = ladder.ceilIndex(lastPrice);
  const below = ladder.floorIndex(lastPrice);
  if (tieBreak === 'above' || below < 0 || above === ladder.size) return above;
  return lastPrice - ladder.priceAt(below) < ladder.priceAt(above) - lastPrice ? below : above;
}

/** Only market orders: the last price, or one tick towards the larger side. */
function marketOnly(book: Book, lastPrice: number): AuctionOutcome | null {
  const buys = book.marketQuantity(BUY);
  const sells = book.marketQuantity(SELL);
  if (buys === 0 || sells === 0) return null;
  const { ladder } = book;
  const ceil = ladder.ceilIndex(lastPrice);
  const step = buys > sells ? ladder.floorIndex(lastPrice) + 1 : buys < sells ? ceil - 1 : ceil;
  const index = clamp(step, 0, ladder.size - 1);
  return { index, price: ladder.priceAt(index), quantity: Math.min(buys, sells) };
}

/** Market orders join one tick better than the best limit of their side, at the far end of the other, or at the last price. */
function standOf(book: Book, lastPrice: number): Stand {
  const { ladder } = book;
  const top = ladder.size - 1;
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
  let chosen = -1;
  let quantity = 0;
  for (let index = stand.lowest; index <= stand.highest; index += 1) {
    const dearer = demand - at(book, BUY, index, stand);
    const supply = cheaper + at(book, SELL, index, stand);
    const matched = dearer <= supply && cheaper <= demand;
    // Matched prices are neighbours: the first stands until a later one comes nearer to the target from below.
    if (matched && (chosen < 0 || index <= target)) {
      chosen = index;
      quantity = Math.min(demand, supply);
    }
    cheaper = supply;
    demand = dearer;
  }
  return chosen < 0 ? null : { index: chosen, price: book.ladder.priceAt(chosen), quantity };
}

/**
 * Size-first allocation at a limit price: of the opening, of the reopening of a market and after a trading halt.
 * `unit`: the trading unit. `lasting`: it holds until the orders are filled; else for this auction only, as where
 * the first price becomes the base.
 */
export interface SizeFirst {
  readonly unit: number;
  readonly lasting: boolean;
}

/**
 * Trades the outcome in the order of priority on both sides: market orders, price, time. With `sizeFirst`, buys at the
 * upper limit (sells at the lower) are served by size where the price lands there.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 22; Enforcement Rules 2026-04-27 art. 34
 */
export function uncross(
  book: Book,
  pool: OrderPool,
  outcome: AuctionOutcome,
  sink: CrossSink,
  sizeFirst: SizeFirst | null = null,
): void {
  const { price } = outcome;
  if (sizeFirst && outcome.index === book.ladder.size - 1) book.allocate(BUY, sizeFirst.unit);
  else if (sizeFirst && outcome.index === 0) book.allocate(SELL, sizeFirst.unit);
  book.last = price;
  let left = outcome.quantity;
  while (left > 0) {
    const buy = book.front(BUY);
    const sell = book.front(SELL);
    const quantity = Math.min(left, book.frontQuantity(BUY, buy), book.frontQuantity(SELL, sell));
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
  if (sizeFirst && !sizeFirst.lasting) book.allocation = null;
}

/**
 * The special quote (기세) that stands for the close of a day without a trade: the lowest offer below the base price, else
 * the highest bid above it; market orders at the price they are taken to carry. Won; 0 where there is none.
 * To be asked after the closing auction has found no price. `basePrice` in won.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 2(9)
 */
export function specialQuote(book: Book, basePrice: number): number {
  const { ladder } = book;
  const { lowest, highest } = standOf(book, basePrice);
  if (lowest < ladder.size && ladder.priceAt(lowest) < basePrice) return ladder.priceAt(lowest);
  return highest >= 0 && ladder.priceAt(highest) > basePrice ? ladder.priceAt(highest) : 0;
}
