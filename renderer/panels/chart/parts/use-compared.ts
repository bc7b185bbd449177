/** Bars of the issues a chart is compared with, live. */
import { useEffect, useMemo, useState } from 'react';
import type { ChartInterval } from '#shared/domain/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import { useClient } from '../../../client/context.tsx';
import { followBars } from '../../../client/period-feed.ts';
import { debounced } from '../../../ui/platform.ts';

/** A line to compare with need not move with every trade. */
const QUIET_MS = 250;

export function useCompared(ids: readonly string[], interval: ChartInterval): ReadonlyMap<string, readonly Bar[]> {
  const { client, era } = useClient();
  const [bars, setBars] = useState<ReadonlyMap<string, readonly Bar[]>>(new Map());
  const key = ids.join();
  const wanted = useMemo(() => (key === '' ? [] : key.split(',')), [key]);
  useEffect(() => {
    if (!client || wanted.length === 0) return;
    const known = new Map<string, Bar[]>();
    const tell = debounced(() => setBars(new Map([...known].map(([id, all]) => [id, [...all]]))), QUIET_MS);
    const followed = wanted.map((instrumentId) =>
      followBars(
        client,
        { instrumentId, interval },
        {
          reset(all) {
            known.set(instrumentId, all.slice());
            tell.ask();
          },
          older: () => undefined,
          update(bar) {
            const all = known.get(instrumentId) ?? [];
            if (all.at(-1)?.openTs === bar.openTs) all.pop();
            all.push(bar);
            known.set(instrumentId, all);
            tell.ask();
          },
          // A line that cannot be had is not drawn; the chart's own says why.
          failed: () => undefined,
          olderFailed: () => undefined,
        },
      ),
    );
    return () => {
      tell.cancel();
      for (const each of followed) each.close();
    };
  }, [client, era, wanted, interval]);
  return useMemo(() => new Map([...bars].filter(([id]) => wanted.includes(id))), [bars, wanted]);
}
