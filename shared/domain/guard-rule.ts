/** Pre-trade rules, pure: (order, facts) → null, or the code of the denial with the numbers that explain it. */
import { PRODUCT_KO } from '../errors/index.ts';
import { kstTimeText } from '../time/index.ts';
import {
  deny,
  denyMoney,
  isForeign,
  tradedIn,
  referencePrice,
  type Denial,
  type GuardedOrder,
  type GuardFacts,
  type IssueFacts,
  type Judge,
} from './guard-facts.ts';
import { creditFits, creditTaken } from './guard-credit.ts';
import { closingQuantity, collarSlack, openingMargin } from './guard-derivative.ts';
import {
  collarOf,
  kindExists,
  pricePresence,
  routeFits,
  stopCollar,
  stopLimits,
  stopMet,
  stopPresence,
  stopTick,
  takenNow,
  viRuns,
} from './guard-kind.ts';
import { currencyWords } from './currency.ts';
import { isFutureAbroad } from './futures-abroad.ts';
import { codeOf, foreignExchangeOf, productOf } from './instrument.ts';
import { holdsOwnPrice } from './order.ts';

/** The price in won at which an order is counted: its own, or the worst the day allows. */
export function countedPrice(order: Pick<GuardedOrder, 'side' | 'type' | 'price'>, issue: IssueFacts): number {
  if (order.side === 'sell') return order.price ?? issue.last ?? issue.base;
  return order.price !== null && holdsOwnPrice(order.type) ? order.price : issue.upperLimit;
}

const tradingState: Judge = (order, facts) => {
  if (facts.tradingState === 'halted') return deny('GUARD_HALTED');
  return facts.tradingState === 'reducing' && !reduces(order, facts) ? deny('GUARD_REDUCING') : null;
};

/** Short selling of shares and bonds does not exist here: every sell reduces. Of a future, what closes no more than is held. */
function reduces(order: GuardedOrder, facts: GuardFacts): boolean {
  return closingQuantity(order, facts) === order.quantity;
}

const realLock: Judge = (_order, facts) => (facts.locked ? deny('REAL_LOCKED') : null);

const inMarket: Judge = (order, _facts, issue) =>
  issue.inMarket ? null : deny('GUARD_OTHER_MARKET', { code: codeOf(order.instrumentId) });

const WRONG_ACCOUNT = {
  stock: 'GUARD_STOCK_ACCOUNT',
  bond: 'GUARD_BOND_ACCOUNT',
  derivative: 'GUARD_DERIVATIVE_ACCOUNT',
} as const;

const accountFits: Judge = (order, facts, issue) => {
  if (isFutureAbroad(order.instrumentId)) return deny('GUARD_FUTURES_ABROAD');
  const product = productOf(order.instrumentId);
  if (facts.accountProduct !== product) return deny(WRONG_ACCOUNT[product]);
  const currency = tradedIn(issue);
  if (facts.accountCurrency === currency) return null;
  if (currency === 'KRW') return deny('GUARD_KRW_ACCOUNT');
  return deny('GUARD_FOREIGN_ACCOUNT', { currency: currencyWords(currency).nameKo });
};

/** The account trades the issue, and takes the order on credit if it is one; a change stays in its account. */
const accountTakes: Judge = (order, facts, issue) =>
  (order.kind === 'new' ? accountFits(order, facts, issue) : null) ?? creditTaken(order, facts, issue);

// A foreign issue comes with the day's limits nowhere: without a price to measure by, nothing would stop a slip.
const priceKnown: Judge = (_order, facts, issue) => {
  if (facts.unit === null) return deny('GUARD_WORTH_UNKNOWN');
  return (isForeign(issue) || productOf(issue.instrument.id) !== 'stock') && issue.last === null && issue.base === 0
    ? deny('GUARD_FOREIGN_NO_PRICE')
    : null;
};

const halt: Judge = (_order, _facts, issue) => (issue.halted ? deny('GUARD_HALT') : null);

const tick: Judge = (order, facts, issue) => {
  if (order.price === null) return null;
  if (facts.tick === null) return isForeign(issue) ? deny('GUARD_FOREIGN_RULES_UNKNOWN') : null;
  if (facts.tick.below === order.price) return null;
  return denyMoney('GUARD_TICK', issue, { tick: facts.tick.size, below: facts.tick.below, above: facts.tick.above });
};

const priceLimits: Judge = (order, _facts, issue) => {
  if (order.price === null) return null;
  if (order.price > issue.upperLimit) return denyMoney('GUARD_LIMIT_UP', issue, { limit: issue.upperLimit });
  return order.price < issue.lowerLimit ? denyMoney('GUARD_LIMIT_DOWN', issue, { limit: issue.lowerLimit }) : null;
};

