/** What the threat centre remembers while another tab covers it. */
import { create } from 'zustand';
import type { DetectorId, RiskFamily } from '#shared/domain/index.ts';

export const THREAT_TABS = ['now', 'record', 'detectors', 'mandates'] as const;
export type ThreatTab = (typeof THREAT_TABS)[number];
export const RECORD_TABS = ['day', 'past', 'counts'] as const;
export type RecordTab = (typeof RECORD_TABS)[number];

/** A score that can be opened: of all, or of a family. */
export type ScoreName = RiskFamily | 'total';

interface ThreatSlice {
  readonly tab: ThreatTab;
  readonly record: RecordTab;
  /** The threat whose evidence is open; null: none. */
  readonly opened: string | null;
  /** The score whose parts are open; null: none. */
  readonly score: ScoreName | null;
  /** Plays that are over and were put away. */
  readonly putAway: ReadonlySet<string>;
  /** The detector in the form; null: the first. */
  readonly detector: DetectorId | null;
}

export const useThreatSlice = create<ThreatSlice>(() => ({
  tab: 'now',
  record: 'day',
  opened: null,
  score: null,
  putAway: new Set(),
  detector: null,
}));
