/** The newest trades of every issue, in columns: no object is made for a trade that nobody looks at. */
import type { InstrumentId, Tick, VenueName } from '#shared/domain/index.ts';
import type { FeedTrade } from './feed.ts';

/** Trades kept of one issue. */
export const TAPE_LENGTH = 50;

const SIDES = [null, 'buy', 'sell'] as const;
const VENUES = ['KRX', 'NXT'] as const satisfies readonly VenueName[];

/** Plain data: the rings as they are. */
export interface SavedTapes {
  readonly counts: Float64Array;
  readonly volumes: Float64Array;
  readonly seq: Float64Array;
  readonly ts: Float64Array;
  readonly total: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Int32Array;
  readonly side: Uint8Array;
  readonly venue: Uint8Array;
}

/** Units traded in the session. */
export interface VenueVolumes {
  readonly krx: number;
  readonly nxt: number;
}

export class TapeRings {
  /** Trades ever added, by issue. */
  readonly #counts: Float64Array;
  /** Units traded in the session, by issue and venue. */
  readonly #volumes: Float64Array;
  readonly #seq: Float64Array;
  readonly #ts: Float64Array;
  /** Session volume of its venue after the trade. */
  readonly #total: Float64Array;
  readonly #price: Float64Array;
  readonly #quantity: Int32Array;
  readonly #side: Uint8Array;
  readonly #venue: Uint8Array;

  /** `volumes`: what each issue has traded already on each venue. */
  constructor(volumes: readonly VenueVolumes[]) {
    const places = volumes.length * TAPE_LENGTH;
    this.#counts = new Float64Array(volumes.length);
    this.#volumes = Float64Array.from(volumes.flatMap(({ krx, nxt }) => [krx, nxt]));
    this.#venue = new Uint8Array(places);
    this.#seq = new Float64Array(places);
    this.#ts = new Float64Array(places);
    this.#total = new Float64Array(places);
    // Prices of futures abroad go beyond 32 bits.
    this.#price = new Float64Array(places);
    this.#quantity = new Int32Array(places);
    this.#side = new Uint8Array(places);
  }

  add(issue: number, trade: Omit<FeedTrade, 'instrumentId'>): void {
    const count = this.#counts[issue] as number;
    const at = issue * TAPE_LENGTH + (count % TAPE_LENGTH);
    const venue = trade.venue === 'KRX' ? 0 : 1;
    const place = issue * VENUES.length + venue;
    const volume = (this.#volumes[place] as number) + trade.quantity;
    this.#counts[issue] = count + 1;
    this.#volumes[place] = volume;
    this.#venue[at] = venue;
    this.#seq[at] = trade.seq;
    this.#ts[at] = trade.ts;
    this.#total[at] = volume;
    this.#price[at] = trade.price;
    this.#quantity[at] = trade.quantity;
    this.#side[at] = trade.aggressor === null ? 0 : trade.aggressor === 'buy' ? 1 : 2;
  }

  /** Counts trades that newer ones have pushed out already; `units` of each venue. */
  pass(issue: number, units: VenueVolumes & { readonly trades: number }): void {
    const place = issue * VENUES.length;
    this.#counts[issue] = (this.#counts[issue] as number) + units.trades;
    this.#volumes[place] = (this.#volumes[place] as number) + units.krx;
    this.#volumes[place + 1] = (this.#volumes[place + 1] as number) + units.nxt;
  }

  /** Trades ever added of an issue: changes with every one. */
  count(issue: number): number {
    return this.#counts[issue] ?? 0;
  }

  /** Oldest first. */
  ticks(issue: number, instrumentId: InstrumentId): Tick[] {
    const count = this.count(issue);
    const ticks: Tick[] = [];
    for (let n = Math.max(0, count - TAPE_LENGTH); n < count; n += 1) {
      const at = issue * TAPE_LENGTH + (n % TAPE_LENGTH);
      ticks.push({
        seq: this.#seq[at] as number,
        instrumentId,
        venue: VENUES[this.#venue[at] as number] ?? 'KRX',
        price: this.#price[at] as number,
        qty: this.#quantity[at] as number,
        side: SIDES[this.#side[at] as number] ?? null,
        volume: this.#total[at] as number,
        exchangeTs: this.#ts[at] as number,
      });
    }
    return ticks;
  }

  save(): SavedTapes {
    return {
      counts: this.#counts,
      volumes: this.#volumes,
      seq: this.#seq,
      ts: this.#ts,
      total: this.#total,
      price: this.#price,
      quantity: this.#quantity,
      side: this.#side,
      venue: this.#venue,
    };
  }

  /** Into rings of as many issues. */
  restore(saved: SavedTapes): void {
    this.#counts.set(saved.counts);
    this.#volumes.set(saved.volumes);
    this.#seq.set(saved.seq);
    this.#ts.set(saved.ts);
    this.#total.set(saved.total);
    this.#price.set(saved.price);
    this.#quantity.set(saved.quantity);
    this.#side.set(saved.side);
    this.#venue.set(saved.venue);
  }
}
