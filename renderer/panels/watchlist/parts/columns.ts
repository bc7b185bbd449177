/** Columns of the watchlist; prices draw themselves from the market bus. */
import type { ColDef } from 'ag-grid-community';
import { currencyOf, type Quote } from '#shared/domain/index.ts';
import type { MarketBus } from '../../../client/market-bus.ts';
import type { Translate } from '../../../text/index.ts';
import { flash, write } from '../../../ui/flash.ts';
import { changePercent, direction, UNKNOWN } from '../../../ui/format.ts';
import { issueMoney, moneyShort } from '../../../ui/money.ts';
import { liveCell } from '../../../ui/grid.tsx';

export interface WatchRow {
  readonly id: string;
  readonly name: string;
  readonly code: string;
}

type Draw = (element: HTMLElement, quote: Quote, previous: Quote | undefined) => void;

function quoteCell(bus: MarketBus, draw: Draw): ReturnType<typeof liveCell<WatchRow>> {
  return liveCell<WatchRow>({
    start(element, row) {
      let shown: Quote | undefined;
      const redraw = (): void => {
        const quote = bus.quote(row.id);
        if (quote) draw(element, quote, shown);
        else {
          write(element, UNKNOWN, 'px stale-num');
        }
        shown = quote;
      };
      redraw();
      return bus.watchQuote(row.id, redraw);
    },
  });
}

function change(quote: Quote): number | null {
  return quote.last === null ? null : quote.last - quote.base;
}

const drawPrice: Draw = (element, quote, previous) => {
  write(element, issueMoney(quote.last ?? quote.base, quote.instrumentId), `px num ${direction(change(quote))}`);
  if (previous && previous.last !== null && quote.last !== null && previous.last !== quote.last) {
    flash(element, quote.last > previous.last);
  }
};

const drawChange: Draw = (element, quote) => {
  const moved = change(quote);
  write(element, moved === null ? UNKNOWN : changePercent(moved, quote.base), `px num ${direction(moved)}`);
};

const drawValue: Draw = (element, quote) => {
  write(element, moneyShort(quote.value, currencyOf(quote.instrumentId)), 'px num mut');
};

/** `compact` leaves the traded value out. */
export function watchColumns(parts: {
  readonly bus: MarketBus;
  readonly t: Translate;
  readonly compact: boolean;
}): readonly ColDef<WatchRow>[] {
  const { bus, t } = parts;
  const figure = { cellClass: 'r', headerClass: 'r', comparator: (a: number, b: number) => a - b };
  const of = (pick: (quote: Quote) => number | null) => (params: { data: WatchRow | undefined }) => {
    const quote = params.data ? bus.quote(params.data.id) : undefined;
    return (quote ? pick(quote) : null) ?? Number.NEGATIVE_INFINITY;
  };
  const columns: ColDef<WatchRow>[] = [
    {
      colId: 'name',
      headerName: t('col.instrument'),
      field: 'name',
      flex: 1,
      minWidth: 70,
      cellClass: 'nm',
      tooltip: (params) => (params.data ? `${params.data.name} ${params.data.code}` : ''),
    },
    {
      colId: 'last',
      headerName: t('col.last'),
      width: parts.compact ? 66 : 74,
      ...figure,
      valueGetter: of((q) => q.last),
      cellRenderer: quoteCell(bus, drawPrice),
    },
    {
      colId: 'change',
      headerName: t('col.change'),
      width: parts.compact ? 62 : 68,
      ...figure,
      valueGetter: of((q) => (q.last === null ? null : (q.last - q.base) / q.base)),
      cellRenderer: quoteCell(bus, drawChange),
    },
  ];
  if (!parts.compact) {
    columns.push({
      colId: 'value',
      headerName: t('col.value'),
      width: 62,
      ...figure,
      valueGetter: of((q) => q.value),
      cellRenderer: quoteCell(bus, drawValue),
    });
  }
  return columns;
}
