/** Pre-trade rules, pure: (order, facts) → null, or the code of the denial with the numbers that explain it. */
import type { ErrorCode, ErrorParams } from '../errors/index.ts';
import { NAME_KO } from '../errors/index.ts';
import { mulDiv } from '../num/index.ts';
import { isAuction, kstTimeText, type EpochMs, type Phase, type SessionDate } from '../time/index.ts';
import type { TradingStateName } from './account.ts';
import type { Instrument, InstrumentId } from './instrument.ts';
import type { OrderType, Side, TimeInForce } from './order.ts';

/** Why the guard says no. */
export interface Denial {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** At most `limit` orders in any window of `windowMs`. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** The user's own limits on a single order and on the pace of orders. */
export interface GuardSettings {
  /** Largest amount of one order in won. */
  readonly notionalCapKrw: number;
  /** Largest quantity of one order in units, besides the exchange's own cap. */
  readonly quantityCap: number;
  /** How far beyond the last price, to the disadvantage of the user, a limit price may lie; parts per billion of that price. */
  readonly collarPpb: number;
  /** An equal order within this time is taken for a slip of the hand. */
  readonly duplicateWindowMs: number;
  readonly rates: readonly RateLimit[];
}

/**
 * Defaults. Notional 5,000,000,000 won: far above an individual's order, far below what an extra zero or three make of one.
 * Quantity 10,000,000: only meant for a slip; the exchange's cap by listed shares is usually lower. Collar 20 %: inside the
 * daily ±30 %, since an order that pays more than a fifth beyond the market is nearly always a typing error, while chasing a
 * rise from the base price to the upper limit stays possible as the market moves. Duplicate 3 s and rates 5 in 1 s, 60 in
 * 60 s: a hand does not do more; threats O02 and O03.
 */
export const DEFAULT_GUARD_SETTINGS: GuardSettings = {
  notionalCapKrw: 5_000_000_000,
  quantityCap: 10_000_000,
  collarPpb: 200_000_000,
  duplicateWindowMs: 3_000,
  rates: [
    { limit: 5, windowMs: 1_000 },
    { limit: 60, windowMs: 60_000 },
  ],
};

/** What the market says of the issue; prices in won. */
export interface IssueFacts {
  readonly instrument: Instrument;
  /** false: known, but not traded in the market now running. */
  readonly inMarket: boolean;
  readonly sessionDate: SessionDate;
  readonly phase: Phase;
  readonly halted: boolean;
  readonly base: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly last: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Wall time since when the feed of this issue is stale; null while it is live or deliberately paused. */
  readonly staleSince: EpochMs | null;
  /** When orders are next accepted, "HH:MM" or a date; null when unknown. */
  readonly nextOpen: string | null;
}

/** What the rules look at: a new order, or the whole rest of an order at a new price. */
export interface GuardedOrder {
  readonly kind: 'new' | 'replace';
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly price: number | null;
  readonly quantity: number;
  /** The user said "once more". */
  readonly allowDuplicate: boolean;
  /** Asked by a strategy, stop or playbook under a mandate, not by a hand. */
  readonly automated: boolean;
}

/** The world as the rules see it, gathered at one instant. */
export interface GuardFacts {
  readonly tradingState: TradingStateName;
  /** undefined: no such instrument. */
  readonly issue: IssueFacts | undefined;
  /** Tick and nearest valid prices around the order's price; null where it has none. */
  readonly tick: { readonly size: number; readonly below: number; readonly above: number } | null;
  /** Largest quantity the exchange takes in one order; null: not known. */
  readonly exchangeQuantityCap: number | null;
  /** Cash that may be used, in won, after every hold, and for a replace with the hold of its own order added back. */
  readonly powerKrw: number;
  /** Cash that a buy of this quantity holds, commission included, in won. */
  readonly cashFor: (quantity: number) => number;
  /** Units held, and how many of them open sell orders tie up. */
  readonly held: number;
  readonly reserved: number;
  /** Age of the newest equal order (account, issue, side, price, quantity); null where there is none. */
  readonly sameOrderAgoMs: number | null;
  /** Orders and changes sent or denied, counted per rate limit of the settings, in its order. */
  readonly sentInWindow: readonly number[];
  /** An order on the same issue and side has no known outcome. */
  readonly unconfirmed: boolean;
  readonly settings: GuardSettings;
}

type Judge = (order: GuardedOrder, facts: GuardFacts, issue: IssueFacts) => Denial | null;

const deny = (code: ErrorCode, params: ErrorParams = {}): Denial => ({ code, params });

/** The price at which an order is counted: its own, or the worst the day allows. */
export function countedPrice(order: Pick<GuardedOrder, 'side' | 'price'>, issue: IssueFacts): number {
  if (order.price !== null) return order.price;
  return order.side === 'buy' ? issue.upperLimit : (issue.last ?? issue.base);
}

const tradingState: Judge = (order, facts) => {
  if (facts.tradingState === 'halted') return deny('GUARD_HALTED');
  // Short selling does not exist here, so every sell reduces and every buy adds.
  return facts.tradingState === 'reducing' && order.side === 'buy' ? deny('GUARD_REDUCING') : null;
};

const inMarket: Judge = (order, _facts, issue) =>
  issue.inMarket ? null : deny('GUARD_OTHER_MARKET', { code: order.instrumentId.slice(4) });

/** Phases that take orders; a phase not named here takes none. */
const OPEN_PHASES: readonly Phase[] = ['openAuction', 'continuous', 'closeAuction', 'viAuction', 'afterMarket'];

const session: Judge = (order, _facts, issue) => {
  if (issue.phase === 'halted') return deny('GUARD_HALT');
  const phase = NAME_KO[issue.phase];
  if (!OPEN_PHASES.includes(issue.phase))
    return deny('GUARD_SESSION', { phase, next: issue.nextOpen ?? NAME_KO.opening });
  // IOC and FOK have no meaning where orders are collected (KRX KOSPI rules §13-14); the after-market takes no market order.
  if (order.timeInForce !== 'day' && isAuction(issue.phase))
    return deny('GUARD_TYPE', { phase, type: NAME_KO[order.timeInForce] });
  if (order.type === 'market' && issue.phase === 'afterMarket')
    return deny('GUARD_TYPE', { phase, type: NAME_KO.market });
  return null;
};

const halt: Judge = (_order, _facts, issue) => (issue.halted ? deny('GUARD_HALT') : null);

const pricePresence: Judge = (order) => {
  if (order.type === 'limit' && order.price === null) return deny('GUARD_PRICE_MISSING');
  return order.type === 'market' && order.price !== null ? deny('GUARD_PRICE_UNWANTED') : null;
};

const tick: Judge = (order, facts) => {
  if (order.price === null || facts.tick === null || facts.tick.below === order.price) return null;
  return deny('GUARD_TICK', { tick: facts.tick.size, below: facts.tick.below, above: facts.tick.above });
};

const priceLimits: Judge = (order, _facts, issue) => {
  if (order.price === null) return null;
  if (order.price > issue.upperLimit) return deny('GUARD_LIMIT_UP', { limit: issue.upperLimit });
  return order.price < issue.lowerLimit ? deny('GUARD_LIMIT_DOWN', { limit: issue.lowerLimit }) : null;
};

const lot: Judge = (order, _facts, issue) => {
  const { lotSize } = issue.instrument;
  return order.quantity % lotSize === 0 && order.quantity > 0 ? null : deny('GUARD_LOT', { lot: lotSize });
};

const quantityCap: Judge = (order, facts) => {
  const limit = Math.min(facts.settings.quantityCap, facts.exchangeQuantityCap ?? facts.settings.quantityCap);
  return order.quantity > limit ? deny('GUARD_QUANTITY_CAP', { limit }) : null;
};

const notional: Judge = (order, facts, issue) => {
  const limit = facts.settings.notionalCapKrw;
  // Compared by division: the product of an absurd order would leave the exact range.
  return order.quantity > Math.floor(limit / countedPrice(order, issue)) ? deny('GUARD_NOTIONAL', { limit }) : null;
};

const collar: Judge = (order, facts, issue) => {
  if (order.price === null) return null;
  const reference = issue.last ?? issue.base;
  const beyond = order.side === 'buy' ? order.price - reference : reference - order.price;
  if (beyond <= mulDiv(reference, facts.settings.collarPpb, 1_000_000_000, 'floor')) return null;
  const percent = mulDiv(beyond, 1_000, reference, 'ceil') / 10;
  return deny('GUARD_COLLAR', { percent, limit: facts.settings.collarPpb / 10_000_000 });
};

const freshness: Judge = (_order, _facts, issue) =>
  issue.staleSince === null ? null : deny('GUARD_STALE', { since: kstTimeText(issue.staleSince) });

/** The most units, in whole lots, whose cash need stays within the power. */
export function fittingQuantity(facts: Pick<GuardFacts, 'powerKrw' | 'cashFor'>, bound: number, lotSize = 1): number {
  let fits = 0;
  let over = Math.floor(bound / lotSize) + 1;
  // Halving: the need grows with the quantity, and the bound is below 2^30.
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (facts.cashFor(middle * lotSize) <= facts.powerKrw) fits = middle;
    else over = middle;
  }
  return fits * lotSize;
}

