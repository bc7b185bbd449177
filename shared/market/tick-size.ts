/** Tick sizes (호가가격단위) by market and date. */
// Facts of this folder are imported from resources/krx/*.json: shared code is pure and cannot read files.
import facts from '#resources/krx/tick-size.json' with { type: 'json' };
import type { Market } from '../domain/index.ts';
import type { SessionDate } from '../time/index.ts';
import { inForce } from './dated.ts';

/** stock 주식 · etp ETF와 ETN · elw 주식워런트증권 */
export type Product = 'stock' | 'etp' | 'elw';

/** Prices below `lt` won (null: without bound) move in steps of `tick` won. */
export interface TickBand {
  readonly lt: number | null;
  readonly tick: number;
}

/** Bands from the lowest price up; the tick never falls as the price rises. */
export type TickTable = readonly TickBand[];

/** The earliest day for which the old tables are used; before it none is known. */
export const TICK_TABLES_FROM = facts.tables.reduce((first, t) => (t.from < first ? t.from : first), '9999-12-31');

/** A tick table with its first day, how sure it is (C confirmed, D computed, U unconfirmed), and where it comes from. */
export interface TickRule {
  readonly bands: TickTable;
  readonly from: string;
  readonly status: string;
  readonly source: string;
}

/**
 * The table in force with its source; throws RangeError for a day before the first known table.
 * @source resources/krx/tick-size.json
 */
export function tickRule(market: Market, date: SessionDate, product: Product = 'stock'): TickRule {
  const tables = facts.tables.filter((t) => t.product === product && t.markets.includes(market));
  const table = inForce(tables, date);
  if (!table) throw new RangeError(`tick table of ${market} ${product} is not known for ${date}`);
  return table;
}

/** The bands in force; throws RangeError for a day before the first known table. */
export function tickTable(market: Market, date: SessionDate, product: Product = 'stock'): TickTable {
  return tickRule(market, date, product).bands;
}

/**
 * Units in which a product trades: ten for ELW, one for everything else.
 * @source resources/krx/tick-size.json tradingUnits
 */
export function tradingUnit(product: Product): number {
  return product === 'elw' ? facts.tradingUnits.elw : facts.tradingUnits.other;
}

/** How sure the table in force is: C confirmed, D computed from dated data, U unconfirmed. RangeError as of `tickTable`. */
export function tickStatus(market: Market, date: SessionDate, product: Product = 'stock'): string {
  const table = inForce(
    facts.tables.filter((t) => t.product === product && t.markets.includes(market)),
    date,
  );
  if (!table) throw new RangeError(`tick table of ${market} ${product} is not known for ${date}`);
  return table.status;
}

/** The tick in won at a price in won; the band is chosen by the price itself. */
export function tickAt(table: TickTable, price: number): number {
  for (const band of table) {
    if (band.lt === null || price < band.lt) return band.tick;
  }
  throw new RangeError('tick table without a last band');
}

/** The tick in won at a price of a market's stocks on a day. */
export function tickSize(at: { readonly market: Market; readonly date: SessionDate; readonly price: number }): number {
  return tickAt(tickTable(at.market, at.date), at.price);
}

/** True for a positive whole price on the table. */
export function isOnTick(table: TickTable, price: number): boolean {
  return Number.isSafeInteger(price) && price > 0 && price % tickAt(table, price) === 0;
}

/** The nearest valid price at or below ('down') or at or above ('up') a positive price, which may have decimals. */
export function roundToTick(table: TickTable, price: number, direction: 'down' | 'up'): number {
  // Every band starts on a multiple of its own tick and of the tick below, so neither way leaves the valid prices.
  const tick = tickAt(table, price);
  return (direction === 'up' ? Math.ceil(price / tick) : Math.floor(price / tick)) * tick;
}

/** The next valid price above. */
export function nextTickUp(table: TickTable, price: number): number {
  const below = roundToTick(table, price, 'down');
  return below + tickAt(table, below);
}

/** The next valid price below; 0 below the lowest. */
export function nextTickDown(table: TickTable, price: number): number {
  const above = roundToTick(table, price, 'up');
  if (above <= 0) return 0;
  return above - tickAt(table, above - 1);
}

/** Steps from one valid price to another, negative downwards. */
export function ticksBetween(table: TickTable, span: { readonly from: number; readonly to: number }): number {
  if (span.from > span.to) return -ticksBetween(table, { from: span.to, to: span.from });
  let at = span.from;
  let steps = 0;
  for (const band of table) {
    const end = band.lt === null ? span.to : Math.min(band.lt, span.to);
    if (end <= at) continue;
    steps += (end - at) / band.tick;
    at = end;
  }
  return steps;
}
