/** Keeps the drawing in step with the feed: the chart holds a window of the bars known, which follows what is looked at. */
import { useEffect, useState } from 'react';
import type { ChartInterval } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import type { Bar, BarList } from '../../../client/candle-feed.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { followBars, isDaily } from '../../../client/period-feed.ts';
import { text } from '../../../text/index.ts';
import { framed } from '../../../ui/platform.ts';
import { grown, lookedAt, newest, type Span, wantsOlder } from './bar-window.ts';
import type { ChartView } from './chart-view.ts';

/** Length of a bar. */
export const INTERVAL_MS: Readonly<Record<ChartInterval, number>> = {
  '10s': 10_000,
  '1m': 60_000,
  '3m': 180_000,
  '5m': 300_000,
  '15m': 900_000,
  '60m': 3_600_000,
  '1d': 86_400_000,
  '1w': 7 * 86_400_000,
  '1M': 31 * 86_400_000,
  '1y': 366 * 86_400_000,
};

export interface Series {
  /** Names what was asked for; an answer to an older question is not shown. */
  readonly key: string;
  /** All that are known; changed in place by updates, `count` says that it was. */
  readonly all: BarList;
  /** Those in the chart, changed in place as well. */
  readonly bars: readonly Bar[];
  readonly state: 'loading' | 'ready' | 'failed';
  readonly error: ErrorEnvelope | null;
}

const LOADING: Series = { key: '', all: [], bars: [], state: 'loading', error: null };

export function useSeries(
  view: ChartView | null,
  instrumentId: string,
  interval: ChartInterval,
): { readonly series: Series; readonly count: number } {
  const workstation = useWorkstation();
  const { client, era } = useClient();
  const [series, setSeries] = useState<Series>(LOADING);
  const [count, setCount] = useState(0);
  const key = `${instrumentId}|${interval}|${era}`;
  useEffect(() => {
    if (!client || !view) return;
    let all: BarList = [];
    let total = 0;
    let span: Span = { from: 0, to: 0 };
    let bars: Bar[] = [];
    let first = true;
    let ended = false;
    const daily = isDaily(interval);
    const changed = framed(() => setCount((old) => old + 1));
    const show = (): void => {
      bars = all.slice(span.from, span.to);
      view.setBars(bars, { daily, stepMs: INTERVAL_MS[interval], fit: first });
      first = false;
      setSeries({ key, all, bars, state: 'ready', error: null });
      setCount((old) => old + 1);
    };
    const look = framed(() => {
      const seen = ended ? null : view.axes.seen();
      if (!seen) return;
      const places = { from: seen.from + span.from, to: seen.to + span.from };
      const next = lookedAt(span, places, total);
      if (next !== span) {
        span = next;
        show();
      } else if (wantsOlder(places)) following.older();
    });
    const following = followBars(
      client,
      { instrumentId, interval },
      {
        reset(known) {
          const follows = span.to === total;
          // Bars that came before the others have moved the window along.
          const moved = known.length - total;
          all = known;
          total = known.length;
          span = first || follows || moved < 0 ? newest(total) : { from: span.from + moved, to: span.to + moved };
          show();
          look();
        },
        older(more) {
          total = all.length;
          span = { from: span.from + more, to: span.to + more };
          // What is drawn stays; a look brings the older ones in.
          setSeries({ key, all, bars, state: 'ready', error: null });
          look();
        },
        update(bar) {
          const follows = span.to === total;
          total = all.length;
          if (follows) {
            const next = grown(span, total);
            const cut = next.from !== span.from;
            span = next;
            if (bars.at(-1)?.openTs === bar.openTs) bars.pop();
            bars.push(bar);
            if (cut) show();
            else view.update(bar);
          }
          changed();
        },
        failed: (error) => setSeries({ key, all: [], bars: [], state: 'failed', error }),
        olderFailed: ({ messageKo, actionKo, code }) =>
          workstation.notify({
            level: 'caution',
            title: text('chart.olderFailed'),
            body: `${messageKo} ${actionKo} (${code})`,
          }),
      },
    );
    const still = view.onMove(look);
    return () => {
      ended = true;
      still();
      following.close();
    };
  }, [client, key, view, instrumentId, interval, workstation]);
  // Without a line the last candles stay, greyed by the panel; another issue or a new line begins anew.
  const keeps = client === null && series.key.startsWith(`${instrumentId}|${interval}|`);
  return { series: series.key === key || keeps ? series : LOADING, count };
}
