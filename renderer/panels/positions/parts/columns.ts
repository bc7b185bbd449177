/** Columns of the holdings: their figures come with the rows, so that they sort, filter and export. */
import type { ColDef, ICellRendererParams } from 'ag-grid-community';
import type { FunctionComponent } from 'react';
import { type AccountCurrency, currencyOf, type Position, type PriceUnit, priceUnitOf } from '#shared/domain/index.ts';
import { accountName } from '../../../client/account-scope.ts';
import { averageCost, countsGainOnly, type Mark, markPrice, type Marks, valueOf } from '../../../client/valuation.ts';
import { nameOf } from '../../../store/instruments.ts';
import type { Translate } from '../../../text/index.ts';
import { changePercent, direction, share, UNKNOWN } from '../../../ui/format.ts';
import { heldText, quantityText } from '../../../ui/issue-units.ts';
import { moneyColumn } from '../../../ui/money-column.ts';
import { figureColumn, textColumn, toolColumn } from '../../../ui/table/column.ts';

/** Figures of a holding at a moment, or of all holdings in one currency. Minor units. */
export interface HoldingRow {
  readonly id: string;
  /** null: a row of totals. */
  readonly position: Position | null;
  /** Holdings that a row of totals counts. */
  readonly count: number;
  readonly currency: AccountCurrency;
  readonly mark: Mark | null;
  readonly costKrw: number;
  /** null: no price is known. */
  readonly valueKrw: number | null;
  readonly unrealisedKrw: number | null;
  /** Net assets that the weight is a share of; null: not known. */
  readonly wholeKrw: number | null;
}

/** The row of a holding at its mark. */
export function holdingRow(position: Position, mark: Mark | undefined, wholeKrw: number | null): HoldingRow {
  const value = valueOf(position, mark);
  return {
    id: `${position.accountId}|${position.instrumentId}`,
    position,
    count: 1,
    currency: currencyOf(position.instrumentId),
    mark: mark ?? null,
    costKrw: position.costKrw,
    valueKrw: value?.valueKrw ?? null,
    unrealisedKrw: value?.unrealisedKrw ?? null,
    wholeKrw,
  };
}

