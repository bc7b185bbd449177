/** Columns of the watchlist; prices draw themselves from the market bus. */
import type { ColDef } from 'ag-grid-community';
import { currencyOf, type Position, type Quote } from '#shared/domain/index.ts';
import type { MarketBus } from '../../../client/market-bus.ts';
import type { SparkFeed } from '../../../client/spark-feed.ts';
import { valueOf } from '../../../client/valuation.ts';
import type { Translate } from '../../../text/index.ts';
import { changeCell, freshCell, sparkCell, type Freshness } from '../../../ui/cells.tsx';
import { flash, write } from '../../../ui/flash.ts';
import { changePercent, direction, number, UNKNOWN } from '../../../ui/format.ts';
import { liveCell } from '../../../ui/grid.tsx';
import { issuePrice, moneyShort, signedMoney } from '../../../ui/money.ts';
import { readable } from '../../../ui/money-column.ts';
import { figureColumn, textColumn } from '../../../ui/table/column.ts';
import type { IssueRow, WatchRow } from './rows.ts';

export interface ColumnParts {
  readonly bus: MarketBus;
  readonly sparks: SparkFeed;
  readonly t: Translate;
  readonly compact: boolean;
  /** Holdings of the account in force now, by issue. */
  readonly position: (id: string) => Position | undefined;
  /** How fresh a quote is; asked again by `ticks`. */
  readonly freshness: (quote: Quote | undefined) => Freshness;
  /** Tells every second or so; returns what ends that. */
  readonly ticks: (run: () => void) => () => void;
}

type Draw = (element: HTMLElement, quote: Quote, previous: Quote | undefined) => void;
type Cell = ReturnType<typeof liveCell<WatchRow>>;

function issueOf(row: WatchRow): IssueRow | null {
  return row.kind === 'issue' ? row : null;
}

