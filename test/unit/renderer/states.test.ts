/** The states of a panel: since when a silent market is silent. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Health } from '#shared/contract/index.ts';
import { useCore } from '../../../renderer/store/core.ts';
import { silentSince, useMarketSilence } from '../../../renderer/ui/market-silence.ts';

const health = (market: Health['market']): Health => ({
  loopDelayP99Ms: 1,
  rssMb: 100,
  eventsPerSecond: 0,
  submitP99Ms: null,
  journalEntries: 0,
  market,
  orders: 'ready',
  record: 'ok',
});

describe('a silent market', () => {
  beforeEach(() => useCore.setState({ health: null }));

  it('is silent since the first word of it, whatever is said again', () => {
    expect(silentSince('live', null, 100)).toBeNull();
    expect(silentSince('stale', null, 100)).toBe(100);
    expect(silentSince('stale', 100, 200)).toBe(100);
    expect(silentSince('down', 100, 300)).toBe(100);
    expect(silentSince('live', 100, 400)).toBeNull();
  });

  it('is not one that stands still on purpose, nor one that nothing is known of', () => {
    expect(silentSince('paused', 100, 200)).toBeNull();
    expect(silentSince(null, 100, 200)).toBeNull();
  });

  it('is followed as the core tells of its health', () => {
    useCore.setState({ health: health('live') });
    expect(useMarketSilence.getState().since).toBeNull();
    useCore.setState({ health: health('stale') });
    const { since } = useMarketSilence.getState();
    expect(since).not.toBeNull();
    useCore.setState({ health: health('stale') });
    expect(useMarketSilence.getState().since).toBe(since);
    useCore.setState({ health: health('live') });
    expect(useMarketSilence.getState().since).toBeNull();
  });
});
