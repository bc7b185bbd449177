/** The minutes of an invented day: they open, top, bottom and close exactly at the daily row, and add up to its volume and value. */
import { roundToTick, type TickTable } from '../../market/index.ts';
import type { Rng } from '../../rng/index.ts';
import { intensityAt } from './day-shape.ts';
import { expOf, normalAt } from './quantiles.ts';

/** Prices and value in won; `minute` counts from midnight (540: 09:00). */
export interface PathMinute {
  readonly minute: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

/** The day that the minutes must add up to. */
export interface PathDay {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
  readonly table: TickTable;
}

/** Minutes from midnight at which the continuous session begins and ends, and at which the closing auction trades. */
const OPEN_MINUTE = 540;
const MINUTES = 380;
const CLOSE_MINUTE = 930;
/** Prices of a minute. */
const STEPS = 4;
/** Parts of the day's volume in the auctions, and how far (in logarithms) a day's own part lies from it. */
const OPEN_PART = 0.025;
const CLOSE_PART = 0.065;
const PART_SPREAD = 0.12;
/** Activity of a minute against its usual one: spread of its logarithm, and how much of it stays for the next minute. */
const BURST_SPREAD = 0.5;
const BURST_MEMORY = 0.75;
/** How much of a minute's burst of activity is also one of volatility. */
const BURST_MOVES = 0.4;
/** Free walks that are drawn at most, and the unevenness of the bend that is good enough. */
const WALKS = 4;
const EVEN_BEND = 1.8;
/** Most by which the middle of a walk is leaned; below 1 no order of prices is turned around. */
const MOST_LEAN = 0.9;
/** Rounds in which the mean price of the minutes is drawn to the day's. */
const VALUE_ROUNDS = 6;

interface Shape {
  /** Prices in won, not yet on tick, STEPS a minute. */
  readonly prices: Float64Array;
  /** Weights of volume: minutes, then the closing auction; the opening auction is in the first minute. */
  readonly weights: Float64Array;
}

/** Volume and volatility come in bursts, in the shape of the day. */
function drawShape(day: PathDay, rng: Rng): Shape {
  const weights = new Float64Array(MINUTES + 1);
  const sizes = new Float64Array(MINUTES);
  let burst = BURST_SPREAD * normalAt(rng.u32());
  for (let m = 0; m < MINUTES; m += 1) {
    const fresh = BURST_SPREAD * Math.sqrt(1 - BURST_MEMORY * BURST_MEMORY);
    burst = BURST_MEMORY * burst + fresh * normalAt(rng.u32());
    const usual = intensityAt((m + 0.5) / MINUTES);
    weights[m] = (usual / MINUTES) * expOf(burst - (BURST_SPREAD * BURST_SPREAD) / 2);
    sizes[m] = Math.sqrt(usual) * expOf(BURST_MOVES * burst);
  }
  const part = (usual: number): number => usual * expOf(PART_SPREAD * normalAt(rng.u32()));
  const [opening, closing] = [part(OPEN_PART), part(CLOSE_PART)];
  for (let m = 0; m < MINUTES; m += 1) weights[m] = (weights[m] as number) * (1 - opening - closing);
  weights[0] = (weights[0] as number) + opening;
  weights[MINUTES] = closing;
  const prices = drawWalk(sizes, day, rng);
  leanToValue(prices, weights, day);
  return { prices, weights };
}

/** The one of a few free walks that has to be bent least. */
function drawWalk(sizes: Float64Array, day: PathDay, rng: Rng): Float64Array {
  let best: { readonly prices: Float64Array; readonly bend: Bend } | undefined;
  for (let tries = 0; tries < WALKS; tries += 1) {
    const prices = new Float64Array(MINUTES * STEPS);
    let at = 0;
    for (let i = 0; i < prices.length; i += 1) {
      at += (sizes[Math.floor(i / STEPS)] as number) * normalAt(rng.u32());
      prices[i] = at;
    }
    const bend = bendOf(prices, day);
    if (!best || bend.ratio < best.bend.ratio) best = { prices, bend };
    if (best.bend.ratio < EVEN_BEND) break;
  }
  const { prices, bend } = best as NonNullable<typeof best>;
  const last = prices.length - 1;
  for (let i = 0; i <= last; i += 1) {
    const off = prices[i] as number;
    prices[i] = day.open + ((day.close - day.open) * i) / last + off * (off > 0 ? bend.up : bend.down);
  }
  return prices;
}

/** Factors by which a walk is stretched above and below the straight line from open to close. */
interface Bend {
  readonly up: number;
  readonly down: number;
  /** The larger over the smaller. */
  readonly ratio: number;
}

/** Takes the line out of a free walk, and gives the factors with which it touches the high and the low. */
function bendOf(prices: Float64Array, { open, high, low, close }: PathDay): Bend {
  const last = prices.length - 1;
  const first = prices[0] as number;
  const drift = ((prices[last] as number) - first) / last;
  let [up, down] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i <= last; i += 1) {
    const off = i === 0 || i === last ? 0 : (prices[i] as number) - first - drift * i;
    prices[i] = off;
    const line = open + ((close - open) * i) / last;
    if (off > 0) up = Math.min(up, (high - line) / off);
    if (off < 0) down = Math.min(down, (low - line) / off);
  }
  if (up === Number.POSITIVE_INFINITY) up = 0;
  if (down === Number.POSITIVE_INFINITY) down = 0;
  return { up, down, ratio: Math.max(up, down) / Math.max(1e-9, Math.min(up, down)) };
}

