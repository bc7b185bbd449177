/** What the guard judges by: the order, the market and the account at one instant. */
import type { ErrorCode, ErrorParams } from '../errors/index.ts';
import type { EpochMs, Phase, SessionDate } from '../time/index.ts';
import type { TradingStateName } from './account.ts';
import type { CreditFacts, OrderCredit } from './credit.ts';
import { currencyText, currencyWords } from './currency.ts';
import { priceText, priceUnitOf } from './price-unit.ts';
import {
  derivativeFamilyOf,
  productOf,
  type AccountCurrency,
  type AccountProduct,
  type ForeignCurrency,
  type Instrument,
  type InstrumentId,
} from './instrument.ts';
import type { Interruption } from './interruption.ts';
import type { OrderSession, OrderType, Route, Side, TimeInForce } from './order.ts';

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
  /** The same of an order abroad, in 1/10,000 of its currency. */
  readonly notionalCapForeign: Readonly<Record<ForeignCurrency, number>>;
  /** Largest quantity of one order in units, besides the exchange's own cap. */
  readonly quantityCap: number;
  /** How far beyond the last price, to the disadvantage of the user, a limit price may lie; parts per billion of that price. */
  readonly collarPpb: number;
  /** An equal order within this time is taken for a slip of the hand. */
  readonly duplicateWindowMs: number;
  readonly rates: readonly RateLimit[];
}

/**
 * Defaults. Notional 5,000,000,000 won and about as much in every currency: far above an individual's order, far
 * below what an extra zero or three make of one. They are set apart, so that no rate of exchange decides about an order.
 * Quantity 10,000,000: only meant for a slip; the exchange's cap by listed shares is usually lower. Collar 20 %: inside the
 * daily ±30 %, since an order that pays more than a fifth beyond the market is nearly always a typing error, while chasing a
 * rise from the base price to the upper limit stays possible as the market moves. Duplicate 3 s and rates 5 in 1 s, 60 in
 * 60 s: a hand does not do more; threats O02 and O03.
 */
export const DEFAULT_GUARD_SETTINGS: GuardSettings = {
  notionalCapKrw: 5_000_000_000,
  notionalCapForeign: {
    USD: 35_000_000_000,
    HKD: 280_000_000_000,
    JPY: 5_000_000_000_000,
    CNY: 250_000_000_000,
    VND: 900_000_000_000_000,
  },
  quantityCap: 10_000_000,
  collarPpb: 200_000_000,
  duplicateWindowMs: 3_000,
  rates: [
    { limit: 5, windowMs: 1_000 },
    { limit: 60, windowMs: 60_000 },
  ],
};

/** stock 주식 · etp ETF와 ETN · elw 주식워런트증권 */
export type TradedProduct = 'stock' | 'etp' | 'elw';

/** A venue at this moment, for one issue; prices in won. */
export interface VenueFacts {
  /** The part of the venue's day by its schedule. */
  readonly venuePhase: Phase;
  /** The issue's own: another than the venue's during a VI, a halt, a reopening or 30-minute auctions. */
  readonly phase: Phase;
  readonly interruption: Interruption | null;
  /** true while orders at the previous close and at the close are taken (장전·장후 시간외 종가). */
  readonly preCloseOpen: boolean;
  readonly postCloseOpen: boolean;
  readonly last: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
}

/** The broker's own answer to how many contracts of a future or option may be newly opened on either side (주문가능수량). */
export interface OpenableFacts {
  readonly buy: number;
  readonly sell: number;
  /** Wall time at which it was asked for: what was sent later it does not know. */
  readonly askedTs: EpochMs;
}

/**
 * What the market says of the issue; prices in won, or in 1/10,000 of its currency for a foreign one. That one has no
 * NXT: `krx` is then its own exchange, and the limits are `NO_LIMITS` where its market has none.
 */
