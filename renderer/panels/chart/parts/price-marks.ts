/** Levels across the chart: my orders, my average price, the previous close, alerts, and the price of an order or alert being moved. */
import {
  type IPriceLine,
  type ISeriesApi,
  LineStyle,
  type PriceLineOptions,
  type SeriesType,
} from 'lightweight-charts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';

/** A level drawn across the chart, in the price unit. */
export interface PriceMark {
  readonly id: string;
  readonly price: number;
  readonly kind: 'buy' | 'sell' | 'average' | 'previousClose' | 'unconfirmed' | 'alert' | 'moving';
}

export class PriceMarks {
  readonly #lines = new Map<string, { readonly line: IPriceLine; readonly mark: PriceMark }>();

  /** The levels in force; unchanged ones are left alone. */
  set(series: ISeriesApi<SeriesType>, marks: readonly PriceMark[], theme: ChartTheme): void {
    const wanted = new Map(marks.map((mark) => [mark.id, mark]));
    for (const [id, { line, mark }] of this.#lines) {
      const next = wanted.get(id);
      if (next?.kind === mark.kind) {
        if (next.price !== mark.price) {
          line.applyOptions({ price: next.price });
          this.#lines.set(id, { line, mark: next });
        }
        continue;
      }
      series.removePriceLine(line);
      this.#lines.delete(id);
    }
    for (const mark of marks)
      if (!this.#lines.has(mark.id))
        this.#lines.set(mark.id, { mark, line: series.createPriceLine(lineOf(mark, theme)) });
  }

  /** Draws all of them anew, on a series or in colours that have changed. */
  renew(from: ISeriesApi<SeriesType>, to: ISeriesApi<SeriesType>, theme: ChartTheme): void {
    const marks = [...this.#lines.values()].map((entry) => entry.mark);
    this.set(from, [], theme);
    this.set(to, marks, theme);
  }
}

function lineOf(mark: PriceMark, theme: ChartTheme): PriceLineOptions {
  const looks = {
    buy: { color: theme.up, lineStyle: LineStyle.Dashed, axisLabelVisible: true },
    sell: { color: theme.down, lineStyle: LineStyle.Dashed, axisLabelVisible: true },
    average: { color: theme.ink1, lineStyle: LineStyle.Solid, axisLabelVisible: false },
    previousClose: { color: theme.ink4, lineStyle: LineStyle.Dotted, axisLabelVisible: false },
    unconfirmed: { color: theme.warn, lineStyle: LineStyle.Dotted, axisLabelVisible: true },
    alert: { color: theme.alert, lineStyle: LineStyle.Dashed, axisLabelVisible: true },
    moving: { color: theme.ink1, lineStyle: LineStyle.LargeDashed, axisLabelVisible: true },
  }[mark.kind];
  return {
    ...looks,
    id: mark.id,
    price: mark.price,
    lineWidth: 1,
    lineVisible: true,
    title: '',
    axisLabelColor: '',
    axisLabelTextColor: '',
  };
}