const lot: Judge = (order, facts) => {
  if (facts.lot === null) return deny('GUARD_LOT_UNKNOWN');
  const { unit, least } = facts.lot;
  if (order.quantity <= 0 || order.quantity % unit !== 0) return deny('GUARD_LOT', { lot: unit });
  return order.quantity < least ? deny('GUARD_LOT_LEAST', { least }) : null;
};

const quantityCap: Judge = (order, facts) => {
  const limit = Math.min(facts.settings.quantityCap, facts.exchangeQuantityCap ?? facts.settings.quantityCap);
  return order.quantity > limit ? deny('GUARD_QUANTITY_CAP', { limit }) : null;
};

/** The largest amount of one order, in the currency of the issue. */
export function notionalCap({ settings }: Pick<GuardFacts, 'settings'>, issue: IssueFacts): number {
  const currency = tradedIn(issue);
  return currency === 'KRW' ? settings.notionalCapKrw : settings.notionalCapForeign[currency];
}

/** How many units the largest amount of one order buys at a price. */
export function notionalQuantity(facts: GuardFacts, issue: IssueFacts, price: number): number {
  const { num, den } = facts.unit ?? { num: 1, den: 1 };
  // By division: the product of an absurd order would leave the exact range.
  return Math.floor((notionalCap(facts, issue) * den) / (price * num));
}

const notional: Judge = (order, facts, issue) =>
  order.quantity > notionalQuantity(facts, issue, countedPrice(order, issue))
    ? denyMoney('GUARD_NOTIONAL', issue, { limit: notionalCap(facts, issue) })
    : null;

// A stop-limit order pays by the market at its stop price; a first price has no market to be measured by.
const collar: Judge = (order, facts, issue) => {
  if (order.price === null || issue.firstPricePending) return null;
  const from = order.stopPrice ?? referencePrice(order, issue);
  const distance = order.side === 'buy' ? order.price - from : from - order.price;
  return distance <= collarSlack(order, facts, issue) ? null : collarOf('GUARD_COLLAR', facts, { from, distance });
};

const freshness: Judge = (_order, _facts, issue) =>
  issue.staleSince === null ? null : deny('GUARD_STALE', { since: kstTimeText(issue.staleSince) });

/** The most units, in whole lots, whose cash need stays within the power. */
export function fittingQuantity(facts: Pick<GuardFacts, 'powerKrw' | 'cashFor'>, bound: number, lotSize = 1): number {
  let fits = 0;
  let over = Math.floor(bound / lotSize) + 1;
  // The need is all but proportional to the quantity: a guess, where it proves right, leaves next to nothing to halve.
  const guess = Math.floor(((facts.powerKrw / facts.cashFor(bound)) * bound) / lotSize);
  const isWithin = (lots: number): boolean => facts.cashFor(lots * lotSize) <= facts.powerKrw;
  if (guess >= 0 && guess < over) {
    if (guess === 0 || isWithin(guess)) {
      fits = guess;
      if (guess + 1 < over && !isWithin(guess + 1)) over = guess + 1;
    } else {
      over = guess;
      if (guess - 1 > fits && isWithin(guess - 1)) fits = guess - 1;
    }
  }
  // Halving: the need grows with the quantity, and the bound is below 2^30.
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (isWithin(middle)) fits = middle;
    else over = middle;
  }
  return fits * lotSize;
}

const cash: Judge = (order, facts, issue) => {
  if (order.credit) return creditFits(order, facts);
  // A future or option sold beyond what is held needs margin too.
  if (productOf(order.instrumentId) === 'derivative') return openingMargin(order, facts, issue);
  if (order.side === 'sell') return null;
  const short = facts.cashFor(order.quantity) - facts.powerKrw;
  if (short <= 0) return null;
  const fit = fittingQuantity(facts, order.quantity, facts.lot?.unit);
  return denyMoney('GUARD_CASH', issue, { short }, { fit });
};

const sellableQuantity: Judge = (order, facts) => {
  // A loan has units of its own, which are judged before.
  if (order.credit || productOf(order.instrumentId) === 'derivative') return null;
  const sellable = Math.max(0, facts.held - facts.reserved);
  if (order.side === 'buy' || order.quantity <= sellable) return null;
  return deny(productOf(order.instrumentId) === 'bond' ? 'GUARD_BOND_SELLABLE' : 'GUARD_SELLABLE', {
    sellable,
    reserved: facts.reserved,
  });
};

