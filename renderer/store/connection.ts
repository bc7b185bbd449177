/** The line to the core: whether it stands, since when it does not, and when it is tried again. */
import { create } from 'zustand';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

export type LinkState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open' }
  /** Lost: `since` is when, `attempt` counts tries since then, `retryAt` is the next (null: none will follow by itself). Wall time. */
  | { readonly phase: 'lost'; readonly since: number; readonly attempt: number; readonly retryAt: number | null }
  /** The core will not have us; another try would be refused as well. */
  | { readonly phase: 'refused'; readonly error: ErrorEnvelope };

interface ConnectionStore {
  readonly link: LinkState;
  /** True once the line has stood in this window: the screen then has last values to show. */
  readonly everOpen: boolean;
  readonly version: string | null;
}

export const useConnection = create<ConnectionStore>(() => ({
  link: { phase: 'connecting' },
  everOpen: false,
  version: null,
}));

export function setLink(link: LinkState): void {
  useConnection.setState((state) => ({ link, everOpen: state.everOpen || link.phase === 'open' }));
}
