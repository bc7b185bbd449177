/** What the threat centre shows: open threats, plays, protections, detectors and scores. */
import { z } from 'zod';
import { DetectorId, PlayId, RiskFamily, ThreatSeverity } from './names.ts';
import { PlayRecord } from './play.ts';
import { Protection } from './protection.ts';
import { RiskScores, Threat } from './threat.ts';

/** A change in the threat centre; a threat of phase cleared leaves it. */
export const ThreatItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('threat'), threat: Threat, acknowledged: z.boolean() }),
  z.strictObject({ kind: z.literal('play'), play: PlayRecord }),
  /** All that stand. */
  z.strictObject({ kind: z.literal('protections'), protections: z.array(Protection) }),
]);
export type ThreatItem = z.infer<typeof ThreatItem>;

/** The scores, and what each threat adds, largest first. */
export const ScoresNow = z.strictObject({
  ...RiskScores.shape,
  parts: z
    .array(z.strictObject({ threatId: z.string(), family: RiskFamily, points: z.number().min(0).max(100) }))
    .max(500),
});
export type ScoresNow = z.infer<typeof ScoresNow>;

/** on 켜짐 · off 꺼짐 · noInput 입력 없음 · broken 고장 */
export const DetectorStateName = z.enum(['on', 'off', 'noInput', 'broken']);
export type DetectorStateName = z.infer<typeof DetectorStateName>;

/** A detector with what the user has set. */
export const DetectorRow = z.strictObject({
  id: DetectorId,
  nameKo: z.string(),
  nameEn: z.string(),
  family: RiskFamily,
  severity: ThreatSeverity,
  plays: z.array(PlayId),
  inputs: z.array(z.string()),
  formulaKo: z.string(),
  formulaEn: z.string(),
  warmUpKo: z.string(),
  warmUpEn: z.string(),
  state: DetectorStateName,
  on: z.boolean(),
  params: z.array(
    z.strictObject({
      id: z.string(),
      labelKo: z.string(),
      labelEn: z.string(),
      unit: z.string(),
      initial: z.number(),
      min: z.number(),
      max: z.number(),
      step: z.number(),
      /** As it is now. */
      value: z.number(),
    }),
  ),
});
export type DetectorRow = z.infer<typeof DetectorRow>;
