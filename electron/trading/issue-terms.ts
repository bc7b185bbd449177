/** What an order on an issue costs and how its prices run: by the tables of Korea in won, by those of America in dollars. */
import { usExchangeOf, usMarketOf, type IssueFacts, type Side, type TickFacts } from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import {
  chargesOn,
  dearestWay,
  krxCalendar,
  marginRate,
  overseasSettlement,
  overseasTickAt,
  overseasTicks,
  quantityCap,
  roundToTick,
  settlementDate,
  tickAt,
  tickTable,
  toOverseasTick,
  usCharges,
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
  /** Tick and nearest valid prices around a price. */
  tickAround(price: number): TickFacts;
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
    // Beyond the known calendar the date stays unknown.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function wonTerms(issue: IssueFacts): IssueTerms {
  const { instrument, product, sessionDate: date } = issue;
  assert(instrument.priceScale === 0, 'won terms of a dollar issue');
  const { market, listedShares } = instrument;
  return {
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

function dollarTerms(issue: IssueFacts): IssueTerms {
  const { instrument, sessionDate: date } = issue;
  const exchange = usExchangeOf(instrument.id);
  assert(exchange !== null && usMarketOf(exchange) === instrument.market, `dollar terms of ${instrument.id}`);
  return {
    tickAround: (price) => {
      const table = overseasTicks({ exchange, date });
      return {
        size: overseasTickAt(table, price),
        below: toOverseasTick(table, price, 'down'),
        above: toOverseasTick(table, price, 'up'),
      };
    },
    charges: (order) => usCharges({ exchange, date, ...order }),
    // A dollar account pays in full; won that the firm would change by itself are not counted.
    marginPercent: () => 100,
    quantityCap: null,
    settlement: () => known(() => overseasSettlement(exchange, date)),
  };
}

/** The terms of an issue, by its currency. */
export function termsFor(issue: IssueFacts): IssueTerms {
  return issue.instrument.priceScale === 0 ? wonTerms(issue) : dollarTerms(issue);
}
