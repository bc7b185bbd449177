/** The canvas: candles, volume, averages, lines and marks. Knows nothing of React. */
import {
  AreaSeries,
  BarSeries,
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  PriceScaleMode,
  type SeriesType,
  type TickMarkType,
  type Time,
} from 'lightweight-charts';
import type { AccountCurrency, ChartIndicator, ChartKind } from '#shared/domain/index.ts';
import { heikinAshi } from '#shared/strategy/indicators/index.ts';
import { kstDate, kstTimeText } from '#shared/time/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';
import { number, volumeShort } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { chartTime, instantOf, tickText } from './chart-time.ts';
import type { FillMark } from './marks.ts';
import { framed } from '../../../ui/platform.ts';
import { IndicatorLayer, type IndicatorSaid } from './indicator-layer.ts';

const VOLUME_SHARE = 0.18;

/** A level drawn across the chart; won. */
export interface PriceMark {
  readonly id: string;
  readonly price: number;
  readonly kind: 'buy' | 'sell' | 'average' | 'previousClose' | 'unconfirmed';
}

/** Won without decimals, wherever between two prices the library asks. */
function wholeWon(price: number): string {
  return number(Math.round(price));
}

export class ChartView {
  readonly #chart: IChartApi;
  #price: ISeriesApi<SeriesType>;
  #kind: ChartKind = 'candles';
  readonly #indicators: IndicatorLayer;
  /** Lines of compared issues, by issue. */
  readonly #compared = new Map<string, ISeriesApi<'Line'>>();
  #format: (price: number) => string = wholeWon;
  #tick: { readonly tick: number; readonly currency: AccountCurrency } | null = null;
  readonly #volume: ISeriesApi<'Histogram'>;
  #markers: ISeriesMarkersPluginApi<Time>;
  readonly #lines = new Map<string, { readonly line: IPriceLine; readonly mark: PriceMark }>();
  #theme: ChartTheme;
  #bars: Bar[] = [];
  #daily = false;
  #gone = false;
  /** Candles that changed since the last frame, by open time in order. */
  readonly #undrawn = new Map<number, Bar>();
  readonly #drawUndrawn = framed(() => {
    if (this.#gone) return;
    for (const bar of this.#undrawn.values()) this.#draw(bar);
    this.#undrawn.clear();
  });
  #fills: readonly FillMark[] = [];