/** Leans the middle of the walk up or down, its four prices untouched, towards the day's mean price. */
function leanToValue(prices: Float64Array, weights: Float64Array, day: PathDay): void {
  const { open, high, low, close } = day;
  const last = prices.length - 1;
  const room = new Float64Array(prices.length);
  let [sum, mean, lean] = [0, 0, 0];
  for (let i = 0; i <= last; i += 1) {
    const line = open + ((close - open) * i) / last;
    const price = prices[i] as number;
    const most = price > line ? high - line : line - low;
    const part = most > 0 ? Math.abs(price - line) / most : 0;
    room[i] = most * part * (1 - part);
    const weight = weights[Math.floor(i / STEPS)] as number;
    sum += weight;
    mean += weight * price;
    lean += weight * (room[i] as number);
  }
  const auction = (weights[MINUTES] as number) * STEPS;
  const wanted = (day.value / day.volume) * (sum + auction) - auction * close;
  const by = lean > 0 ? Math.max(-MOST_LEAN, Math.min(MOST_LEAN, (wanted - mean) / lean)) : 0;
  for (let i = 0; i <= last; i += 1) prices[i] = (prices[i] as number) + by * (room[i] as number);
}

/** Whole shares that add up to the volume, by running sums, so that no rounding is lost. */
function shareOut(weights: Float64Array, volume: number): number[] {
  let total = 0;
  for (const weight of weights) total += weight;
  let [sum, given] = [0, 0];
  return Array.from(weights, (weight) => {
    sum += weight;
    const upTo = Math.min(volume, Math.round((sum / total) * volume));
    const shares = Math.max(0, upTo - given);
    given += shares;
    return shares;
  });
}

/** Tilts the weights towards dear or cheap minutes until their mean price is the day's. */
function tiltToValue(weights: Float64Array, means: Float64Array, target: number): void {
  for (let round = 0; round < VALUE_ROUNDS; round += 1) {
    let [sum, first, second] = [0, 0, 0];
    weights.forEach((weight, i) => {
      const mean = means[i] as number;
      sum += weight;
      first += weight * mean;
      second += weight * mean * mean;
    });
    const mean = first / sum;
    const variance = second / sum - mean * mean;
    if (!(variance > mean * mean * 1e-12)) return;
    const slope = (target - mean) / variance;
    weights.forEach((weight, i) => {
      const exponent = slope * ((means[i] as number) - mean);
      weights[i] = weight * expOf(Math.max(-3, Math.min(3, exponent)));
    });
  }
}

/** What is missing from or over the day's value is moved into the minutes that have room between their low and high. */
function settleValue(minutes: PathMinute[], value: number): PathMinute[] {
  let missing = value - minutes.reduce((sum, minute) => sum + minute.value, 0);
  return minutes.map((minute) => {
    if (missing === 0) return minute;
    const { low, high, volume } = minute;
    const settled = Math.max(low * volume, Math.min(high * volume, minute.value + missing));
    missing -= settled - minute.value;
    return { ...minute, value: settled };
  });
}

/** The minutes with a trade, in order; the last is the closing auction's. Volume adds up exactly, value as far as the prices allow. */
export function minutePath(day: PathDay, rng: Rng): PathMinute[] {
  const { prices, weights } = drawShape(day, rng);
  const onTick = (price: number): number => {
    const down = roundToTick(day.table, Math.max(day.low, Math.min(day.high, Math.round(price))), 'down');
    return Math.max(day.low, Math.min(day.high, down));
  };
  const bars = Array.from({ length: MINUTES }, (_, m) => {
    const points = Array.from(prices.subarray(m * STEPS, (m + 1) * STEPS), onTick);
    return {
      open: points[0] as number,
      high: Math.max(...points),
      low: Math.min(...points),
      close: points.at(-1) as number,
    };
  });
  bars.push({ open: day.close, high: day.close, low: day.close, close: day.close });
  const means = Float64Array.from(bars, (bar) => (bar.open + bar.high + bar.low + bar.close) / 4);
  tiltToValue(weights, means, day.value / day.volume);
  const shares = shareOut(weights, day.volume);
  keepExtremes(bars, shares, day);
  const minutes = bars.flatMap((bar, m): PathMinute[] => {
    const volume = shares[m] as number;
    if (volume === 0) return [];
    const minute = m === MINUTES ? CLOSE_MINUTE : OPEN_MINUTE + m;
    return [{ minute, ...bar, volume, value: Math.round((means[m] as number) * volume) }];
  });
  return settleValue(minutes, day.value);
}

interface Bar {
  open: number;
  high: number;
  low: number;
  close: number;
}

/** A thin day still opens, tops, bottoms and closes where its row says: those minutes take a share from the busiest. */
function keepExtremes(bars: Bar[], shares: number[], day: PathDay): void {
  const needed = [
    0,
    bars.findIndex((bar) => bar.high === day.high),
    bars.findIndex((bar) => bar.low === day.low),
    MINUTES,
  ];
  for (const minute of needed) {
    if (minute < 0 || (shares[minute] as number) > 0) continue;
    const busiest = shares.indexOf(Math.max(...shares));
    if ((shares[busiest] as number) < 2) return;
    shares[busiest] = (shares[busiest] as number) - 1;
    shares[minute] = 1;
  }
}
