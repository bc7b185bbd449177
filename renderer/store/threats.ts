/** What the guard tells of the environment in force: open threats, plays, what stands against orders, scores. Written by client/threat-feed.ts alone. */
import { create } from 'zustand';
import type { PlayRecord, Protection, ScoresNow, Threat } from '#shared/domain/index.ts';

export interface OpenThreat {
  readonly threat: Threat;
  /** The user has seen it. */
  readonly acknowledged: boolean;
}

export interface ThreatState {
  /** False until the first full state has arrived. */
  readonly ready: boolean;
  /** By threat id; what is over has left. */
  readonly threats: ReadonlyMap<string, OpenThreat>;
  /** By play id, the oldest first: those of this run of the core. */
  readonly plays: ReadonlyMap<string, PlayRecord>;
  readonly protections: readonly Protection[];
  /** null: not told yet. */
  readonly scores: ScoresNow | null;
  /** Rises with every change of a threat or a play, for what must be fetched again. */
  readonly revision: number;
}

export const EMPTY_THREATS: ThreatState = {
  ready: false,
  threats: new Map(),
  plays: new Map(),
  protections: [],
  scores: null,
  revision: 0,
};

export const useThreats = create<ThreatState>(() => EMPTY_THREATS);

/** The play whose block is to be passed by a typed phrase, while its dialog is open. */
export const useOverriding = create<{ readonly playId: string | null }>(() => ({ playId: null }));

type Stand = Pick<Protection, 'accountId' | 'instrumentId'>;

/** Whether a protection stands against orders of the account on the issue; what names neither stands against all. */
export function standsOn(stand: Stand, accountId: string | null, instrumentId: string): boolean {
  const ofAccount = stand.accountId === null || stand.accountId === accountId;
  return ofAccount && (stand.instrumentId === null || stand.instrumentId === instrumentId);
}

/** The collar (가격 울타리) that pauses one-click orders on an issue; null: none. */
export function collarOn(
  protections: readonly Protection[],
  accountId: string | null,
  instrumentId: string,
): Protection | null {
  return protections.find((each) => each.kind === 'collar' && standsOn(each, accountId, instrumentId)) ?? null;
}
