/** Other issues as lines over the price. */
import { type IChartApi, type ISeriesApi, LineSeries, PriceScaleMode } from 'lightweight-charts';
import type { Bar } from '../../../client/candle-feed.ts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';
import { chartTime } from './chart-time.ts';

/** Colours before this one are those of the averages. */
const FIRST_COLOUR = 3;

export class ComparedLayer {
  readonly #chart: IChartApi;
  /** Lines by issue. */
  readonly #lines = new Map<string, ISeriesApi<'Line'>>();

  constructor(chart: IChartApi) {
    this.#chart = chart;
  }

  /** With one issue or more all is shown in percent of the first bar in view. */
  set(issues: ReadonlyMap<string, readonly Bar[]>, theme: ChartTheme): void {
    for (const [id, series] of this.#lines) {
      if (issues.has(id)) continue;
      this.#chart.removeSeries(series);
      this.#lines.delete(id);
    }
    [...issues].forEach(([id, bars], at) => {
      const series =
        this.#lines.get(id) ??
        this.#chart.addSeries(LineSeries, {
          lineWidth: 1,
          priceLineVisible: false,
          lastValueVisible: true,
          crosshairMarkerVisible: false,
        });
      this.#lines.set(id, series);
      series.applyOptions({ color: theme.series[(at + FIRST_COLOUR) % theme.series.length] ?? theme.ink3 });
      series.setData(bars.map((bar) => ({ time: chartTime(bar.openTs), value: bar.close })));
    });
    this.#chart
      .priceScale('right')
      .applyOptions({ mode: issues.size > 0 ? PriceScaleMode.Percentage : PriceScaleMode.Normal });
  }
}
