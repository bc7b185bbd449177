/** Since when the market is silent, as this window heard it: the core says that it is, once a second, and not since when. */
import { useCore } from '../store/core.ts';
import { create } from 'zustand';
import { browserClock } from './platform.ts';

interface Silence {
  /** Wall time of the first word of it; null while the market speaks or stands still on purpose. */
  readonly since: number | null;
}

/** What a word of the core about its market makes of the time since when it is silent; null: nothing has been said. */
export function silentSince(
  market: 'live' | 'paused' | 'stale' | 'down' | null,
  before: number | null,
  now: number,
): number | null {
  return market === 'stale' || market === 'down' ? (before ?? now) : null;
}

export const useMarketSilence = create<Silence>(() => ({ since: null }));

useCore.subscribe(({ health }) => {
  const { since } = useMarketSilence.getState();
  const next = silentSince(health?.market ?? null, since, browserClock.now());
  if (next !== since) useMarketSilence.setState({ since: next });
});
