/** What an exchange and a member firm would say to an order on the real market, as far as that is known from outside. */
import { holdsOwnPrice, isPriced, type IssueFacts, type Market, type OrderType } from '#shared/domain/index.ts';
import { assert, type ErrorCode } from '#shared/errors/index.ts';
import type { Ledger } from '#shared/exchange/index.ts';
import { isOnTick, kindRefusal, tickTable } from '#shared/market/index.ts';
import type { SubmitAnswer, SubmitOrder } from '../broker.ts';

/** Types of which a fill can be judged from outside. */
export const LIVE_TYPES: readonly OrderType[] = ['limit', 'market', 'bestOpposite', 'bestSame', 'stopLimit'];

/** Largest quantity and price that the books hold. */
const MAX_FIGURE = 1_000_000_000;

export type Refusal = Extract<SubmitAnswer, { readonly ok: false }>;

export function refusal(code: ErrorCode, params?: Refusal['params']): Refusal {
  return params ? { ok: false, code, params } : { ok: false, code };
}

const isFigure = (value: number): boolean => Number.isSafeInteger(value) && value > 0 && value <= MAX_FIGURE;

/** The Korean market of an issue; others are refused before. */
export function koreanMarket({ instrument: { market } }: IssueFacts): Market {
  assert(market === 'KOSPI' || market === 'KOSDAQ' || market === 'KONEX', `${market} is not traded here`);
  return market;
}

/** Why an order is not taken, or null; `up`: the market's data come in. */
export function refusalOf(order: SubmitOrder, facts: IssueFacts | undefined, up: boolean): Refusal | null {
  const { type, price, stopPrice, quantity } = order;
  if (!isFigure(quantity)) return refusal('EXCH_QUANTITY');
  if (!facts || facts.instrument.priceScale !== 0) return refusal('EXCH_UNKNOWN_ISSUE');
  if (!facts.inMarket || !up) return refusal('BROKER_UNAVAILABLE');
  if (!LIVE_TYPES.includes(type)) return refusal('EXCH_TYPE');
  const reason = kindRefusal(facts, order);
  if (reason !== null) return refusal(`EXCH_${reason}`);
  if (isPriced(type) !== (price !== null)) return refusal('EXCH_PRICE');
  if ((type === 'stopLimit') !== (stopPrice !== null)) return refusal('EXCH_STOP_PRICE');
  const table = tickTable(koreanMarket(facts), facts.sessionDate, facts.product);
  const { upperLimit, lowerLimit } = facts;
  const fits = (figure: number): boolean => figure <= upperLimit && figure >= lowerLimit;
  if (price !== null && !(isFigure(price) && isOnTick(table, price))) return refusal('EXCH_TICK');
  if (price !== null && !fits(price)) return refusal('EXCH_LIMIT');
  if (stopPrice !== null && !(isFigure(stopPrice) && isOnTick(table, stopPrice) && fits(stopPrice)))
    return refusal('EXCH_STOP_PRICE');
  return null;
}

/** Won per unit that a buy must be able to pay. */
export function holdPriceOf(type: OrderType, price: number | null, facts: IssueFacts): number {
  return holdsOwnPrice(type) && price !== null ? price : facts.upperLimit;
}

/** What the account lacks for an order, or null. */
export function shortOf(
  ledger: Ledger,
  wish: { readonly order: SubmitOrder; readonly price: number | null; readonly facts: IssueFacts },
): Refusal | null {
  const { order, price, facts } = wish;
  const { accountId, instrumentId, side, type, quantity } = order;
  const market = koreanMarket(facts);
  const shortage = ledger.shortage({
    accountId,
    instrumentId,
    market,
    side,
    quantity,
    holdPrice: holdPriceOf(type, price, facts),
    marginPercent: ledger.marginRate(accountId, { market }).percent,
    tradeDate: facts.sessionDate,
  });
  return shortage && refusal(shortage === 'CASH' ? 'EXCH_CASH' : 'EXCH_SELLABLE');
}
