/** The drawing of one chart: bars, indicators, compared issues, my orders, fills and average price. */
import type { JSX } from 'react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import {
  type ChartInterval,
  type ChartSettings,
  currencyOf,
  type Fill,
  type Order,
  isOpen,
} from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { tickAt } from '#shared/market/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { useAccount } from '../../../client/hooks.ts';
import { followBars, isDaily } from '../../../client/period-feed.ts';
import { tableOf } from '../../../client/price-steps.ts';
import { positionKey } from '../../../client/replica.ts';
import { averageCost } from '../../../client/valuation.ts';
import { useDesk } from '../../../store/desk.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { readChartTheme } from '../../../theme/chart-theme.ts';
import { money } from '../../../ui/money.ts';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { framed } from '../../../ui/platform.ts';
import { BarTable } from './bar-table.tsx';
import { ChartView, type PriceMark } from './chart-view.ts';
import { Legend } from './legend.tsx';
import { fillMarks } from './marks.ts';
import { Pills } from './pills.tsx';
import { useCompared } from './use-compared.ts';

/** Length of a bar, for finding the one of a fill. */
const INTERVAL_MS: Readonly<Record<ChartInterval, number>> = {
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

interface Series {
  /** Names what was asked for; an answer to an older question is not shown. */
  readonly key: string;
  /** Changed in place by updates; `count` says that it was. */
  readonly bars: Bar[];
  readonly state: 'loading' | 'ready' | 'failed';
  readonly error: ErrorEnvelope | null;
}

const LOADING: Series = { key: '', bars: [], state: 'loading', error: null };

/** Keeps the drawing in step with the feed; returns the series for what is drawn around it. */
function useSeries(
  view: ChartView | null,
  instrumentId: string,
  interval: ChartInterval,
): { readonly series: Series; readonly count: number } {
  const { client, era } = useClient();
  const [series, setSeries] = useState<Series>(LOADING);
  const [count, setCount] = useState(0);
  const key = `${instrumentId}|${interval}|${era}`;
  useEffect(() => {
    if (!client || !view) return;
    let bars: Bar[] = [];
    let first = true;
    const daily = isDaily(interval);
    const changed = framed(() => setCount((old) => old + 1));
    return followBars(
      client,
      { instrumentId, interval },
      {
        reset(all) {
          bars = [...all];
          view.setBars(bars, { daily, fit: first });
          first = false;
          setSeries({ key, bars, state: 'ready', error: null });
          changed();
        },
        update(bar) {
          if (bars[bars.length - 1]?.openTs === bar.openTs) bars.pop();
          bars.push(bar);
          view.update(bar);
          changed();
        },
        failed: (error) => setSeries({ key, bars: [], state: 'failed', error }),
      },
    );
  }, [client, key, view, instrumentId, interval]);
  // Without a line the last candles stay, greyed by the panel; another issue or a new line begins anew.
  const keeps = client === null && series.key.startsWith(`${instrumentId}|${interval}|`);
  return { series: series.key === key || keeps ? series : LOADING, count };
}

/** Makes the drawing once its place is on the page, and repaints it with the theme. */
function useChartView(): {
  readonly view: ChartView | null;
  readonly host: (element: HTMLElement | null) => (() => void) | undefined;
} {
  const [view, setView] = useState<ChartView | null>(null);
  const theme = useView((state) => state.theme);
  const upDown = useView((state) => state.upDown);
  const host = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const made = new ChartView(element, readChartTheme());
    setView(made);
    return () => {
      setView(null);
      made.destroy();
    };
  }, []);
  useEffect(() => {
    view?.setTheme(readChartTheme());
  }, [view, theme, upDown]);
  return { view, host };
}

function useOwn(instrumentId: string): {
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
  readonly accountId: string | null;
} {
  const accountId = useAccount()?.accountId ?? null;
  const allOrders = useDesk((state) => state.orders);
  const allFills = useDesk((state) => state.fills);
  const orders = useMemo(
    () =>
      [...allOrders.values()].filter(
        (order) =>
          order.accountId === accountId &&
          order.instrumentId === instrumentId &&
          order.price !== null &&
          isOpen(order.state),
      ),
    [allOrders, accountId, instrumentId],
  );
  const fills = useMemo(
    () => [...allFills.values()].filter((fill) => fill.accountId === accountId && fill.instrumentId === instrumentId),
    [allFills, accountId, instrumentId],
  );
  return { orders, fills, accountId };
}

