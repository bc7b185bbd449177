/** Daily price limits (상·하한가) and the base price (기준가격). */
import facts from '#resources/krx/price-limits.json' with { type: 'json' };
import type { Market } from '../domain/index.ts';
import { divInt, mulDiv } from '../num/index.ts';
import type { SessionDate } from '../time/index.ts';
import { inForce } from './dated.ts';
import { roundToTick, tickAt, tickTable, type Product, type TickTable } from './tick-size.ts';

export interface LimitQuestion {
  readonly market: Market;
  readonly date: SessionDate;
  /** Won, on the tick table of that day. */
  readonly basePrice: number;
  readonly product?: Product;
  /** Of a leveraged or inverse product, e.g. 2 or −1; 1 if absent. */
  readonly multiple?: number;
  /** true on the first day of a newly listed stock. */
  readonly newListing?: boolean;
}

/** Highest and lowest price an order may carry, in won. */
export interface PriceLimits {
  readonly upper: number;
  readonly lower: number;
}

/** How sure the rule is: C confirmed, U unconfirmed. */
export interface LimitRule {
  readonly percent: number;
  readonly status: string;
}

/**
 * The limit in force in percent of the base price; throws RangeError where none is known.
 * @source resources/krx/price-limits.json
 */
export function limitRule(market: Market, date: SessionDate): LimitRule {
  const rule = inForce(
    facts.limits.filter((limit) => limit.markets.includes(market)),
    date,
  );
  if (!rule) throw new RangeError(`price limit of ${market} is not known for ${date}`);
  return { percent: rule.percent, status: rule.status };
}

/** A share of the base price in won, cut down to a multiple of the base price's tick, at least one tick. */
function width(base: number, percent: number, table: TickTable): number {
  const tick = tickAt(table, base);
  return Math.max(tick, mulDiv(base, percent, 100 * tick, 'floor') * tick);
}

/** Highest and lowest valid prices within base − down … base + up; the band of the target decides the tick. */
function span(table: TickTable, base: number, reach: { readonly up: number; readonly down: number }): PriceLimits {
  const lowest = tickAt(table, 1);
  return {
    upper: roundToTick(table, base + reach.up, 'down'),
    lower: base <= lowest ? base : Math.max(lowest, roundToTick(table, Math.max(1, base - reach.down), 'up')),
  };
}

/**
 * The day's limits.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 20, Enforcement Rules 2026-04-27 art. 31
 */
export function priceLimits(question: LimitQuestion): PriceLimits {
  const { market, date, basePrice, product = 'stock', multiple = 1, newListing = false } = question;
  const table = tickTable(market, date, product);
  if (newListing && date >= facts.newListing.from) {
    const up = width(basePrice, facts.newListing.upperPercent, table);
    return span(table, basePrice, { up, down: width(basePrice, facts.newListing.lowerPercent, table) });
  }
  const scale = Math.abs(multiple) > 1 ? Math.abs(multiple) : 1;
  const reach = Math.floor(width(basePrice, limitRule(market, date).percent, table) * scale);
  return span(table, basePrice, { up: reach, down: reach });
}

/**
 * The base price that follows from a close: itself if valid on the day, else the next valid price above.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 30
 */
export function basePriceFrom(question: {
  readonly market: Market;
  readonly date: SessionDate;
  readonly close: number;
  readonly product?: Product;
}): number {
  const table = tickTable(question.market, question.date, question.product ?? 'stock');
  return roundToTick(table, divInt(question.close, 1, 'ceil'), 'up');
}
