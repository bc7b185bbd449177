/** The canvas: candles, volume, averages, lines and marks. Knows nothing of React. */
import {
  AreaSeries,
  BarSeries,
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type IPanePrimitive,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  type MouseEventParams,
  type SeriesType,
  type TickMarkType,
  type Time,
} from 'lightweight-charts';
import type { PriceUnit, ChartIndicator, ChartKind } from '#shared/domain/index.ts';
import { heikinAshi } from '#shared/strategy/indicators/index.ts';
import { kstDate, kstTimeText } from '#shared/time/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';
import { number, volumeShort } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { framed } from '../../../ui/platform.ts';
import { ChartAxes } from './chart-axes.ts';
import { FIRST_OPTIONS, FIRST_TIME_SCALE, themeOptions } from './chart-options.ts';
import { chartTime, instantOf, tickText } from './chart-time.ts';
import { ComparedLayer } from './compared-layer.ts';
import { Sketch } from './drawing/sketch.ts';
import { IndicatorLayer, type IndicatorSaid } from './indicator-layer.ts';
import { barAt, type FillMark } from './marks.ts';
import { type PriceMark, PriceMarks } from './price-marks.ts';
import { SessionShading } from './shading.ts';

const VOLUME_SHARE = 0.18;
/** What the two lines of the legend cover, pixels; the prices begin below them. */
const LEGEND_HEIGHT = 46;

/** Won without decimals, wherever between two prices the library asks. */
function wholeWon(price: number): string {
  return number(Math.round(price));
}

export class ChartView {
  readonly #chart: IChartApi;
  #price: ISeriesApi<SeriesType>;
  #kind: ChartKind = 'candles';
  readonly #indicators: IndicatorLayer;
  readonly #compared: ComparedLayer;
  readonly #marks = new PriceMarks();
  readonly #shading: SessionShading;
  readonly axes: ChartAxes;
  /** The user's drawings. */
  readonly sketch: Sketch;
  #format: (price: number) => string = wholeWon;
  #tick: { readonly tick: number; readonly unit: PriceUnit } | null = null;
  readonly #volume: ISeriesApi<'Histogram'>;
  #markers: ISeriesMarkersPluginApi<Time>;
  #theme: ChartTheme;
  #bars: Bar[] = [];
  #daily = false;
  #stepMs = 60_000;
  #gone = false;
  #hovered: (bar: Bar | null) => void = () => undefined;
  #crossed: (at: { readonly ts: number; readonly price: number } | null) => void = () => undefined;
  /** Candles that changed since the last frame, by open time in order. */
  readonly #undrawn = new Map<number, Bar>();
  #drawnTs = Number.NEGATIVE_INFINITY;
  readonly #drawUndrawn = framed(() => {
    if (this.#gone) return;
    for (const bar of this.#undrawn.values()) this.#draw(bar);
    this.#undrawn.clear();
  });
  #fills: readonly FillMark[] = [];