/** Totals by currency, won first; what has no price counts at cost. */
export function holdingTotals(rows: readonly HoldingRow[]): readonly HoldingRow[] {
  const sums = new Map<AccountCurrency, HoldingRow>();
  for (const row of rows) {
    const sum = sums.get(row.currency);
    // Nothing was paid for a future: it adds its gain.
    const isFuture = row.position !== null && countsGainOnly(row.position.instrumentId);
    const worth = isFuture ? (row.unrealisedKrw ?? 0) : (row.valueKrw ?? row.costKrw);
    const valueKrw = (sum?.valueKrw ?? 0) + worth;
    const costKrw = (sum?.costKrw ?? 0) + (isFuture ? 0 : row.costKrw);
    sums.set(row.currency, {
      id: `total-${row.currency}`,
      position: null,
      count: (sum?.count ?? 0) + 1,
      currency: row.currency,
      mark: null,
      costKrw,
      valueKrw,
      unrealisedKrw: valueKrw - costKrw,
      wholeKrw: row.wholeKrw,
    });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Rows of holdings, the same object where nothing has changed. */
export function holdingRows(
  positions: readonly Position[],
  marks: Marks,
  wholeOf: (accountId: string) => number | null,
  before: ReadonlyMap<string, HoldingRow>,
): readonly HoldingRow[] {
  return positions.map((position) => {
    const row = holdingRow(position, marks(position.instrumentId), wholeOf(position.accountId));
    const was = before.get(row.id);
    const same =
      was?.position === row.position &&
      was.valueKrw === row.valueKrw &&
      was.mark?.base === row.mark?.base &&
      was.wholeKrw === row.wholeKrw;
    return same ? was : row;
  });
}

/** Return of a holding in percent; null where it is not known. */
function returnOf(row: HoldingRow): number | null {
  // Of what was sold the cost is below zero: what was got for it is what a gain is measured by.
  return row.unrealisedKrw === null || row.costKrw === 0 ? null : (row.unrealisedKrw * 100) / Math.abs(row.costKrw);
}

function weightOf(row: HoldingRow): number | null {
  const isFuture = row.position !== null && countsGainOnly(row.position.instrumentId);
  return isFuture || row.valueKrw === null || row.wholeKrw === null || row.wholeKrw <= 0
    ? null
    : (row.valueKrw * 100) / row.wholeKrw;
}

export function holdingColumns(parts: {
  readonly t: Translate;
  readonly compact: boolean;
  /** The panel has no room for all of them: what was paid and the weight wait in the list of columns. */
  readonly narrow: boolean;
  /** Nothing can be written from here. */
  readonly looksOnly: boolean;
  readonly all: boolean;
  readonly CloseCell: FunctionComponent<ICellRendererParams<HoldingRow>>;
}): readonly ColDef<HoldingRow>[] {
  const { t, compact, narrow, looksOnly, all } = parts;
  const currency = (row: HoldingRow): AccountCurrency => row.currency;
  const priceUnit = (row: HoldingRow): PriceUnit =>
    row.position ? priceUnitOf(row.position.instrumentId) : row.currency;
  const unknown = (column: ColDef<HoldingRow>): ColDef<HoldingRow> => {
    const { valueFormatter } = column;
    if (typeof valueFormatter !== 'function') return column;
    return { ...column, valueFormatter: (p) => (p.value === null ? UNKNOWN : valueFormatter(p)) };
  };
  return [
    textColumn<HoldingRow>({
      id: 'issue',
      header: t('col.instrument'),
      flex: 1,
      minWidth: 76,
      className: 'nm',
      value: (row) =>
        row.position
          ? nameOf(row.position.instrumentId)
          : row.currency === 'KRW'
            ? t('positions.total', { count: row.count })
            : t('positions.totalIn', { count: row.count, unit: t(`currency.${row.currency}`) }),
    }),
    textColumn<HoldingRow>({
      id: 'account',
      header: t('col.account'),
      width: 76,
      hide: !all,
      className: 'nm',
      value: (row) => (row.position ? accountName(row.position.accountId) : ''),
    }),
    figureColumn<HoldingRow>({
      id: 'quantity',
      header: t('col.quantity'),
      width: 48,
      value: (row) => row.position?.quantity ?? null,
      show: (value, row) => heldText(t, value, row.position?.instrumentId ?? ''),
    }),
    figureColumn<HoldingRow>({
      id: 'sellable',
      header: t('col.sellable'),
      width: 58,
      hide: true,
      value: (row) => row.position?.sellable ?? null,
      show: (value, row) => quantityText(t, value, row.position?.instrumentId ?? ''),
    }),
    moneyColumn<HoldingRow>({
      id: 'average',
      header: t('col.bought'),
      width: 66,
      hide: narrow,
      value: (row) => (row.position ? averageCost(row.position) : null),
      unit: priceUnit,
    }),
    {
      ...moneyColumn<HoldingRow>({
        id: 'last',
        header: t('col.last'),
        width: 82,
        // A row of totals has no price; what it is all worth stands in its place.
        value: (row) => (row.position ? row.mark && markPrice(row.mark) : row.valueKrw),
        unit: priceUnit,
      }),
      cellClassRules: toneRules((row) => (row.mark ? direction(markPrice(row.mark) - row.mark.base) : 'f')),
    },
    moneyColumn<HoldingRow>({
      id: 'cost',
      header: t('col.cost'),
      width: 86,
      hide: true,
      value: (row) => row.costKrw,
      unit: currency,
    }),
    unknown(
      moneyColumn<HoldingRow>({
        id: 'value',
        header: t('col.worth'),
        width: 86,
        hide: true,
        value: (row) => row.valueKrw,
        unit: currency,
      }),
    ),
    unknown(
      moneyColumn<HoldingRow>({
        id: 'unrealised',
        header: t('col.unrealised'),
        width: 76,
        value: (row) => row.unrealisedKrw,
        unit: currency,
        signed: true,
      }),
    ),
    unknown(
      figureColumn<HoldingRow>({
        id: 'return',
        header: t('col.return'),
        // The last column of all has a wider edge.
        width: looksOnly ? 66 : 58,
        value: returnOf,
        show: (_value, row) => changePercent(row.unrealisedKrw ?? 0, Math.abs(row.costKrw)),
        out: (value) => Math.round(value * 100) / 100,
        tone: (row) => direction(row.unrealisedKrw),
      }),
    ),
    unknown(
      figureColumn<HoldingRow>({
        id: 'weight',
        header: t('col.weight'),
        width: 50,
        hide: compact || narrow,
        value: weightOf,
        show: (_value, row) => share(row.valueKrw ?? 0, row.wholeKrw ?? 0),
        out: (value) => Math.round(value * 10) / 10,
      }),
    ),
    toolColumn<HoldingRow>({
      id: 'act',
      header: t('col.act'),
      width: 52,
      hide: looksOnly,
      cellRenderer: parts.CloseCell,
    }),
  ];
}

function toneRules(tone: (row: HoldingRow) => 'u' | 'd' | 'f'): NonNullable<ColDef<HoldingRow>['cellClassRules']> {
  return {
    u: (p) => p.data !== undefined && tone(p.data) === 'u',
    d: (p) => p.data !== undefined && tone(p.data) === 'd',
  };
}
