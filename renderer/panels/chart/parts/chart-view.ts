/** The canvas: candles, volume, averages, lines and marks. Knows nothing of React. */
import {
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
  type Time,
  TickMarkType,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { AccountCurrency } from '#shared/domain/index.ts';
import { type EpochMs, epochMs, kstDate, kstTimeText } from '#shared/time/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';
import { number, timeShort, volumeShort } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { barAt, type FillMark } from './marks.ts';
import { framed } from '../../../ui/platform.ts';
import { lastAverage, movingAverage } from './moving-average.ts';

export const PERIODS = [5, 20, 60] as const;
/** The library reads times as UTC; shifted, its axis shows Korean time. */
const KST_SHIFT_S = 9 * 3_600;
const VOLUME_SHARE = 0.18;

/** A level drawn across the chart; won. */
export interface PriceMark {
  readonly id: string;
  readonly price: number;
  readonly kind: 'buy' | 'sell' | 'average' | 'previousClose' | 'unconfirmed';
}

function chartTime(openTs: number): UTCTimestamp {
  return (openTs / 1_000 + KST_SHIFT_S) as UTCTimestamp;
}

function instantOf(time: Time): EpochMs {
  return epochMs((Number(time) - KST_SHIFT_S) * 1_000);
}

function tickText(time: Time, type: TickMarkType, daily: boolean): string {
  const at = instantOf(time);
  if (type === TickMarkType.Year && daily) return kstDate(at).slice(0, 4);
  if (type === TickMarkType.Year || type === TickMarkType.Month || type === TickMarkType.DayOfMonth)
    return kstDate(at).slice(5);
  return type === TickMarkType.TimeWithSeconds ? kstTimeText(at) : timeShort(at);
}

/** Won without decimals, wherever between two prices the library asks. */
function wholeWon(price: number): string {
  return number(Math.round(price));
}

export class ChartView {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #averages: readonly ISeriesApi<'Line'>[];
  readonly #markers: ISeriesMarkersPluginApi<Time>;
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
  #averagesShown = true;
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
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      borderVisible: false,
      priceLineStyle: LineStyle.Dotted,
      priceFormat: { type: 'custom', formatter: wholeWon, minMove: 1 },
    });
    this.#averages = PERIODS.map(() =>
      this.#chart.addSeries(LineSeries, {
        lineWidth: 1,
        priceLineVisible: false,
        lastValueVisible: false,
        crosshairMarkerVisible: false,
      }),
    );
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
    this.#markers = createSeriesMarkers(this.#candles, []);
    this.setTheme(theme);
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
    this.#candles.applyOptions({
      upColor: theme.up,
      downColor: theme.down,
      wickUpColor: theme.up,
      wickDownColor: theme.down,
    });
    this.#averages.forEach((series, at) => series.applyOptions({ color: theme.series[at] ?? theme.ink3 }));
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
    this.#candles.update({ time, open: bar.open, high: bar.high, low: bar.low, close: bar.close });
    this.#volume.update({ time, value: bar.volume, color: this.#volumeColour(bar) });
    if (!this.#averagesShown) return;
    const until = barAt(this.#bars, bar.openTs) + 1;
    const closes = this.#bars.slice(Math.max(0, until - Math.max(...PERIODS)), until).map((entry) => entry.close);
    this.#averages.forEach((series, at) => {
      const value = lastAverage(closes, PERIODS[at] ?? 1);
      if (value !== null) series.update({ time, value });
    });
  }

  #volumeColour(bar: Bar): string {
    return bar.close >= bar.open ? this.#theme.upVolume : this.#theme.downVolume;
  }

  #redraw(): void {
    const bars = this.#bars;
    this.#undrawn.clear();
    this.#candles.setData(
      bars.map((bar) => ({
        time: chartTime(bar.openTs),
        open: bar.open,
        high: bar.high,
        low: bar.low,
        close: bar.close,
      })),
    );
    this.#volume.setData(
      bars.map((bar) => ({ time: chartTime(bar.openTs), value: bar.volume, color: this.#volumeColour(bar) })),
    );
    const closes = bars.map((bar) => bar.close);
    this.#averages.forEach((series, at) => {
      const values = this.#averagesShown ? movingAverage(closes, PERIODS[at] ?? 1) : [];
      series.setData(
        values.flatMap((value, index) => {
          const bar = bars[index];
          return value === null || !bar ? [] : [{ time: chartTime(bar.openTs), value }];
        }),
      );
    });
  }

  /** The axis names prices the issue can have: `tick` is the step of its last price, won. */
  setTick(tick: number, currency: AccountCurrency): void {
    this.#candles.applyOptions({
      priceFormat: {
        type: 'custom',
        // The crosshair stands anywhere: it names the nearest valid price.
        formatter: (price: number) => money(Math.round(price / tick) * tick, currency),
        // The library's own steps know nothing of ticks, so marks between two valid prices stay without a name.
        tickmarksFormatter: (prices: readonly number[]) =>
          prices.map((price) => (price % tick === 0 ? money(price, currency) : '')),
        minMove: 1,
      },
    });
  }

  showAverages(shown: boolean): void {
    if (shown === this.#averagesShown) return;
    this.#averagesShown = shown;
    this.#redraw();
  }

  /** The levels in force; unchanged ones are left alone. */
  setMarks(marks: readonly PriceMark[]): void {
    const wanted = new Map(marks.map((mark) => [mark.id, mark]));
    for (const [id, { line, mark }] of this.#lines) {
      const next = wanted.get(id);
      if (next && next.price === mark.price && next.kind === mark.kind) continue;
      this.#candles.removePriceLine(line);
      this.#lines.delete(id);
    }
    for (const mark of marks) {
      if (this.#lines.has(mark.id)) continue;
      this.#lines.set(mark.id, { mark, line: this.#candles.createPriceLine(this.#lineOf(mark)) });
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
    const y = this.#candles.priceToCoordinate(price);
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