export function Drawing({
  instrumentId,
  interval,
  settings,
  table,
  onView,
}: {
  readonly instrumentId: string;
  readonly interval: ChartInterval;
  readonly settings: ChartSettings;
  /** The same figures as a table. */
  readonly table: boolean;
  /** Told of the canvas, for its picture. */
  readonly onView: (view: ChartView | null) => void;
}): JSX.Element {
  const t = useText();
  const { bus } = useWorkstation();
  const { view, host } = useChartView();
  const { series, count } = useSeries(view, instrumentId, interval);
  const [hovered, setHovered] = useState<Bar | null>(null);
  const [volumeTop, setVolumeTop] = useState(0);
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const name = instrument?.nameKo ?? instrumentId;
  const currency = currencyOf(instrumentId);
  const ticks = tableOf(instrument, bus.quote(instrumentId)?.sessionDate);
  const { orders, fills, accountId } = useOwn(instrumentId);
  const position =
    useDesk((state) => (accountId === null ? undefined : state.positions.get(positionKey(accountId, instrumentId)))) ??
    null;
  const average = position && position.quantity > 0 ? averageCost(position) : null;
  const base = bus.quote(instrumentId)?.base ?? null;
  const daily = isDaily(interval);
  const barCount = series.bars.length;

  const lastPrice = series.bars[barCount - 1]?.close;
  const tick = ticks && lastPrice !== undefined ? tickAt(ticks, lastPrice) : null;

  useEffect(() => {
    view?.onHover(setHovered);
  }, [view]);
  useEffect(() => {
    if (!view) return;
    // Sizes are known only after the chart has drawn itself.
    const measure = framed(() => setVolumeTop(view.volumeTop));
    measure();
    return view.onMove(measure);
  }, [view]);
  useEffect(() => {
    if (tick !== null) view?.setTick(tick, currency);
  }, [view, tick, currency]);
  useEffect(() => onView(view), [view, onView]);
  const { kind, indicators, compare } = settings;
  const shape = JSON.stringify(indicators);
  useEffect(() => {
    view?.setKind(kind);
  }, [view, kind]);
  useEffect(() => {
    view?.setIndicators(indicators);
  }, [view, shape]); // eslint-disable-line react-hooks/exhaustive-deps
  const compared = useCompared(compare, interval);
  useEffect(() => {
    view?.setCompared(compared);
  }, [view, compared]);
  useEffect(() => {
    if (!view) return;
    const marks: PriceMark[] = orders.map((order) => ({
      id: order.orderId,
      price: order.price ?? 0,
      kind: order.state === 'unconfirmed' ? 'unconfirmed' : order.side,
    }));
    if (average !== null) marks.push({ id: 'average', price: average, kind: 'average' });
    if (base !== null && !daily) marks.push({ id: 'previousClose', price: base, kind: 'previousClose' });
    view.setMarks(marks);
  }, [view, orders, average, base, daily]);
  useEffect(() => {
    view?.setFills(fillMarks(series.bars, fills, INTERVAL_MS[interval]));
  }, [view, fills, series, barCount, interval]);

  const shown = hovered ?? series.bars[barCount - 1] ?? null;
  const last = series.bars[barCount - 1];
  const summary = t('chart.summary', {
    name,
    interval: t(`interval.${interval}`),
    count: barCount,
    last: last ? money(last.close, currency) : '',
    high: barCount === 0 ? '' : money(Math.max(...series.bars.slice(-HIGH_LOW_BARS).map((bar) => bar.high)), currency),
    low: barCount === 0 ? '' : money(Math.min(...series.bars.slice(-HIGH_LOW_BARS).map((bar) => bar.low)), currency),
  });
  return (
    <div className="cwrap" data-count={count}>
      <div className="chart" data-testid="chart" data-bars={barCount}>
        <div className="host" ref={host} role="img" aria-label={summary} />
        {view && series.state === 'ready' && barCount > 0 && (
          <>
            <Legend
              name={name}
              currency={currency}
              interval={interval}
              bar={shown}
              said={view.saidAt(shown?.openTs)}
              topOf={(pane) => view.paneTop(pane)}
              volumeTop={volumeTop}
            />
            <Pills view={view} orders={orders} position={position} instrumentId={instrumentId} />
          </>
        )}
        {(series.state !== 'ready' || barCount === 0 || table) && (
          <div className="cover">
            {series.state === 'loading' && <Skeleton rows={10} />}
            {series.state === 'failed' && series.error && (
              <Empty
                icon="warn"
                title={series.error.messageKo}
                body={`${series.error.actionKo} (${series.error.code})`}
                alert
                testId="chart-error"
              />
            )}
            {series.state === 'ready' && barCount === 0 && (
              <Empty
                icon="candle"
                title={t('chart.empty')}
                body={t(daily ? 'chart.emptyDaily' : 'chart.emptyBody')}
                testId="chart-empty"
              />
            )}
            {series.state === 'ready' && barCount > 0 && table && (
              <BarTable bars={series.bars} daily={daily} currency={currency} />
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** The summary speaks of the last candles, not of years. */
const HIGH_LOW_BARS = 400;
