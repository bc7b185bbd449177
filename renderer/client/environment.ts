/** Follows the environment in force: opens the streams of its generation, forgets the old one, and carries a switch to the core. */
import type { EnvironmentStatus, RealLock } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { useCore } from '../store/core.ts';
import { type SwitchTarget, useEnvironment, usesKis } from '../store/environment.ts';
import { useKis } from '../store/kis.ts';
import { closeDialog, openDialog, useOverlay } from '../store/overlay.ts';
import { momentReader } from './market-moment.ts';
import type { CoreClient } from './supervisor.ts';

/** Longest wait for the new generation after the streams of the old one ended, milliseconds. */
export const LATE_MS = 5_000;
/** Pause before an environment stream that ended is opened again, milliseconds. */
const AGAIN_MS = 1_000;
/** How often the server's clock is read. */
const MOMENT_MS = 500;

export interface EnvironmentParts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Opens the streams of the environment in force; the returned function closes them. */
  readonly begin: (client: CoreClient, ended: (error: ErrorEnvelope | null) => void) => () => void;
  /** Forgets everything that belongs to an environment: no old figure may be read as if it were of the new one. */
  readonly forget: () => void;
}

/** Whether two states are of one environment in force, so that nothing on the screen has become old. */
function sameForce(a: EnvironmentStatus, b: EnvironmentStatus): boolean {
  return a.generation === b.generation && a.environment === b.environment && a.connectionId === b.connectionId;
}

export function sameTarget(status: EnvironmentStatus, target: SwitchTarget): boolean {
  return (
    status.environment === target.environment &&
    (target.connectionId === null || status.connectionId === target.connectionId)
  );
}

export class EnvironmentLine {
  readonly #parts: EnvironmentParts;
  readonly #readMoment = momentReader();
  #client: CoreClient | null = null;
  #closeStatus: () => void = () => undefined;
  /** Closes the streams of the generation that is followed; null where none is. */
  #closeStreams: (() => void) | null = null;
  /** The environment to which the streams belong that are open. */
  #shown: EnvironmentStatus | null = null;
  #late: Timer | null = null;
  #again: Timer | null = null;

  constructor(parts: EnvironmentParts) {
    this.#parts = parts;
  }

  /** Follows a client until the returned function is called; last values stay visible meanwhile. */
  attach(client: CoreClient): () => void {
    this.#client = client;
    this.#open();
    this.#follow(client);
    const clock = this.#parts.timers.every(MOMENT_MS, () => this.tick());
    return () => {
      clock.cancel();
      this.#late?.cancel();
      this.#again?.cancel();
      this.#closeStatus();
      this.#shut();
      this.#client = null;
      // What was asked of a lost core has no answer to wait for.
      useEnvironment.setState({ change: { phase: 'idle' } });
    };
  }

  /** Reads the server's clock where the market is KIS's; the simulation tells its own. */
  tick(): void {
    const { status } = useEnvironment.getState();
    if (!status || !usesKis(status.environment)) return;
    const skewMs = useKis.getState().health?.skewMs ?? 0;
    useCore.setState({ moment: this.#readMoment(epochMs(Math.round(this.#parts.clock.now() + skewMs))) });
  }

  #follow(client: CoreClient): void {
    this.#closeStatus = client.environment.status(
      {},
      {
        batch: (items) => {
          const status = items[items.length - 1];
          if (status) this.#take(status);
        },
        end: () => {
          if (this.#client !== client) return;
          this.#again = this.#parts.timers.after(AGAIN_MS, () => this.#follow(client));
        },
      },
    );
  }

  #take(status: EnvironmentStatus): void {
    useEnvironment.setState({ status });
    useCore.setState({ environment: status.environment });
    // Between two environments: what is open ends by itself, and what would be opened might end as well.
    if (status.phase === 'switching') return;
    if (this.#shown === null && this.#closeStreams) {
      // The first word after a start: the streams are already of this environment.
      this.#follows(status);
      if (usesKis(status.environment)) useCore.setState({ status: null });
    } else if (this.#shown === null || !sameForce(this.#shown, status)) this.#renew(status);
    else this.#shown = status;
    this.tick();
  }

  #follows(status: EnvironmentStatus): void {
    this.#shown = status;
    useEnvironment.setState({ followed: status.generation });
  }

  #renew(status: EnvironmentStatus): void {
    this.#late?.cancel();
    this.#shut();
    this.#parts.forget();
    this.#follows(status);
    this.#open();
  }

  #open(): void {
    const client = this.#client;
    if (client) this.#closeStreams = this.#parts.begin(client, (error) => this.#ended(error));
  }

  #shut(): void {
    this.#closeStreams?.();
    this.#closeStreams = null;
  }

  /** A stream of the environment was ended by the core. */
  #ended(error: ErrorEnvelope | null): void {
    if (!this.#client || !this.#closeStreams) return;
    if (error?.code !== 'ENVIRONMENT_SWITCHED') return;
    this.#shut();
    this.#shown = null;
    this.#parts.forget();
    useEnvironment.setState({ followed: null });
    this.#late = this.#parts.timers.after(LATE_MS, () => {
      const { status } = useEnvironment.getState();
      // The new generation came before the end of the old streams was told, or was never told.
      if (status && status.phase !== 'switching' && this.#closeStreams === null) this.#renew(status);
    });
  }

  /** Asks for another environment; where something stands in the way, it is listed and asked about. */
  async switchTo(target: SwitchTarget, confirmed = false): Promise<void> {
    const client = this.#client;
    const { change, status } = useEnvironment.getState();
    if (!client || change.phase === 'asking') return;
    if (status?.phase === 'ready' && sameTarget(status, target)) return;
    useEnvironment.setState({ change: { phase: 'asking', target } });
    // The question has its answer; the veil tells how far the switch is.
    if (useOverlay.getState().dialog === 'switch') closeDialog();
    try {
      const { done, blockers } = await client.environment.switchTo({ ...target, confirmed });
      if (done) {
        useEnvironment.setState({ change: { phase: 'idle' } });
        return;
      }
      useEnvironment.setState({ change: { phase: 'blocked', target, blockers } });
      openDialog('switch');
    } catch (error) {
      const reason = error instanceof RemoteError ? error.envelope : toEnvelope(error);
      useEnvironment.setState({ change: { phase: 'refused', target, error: reason } });
    }
  }
}

/** Milliseconds until another PIN is judged; 0 where one is judged now. */
export function pinWaitMs(lock: RealLock | undefined, now: number): number {
  return Math.max(0, (lock?.retryAfterTs ?? 0) - now);
}

/** Leaves a switch that was not carried out. */
export function dropSwitch(): void {
  useEnvironment.setState({ change: { phase: 'idle' } });
}

/** The user has read what must be known of the environment in force. */
export function acknowledgeNotices(): void {
  const generation = useEnvironment.getState().status?.generation ?? null;
  useEnvironment.setState({ noticedGeneration: generation });
}
