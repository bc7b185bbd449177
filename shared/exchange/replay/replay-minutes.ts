/** The path through recorded minutes: inside each one trades that print its open, high, low, close and volume exactly. */
import type { Rng } from '../../rng/index.ts';
import { drawSizes, tradeCount, type DayPlan } from './replay-plan.ts';
import { badRecord, minuteAt, partOf, type RecordedMinutes, type RecordHours } from './replay-record.ts';
import type { ReplayRow } from './replay-row.ts';

/** What a recorded path is drawn on. */
export interface PathGround {
  /** The record's own figures. */
  readonly row: ReplayRow;
  readonly hours: RecordHours;
  /** Steps above the day's low of a price in won; −1 where it is not on a valid price. */
  readonly stepOf: (price: number) => number;
}

/** The opening auction takes this share of the day's volume, if its minute holds as much. */
const OPEN_SHARE = 0.03;
const MINUTE_MS = 60_000;
/** Trades keep this distance from the end of their minute, milliseconds. */
const SPARE_MS = 1_500;
/** Chance that a rising minute saw its low before its high, and a falling one its high before its low. */
const ORDER_CHANCE = 0.75;

interface Bar {
  readonly atMs: number;
  /** Steps above the day's low. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Minutes that were traded in, in steps; throws REPLAY_ROW_BAD where one cannot be true. */
function barsOf(minutes: RecordedMinutes, ground: PathGround): Bar[] {
  const { row, hours, stepOf } = ground;
  const bars: Bar[] = [];
  for (let i = 0; i < minutes.atMs.length; i += 1) {
    const { atMs, open, high, low, close, volume } = minuteAt(minutes, i);
    if (volume === 0 || partOf(atMs, hours) === null) continue;
    const steps = [open, high, low, close].map(stepOf);
    if (steps.some((step) => step < 0)) throw badRecord(row, atMs, '호가 단위에 맞지 않는 가격이 있습니다.');
    const [o, h, l, c] = steps as [number, number, number, number];
    if (l > Math.min(o, c) || h < Math.max(o, c))
      throw badRecord(row, atMs, '고가와 저가 사이에 시가와 종가가 있지 않습니다.');
    const bar = { atMs, open: o, high: h, low: l, close: c, volume };
    const least = leastOf(bar);
    if (volume < least) throw badRecord(row, atMs, `시가·고가·저가·종가를 만들려면 ${least}주가 있어야 합니다.`);
    bars.push(bar);
  }
  return bars;
}

/** The least number of trades that prints a minute's four prices in order. */
function leastOf({ open, high, low, close }: Bar): number {
  const inner = (high !== open && high !== close ? 1 : 0) + (low !== open && low !== close ? 1 : 0);
  // Open and close alike, with another price between them, are two trades.
  return inner + (open === close && inner === 0 ? 1 : 2);
}

/** What one minute must print after its first `from` stops, in order. */
function stopsOf(bar: Bar, rng: Rng): number[] {
  const { open, high, low, close } = bar;
  const lowFirst = rng.chance(close >= open ? ORDER_CHANCE : 1 - ORDER_CHANCE);
  const inner = (lowFirst ? [low, high] : [high, low]).filter((step) => step !== open && step !== close);
  return open === close && inner.length === 0 ? [open] : [open, ...inner, close];
}

/** Collects trades in time order. */
class PathWriter {
  readonly #at: number[] = [];
  readonly #bid: number[] = [];
  readonly #buys: number[] = [];
  readonly #qty: number[] = [];
  #last: number;
  #side = 1;

  /** `last`: step before the first trade. */
  constructor(last: number) {
    this.#last = last;
  }

