/** The futures abroad of the offline KIS: a book of five levels a side around a price that wanders nearly round the clock, and what the customer holds. */
import { Rng } from '#shared/rng/index.ts';
import {
  addDays,
  epochMs,
  HOUR_MS,
  kstDate,
  kstInstant,
  MINUTE_MS,
  SECOND_MS,
  weekday,
  type EpochMs,
  type SessionDate,
} from '#shared/time/index.ts';
import { listedFutures, type ListedFuture } from './future-listing.ts';

const LEVELS = 5;
/** The hours of a day in Korea: 08:00 to 07:00 of the next, as Chicago has them in winter. */
const OPEN_HOUR = 8;
const OPEN_HOURS = 23;
/** After a long leap of the clock only so much is lived through, and only the end of it is told. */
const LIVED_MS = 30 * MINUTE_MS;
const TOLD_MS = 120 * SECOND_MS;
const TRADES_CHANCE = 0.5;
const MOVES_CHANCE = 0.3;
const KEPT_BARS = 600;

export interface FutureTrade {
  readonly ts: EpochMs;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell';
}

export interface FutureBar {
  readonly startTs: EpochMs;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export interface FutureLevel {
  readonly price: number;
  readonly qty: number;
}

/** A contract in its day; prices in 1/10^8. */
export interface FutureSeat {
  readonly contract: ListedFuture;
  readonly rng: Rng;
  /** Best bid; the best ask is a tick above. */
  bid: number;
  base: number;
  last: number;
  open: number;
  high: number;
  low: number;
  volume: number;
  readonly bars: FutureBar[];
  /** Quantities of the levels from the best on, new with each move. */
  sizes: { readonly bids: readonly number[]; readonly asks: readonly number[] };
}

/** Something that the customer holds. */
export interface FutureHolding {
  readonly code: string;
  /** Below zero: sold. */
  readonly quantity: number;
  readonly average: number;
}

export interface FutureListener {
  traded(seat: FutureSeat, trade: FutureTrade): void;
}

/** The hours of the day of a date; null: a weekend. */
function hoursOn(date: SessionDate): { readonly startTs: EpochMs; readonly endTs: EpochMs } | null {
  if (weekday(date) === 0 || weekday(date) === 6) return null;
  const startTs = epochMs(kstInstant(date, 0) + OPEN_HOUR * HOUR_MS);
  return { startTs, endTs: epochMs(startTs + OPEN_HOURS * HOUR_MS) };
}

/** The trading day under way or last begun. */
function dayAt(ts: EpochMs): SessionDate {
  let date = kstDate(epochMs(ts - OPEN_HOUR * HOUR_MS));
  while (hoursOn(date) === null) date = addDays(date, -1);
  return date;
}

export class FutureMarket {
  readonly #seed: number;
  readonly #listener: FutureListener;
  readonly #seats = new Map<string, FutureSeat>();
  #date: SessionDate | null = null;
  #ts: EpochMs = epochMs(0);
  #actedTs = 0;
  /** false: nobody asked about it yet, so nobody needs to live through its days. */
  #awake = false;
  #held: readonly FutureHolding[] | null = null;

  constructor(parts: { readonly seed: number; readonly listener: FutureListener }) {
    this.#seed = parts.seed;
    this.#listener = parts.listener;
  }

