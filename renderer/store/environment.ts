/** The environment in force as the core tells it, and how far a switch that this screen asked for has come. Written by client/environment.ts alone. */
import { create } from 'zustand';
import type { Environment, EnvironmentStatus, SwitchBlocker } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

/** Where a switch goes to. */
export interface SwitchTarget {
  readonly environment: Environment;
  readonly connectionId: string | null;
}

/** A switch that this screen asked for. */
export type SwitchState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking'; readonly target: SwitchTarget }
  /** The core lists what stands in the way and waits for a yes. */
  | { readonly phase: 'blocked'; readonly target: SwitchTarget; readonly blockers: readonly SwitchBlocker[] }
  /** It did not come about; the old environment stands. */
  | { readonly phase: 'refused'; readonly target: SwitchTarget; readonly error: ErrorEnvelope };

interface EnvironmentStore {
  /** null until the core has told it. */
  readonly status: EnvironmentStatus | null;
  readonly change: SwitchState;
  /** Generation whose notices the user has acknowledged. */
  readonly noticedGeneration: number | null;
  /** The failure that the user has put away, by what names it. */
  readonly dismissedFailure: string | null;
  /** Generation whose streams are open here; null between two environments, when nothing on the screen is current. */
  readonly followed: number | null;
}

export const useEnvironment = create<EnvironmentStore>(() => ({
  status: null,
  change: { phase: 'idle' },
  noticedGeneration: null,
  dismissedFailure: null,
  followed: null,
}));

/** Whether an environment has a line to KIS. */
export function usesKis(environment: Environment): boolean {
  return environment !== 'simulation';
}

/** Whether orders of an environment leave for the broker, so that its accounts are the broker's. */
export function atBroker(environment: Environment): boolean {
  return environment === 'paper' || environment === 'real';
}
