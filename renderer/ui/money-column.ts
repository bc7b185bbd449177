/** Columns of money: shown in the currency of the row, exported in whole won or in units of the currency. */
import type { ColDef } from 'ag-grid-community';
import { type AccountCurrency, currencyOf } from '#shared/domain/index.ts';
import { FOREIGN_ONE } from '#shared/num/index.ts';
import { direction } from './format.ts';
import { money, signedMoney } from './money.ts';
import { figureColumn } from './table/column.ts';

/** An amount in minor units as a person reads it. */
export function readable(value: number, currency: AccountCurrency): number {
  return currency === 'KRW' ? value : value / FOREIGN_ONE;
}

/** `value` in minor units of `currency`; `signed` writes a plus and colours it. */
export function moneyColumn<Row>(
  spec: Omit<Parameters<typeof figureColumn<Row>>[0], 'show' | 'out' | 'tone'> & {
    readonly currency: (row: Row) => AccountCurrency;
    readonly signed?: boolean;
  },
): ColDef<Row> {
  const { currency, signed, ...rest } = spec;
  return figureColumn<Row>({
    ...rest,
    show: (value, row) => (signed ? signedMoney : money)(value, currency(row)),
    out: (value, row) => readable(value, currency(row)),
    ...(signed ? { tone: (row: Row) => direction(spec.value(row)) } : {}),
  });
}

/** The same for rows about an issue. */
export function issueMoneyColumn<Row>(
  spec: Omit<Parameters<typeof moneyColumn<Row>>[0], 'currency'> & { readonly issue: (row: Row) => string | null },
): ColDef<Row> {
  const { issue, ...rest } = spec;
  return moneyColumn<Row>({ ...rest, currency: (row) => currencyOf(issue(row) ?? '') });
}
