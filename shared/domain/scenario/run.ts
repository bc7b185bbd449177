/** What came of playing a scenario once: judged criteria, what was seen and done, how the accounts came through. */
import { z } from 'zod';
import { DetectorId, PlayId, ThreatSeverity } from '../threat/names.ts';
import { ThreatPicture } from '../threat/threat.ts';
import { ScenarioName } from './terms.ts';

/** Points of a series that a result keeps. */
export const RUN_POINTS_LIMIT = 1_500;
export const RUN_TIMELINE_LIMIT = 5_000;

/** A criterion as it was judged. */
export const JudgedCriterion = z.strictObject({
  name: z.string(),
  pass: z.boolean(),
  /** null: it could not be measured; then it has not passed. */
  value: z.number().nullable(),
  evidence: z.string(),
  evidenceEn: z.string(),
});
export type JudgedCriterion = z.infer<typeof JudgedCriterion>;

export const RunThreat = z.strictObject({
  detector: DetectorId,
  at: z.int(),
  clearedAt: z.int().nullable(),
  severity: ThreatSeverity,
  score: z.number(),
  subject: z.string(),
  sentenceKo: z.string(),
  sentenceEn: z.string(),
  picture: ThreatPicture,
});
export type RunThreat = z.infer<typeof RunThreat>;

export const RunPlay = z.strictObject({
  play: PlayId,
  detector: DetectorId,
  subject: z.string(),
  at: z.int(),
  /** How long after the threat was detected, exchange milliseconds. */
  afterMs: z.int(),
  by: z.enum(['mandate', 'user']),
  didKo: z.string(),
  didEn: z.string(),
});
export type RunPlay = z.infer<typeof RunPlay>;

/** How an account came through; won and percent. */
export const RunAccount = z.strictObject({
  id: ScenarioName,
  startKrw: z.int(),
  endKrw: z.int(),
  returnPct: z.number(),
  maxDrawdownPct: z.number(),
  worstDayPct: z.number(),
  leastCashKrw: z.int(),
  orders: z.int(),
  fills: z.int(),
  commissionKrw: z.int(),
  taxKrw: z.int(),
  positions: z.array(z.strictObject({ issue: z.string(), quantity: z.int(), valueKrw: z.int() })),
});
export type RunAccount = z.infer<typeof RunAccount>;

/** What happened, line by line. */
export const RunLine = z.strictObject({
  ts: z.int(),
  track: z.enum(['market', 'fault', 'security', 'order', 'threat', 'play', 'account']),
  ko: z.string(),
  en: z.string(),
});
export type RunLine = z.infer<typeof RunLine>;

/** Columns of one length: time, index changes in percent, equity of each account in won, total risk score. */
export const RunSeries = z.strictObject({
  ts: z.array(z.int()).max(RUN_POINTS_LIMIT),
  kospiPct: z.array(z.number().nullable()).max(RUN_POINTS_LIMIT),
  kosdaqPct: z.array(z.number().nullable()).max(RUN_POINTS_LIMIT),
  equityKrw: z.record(ScenarioName, z.array(z.int()).max(RUN_POINTS_LIMIT)),
  score: z.array(z.number()).max(RUN_POINTS_LIMIT),
});
export type RunSeries = z.infer<typeof RunSeries>;

export const ScenarioRun = z.strictObject({
  scenario: z.string(),
  /** Of the document, 16 hex digits. */
  document: z.string(),
  seed: z.int(),
  /** Of the program. */
  version: z.string(),
  /** Dates that were played, in order. */
  days: z.array(z.string()),
  /** Over everything that happened, 16 hex digits: equal runs are equal here. */
  hash: z.string(),
  passed: z.boolean(),
  criteria: z.array(JudgedCriterion),
  threats: z.array(RunThreat),
  plays: z.array(RunPlay),
  accounts: z.array(RunAccount),
  /** The same without any play; null where none was armed. */
  without: z.strictObject({ accounts: z.array(RunAccount), criteria: z.array(JudgedCriterion) }).nullable(),
  series: RunSeries,
  timeline: z.array(RunLine).max(RUN_TIMELINE_LIMIT),
  /** Lines that did not fit. */
  timelineLeft: z.int(),
  /** Wall milliseconds that it took. */
  ms: z.number(),
});
export type ScenarioRun = z.infer<typeof ScenarioRun>;
