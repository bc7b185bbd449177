/** What has been traded in the running session, for every issue: candles and the newest trades. */
import type { InstrumentId, Interval, Tick } from '#shared/domain/index.ts';
import { epochMs, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import { CandleBuilder, type Bar, type SavedCandles } from './candle-builder.ts';
import type { FeedTrade } from './feed.ts';
import { TAPE_LENGTH, TapeRings, type SavedTapes, type VenueVolumes } from './tape-rings.ts';
import { TradeLog } from './trade-log.ts';

/** Plain data; opaque to others. */
export interface SavedRecord {
  readonly version: 2;
  readonly date: SessionDate;
  readonly ids: readonly InstrumentId[];
  readonly candles: SavedCandles;
  readonly tapes: SavedTapes;
  readonly regularVolumes: Float64Array;
  readonly lastTs: Float64Array;
}

/** What a record of a session begins with. */
export interface RecordStart {
  readonly date: SessionDate;
  readonly ids: readonly InstrumentId[];
  /** What each issue has traded before the record begins. */
  readonly volumes: readonly VenueVolumes[];
  /** From then on KRX's trades do not count for the day's candle; null: all do. */
  readonly afterTs: EpochMs | null;
}

/** From what a record can be made as it was: what it began with, and the trades that came on top. */
interface Origin {
  readonly start: RecordStart;
  readonly base: SavedRecord | null;
  readonly trades: TradeLog;
}

/** An earlier moment: so many of the trades, and the shortest candles, which no file keeps. */
interface Moment extends Origin {
  readonly count: number;
  readonly candles: CandleBuilder;
}

/** Where saved records came from: known in this process alone, and never written to the disk. */
const MOMENTS = new WeakMap<SavedRecord, Moment>();

/** Candles are KRX's alone, its after-market included; the tape shows the trades of both venues. */
export class SessionRecord {
  readonly date: SessionDate;
  #origin: Origin;
  readonly #ids: readonly InstrumentId[];
  readonly #places: ReadonlyMap<InstrumentId, number>;
  #candles: CandleBuilder;
  readonly #tapes: TapeRings;
  readonly #afterTs: number;
  /** Units that KRX traded before its after-market, and when it last traded; by issue. */
  readonly #regularVolumes: Float64Array;
  readonly #lastTs: Float64Array;

  constructor(start: RecordStart) {
    const { date, ids, volumes, afterTs } = start;
    this.#origin = { start, base: null, trades: new TradeLog() };
    this.date = date;
    this.#ids = ids;
    this.#places = new Map(ids.map((id, place) => [id, place]));
    this.#candles = new CandleBuilder(ids.length);
    this.#tapes = new TapeRings(volumes);
    this.#afterTs = afterTs ?? Number.POSITIVE_INFINITY;
    this.#regularVolumes = Float64Array.from(volumes, ({ krx }) => krx);
    this.#lastTs = new Float64Array(ids.length);
  }

  add(trade: FeedTrade): void {
    const place = this.#places.get(trade.instrumentId);
    if (place === undefined) return;
    this.#origin.trades.add(place, trade);
    this.#tapes.add(place, trade);
    if (trade.venue !== 'KRX') return;
    this.#addUnits(place, trade.ts, trade.quantity);
    this.#candles.add(place, trade.ts, trade.price, trade.quantity);
  }

  /** Takes in minutes of the session that somebody else knows; where both have heard trades, whoever heard more is right. */
  fill(id: InstrumentId, minutes: readonly Bar[]): void {
    const place = this.#places.get(id);
    if (place !== undefined) this.#candles.merge(place, minutes);
  }

  /** Changes with every trade of the issue. */
  tradeCount(id: InstrumentId): number {
    const place = this.#places.get(id);
    return place === undefined ? 0 : this.#tapes.count(place);
  }

  /** Units of the regular session, the trades at the close price included. */
  regularVolume(id: InstrumentId): number {
    return this.#regularVolumes[this.#places.get(id) ?? -1] ?? 0;
  }

  /** When KRX last traded the issue; null before the first trade of the record. */
  lastTradeTs(id: InstrumentId): EpochMs | null {
    const ts = this.#lastTs[this.#places.get(id) ?? -1] ?? 0;
    return ts === 0 ? null : epochMs(ts);
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
    return {
      version: 2,
      date: this.date,
      ids: this.#ids,
      candles: this.#candles.save(),
      tapes: this.#tapes.save(),
      regularVolumes: this.#regularVolumes,
      lastTs: this.#lastTs,
    };
  }

  /** The record as it was at `ts`; undefined where more was traded than can be told. */
  saveAt(ts: EpochMs): SavedRecord | undefined {
    const { start, base, trades } = this.#origin;
    if (trades.full) return undefined;
    const count = trades.countAt(ts);
    const then = new SessionRecord(start);
    if (base) then.restore(base);
    // What was over by then is the present; the rest is made again from the trades.
    const candles = this.#candles.before(ts);
    then.#candles = candles;
    trades.each(count, then.#ids.length, {
      newest: TAPE_LENGTH,
      figures: (place, at, price, quantity) => {
        then.#addUnits(place, at, quantity);
        candles.addAgain(place, at, price, quantity);
      },
      whole: (trade) => then.#tapes.add(trade.place, trade),
      passed: (place, units) => then.#tapes.pass(place, units),
    });
    const saved = then.save();
    MOMENTS.set(saved, { start, base, trades, count, candles: then.#candles });
    return saved;
  }

  /** Continues what was saved, if it is of the same session and issues. */
  restore(saved: unknown): boolean {
    const record = saved as Partial<SavedRecord> | null;
    if (record?.version !== 2 || record.date !== this.date || !record.ids) return false;
    if (!record.candles || !record.tapes || !record.regularVolumes || !record.lastTs) return false;
    if (record.ids.length !== this.#ids.length || record.ids.some((id, place) => id !== this.#ids[place])) return false;
    this.#tapes.restore(record.tapes);
    this.#regularVolumes.set(record.regularVolumes);
    this.#lastTs.set(record.lastTs);
    const whole = record as SavedRecord;
    const moment = MOMENTS.get(whole);
    if (moment) {
      moment.trades.cut(moment.count);
      this.#candles = moment.candles;
      this.#origin = moment;
    } else {
      this.#candles.restore(record.candles);
      this.#origin = { start: this.#origin.start, base: whole, trades: new TradeLog() };
    }
    return true;
  }

  #addUnits(place: number, ts: number, quantity: number): void {
    this.#lastTs[place] = ts;
    if (ts < this.#afterTs) this.#regularVolumes[place] = (this.#regularVolumes[place] as number) + quantity;
  }
}
