/** Draws indicators over the candles and in panes below them; one update a series and bar. */
import {
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  LineType,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { ChartIndicator } from '#shared/domain/index.ts';
import {
  type Indicator,
  indicatorOf,
  type IndicatorRun,
  type IndicatorValues,
  paramsOf,
} from '#shared/strategy/indicators/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';

/** Panes of the price and of the volume lie above those of indicators. */
const FIRST_PANE = 2;
/** Height of a pane of an indicator, of the price's. */
const PANE_SHARE = 0.24;

interface Drawn {
  readonly indicator: Indicator;
  readonly params: readonly number[];
  readonly series: readonly ISeriesApi<'Line' | 'Histogram'>[];
  /** Places of its colours, from 0. */
  readonly colours: readonly number[];
  run: IndicatorRun;
  /** Values by open time, for the legend. */
  readonly values: Map<number, IndicatorValues>;
}

/** What the legend says of an indicator at a bar. */
export interface IndicatorSaid {
  readonly key: string;
  readonly name: string;
  readonly parts: readonly { readonly label: string; readonly value: number | null; readonly colour: number }[];
  /** Number of its pane from the top; 0 is the price's. */
  readonly pane: number;
}

export class IndicatorLayer {
  readonly #chart: IChartApi;
  readonly #timeOf: (openTs: number) => UTCTimestamp;
  readonly #format: (price: number) => string;
  #theme: ChartTheme;
  #drawn: Drawn[] = [];
  #lastTs = Number.NEGATIVE_INFINITY;

  constructor(
    chart: IChartApi,
    of: {
      readonly timeOf: (openTs: number) => UTCTimestamp;
      readonly theme: ChartTheme;
      readonly format: (price: number) => string;
    },
  ) {
    this.#chart = chart;
    this.#timeOf = of.timeOf;
    this.#theme = of.theme;
    this.#format = of.format;
  }

  /** Puts other indicators in force; those that this version does not have are left out. */
  set(wanted: readonly ChartIndicator[], bars: readonly Bar[]): void {
    for (const { series } of this.#drawn) for (const each of series) this.#chart.removeSeries(each);
    this.#drawn = [];
    let pane = FIRST_PANE;
    let colour = 0;
    for (const { id, params } of wanted) {
      const indicator = indicatorOf(id);
      if (!indicator) continue;
      const place = indicator.pane === 'price' ? 0 : pane;
      if (indicator.pane === 'own') pane += 1;
      // Bands share the colour of their middle.
      const colours = indicator.outputs.map((_, at) =>
        indicator.id === 'bollinger' || indicator.id === 'envelope' ? colour : colour + at,
      );
      colour = (colours.at(-1) ?? colour) + 1;
      const given = paramsOf(indicator, params);
      const series = indicator.outputs.map(({ draws }, at) =>
        this.#newSeries(indicator, draws, place, { colour: colours[at] ?? 0, first: at === 0 }),
      );
      this.#drawn.push({ indicator, params: given, series, colours, run: indicator.run(given), values: new Map() });
    }
    for (let at = FIRST_PANE; at < pane; at += 1) this.#chart.panes()[at]?.setStretchFactor(PANE_SHARE);
    this.setBars(bars);
  }

  #colour(place: number): string {
    const { series, ink3 } = this.#theme;
    return series[place % Math.max(1, series.length)] ?? ink3;
  }

  #newSeries(
    indicator: Indicator,
    draws: 'line' | 'histogram' | 'dots',
    pane: number,
    of: { readonly colour: number; readonly first: boolean },
  ): ISeriesApi<'Line' | 'Histogram'> {
    const plain = {
      priceLineVisible: false,
      lastValueVisible: false,
      ...(pane === 0 ? { priceFormat: { type: 'custom' as const, formatter: this.#format, minMove: 1 } } : {}),
    };
    if (draws === 'histogram') return this.#chart.addSeries(HistogramSeries, plain, pane);
    const line = this.#chart.addSeries(
      LineSeries,
      {
        ...plain,
        color: this.#colour(of.colour),
        lineWidth: 1,
        crosshairMarkerVisible: false,
        ...(draws === 'dots'
          ? { lineVisible: false, pointMarkersVisible: true, pointMarkersRadius: 1.5, lineType: LineType.Simple }
          : {}),
      },
      pane,
    );
    if (of.first) {
      for (const price of indicator.levels ?? [])
        line.createPriceLine({
          price,
          color: this.#theme.line,
          lineWidth: 1,
          lineStyle: LineStyle.Dashed,
          axisLabelVisible: false,
          title: '',
        });
    }
    return line;
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    for (const { series, colours } of this.#drawn)
      series.forEach((each, at) => each.applyOptions({ color: this.#colour(colours[at] ?? 0) }));
  }

  /** Draws all bars anew. */
  setBars(bars: readonly Bar[]): void {
    this.#lastTs = bars.at(-1)?.openTs ?? Number.NEGATIVE_INFINITY;
    for (const drawn of this.#drawn) {
      drawn.run = drawn.indicator.run(drawn.params);
      drawn.values.clear();
      for (const bar of bars) drawn.values.set(bar.openTs, drawn.run.push(bar));
      drawn.series.forEach((series, at) => {
        series.setData(
          [...drawn.values].flatMap(([openTs, values]) => {
            const value = values[at];
            return value === null || value === undefined
              ? []
              : [{ time: this.#timeOf(openTs), value, ...this.#shade(drawn, at, value) }];
          }),
        );
      });
    }
  }

  /** Takes the newest bar again, or the next one. */
  update(bar: Bar): void {
    const same = bar.openTs === this.#lastTs;
    if (bar.openTs < this.#lastTs) return;
    this.#lastTs = bar.openTs;
    for (const drawn of this.#drawn) {
      if (same) drawn.run.undo();
      const values = drawn.run.push(bar);
      drawn.values.set(bar.openTs, values);
      values.forEach((value, at) => {
        if (value !== null)
          drawn.series[at]?.update({ time: this.#timeOf(bar.openTs), value, ...this.#shade(drawn, at, value) });
      });
    }
  }

  #shade({ indicator }: Drawn, at: number, value: number): { readonly color?: string } {
    if (indicator.outputs[at]?.draws !== 'histogram') return {};
    return { color: value >= 0 ? this.#theme.upVolume : this.#theme.downVolume };
  }

  /** What each indicator says at a bar. */
  saidAt(openTs: number | undefined): readonly IndicatorSaid[] {
    let pane = FIRST_PANE;
    return this.#drawn.map(({ indicator, params, values, colours }, nth) => {
      const place = indicator.pane === 'price' ? 0 : pane;
      if (indicator.pane === 'own') pane += 1;
      const found = openTs === undefined ? undefined : values.get(openTs);
      return {
        key: `${nth}-${indicator.id}`,
        name: params.length === 0 ? indicator.short : `${indicator.short} ${params.join(' ')}`,
        parts: indicator.outputs.map(({ label }, at) => ({
          label,
          value: found?.[at] ?? null,
          colour: (colours[at] ?? 0) % 6,
        })),
        pane: place,
      };
    });
  }
}
