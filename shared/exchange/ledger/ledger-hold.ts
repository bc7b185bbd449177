/** An order on the firm's books: what it has cost, and the cash its rest may still need at worst. */
import { chargesOn, dearestWay, marginOf, ownPart, shortCollateral, type Charges } from '../../market/index.ts';
import type { FeeChannel, LiquidityRole, TradedPart } from '../../market/index.ts';
import type { VenueName } from '../../domain/index.ts';
import { addKrw, amountKrw, krw, subKrw, ZERO_KRW, type Krw } from '../../num/index.ts';
import type { LedgerOrder, LedgerTrade } from './ledger-terms.ts';

/** An order with its executions so far. */
export interface BookedLedgerOrder extends LedgerOrder {
  readonly channel: FeeChannel;
  /** Amount as placed, which chooses the step of a commission scale. */
  readonly orderValue: Krw;
  openQty: number;
  filledQty: number;
  filledValue: Krw;
  /** Executions by venue and role; their values add up to `filledValue`. */
  readonly parts: { value: number; readonly venue: VenueName; readonly role: LiquidityRole }[];
  commission: Krw;
  tax: Krw;
  /** Cash held now, and what it would be without margin. */
  hold: Krw;
  fullHold: Krw;
}

/** The order as it enters, nothing traded. */
export function booked(order: LedgerOrder, channel: FeeChannel): BookedLedgerOrder {
  return {
    ...order,
    channel,
    orderValue: amountKrw(order.holdPrice, order.quantity),
    openQty: order.quantity,
    filledQty: 0,
    filledValue: ZERO_KRW,
    parts: [],
    commission: ZERO_KRW,
    tax: ZERO_KRW,
    hold: ZERO_KRW,
    fullHold: ZERO_KRW,
  };
}

function chargesOf(order: BookedLedgerOrder, value: Krw, parts: readonly TradedPart[]): Charges {
  const { side, market, tradeDate: date, product = 'stock', channel, orderValue } = order;
  return chargesOn({ cumulativeValue: value, side, market, date, product, channel, orderValue, parts });
}

/** Own cash that a purchase of `value` in all takes, commission aside: all of it, its margin, or the part that is not lent. */
export function ownCash(order: LedgerOrder, value: Krw): Krw {
  if (order.credit === 'loanOpen') return ownPart(value);
  return marginOf(value, order.marginPercent ?? 100);
}

/** Collateral beyond the proceeds that a short sale of `value` in all takes. */
export function addedCollateral(value: Krw): Krw {
  return subKrw(shortCollateral(value), value);
}

/** Commission that the rest may still cost if it trades at the hold price in the dearest way. */
function restCommission(order: BookedLedgerOrder, rest: Krw): Krw {
  const { tradeDate: date, product = 'stock', channel, orderValue } = order;
  const dearest = { value: rest, ...dearestWay({ date, product, channel, orderValue }) };
  const whole = chargesOf({ ...order, side: 'buy' }, addKrw(order.filledValue, rest), [...order.parts, dearest]);
  return subKrw(whole.commissionKrw, order.commission);
}

/**
 * Cash that the rest may still need at worst; `full` counts a purchase on margin at its whole amount. Charges grow with
 * the whole order's amount, so what has been charged already counts. `pledged`: what covering this rest would set free.
 */
export function holdOf(order: BookedLedgerOrder, ask: { readonly full: boolean; readonly pledged: Krw }): Krw {
  if (order.openQty === 0) return ZERO_KRW;
  const amount = amountKrw(order.holdPrice, order.openQty);
  const after = addKrw(order.filledValue, amount);
  switch (order.credit) {
    case 'loanClose':
      return ZERO_KRW;
    case 'shortOpen':
      return subKrw(addedCollateral(after), addedCollateral(order.filledValue));
    case 'shortClose':
      return krw(Math.max(0, amount - ask.pledged) + restCommission(order, amount));
    default: {
      if (order.side === 'sell') return ZERO_KRW;
      const own =
        ask.full && order.credit === undefined
          ? amount
          : subKrw(ownCash(order, after), ownCash(order, order.filledValue));
      return addKrw(own, restCommission(order, amount));
    }
  }
}

/** Books an execution on the order and returns what it added to commission and tax. */
export function addTrade(order: BookedLedgerOrder, trade: LedgerTrade): Charges & { readonly value: Krw } {
  const { price, quantity, venue = 'KRX', role = 'taker' } = trade;
  const value = amountKrw(price, quantity);
  order.openQty -= quantity;
  order.filledQty += quantity;
  order.filledValue = addKrw(order.filledValue, value);
  const part = order.parts.find((known) => known.venue === venue && known.role === role);
  if (part) part.value += value;
  else order.parts.push({ value, venue, role });
  const total = chargesOf(order, order.filledValue, order.parts);
  const added = {
    value,
    commissionKrw: subKrw(total.commissionKrw, order.commission),
    taxKrw: subKrw(total.taxKrw, order.tax),
  };
  order.commission = total.commissionKrw;
  order.tax = total.taxKrw;
  return added;
}
