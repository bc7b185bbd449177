/** The user's KIS connections and the health of the line in force; no secret is ever here. */
import { create } from 'zustand';
import type { KisConnection, KisHealth } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

/** Calls a second that are kept for the small curve: two minutes of health, which comes once a second. */
export const CALL_HISTORY = 120;

interface KisStore {
  /** null before the first message of this environment. */
  readonly health: KisHealth | null;
  /** Wall time of that message. */
  readonly healthAt: number;
  /** Calls a second, oldest first. */
  readonly calls: readonly number[];
  /** null until they were fetched. */
  readonly connections: readonly KisConnection[] | null;
  readonly keychain: { readonly available: boolean; readonly reasonKo: string | null } | null;
  readonly connectionsError: ErrorEnvelope | null;
  /** The connection whose keys the wizard is to replace; null: a new one. */
  readonly replacing: KisConnection | null;
}

export const useKis = create<KisStore>(() => ({
  health: null,
  healthAt: 0,
  calls: [],
  connections: null,
  keychain: null,
  connectionsError: null,
  replacing: null,
}));

/** Takes a message of the line's health. */
export function takeHealth(health: KisHealth, at: number): void {
  useKis.setState((state) => {
    const same = state.health?.connectionId === health.connectionId;
    return { health, healthAt: at, calls: [...(same ? state.calls : []), health.callsPerSecond].slice(-CALL_HISTORY) };
  });
}

/** Forgets the health of a line that is gone. */
export function clearHealth(): void {
  useKis.setState({ health: null, healthAt: 0, calls: [] });
}
