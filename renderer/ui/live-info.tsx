/** Says whether what a panel shows is alive: one word, one shape. */
import type { JSX } from 'react';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useText } from '../text/index.ts';

export type Liveness = 'live' | 'paused' | 'stale' | 'lost';

export function useLiveness(): Liveness {
  const phase = useConnection((state) => state.link.phase);
  const market = useCore((state) => state.health?.market);
  const running = useCore((state) => state.status?.running);
  if (phase !== 'open') return 'lost';
  if (market === 'stale' || market === 'down') return 'stale';
  return running === false ? 'paused' : 'live';
}

const SHAPE: Readonly<Record<Liveness, string>> = {
  live: 'fresh',
  paused: 'fresh poll',
  stale: 'fresh stale',
  lost: 'fresh stale',
};

export function LiveInfo(): JSX.Element {
  const t = useText();
  const liveness = useLiveness();
  const kis = useCore((state) => state.environment !== 'simulation');
  return <span className={SHAPE[liveness]}>{t(kis && liveness === 'live' ? 'live.feed' : `live.${liveness}`)}</span>;
}
