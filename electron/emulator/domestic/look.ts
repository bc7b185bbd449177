/** An issue as it stands on KRX, on NXT, or on both together: what quotes, ranks and channels are made of. */
import type { InstrumentId, VenueName } from '#shared/domain/index.ts';
import type { DepthLevel, IssueView } from '#shared/exchange/index.ts';
import type { Phase } from '#shared/time/index.ts';
import type { Ground, Division } from '../ground.ts';

/** Levels of a side that are told. */
export const LEVELS = 10;

/** Prices in won; 0 where there is none. */
export interface Look {
  readonly id: InstrumentId;
  readonly division: Division;
  readonly phase: Phase;
  readonly halted: boolean;
  readonly inVi: boolean;
  readonly base: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly value: number;
  readonly bid: number;
  readonly bidQty: number;
  readonly ask: number;
  readonly askQty: number;
  readonly openTs: number;
  readonly highTs: number;
  readonly lowTs: number;
  readonly boughtQty: number;
  readonly soldQty: number;
  readonly buys: number;
  readonly sells: number;
  readonly viReference: number;
}

/** Ten levels a side. */
export interface Ladder {
  readonly asks: readonly DepthLevel[];
  readonly bids: readonly DepthLevel[];
  readonly totalAsk: number;
  readonly totalBid: number;
  readonly expected: DepthLevel | null;
}

/** Last price, the base where nothing was traded. */
export function askedPrice(look: Pick<Look, 'last' | 'base'>): number {
  return look.last > 0 ? look.last : look.base;
}

/** Venues that a division means. */
export function venuesOf(division: Division): readonly VenueName[] {
  return division === 'UN' ? ['KRX', 'NXT'] : division === 'NX' ? ['NXT'] : ['KRX'];
}

const least = (...values: readonly number[]): number => {
  const some = values.filter((value) => value > 0);
  return some.length === 0 ? 0 : Math.min(...some);
};

/** What an issue looks like now; undefined where the division does not trade it. */
export function lookAt(ground: Ground, id: InstrumentId, division: Division): Look | undefined {
  const views = venuesOf(division)
    .map((venue) => ground.simulator.issue(id, venue))
    .filter((view): view is IssueView => view !== undefined);
  const [first] = views;
  if (!first) return undefined;
  const tapes = views.map(({ venue }) => ground.tape.day(id, venue));
  const sum = (pick: (view: IssueView) => number): number => views.reduce((total, view) => total + pick(view), 0);
  const [bid, ask] = [Math.max(...views.map((v) => v.bestBid)), least(...views.map((v) => v.bestAsk))];
  const lastTs: readonly number[] = tapes.map((tape) => tape.trades.at(-1)?.ts ?? 0);
  const newest = views[lastTs.indexOf(Math.max(...lastTs))] ?? first;
  const [boughtQty, soldQty] = [tapes.reduce((t, d) => t + d.boughtQty, 0), tapes.reduce((t, d) => t + d.soldQty, 0)];
  return {
    id,
    division,
    phase: first.phase,
    halted: first.halted,
    inVi: first.interruption?.kind === 'viStatic' || first.interruption?.kind === 'viDynamic',
    base: first.basePrice,
    upperLimit: first.upperLimit,
    lowerLimit: first.lowerLimit,
    last: newest.last > 0 ? newest.last : first.last,
    open: first.open || (views[1]?.open ?? 0),
    high: Math.max(...views.map((v) => v.high)),
    low: least(...views.map((v) => v.low)),
    volume: sum((v) => v.volume),
    value: sum((v) => v.value),
    bid,
    bidQty: sum((v) => (v.bestBid === bid ? v.bestBidQty : 0)),
    ask,
    askQty: sum((v) => (v.bestAsk === ask ? v.bestAskQty : 0)),
    openTs: tapes[0]?.openTs ?? 0,
    highTs: tapes[0]?.highTs ?? 0,
    lowTs: tapes[0]?.lowTs ?? 0,
    boughtQty,
    soldQty,
    buys: tapes.reduce((t, d) => t + d.buys, 0),
    sells: tapes.reduce((t, d) => t + d.sells, 0),
    viReference: first.open > 0 ? first.open : first.basePrice,
  };
}

function merged(sides: readonly (readonly DepthLevel[])[], descending: boolean): DepthLevel[] {
  const byPrice = new Map<number, number>();
  for (const { price, qty } of sides.flat()) byPrice.set(price, (byPrice.get(price) ?? 0) + qty);
  return [...byPrice]
    .map(([price, qty]) => ({ price, qty }))
    .sort((a, b) => (descending ? b.price - a.price : a.price - b.price))
    .slice(0, LEVELS);
}

/** The order book of an issue; undefined where the division does not trade it. */
export function ladderOf(ground: Ground, id: InstrumentId, division: Division): Ladder | undefined {
  const books = venuesOf(division)
    .map((venue) => ground.simulator.depth(id, venue))
    .filter((book) => book !== undefined);
  const [first] = books;
  if (!first) return undefined;
  return {
    asks: merged(
      books.map((b) => b.asks),
      false,
    ),
    bids: merged(
      books.map((b) => b.bids),
      true,
    ),
    totalAsk: books.reduce((total, b) => total + b.totalAskQty, 0),
    totalBid: books.reduce((total, b) => total + b.totalBidQty, 0),
    expected: first.expected,
  };
}
