/** What has been traded in the running session, for every issue: candles and the newest trades. */
import type { InstrumentId, Interval, Tick } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { CandleBuilder, type Bar, type SavedCandles } from './candle-builder.ts';
import type { FeedTrade } from './feed.ts';
import { TapeRings, type SavedTapes } from './tape-rings.ts';

/** Plain data; opaque to others. */
export interface SavedRecord {
  readonly version: 1;
  readonly date: SessionDate;
  readonly ids: readonly InstrumentId[];
  readonly candles: SavedCandles;
  readonly tapes: SavedTapes;
}

export class SessionRecord {
  readonly date: SessionDate;
  readonly #ids: readonly InstrumentId[];
  readonly #places: ReadonlyMap<InstrumentId, number>;
  readonly #candles: CandleBuilder;
  readonly #tapes: TapeRings;

  /** `volumes`: what each issue has traded before the record begins. */
  constructor(date: SessionDate, ids: readonly InstrumentId[], volumes: readonly number[]) {
    this.date = date;
    this.#ids = ids;
    this.#places = new Map(ids.map((id, place) => [id, place]));
    this.#candles = new CandleBuilder(ids.length);
    this.#tapes = new TapeRings(volumes);
  }

  add(trade: FeedTrade): void {
    const place = this.#places.get(trade.instrumentId);
    if (place === undefined) return;
    this.#tapes.add(place, trade);
    this.#candles.add(place, trade.ts, trade.price, trade.quantity);
  }

  /** Changes with every trade of the issue. */
  tradeCount(id: InstrumentId): number {
    const place = this.#places.get(id);
    return place === undefined ? 0 : this.#tapes.count(place);
  }

  /** The newest trades, oldest first. */
  ticks(id: InstrumentId): Tick[] {
    const place = this.#places.get(id);
    return place === undefined ? [] : this.#tapes.ticks(place, id);
  }

  /** Candles that open at `from` or later, oldest first. */
  bars(id: InstrumentId, interval: Exclude<Interval, '1d'>, from: number): Bar[] {
    const place = this.#places.get(id);
    return place === undefined ? [] : this.#candles.bars(place, interval, from);
  }

  save(): SavedRecord {
    return { version: 1, date: this.date, ids: this.#ids, candles: this.#candles.save(), tapes: this.#tapes.save() };
  }

  /** Continues what was saved, if it is of the same session and issues. */
  restore(saved: unknown): boolean {
    const record = saved as Partial<SavedRecord> | null;
    if (record?.version !== 1 || record.date !== this.date || !record.ids || !record.candles || !record.tapes)
      return false;
    if (record.ids.length !== this.#ids.length || record.ids.some((id, place) => id !== this.#ids[place])) return false;
    this.#candles.restore(record.candles);
    this.#tapes.restore(record.tapes);
    return true;
  }
}
