/** A threat as it is shown and kept: a condition with evidence, severity and horizon. */
import { z } from 'zod';
import { DetectorId, PlayId, RiskFamily, ThreatSeverity } from './names.ts';

/** detected 감지 · confirmed 확인 · fading 누그러짐 · cleared 해소 */
export const ThreatPhase = z.enum(['detected', 'confirmed', 'fading', 'cleared']);
export type ThreatPhase = z.infer<typeof ThreatPhase>;

/** A small picture of what was seen: the last points of a measure, and the line that it crossed. */
export const ThreatPicture = z.strictObject({
  points: z.array(z.number()).max(120),
  line: z.number().nullable(),
});
export type ThreatPicture = z.infer<typeof ThreatPicture>;

/** What a detector says. */
export const ThreatSignal = z.strictObject({
  detector: DetectorId,
  /** Exchange time of what set it off. */
  ts: z.int(),
  severity: ThreatSeverity,
  /** What it is about: an instrument id, a market, an account id, or a part of the program. Signals of one detector about one subject are one threat. */
  subject: z.string().min(1).max(80),
  /** fired: the condition holds · cleared: it holds no more. */
  state: z.enum(['fired', 'cleared']),
  /** Figures that led to it, by name. */
  values: z.record(z.string(), z.number()),
  /** One sentence with its numbers. */
  sentenceKo: z.string().min(1).max(300),
  sentenceEn: z.string().min(1).max(300),
  picture: ThreatPicture,
});
export type ThreatSignal = z.infer<typeof ThreatSignal>;

export const Threat = z.strictObject({
  threatId: z.string(),
  detector: DetectorId,
  family: RiskFamily,
  subject: z.string(),
  phase: ThreatPhase,
  /** The worst so far. */
  severity: ThreatSeverity,
  /** 0 … 100: what it adds to its family's score now. */
  score: z.number().min(0).max(100),
  firstTs: z.int(),
  lastTs: z.int(),
  clearedTs: z.int().nullable(),
  signals: z.int().positive(),
  latest: ThreatSignal,
  plays: z.array(PlayId),
});
export type Threat = z.infer<typeof Threat>;

/** Scores 0 … 100 by family, and of all. */
export const RiskScores = z.strictObject({
  ts: z.int(),
  total: z.number().min(0).max(100),
  families: z.record(RiskFamily, z.number().min(0).max(100)),
});
export type RiskScores = z.infer<typeof RiskScores>;
