/** Ticks, lots, limits and hours of a foreign issue in the units of a foreign account: 1/10,000 of the currency. */
import {
  codeOf,
  foreignExchangeOf,
  NO_LIMITS,
  type InstrumentId,
  type LotFacts,
  type Side,
  type TickFacts,
  type TradedProduct,
} from '../../domain/index.ts';
import { FOREIGN_ONE } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { minorPerWhole } from './overseas-costs.ts';
import { overseasMarket, type OverseasExchangeCode, type OverseasListing } from './overseas-facts.ts';
import { overseasLimits, overseasLot, overseasTickAt, overseasTicks, toOverseasTick } from './overseas-prices.ts';

export interface ForeignListing {
  readonly id: InstrumentId;
  readonly product: TradedProduct;
}

/** Boards of the Chinese exchanges by their symbols. @source SSE 688, 689: STAR; SZSE 300, 301: ChiNext */
const STAR = /^68[89]/;
const CHINEXT = /^30[01]/;

function segmentOf(exchange: OverseasExchangeCode, { id, product }: ForeignListing): string | undefined {
  const { market, segments } = overseasMarket(exchange);
  if (market === 'CN') {
    if (STAR.test(codeOf(id))) return 'star';
    if (CHINEXT.test(codeOf(id))) return 'chinext';
    return product === 'etp' ? 'fund' : undefined;
  }
  return product === 'etp' && segments.includes('etp') ? 'etp' : undefined;
}

/** The market's own words for an issue; RangeError for one of no foreign exchange. */
function listingOf(issue: ForeignListing): OverseasListing {
  const exchange = foreignExchangeOf(issue.id);
  if (exchange === null) throw new RangeError(`${issue.id} is not foreign`);
  const segment = segmentOf(exchange, issue);
  return { exchange, ...(segment === undefined ? {} : { segment }) };
}

/** Units of a foreign account in one unit of the market's own prices. */
function finerBy({ exchange }: OverseasListing): number {
  return FOREIGN_ONE / minorPerWhole(overseasMarket(exchange).priceScale);
}

/** The tick table of an issue as bands below their bounds, as those of Korea; RangeError where it is not known. */
export function foreignTickBands(
  issue: ForeignListing,
  date: SessionDate,
): readonly { readonly lt: number | null; readonly tick: number }[] {
  const listing = listingOf(issue);
  const finer = finerBy(listing);
  const { bands, rule } = overseasTicks({ ...listing, date });
  // A band that holds its bound reaches to just above it.
  const reach = rule === 'le' ? 1 : 0;
  return bands.map(({ to, tick }) => ({ lt: to === null ? null : to * finer + reach, tick: tick * finer }));
}

/** Tick at a price and the nearest valid prices around it; RangeError where they are not known. */
export function foreignTickAround(
  issue: ForeignListing,
  { date, price }: { readonly date: SessionDate; readonly price: number },
): TickFacts {
  const listing = listingOf(issue);
  const finer = finerBy(listing);
  const table = overseasTicks({ ...listing, date });
  return {
    size: overseasTickAt(table, price / finer) * finer,
    below: toOverseasTick(table, price / finer, 'down') * finer,
    above: toOverseasTick(table, price / finer, 'up') * finer,
  };
}

/** Quantities an order may carry; `lotSize`: the issue's own lot, 0 where it is not known. RangeError where none is. */
export function foreignLot(
  issue: ForeignListing,
  { side, lotSize }: { readonly side: Side; readonly lotSize: number },
): LotFacts {
  const lot = overseasLot(listingOf(issue), lotSize === 0 ? undefined : lotSize);
  if (side === 'buy') return { unit: lot.buyUnit, least: lot.buyLeast };
  return { unit: lot.sellUnit, least: lot.sellUnit };
}

/** The day's limits around a previous close; `NO_LIMITS` where the market has none, or where they are not known. */
export function foreignLimits(
  issue: ForeignListing,
  { date, base }: { readonly date: SessionDate; readonly base: number },
): { readonly upperLimit: number; readonly lowerLimit: number } {
  try {
    const listing = listingOf(issue);
    const finer = finerBy(listing);
    const limits = overseasLimits({ ...listing, date, basePrice: base / finer });
    return limits ? { upperLimit: limits.upper * finer, lowerLimit: limits.lower * finer } : NO_LIMITS;
  } catch (error) {
    // Beyond the known tables nothing is guessed: the exchange itself refuses what lies outside.
    if (error instanceof RangeError) return NO_LIMITS;
    throw error;
  }
}

/** Whether the waiting rest of an order can be moved to another price. @source KIS catalogue: in China and Vietnam only withdrawn */
export function canAmendAbroad(exchange: OverseasExchangeCode): boolean {
  return !['CN', 'VN'].includes(overseasMarket(exchange).market);
}
