/** What a replayed issue is played on: its hours, its price steps, the size of its book, and the path through its record. */
import { assert } from '../../errors/index.ts';
import { tickTable } from '../../market/index.ts';
import { Rng } from '../../rng/index.ts';
import { kstTimeOfDayMs, type EpochMs, type Phase } from '../../time/index.ts';
import { BandLadder, type PriceLadder } from '../book/ladder.ts';
import { planMinutes } from './replay-minutes.ts';
import { planDay, type DayPlan } from './replay-plan.ts';
import type { RecordedIssue, RecordHours } from './replay-record.ts';
import { planTrades } from './replay-trades.ts';
import type { DaySchedule } from '../sessions.ts';

/** When the auctions and the continuous session of the day begin and (as scheduled) end. */
export interface ReplayHours {
  readonly openFrom: EpochMs;
  readonly openTo: EpochMs;
  readonly closeFrom: EpochMs;
  readonly closeTo: EpochMs;
}

/** The last trade of a path that was made up keeps this distance from the closing auction, milliseconds. */
const CLOSE_SPARE_MS = 1_500;

/** Hours of the regular day of a schedule. */
export function replayHours(schedule: DaySchedule): ReplayHours {
  const part = (phase: Phase): { readonly startTs: EpochMs; readonly endTs: EpochMs } => {
    const found = schedule.parts.find((p) => p.phase === phase);
    assert(found, `the day has no ${phase}`);
    return found;
  };
  const open = part('openAuction');
  const close = part('closeAuction');
  return { openFrom: open.startTs, openTo: open.endTs, closeFrom: close.startTs, closeTo: close.endTs };
}

/** The same as times of day, by which records are cut. */
export function recordHours(schedule: DaySchedule): RecordHours {
  const { openTo, closeFrom, closeTo } = replayHours(schedule);
  return {
    openMs: kstTimeOfDayMs(openTo),
    closeFromMs: kstTimeOfDayMs(closeFrom),
    closeToMs: kstTimeOfDayMs(closeTo),
  };
}

/** Mean shares at a level: ten levels together hold 1–3 % of the day's volume, more where the range is narrow. */
export function unitOf(volume: number, range: number): number {
  return Math.max(1, volume * Math.max(0.001, Math.min(0.003, 0.06 / (range + 5))));
}

/** Most empty steps kept between path and quotes: active issues are quoted tick by tick, quiet ones are not. */
export function widestGap(trades: number): number {
  if (trades >= 3_000) return 0;
  return trades >= 500 ? 1 : 2;
}

export interface ReplayGround {
  readonly grid: PriceLadder;
  /** Step of the day's low, and steps from it to the open and the high. */
  readonly lowStep: number;
  readonly open: number;
  readonly range: number;
  readonly plan: DayPlan;
}

/** Limits between which the issue is quoted, in won. */
export interface GroundLimits {
  readonly upperLimit: number;
  readonly lowerLimit: number;
}

/**
 * Draws the day of an issue within its limits: same record and seed, same ground. Throws REPLAY_ROW_BAD where the record
 * cannot be true.
 */
export function replayGround(
  issue: RecordedIssue,
  limits: GroundLimits,
  day: { readonly schedule: DaySchedule; readonly seed: number },
): ReplayGround {
  const { row, trades, minutes } = issue;
  const { upperLimit, lowerLimit } = limits;
  const grid = new BandLadder(tickTable(row.market, row.date, row.product), { lower: lowerLimit, upper: upperLimit });
  const lowStep = grid.floorIndex(row.low);
  const stepOf = (price: number): number => grid.indexOf(price) - lowStep;
  const [open, close, high] = [stepOf(row.open), stepOf(row.close), stepOf(row.high)];
  const rng = Rng.from(day.seed, `replay/${row.code}/${row.date}/plan`);
  const ground = { row, hours: recordHours(day.schedule), stepOf };
  const made = (): DayPlan => {
    const { openTo, closeFrom } = replayHours(day.schedule);
    const shape = { open, close, high, volume: row.volume };
    const atLimit = { highIsLimit: row.high === upperLimit, lowIsLimit: row.low === lowerLimit };
    return planDay({ ...shape, ...atLimit }, closeFrom - CLOSE_SPARE_MS - openTo, rng);
  };
  const plan = trades ? planTrades(trades, ground) : minutes ? planMinutes(minutes, ground, rng) : made();
  return { grid, lowStep, open, range: high, plan };
}
