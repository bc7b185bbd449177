/** Columns of the fills, and their totals by currency. */
import type { ColDef } from 'ag-grid-community';
import {
  type AccountCurrency,
  type PriceUnit,
  priceUnitOf,
  currencyOf,
  type Fill,
  Side,
  foreignExchangeOf,
  foreignMarketOf,
  VenueName,
} from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';
import { accountName } from '../../../client/account-scope.ts';
import { useDesk } from '../../../store/desk.ts';
import { nameOf } from '../../../store/instruments.ts';
import type { Translate } from '../../../text/index.ts';
import { dateShort, number, time } from '../../../ui/format.ts';
import { quantityText } from '../../../ui/issue-units.ts';
import { moneyColumn } from '../../../ui/money-column.ts';
import { kindText } from '../../../ui/order-words.ts';
import { choiceColumn, figureColumn, instantColumn, textColumn } from '../../../ui/table/column.ts';

/** Sums of fills in one currency, minor units. */
export interface FillTotal {
  readonly currency: AccountCurrency;
  readonly count: number;
  readonly quantity: number;
  readonly amount: number;
  readonly commission: number;
  readonly tax: number;
  readonly realised: number;
}

/** A fill, or a row of totals. */
export interface FillRow {
  readonly id: string;
  readonly fill: Fill | null;
  readonly total: FillTotal | null;
}

/** Totals by currency, won first. */
export function fillTotals(rows: readonly FillRow[]): readonly FillRow[] {
  const sums = new Map<AccountCurrency, FillTotal>();
  for (const { fill } of rows) {
    if (!fill) continue;
    const currency = currencyOf(fill.instrumentId);
    const sum = sums.get(currency);
    sums.set(currency, {
      currency,
      count: (sum?.count ?? 0) + 1,
      quantity: (sum?.quantity ?? 0) + fill.quantity,
      amount: (sum?.amount ?? 0) + valueOf(fill.instrumentId, fill.price, fill.quantity),
      commission: (sum?.commission ?? 0) + fill.commissionKrw,
      tax: (sum?.tax ?? 0) + fill.taxKrw,
      realised: (sum?.realised ?? 0) + fill.realisedKrw,
    });
  }
  return [...sums.values()]
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
    .map((total) => ({ id: `total-${total.currency}`, fill: null, total }));
}

/** Where a fill traded: its venue, and of an American issue its own exchange. */
function venueText(t: Translate, fill: Fill): string {
  const exchange = foreignExchangeOf(fill.instrumentId);
  return exchange === null ? t(`venue.${fill.venue}`) : t(`market.${foreignMarketOf(exchange)}`);
}

function totalText({ total }: FillRow, t: Translate): string {
  const [count, currency] = [number(total?.count ?? 0), total?.currency ?? 'KRW'];
  if (currency === 'KRW') return t('fills.total', { count });
  return t('fills.totalIn', { count, unit: t(`currency.${currency}`) });
}

function currency(row: FillRow): AccountCurrency {
  return row.fill ? currencyOf(row.fill.instrumentId) : (row.total?.currency ?? 'KRW');
}

/** Of a price; a row of totals has none. */
function priceUnit(row: FillRow): PriceUnit {
  return row.fill ? priceUnitOf(row.fill.instrumentId) : currency(row);
}

function kindOf(t: Translate, fill: Fill): string {
  const order = useDesk.getState().orders.get(fill.orderId);
  return order ? kindText(t, order) : '';
}

