/** Candles of any interval of a chart: those the core makes, and weeks, months and years made of its days. */
import { type ChartInterval, Interval } from '#shared/domain/index.ts';
import { barsOfPeriods, type Period, periodStart } from '#shared/market/index.ts';
import { type Bar, type BarList, type CandleListener, followCandles, type Following } from './candle-feed.ts';
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

/** Follows one series until it is closed. */
export function followBars(
  client: CoreClient,
  query: { readonly instrumentId: string; readonly interval: ChartInterval },
  listener: CandleListener,
): Following {
  const { instrumentId, interval } = query;
  const base = baseInterval(interval);
  if (base === interval) return followCandles(client, { instrumentId, interval: base }, listener);
  const period = interval as Period;
  let days: BarList = [];
  let periods: Bar[] = [];
  const make = (): void => {
    periods = barsOfPeriods(days.slice(), period);
  };
  return followCandles(
    client,
    { instrumentId, interval: base },
    {
      failed: (error) => listener.failed(error),
      olderFailed: (error) => listener.olderFailed(error),
      reset(all) {
        days = all;
        make();
        listener.reset(periods);
      },
      older() {
        // The first period may have gained days as well.
        make();
        listener.reset(periods);
      },
      update(day) {
        const start = periodStart(day.openTs, period);
        let first = days.length;
        while (first > 0 && (days.at(first - 1)?.openTs ?? 0) >= start) first -= 1;
        const [bar] = barsOfPeriods(days.slice(first), period);
        if (!bar) return;
        if (periods.at(-1)?.openTs === bar.openTs) periods.pop();
        periods.push(bar);
        listener.update(bar);
      },
    },
  );
}
