/** One chart: bars, indicators, compared issues, drawings, my orders, fills, average price and alerts. */
import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { type ChartInterval, type ChartSettings, priceUnitOf } from '#shared/domain/index.ts';
import { tickAt, type TickTable } from '#shared/market/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { marketLack, useLacks } from '../../../client/lacks.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { isDaily } from '../../../client/period-feed.ts';
import { averageCost } from '../../../client/valuation.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { money } from '../../../ui/money.ts';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { framed } from '../../../ui/platform.ts';
import { BarTable } from './bar-table.tsx';
import { type ChartMenuPlace, ChartMenu } from './chart-menu.tsx';
import type { ChartView } from './chart-view.ts';
import { TextWriting } from './drawing/text-field.tsx';
import { ToolHint } from './drawing/tool-menu.tsx';
import type { DrawingsOf } from './drawing/use-drawings.ts';
import { Legend } from './legend.tsx';
import { snapped } from './lines/moves.ts';
import { useAlerts } from './lines/use-alerts.ts';
import { useMoves } from './lines/use-moves.ts';
import { fillMarks } from './marks.ts';
import { Pills } from './pills.tsx';
import type { PriceMark } from './price-marks.ts';
import type { ChartViewOf } from './use-chart-view.ts';
import { useCompared } from './use-compared.ts';
import { useOwn } from './use-own.ts';
import { useChartPointer } from './use-pointer.ts';
import { INTERVAL_MS, type Series, useSeries } from './use-series.ts';

/** The summary speaks of the last candles, not of years. */
const HIGH_LOW_BARS = 400;

/** Puts the choices of the user into force on the canvas. */
function useLooks(view: ChartView | null, settings: ChartSettings, interval: ChartInterval, domestic: boolean): void {
  const { kind, indicators, compare, sessions } = settings;
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
  const shaded = sessions && domestic && !isDaily(interval);
  useEffect(() => {
    view?.setSessions(shaded);
  }, [view, shaded]);
}

/** What is said of a chart to those who cannot see it. */
function useSummary(series: Series, instrumentId: string, interval: ChartInterval): string {
  const t = useText();
  const unit = priceUnitOf(instrumentId);
  const recent = series.all.slice(-HIGH_LOW_BARS);
  const last = recent.at(-1);
  return t('chart.summary', {
    name: nameOf(instrumentId),
    interval: t(`interval.${interval}`),
    count: series.all.length,
    last: last ? money(last.close, unit) : '',
    high: last ? money(Math.max(...recent.map((bar) => bar.high)), unit) : '',
    low: last ? money(Math.min(...recent.map((bar) => bar.low)), unit) : '',
  });
}

/** Lies over the canvas while there is nothing to draw, and instead of it where a table is wanted. */
function Cover({
  series,
  instrumentId,
  daily,
  table,
}: {
  readonly series: Series;
  readonly instrumentId: string;
  readonly daily: boolean;
  readonly table: boolean;
}): JSX.Element | null {
  const t = useText();
  const empty = series.all.length === 0;
  const lack = marketLack(useLacks(), instrumentId);
  if (series.state === 'ready' && !empty && !table) return null;
  if (lack)
    return (
      <div className="cover">
        <Empty icon="info" title={t('lacks.noPrices')} body={lack.reasonKo} testId="chart-lack" />
      </div>
    );
  return (
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
      {series.state === 'ready' && empty && (
        <Empty
          icon="candle"
          title={t('chart.empty')}
          body={t(daily ? 'chart.emptyDaily' : 'chart.emptyBody')}
          testId="chart-empty"
        />
      )}
      {series.state === 'ready' && !empty && table && (
        <BarTable bars={series.all} daily={daily} unit={priceUnitOf(instrumentId)} />
      )}
    </div>
  );
}

