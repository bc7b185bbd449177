/** The intraday path of a recorded day: when, where and how much is traded between the two auctions. */
import type { Rng } from '../../rng/index.ts';
import { timeOfShare } from '../synthetic/day-shape.ts';
import { exponentialAt, expOf, normalAt } from '../synthetic/quantiles.ts';

/** A recorded day in steps of the price grid, counted from the day's low (0) to its high. */
export interface PlanInput {
  readonly open: number;
  readonly close: number;
  readonly high: number;
  readonly volume: number;
  /** The high (low) is the day's upper (lower) limit: the book may lock there, with one side empty. */
  readonly highIsLimit: boolean;
  readonly lowIsLimit: boolean;
}

/** What the driver means to trade. Arrays run in time order; `qty` sums, with both auctions, to the volume. */
export interface DayPlan {
  readonly openQty: number;
  readonly closeQty: number;
  /** Milliseconds after the scheduled open. */
  readonly at: Float64Array;
  /** Grid step of the best bid when the trade comes; the best ask is one higher. */
  readonly bid: Int32Array;
  /** 1: a buyer takes the ask, 0: a seller hits the bid. */
  readonly buys: Uint8Array;
  readonly qty: Float64Array;
}

/** Most trades a day is made up of; the real number can be ten times higher. */
const MAX_TRADES = 30_000;
const MIN_TRADES = 300;

/** The least volume that can print all four prices in order: open first, close last. */
export function leastVolume(input: { open: number; close: number; high: number }): number {
  const { open, close, high } = input;
  if (high === 0) return 1;
  return 2 + (open !== high && close !== high ? 1 : 0) + (open !== 0 && close !== 0 ? 1 : 0);
}

/** Draws a day of `spanMs`: same input and generator state, same plan. `volume` must be at least `leastVolume`. */
export function planDay(input: PlanInput, spanMs: number, rng: Rng): DayPlan {
  const { volume } = input;
  if (volume === 1) return { openQty: 1, closeQty: 0, ...emptyTrades() };
  const least = leastVolume(input);
  const spare = volume - least;
  const openQty = 1 + Math.floor(spare * (0.02 + 0.02 * rng.unit()));
  const closeQty = 1 + Math.floor(spare * (0.05 + 0.03 * rng.unit()));
  const rest = volume - openQty - closeQty;
  const needed = Math.max(0, least - 2);
  const trades = tradeCount(rest, input.high, needed);
  const { bid, buys } = drawPath(input, trades, rng);
  const at = drawTimes(trades, rng).map((fraction) => Math.floor(fraction * spanMs));
  return { openQty, closeQty, at, bid, buys, qty: drawSizes(rest, trades, rng) };
}

function emptyTrades(): Pick<DayPlan, 'at' | 'bid' | 'buys' | 'qty'> {
  return { at: new Float64Array(0), bid: new Int32Array(0), buys: new Uint8Array(0), qty: new Float64Array(0) };
}

/** Grows with about the square root of the volume; wide ranges need more trades to cross without leaps. */
export function tradeCount(shares: number, range: number, needed: number): number {
  const bySize = Math.floor(Math.sqrt(shares) * 6);
  const wanted = Math.max(MIN_TRADES, bySize, 6 * range);
  return Math.max(needed, Math.min(shares, wanted, MAX_TRADES));
}