export interface IssueFacts {
  readonly instrument: Instrument;
  /** false: known, but not traded in the market now running. */
  readonly inMarket: boolean;
  readonly sessionDate: SessionDate;
  /** On KRX; on NXT, null where it does not trade the issue or was not open on that date. */
  readonly krx: VenueFacts;
  readonly nxt: VenueFacts | null;
  readonly product: TradedProduct;
  /** true: NXT trades it, open or not. */
  readonly onNxt: boolean;
  /** Why it trades at single prices every 30 minutes only (단일가매매); null: it does not. */
  readonly singlePrice: string | null;
  /** true before the first price of a new listing, relisting or capital reduction. */
  readonly firstPricePending: boolean;
  /** true: no trade in the session whose close the fixed-price types trade at. */
  readonly noReference: boolean;
  readonly halted: boolean;
  readonly base: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  /** On KRX, won; null before the first trade. */
  readonly last: number | null;
  /** Wall time since when the feed of this issue is stale; null while it is live or deliberately paused. */
  readonly staleSince: EpochMs | null;
  /** When orders are next accepted, "HH:MM" or a date; null when unknown. */
  readonly nextOpen: string | null;
  /** Of a future or option: how many contracts the broker would let be opened; absent: not told, or too old. */
  readonly openable?: OpenableFacts;
  /** false: the holidays of its exchange are not known, so it may be shut today. Known if absent. */
  readonly holidaysKnown?: boolean;
}

/** Limits of an issue that has none: every price that an order can carry lies between. */
export const NO_LIMITS = { lowerLimit: 1, upperLimit: 10_000_000_000 } as const;

/** Tick at a price and the nearest valid prices around it, won; all the same where the price is valid. */
export interface TickFacts {
  readonly size: number;
  readonly below: number;
  readonly above: number;
}

/** Quantities that an order may carry. */
export interface LotFacts {
  readonly unit: number;
  readonly least: number;
}

/** Why the exchange does not take a kind of order now; the words of shared/market's order codes. */
export type KindRefusal =
  | 'SESSION'
  | 'TYPE'
  | 'HALTED'
  | 'MARKET_HALTED'
  | 'VENUE_TYPE'
  | 'NOT_ON_NXT'
  | 'NO_ETP'
  | 'TYPE_HOURS'
  | 'CONDITIONAL_LIMIT'
  | 'SINGLE_PRICE'
  | 'NO_QUOTE'
  | 'BEST_SAME_NOW'
  | 'MARKET_BANNED'
  | 'NO_REFERENCE';

/** What the table of order codes says of the order's kind at this moment. */
export interface KindFacts {
  /** Its name in Korean; null: no code stands for the combination. */
  readonly nameKo: string | null;
  /** true: the kind exists, and existed on that date. */
  readonly onDate: boolean;
  /** null: it is taken now. */
  readonly refusal: KindRefusal | null;
  /** When the route takes it next today, "HH:MM"; null: not any more, or never. */
  readonly next: string | null;
  /** A replace of a type whose price cannot be changed. */
  readonly canAmend: boolean;
}

/** What the rules look at: a new order, or the whole rest of an order at a new price. */
export interface GuardedOrder {
  readonly kind: 'new' | 'replace';
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  /** Of a replace: what it is at its new price. */
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
  readonly route: Route;
  readonly price: number | null;
  /** Of a replace: null once the stop has been reached. */
  readonly stopPrice: number | null;
  readonly quantity: number;
  /** Absent: in cash. */
  readonly credit?: OrderCredit | undefined;
  /** The user said "once more". */
  readonly allowDuplicate: boolean;
  /** Asked by a strategy, stop or playbook under a mandate, not by a hand. */
  readonly automated: boolean;
}

/** The world as the rules see it, gathered at one instant. */
export interface GuardFacts {
  readonly tradingState: TradingStateName;
  /** true: the real environment, and nobody has opened it for today. */
  readonly locked: boolean;
  /** undefined: no such instrument. */
  readonly issue: IssueFacts | undefined;
  /** Tick and nearest valid prices around the order's price; null where it has none. */
  readonly tick: TickFacts | null;
  /** The same around its stop price. */
  readonly stopTick: TickFacts | null;
  readonly kind: KindFacts;
  /** null: the board lot of the issue is not known. */
  readonly lot: LotFacts | null;
  /** Largest quantity the exchange takes in one order; null: not known. */
  readonly exchangeQuantityCap: number | null;
  /** Of the account that pays. */
  readonly accountCurrency: AccountCurrency;
  /** What that account trades. */
  readonly accountProduct: AccountProduct;
  /** Price × quantity × num ÷ den is an amount; null: what the issue is worth at a price is not known. */
  readonly unit: { readonly num: number; readonly den: number } | null;
  /** Cash that may be used, in minor units of that currency, after every hold, and for a replace with the hold of its own order added back. */
  readonly powerKrw: number;
  /** Cash that a buy of this quantity holds, commission included. */
  readonly cashFor: (quantity: number) => number;
  /** Units held (below zero: sold, of futures and options), and how many of them open orders that would close them tie up. */
  readonly held: number;
  readonly reserved: number;
  /** Contracts that the broker would let be opened on the order's side; null: not told, or something was sent since. Absent for anything but futures and options. */
  readonly openable?: number | null | undefined;
  /** Of an order on credit: what the broker said of it. Absent: the account takes none, or the order is in cash. */
  readonly credit?: CreditFacts | undefined;
  /** Age of the newest equal order (account, issue, side, price, quantity); null where there is none. */
  readonly sameOrderAgoMs: number | null;
  /** Orders and changes sent or denied, counted per rate limit of the settings, in its order. */
  readonly sentInWindow: readonly number[];
  /** An order on the same issue and side has no known outcome. */
  readonly unconfirmed: boolean;
  readonly settings: GuardSettings;
}

