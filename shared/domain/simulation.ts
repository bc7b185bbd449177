/** The simulated market's clock and what it plays. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';
import { PhaseName } from './market-data.ts';
import { MarketStory } from './story.ts';

/** Issues replayed together at most. */
export const MAX_REPLAY_ISSUES = 400;

const Seed = z.int().nonnegative().max(4_294_967_295);

/**
 * A blow to a market, for practice: with the open, or from a time of day on (milliseconds since midnight in Korea), prices
 * go by `pct` percent of the previous close within `minutes`; with the open a part of it is the opening gap.
 */
export const MarketBlow = z.strictObject({
  at: z.union([z.literal('open'), z.int().min(28_800_000).max(72_000_000)]),
  market: z.enum(['KOSPI', 'KOSDAQ', 'all']),
  pct: z.number().min(-25).max(25),
  minutes: z.int().min(1).max(380),
  /** The day it strikes; the first day that is played if absent. Later days remember it. */
  date: IsoDate.optional(),
});
export type MarketBlow = z.infer<typeof MarketBlow>;

/** synthetic: participants quote the listed issues · replay: one real day of one or several issues, on one clock. */
export const SimulationPlan = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('synthetic'),
    seed: Seed,
    shock: MarketBlow.optional(),
    /** What happens to this market; nothing out of the way if absent. */
    story: MarketStory.optional(),
  }),
  z.strictObject({
    mode: z.literal('replay'),
    /** The issue in front. */
    instrumentId: InstrumentId,
    /**
     * The issues beside it; 'market': all that were imported for the date, those traded for most won first, at most
     * MAX_REPLAY_ISSUES together. None if absent.
     */
    others: z.union([z.array(InstrumentId).max(MAX_REPLAY_ISSUES - 1), z.literal('market')]).optional(),
    date: IsoDate,
    seed: Seed,
    /** true: volatility interruptions apply, so that the day may leave its record. false if absent: none is invented. */
    vi: z.boolean().optional(),
  }),
]);
export type SimulationPlan = z.infer<typeof SimulationPlan>;

/** close: the regular close (15:30 and its random end) · afterMarket: 16:00 · dayEnd: nothing is traded any more. */
export const JumpTarget = z.enum(['open', 'closeAuction', 'close', 'afterMarket', 'dayEnd', 'nextDay']);
export type JumpTarget = z.infer<typeof JumpTarget>;

/** Bounds of the speed: 1x real time to 10,000x; the true factor is measured. */
export const MIN_SPEED = 1;
export const MAX_SPEED = 10_000;

/** What a replayed issue is made of, best first. */
export const RECORD_SOURCES = ['ticks', 'minutes', 'daily'] as const;
export const RecordSource = z.enum(RECORD_SOURCES);
export type RecordSource = z.infer<typeof RecordSource>;

/**
 * What a replayed day does without, or with rules of which the text is not known. hoursUnconfirmed: the hours of that date
 * are best knowledge · ticksComputed: price steps computed from the prices of the time · limitsUnconfirmed: the daily
 * limits of that date are best knowledge · viOff, breakersOff: the record is kept, so nothing interrupts it · nxtMissing:
 * NXT was open, and the record says nothing of it · baseFromOpen: an issue's previous close is not known, its first price
 * stands for it · leftOut: recorded trades outside the hours that are played were left out · booksMade: no book was
 * recorded, so the book is made up around the trades.
 */
export const RULES_NOTES = [
  'hoursUnconfirmed',
  'ticksComputed',
  'limitsUnconfirmed',
  'viOff',
  'breakersOff',
  'nxtMissing',
  'baseFromOpen',
  'leftOut',
  'booksMade',
] as const;
export const RulesNote = z.enum(RULES_NOTES);
export type RulesNote = z.infer<typeof RulesNote>;

/** Parts of a venue's day in order; `endTs` as scheduled. */
const Ribbon = z.array(z.strictObject({ phase: PhaseName, startTs: z.int(), endTs: z.int() }));

export const SimulationStatus = z.strictObject({
  plan: SimulationPlan,
  running: z.boolean(),
  /** Speed asked for. */
  speed: z.number().min(MIN_SPEED).max(MAX_SPEED),
  /** Simulated over wall time during the last second while running; null when paused. */
  trueSpeed: z.number().nonnegative().nullable(),
  simTs: z.int(),
  sessionDate: IsoDate,
  /** Of KRX. */
  phase: PhaseName,
  nextPhase: PhaseName.nullable(),
  nextPhaseTs: z.int().nullable(),
  /** KRX's day: start and end of the ribbon, and its parts. */
  schedule: Ribbon,
  /** NXT's phase and day; null and empty on a day without it. */
  nxtPhase: PhaseName.nullable(),
  nxtSchedule: Ribbon,
  instruments: z.int().nonnegative(),
  /** true while a jump or a catch-up is being computed. */
  busy: z.boolean(),
  /** Set where the user's orders moved the replayed day: its high and low may differ from the record. */
  disturbed: z.boolean(),
  /** The earliest instant to which `rewind` can go back now; null where it cannot. */
  rewindFromTs: z.int().nullable(),
  /** Replayed issues by what they are made of; null in a synthetic market. */
  sources: z.strictObject({ ticks: z.int(), minutes: z.int(), daily: z.int() }).nullable(),
  /** What must be said about the rules of a replayed day; empty in a synthetic market. */
  rulesNote: z.array(RulesNote),
});
export type SimulationStatus = z.infer<typeof SimulationStatus>;
