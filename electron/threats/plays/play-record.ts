/** The record of a play, and what the room keeps beside it. */
import type { PlayId, PlayRecord, Threat, ThreatSeverity } from '#shared/domain/index.ts';
import { playFacts } from '#shared/threats/index.ts';
import type { PlayCause } from './play.ts';

export interface StandingPlay {
  record: PlayRecord;
  readonly key: string;
  readonly cause: PlayCause;
  /** Threats that have led to it. */
  readonly threats: Set<string>;
  /** Severity at which it was last looked at. */
  worst: ThreatSeverity;
}

/** What is open beside a threat, and whether it has faded and come back. */
export interface Seen {
  readonly open: () => readonly Threat[];
  readonly back: boolean;
}

export const isOver = ({ state }: PlayRecord): boolean => state !== 'proposed' && state !== 'running';

/** A play as it is proposed at exchange time `ts`; its words say what it would do. */
export function proposedPlay(from: {
  readonly playId: string;
  readonly play: PlayId;
  readonly cause: string;
  readonly threat: Threat;
  readonly ts: number;
}): PlayRecord {
  const { playId, play, cause, threat, ts } = from;
  const { threatId, detector, subject, severity, latest } = threat;
  const { doesKo, doesEn } = playFacts(play);
  return {
    playId,
    play,
    cause,
    threatId,
    detector,
    subject,
    severity,
    state: 'proposed',
    proposedTs: ts,
    startedTs: null,
    endedTs: null,
    by: null,
    mandateId: null,
    endedBy: null,
    untilTs: null,
    didKo: doesKo,
    didEn: doesEn,
    evidence: latest,
    plan: null,
  };
}
