/** Ticks, daily limits and lots of the foreign exchanges. Prices are whole numbers scaled by the market's `priceScale`. */
import { mulDiv } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { inForce } from '../dated.ts';
import {
  listingFacts,
  type OverseasListing,
  type OverseasLot,
  type OverseasTicks,
  type Sourced,
} from './overseas-facts.ts';

export interface OverseasPriceQuestion extends OverseasListing {
  readonly date: SessionDate;
  /** Rules switched on that are not known to be in force, such as hkPhase2. */
  readonly flags?: readonly string[];
}

/** A run of equal steps: prices from `from` to `to` (null: without end) that are multiples of `tick`. */
export interface TickRun {
  readonly from: number;
  readonly to: number | null;
  readonly tick: number;
}

/**
 * The tick table in force; RangeError where none is known.
 * @source resources/markets/*.json ticks
 */
export function overseasTicks(question: OverseasPriceQuestion): OverseasTicks {
  const { market, segment, within } = listingFacts(question);
  const flags = question.flags ?? [];
  const tables = market.ticks.filter((table) => within(table) && (table.flag === null || flags.includes(table.flag)));
  const table = inForce(tables, question.date);
  if (!table) throw new RangeError(`ticks of ${market.market} ${segment} are not known for ${question.date}`);
  return table;
}

/** The valid prices of a table as runs, lowest first. */
export function tickRuns(table: OverseasTicks): readonly TickRun[] {
  const runs: TickRun[] = [];
  let bound = 0;
  for (const { to, tick } of table.bands) {
    // A band of the rule lt begins at the bound itself, one of the rule le behind it.
    const first = table.rule === 'lt' ? Math.ceil(bound / tick) * tick : (Math.floor(bound / tick) + 1) * tick;
    const last = to === null ? null : (table.rule === 'lt' ? Math.ceil(to / tick) - 1 : Math.floor(to / tick)) * tick;
    runs.push({ from: Math.max(first, tick), to: last, tick });
    bound = to ?? bound;
  }
  return runs;
}

/** The tick at a scaled price. */
export function overseasTickAt(table: OverseasTicks, price: number): number {
  const band = table.bands.find(({ to }) => to === null || (table.rule === 'lt' ? price < to : price <= to));
  if (!band) throw new RangeError('tick table without a last band');
  return band.tick;
}

/** true for a positive whole price on the table. */
export function onOverseasTick(table: OverseasTicks, price: number): boolean {
  return Number.isSafeInteger(price) && price > 0 && price % overseasTickAt(table, price) === 0;
}

/** The highest valid price at or below a price (0 where there is none), or the lowest at or above it. */
export function toOverseasTick(table: OverseasTicks, price: number, direction: 'down' | 'up'): number {
  const runs = tickRuns(table);
  if (direction === 'up') {
    for (const { from, to, tick } of runs) {
      const at = Math.max(from, Math.ceil(price / tick) * tick);
      if (to === null || at <= to) return at;
    }
    throw new RangeError('tick table without a last band');
  }
  let found = 0;
  for (const { from, to, tick } of runs) {
    if (price < from) break;
    found = Math.min(Math.floor(price / tick) * tick, to ?? Infinity);
  }
  return found;
}

/** Highest and lowest price of a day, scaled. */
export interface OverseasLimits extends Sourced {
  readonly upper: number;
  readonly lower: number;
}

/**
 * The day's limits; null where the market has none. `daysListed`: 0 on the first day, absent for an issue listed long
 * ago. RangeError where a limit exists and is not known.
 * @source resources/markets/*.json limits
 */
export function overseasLimits(
  question: OverseasPriceQuestion & { readonly basePrice: number; readonly daysListed?: number },
): OverseasLimits | null {
  const { market, within } = listingFacts(question);
  const { basePrice, daysListed } = question;
  const limit = market.limits.find(within);
  if (!limit || (daysListed !== undefined && daysListed < (limit.firstDays ?? 0))) return null;
  const table = overseasTicks(question);
  let { status } = limit;
  let reach: number;
  if (limit.widths) {
    const found = limit.widths.find(({ below }) => basePrice < below);
    if (!found) throw new RangeError(`price limits of ${market.market} are not known at ${basePrice}`);
    [reach, status] = [found.width, found.status];
  } else {
    const percent = daysListed === 0 ? (limit.firstDayPercent ?? limit.percent) : limit.percent;
    const tick = overseasTickAt(table, basePrice);
    // Rounded to the nearest tick where the rule says so; else left as it is and drawn inward below.
    const exact = mulDiv(basePrice, percent ?? 0, 100, 'floor');
    reach = limit.round === 'halfUp' ? mulDiv(basePrice, percent ?? 0, 100 * tick, 'halfUp') * tick : exact;
  }
  return {
    upper: toOverseasTick(table, basePrice + reach, 'down'),
    lower: toOverseasTick(table, Math.max(1, basePrice - reach), 'up'),
    status,
    source: limit.source,
  };
}

/** The quantities a listing takes; a lot of the issue's own stands in where the market leaves it to the issue. */
export function overseasLot(listing: OverseasListing, lotSize?: number): OverseasLot {
  const { market, segment, within } = listingFacts(listing);
  const lot = market.lots.find(within);
  if (!lot) throw new RangeError(`lots of ${market.market} ${segment} are not known`);
  if (lot.buyUnit !== 0) return lot;
  if (lotSize === undefined) throw new RangeError(`the board lot of an issue on ${listing.exchange} must be given`);
  return { ...lot, buyUnit: lotSize, buyLeast: lotSize, sellUnit: lotSize };
}
