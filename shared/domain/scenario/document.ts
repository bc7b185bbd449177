/** A scenario (시나리오): a versioned story of a market, an account in it, what goes wrong, and what counts as having come through. */
import { z } from 'zod';
import { IsoDate } from '../instrument.ts';
import { Side } from '../order.ts';
import { DetectorId, PlayId, ThreatSeverity } from '../threat/names.ts';
import {
  Percent,
  SCENARIO_DAYS_LIMIT,
  SCENARIO_EVENTS_LIMIT,
  SCENARIO_ISSUES_LIMIT,
  ScenarioIssue,
  ScenarioName,
  ScenarioTime,
} from './terms.ts';
import { ScenarioEvent } from './events.ts';

/** Version of this schema; rises together with a step that upgrades older files. */
export const SCENARIO_VERSION = 1;

const MarketName = z.enum(['KOSPI', 'KOSDAQ']);

/** A point of an index path: change from the previous day's close, percent. */
export const PathPoint = z.strictObject({ at: ScenarioTime, pct: Percent });

/** One day of an index path. Between points the path is straight. */
export const PathDay = z.strictObject({
  KOSPI: z.array(PathPoint).min(1).max(2_000).optional(),
  KOSDAQ: z.array(PathPoint).min(1).max(2_000).optional(),
});
export type PathDay = z.infer<typeof PathDay>;

/** Where the market comes from. */
export const MarketSource = z.discriminatedUnion('kind', [
  /** Participants quote the issues; the seed decides what they do. */
  z.strictObject({
    kind: z.literal('synthetic'),
    /** First day. */
    date: IsoDate,
    days: z.int().min(1).max(SCENARIO_DAYS_LIMIT).default(1),
    issues: z.array(ScenarioIssue).min(1).max(SCENARIO_ISSUES_LIMIT),
    /** How lively and how deep the whole market is against the usual one. */
    volatility: z.number().min(0.1).max(10).default(1),
    liquidity: z.number().min(0.1).max(10).default(1),
  }),
  /** Participants quote the issues, and the indices go along a path; issues follow by their betas. */
  z.strictObject({
    kind: z.literal('indexPath'),
    date: IsoDate,
    days: z.array(PathDay).min(1).max(SCENARIO_DAYS_LIMIT),
    issues: z.array(ScenarioIssue).min(1).max(SCENARIO_ISSUES_LIMIT),
    /** By issue; the issue's usual one if absent. */
    betas: z.record(ScenarioIssue, z.number().min(-3).max(5)).default({}),
    /** true: drawn through the published points of a real day; the rest of the way is made up. */
    reconstructed: z.boolean().default(false),
    volatility: z.number().min(0.1).max(10).default(1),
    liquidity: z.number().min(0.1).max(10).default(1),
  }),
  /** Recorded days of the user's own data. */
  z.strictObject({
    kind: z.literal('replay'),
    dates: z.array(IsoDate).min(1).max(SCENARIO_DAYS_LIMIT),
    issues: z.array(ScenarioIssue).min(1).max(SCENARIO_ISSUES_LIMIT),
  }),
]);
export type MarketSource = z.infer<typeof MarketSource>;

/** Held at the start of the first day. */
export const ScenarioHolding = z.strictObject({
  issue: ScenarioIssue,
  quantity: z.int().min(1).max(1_000_000_000),
  /** Won per unit; the base price of the first day if absent. */
  averagePrice: z.int().min(1).max(1_000_000_000).optional(),
});

export const ScenarioAccount = z.strictObject({
  id: ScenarioName,
  cashKrw: z.int().min(0).max(1_000_000_000_000),
  holdings: z.array(ScenarioHolding).max(SCENARIO_ISSUES_LIMIT).default([]),
});
export type ScenarioAccount = z.infer<typeof ScenarioAccount>;

/** What an actor's order costs: the market, or a limit at a price or so many percent from the last one. */
export const ActorPrice = z.union([
  z.literal('market'),
  z.strictObject({ limit: z.int().min(1).max(1_000_000_000) }),
  z.strictObject({ fromLastPct: z.number().min(-30).max(30) }),
]);

/** A scripted order. */
export const ActorOrder = z.strictObject({
  day: z.int().min(1).max(SCENARIO_DAYS_LIMIT).optional(),
  at: ScenarioTime,
  issue: ScenarioIssue,
  side: Side,
  quantity: z.int().min(1).max(1_000_000_000),
  price: ActorPrice.default('market'),
});

/** What a standing rule watches. Percents; `price` in won. */
export const RuleCondition = z.union([
  /** The holding against its average price. */
  z.strictObject({
    measure: z.literal('positionReturn'),
    issue: ScenarioIssue,
    atOrBelow: z.number().optional(),
    atOrAbove: z.number().optional(),
  }),
  z.strictObject({
    measure: z.literal('price'),
    issue: ScenarioIssue,
    atOrBelow: z.number().optional(),
    atOrAbove: z.number().optional(),
  }),
  /** The whole account since the start of the scenario. */
  z.strictObject({
    measure: z.literal('accountReturn'),
    atOrBelow: z.number().optional(),
    atOrAbove: z.number().optional(),
  }),
  /** An index against the previous close. */
  z.strictObject({
    measure: z.literal('indexChange'),
    market: MarketName,
    atOrBelow: z.number().optional(),
    atOrAbove: z.number().optional(),
  }),
]);
export type RuleCondition = z.infer<typeof RuleCondition>;

