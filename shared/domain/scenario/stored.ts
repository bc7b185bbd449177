/** A scenario as the core keeps it, its versions, and a run as it is under way. */
import { z } from 'zod';
import { RunAccount, RunLine } from './run.ts';

/** "lib:…" for those that came along, "my:…" for the user's own. */
export const ScenarioId = z.string().regex(/^(?:lib|my):[A-Za-z0-9_-]{1,60}$/);
export type ScenarioId = z.infer<typeof ScenarioId>;

/** Names the version that a change was made on; 0: none was saved yet. */
export const ScenarioVersion = z.int().nonnegative();

export const StoredScenario = z.strictObject({
  id: ScenarioId,
  name: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  /** The newest version; 0: it was never saved whole, only as a draft. */
  version: ScenarioVersion,
  updatedTs: z.int(),
  /** true: an unfinished change waits. */
  draft: z.boolean(),
  /** Trading days and issues that it plays; 0 where its text cannot be read. */
  days: z.int().nonnegative(),
  issues: z.int().nonnegative(),
  /** true: it was removed. */
  removed: z.boolean().default(false),
});
export type StoredScenario = z.infer<typeof StoredScenario>;

export const ScenarioVersionRow = z.strictObject({ version: z.int().positive(), ts: z.int(), note: z.string() });
export type ScenarioVersionRow = z.infer<typeof ScenarioVersionRow>;

/** Exchange seconds a second of ours; null: as fast as the machine allows. */
export const RunPace = z.number().min(0.1).max(100_000).nullable();

/** Seeds of one job. */
export const RUN_SEEDS_LIMIT = 1_000;
/** Results that are kept of a scenario. */
export const RUNS_KEPT = 200;

/** A job: one document, one or many seeds. */
export const RunJob = z.strictObject({
  jobId: z.string(),
  scenarioId: ScenarioId,
  name: z.string(),
  version: ScenarioVersion,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'canceled']),
  /** Seeds done, and all. */
  done: z.int().nonnegative(),
  seeds: z.int().positive(),
  /** Of the seed under way, 0 … 1. */
  part: z.number().min(0).max(1),
  pace: RunPace,
  /** Exchange time of the seed under way; 0 before it begins. */
  ts: z.int(),
  kospiPct: z.number().nullable(),
  kosdaqPct: z.number().nullable(),
  score: z.number(),
  equityKrw: z.record(z.string(), z.int()),
  /** The newest lines of the timeline. */
  lines: z.array(RunLine).max(50),
  /** Why it failed, in words. */
  problem: z.strictObject({ code: z.string(), messageKo: z.string(), actionKo: z.string() }).nullable(),
  /** Results so far, oldest first. */
  runIds: z.array(z.string()),
});
export type RunJob = z.infer<typeof RunJob>;

/** A result in one row. */
export const RunRow = z.strictObject({
  runId: z.string(),
  jobId: z.string(),
  scenarioId: ScenarioId,
  scenario: z.string(),
  scenarioVersion: ScenarioVersion,
  seed: z.int(),
  hash: z.string(),
  document: z.string(),
  version: z.string(),
  ranTs: z.int(),
  ms: z.number(),
  passed: z.boolean(),
  criteria: z.int().nonnegative(),
  criteriaPassed: z.int().nonnegative(),
  threats: z.int().nonnegative(),
  plays: z.int().nonnegative(),
  accounts: z.array(RunAccount.pick({ id: true, returnPct: true, maxDrawdownPct: true, endKrw: true })),
});
export type RunRow = z.infer<typeof RunRow>;
