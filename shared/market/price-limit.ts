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

/** A limit in percent of the base price, and how sure it is: C confirmed, U unconfirmed. */
export interface LimitRule {
  readonly percent: number;
  readonly status: string;
  readonly source: string;
  /** First day. */
  readonly from: string;
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
  const { percent, status, source, from } = rule;
  return { percent, status, source, from };
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

/** Rules of the first day of a new listing; percent of the offer price. */
export const NEW_LISTING_LIMITS = facts.newListing;

/** True for products that have no daily limits (ELW); a liquidation has none either. */
export function hasNoLimits(product: Product): boolean {
  return facts.none.products.includes(product);
}

/** Why the first auction of a day may set a price outside the usual limits. */
export const FIRST_PRICE_KINDS = ['relisting', 'splitOff', 'longHalt', 'capitalReduction', 'etnSplit'] as const;
export type FirstPriceKind = (typeof FIRST_PRICE_KINDS)[number];

/** Sessions of a halt from which its first price is found anew. */
export const LONG_HALT_SESSIONS = facts.firstPrice.longHaltSessions;

/**
 * The band in which the first auction after a relisting, split-off, capital reduction or long halt may set the price that
 * becomes the base; `appraisal` in won (평가가격). 50-200 %, of a capital reduction or ETN split 50-150 %.
 * @source resources/krx/price-limits.json (KRX Enforcement Rules 2026-04-27 art. 2(3), Annex 1)
 */
export function firstPriceBand(question: {
  readonly market: Market;
  readonly date: SessionDate;
  readonly appraisal: number;
  readonly kind: FirstPriceKind;
  readonly product?: Product;
}): PriceLimits & { readonly ko: string } {
  const { market, date, appraisal, kind, product = 'stock' } = question;
  const rule = facts.firstPrice.kinds.find((each) => each.kind === kind);
  if (!rule) throw new RangeError(`no first price of kind ${kind}`);
  const table = tickTable(market, date, product);
  return {
    upper: roundToTick(table, mulDiv(appraisal, rule.upperPercent, 100, 'floor'), 'down'),
    lower: roundToTick(table, Math.max(1, mulDiv(appraisal, rule.lowerPercent, 100, 'ceil')), 'up'),
    ko: rule.ko,
  };
}

/**
 * Limits of the off-hours single price (to 2026-09-13): ten percent of the day's close, inside the day's limits.
 * @source resources/krx/price-limits.json (KRX KOSPI Market Business Regulation 2026-04-15 art. 34-2)
 */
export function offHoursLimits(question: {
  readonly market: Market;
  readonly date: SessionDate;
  readonly close: number;
  readonly day: PriceLimits;
  readonly product?: Product;
}): PriceLimits {
  const { market, date, close, day, product = 'stock' } = question;
  const table = tickTable(market, date, product);
  const reach = width(close, facts.offHours.percent, table);
  const { upper, lower } = span(table, close, { up: reach, down: reach });
  return { upper: Math.min(upper, day.upper), lower: Math.max(lower, day.lower) };
}

/** How far a usual limit may lie from the base price in won, before it is moved to a valid price (가격제한폭). */
export function limitWidth(question: Omit<LimitQuestion, 'newListing'>): number {
  const { market, date, basePrice, product = 'stock', multiple = 1 } = question;
  const scale = Math.abs(multiple) > 1 ? Math.abs(multiple) : 1;
  return Math.floor(width(basePrice, limitRule(market, date).percent, tickTable(market, date, product)) * scale);
}

/**
 * The day's limits; RangeError for a product without limits.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 20, Enforcement Rules 2026-04-27 art. 31
 */
export function priceLimits(question: LimitQuestion): PriceLimits {
  const { market, date, basePrice, product = 'stock', multiple = 1, newListing = false } = question;
  if (hasNoLimits(product)) throw new RangeError(`${product} has no daily limits`);
  const table = tickTable(market, date, product);
  if (newListing && date >= facts.newListing.from) {
    const up = width(basePrice, facts.newListing.upperPercent, table);
    return span(table, basePrice, { up, down: width(basePrice, facts.newListing.lowerPercent, table) });
  }
  const reach = limitWidth({ market, date, basePrice, product, multiple });
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
