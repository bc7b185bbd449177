/** A whole recorded day at full speed; every figure of the report is read from the tape of the book. */
import { krxCalendar } from '../market/index.ts';
import type { SessionDate } from '../time/index.ts';
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

/**
 * Plays `row` with a seed (0 … 2^32 − 1) on the schedule of its date. Throws REPLAY_SUSPENDED and REPLAY_ROW_BAD, and
 * RangeError for a date whose session hours are not known.
 */
export function replayDay(
  row: ReplayRow,
  seed: number,
  schedule: DaySchedule = daySchedule(krxCalendar, row.date),
): ReplayTape {
  const tape = new TapeReader();
  const issues = [replayIssue(row)];
  const venue = new Venue({ date: row.date, schedule, issues, seed, quietParticipants: true }, tape.read);
  const driver = new ReplayDriver({ row, seed, venue });
  const last = schedule.parts.at(-1);
  if (last) driver.advanceTo(last.endTs);
  const { open, high, low, close, volume } = tape;
  return { code: row.code, date: row.date, open, high, low, close, volume, events: venue.events, hash: venue.hash() };
}
