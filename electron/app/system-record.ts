/** The record of what changed the environment and its lock: a journal of its own, because it belongs to no single account. */
import type { DetectorId, Environment, PlayMandate, PlayRecord } from '#shared/domain/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { Journal } from '#core/storage/index.ts';

/** Why the real environment was locked again. */
export type LockCause = 'user' | 'kill' | 'switch' | 'dayEnd' | 'clock' | 'close' | 'appLock';

/** An environment as the record names it. */
export interface EnvironmentName {
  readonly environment: Environment;
  readonly connectionId: string | null;
}

/** What is recorded; never a secret, never an account number. */
export type SystemEvent =
  | {
      readonly kind: 'environmentSwitched';
      readonly from: EnvironmentName | null;
      readonly to: EnvironmentName;
      /** What the user was asked about and said yes to. */
      readonly confirmed: readonly string[];
    }
  | { readonly kind: 'environmentFailed'; readonly to: EnvironmentName; readonly code: string }
  | { readonly kind: 'pinSet' }
  | { readonly kind: 'pinFailed'; readonly count: number; readonly retryAfterTs: number }
  | { readonly kind: 'realArmed'; readonly connectionId: string; readonly untilTs: number; readonly door: string }
  | { readonly kind: 'realDisarmed'; readonly connectionId: string; readonly cause: LockCause }
  | { readonly kind: 'connectionSaved' | 'connectionRemoved'; readonly connectionId: string }
  | ({
      readonly kind: 'playStarted' | 'playEnded';
      readonly environment: Environment;
      readonly connectionId: string | null;
      /** What was seen, in words. */
      readonly sawKo: string;
    } & Pick<
      PlayRecord,
      'playId' | 'play' | 'detector' | 'subject' | 'severity' | 'state' | 'by' | 'mandateId' | 'endedBy' | 'didKo'
    >)
  | ({ readonly kind: 'playMandateSigned' } & PlayMandate)
  | { readonly kind: 'playMandateRevoked'; readonly mandateId: string }
  | {
      readonly kind: 'detectorSet';
      readonly detector: DetectorId;
      readonly on: boolean;
      readonly params: Readonly<Record<string, number>>;
    };

export class SystemRecord {
  readonly #journal: Journal;
  readonly #clock: Clock;

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
  }

  /** On the disk when it returns. Throws as `Journal.append`, and then what was to happen must not. */
  add({ kind, ...data }: SystemEvent): void {
    this.#journal.append([{ kind, v: 1, ts: this.#clock.now(), data }]);
  }
}
