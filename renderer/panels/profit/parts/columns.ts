/** Columns of the statements: by day, by issue, of a settlement, by currency. What was not told is a dash, never 0. */
import type { ColDef } from 'ag-grid-community';
import type {
  AccountCurrency,
  CurrencyFunds,
  ProfitDay,
  ProfitFigures,
  ProfitIssue,
  Settlement,
} from '#shared/domain/index.ts';
import { FOREIGN_DIGITS, FOREIGN_ONE, decimalText } from '#shared/num/index.ts';
import type { Translate } from '../../../text/index.ts';
import { number, ppbPercent, UNKNOWN } from '../../../ui/format.ts';
import { moneyColumn } from '../../../ui/money-column.ts';
import { figureColumn, textColumn } from '../../../ui/table/column.ts';

/** A figure that may not have been told. */
function told<Row>(column: ColDef<Row>): ColDef<Row> {
  const { valueFormatter } = column;
  if (typeof valueFormatter !== 'function') return column;
  return { ...column, valueFormatter: (p) => (p.data && p.value === null ? UNKNOWN : valueFormatter(p)) };
}

const count = (value: number): string => number(value);

function figures<Row extends ProfitFigures>(t: Translate, currency: AccountCurrency): readonly ColDef<Row>[] {
  const money = (
    id: string,
    header: string,
    value: (row: Row) => number | null,
    more: { readonly signed?: boolean; readonly hide?: boolean } = {},
  ): ColDef<Row> => told(moneyColumn<Row>({ id, header, width: 92, value, unit: () => currency, ...more }));
  const quantity = (id: string, header: string, value: (row: Row) => number | null): ColDef<Row> =>
    told(figureColumn<Row>({ id, header, width: 68, value, show: count, hide: true }));
  return [
    quantity('boughtQty', t('profit.boughtQty'), (row) => row.boughtQty),
    money('bought', t('profit.bought'), (row) => row.boughtKrw),
    quantity('soldQty', t('profit.soldQty'), (row) => row.soldQty),
    money('sold', t('profit.sold'), (row) => row.soldKrw),
    money('realised', t('profit.realised'), (row) => row.realisedKrw, { signed: true }),
    told(
      figureColumn<Row>({
        id: 'return',
        header: t('profit.return'),
        width: 66,
        value: (row) => row.returnPpb,
        show: (value) => ppbPercent(value),
        out: (value) => value / 10_000_000,
      }),
    ),
    money('commission', t('profit.commission'), (row) => row.commissionKrw),
    money('tax', t('profit.tax'), (row) => row.taxKrw),
    money('interest', t('profit.interest'), (row) => row.interestKrw, { hide: true }),
  ];
}

const dateOf = <Row extends { readonly date: string }>(t: Translate): ColDef<Row> =>
  textColumn<Row>({ id: 'date', header: t('col.date'), width: 84, className: 'num', value: (row) => row.date });

export function dayColumns(t: Translate, currency: AccountCurrency): readonly ColDef<ProfitDay>[] {
  return [dateOf<ProfitDay>(t), ...figures<ProfitDay>(t, currency)];
}

/** A row of an issue; the same issue may stand there twice on one day, in cash and on credit. */
export interface IssueRow extends ProfitIssue {
  readonly key: string;
}

export function issueColumns(t: Translate, currency: AccountCurrency): readonly ColDef<IssueRow>[] {
  return [
    dateOf<IssueRow>(t),
    textColumn<IssueRow>({
      id: 'issue',
      header: t('col.instrument'),
      flex: 1,
      minWidth: 90,
      className: 'nm',
      value: (row) => row.name || row.code,
      tip: (row) => row.code,
    }),
    textColumn<IssueRow>({ id: 'kind', header: t('profit.kind'), width: 56, value: (row) => row.kind }),
    textColumn<IssueRow>({
      id: 'loan',
      header: t('profit.loanDate'),
      width: 84,
      hide: true,
      className: 'num',
      value: (row) => row.loanDate ?? '',
    }),
    ...figures<IssueRow>(t, currency),
  ];
}

type SettledRow = Settlement['contracts'][number];

export function settlementColumns(t: Translate): readonly ColDef<SettledRow>[] {
  const quantity = (id: string, header: string, value: (row: SettledRow) => number | null): ColDef<SettledRow> =>
    told(figureColumn<SettledRow>({ id, header, width: 66, value, show: count }));
  const won = (id: string, header: string, value: (row: SettledRow) => number | null): ColDef<SettledRow> =>
    told(moneyColumn<SettledRow>({ id, header, width: 100, value, unit: () => 'KRW', signed: true }));
  return [
    textColumn<SettledRow>({
      id: 'issue',
      header: t('col.instrument'),
      flex: 1,
      minWidth: 100,
      className: 'nm',
      value: (row) => row.name || row.code,
      tip: (row) => row.code,
    }),
    textColumn<SettledRow>({ id: 'kind', header: t('profit.kind'), width: 56, value: (row) => row.kind }),
    quantity('quantity', t('col.quantity'), (row) => row.quantity),
    quantity('opened', t('profit.opened'), (row) => row.openedQty),
    quantity('closed', t('profit.closed'), (row) => row.closedQty),
    won('realised', t('profit.realised'), (row) => row.realisedKrw),
    won('unrealised', t('col.unrealised'), (row) => row.unrealisedKrw),
  ];
}

export function fundsColumns(t: Translate): readonly ColDef<CurrencyFunds>[] {
  const amount = (
    id: string,
    header: string,
    value: (row: CurrencyFunds) => number | null,
    hide = false,
  ): ColDef<CurrencyFunds> =>
    told(
      figureColumn<CurrencyFunds>({
        id,
        header,
        width: 124,
        hide,
        value,
        show: (figure) => amountText(figure),
        out: (figure) => figure / FOREIGN_ONE,
      }),
    );
  return [
    textColumn<CurrencyFunds>({
      id: 'currency',
      header: t('col.currency'),
      flex: 1,
      minWidth: 96,
      className: 'nm',
      value: (row) => (row.nation === '' ? row.currency : `${row.currency} · ${row.nation}`),
    }),
    amount('deposit', t('funds.deposit'), (row) => row.deposit),
    amount('orderable', t('funds.orderable'), (row) => row.orderable),
    amount('combined', t('funds.combinedOrderable'), (row) => row.combinedOrderable),
    amount('margin', t('funds.margin'), (row) => row.margin),
    amount('unpaid', t('account.unpaid'), (row) => row.unpaid),
    amount('buy', t('funds.unsettledBuy'), (row) => row.unsettledBuy, true),
    amount('sell', t('funds.unsettledSell'), (row) => row.unsettledSell, true),
    textColumn<CurrencyFunds>({
      id: 'rate',
      header: t('funds.rate'),
      width: 92,
      className: 'r num',
      value: (row) => row.rate || UNKNOWN,
    }),
  ];
}

/** 1/10,000 of whatever currency the row names: "1,234.56". */
export function amountText(figure: number): string {
  const [whole = '', fraction = ''] = decimalText(Math.abs(figure), FOREIGN_DIGITS, 2).split('.');
  return `${figure < 0 ? '−' : ''}${number(Number(whole))}.${fraction}`;
}