export function ChartBody(props: {
  readonly chart: ChartViewOf;
  readonly instrumentId: string;
  readonly interval: ChartInterval;
  readonly settings: ChartSettings;
  readonly drawings: DrawingsOf;
  readonly ticks: TickTable | null;
  /** The same figures as a table. */
  readonly table: boolean;
  /** The bar under the cross of a linked chart. */
  readonly crossed: Bar | null;
  /** The element that takes the keys. */
  readonly element: HTMLElement | null;
  readonly onElement: (element: HTMLElement | null) => void;
  readonly onTouch: () => void;
}): JSX.Element {
  const t = useText();
  const { bus } = useWorkstation();
  const { looksOnly } = usePanel();
  const { instrumentId, interval, settings, drawings, ticks, table, element, onTouch } = props;
  const { view, host } = props.chart;
  const { series, count } = useSeries(view, instrumentId, interval);
  const [hovered, setHovered] = useState<Bar | null>(null);
  const [volumeTop, setVolumeTop] = useState(0);
  const [menu, setMenu] = useState<ChartMenuPlace | null>(null);
  const unit = priceUnitOf(instrumentId);
  const { orders, fills, position } = useOwn(instrumentId);
  const quote = bus.quote(instrumentId);
  const alerts = useAlerts(instrumentId);
  const moves = useMoves({ orders, alerts, ticks, quote });
  const average = position && position.quantity !== 0 ? averageCost(position) : null;
  const base = quote?.base ?? null;
  const daily = isDaily(interval);
  const last = series.all.at(-1);
  const total = series.all.length;
  const tick = ticks && last ? tickAt(ticks, last.close) : null;

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
    if (tick !== null) view?.setTick(tick, unit);
  }, [view, tick, unit]);
  useLooks(view, settings, interval, unit === 'KRW');
  const { move } = moves;
  useEffect(() => {
    if (!view) return;
    const marks: PriceMark[] = orders.map((order) => ({
      id: order.orderId,
      price: order.price ?? 0,
      kind: order.state === 'unconfirmed' ? 'unconfirmed' : order.side,
    }));
    for (const { id, price } of alerts.lines) marks.push({ id, price, kind: 'alert' });
    if (average !== null) marks.push({ id: 'average', price: average, kind: 'average' });
    if (base !== null && !daily) marks.push({ id: 'previousClose', price: base, kind: 'previousClose' });
    if (move) marks.push({ id: 'moving', price: move.to, kind: 'moving' });
    view.setMarks(marks);
  }, [view, orders, alerts.lines, average, base, daily, move]);
  useEffect(() => {
    view?.setFills(fillMarks(series.bars, fills, INTERVAL_MS[interval]));
  }, [view, fills, series, total, interval]);
  const valid = useCallback(
    (price: number) =>
      ticks && snapped(ticks, price, { lowerLimit: quote?.lowerLimit ?? null, upperLimit: quote?.upperLimit ?? null }),
    [ticks, quote?.lowerLimit, quote?.upperLimit],
  );
  const alertAt = (price: number): void => {
    const at = valid(price);
    if (at !== null && !looksOnly) alerts.add(at);
  };
  useChartPointer(
    element,
    view && {
      view,
      hand: drawings.hand,
      moves,
      onMenu: (at, point) => {
        const price = view.axes.plane()?.priceOf(point.y) ?? null;
        setMenu({
          at,
          price: price === null || looksOnly ? null : valid(price),
          over: drawings.hand.over(point)?.drawing ?? null,
        });
      },
      onAlert: alertAt,
      onTouch,
    },
  );

  const shown = hovered ?? props.crossed ?? last ?? null;
  const ready = view && series.state === 'ready' && total > 0;
  return (
    <div className="cwrap" data-count={count}>
      <div
        className="chart"
        ref={props.onElement}
        tabIndex={0}
        role="application"
        aria-label={t('draw.chart')}
        data-testid="chart"
        data-issue={instrumentId}
        data-bars={total}
        data-last={last?.close}
        data-drawings={drawings.kept.drawings.length}
      >
        <div className="host" ref={host} role="img" aria-label={useSummary(series, instrumentId, interval)} />
        {ready && (
          <>
            <Legend
              name={nameOf(instrumentId)}
              unit={unit}
              interval={interval}
              bar={shown}
              said={view.saidAt(shown?.openTs)}
              topOf={(pane) => view.paneTop(pane)}
              volumeTop={volumeTop}
            />
            <Pills view={view} position={position} instrumentId={instrumentId} moves={moves} alerts={alerts} />
            <ToolHint drawings={drawings} />
            {drawings.state.writing && <TextWriting drawings={drawings} view={view} />}
          </>
        )}
        <Cover series={series} instrumentId={instrumentId} daily={daily} table={table} />
      </div>
      {menu && <ChartMenu menu={menu} drawings={drawings} onAlert={alerts.add} onClose={() => setMenu(null)} />}
    </div>
  );
}
