/** What an order on an issue costs, and how its prices and quantities run: by the tables of Korea, or of the market abroad. */
import {
  foreignExchangeOf,
  productOf,
  foreignMarketOf,
  type IssueFacts,
  type LotFacts,
  type Side,
  type TickFacts,
} from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import {
  bondSettlement,
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
  productCharges,
  productTicks,
  tickAt,
  tickTable,
  foreignCharges,
  type TickTable,
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

function tickFacts(table: TickTable, price: number): TickFacts {
  return {
    size: tickAt(table, price),
    below: roundToTick(table, price, 'down'),
    above: roundToTick(table, price, 'up'),
  };
}

type WonInstrument = Extract<IssueFacts['instrument'], { readonly priceScale: 0 }>;

/** A class, since the guard makes one for every order it judges. */
class WonTerms implements IssueTerms {
  readonly #issue: IssueFacts;
  readonly #instrument: WonInstrument;

  constructor(issue: IssueFacts) {
    const { instrument } = issue;
    assert(instrument.priceScale === 0, 'won terms of a foreign issue');
    this.#issue = issue;
    this.#instrument = instrument;
  }

  lot(): LotFacts {
    const { lotSize } = this.#instrument;
    return { unit: lotSize, least: lotSize };
  }

  tickAround(price: number): TickFacts {
    const { product, sessionDate: date } = this.#issue;
    return tickFacts(tickTable(this.#instrument.market, date, product), price);
  }

  charges({ side, amount }: { readonly side: Side; readonly amount: number }): OrderCharges {
    const { product, sessionDate: date } = this.#issue;
    // Which venue and which way it will trade is not known: the dearest is reckoned with.
    const cumulativeValue = krw(amount);
    const { venue, role } = dearestWay({ date, product, orderValue: cumulativeValue });
    const { market } = this.#instrument;
    const { commissionKrw, taxKrw } = chargesOn({ cumulativeValue, side, market, product, date, venue, role });
    return { commission: commissionKrw, tax: taxKrw };
  }

  marginPercent({ kind, frozen }: { readonly kind: 'cash' | 'margin40'; readonly frozen: boolean }): number {
    return marginRate({ kind, market: this.#instrument.market, frozen }).percent;
  }

  get quantityCap(): number | null {
    return quantityCap({ basePrice: this.#issue.base, listedShares: this.#instrument.listedShares });
  }

  settlement(): SessionDate | null {
    return known(() => settlementDate(krxCalendar, this.#issue.sessionDate));
  }
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

/** Bonds, futures and options of KRX: whole units, ticks of their product, and no charge that is not known. */
function productTerms({ instrument, sessionDate: date }: IssueFacts): IssueTerms {
  const { id, lotSize } = instrument;
  return {
    lot: () => ({ unit: lotSize, least: lotSize }),
    tickAround: (price) => {
      const table = productTicks(id);
      return table && tickFacts(table, price);
    },
    charges: ({ side, amount }) => productCharges(id, { side, amount, date }),
    marginPercent: () => 100,
    quantityCap: null,
    // What is gained, lost and paid on futures and options is settled on the session that follows.
    settlement: () =>
      known(() => (productOf(id) === 'bond' ? bondSettlement(krxCalendar, date) : krxCalendar.addSessions(date, 1))),
  };
}

/** The terms of an issue, by its market. */
export function termsFor(issue: IssueFacts): IssueTerms {
  const { priceScale } = issue.instrument;
  if (priceScale === 0) return new WonTerms(issue);
  return priceScale === 4 ? foreignTerms(issue) : productTerms(issue);
}