interface Anchor {
  readonly trade: number;
  readonly bid: number;
  /** The side that must trade there; null: either. */
  readonly buys: 0 | 1 | null;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Where the best bid may be so that no trade leaves the day's range. */
function bidBounds(input: PlanInput): Bounds {
  const flat = input.high === 0;
  return {
    low: input.lowIsLimit || (flat && !input.highIsLimit) ? -1 : 0,
    high: input.highIsLimit || (flat && !input.lowIsLimit) ? input.high : input.high - 1,
  };
}

function drawPath(input: PlanInput, trades: number, rng: Rng): Pick<DayPlan, 'bid' | 'buys'> {
  const bounds = bidBounds(input);
  const bid = new Int32Array(trades);
  const forced = new Int8Array(trades).fill(-1);
  const anchors = drawAnchors(input, bounds, trades, rng);
  // Enough moves for a free walk to span the range, and half as many again for flicker.
  const moveChance = trades === 0 ? 0 : Math.min(0.9, (1.5 * (input.high + 2) * (input.high + 2)) / trades);
  for (let i = 0; i + 1 < anchors.length; i += 1) {
    bridge({ bid, from: anchors[i] as Anchor, to: anchors[i + 1] as Anchor, bounds, moveChance }, rng);
  }
  for (const anchor of anchors) {
    if (anchor.buys !== null && anchor.trade < trades) forced[anchor.trade] = anchor.buys;
  }
  return { bid, buys: drawSides({ bid, forced, range: input.high }, rng) };
}

/** The points the bid must pass: near the open, the high and the low in one order or the other, near the close. */
function drawAnchors(input: PlanInput, bounds: Bounds, trades: number, rng: Rng): Anchor[] {
  const { open, close, high } = input;
  const near = (level: number): number =>
    Math.max(bounds.low, Math.min(bounds.high, level - (rng.chance(0.5) ? 1 : 0)));
  const stops: Omit<Anchor, 'trade'>[] = [];
  if (high > 0) {
    const top = { bid: high - 1, buys: 1 as const };
    const bottom = { bid: 0, buys: 0 as const };
    const topFirst = high - open + high + close;
    const bottomFirst = open + high + (high - close);
    const both = [rng.unit() * (topFirst + bottomFirst) < bottomFirst ? top : bottom];
    both.push(both[0] === top ? bottom : top);
    // Printed by an auction already: no need to be there again.
    for (const stop of both) {
      const level = stop === top ? high : 0;
      if (level !== open && level !== close) stops.push(stop);
    }
  }
  const path = [{ bid: near(open), buys: null }, ...stops, { bid: near(close), buys: null }];
  const weights = path.slice(1).map((stop, i) => {
    const distance = Math.abs(stop.bid - (path[i] as Anchor).bid);
    return (0.2 + distance / (high + 1)) * (0.25 + rng.unit());
  });
  const total = weights.reduce((sum, w) => sum + w, 0);
  // Each stop takes one trade of its own; the others are shared out by weight.
  const free = Math.max(0, trades - stops.length);
  let weight = 0;
  return path.map((stop, i): Anchor => {
    if (i === 0) return { trade: -1, bid: stop.bid, buys: null };
    weight += weights[i - 1] as number;
    const last = i === path.length - 1;
    return { trade: last ? trades : Math.floor((weight / total) * free) + (i - 1), bid: stop.bid, buys: stop.buys };
  });
}

interface BridgeSpan {
  readonly bid: Int32Array;
  readonly from: Anchor;
  readonly to: Anchor;
  readonly bounds: Bounds;
  readonly moveChance: number;
}

/** Fills the trades after `from` up to and including `to` with a random walk that must arrive. */
function bridge(span: BridgeSpan, rng: Rng): void {
  const { bid, from, to, bounds, moveChance } = span;
  let here = from.bid;
  for (let trade = from.trade + 1; trade <= to.trade; trade += 1) {
    const left = to.trade - trade + 1;
    const gap = to.bid - here;
    const slope = Math.abs(gap) / left;
    const direction = gap < 0 ? -1 : 1;
    let step = 0;
    if (left === 1) step = gap;
    else if (slope >= 1) {
      const whole = Math.floor(slope);
      step = direction * (whole + (rng.chance(slope - whole) ? 1 : 0));
    } else {
      const moves = Math.max(moveChance, slope);
      if (rng.chance(moves)) step = rng.chance(0.5 + (direction * slope) / (2 * moves)) ? 1 : -1;
    }
    const next = here + step;
    if (next >= bounds.low && next <= bounds.high) here = next;
    if (trade < bid.length) bid[trade] = here;
  }
}

/** Sides come in runs, follow the moves of the book, and never print outside the range. */
function drawSides(path: { bid: Int32Array; forced: Int8Array; range: number }, rng: Rng): Uint8Array {
  const { bid, forced, range } = path;
  const buys = new Uint8Array(bid.length);
  let side = rng.chance(0.5) ? 1 : 0;
  for (let i = 0; i < bid.length; i += 1) {
    const here = bid[i] as number;
    const moved = i > 0 ? here - (bid[i - 1] as number) : 0;
    if (moved !== 0 && rng.chance(0.8)) side = moved > 0 ? 1 : 0;
    else if (rng.chance(0.35)) side = rng.chance(0.5) ? 1 : 0;
    if (here + 1 > range) side = 0;
    if (here < 0) side = 1;
    const must = forced[i] as number;
    if (must >= 0) side = must;
    buys[i] = side;
  }
  return buys;
}

/** Long-tailed sizes that sum to `shares` exactly, each at least one; many larger ones are round. */
export function drawSizes(shares: number, trades: number, rng: Rng): Float64Array {
  const weight = new Float64Array(trades);
  let total = 0;
  for (let i = 0; i < trades; i += 1) {
    weight[i] = expOf(1.1 * normalAt(rng.u32()));
    total += weight[i] as number;
  }
  const qty = new Float64Array(trades);
  let cumulative = 0;
  let given = 0;
  for (let i = 0; i < trades; i += 1) {
    cumulative += weight[i] as number;
    const due = i === trades - 1 ? shares - trades : Math.floor(((shares - trades) * cumulative) / total);
    let size = 1 + Math.max(0, due - given);
    if (size >= 20 && i < trades - 1 && rng.chance(0.3)) size -= size % 10;
    qty[i] = size;
    given += size - 1;
  }
  return qty;
}

/** U-shaped over the day, in bursts: about a third of the trades follow the one before within moments. */
function drawTimes(trades: number, rng: Rng): Float64Array {
  const at = new Float64Array(trades);
  let total = 0;
  for (let i = 0; i < trades; i += 1) {
    total += exponentialAt(rng.u32()) * (rng.chance(0.35) ? 0.02 : 1);
    at[i] = total;
  }
  const end = total + exponentialAt(rng.u32());
  for (let i = 0; i < trades; i += 1) at[i] = timeOfShare((at[i] as number) / end);
  return at;
}
