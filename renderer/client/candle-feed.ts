/** Candles of one issue and interval: history by columns, then the live ones, merged by open time. */
import type { Candle, Interval } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import type { CoreClient } from './supervisor.ts';

/** A candle on the screen; prices in won, `openTs` as the core gave it. */
export interface Bar {
  readonly openTs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Candles asked for at the start, and the most that are kept while they go on. */
export const HISTORY_BARS = 2_000;
export const BARS_LIMIT = 12_000;

export interface CandleListener {
  /** The whole series, oldest first. */
  reset(bars: readonly Bar[]): void;
  /** A new or changed last candle; an older one arrives by `reset`. */
  update(bar: Bar): void;
  failed(error: ErrorEnvelope): void;
}

function barOf(candle: Candle): Bar {
  const { openTs, open, high, low, close, volume } = candle;
  return { openTs, open, high, low, close, volume };
}

/** The series with candles laid over it: same open time replaces, the rest is put in order. */
export function mergeBars(series: readonly Bar[], more: readonly Bar[]): Bar[] {
  const byTime = new Map(series.map((bar) => [bar.openTs, bar]));
  for (const bar of more) byTime.set(bar.openTs, bar);
  return [...byTime.values()].sort((a, b) => a.openTs - b.openTs).slice(-BARS_LIMIT);
}

/** Follows one series until the returned function is called. */
export function followCandles(
  client: CoreClient,
  query: { readonly instrumentId: string; readonly interval: Interval },
  listener: CandleListener,
): () => void {
  let series: Bar[] = [];
  const follows = (bar: Bar): boolean => bar.openTs >= (series[series.length - 1]?.openTs ?? Number.NEGATIVE_INFINITY);
  let early: Bar[] | null = [];
  const abort = new AbortController();

  const take = (candles: readonly Candle[]): void => {
    const bars = candles.map(barOf).sort((a, b) => a.openTs - b.openTs);
    if (early) {
      early.push(...bars);
      return;
    }
    if (bars[0] === undefined) return;
    if (follows(bars[0])) {
      for (const bar of bars) {
        if (series[series.length - 1]?.openTs === bar.openTs) series.pop();
        series.push(bar);
        listener.update(bar);
      }
      if (series.length > BARS_LIMIT) series = series.slice(-HISTORY_BARS);
    } else {
      series = mergeBars(series, bars);
      listener.reset(series);
    }
  };

  const close = client.market.candle(query, { batch: take });
  client.market
    .candles({ ...query, limit: HISTORY_BARS }, { signal: abort.signal })
    .then((table) => {
      const { openTs, open, high, low, close: last, volume } = table.columns;
      const history: Bar[] = [];
      for (let i = 0; i < table.length; i += 1) {
        history.push({
          openTs: openTs[i] ?? 0,
          open: open[i] ?? 0,
          high: high[i] ?? 0,
          low: low[i] ?? 0,
          close: last[i] ?? 0,
          volume: volume[i] ?? 0,
        });
      }
      series = mergeBars(history, early ?? []);
      early = null;
      listener.reset(series);
    })
    .catch((error: unknown) => {
      if (abort.signal.aborted) return;
      listener.failed(error instanceof RemoteError ? error.envelope : toEnvelope(error));
    });
  return () => {
    abort.abort();
    close();
  };
}