/** One rule: null where it has nothing against the order. */
export type Judge = (order: GuardedOrder, facts: GuardFacts, issue: IssueFacts) => Denial | null;

/** A denial with the numbers of its sentence. */
export function deny(code: ErrorCode, params: ErrorParams = {}): Denial {
  return { code, params };
}

/** true for an issue that is traded abroad. */
export function isForeign(issue: Pick<IssueFacts, 'instrument'>): boolean {
  return issue.instrument.priceScale === 4;
}

const ABROAD = {
  GUARD_TICK: 'GUARD_FOREIGN_TICK',
  GUARD_CASH: 'GUARD_FOREIGN_CASH',
  GUARD_NOTIONAL: 'GUARD_FOREIGN_NOTIONAL',
  GUARD_LIMIT_UP: 'GUARD_FOREIGN_LIMIT_UP',
  GUARD_LIMIT_DOWN: 'GUARD_FOREIGN_LIMIT_DOWN',
} as const satisfies Partial<Record<ErrorCode, ErrorCode>>;

/** What an issue is traded in. */
export function tradedIn(issue: Pick<IssueFacts, 'instrument'>): AccountCurrency {
  return issue.instrument.currency ?? 'KRW';
}

/** Amounts that are prices, which bonds, futures and options count in hundredths. */
const PRICES: ReadonlySet<string> = new Set(['GUARD_TICK', 'GUARD_LIMIT_UP', 'GUARD_LIMIT_DOWN']);

function wonAmounts(
  code: ErrorCode,
  { instrument }: IssueFacts,
  amounts: Readonly<Record<string, number>>,
): ErrorParams {
  const unit = priceUnitOf(instrument.id);
  if (unit !== 'HUNDREDTH' || !PRICES.has(code)) return amounts;
  return Object.fromEntries(Object.entries(amounts).map(([name, price]) => [name, priceText(price, unit)]));
}

/** The codes whose sentences name prices in index points. */
const IN_POINTS: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  GUARD_TICK: 'GUARD_POINT_TICK',
  GUARD_LIMIT_UP: 'GUARD_POINT_LIMIT_UP',
  GUARD_LIMIT_DOWN: 'GUARD_POINT_LIMIT_DOWN',
};

/** The code whose sentence is in the unit of the product: thousands of won for a bond, points for what is on an index. */
function ofProduct(code: keyof typeof ABROAD, { instrument }: IssueFacts): ErrorCode {
  if (derivativeFamilyOf(instrument.id) === 'index') return IN_POINTS[code] ?? code;
  return code === 'GUARD_CASH' && productOf(instrument.id) === 'bond' ? 'GUARD_BOND_CASH' : code;
}

/** A denial whose sentence names amounts of money: in won, or in the words for its currency. */
export function denyMoney(
  code: keyof typeof ABROAD,
  issue: IssueFacts,
  amounts: Readonly<Record<string, number>>,
  counts: ErrorParams = {},
): Denial {
  if (!isForeign(issue)) return deny(ofProduct(code, issue), { ...wonAmounts(code, issue, amounts), ...counts });
  const currency = tradedIn(issue);
  const texts = Object.entries(amounts).map(([name, amount]) => [name, currencyText(amount, currency)] as const);
  return deny(ABROAD[code], { ...Object.fromEntries(texts), unit: currencyWords(currency).unitKo, ...counts });
}

/** The venue that an order goes to, as far as its sentences go: SOR looks at KRX first. */
export function venueFacts(route: Route, issue: IssueFacts): VenueFacts | null {
  return route === 'NXT' ? issue.nxt : issue.krx;
}

/** Price in won that the user sees as the market's: the venue's last, else KRX's, else the base price. */
export function referencePrice(order: Pick<GuardedOrder, 'route'>, issue: IssueFacts): number {
  return venueFacts(order.route, issue)?.last ?? issue.last ?? issue.base;
}