export function fillColumns(
  t: Translate,
  of: { readonly compact: boolean; readonly all: boolean; readonly language: 'ko' | 'en' },
): readonly ColDef<FillRow>[] {
  const { compact, all, language } = of;
  const amount = (
    id: string,
    header: string,
    width: number,
    pick: { readonly fill: (fill: Fill) => number | null; readonly total: (total: FillTotal) => number | null },
    more: { readonly hide?: boolean; readonly signed?: boolean; readonly unit?: (row: FillRow) => PriceUnit } = {},
  ): ColDef<FillRow> =>
    moneyColumn<FillRow>({
      id,
      header,
      width,
      unit: currency,
      ...more,
      value: (row) => (row.fill ? pick.fill(row.fill) : row.total ? pick.total(row.total) : null),
    });
  return [
    instantColumn<FillRow>({
      id: 'time',
      header: t('col.time'),
      width: 66,
      value: (row) => row.fill?.exchangeTs ?? null,
      show: time,
    }),
    textColumn<FillRow>({
      id: 'issue',
      header: t('col.instrument'),
      flex: 1,
      minWidth: 66,
      className: 'nm',
      value: (row) => (row.fill ? nameOf(row.fill.instrumentId) : totalText(row, t)),
    }),
    textColumn<FillRow>({
      id: 'account',
      header: t('col.account'),
      width: 76,
      hide: !all,
      className: 'nm',
      value: (row) => (row.fill ? accountName(row.fill.accountId) : ''),
    }),
    {
      ...choiceColumn<FillRow, Side>({
        id: 'side',
        header: t('col.side'),
        width: 40,
        value: (row) => row.fill?.side ?? null,
        show: (side) => t(`side.${side}`),
        choices: Side.options,
      }),
      cellClassRules: { 'side-b': (p) => p.data?.fill?.side === 'buy', 'side-s': (p) => p.data?.fill?.side === 'sell' },
    },
    textColumn<FillRow>({
      id: 'type',
      header: t('col.type'),
      width: 84,
      hide: compact,
      className: 'nm',
      value: (row) => (row.fill ? kindOf(t, row.fill) : ''),
    }),
    {
      ...choiceColumn<FillRow, VenueName>({
        id: 'venue',
        header: t('col.venue'),
        width: 46,
        value: (row) => row.fill?.venue ?? null,
        show: (venue) => t(`venue.${venue}`),
        choices: VenueName.options,
      }),
      valueFormatter: (p) => (p.data?.fill ? venueText(t, p.data.fill) : ''),
      cellClassRules: { nxt: (p) => p.data?.fill?.venue === 'NXT' },
    },
    amount('price', t('col.fillPrice'), 66, { fill: (fill) => fill.price, total: () => null }, { unit: priceUnit }),
    figureColumn<FillRow>({
      id: 'quantity',
      header: t('col.quantity'),
      width: 68,
      value: (row) => row.fill?.quantity ?? row.total?.quantity ?? null,
      show: (value, row) => quantityText(t, value, row.fill?.instrumentId ?? ''),
    }),
    amount(
      'amount',
      t('col.amount'),
      88,
      {
        fill: (fill) => valueOf(fill.instrumentId, fill.price, fill.quantity),
        total: (total) => total.amount,
      },
      { hide: compact },
    ),
    amount('commission', t('col.commission'), 56, {
      fill: (fill) => fill.commissionKrw,
      total: (total) => total.commission,
    }),
    amount('tax', t('col.tax'), 60, { fill: (fill) => fill.taxKrw, total: (total) => total.tax }),
    amount(
      'realised',
      t('col.realised'),
      84,
      { fill: (fill) => (fill.side === 'sell' ? fill.realisedKrw : null), total: (total) => total.realised },
      { signed: true },
    ),
    textColumn<FillRow>({
      id: 'settles',
      header: t('col.settles'),
      width: 72,
      hide: true,
      className: 'num',
      value: (row) => (row.fill ? dateShort(row.fill.settlementDate, language) : ''),
    }),
    textColumn<FillRow>({
      id: 'order',
      header: t('col.orderNo'),
      width: 84,
      hide: true,
      className: 'num',
      value: (row) => {
        if (!row.fill) return '';
        const order = useDesk.getState().orders.get(row.fill.orderId);
        return order?.brokerOrderNo ?? row.fill.orderId;
      },
    }),
  ];
}
