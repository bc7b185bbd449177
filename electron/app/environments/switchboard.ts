/** Puts environments in force, one at a time: asks what stands in the way, ends the old, builds the new, records the change. */
import type { Environment, EnvironmentStatus, Reason, SwitchBlocker } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { House } from '../house.ts';
import type { RealLock } from '../real-lock/real-lock.ts';
import type { EnvironmentName } from '../system-record.ts';
import { blockersOf } from './blockers.ts';
import { choicesOf, fittingConnection, labelOf } from './choices.ts';
import type { ComposedEnvironment } from './composed.ts';
import type { Front } from './front.ts';
import { composeSimulation, pauseSimulation } from './simulation.ts';

/** The status is told again this often while an environment is in force without being connected, milliseconds. */
const REVIEW_MS = 1_000;

export interface SwitchboardParts {
  readonly house: House;
  readonly front: Front;
  readonly lock: RealLock;
  /** Builds an environment of KIS on a connection. */
  readonly composeKis: (wish: {
    readonly environment: 'paper' | 'real';
    readonly connectionId: string;
  }) => Promise<ComposedEnvironment>;
  /** Builds live quotes with simulated fills on a connection. */
  readonly composeLive: (connectionId: string) => Promise<ComposedEnvironment>;
}

export interface SwitchWish {
  readonly environment: Environment;
  /** null: the only fitting one, or the first. */
  readonly connectionId: string | null;
  /** The user has seen what stands in the way. */
  readonly confirmed: boolean;
}

export interface SwitchAnswer {
  readonly done: boolean;
  readonly blockers: SwitchBlocker[];
}

export class Switchboard {
  readonly #parts: SwitchboardParts;
  readonly #watchers = new Set<(status: EnvironmentStatus) => void>();
  #generation = 0;
  /** What was in force last; names the status while one makes way for another. */
  #name: EnvironmentName = { environment: 'simulation', connectionId: null };
  /** Why the wish could not be fulfilled, while something else is in force in its place. */
  #failure: Reason | null = null;
  #switching = false;
  #last: Promise<unknown> = Promise.resolve();
  #lastText = '';
  #closed = false;
  readonly #review: { cancel(): void };

  constructor(parts: SwitchboardParts) {
    this.#parts = parts;
    this.#review = parts.house.timers.every(REVIEW_MS, () => this.publish());
  }

  /** Takes up the environment that was last in force; the simulation where that cannot be. */
  async start(): Promise<void> {
    const { choice } = this.#parts.house;
    const { environment, connectionId } = choice.get();
    const name: EnvironmentName = { environment, connectionId };
    if (environment !== 'simulation') {
      // A core that was killed while it was being left had its market running.
      pauseSimulation(this.#parts.house);
      try {
        await this.#compose(this.#resolve(name));
        return;
      } catch (error) {
        this.#failed(name, error);
      }
    }
    // The choice stays as the user made it: the next start tries it again.
    await this.#compose(SIMULATION, { keepChoice: true });
  }

  status(): EnvironmentStatus {
    const { front, lock, house } = this.#parts;
    const inForce = front.inForceOrNull;
    const reason = this.#failure ?? inForce?.reason() ?? null;
    const settled = reason === null ? 'ready' : 'failed';
    return {
      environment: inForce?.environment ?? this.#name.environment,
      connectionId: inForce?.connectionId ?? this.#name.connectionId,
      endpoint: inForce?.endpoint ?? null,
      phase: this.#switching ? 'switching' : settled,
      reason: this.#switching ? null : reason,
      lock: lock.state,
      generation: this.#generation,
      choices: choicesOf(house.connections),
      lacks: [...(inForce?.lacks ?? [])],
      noticesKo: [...(inForce?.noticesKo() ?? [])],
    };
  }

  /** The status now and whenever it changes. */
  watch(listener: (status: EnvironmentStatus) => void): () => void {
    this.#watchers.add(listener);
    listener(this.status());
    return () => this.#watchers.delete(listener);
  }

  /** Tells who watches, if anything has changed. */
  publish(): void {
    if (this.#watchers.size === 0 || this.#closed) return;
    const status = this.status();
    const text = JSON.stringify(status);
    if (text === this.#lastText) return;
    this.#lastText = text;
    for (const listener of [...this.#watchers]) listener(status);
  }

  /** One switch at a time; a second waits for the first. */
  switchTo(wish: SwitchWish): Promise<SwitchAnswer> {
    return this.#alone(() => this.#switchTo(wish));
  }

  /** Builds the environment in force anew, because its keys have changed; a real one is locked again. */
  renew(): Promise<void> {
    return this.#alone(async () => {
      const from = this.#parts.front.inForceOrNull;
      if (from === null || this.#closed) return;
      const { environment, connectionId } = from;
      await this.#change(from, { environment, connectionId }, true);
    });
  }

  /** Ends the environment in force; nothing comes in its place. */
  async close(): Promise<void> {
    await this.#alone(async () => {
      this.#closed = true;
      this.#review.cancel();
      const { front, lock } = this.#parts;
      const environment = await front.shut();
      lock.release('close');
      front.leave();
      await environment?.dispose();
      this.#watchers.clear();
    });
  }

  async #switchTo(wish: SwitchWish): Promise<SwitchAnswer> {
    if (this.#closed) throw new AppError('ENVIRONMENT_SWITCHING');
    const { front, house } = this.#parts;
    const to = this.#resolve(wish);
    const from = front.inForce;
    if (isSame(from, to) && this.#failure === null && from.reason() === null) return { done: true, blockers: [] };
    if (to.connectionId !== null) await house.connections.keys(to.connectionId);
    const before = this.#blockers(from);
    if (before.length > 0 && !wish.confirmed) return { done: false, blockers: before };
    return this.#change(from, to, wish.confirmed);
  }

  async #change(from: ComposedEnvironment, to: EnvironmentName, confirmed: boolean): Promise<SwitchAnswer> {
    const { front, lock } = this.#parts;
    this.#switching = true;
    this.publish();
    try {
      // No order may be on its way while its environment goes: the gate shuts first.
      await front.shut();
      const blockers = this.#blockers(from);
      if (blockers.length > 0 && !confirmed) {
        front.open(from);
        return { done: false, blockers };
      }
      const name: EnvironmentName = { environment: from.environment, connectionId: from.connectionId };
      this.#record(name, to, blockers);
      lock.release('switch');
      await this.#leave(from);
      await this.#enter(name, to);
      return { done: true, blockers: [] };
    } finally {
      this.#switching = false;
      this.publish();
    }
  }

  #blockers({ desk }: ComposedEnvironment): SwitchBlocker[] {
    return blockersOf(desk, (id) => this.#parts.house.knownIssues.find(id)?.nameKo);
  }

  async #leave(from: ComposedEnvironment): Promise<void> {
    const { front, house } = this.#parts;
    if (from.environment === 'simulation') {
      const simulationRan = pauseSimulation(house);
      house.choice.set({ simulationRan });
    }
    front.leave();
    await from.dispose();
  }

  /** Where the new one cannot be built, what was there before comes back; and where that cannot either, the simulation. */
  async #enter(from: EnvironmentName, to: EnvironmentName): Promise<void> {
    try {
      await this.#compose(to);
      this.#failure = null;
      return;
    } catch (error) {
      this.#failed(to, error);
      for (const name of [from, SIMULATION]) {
        try {
          await this.#compose(name);
          break;
        } catch (again) {
          this.#failed(name, again);
        }
      }
      throw error;
    }
  }

