/** Points of a trading day by its schedule: which part is in force, where a jump goes, when orders are next taken. */
import type { JumpTarget, SimulationStatus, VenueName } from '#shared/domain/index.ts';
import { NAME_KO } from '#shared/errors/index.ts';
import type { DaySchedule, SchedulePart } from '#shared/exchange/index.ts';
import { epochMs, kstTimeText, takesOrders, type EpochMs, type Phase } from '#shared/time/index.ts';
import type { MarketRun } from './market-run.ts';

/** After the scheduled end of an auction its true end is looked for in steps of this length. */
const END_STEP_MS = 100;
/** A part that has not begun this long after its time will not begin: the day took another way. */
const GIVE_UP_MS = 30 * 60_000;

/** A part of a venue's day. */
export interface DayPoint {
  readonly venue: VenueName;
  readonly place: number;
  readonly part: SchedulePart;
}

const partsOf = (run: MarketRun, venue: VenueName): readonly SchedulePart[] =>
  (venue === 'KRX' ? run.exchange.schedule : run.exchange.nxtSchedule)?.parts ?? [];

function pointOf(run: MarketRun, venue: VenueName, phase: Phase): DayPoint | null {
  const place = partsOf(run, venue).findIndex((part) => part.phase === phase);
  const part = partsOf(run, venue)[place];
  return part ? { venue, place, part } : null;
}

/** Where a jump within the day goes; null where the day has no such part. */
export function jumpPoint(run: MarketRun, to: Exclude<JumpTarget, 'dayEnd' | 'nextDay'>): DayPoint | null {
  switch (to) {
    case 'open':
      return pointOf(run, 'KRX', 'continuous');
    case 'closeAuction':
      return pointOf(run, 'KRX', 'closeAuction');
    case 'afterMarket':
      return pointOf(run, 'KRX', 'afterMarket') ?? pointOf(run, 'NXT', 'afterMarket');
    case 'close': {
      const auction = pointOf(run, 'KRX', 'closeAuction');
      const part = auction && partsOf(run, 'KRX')[auction.place + 1];
      return part ? { venue: 'KRX', place: auction.place + 1, part } : null;
    }
  }
}

/** Place of the part in force: a venue in an auction may still be in a part whose time is over. */
function placeNow(run: MarketRun, venue: VenueName): number {
  const { now } = run.exchange;
  const phase = run.exchange.phaseOf(venue);
  const parts = partsOf(run, venue);
  const begun = parts.filter((part) => part.startTs <= now).length - 1;
  for (let place = begun; place >= 0; place -= 1) if (parts[place]?.phase === phase) return place;
  // A halt of the whole venue is no part of its schedule.
  return begun;
}

/** true once a part has begun. */
export function hasBegun(run: MarketRun, { venue, place }: DayPoint): boolean {
  return placeNow(run, venue) >= place;
}

/** true while a part is in force. */
export function isNow(run: MarketRun, { venue, place }: DayPoint): boolean {
  return placeNow(run, venue) === place;
}

/** The next instant to run to until a part has begun; null once it has, or the day is over. */
export function until(run: MarketRun, point: DayPoint | null): EpochMs | null {
  if (!point || run.over || hasBegun(run, point)) return null;
  const { now } = run.exchange;
  const { startTs } = point.part;
  if (now < startTs) return startTs;
  return now > startTs + GIVE_UP_MS ? null : epochMs(now + END_STEP_MS);
}

/** Until the open. */
export const untilOpen = (run: MarketRun): EpochMs | null => until(run, jumpPoint(run, 'open'));

/** Until orders for the opening auction are taken. */
export const untilOrders = (run: MarketRun): EpochMs | null => until(run, pointOf(run, 'KRX', 'openAuction'));

/** Until nothing is traded any more on either venue. */
export function untilOver(run: MarketRun): EpochMs | null {
  if (run.over) return null;
  return run.exchange.now < run.lastTs ? run.lastTs : epochMs(run.exchange.now + END_STEP_MS);
}

/** When KRX next takes orders, "HH:MM" of the same day; null while it does, undefined where not today. */
export function nextOrdersToday(run: MarketRun): string | null | undefined {
  const { exchange } = run;
  if (takesOrders(exchange.phaseOf('KRX'))) return null;
  const part = exchange.schedule.parts.find(({ phase, startTs }) => takesOrders(phase) && startTs > exchange.now);
  return part && !run.over ? kstTimeText(part.startTs).slice(0, 5) : undefined;
}

/** Start of KRX's after-market or off-hours trading; null where there is none. */
export function afterTs(run: MarketRun): EpochMs | null {
  const part = run.exchange.schedule.parts.find(({ phase }) => phase === 'afterMarket' || phase === 'offHours');
  return part?.startTs ?? null;
}

/** Names of the points that a jump may find past, as the refusal says them. */
export const POINT_KO = {
  open: NAME_KO.continuous,
  closeAuction: NAME_KO.closeAuction,
  close: NAME_KO.postClose,
  afterMarket: NAME_KO.afterMarket,
} as const;

/** The parts of a day as a status tells them. */
export const ribbonOf = (schedule: DaySchedule | undefined): SimulationStatus['schedule'] =>
  (schedule?.parts ?? []).map(({ phase, startTs, endTs }) => ({ phase, startTs, endTs }));
