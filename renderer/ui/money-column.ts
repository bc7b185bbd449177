/** Columns of money and prices: shown in what the row counts in, exported in whole won, points or units of the currency. */
import type { ColDef } from 'ag-grid-community';
import { HUNDREDTHS, isPointUnit, POINT_ONE, priceUnitOf, type PriceUnit } from '#shared/domain/index.ts';
import { FOREIGN_ONE } from '#shared/num/index.ts';
import { direction } from './format.ts';
import { money, signedMoney } from './money.ts';
import { figureColumn } from './table/column.ts';

/** An amount or a price as a person reads it. */
export function readable(value: number, unit: PriceUnit): number {
  if (isPointUnit(unit)) return value / POINT_ONE;
  if (unit === 'HUNDREDTH') return value / HUNDREDTHS;
  return unit === 'KRW' ? value : value / FOREIGN_ONE;
}

/** `value` counted in `unit`; `signed` writes a plus and colours it. */
export function moneyColumn<Row>(
  spec: Omit<Parameters<typeof figureColumn<Row>>[0], 'show' | 'out' | 'tone'> & {
    readonly unit: (row: Row) => PriceUnit;
    readonly signed?: boolean;
  },
): ColDef<Row> {
  const { unit, signed, ...rest } = spec;
  return figureColumn<Row>({
    ...rest,
    show: (value, row) => (signed ? signedMoney : money)(value, unit(row)),
    out: (value, row) => readable(value, unit(row)),
    ...(signed ? { tone: (row: Row) => direction(spec.value(row)) } : {}),
  });
}

/** Prices, in rows about an issue. */
export function issuePriceColumn<Row>(
  spec: Omit<Parameters<typeof moneyColumn<Row>>[0], 'unit'> & { readonly issue: (row: Row) => string | null },
): ColDef<Row> {
  const { issue, ...rest } = spec;
  return moneyColumn<Row>({ ...rest, unit: (row) => priceUnitOf(issue(row) ?? '') });
}
