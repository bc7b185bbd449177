/** Candles of any interval of a chart: those the core makes, and weeks, months and years made of its days. */
import { type ChartInterval, Interval } from '#shared/domain/index.ts';
import { barsOfPeriods, type Period, periodStart } from '#shared/market/index.ts';
import { type Bar, type CandleListener, followCandles } from './candle-feed.ts';
import type { CoreClient } from './supervisor.ts';

/** The interval that the core knows, under one of a chart. */
export function baseInterval(interval: ChartInterval): Interval {
  const known = Interval.safeParse(interval);
  return known.success ? known.data : '1d';
}

/** Whether the bars of an interval are days or longer. */
export function isDaily(interval: ChartInterval): boolean {
  return baseInterval(interval) === '1d';
}

/** Follows one series until the returned function is called. */
export function followBars(
  client: CoreClient,
  query: { readonly instrumentId: string; readonly interval: ChartInterval },
  listener: CandleListener,
): () => void {
  const { instrumentId, interval } = query;
  const base = baseInterval(interval);
  if (base === interval) return followCandles(client, { instrumentId, interval: base }, listener);
  const period = interval as Period;
  let days: Bar[] = [];
  return followCandles(
    client,
    { instrumentId, interval: base },
    {
      failed: (error) => listener.failed(error),
      reset(all) {
        days = [...all];
        listener.reset(barsOfPeriods(days, period));
      },
      update(day) {
        if (days.at(-1)?.openTs === day.openTs) days.pop();
        days.push(day);
        const start = periodStart(day.openTs, period);
        const [bar] = barsOfPeriods(days.slice(days.findLastIndex((each) => each.openTs < start) + 1), period);
        if (bar) listener.update(bar);
      },
    },
  );
}