  constructor(host: HTMLElement, theme: ChartTheme) {
    this.#theme = theme;
    this.#chart = createChart(host, {
      ...FIRST_OPTIONS,
      localization: { timeFormatter: (time: Time) => this.#crosshairText(time) },
      timeScale: {
        ...FIRST_TIME_SCALE,
        tickMarkFormatter: (time: Time, type: TickMarkType) => tickText(time, type, this.#daily),
      },
    });
    this.#price = this.#addPrice('candles');
    this.#volume = this.#chart.addSeries(
      HistogramSeries,
      {
        priceLineVisible: false,
        lastValueVisible: false,
        priceFormat: { type: 'custom', formatter: volumeShort, minMove: 1 },
      },
      1,
    );
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 0.16, bottom: 0 } });
    const [prices, volumes] = this.#chart.panes();
    prices?.setStretchFactor(1 - VOLUME_SHARE);
    volumes?.setStretchFactor(VOLUME_SHARE);
    this.#chart.timeScale().subscribeSizeChange(() => this.#makeRoom());
    this.#markers = createSeriesMarkers(this.#price, []);
    this.#indicators = new IndicatorLayer(this.#chart, {
      timeOf: chartTime,
      theme,
      format: (price) => this.#format(price),
    });
    this.#chart.subscribeCrosshairMove((event) => this.#cross(event));
    this.#compared = new ComparedLayer(this.#chart);
    this.axes = new ChartAxes({
      chart: this.#chart,
      price: () => this.#price,
      bars: () => this.#bars,
      drawn: () => this.#bars.length - this.#undrawn.size + (this.#undrawn.has(this.#drawnTs) ? 1 : 0),
      stepMs: () => this.#stepMs,
    });
    const of = { theme: () => this.#theme, places: () => this.axes.places(), plane: () => this.axes.plane() };
    this.#shading = new SessionShading(of);
    this.sketch = new Sketch(of);
    for (const layer of [this.#shading, this.sketch] satisfies IPanePrimitive[]) prices?.attachPrimitive(layer);
    this.setTheme(theme);
  }

  /** Leaves the legend its place, however low the chart is. */
  #makeRoom(): void {
    const height = this.paneHeight;
    const top = height > 0 ? Math.min(0.3, Math.max(0.1, LEGEND_HEIGHT / height)) : 0.12;
    this.#price.priceScale().applyOptions({ scaleMargins: { top, bottom: 0.08 } });
  }

  #addPrice(kind: ChartKind): ISeriesApi<SeriesType> {
    const common = {
      priceLineStyle: LineStyle.Dotted,
      priceFormat: { type: 'custom' as const, formatter: (price: number) => this.#format(price), minMove: 1 },
    };
    const chart = this.#chart;
    if (kind === 'bars') return chart.addSeries(BarSeries, { ...common, thinBars: true });
    if (kind === 'line') return chart.addSeries(LineSeries, { ...common, lineWidth: 2 });
    if (kind === 'area') return chart.addSeries(AreaSeries, { ...common, lineWidth: 2 });
    return chart.addSeries(CandlestickSeries, { ...common, borderVisible: false });
  }

  /** Draws the price in another way; everything that stands on it stays. */
  setKind(kind: ChartKind): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#markers.detach();
    const old = this.#price;
    // The new one first: a pane without a series would go.
    this.#price = this.#addPrice(kind);
    this.#marks.renew(old, this.#price, this.#theme);
    this.#chart.removeSeries(old);
    this.#price.setSeriesOrder(0);
    this.#markers = createSeriesMarkers(this.#price, []);
    this.#paintPrice();
    if (this.#tick) this.setTick(this.#tick.tick, this.#tick.unit);
    this.#redraw();
    this.setFills(this.#fills);
  }

  /** The price in the colours of the theme. */
  #paintPrice(): void {
    const { up, down, ink1, grid, ground } = this.#theme;
    if (this.#kind === 'line') this.#price.applyOptions({ color: ink1 });
    else if (this.#kind === 'area') this.#price.applyOptions({ lineColor: ink1, topColor: grid, bottomColor: ground });
    else this.#price.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down });
  }

  setIndicators(indicators: readonly ChartIndicator[]): void {
    this.#indicators.set(indicators, this.#bars);
  }

  /** What the indicators say at a bar. */
  saidAt(openTs: number | undefined): readonly IndicatorSaid[] {
    return this.#indicators.saidAt(openTs);
  }

  /** Top of a pane, pixels. */
  paneTop(pane: number): number {
    return this.#chart
      .panes()
      .slice(0, pane)
      .reduce((sum, each) => sum + each.getHeight() + 1, 0);
  }

  /** Draws other issues as lines; with one or more all is shown in percent of the first bar in view. */
  setCompared(issues: ReadonlyMap<string, readonly Bar[]>): void {
    this.#compared.set(issues, this.#theme);
  }

  /** Shades the hours outside of the regular session. */
  setSessions(on: boolean): void {
    this.#shading.set(on);
  }

  /** The chart as a picture. */
  picture(): HTMLCanvasElement {
    return this.#chart.takeScreenshot(true);
  }

  #crosshairText(time: Time): string {
    const date = kstDate(instantOf(time));
    return this.#daily ? date : `${date.slice(5)} ${kstTimeText(instantOf(time))}`;
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#chart.applyOptions(themeOptions(theme));
    this.#paintPrice();
    this.#indicators.setTheme(theme);
    this.#redraw();
    this.#marks.renew(this.#price, this.#price, theme);
    this.setFills(this.#fills);
  }

  /** Replaces the series; with `fit` the view moves to its newest end, else the bars in view stay where they are. */
  setBars(
    bars: readonly Bar[],
    options: { readonly daily: boolean; readonly stepMs: number; readonly fit: boolean },
  ): void {
    const scale = this.#chart.timeScale();
    const range = options.fit ? null : scale.getVisibleLogicalRange();
    const seen = range && this.axes.seen();
    const middle = seen && this.#bars[Math.round((seen.from + seen.to) / 2)];
    const kept = middle ? chartTime(middle.openTs) : null;
    const before = kept === null ? null : scale.timeToIndex(kept);
    this.#bars = [...bars];
    this.#daily = options.daily;
    this.#stepMs = options.stepMs;
    this.#chart.applyOptions({ timeScale: { timeVisible: !options.daily, secondsVisible: false } });
    this.#redraw();
    if (options.fit) scale.resetTimeScale();
    const after = kept === null ? null : scale.timeToIndex(kept);
    if (range && before !== null && after !== null && before !== after)
      scale.setVisibleLogicalRange({ from: range.from + after - before, to: range.to + after - before });
  }

  /** Takes the newest candle, or the next one; drawn with the next frame. */
  update(bar: Bar): void {
    const last = this.#bars[this.#bars.length - 1];
    if (last && bar.openTs < last.openTs) return;
    if (last?.openTs === bar.openTs) this.#bars[this.#bars.length - 1] = bar;
    else this.#bars.push(bar);
    this.#undrawn.set(bar.openTs, bar);
    this.#drawUndrawn();
  }

  #draw(bar: Bar): void {
    const time = chartTime(bar.openTs);
    this.#drawnTs = bar.openTs;
    // A bar of averages hangs on all before it.
    const shown = this.#kind === 'heikinAshi' ? heikinAshi(this.#bars).find((each) => each.openTs === bar.openTs) : bar;
    if (shown) this.#price.update(this.#point(shown));
    this.#volume.update({ time, value: bar.volume, color: this.#volumeColour(bar) });
    this.#indicators.update(bar);
  }

  #point(bar: Bar): Parameters<ISeriesApi<'Candlestick' | 'Line'>['update']>[0] {
    const time = chartTime(bar.openTs);
    if (this.#kind === 'line' || this.#kind === 'area') return { time, value: bar.close };
    return { time, open: bar.open, high: bar.high, low: bar.low, close: bar.close };
  }

  #volumeColour(bar: Bar): string {
    return bar.close >= bar.open ? this.#theme.upVolume : this.#theme.downVolume;
  }

  #redraw(): void {
    const bars = this.#bars;
    this.#undrawn.clear();
    this.#drawnTs = bars.at(-1)?.openTs ?? Number.NEGATIVE_INFINITY;
    const shown = this.#kind === 'heikinAshi' ? heikinAshi(bars) : bars;
    this.#price.setData(shown.map((bar) => this.#point(bar)));
    this.#volume.setData(
      bars.map((bar) => ({ time: chartTime(bar.openTs), value: bar.volume, color: this.#volumeColour(bar) })),
    );
    this.#indicators.setBars(bars);
  }

  /** The axis names prices the issue can have: `tick` is the step of its last price, won. */
  setTick(tick: number, unit: PriceUnit): void {
    this.#tick = { tick, unit };
    // The crosshair stands anywhere: it names the nearest valid price.
    this.#format = (price) => money(Math.round(price / tick) * tick, unit);
    this.#price.applyOptions({
      priceFormat: {
        type: 'custom',
        formatter: (price: number) => this.#format(price),
        // The library's own steps know nothing of ticks, so marks between two valid prices stay without a name.
        tickmarksFormatter: (prices: readonly number[]) =>
          prices.map((price) => (price % tick === 0 ? money(price, unit) : '')),
        minMove: 1,
      },
    });
  }

  /** The levels in force. */
  setMarks(marks: readonly PriceMark[]): void {
    this.#marks.set(this.#price, marks, this.#theme);
  }

  setFills(fills: readonly FillMark[]): void {
    this.#fills = fills;
    this.#markers.setMarkers(
      fills.map((fill) => ({
        time: chartTime(fill.openTs),
        position: fill.side === 'buy' ? 'belowBar' : 'aboveBar',
        shape: fill.side === 'buy' ? 'arrowUp' : 'arrowDown',
        color: fill.side === 'buy' ? this.#theme.up : this.#theme.down,
        text: number(fill.quantity),
        size: 0.8,
      })),
    );
  }

  /** Height of a price in the first pane, pixels from its top; null outside of it. */
  yOf(price: number): number | null {
    const y = this.#price.priceToCoordinate(price);
    return y === null || y < 0 || y > this.paneHeight ? null : y;
  }

  /** Which edge of the first pane a price lies beyond; null: it is in view, or nothing is drawn. */
  offOf(price: number): 'above' | 'below' | null {
    const y = this.#price.priceToCoordinate(price);
    if (y === null || this.yOf(price) !== null) return null;
    return y < 0 ? 'above' : 'below';
  }

  /** Height of the first pane, pixels. */
  get paneHeight(): number {
    return this.#chart.panes()[0]?.getHeight() ?? 0;
  }

  /** Width of the price axis, pixels. */
  get axisWidth(): number {
    return this.#chart.priceScale('right').width();
  }

  /** Top of the volume pane, pixels. */
  get volumeTop(): number {
    return this.paneHeight + 1;
  }

  /** Puts the cross on the bar of an instant and a price; null takes it away. Told to nobody. */
  pointTo(at: { readonly ts: number; readonly price: number } | null): Bar | null {
    const bar = at === null ? undefined : this.#bars[Math.max(0, barAt(this.#bars, at.ts))];
    if (at !== null && bar) this.#chart.setCrosshairPosition(at.price, chartTime(bar.openTs), this.#price);
    else this.#chart.clearCrosshairPosition();
    return bar ?? null;
  }

  /** One listener: told of the candle under the pointer, null when it leaves. */
  onHover(listener: (bar: Bar | null) => void): void {
    this.#hovered = listener;
  }

  /** One listener: told where the pointer's cross is, null when it leaves. */
  onCross(listener: (at: { readonly ts: number; readonly price: number } | null) => void): void {
    this.#crossed = listener;
  }

  #cross({ time, point, paneIndex }: MouseEventParams): void {
    const bar = time === undefined ? undefined : this.#bars[barAt(this.#bars, instantOf(time))];
    const price = point && paneIndex === 0 ? this.#price.coordinateToPrice(point.y) : null;
    this.#hovered(bar ?? null);
    this.#crossed(bar ? { ts: bar.openTs, price: Math.round(price ?? bar.close) } : null);
  }

  /** Told whenever the drawing may have moved; returns what ends that. */
  onMove(listener: () => void): () => void {
    const scale = this.#chart.timeScale();
    scale.subscribeVisibleLogicalRangeChange(listener);
    scale.subscribeSizeChange(listener);
    return () => {
      // Removing the chart has ended all of its subscriptions.
      if (this.#gone) return;
      scale.unsubscribeVisibleLogicalRangeChange(listener);
      scale.unsubscribeSizeChange(listener);
    };
  }

  destroy(): void {
    this.#gone = true;
    this.#chart.remove();
  }
}
