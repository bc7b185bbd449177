/** What an order on an issue costs, and how its prices and quantities run: by the tables of Korea, or of the market abroad. */
import {
  foreignExchangeOf,
  foreignMarketOf,
  type IssueFacts,
  type LotFacts,
  type Side,
  type TickFacts,
} from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import {
  chargesOn,
  dearestWay,
  krxCalendar,
  marginRate,
  foreignLot,
  foreignTickAround,
  overseasSettlement,
  quantityCap,
  roundToTick,
  settlementDate,
  tickAt,
  tickTable,
  foreignCharges,
} from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

/** Charges of an order in minor units of its currency. */
export interface OrderCharges {
  readonly commission: number;
  readonly tax: number;
}

/** Everything about money and prices that differs between the markets. */
export interface IssueTerms {
  /** Tick and nearest valid prices around a price; null where they are not known. */
  tickAround(price: number): TickFacts | null;
  /** Quantities that an order may carry; null where they are not known. */
  lot(side: Side): LotFacts | null;
  /** Charges on an order of that amount, by the dearest way it can trade. */
  charges(order: { readonly side: Side; readonly amount: number; readonly quantity: number }): OrderCharges;
  /** Share of a purchase in percent that must be there in cash. */
  marginPercent(account: { readonly kind: 'cash' | 'margin40'; readonly frozen: boolean }): number;
  /** Largest quantity the exchange takes in one order; null: not known, or none. */
  readonly quantityCap: number | null;
  /** When a trade of the session is settled; null beyond the known calendar. */
  settlement(): SessionDate | null;
}

function known<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    // Beyond the known calendar and tables it stays unknown.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function wonTerms(issue: IssueFacts): IssueTerms {
  const { instrument, product, sessionDate: date } = issue;
  assert(instrument.priceScale === 0, 'won terms of a foreign issue');
  const { market, listedShares, lotSize } = instrument;
  return {
    lot: () => ({ unit: lotSize, least: lotSize }),
    tickAround: (price) => {
      const table = tickTable(market, date, product);
      return {
        size: tickAt(table, price),
        below: roundToTick(table, price, 'down'),
        above: roundToTick(table, price, 'up'),
      };
    },
    charges: ({ side, amount }) => {
      // Which venue and which way it will trade is not known: the dearest is reckoned with.
      const cumulativeValue = krw(amount);
      const way = dearestWay({ date, product, orderValue: cumulativeValue });
      const { commissionKrw, taxKrw } = chargesOn({ cumulativeValue, side, market, product, date, ...way });
      return { commission: commissionKrw, tax: taxKrw };
    },
    marginPercent: ({ kind, frozen }) => marginRate({ kind, market, frozen }).percent,
    quantityCap: quantityCap({ basePrice: issue.base, listedShares }),
    settlement: () => known(() => settlementDate(krxCalendar, date)),
  };
}

function foreignTerms(issue: IssueFacts): IssueTerms {
  const { instrument, sessionDate: date, product } = issue;
  const exchange = foreignExchangeOf(instrument.id);
  assert(exchange !== null && foreignMarketOf(exchange) === instrument.market, `foreign terms of ${instrument.id}`);
  const listing = { id: instrument.id, product };
  return {
    tickAround: (price) => known(() => foreignTickAround(listing, { date, price })),
    lot: (side) => known(() => foreignLot(listing, { side, lotSize: instrument.lotSize })),
    charges: (order) => foreignCharges({ exchange, date, ...order }),
    // A foreign account pays in full; won that the firm would change by itself are not counted.
    marginPercent: () => 100,
    quantityCap: null,
    settlement: () => known(() => overseasSettlement(exchange, date)),
  };
}

/** The terms of an issue, by its currency. */
export function termsFor(issue: IssueFacts): IssueTerms {
  return issue.instrument.priceScale === 0 ? wonTerms(issue) : foreignTerms(issue);
}