const cash: Judge = (order, facts, issue) => {
  if (order.side === 'sell') return null;
  const short = facts.cashFor(order.quantity) - facts.powerKrw;
  if (short <= 0) return null;
  return deny('GUARD_CASH', { short, fit: fittingQuantity(facts, order.quantity, issue.instrument.lotSize) });
};

const sellableQuantity: Judge = (order, facts) => {
  const sellable = Math.max(0, facts.held - facts.reserved);
  if (order.side === 'buy' || order.quantity <= sellable) return null;
  return deny('GUARD_SELLABLE', { sellable, reserved: facts.reserved });
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

const lasting = (judge: Judge, replace: boolean): Rule => ({ judge, replace, passing: false });
const passing = (judge: Judge, replace: boolean): Rule => ({ judge, replace, passing: true });

/** In the order in which they are judged; the first that says no is told. */
const RULES: readonly Rule[] = [
  lasting(tradingState, true),
  lasting(inMarket, true),
  lasting(session, true),
  lasting(halt, true),
  lasting(pricePresence, true),
  lasting(tick, true),
  lasting(priceLimits, true),
  lasting(lot, false),
  lasting(quantityCap, false),
  lasting(notional, true),
  lasting(collar, true),
  lasting(freshness, true),
  lasting(cash, true),
  lasting(sellableQuantity, false),
  passing(duplicate, false),
  passing(rate, true),
  passing(unconfirmed, false),
];

/** How many rules a new order passes, the existence of its issue included. */
export const GUARD_RULES = RULES.length + 1;

const unknownIssue = (order: GuardedOrder): Denial => deny('INSTRUMENT_UNKNOWN', { code: order.instrumentId.slice(4) });

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
  const warnings = RULES.filter((each) => each.passing).map((rule) => rule.judge(order, facts, issue));
  return { denial, warnings: warnings.filter((told) => told !== null) };
}
