/** The record of a session: one for the issues of the listing, and small ones for issues beyond it that somebody looks at. */
import type { InstrumentId, Interval, Tick } from '#shared/domain/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { Bar } from './candle-builder.ts';
import type { Feed, FeedTrade } from './feed.ts';
import { SessionRecord } from './session-record.ts';
import type { VenueVolumes } from './tape-rings.ts';

/** Issues beyond the listing whose trades are kept; the one added first gives way. */
const MOST_BESIDE = 500;

export class DayRecord {
  readonly #date: SessionDate;
  readonly #main: SessionRecord;
  readonly #listed: ReadonlySet<InstrumentId>;
  readonly #feed: Feed | null;
  readonly #beside = new Map<InstrumentId, SessionRecord>();

  /** Begins with what the feed has today; null: before the first market. */
  constructor(feed: Feed | null) {
    this.#feed = feed;
    const ids = feed?.instrumentIds() ?? [];
    const { sessionDate: date, afterTs } = feed?.session() ?? { sessionDate: '' as SessionDate, afterTs: null };
    this.#date = date;
    this.#main = new SessionRecord({ date, ids, volumes: ids.map((id) => this.#volumesOf(id)), afterTs });
    this.#listed = new Set(ids);
  }

  add(trade: FeedTrade): void {
    this.#made(trade.instrumentId).add(trade);
  }

  /** Takes in minutes of the session that somebody else knows. */
  fill(id: InstrumentId, minutes: readonly Bar[]): void {
    this.#made(id).fill(id, minutes);
  }

  /** Changes with every trade of the issue. */
  tradeCount(id: InstrumentId): number {
    return this.#of(id).tradeCount(id);
  }

  /** Units of the regular session, the trades at the close price included. */
  regularVolume(id: InstrumentId): number {
    return this.#of(id).regularVolume(id);
  }

  /** When KRX last traded the issue; null before the first trade of the record. */
  lastTradeTs(id: InstrumentId): EpochMs | null {
    return this.#of(id).lastTradeTs(id);
  }

  /** The newest trades, oldest first. */
  ticks(id: InstrumentId): Tick[] {
    return this.#of(id).ticks(id);
  }

  /** Candles that open at `from` or later, oldest first. */
  bars(id: InstrumentId, interval: Exclude<Interval, '1d'>, from: number): Bar[] {
    return this.#of(id).bars(id, interval, from);
  }

  /** What continues the record of the listed issues after a restart. */
  save(): unknown {
    return this.#main.save();
  }

  restore(saved: unknown): boolean {
    return this.#main.restore(saved);
  }

  saveAt(ts: EpochMs): unknown {
    return this.#main.saveAt(ts);
  }

  /** What an issue has traded before its record begins. */
  #volumesOf(id: InstrumentId): VenueVolumes {
    const feed = this.#feed;
    return { krx: feed?.issue(id)?.volume ?? 0, nxt: feed?.issue(id, 'NXT')?.volume ?? 0 };
  }

  #of(id: InstrumentId): SessionRecord {
    return this.#beside.get(id) ?? this.#main;
  }

  #made(id: InstrumentId): SessionRecord {
    if (this.#listed.has(id)) return this.#main;
    const known = this.#beside.get(id);
    if (known) return known;
    // The parts of the day are those of the shares: every trade of another market counts.
    const made = new SessionRecord({ date: this.#date, ids: [id], volumes: [this.#volumesOf(id)], afterTs: null });
    for (const oldest of this.#beside.keys()) {
      if (this.#beside.size < MOST_BESIDE) break;
      this.#beside.delete(oldest);
    }
    this.#beside.set(id, made);
    return made;
  }
}