  /** Somebody asks about the market: from now on its days are lived through. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    this.advanceTo(this.#ts);
  }

  /** Brings the market to the server's clock. */
  advanceTo(ts: EpochMs): void {
    this.#ts = ts;
    if (!this.#awake || ts === 0) return;
    const date = dayAt(ts);
    if (date !== this.#date) this.#begin(date);
    const { startTs, endTs } = this.hours();
    const until = Math.min(ts, endTs);
    let at = Math.max(this.#actedTs, startTs, until - LIVED_MS);
    while (at + SECOND_MS <= until) {
      at += SECOND_MS;
      for (const seat of this.#seats.values()) this.#second(seat, { ts: epochMs(at), isTold: until - at <= TOLD_MS });
    }
    this.#actedTs = at;
  }

  /** The trading day. Throws before anybody woke the market. */
  date(): SessionDate {
    if (this.#date === null) throw new RangeError('the market of futures abroad sleeps');
    return this.#date;
  }

  hours(): { readonly startTs: EpochMs; readonly endTs: EpochMs } {
    return hoursOn(this.date()) ?? { startTs: this.#ts, endTs: this.#ts };
  }

  get isOpen(): boolean {
    const { startTs, endTs } = this.hours();
    return this.#ts >= startTs && this.#ts < endTs;
  }

  /** A listed contract; undefined for any other code. */
  seat(code: string): FutureSeat | undefined {
    this.wake();
    return this.#seats.get(code);
  }

  /** Five levels, best first; none while it is shut. */
  depth({ contract, bid, sizes }: FutureSeat, side: 'buy' | 'sell'): readonly FutureLevel[] {
    if (!this.isOpen) return [];
    const best = side === 'buy' ? bid : bid + contract.tick;
    const step = side === 'buy' ? -contract.tick : contract.tick;
    return (side === 'buy' ? sizes.bids : sizes.asks).map((qty, level) => ({ price: best + level * step, qty }));
  }

  /** What the customer holds since before the first day: the second contract bought, the third product sold. */
  held(): readonly FutureHolding[] {
    this.wake();
    this.#held ??= [...this.#seats.values()].flatMap(({ contract, base }): FutureHolding[] => {
      const { root, code, tick } = contract;
      const first = [...this.#seats.values()].find((seat) => seat.contract.root === root)?.contract.code;
      if (code !== first) return [];
      if (root === 'ES') return [{ code, quantity: 1, average: base - 20 * tick }];
      return root === 'CL' ? [{ code, quantity: -2, average: base + 30 * tick }] : [];
    });
    return this.#held;
  }

  #begin(date: SessionDate): void {
    this.#date = date;
    const before = new Map(this.#seats);
    this.#seats.clear();
    for (const contract of listedFutures(date)) {
      const { code, start, usual } = contract;
      const old = before.get(code);
      const rng = Rng.from(this.#seed, `future/${code}/${date}`);
      const base = old ? old.last || old.base : start;
      const seat: FutureSeat = {
        ...{ contract, rng, base, bid: base, last: 0, open: 0, high: 0, low: 0, volume: 0 },
        bars: [...(old?.bars ?? [])],
        sizes: sizesOf(rng, usual),
      };
      this.#seats.set(code, seat);
    }
    this.#actedTs = 0;
  }

  #second(seat: FutureSeat, { ts, isTold }: { readonly ts: EpochMs; readonly isTold: boolean }): void {
    const { rng, contract } = seat;
    if (rng.chance(MOVES_CHANCE)) {
      // Back towards the base, so that a long day stays near it.
      const away = (seat.bid - seat.base) / contract.tick;
      const up = rng.unit() * 200 > 100 + away / 4;
      seat.bid = Math.max(contract.tick, seat.bid + (up ? contract.tick : -contract.tick));
      seat.sizes = sizesOf(rng, contract.usual);
    }
    if (!rng.chance(TRADES_CHANCE)) return;
    const side = rng.chance(0.5) ? 'buy' : 'sell';
    const price = side === 'buy' ? seat.bid + contract.tick : seat.bid;
    const trade: FutureTrade = { ts, price, side, quantity: 1 + rng.int(contract.usual) };
    taken(seat, trade);
    if (isTold) this.#listener.traded(seat, trade);
  }
}

function sizesOf(rng: Rng, usual: number): FutureSeat['sizes'] {
  const side = (): readonly number[] => Array.from({ length: LEVELS }, () => 1 + rng.int(usual * 3));
  return { bids: side(), asks: side() };
}

/** Takes a trade into the day and its minute. */
function taken(seat: FutureSeat, { ts, price, quantity }: FutureTrade): void {
  seat.last = price;
  seat.open ||= price;
  seat.high = Math.max(seat.high, price);
  seat.low = seat.low === 0 ? price : Math.min(seat.low, price);
  seat.volume += quantity;
  const startTs = epochMs(Math.floor(ts / MINUTE_MS) * MINUTE_MS);
  const bar = seat.bars.at(-1);
  if (bar?.startTs !== startTs) {
    seat.bars.push({ startTs, open: price, high: price, low: price, close: price, volume: quantity });
    if (seat.bars.length > KEPT_BARS) seat.bars.shift();
    return;
  }
  Object.assign(bar, { high: Math.max(bar.high, price), low: Math.min(bar.low, price), close: price });
  bar.volume += quantity;
}
