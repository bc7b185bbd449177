/** Columns of cash by account, and of settlement by day. */
import type { ColDef } from 'ag-grid-community';
import { AccountCurrency } from '#shared/domain/index.ts';
import type { Translate } from '../../text/index.ts';
import { dateShort, UNKNOWN } from '../../ui/format.ts';
import { moneyColumn } from '../../ui/money-column.ts';
import { choiceColumn, textColumn } from '../../ui/table/column.ts';
import { type CashRow, SETTLEMENT_DAYS, type SettlementDay, type SettlementRow } from './settlement.ts';

export function cashColumns(t: Translate, of: { readonly currencies: boolean }): readonly ColDef<CashRow>[] {
  const amount = (
    id: string,
    header: string,
    width: number,
    value: (row: CashRow) => number,
    hide = false,
  ): ColDef<CashRow> => moneyColumn<CashRow>({ id, header, width, hide, value, unit: (row) => row.currency });
  return [
    textColumn<CashRow>({
      id: 'account',
      header: t('col.account'),
      flex: 1,
      minWidth: 56,
      className: 'nm',
      value: (row) => row.account?.name ?? t('cash.total', { count: row.count }),
      tip: (row) => row.account?.name ?? '',
    }),
    choiceColumn<CashRow, AccountCurrency>({
      id: 'currency',
      header: t('col.currency'),
      width: 44,
      hide: !of.currencies,
      value: (row) => row.currency,
      show: (currency) => t(`currency.${currency}`),
      choices: AccountCurrency.options,
    }),
    amount('cash', t('account.cashD0'), 84, (row) => row.cashKrw),
    amount('reserved', t('cash.held'), 78, (row) => row.reservedKrw),
    amount('power', t('account.power'), 84, (row) => row.powerKrw),
    amount('margin', t('account.marginPower'), 84, (row) => row.marginPowerKrw, true),
    amount('unpaid', t('account.unpaid'), 76, (row) => row.unpaidKrw, true),
  ];
}

export function settlementColumns(
  t: Translate,
  of: { readonly several: boolean; readonly language: 'ko' | 'en' },
): readonly ColDef<SettlementRow>[] {
  const currency = (row: SettlementRow): AccountCurrency => row.currency;
  const open = (column: ColDef<SettlementRow>): ColDef<SettlementRow> => {
    const { valueFormatter } = column;
    if (typeof valueFormatter !== 'function') return column;
    return {
      ...column,
      valueFormatter: (p) => (p.value === null && p.data?.day !== 'd0' ? UNKNOWN : valueFormatter(p)),
    };
  };
  return [
    textColumn<SettlementRow>({
      id: 'account',
      header: t('col.account'),
      width: 76,
      hide: !of.several,
      className: 'nm',
      value: (row) => row.account.name,
    }),
    choiceColumn<SettlementRow, SettlementDay>({
      id: 'day',
      header: t('cash.day'),
      width: 48,
      value: (row) => row.day,
      show: (day) => t(`cash.${day}`),
      choices: SETTLEMENT_DAYS,
    }),
    textColumn<SettlementRow>({
      id: 'date',
      header: t('col.date'),
      flex: 1,
      minWidth: 62,
      className: 'num mut',
      value: (row) => dateShort(row.date, of.language),
    }),
    open(
      moneyColumn<SettlementRow>({
        id: 'in',
        header: t('cash.in'),
        width: 84,
        hide: true,
        value: (row) => row.inKrw,
        unit: currency,
      }),
    ),
    open(
      moneyColumn<SettlementRow>({
        id: 'out',
        header: t('cash.out'),
        width: 84,
        hide: true,
        value: (row) => row.outKrw,
        unit: currency,
      }),
    ),
    moneyColumn<SettlementRow>({
      id: 'net',
      header: t('cash.net'),
      width: 88,
      value: (row) => row.netKrw,
      unit: currency,
      signed: true,
    }),
    moneyColumn<SettlementRow>({
      id: 'cash',
      header: t('cash.after'),
      width: 92,
      value: (row) => row.cashKrw,
      unit: currency,
    }),
  ];
}