const duplicate: Judge = (order, facts) => {
  if (order.allowDuplicate || facts.sameOrderAgoMs === null) return null;
  if (facts.sameOrderAgoMs >= facts.settings.duplicateWindowMs) return null;
  return deny('GUARD_DUPLICATE', { seconds: Math.max(0, Math.round(facts.sameOrderAgoMs / 100) / 10) });
};

const rate: Judge = (_order, facts) => {
  const broken = facts.settings.rates.find((limit, i) => (facts.sentInWindow[i] ?? 0) >= limit.limit);
  return broken ? deny('GUARD_RATE', { windowSeconds: broken.windowMs / 1_000, limit: broken.limit }) : null;
};

const holidaysUnknown: Judge = (_order, _facts, issue) =>
  issue.holidaysKnown === false ? deny('GUARD_HOLIDAY_UNKNOWN') : null;

// A hand may go on knowingly: "once more" is its word. An automation may not.
const unconfirmed: Judge = (order, facts) =>
  facts.unconfirmed && (order.automated || !order.allowDuplicate) ? deny('GUARD_UNCONFIRMED') : null;

interface Rule {
  readonly judge: Judge;
  /** false: only new orders are judged by it. */
  readonly replace: boolean;
  /** true: depends on the moment of sending, and a draft is only warned. */
  readonly passing: boolean;
}

/** What a draft is told beside the rules; it stops nothing. */
const NOTES: readonly Judge[] = [viRuns, stopMet, holidaysUnknown];

const lasting = (judge: Judge, replace: boolean): Rule => ({ judge, replace, passing: false });
const passing = (judge: Judge, replace: boolean): Rule => ({ judge, replace, passing: true });

/** In the order in which they are judged; the first that says no is told. */
const RULES: readonly Rule[] = [
  lasting(tradingState, true),
  lasting(realLock, true),
  lasting(inMarket, true),
  lasting(accountTakes, true),
  lasting(kindExists, true),
  lasting(routeFits, true),
  lasting(takenNow, true),
  lasting(halt, true),
  lasting(pricePresence, true),
  lasting(priceKnown, true),
  lasting(stopPresence, false),
  lasting(tick, true),
  lasting(stopTick, false),
  lasting(priceLimits, true),
  lasting(stopLimits, false),
  lasting(lot, false),
  lasting(quantityCap, false),
  lasting(notional, true),
  lasting(collar, true),
  lasting(stopCollar, false),
  lasting(freshness, true),
  lasting(cash, true),
  lasting(sellableQuantity, false),
  passing(duplicate, false),
  passing(rate, true),
  passing(unconfirmed, false),
];

/** How many rules a new order passes, the existence of its issue included. */
export const GUARD_RULES = RULES.length + 1;

/** No such code, or a thing that the environment in force has no market for: the two are not the same. */
const unknownIssue = ({ instrumentId: id }: GuardedOrder): Denial => {
  const product = foreignExchangeOf(id) === null ? productOf(id) : 'abroad';
  return product === 'stock'
    ? deny('INSTRUMENT_UNKNOWN', { code: codeOf(id) })
    : deny('INSTRUMENT_NOT_HERE', { code: codeOf(id), product: PRODUCT_KO[product] });
};

/** The first rule that denies the order, or null. */
export function judgeOrder(order: GuardedOrder, facts: GuardFacts): Denial | null {
  // An unknown issue while halted is still answered with the halt: the more important word first.
  if (facts.tradingState === 'halted') return deny('GUARD_HALTED');
  const { issue } = facts;
  if (issue === undefined) return unknownIssue(order);
  for (const rule of RULES) {
    const denial = order.kind === 'new' || rule.replace ? rule.judge(order, facts, issue) : null;
    if (denial) return denial;
  }
  return null;
}

/** The same for a draft: what only holds at this moment warns, everything else denies. */
export function judgeDraft(
  order: GuardedOrder,
  facts: GuardFacts,
): { readonly denial: Denial | null; readonly warnings: readonly Denial[] } {
  const { issue } = facts;
  if (issue === undefined) return { denial: judgeOrder(order, facts), warnings: [] };
  let denial: Denial | null = null;
  // One at a time: a later rule may count with what an earlier one has just found absurd.
  for (const rule of RULES.filter((each) => !each.passing)) denial ??= rule.judge(order, facts, issue);
  const passing = RULES.filter((each) => each.passing).map(({ judge }) => judge);
  const warnings = [...passing, ...NOTES].map((judge) => judge(order, facts, issue));
  return { denial, warnings: warnings.filter((told) => told !== null) };
}
