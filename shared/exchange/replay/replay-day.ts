/** A whole recorded day at full speed; every figure of the report is read from the tape of the book. */
import type { RecordSource, RulesNote } from '../../domain/index.ts';
import { krxCalendar } from '../../market/index.ts';
import { epochMs, type EpochMs, type SessionDate } from '../../time/index.ts';
import { Exchange } from '../exchange.ts';
import { sourceOf } from './replay-choice.ts';
import { ReplayMarket, type RecordedDay } from './replay-market.ts';
import type { RecordedIssue } from './replay-record.ts';
import type { ReplayRow } from './replay-row.ts';
import { replayExchange } from './replay-rules.ts';
import { daySchedule, type DaySchedule } from '../sessions.ts';
import type { ExchangeEvent } from '../types.ts';

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

/** What the tape says of one issue of several. */
export interface IssueTape {
  readonly code: string;
  readonly source: RecordSource;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly disturbed: boolean;
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

/** Exchange time of one piece of a replay: a few milliseconds of work for one issue. */
const PIECE_MS = 120_000;

/** One recorded day being played apart from any market: piece by piece, so that a core with a screen can breathe between. */
export class MarketReplay {
  readonly #day: RecordedDay;
  readonly #tapes: ReadonlyMap<string, TapeReader>;
  readonly #exchange: Exchange;
  readonly #market: ReplayMarket;
  readonly #endTs: EpochMs;

  /** `seed` 0 … 2^32 − 1. Throws REPLAY_SUSPENDED and REPLAY_ROW_BAD. */
  constructor(day: RecordedDay, seed: number, schedule: DaySchedule) {
    this.#day = day;
    this.#tapes = new Map(day.issues.map(({ row }) => [row.code, new TapeReader()]));
    const options = replayExchange(day, { schedule, seed, vi: false });
    this.#exchange = new Exchange(options, (event) => this.#hear(event));
    this.#market = new ReplayMarket({ day, seed, exchange: this.#exchange });
    this.#endTs = schedule.parts.at(-1)?.endTs ?? this.#exchange.now;
  }

  /** Plays the next piece; false once the day is over. */
  step(): boolean {
    const piece = Math.ceil(PIECE_MS / this.#day.issues.length);
    const next = epochMs(Math.min(this.#endTs, this.#exchange.now + piece));
    this.#market.advanceTo(next);
    return next < this.#endTs;
  }

  get events(): number {
    return this.#exchange.events;
  }

  hash(): string {
    return this.#exchange.hash();
  }

  get notes(): readonly RulesNote[] {
    return this.#day.notes;
  }

  /** What the tape says so far, issue by issue. */
  tapes(): IssueTape[] {
    return this.#day.issues.map((issue) => {
      const { code } = issue.row;
      const { open, high, low, close, volume } = this.#tapes.get(code) as TapeReader;
      const disturbed = this.#market.disturbedIn(code);
      return { code, source: sourceOf(issue), open, high, low, close, volume, disturbed };
    });
  }

  #hear(event: ExchangeEvent): void {
    if (event.kind !== 'trade') return;
    this.#tapes.get(event.code)?.read(event);
    this.#market.observe(event);
  }
}

/** One issue's recorded day being played apart from any market. */
export class DayReplay {
  readonly #row: ReplayRow;
  readonly #replay: MarketReplay;

  /**
   * `seed` 0 … 2^32 − 1, on the schedule of the row's date. Throws REPLAY_SUSPENDED and REPLAY_ROW_BAD, and RangeError for
   * a date whose session hours are not known.
   */
  constructor(record: ReplayRow | RecordedIssue, seed: number, schedule?: DaySchedule) {
    const issue = 'row' in record ? record : { row: record };
    const { row } = issue;
    this.#row = row;
    const day = { date: row.date, issues: [issue], indices: [], notes: [] };
    this.#replay = new MarketReplay(day, seed, schedule ?? daySchedule(krxCalendar, row.date));
  }

  /** Plays the next piece; false once the day is over. */
  step(): boolean {
    return this.#replay.step();
  }

  /** What the tape says so far. */
  report(): ReplayTape {
    const { open, high, low, close, volume } = this.#replay.tapes()[0] as IssueTape;
    const { code, date } = this.#row;
    return { code, date, open, high, low, close, volume, events: this.#replay.events, hash: this.#replay.hash() };
  }
}

/** Plays a whole day at once; parameters and errors as of `DayReplay`. */
export function replayDay(record: ReplayRow | RecordedIssue, seed: number, schedule?: DaySchedule): ReplayTape {
  const replay = new DayReplay(record, seed, schedule);
  while (replay.step());
  return replay.report();
}