/** Who acts: scripted orders, or a standing rule that the user signed as a mandate. */
export const ScenarioActor = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('orders'),
    name: ScenarioName,
    account: ScenarioName,
    orders: z.array(ActorOrder).min(1).max(1_000),
  }),
  z.strictObject({
    kind: z.literal('rule'),
    name: ScenarioName,
    account: ScenarioName,
    when: RuleCondition,
    then: z.strictObject({
      side: Side,
      issue: ScenarioIssue,
      /** Part of the holding (sale) or of the cash (purchase), percent; or a quantity. Exactly one. */
      percent: z.number().gt(0).max(100).optional(),
      quantity: z.int().min(1).max(1_000_000_000).optional(),
      price: ActorPrice.default('market'),
    }),
    /** How often it may act, and the least time between. */
    times: z.int().min(1).max(100).default(1),
    everySeconds: z.number().min(1).max(86_400).default(60),
  }),
]);
export type ScenarioActor = z.infer<typeof ScenarioActor>;

/** Detectors that watch, with their own figures where they differ from the defaults. 'all': every one with an input. */
export const ArmedDetectors = z.union([
  z.literal('all'),
  z.array(z.strictObject({ id: DetectorId, params: z.record(z.string(), z.number()).default({}) })).max(64),
]);

/** A play that stands ready: proposed and confirmed after so many seconds, or carried out at once under a mandate. */
export const ArmedPlay = z.strictObject({
  play: PlayId,
  on: z.array(DetectorId).max(64).optional(),
  severity: ThreatSeverity.default('M'),
  mode: z.enum(['auto', 'confirm']).default('auto'),
  /** How long the user of the scenario takes to confirm. */
  confirmSeconds: z.number().min(0).max(3_600).default(10),
});
export type ArmedPlay = z.infer<typeof ArmedPlay>;

/** What is measured at the end. Units: percent, seconds, counts, won. */
export const CRITERION_MEASURES = [
  'maxDrawdownPct',
  'endReturnPct',
  'worstDayLossPct',
  'leastCashKrw',
  'ordersWhileStale',
  'ordersAfterHalt',
  'secondsToHalt',
  'secondsToDetect',
  'falseAlarms',
  'unconfirmedAtEnd',
  'booksDiffer',
  'duplicateOrders',
  'ordersSent',
  'playsRun',
] as const;
export const CriterionMeasure = z.enum(CRITERION_MEASURES);
export type CriterionMeasure = z.infer<typeof CriterionMeasure>;

/** Judged with evidence: `measure` `is` `value`. */
export const ScenarioCriterion = z.strictObject({
  name: z.string().min(1).max(80),
  measure: CriterionMeasure,
  /** Of secondsToDetect: the detector. Of playsRun: the play. */
  of: z.union([DetectorId, PlayId]).optional(),
  is: z.enum(['atMost', 'atLeast', 'exactly']),
  value: z.number(),
});
export type ScenarioCriterion = z.infer<typeof ScenarioCriterion>;

/** What should be detected, and when: the labels by which detectors are judged. `to` counts up to its end. */
export const ScenarioLabel = z.strictObject({
  detector: DetectorId,
  day: z.int().min(1).max(SCENARIO_DAYS_LIMIT).default(1),
  from: ScenarioTime,
  to: ScenarioTime,
  /** false: it may fire then, and need not: no false alarm, and no miss. */
  required: z.boolean().default(true),
});
export type ScenarioLabel = z.infer<typeof ScenarioLabel>;

/** A published figure with where it comes from. */
export const ScenarioSource = z.strictObject({ what: z.string().min(1).max(300), from: z.string().min(1).max(300) });

export const ScenarioDocument = z.strictObject({
  schemaVersion: z.literal(SCENARIO_VERSION),
  name: z.string().min(1).max(80),
  summary: z.string().max(2_000).default(''),
  tags: z.array(z.string().min(1).max(30)).max(20).default([]),
  sources: z.array(ScenarioSource).max(50).default([]),
  market: MarketSource,
  /** The last day is played up to this time; to its end if absent. */
  until: ScenarioTime.optional(),
  accounts: z.array(ScenarioAccount).min(1).max(10),
  actors: z.array(ScenarioActor).max(50).default([]),
  events: z.array(ScenarioEvent).max(SCENARIO_EVENTS_LIMIT).default([]),
  detectors: ArmedDetectors.default('all'),
  plays: z.array(ArmedPlay).max(50).default([]),
  criteria: z.array(ScenarioCriterion).max(50).default([]),
  labels: z.array(ScenarioLabel).max(200).default([]),
});
export type ScenarioDocument = z.infer<typeof ScenarioDocument>;
