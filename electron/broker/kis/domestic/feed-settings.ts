/** Waits of the feed, milliseconds of wall time. */
import type { KisEnvironment } from '../ports.ts';

export interface FeedSettings {
  readonly beatMs: number;
  /** How old figures of an issue that no channel tells may be before they count as old. */
  readonly freshMs: number;
  /** How old a look may be that an order is judged by. */
  readonly preparedMs: number;
  /** Between looks at an issue that a channel tells: halts and interruptions without a trade. */
  readonly refreshMs: number;
  /** Between looks at the indices while somebody looks at them. */
  readonly indexMs: number;
  /** Minutes of days before today that a chart is given: 120 are one call, and whoever waits for them waits for a chart. */
  readonly earlierMinutes: number;
  /** After the scheduled end of the closing auction its price is surely there: it may end up to 30 seconds later. */
  readonly closeMs: number;
}

/** Paper allows two calls a second, so it is asked less often. */
export const FEED_SETTINGS: Readonly<Record<KisEnvironment, FeedSettings>> = {
  real: {
    beatMs: 1_000,
    freshMs: 10_000,
    preparedMs: 2_000,
    refreshMs: 15_000,
    indexMs: 10_000,
    earlierMinutes: 1_200,
    closeMs: 60_000,
  },
  paper: {
    beatMs: 1_000,
    freshMs: 20_000,
    preparedMs: 5_000,
    refreshMs: 60_000,
    indexMs: 60_000,
    earlierMinutes: 120,
    closeMs: 60_000,
  },
};
