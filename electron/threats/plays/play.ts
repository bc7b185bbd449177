/** What a play is made of: a cause it answers, what it may touch, and what it says it did. */
import type { MarketHub } from '#core/market/index.ts';
import type { Desk } from '#core/trading/index.ts';
import type { InstrumentId, PlayId, ResponsePlan, Threat } from '#shared/domain/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';

/** Words in both languages. */
export interface Words {
  readonly ko: string;
  readonly en: string;
}

/** What P10 can reach; null: there is no such thing here, and the play says so. */
export interface SecurityPort {
  /** Gives the access token back; false: there was none. */
  readonly revokeToken: (() => Promise<boolean>) | null;
  /** Locks the real environment; it is locked even where this throws, since only the record of it can fail. */
  readonly lockReal: (() => void) | null;
  /** Writes the evidence without secrets; where it lies. */
  readonly exportIncident: ((incident: Incident) => string) | null;
}

/** What an incident bundle holds; the writer hides secrets and account numbers. */
export interface Incident {
  readonly playId: string;
  readonly threat: Threat;
  readonly open: readonly Threat[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What every play may touch. */
export interface PlayGround {
  readonly desk: Desk;
  readonly hub: MarketHub;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly security: SecurityPort;
}

/** What a play answers. */
export interface PlayCause {
  readonly playId: string;
  readonly threat: Threat;
  /** Every open threat, for evidence. */
  readonly open: readonly Threat[];
  /** The issue it is about; null: all of them. */
  readonly instrumentId: InstrumentId | null;
  /** The account it is about; null: all of them. */
  readonly accountId: string | null;
  /** The order that is being judged at this very moment and led to the threat; null: none. */
  readonly orderId: string | null;
}

/** What a play did at once. */
export interface PlayDid {
  readonly did: Words;
  /** running: it stands until it is ended · done: that was all. */
  readonly state: 'running' | 'done';
  /** When it ends by itself, wall time. */
  readonly untilTs?: number;
  readonly plan?: ResponsePlan;
  /** What is still to come of it; its words take the place of the first ones. */
  readonly later?: Promise<{ readonly did: Words; readonly state: 'running' | 'done' | 'failed' }>;
}

export interface Play {
  readonly id: PlayId;
  /** Takes effect before it returns; what needs the network comes `later`. Throws AppError where it cannot be done. */
  run(cause: PlayCause, ground: PlayGround): PlayDid;
  /** Takes it back; absent: there is nothing to take back. */
  release?(cause: PlayCause, ground: PlayGround): void;
}
