/** Trying out figures of a detector: the same recorded events through it as it ships and as it would be. */
import { z } from 'zod';
import { IsoDate } from '../instrument.ts';
import { DetectorId } from './names.ts';

/** library: shipped scenarios in which the detector is labelled, and the calm ones · month: the last recorded sessions of what is followed. */
export const TuneOver = z.enum(['library', 'month']);
export type TuneOver = z.infer<typeof TuneOver>;

/** Instants at which it fired that are told, at most; the counts are of all. */
export const TUNE_FIRINGS_LIMIT = 200;

/** How the detector did in one case. */
export const TuneSide = z.strictObject({
  /** Spans in which it fired, of those in which it had to. */
  hits: z.int().nonnegative(),
  /** Exchange times at which it began to fire. */
  fired: z.array(z.int()).max(TUNE_FIRINGS_LIMIT),
  /** From the beginning of a span to the first firing in it, milliseconds; null: none was hit. */
  meanLatencyMs: z.number().nonnegative().nullable(),
  worstLatencyMs: z.number().nonnegative().nullable(),
  /** Of severity M or more outside every span, merged by cause within five minutes. */
  falseAlarms: z.int().nonnegative(),
});
export type TuneSide = z.infer<typeof TuneSide>;

/** One scenario, or one recorded session. */
export const TuneCase = z.strictObject({
  /** The scenario's id; null for a recorded session. */
  scenarioId: z.string().nullable(),
  name: z.string(),
  /** Sessions that were played, in order. */
  days: z.array(IsoDate).min(1),
  /** Exchange times between which it has to fire. */
  expected: z.array(z.tuple([z.int(), z.int()])),
  before: TuneSide,
  after: TuneSide,
});
export type TuneCase = z.infer<typeof TuneCase>;

/** Figures that are tried; those left out are as they ship. */
export const TuneWish = z.strictObject({
  detector: DetectorId,
  /** false: what would be missed without it. */
  on: z.boolean().default(true),
  params: z.record(z.string().max(40), z.number()),
  over: TuneOver,
});
export type TuneWish = z.infer<typeof TuneWish>;

export const TuneJob = z.strictObject({
  jobId: z.string(),
  ...TuneWish.shape,
  on: z.boolean(),
  state: z.enum(['running', 'done', 'canceled', 'failed']),
  /** Cases there are, and those that are judged. */
  cases: z.int().nonnegative(),
  /** 0 … 1, of everything. */
  part: z.number().min(0).max(1),
  results: z.array(TuneCase),
  problem: z.strictObject({ code: z.string(), messageKo: z.string(), actionKo: z.string() }).nullable(),
});
export type TuneJob = z.infer<typeof TuneJob>;
