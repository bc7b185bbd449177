/** A whole recorded day at full speed; every figure of the report is read from the tape of the book. */
import { krxCalendar } from '../market/index.ts';
import { epochMs, type EpochMs, type SessionDate } from '../time/index.ts';
import { ReplayDriver } from './replay.ts';
import { replayIssue, type ReplayRow } from './replay-row.ts';
import { daySchedule, type DaySchedule } from './sessions.ts';
import type { ExchangeEvent } from './types.ts';
import { Venue } from './venue.ts';

/** Prices in won, volume in shares, `events` and `hash` over everything the exchange did. */
export interface ReplayTape {
  readonly code: string;
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly events: number;
  readonly hash: string;
}

/** Reads open, high, low, close and volume off the trades that pass. */
export class TapeReader {
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  volume = 0;

  readonly read = (event: ExchangeEvent): void => {
    if (event.kind !== 'trade') return;
    const { price } = event;
    if (this.volume === 0) {
      this.open = price;
      this.high = price;
      this.low = price;
    }
    if (price > this.high) this.high = price;
    if (price < this.low) this.low = price;
    this.close = price;
    this.volume += event.quantity;
  };
}

/** Exchange time of one piece of a replay: a few milliseconds of work. */
const PIECE_MS = 120_000;

/** One recorded day being played apart from any market: piece by piece, so that a core with a screen can breathe between. */
export class DayReplay {
  readonly #row: ReplayRow;
  readonly #tape = new TapeReader();
  readonly #venue: Venue;
  readonly #driver: ReplayDriver;
  readonly #endTs: EpochMs;

  /**
   * `seed` 0 … 2^32 − 1, on the schedule of the row's date. Throws REPLAY_SUSPENDED and REPLAY_ROW_BAD, and RangeError for
   * a date whose session hours are not known.
   */
  constructor(row: ReplayRow, seed: number, schedule: DaySchedule = daySchedule(krxCalendar, row.date)) {
    const issues = [replayIssue(row)];
    this.#row = row;
    this.#venue = new Venue({ date: row.date, schedule, issues, seed, quietParticipants: true }, this.#tape.read);
    this.#driver = new ReplayDriver({ row, seed, venue: this.#venue });
    this.#endTs = schedule.parts.at(-1)?.endTs ?? this.#venue.now;
  }

  /** Plays the next piece; false once the day is over. */
  step(): boolean {
    const next = epochMs(Math.min(this.#endTs, this.#venue.now + PIECE_MS));
    this.#driver.advanceTo(next);
    return next < this.#endTs;
  }

  /** What the tape says so far. */
  report(): ReplayTape {
    const { open, high, low, close, volume } = this.#tape;
    const { code, date } = this.#row;
    return { code, date, open, high, low, close, volume, events: this.#venue.events, hash: this.#venue.hash() };
  }
}

/** Plays a whole day at once; parameters and errors as of `DayReplay`. */
export function replayDay(row: ReplayRow, seed: number, schedule?: DaySchedule): ReplayTape {
  const replay = new DayReplay(row, seed, schedule);
  while (replay.step());
  return replay.report();
}