  add(atMs: number, step: number, qty: number, rng: Rng): void {
    if (step !== this.#last) this.#side = step > this.#last ? 1 : 0;
    else if (rng.chance(0.3)) this.#side = 1 - this.#side;
    this.#last = step;
    this.#at.push(atMs);
    this.#bid.push(this.#side === 1 ? step - 1 : step);
    this.#buys.push(this.#side);
    this.#qty.push(qty);
  }

  plan(openQty: number, closeQty: number): DayPlan {
    return {
      openQty,
      closeQty,
      at: Float64Array.from(this.#at),
      bid: Int32Array.from(this.#bid),
      buys: Uint8Array.from(this.#buys),
      qty: Float64Array.from(this.#qty),
    };
  }
}

/** Draws the trades of one minute through its stops. */
function walk(
  bar: Bar,
  stops: readonly number[],
  shares: number,
  trades: number,
  out: PathWriter,
  rng: Rng,
  openMs: number,
): void {
  const qty = drawSizes(shares, trades, rng);
  const times = Array.from({ length: trades }, () => rng.int(MINUTE_MS - SPARE_MS)).sort((a, b) => a - b);
  // Each stop has a trade of its own; the first is the first, the last the last, the others lie between.
  const places = [0, ...middle(stops.length - 2, trades, rng), trades - 1].slice(0, stops.length);
  if (stops.length === 1) places[0] = 0;
  let stop = 0;
  for (let i = 0; i < trades; i += 1) {
    while (stop + 1 < stops.length && i >= (places[stop + 1] as number)) stop += 1;
    const from = stops[stop] as number;
    const to = stops[stop + 1];
    let step = from;
    if (to !== undefined && i !== places[stop]) {
      const [a, b] = [places[stop] as number, places[stop + 1] as number];
      step = from + Math.floor(((to - from) * (i - a)) / (b - a)) + rng.int(3) - 1;
    } else if (to === undefined && i !== places[stop]) {
      step = from;
    }
    step = Math.max(bar.low, Math.min(bar.high, step));
    out.add(bar.atMs - openMs + (times[i] as number), step, qty[i] as number, rng);
  }
}

/** `count` different places strictly between the first and the last of `trades`, rising. */
function middle(count: number, trades: number, rng: Rng): number[] {
  const places: number[] = [];
  for (let k = 0; k < count; k += 1) {
    const from = (places.at(-1) ?? 0) + 1;
    const to = trades - 1 - (count - k);
    places.push(from + rng.int(Math.max(1, to - from + 1)));
  }
  return places;
}

/**
 * Draws the path of a day of minutes: same minutes and generator state, same path. Throws REPLAY_ROW_BAD where a minute
 * cannot be true, and where the closing auction has more than one price.
 */
export function planMinutes(minutes: RecordedMinutes, ground: PathGround, rng: Rng): DayPlan {
  const { row, hours } = ground;
  const bars = barsOf(minutes, ground);
  const range = Math.max(...bars.map((bar) => bar.high));
  const wanted = tradeCount(row.volume, range, 0);
  const first = bars[0];
  const out = new PathWriter(first?.open ?? 0);
  let openQty = 0;
  let closeQty = 0;
  let closeStep = -1;
  for (const bar of bars) {
    if (partOf(bar.atMs, hours) === 'closing') {
      const lone = bar.open === bar.high && bar.open === bar.low && (closeStep < 0 || closeStep === bar.open);
      if (!lone) throw badRecord(row, bar.atMs, '종가 단일가 시간에 가격이 둘 이상입니다.');
      closeStep = bar.open;
      closeQty += bar.volume;
      continue;
    }
    let stops: readonly number[] = stopsOf(bar, rng);
    let shares = bar.volume;
    if (bar === first && bar.atMs === hours.openMs) {
      const spare = shares - stops.length;
      openQty = 1 + Math.min(spare, Math.floor(row.volume * OPEN_SHARE));
      shares -= openQty;
      stops = stops.slice(1);
      if (stops.length === 0) stops = [bar.open];
    }
    if (shares === 0) continue;
    const trades = Math.max(stops.length, Math.min(shares, Math.floor((wanted * bar.volume) / row.volume)));
    walk(bar, stops, shares, trades, out, rng, hours.openMs);
  }
  return out.plan(openQty, closeQty);
}