  constructor(host: HTMLElement, theme: ChartTheme) {
    this.#theme = theme;
    this.#chart = createChart(host, {
      autoSize: true,
      layout: { attributionLogo: false, fontSize: 11, panes: { enableResize: false } },
      localization: { timeFormatter: (time: Time) => this.#crosshairText(time) },
      crosshair: { mode: CrosshairMode.Normal },
      rightPriceScale: { scaleMargins: { top: 0.12, bottom: 0.08 }, minimumWidth: 58 },
      timeScale: {
        rightOffset: 6,
        timeVisible: true,
        secondsVisible: false,
        minBarSpacing: 1.5,
        barSpacing: 8,
        tickMarkFormatter: (time: Time, type: TickMarkType) => tickText(time, type, this.#daily),
      },
      handleScale: { axisPressedMouseMove: true },
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
    this.#markers = createSeriesMarkers(this.#price, []);
    this.#indicators = new IndicatorLayer(this.#chart, {
      timeOf: chartTime,
      theme,
      format: (price) => this.#format(price),
    });
    this.setTheme(theme);
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
    const marks = [...this.#lines.values()].map((entry) => entry.mark);
    this.setMarks([]);
    this.#markers.detach();
    this.#chart.removeSeries(this.#price);
    this.#price = this.#addPrice(kind);
    this.#price.setSeriesOrder(0);
    this.#markers = createSeriesMarkers(this.#price, []);
    this.#paintPrice();
    if (this.#tick) this.setTick(this.#tick.tick, this.#tick.currency);
    this.#redraw();
    this.setMarks(marks);
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
    for (const [id, series] of this.#compared) {
      if (issues.has(id)) continue;
      this.#chart.removeSeries(series);
      this.#compared.delete(id);
    }
    [...issues].forEach(([id, bars], at) => {
      const series =
        this.#compared.get(id) ??
        this.#chart.addSeries(LineSeries, {
          lineWidth: 1,
          priceLineVisible: false,
          lastValueVisible: true,
          crosshairMarkerVisible: false,
        });
      this.#compared.set(id, series);
      series.applyOptions({ color: this.#theme.series[(at + 3) % this.#theme.series.length] ?? this.#theme.ink3 });
      series.setData(bars.map((bar) => ({ time: chartTime(bar.openTs), value: bar.close })));
    });
    this.#chart
      .priceScale('right')
      .applyOptions({ mode: issues.size > 0 ? PriceScaleMode.Percentage : PriceScaleMode.Normal });
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
    this.#chart.applyOptions({
      layout: {
        background: { color: theme.ground },
        textColor: theme.ink3,
        fontFamily: theme.font,
        panes: { separatorColor: theme.line, separatorHoverColor: theme.line },
      },
      grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
      crosshair: {
        vertLine: { color: theme.ink3, labelBackgroundColor: theme.label, style: LineStyle.Dashed },
        horzLine: { color: theme.ink3, labelBackgroundColor: theme.label, style: LineStyle.Dashed },
      },
      rightPriceScale: { borderColor: theme.line },
      timeScale: { borderColor: theme.line },
    });
    this.#paintPrice();
    this.#indicators.setTheme(theme);
    this.#redraw();
    const marks = [...this.#lines.values()].map((entry) => entry.mark);
    this.setMarks([]);
    this.setMarks(marks);
    this.setFills(this.#fills);
  }

  /** Replaces the series; the view moves to its newest end when `fit` is given. */
  setBars(bars: readonly Bar[], options: { readonly daily: boolean; readonly fit: boolean }): void {
    this.#bars = [...bars];
    this.#daily = options.daily;
    this.#chart.applyOptions({ timeScale: { timeVisible: !options.daily, secondsVisible: false } });
    this.#redraw();
    if (options.fit) this.#chart.timeScale().resetTimeScale();
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
    const shown = this.#kind === 'heikinAshi' ? heikinAshi(bars) : bars;
    this.#price.setData(shown.map((bar) => this.#point(bar)));
    this.#volume.setData(
      bars.map((bar) => ({ time: chartTime(bar.openTs), value: bar.volume, color: this.#volumeColour(bar) })),
    );
    this.#indicators.setBars(bars);
  }

  /** The axis names prices the issue can have: `tick` is the step of its last price, won. */
  setTick(tick: number, currency: AccountCurrency): void {
    this.#tick = { tick, currency };
    // The crosshair stands anywhere: it names the nearest valid price.
    this.#format = (price) => money(Math.round(price / tick) * tick, currency);
    this.#price.applyOptions({
      priceFormat: {
        type: 'custom',
        formatter: (price: number) => this.#format(price),
        // The library's own steps know nothing of ticks, so marks between two valid prices stay without a name.
        tickmarksFormatter: (prices: readonly number[]) =>
          prices.map((price) => (price % tick === 0 ? money(price, currency) : '')),
        minMove: 1,
      },
    });
  }

  /** The levels in force; unchanged ones are left alone. */
  setMarks(marks: readonly PriceMark[]): void {
    const wanted = new Map(marks.map((mark) => [mark.id, mark]));
    for (const [id, { line, mark }] of this.#lines) {
      const next = wanted.get(id);
      if (next && next.price === mark.price && next.kind === mark.kind) continue;
      this.#price.removePriceLine(line);
      this.#lines.delete(id);
    }
    for (const mark of marks) {
      if (this.#lines.has(mark.id)) continue;
      this.#lines.set(mark.id, { mark, line: this.#price.createPriceLine(this.#lineOf(mark)) });
    }
  }

  #lineOf(mark: PriceMark): Parameters<ISeriesApi<'Candlestick'>['createPriceLine']>[0] {
    const theme = this.#theme;
    const looks = {
      buy: { color: theme.up, lineStyle: LineStyle.Dashed, axisLabelVisible: true },
      sell: { color: theme.down, lineStyle: LineStyle.Dashed, axisLabelVisible: true },
      average: { color: theme.ink1, lineStyle: LineStyle.Solid, axisLabelVisible: false },
      previousClose: { color: theme.ink4, lineStyle: LineStyle.Dotted, axisLabelVisible: false },
      unconfirmed: { color: theme.warn, lineStyle: LineStyle.Dotted, axisLabelVisible: true },
    }[mark.kind];
    return { ...looks, price: mark.price, lineWidth: 1, title: '' };
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
    const height = this.#chart.panes()[0]?.getHeight() ?? 0;
    return y === null || y < 0 || y > height ? null : y;
  }

  /** Width of the price axis, pixels. */
  get axisWidth(): number {
    return this.#chart.priceScale('right').width();
  }

  /** Top of the volume pane, pixels. */
  get volumeTop(): number {
    return (this.#chart.panes()[0]?.getHeight() ?? 0) + 1;
  }

  /** Told of the candle under the pointer, null when it leaves. */
  onHover(listener: (bar: Bar | null) => void): void {
    this.#chart.subscribeCrosshairMove((event) => {
      const { logical } = event;
      listener(logical === undefined ? null : (this.#bars[Math.round(logical)] ?? null));
    });
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
