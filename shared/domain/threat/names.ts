/** Names of the threat engine: detectors, plays, severities, families. @source threat catalogue of 2026-11: 35 detectors, 10 plays */
import { z } from 'zod';

export const DETECTOR_IDS = [
  ...(['M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'M07', 'M08', 'M09'] as const),
  ...(['M10', 'M11', 'M12', 'M13', 'M14', 'M15', 'M16', 'M17', 'M18'] as const),
  ...(['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07'] as const),
  ...(['O01', 'O02', 'O03', 'O04', 'O05', 'O06', 'O07', 'O08', 'O09', 'O10'] as const),
] as const;
export const DetectorId = z.enum(DETECTOR_IDS);
export type DetectorId = z.infer<typeof DetectorId>;

export const PLAY_IDS = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10'] as const;
export const PlayId = z.enum(PLAY_IDS);
export type PlayId = z.infer<typeof PlayId>;

/** 알림 L · 주의 M · 위험 H · 심각 C, ascending. */
export const SEVERITIES = ['L', 'M', 'H', 'C'] as const;
export const ThreatSeverity = z.enum(SEVERITIES);
export type ThreatSeverity = z.infer<typeof ThreatSeverity>;

/** true where `a` is at least as severe as `b`. */
export function atLeastAsSevere(a: ThreatSeverity, b: ThreatSeverity): boolean {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b);
}

/** What a risk score is about. */
export const RISK_FAMILIES = ['account', 'portfolio', 'market', 'operation', 'security'] as const;
export const RiskFamily = z.enum(RISK_FAMILIES);
export type RiskFamily = z.infer<typeof RiskFamily>;
