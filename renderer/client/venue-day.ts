/** The day of a venue as it stands on the clock: the part that runs, the next one, and how long until then. */
import type { VenueName } from '#shared/domain/index.ts';
import type { Phase } from '#shared/time/index.ts';
import type { MarketMoment } from '../store/core.ts';

/** A part of a day, `[startTs, endTs)`. */
export interface DayPart {
  readonly phase: Phase;
  readonly startTs: number;
  readonly endTs: number;
}

export interface Moment {
  /** null before the first part and after the last. */
  readonly part: DayPart | null;
  /** The next part that is not the end of the day; null where none comes. */
  readonly next: DayPart | null;
}

/** Where a day stands at an instant. */
export function momentOf(parts: readonly DayPart[], at: number): Moment {
  const part = parts.find((each) => each.startTs <= at && at < each.endTs) ?? null;
  const next = parts.find((each) => each.startTs > at) ?? null;
  return { part, next };
}

/** The scheduled end of what an issue is in: its interruption's, else that of the venue's part; null where neither is known. */
export function scheduledEnd(
  parts: readonly DayPart[],
  issue: { readonly phase: Phase; readonly interruption: { readonly untilTs: number | null } | null },
  at: number,
): number | null {
  if (issue.interruption) return issue.interruption.untilTs;
  const { part } = momentOf(parts, at);
  // An auction that its random end has carried past the schedule is still the part before.
  if (part && part.phase !== issue.phase) {
    const before = parts.findLast((each) => each.endTs <= at && each.phase === issue.phase);
    return before ? before.endTs : null;
  }
  return part?.endTs ?? null;
}

/** The parts of a venue's day as the core tells them; empty where the venue has none. */
export function partsOf(
  status: Pick<MarketMoment, 'schedule' | 'nxtSchedule'> | null,
  venue: VenueName,
): readonly DayPart[] {
  if (!status) return [];
  return venue === 'KRX' ? status.schedule : status.nxtSchedule;
}
