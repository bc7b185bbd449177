/** Candles of one issue and interval: history by columns, then the live ones, merged by open time; older ones when they are asked for. */
import type { Candle, Interval } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { type Bar, type BarList, BarStore } from './bar-store.ts';
import type { CoreClient } from './supervisor.ts';

export type { Bar, BarList } from './bar-store.ts';

/** Candles asked for at the start, and the most that the core gives. */
export const HISTORY_BARS = 2_000;
export const BARS_LIMIT = 120_000;
/** Each time that older ones are wanted so many times as many are asked for: the whole way costs little more than its last step. */
const GROWTH = 4;

export interface CandleListener {
  /** The whole series, oldest first; it goes on changing in place. */
  reset(bars: BarList): void;
  /** So many older bars were put before the series. */
  older(count: number): void;
  /** A new or changed last candle; a change of an older one arrives by `reset`. */
  update(bar: Bar): void;
  failed(error: ErrorEnvelope): void;
  /** Older ones could not be had; they are not asked for again. */
  olderFailed(error: ErrorEnvelope): void;
}

/** A series that is being followed. */
export interface Following {
  /** Asks for older bars, unless they are on their way or there are none. */
  older(): void;
  close(): void;
}

function barOf(candle: Candle): Bar {
  const { openTs, open, high, low, close, volume } = candle;
  return { openTs, open, high, low, close, volume };
}

/** Follows one series until it is closed. */
export function followCandles(
  client: CoreClient,
  query: { readonly instrumentId: string; readonly interval: Interval },
  listener: CandleListener,
): Following {
  let series: BarStore | null = null;
  let early: Bar[] = [];
  let asked = HISTORY_BARS;
  let asking = true;
  const abort = new AbortController();
  const ask = async (limit: number): Promise<BarStore> => {
    const { columns, length } = await client.market.candles({ ...query, limit }, { signal: abort.signal });
    return BarStore.of(columns, length);
  };
  const envelope = (error: unknown): ErrorEnvelope =>
    error instanceof RemoteError ? error.envelope : toEnvelope(error);

  const take = (candles: readonly Candle[]): void => {
    const bars = candles.map(barOf).sort((a, b) => a.openTs - b.openTs);
    if (!series) {
      early.push(...bars);
      return;
    }
    const follows = (bars[0]?.openTs ?? 0) >= (series.at(-1)?.openTs ?? Number.NEGATIVE_INFINITY);
    for (const bar of bars) {
      series.put(bar);
      if (follows) listener.update(bar);
    }
    if (!follows) listener.reset(series);
  };

  const close = client.market.candle(query, { batch: take });
  ask(asked)
    .then((history) => {
      for (const bar of early) history.put(bar);
      early = [];
      series = history;
      asking = false;
      listener.reset(series);
    })
    .catch((error: unknown) => {
      if (!abort.signal.aborted) listener.failed(envelope(error));
    });
  return {
    older() {
      const known = series;
      if (asking || !known || known.length < asked || asked >= BARS_LIMIT) return;
      asking = true;
      asked = Math.min(BARS_LIMIT, asked * GROWTH);
      ask(asked)
        .then((more) => {
          if (abort.signal.aborted) return;
          const count = known.putBefore(more);
          asking = false;
          if (count > 0) listener.older(count);
        })
        .catch((error: unknown) => {
          if (!abort.signal.aborted) listener.olderFailed(envelope(error));
        });
    },
    close() {
      abort.abort();
      close();
    },
  };
}
