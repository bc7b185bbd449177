/** Pixels of the price pane, and the instants and prices that they stand for. */
import type { IChartApi, ISeriesApi, Logical, SeriesType } from 'lightweight-charts';
import type { Bar } from '../../../client/candle-feed.ts';
import { chartTime } from './chart-time.ts';
import type { Plane } from './drawing/geometry.ts';
import { barTsOfX, type Places, placesWithin, tsOfX, xOfTs } from './drawing/places.ts';

export interface AxesParts {
  readonly chart: IChartApi;
  readonly price: () => ISeriesApi<SeriesType>;
  readonly bars: () => readonly Bar[];
  /** Bars that are drawn already: one that is not has no pixels. */
  readonly drawn: () => number;
  /** Length of a bar, milliseconds. */
  readonly stepMs: () => number;
}

export class ChartAxes {
  readonly #parts: AxesParts;

  constructor(parts: AxesParts) {
    this.#parts = parts;
  }

  /** The bars as places of instants. */
  places(): Places {
    const scale = this.#parts.chart.timeScale();
    const bars = this.#parts.bars();
    return {
      count: this.#parts.drawn(),
      tsAt: (place) => bars[place]?.openTs ?? Number.NaN,
      xAt: (place) => scale.timeToCoordinate(chartTime(bars[place]?.openTs ?? 0)) ?? Number.NaN,
      spacing: scale.options().barSpacing,
      stepMs: this.#parts.stepMs(),
    };
  }

  /** null while there are no bars. */
  plane(): Plane | null {
    const { chart } = this.#parts;
    const price = this.#parts.price();
    const places = this.places();
    const last = this.#parts.bars()[places.count - 1];
    if (!last || price.priceToCoordinate(last.close) === null) return null;
    return {
      width: chart.timeScale().width(),
      height: chart.panes()[0]?.getHeight() ?? 0,
      spacing: places.spacing,
      xOf: (ts) => xOfTs(places, ts),
      yOf: (value) => price.priceToCoordinate(value) ?? Number.NaN,
      tsOf: (x) => tsOfX(places, x),
      barTsOf: (x) => barTsOfX(places, x),
      priceOf: (y) => Math.round(price.coordinateToPrice(y) ?? Number.NaN),
    };
  }

  /** Places of the bars in view, from 0; null where none is. */
  seen(): { readonly from: number; readonly to: number } | null {
    return placesWithin(this.places(), this.#parts.chart.timeScale().width());
  }

  /** Bars from one instant to another, counted along the axis. */
  barsBetween(fromTs: number, toTs: number): number {
    const places = this.places();
    return Math.round(Math.abs(xOfTs(places, toTs) - xOfTs(places, fromTs)) / places.spacing);
  }

  /** The instants at both edges; null without bars. */
  times(): { readonly fromTs: number; readonly toTs: number } | null {
    const places = this.places();
    if (places.count === 0) return null;
    return { fromTs: tsOfX(places, 0), toTs: tsOfX(places, this.#parts.chart.timeScale().width()) };
  }

  /** Shows a stretch of time, as far as there are bars. */
  showTimes({ fromTs, toTs }: { readonly fromTs: number; readonly toTs: number }): void {
    const places = this.places();
    const scale = this.#parts.chart.timeScale();
    const zero = scale.logicalToCoordinate(0 as Logical);
    if (places.count === 0 || zero === null || !(fromTs < toTs)) return;
    const at = (ts: number): number => (xOfTs(places, ts) - zero) / places.spacing;
    scale.setVisibleLogicalRange({ from: at(fromTs), to: at(toTs) });
  }
}
