/** Every trade of the session in columns, so that candles and tapes can be made as they were at an earlier instant. */
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import type { FeedTrade } from './feed.ts';
import type { VenueVolumes } from './tape-rings.ts';

/** Trades kept at most; about 160 MB, three times a busy day of the bundled issues. */
const MAX_TRADES = 6_000_000;
const FIRST_CAPACITY = 1_024;
const SIDES = [null, 'buy', 'sell'] as const;
/** Set in the marks of a trade on NXT. */
const NXT_MARK = 4;

/** A trade and the place of its issue. */
export type LoggedTrade = Omit<FeedTrade, 'instrumentId'> & { readonly place: number };

/** Who takes trades out of the log, fast: a million of them are a moment. */
export interface TradeTaker {
  /** So many of each issue come as a whole. */
  readonly newest: number;
  /** What each trade of KRX did to the candles. */
  figures(place: number, ts: number, price: number, quantity: number): void;
  /** All older ones of an issue together. */
  passed(place: number, units: VenueVolumes & { readonly trades: number }): void;
  /** One of the newest, after the older ones. */
  whole(trade: LoggedTrade): void;
}

export class TradeLog {
  readonly #max: number;
  #count = 0;
  #full = false;
  #ts = new Float64Array(FIRST_CAPACITY);
  #seq = new Float64Array(FIRST_CAPACITY);
  #place = new Uint16Array(FIRST_CAPACITY);
  // Prices of futures abroad go beyond 32 bits.
  #price = new Float64Array(FIRST_CAPACITY);
  #quantity = new Int32Array(FIRST_CAPACITY);
  /** Side in the low two bits, venue above. */
  #marks = new Uint8Array(FIRST_CAPACITY);

  constructor(max = MAX_TRADES) {
    this.#max = max;
  }

  /** true: more was traded than is kept, so nothing can be told any more. */
  get full(): boolean {
    return this.#full;
  }

  add(place: number, trade: FeedTrade): void {
    if (this.#full) return;
    const at = this.#count;
    if (at >= this.#max) {
      this.#full = true;
      return;
    }
    if (at === this.#ts.length) this.#grow();
    this.#count = at + 1;
    this.#ts[at] = trade.ts;
    this.#seq[at] = trade.seq;
    this.#place[at] = place;
    this.#price[at] = trade.price;
    this.#quantity[at] = trade.quantity;
    this.#marks[at] = SIDES.indexOf(trade.aggressor) | (trade.venue === 'KRX' ? 0 : NXT_MARK);
  }

  /** How many trades there were by `ts`. */
  countAt(ts: EpochMs): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ts[middle] as number) <= ts) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Hands on the first `count` trades in order: as a whole the newest of each of `places` issues, the others by their figures. */
  each(count: number, places: number, take: TradeTaker): void {
    const left = new Int32Array(places);
    for (let at = 0; at < count; at += 1) {
      const place = this.#place[at] as number;
      left[place] = (left[place] as number) + 1;
    }
    const passed = left.map((trades) => Math.max(0, trades - take.newest));
    const units = new Float64Array(places * 2);
    const newest: number[] = [];
    for (let at = 0; at < count; at += 1) {
      const place = this.#place[at] as number;
      const quantity = this.#quantity[at] as number;
      const isKrx = (this.#marks[at] as number) < NXT_MARK;
      if (isKrx) take.figures(place, this.#ts[at] as number, this.#price[at] as number, quantity);
      const after = (left[place] as number) - 1;
      left[place] = after;
      if (after < take.newest) newest.push(at);
      else {
        const venue = place * 2 + (isKrx ? 0 : 1);
        units[venue] = (units[venue] as number) + quantity;
      }
    }
    for (let place = 0; place < places; place += 1) {
      const trades = passed[place] as number;
      if (trades > 0) {
        take.passed(place, { trades, krx: units[place * 2] as number, nxt: units[place * 2 + 1] as number });
      }
    }
    for (const at of newest) take.whole(this.#tradeAt(at));
  }

  /** Forgets all but the first `count` trades. */
  cut(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  #tradeAt(at: number): LoggedTrade {
    const marks = this.#marks[at] as number;
    return {
      seq: this.#seq[at] as number,
      place: this.#place[at] as number,
      venue: marks >= NXT_MARK ? 'NXT' : 'KRX',
      price: this.#price[at] as number,
      quantity: this.#quantity[at] as number,
      aggressor: SIDES[marks & 3] ?? null,
      ts: epochMs(this.#ts[at] as number),
    };
  }

  #grow(): void {
    const capacity = this.#ts.length * 2;
    const longer = <A extends { set(from: A): void }>(fresh: A, old: A): A => {
      fresh.set(old);
      return fresh;
    };
    this.#ts = longer(new Float64Array(capacity), this.#ts);
    this.#seq = longer(new Float64Array(capacity), this.#seq);
    this.#place = longer(new Uint16Array(capacity), this.#place);
    this.#price = longer(new Float64Array(capacity), this.#price);
    this.#quantity = longer(new Int32Array(capacity), this.#quantity);
    this.#marks = longer(new Uint8Array(capacity), this.#marks);
  }
}