function quoteCell(bus: MarketBus, draw: Draw): Cell {
  return liveCell<WatchRow>({
    start(element, row) {
      let shown: Quote | undefined;
      const redraw = (): void => {
        const quote = bus.quote(row.id);
        if (quote) draw(element, quote, shown);
        else write(element, UNKNOWN, 'px stale-num');
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
  write(element, issuePrice(quote.last ?? quote.base, quote.instrumentId), `px num ${direction(change(quote))}`);
  if (previous && previous.last !== null && quote.last !== null && previous.last !== quote.last) {
    flash(element, quote.last > previous.last);
  }
};

const drawRate: Draw = (element, quote) => {
  const moved = change(quote);
  write(element, moved === null ? UNKNOWN : changePercent(moved, quote.base), `px num ${direction(moved)}`);
};

const drawVolume: Draw = (element, quote) => write(element, number(quote.volume), 'px num mut');

const drawValue: Draw = (element, quote) => {
  // Of a bond the broker tells no turnover.
  const untold = quote.value === 0 && quote.volume > 0;
  write(element, untold ? UNKNOWN : moneyShort(quote.value, currencyOf(quote.instrumentId)), 'px num mut');
};

/** Figures of a holding at the last price; empty where nothing is held. */
function heldCell(parts: ColumnParts, draw: (element: HTMLElement, facts: Held) => void): Cell {
  return liveCell<WatchRow>({
    start(element, row) {
      const redraw = (): void => {
        const held = heldOf(parts, row);
        if (held) draw(element, held);
        else write(element, '', 'px num');
      };
      redraw();
      return parts.bus.watchQuote(row.id, redraw);
    },
  });
}

interface Held {
  readonly id: string;
  readonly quantity: number;
  readonly cost: number;
  /** null: no price is known. */
  readonly gain: number | null;
}

function heldOf({ position, bus }: ColumnParts, row: WatchRow): Held | null {
  const issue = issueOf(row);
  const held = issue ? position(issue.id) : undefined;
  if (!issue || !held || held.quantity === 0) return null;
  const gain = valueOf(held, bus.quote(issue.id))?.unrealisedKrw ?? null;
  return { id: issue.id, quantity: held.quantity, cost: held.costKrw, gain };
}

function freshColumn(parts: ColumnParts): ColDef<WatchRow> {
  const { bus, t } = parts;
  return {
    ...textColumn<WatchRow>({
      id: 'fresh',
      header: t('watch.col.fresh'),
      width: 70,
      hide: true,
      value: (row) => (issueOf(row) ? parts.freshness(bus.quote(row.id)).text : ''),
    }),
    cellRenderer: freshCell<WatchRow>({
      read: (row) => parts.freshness(bus.quote(row.id)),
      watch: (row, changed) => {
        const stops = [bus.watchQuote(row.id, changed), parts.ticks(changed)];
        return () => stops.forEach((stop) => stop());
      },
    }),
  };
}

/** Columns that say what the user holds. */
function heldColumns(parts: ColumnParts): readonly ColDef<WatchRow>[] {
  const { t } = parts;
  const rate = ({ cost, gain }: Held): number | null => (gain === null || cost === 0 ? null : gain / cost);
  return [
    {
      ...figureColumn<WatchRow>({
        id: 'held',
        header: t('watch.col.held'),
        width: 60,
        hide: true,
        value: (row) => heldOf(parts, row)?.quantity ?? null,
        show: (value) => number(value),
      }),
      cellRenderer: heldCell(parts, (element, held) => write(element, number(held.quantity), 'px num')),
    },
    {
      ...figureColumn<WatchRow>({
        id: 'gain',
        header: t('watch.col.gain'),
        width: 90,
        hide: true,
        value: (row) => heldOf(parts, row)?.gain ?? null,
        show: (value, row) => signedMoney(value, currencyOf(row.id)),
        out: (value, row) => readable(value, currencyOf(row.id)),
      }),
      cellRenderer: heldCell(parts, (element, { id, gain }) =>
        write(element, gain === null ? UNKNOWN : signedMoney(gain, currencyOf(id)), `px num ${direction(gain)}`),
      ),
    },
    {
      ...figureColumn<WatchRow>({
        id: 'gainRate',
        header: t('watch.col.gainRate'),
        width: 68,
        hide: true,
        value: (row) => {
          const held = heldOf(parts, row);
          return held && rate(held);
        },
        show: (value) => changePercent(value, 1),
      }),
      cellRenderer: heldCell(parts, (element, held) =>
        write(
          element,
          held.gain === null || held.cost === 0 ? UNKNOWN : changePercent(held.gain, held.cost),
          `px num ${direction(held.gain)}`,
        ),
      ),
    },
  ];
}

/** All columns; a narrow window begins with few, and the user may show any. */
export function watchColumns(parts: ColumnParts): readonly ColDef<WatchRow>[] {
  const { bus, t, compact, sparks } = parts;
  const figure = (
    spec: Pick<Parameters<typeof figureColumn<WatchRow>>[0], 'id' | 'header' | 'width' | 'show' | 'hide'>,
    pick: (quote: Quote) => number | null,
    renderer: unknown,
  ): ColDef<WatchRow> => ({
    ...figureColumn<WatchRow>({
      ...spec,
      value: (row) => {
        const quote = issueOf(row) ? bus.quote(row.id) : undefined;
        return quote ? pick(quote) : null;
      },
    }),
    cellRenderer: renderer,
  });
  return [
    {
      ...textColumn<WatchRow>({
        id: 'name',
        header: t('col.instrument'),
        flex: 1,
        minWidth: 70,
        // In a wide panel the figures stay beside the name.
        maxWidth: 320,
        className: 'nm',
        value: (row) => row.name,
        tip: (row) => (row.kind === 'issue' ? `${row.name} ${row.code}` : row.name),
      }),
    },
    {
      colId: 'spark',
      headerName: t('watch.col.spark'),
      width: 68,
      sortable: false,
      hide: compact,
      context: { tool: false, out: () => null },
      cellClass: 'spc',
      cellRenderer: sparkCell<WatchRow>({
        read: (row) => {
          const base = bus.quote(row.id)?.base;
          const values = sparks.values(row.id);
          return values.length < 2 ? null : { values, ...(base === undefined ? {} : { base }) };
        },
        watch: (row, changed) => sparks.watch(row.id, changed),
      }),
    },
    figure(
      {
        id: 'last',
        header: t('col.last'),
        width: compact ? 66 : 74,
        show: (value, row) => issuePrice(value, row.id),
      },
      (q) => q.last,
      quoteCell(bus, drawPrice),
    ),
    figure(
      {
        id: 'diff',
        header: t('watch.col.diff'),
        width: 76,
        hide: true,
        show: (value, row) => issuePrice(value, row.id),
      },
      change,
      changeCell<WatchRow>({
        read: (row) => {
          const quote = bus.quote(row.id);
          const moved = quote ? change(quote) : null;
          return moved === null ? null : { change: moved, text: issuePrice(Math.abs(moved), row.id) };
        },
        watch: (row, changed) => bus.watchQuote(row.id, changed),
      }),
    ),
    figure(
      { id: 'change', header: t('col.change'), width: compact ? 62 : 68, show: (value) => changePercent(value, 1) },
      (q) => (q.last === null ? null : (q.last - q.base) / q.base),
      quoteCell(bus, drawRate),
    ),
    figure(
      { id: 'volume', header: t('watch.col.volume'), width: 82, hide: true, show: (value) => number(value) },
      (q) => q.volume,
      quoteCell(bus, drawVolume),
    ),
    figure(
      {
        id: 'value',
        header: t('col.value'),
        width: 62,
        hide: true,
        show: (value, row) => moneyShort(value, currencyOf(row.id)),
      },
      (q) => q.value,
      quoteCell(bus, drawValue),
    ),
    ...heldColumns(parts),
    freshColumn(parts),
  ];
}