  async #compose(name: EnvironmentName, how: { readonly keepChoice?: boolean } = {}): Promise<void> {
    const { house, front, lock } = this.#parts;
    const { environment, connectionId } = name;
    const composed =
      environment === 'simulation' || connectionId === null
        ? await composeSimulation(house)
        : await this.#composeKis(environment, connectionId);
    try {
      if (how.keepChoice !== true) house.choice.set({ environment, connectionId });
    } catch (error) {
      await composed.dispose();
      throw error;
    }
    this.#generation += 1;
    this.#name = name;
    const { line, gate, endpoint, desk } = composed;
    if (environment === 'real' && line && endpoint !== null && connectionId !== null) {
      lock.guard({
        connectionId,
        endpoint,
        serverNow: () => line.serverNow(),
        setLocked: (locked) => {
          gate.setLocked(locked);
          if (locked) line.reviewOrders();
        },
        isHalted: () => desk.tradingState.state === 'halted' || gate.state === 'halted',
      });
    }
    front.open(composed);
  }

  async #composeKis(
    environment: Exclude<Environment, 'simulation'>,
    connectionId: string,
  ): Promise<ComposedEnvironment> {
    const { composeKis, composeLive } = this.#parts;
    return environment === 'live' ? composeLive(connectionId) : composeKis({ environment, connectionId });
  }

  /** The connection of a wish. Throws CONNECTION_UNKNOWN and ENVIRONMENT_ABSENT. */
  #resolve(wish: EnvironmentName): EnvironmentName {
    const { environment } = wish;
    if (environment === 'simulation') return SIMULATION;
    const { connections } = this.#parts.house;
    return { environment, connectionId: fittingConnection(connections, wish).connectionId };
  }

  #record(from: EnvironmentName, to: EnvironmentName, blockers: readonly SwitchBlocker[]): void {
    const confirmed = blockers.map(({ kind, orderId }) => (orderId === null ? kind : `${kind} ${orderId}`));
    this.#parts.house.record.add({ kind: 'environmentSwitched', from, to, confirmed });
  }

  #failed(name: EnvironmentName, error: unknown): void {
    const { code, messageKo, actionKo } = toEnvelope(error);
    const { house } = this.#parts;
    this.#failure = { code, messageKo: `${labelOf(name.environment)}: ${messageKo}`, actionKo };
    house.logger.error('an environment was not built', { environment: name.environment, error });
    house.record.add({ kind: 'environmentFailed', to: name, code });
  }

  #alone<Result>(act: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(act, act);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

const SIMULATION: EnvironmentName = { environment: 'simulation', connectionId: null };

function isSame(environment: ComposedEnvironment, name: EnvironmentName): boolean {
  return environment.environment === name.environment && environment.connectionId === name.connectionId;
}
