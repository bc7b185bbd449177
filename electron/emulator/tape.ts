/** What was traded today: the newest trades, minute bars and counts of each issue on each venue. */
import type { InstrumentId, Side, VenueName } from '#shared/domain/index.ts';
import { MINUTE_MS, type EpochMs } from '#shared/time/index.ts';
import type { MarketTrade } from '../simulator/index.ts';

/** One trade with the day's totals after it. */
export interface TapeTrade {
  readonly ts: EpochMs;
  readonly price: number;
  readonly quantity: number;
  readonly side: Side | null;
  readonly volume: number;
  readonly value: number;
  /** Units bought and sold by who took liquidity. */
  readonly boughtQty: number;
  readonly soldQty: number;
  readonly buys: number;
  readonly sells: number;
}

/** One minute, `[startTs, startTs + 1 min)`; `value` cumulative won of the day at its end. */
export interface MinuteBar {
  readonly startTs: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  value: number;
}

/** A venue's day of one issue. */
export interface DayTape {
  readonly trades: TapeTrade[];
  readonly minutes: MinuteBar[];
  volume: number;
  value: number;
  boughtQty: number;
  soldQty: number;
  buys: number;
  sells: number;
  open: number;
  high: number;
  low: number;
  openTs: number;
  highTs: number;
  lowTs: number;
}

/** Trades kept of an issue on a venue; twice as many are held before the older half goes. */
const KEPT = 400;

function emptyDay(): DayTape {
  return {
    trades: [],
    minutes: [],
    volume: 0,
    value: 0,
    boughtQty: 0,
    soldQty: 0,
    buys: 0,
    sells: 0,
    open: 0,
    high: 0,
    low: 0,
    openTs: 0,
    highTs: 0,
    lowTs: 0,
  };
}

function addToMinute(day: DayTape, { ts, price, quantity }: MarketTrade): void {
  const startTs = Math.floor(ts / MINUTE_MS) * MINUTE_MS;
  const bar = day.minutes.at(-1);
  if (bar?.startTs === startTs) {
    bar.high = Math.max(bar.high, price);
    bar.low = Math.min(bar.low, price);
    bar.close = price;
    bar.volume += quantity;
    bar.value = day.value;
    return;
  }
  const bars = { startTs, open: price, high: price, low: price, close: price, volume: quantity, value: day.value };
  day.minutes.push(bars);
}

export class Tape {
  readonly #days = new Map<string, DayTape>();
  readonly #none = emptyDay();

  /** Another day: nothing was traded yet. */
  clear(): void {
    this.#days.clear();
  }

  /**
   * A day that was taken up in its middle goes on from the exchange's own totals, of which the single trades are not
   * known here.
   */
  begin(id: InstrumentId, venue: VenueName, totals: { readonly volume: number; readonly value: number }): void {
    const day = this.#open(id, venue);
    day.volume = totals.volume;
    day.value = totals.value;
  }

  add(trade: MarketTrade): TapeTrade {
    const { instrumentId, venue, ts, price, quantity, aggressor } = trade;
    const day = this.#open(instrumentId, venue);
    day.volume += quantity;
    day.value += price * quantity;
    if (aggressor === 'buy') {
      day.boughtQty += quantity;
      day.buys += 1;
    } else if (aggressor === 'sell') {
      day.soldQty += quantity;
      day.sells += 1;
    }
    if (day.openTs === 0)
      Object.assign(day, { open: price, high: price, low: price, openTs: ts, highTs: ts, lowTs: ts });
    if (price > day.high) Object.assign(day, { high: price, highTs: ts });
    if (price < day.low) Object.assign(day, { low: price, lowTs: ts });
    addToMinute(day, trade);
    const { volume, value, boughtQty, soldQty, buys, sells } = day;
    const told: TapeTrade = { ts, price, quantity, side: aggressor, volume, value, boughtQty, soldQty, buys, sells };
    day.trades.push(told);
    if (day.trades.length >= KEPT * 2) day.trades.splice(0, KEPT);
    return told;
  }

  day(id: InstrumentId, venue: VenueName): DayTape {
    return this.#days.get(`${id}|${venue}`) ?? this.#none;
  }

  #open(id: InstrumentId, venue: VenueName): DayTape {
    const key = `${id}|${venue}`;
    let day = this.#days.get(key);
    if (!day) this.#days.set(key, (day = emptyDay()));
    return day;
  }
}
