/** One venue's day: which part of its schedule is on, and when the next truly begins. */
import type { VenueName } from '../../domain/index.ts';
import { Rng } from '../../rng/index.ts';
import { epochMs, type EpochMs, type Phase } from '../../time/index.ts';
import type { DaySchedule, SchedulePart } from '../sessions.ts';

export interface VenueDayState {
  readonly phase: Phase;
  /** Place of the part in force, and whether phases are set by hand. */
  readonly part: number;
  readonly manual: boolean;
  /** When fixed-price trading goes on: orders are taken, and they trade. */
  readonly preCloseOn: boolean;
  readonly postCloseOn: boolean;
}

export class VenueDay {
  readonly venue: VenueName;
  readonly schedule: DaySchedule;
  /** True starts of the parts, random ends included. */
  readonly starts: readonly EpochMs[];
  phase: Phase;
  part = 0;
  manual = false;
  /** true while orders of a fixed-price window trade as they come. */
  preCloseOn = false;
  postCloseOn = false;

  constructor(venue: VenueName, schedule: DaySchedule, seed: number) {
    const first = schedule.parts[0];
    if (!first) throw new RangeError(`a schedule of ${venue} without parts`);
    this.venue = venue;
    this.schedule = schedule;
    this.starts = trueStarts(venue, schedule, seed);
    this.phase = first.phase;
  }

  /** The part in force by the schedule; undefined once phases are set by hand. */
  get current(): SchedulePart | undefined {
    return this.manual ? undefined : this.schedule.parts[this.part];
  }

  /** The next scheduled change (an auction's true end may be up to 30 s later and is not told); null after the last. */
  get next(): { readonly phase: Phase; readonly ts: EpochMs } | null {
    const part = this.manual ? undefined : this.schedule.parts[this.part + 1];
    return part ? { phase: part.phase, ts: part.startTs } : null;
  }

  /** The first part with a phase, if the day has one. */
  partOf(phase: Phase): SchedulePart | undefined {
    return this.schedule.parts.find((part) => part.phase === phase);
  }

  /** Whether orders of a fixed-price window are accepted at an instant. */
  accepts(type: 'preClose' | 'postClose', at: EpochMs): boolean {
    return (this.schedule.windows ?? []).some((w) => w.type === type && at >= w.acceptFrom && at < w.acceptTo);
  }

  state(): VenueDayState {
    const { phase, part, manual, preCloseOn, postCloseOn } = this;
    return { phase, part, manual, preCloseOn, postCloseOn };
  }

  restore(state: VenueDayState): void {
    Object.assign(this, state);
  }
}

/** When each part truly starts: an auction ends 0 … randomEndMs after its scheduled end. */
function trueStarts(venue: VenueName, { date, parts }: DaySchedule, seed: number): readonly EpochMs[] {
  // KRX keeps the name its stream had before there was NXT.
  const rng = Rng.from(seed, `auction ends ${date}${venue === 'KRX' ? '' : ` ${venue}`}`);
  let late = 0;
  return parts.map((part) => {
    const start = epochMs(part.startTs + late);
    late = part.randomEndMs > 0 ? rng.int(part.randomEndMs + 1) : 0;
    return start;
  });
}
