/** Order types by KIS code (ORD_DVSN), and the one truth of where and when each is taken: exchange, guard, ticket and rule viewer all ask here. */
import facts from '#resources/krx/order-types.json' with { type: 'json' };
import type { OrderSession, OrderType, Route, Side, TimeInForce, VenueName } from '../domain/index.ts';
import { isAuction, type Phase, type SessionDate } from '../time/index.ts';
import type { Product } from './tick-size.ts';

/** What an order is: every code names one of these, and not every combination has a code. */
export interface OrderKind {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
}

/** Where a venue takes a type: in which parts of its day, in the issue's call auctions or not, in a fixed-price window or at any time. */
export interface TakenOn {
  readonly sessions: readonly Phase[];
  readonly inAuction: boolean;
  readonly window?: FixedPriceWindow;
  readonly status: string;
}

/** Fixed-price trading beside the parts of the day: preClose 장전 시간외 종가 · postClose 장후 시간외 종가 */
export type FixedPriceWindow = 'preClose' | 'postClose';

/** One row of the table of codes. */
export interface OrderCode extends OrderKind {
  /** Two digits, ORD_DVSN. */
  readonly code: string;
  readonly nameKo: string;
  /** required: a price is given; zero: the price field is 0. */
  readonly price: 'required' | 'zero';
  /** First and last day, null: not known, or still. */
  readonly from: string | null;
  readonly to: string | null;
  readonly KRX: TakenOn | null;
  readonly NXT: TakenOn | null;
  /** null: no SOR takes it. */
  readonly SOR: { readonly taken: boolean; readonly status: string } | null;
  /** C confirmed, S one source, U unconfirmed. */
  readonly status: string;
  readonly source: string;
  readonly note?: string;
}

/**
 * The table of codes, in the order of the codes.
 * @source resources/krx/order-types.json
 */
export const ORDER_CODES = facts.types as readonly OrderCode[];

/** First day on which the rule text itself was read; before it a code without dates is taken to have been there. */
export const ORDER_TEXT_FROM = facts.textKnownFrom;

/** Why a type is not taken; a subset of the exchange's REJECT_CODES, with the same meaning and words. */
export type KindReason =
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

/** A venue at a moment, for one issue. The exchange may keep one such object and change it. */
export interface VenueMoment {
  readonly venue: VenueName;
  /** The part of the venue's day by its schedule: what decides which codes belong here. */
  readonly venuePhase: Phase;
  /** The issue's own: viAuction, reopenAuction, periodicAuction or halted while it goes its own way, else `venuePhase`. */
  readonly phase: Phase;
  /** true while orders at the previous close (05) and at the close (06) are accepted. KRX only. */
  readonly preCloseOpen?: boolean;
  readonly postCloseOpen?: boolean;
  /** true: the issue is stopped by a circuit breaker and not for its own sake. */
  readonly marketHalted?: boolean;
}

/** What of an issue decides which types it takes. */
export interface KindIssue {
  readonly date: SessionDate;
  readonly product: Product;
  /** true: NXT trades it. */
  readonly nxt: boolean;
  /** Set: only single prices every 30 minutes; 'liquidation' takes no market orders either. */
  readonly singlePrice?: string | null;
  /** true before the first price of a new listing, relisting or capital reduction. */
  readonly firstPricePending?: boolean;
  /** true: no trade in the session whose close the fixed-price types trade at. */
  readonly noReference?: boolean;
}

/** What of an order decides, beside its kind; all may be left out where no order is written yet. */
export interface KindOrder {
  readonly side?: Side;
  /** Won. */
  readonly price?: number;
  readonly limits?: { readonly upper: number; readonly lower: number };
  readonly shortSale?: boolean;
  /** Whether each side of the venue's book has a priced quote. */
  readonly hasBid?: boolean;
  readonly hasAsk?: boolean;
}

const BY_CODE: ReadonlyMap<string, OrderCode> = new Map(ORDER_CODES.map((row) => [row.code, row]));

type KindTable = Partial<Record<OrderType, Partial<Record<`${TimeInForce} ${OrderSession}`, OrderCode>>>>;
/** Rows by type, then by the rest: looked up for every order. */
const BY_KIND: KindTable = {};
for (const row of ORDER_CODES) (BY_KIND[row.type] ??= {})[`${row.timeInForce} ${row.session}`] = row;

/** The row of a code, or null where no such code exists. */
export function orderKindOf(code: string): OrderCode | null {
  return BY_CODE.get(code) ?? null;
}

/** The row of a kind, or null for a combination that no code stands for (best same side as IOC). Keep the row where it is asked often. */
export function orderCodeRow(kind: OrderKind): OrderCode | null {
  const { type, timeInForce, session } = kind;
  if (timeInForce === 'day' && session === 'regular') return BY_KIND[type]?.['day regular'] ?? null;
  return BY_KIND[type]?.[`${timeInForce} ${session}`] ?? null;
}

/** The code of a kind (ORD_DVSN), or null. */
export function orderCodeOf(kind: OrderKind): string | null {
  return orderCodeRow(kind)?.code ?? null;
}

/** Why no code stands for a kind. */
export function noCodeReason(kind: OrderKind): KindReason {
  if (kind.type === 'bestSame' && (kind.timeInForce === 'ioc' || kind.timeInForce === 'fok')) return 'BEST_SAME_NOW';
  return kind.session === 'after' && kind.type === 'market' ? 'TYPE_HOURS' : 'TYPE';
}

const isFixedPrice = (type: OrderType): boolean => type === 'preClose' || type === 'postClose';
/** Parts in which a venue takes nothing new. */
const isShut = (phase: Phase): boolean => phase === 'closed' || phase === 'preOpen' || phase === 'break';

/** Whether the venue takes the code at all: on that date, of that issue. */
function venueReason(row: OrderCode, venue: VenueName, issue: KindIssue): KindReason | null {
  const { date } = issue;
  if (row[venue] === null || (row.from !== null && date < row.from) || (row.to !== null && date > row.to)) {
    return 'VENUE_TYPE';
  }
  if (issue.product !== 'stock' && (venue === 'NXT' || row.session === 'after')) return 'NO_ETP';
  if (venue === 'NXT') return issue.nxt ? null : 'NOT_ON_NXT';
  // Off-hours single prices were not for issues that NXT trades.
  return row.type === 'offHours' && issue.nxt ? 'VENUE_TYPE' : null;
}

/**
 * Step 1 of the validation: whether one venue takes the code at this moment. Venue and date, then closed hours, then halts, then the hours of the code.
 * @source resources/krx/order-types.json (KRX Enforcement Rules 2026-04-27 art. 11, 13, 14; KIS notice 2026-09-09)
 */
export function takenWhen(row: OrderCode, moment: VenueMoment, issue: KindIssue): KindReason | null {
  const { venue, venuePhase, phase } = moment;
  const never = venueReason(row, venue, issue);
  if (never !== null) return never;
  if (isShut(venuePhase)) return 'SESSION';
  if (phase === 'halted') return moment.marketHalted === true ? 'MARKET_HALTED' : 'HALTED';
  const taken = row[venue] as TakenOn;
  if (!taken.sessions.includes(venuePhase)) {
    // A regular type in one of the regular call auctions is refused for its type, any other for its hours.
    const regular = row.session === 'regular' && row.timeInForce !== 'gtp' && taken.sessions.includes('continuous');
    return regular && isAuction(venuePhase) && venuePhase !== 'offHours' ? 'TYPE' : 'TYPE_HOURS';
  }
  if (taken.window === 'preClose' && moment.preCloseOpen !== true) return 'TYPE_HOURS';
  // Before the issue's closing auction has ended there is no close to trade at.
  if (taken.window === 'postClose' && (moment.postCloseOpen !== true || phase !== venuePhase)) return 'TYPE_HOURS';
  return null;
}

/** Plain limit orders, which no ban by type touches. */
const isPlain = ({ type, timeInForce }: OrderCode): boolean =>
  type === 'offHours' || (type === 'limit' && timeInForce !== 'ioc' && timeInForce !== 'fok');

/** Bans of an issue that trades at single prices: plain market orders pass, but of a liquidation. */
function singlePriceReason(row: OrderCode, why: string): KindReason | null {
  if (row.type !== 'market') return 'SINGLE_PRICE';
  if (why === 'liquidation') return 'MARKET_BANNED';
  return row.timeInForce === 'day' ? null : 'SINGLE_PRICE';
}

/**
 * Step 6 of the validation: bans by type, after quantity, tick, limits and cap.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 14 (resources/krx/order-types.json bans)
 */
export function typeBan(
  row: OrderCode,
  moment: VenueMoment,
  issue: KindIssue,
  order: KindOrder = {},
): KindReason | null {
  if (isPlain(row)) return null;
  const { type } = row;
  if (isFixedPrice(type)) return issue.noReference === true ? 'NO_REFERENCE' : null;
  const only = type === 'market' ? 'MARKET_BANNED' : 'TYPE';
  if (order.shortSale === true && issue.product === 'stock') return only;
  if (issue.firstPricePending === true) return only;
  if (issue.singlePrice !== undefined && issue.singlePrice !== null) return singlePriceReason(row, issue.singlePrice);
  if (isAuction(moment.phase) && row[moment.venue]?.inAuction === false) return 'TYPE';
  if (type === 'conditionalLimit') return conditionalReason(order);
  if (type !== 'mid') return null;
  const { hasBid = true, hasAsk = true } = order;
  return hasBid && hasAsk ? null : 'NO_QUOTE';
}

function conditionalReason(order: KindOrder): KindReason | null {
  const { side, price, limits } = order;
  if (side === undefined || price === undefined || limits === undefined) return null;
  return price === (side === 'buy' ? limits.upper : limits.lower) ? 'CONDITIONAL_LIMIT' : null;
}

/** A question about one kind of order on a route, at a moment of both venues. */
export interface AcceptanceQuestion {
  readonly kind: OrderKind;
  readonly route: Route;
  readonly krx: VenueMoment;
  /** null where NXT is not open on that date. */
  readonly nxt: VenueMoment | null;
  readonly issue: KindIssue;
  readonly order?: KindOrder;
}

/** Steps 1 and 6 on one venue. */
function onVenue(row: OrderCode, moment: VenueMoment | null, question: AcceptanceQuestion): KindReason | null {
  if (moment === null) return row.NXT === null ? 'VENUE_TYPE' : 'SESSION';
  return takenWhen(row, moment, question.issue) ?? typeBan(row, moment, question.issue, question.order);
}

/**
 * Why an order of this kind is refused now, or null. SOR: refused only where neither venue takes it; the reason is
 * KRX's unless KRX is only shut or the code is not of its hours while NXT says more.
 */
export function acceptance(question: AcceptanceQuestion): KindReason | null {
  const { route } = question;
  const row = orderCodeRow(question.kind);
  if (row === null) return noCodeReason(question.kind);
  if (route === 'KRX') return onVenue(row, question.krx, question);
  if (route === 'NXT') return onVenue(row, question.nxt, question);
  if (row.SOR?.taken !== true) return 'VENUE_TYPE';
  const krx = onVenue(row, question.krx, question);
  if (krx === null) return null;
  const nxt = onVenue(row, question.nxt, question);
  if (nxt === null) return null;
  return krx === 'SESSION' && (nxt === 'HALTED' || nxt === 'MARKET_HALTED' || nxt === 'TYPE') ? nxt : krx;
}

/** One type as the ticket offers it. */
export interface OrderChoice extends OrderKind {
  readonly ordDvsn: string;
  readonly nameKo: string;
  /** Whether the user gives a price. */
  readonly priced: boolean;
  readonly valid: boolean;
  /** null where valid; else the exchange's code, whose words are EXCH_<reason> of the catalogue. */
  readonly reason: KindReason | null;
  /** How sure that is. */
  readonly status: string;
}

/** How sure it is that a route takes a code. */
function statusOn(row: OrderCode, route: Route): string {
  return row[route]?.status ?? row.status;
}

/** Every type of the table in force on the date, valid or not, with the reason: for a route and a moment. */
export function orderChoices(question: Omit<AcceptanceQuestion, 'kind'>): readonly OrderChoice[] {
  const { date } = question.issue;
  return ORDER_CODES.filter(
    (row) => (row.from === null || row.from <= date) && (row.to === null || date <= row.to),
  ).map((row) => {
    const reason = acceptance({ ...question, kind: row });
    return {
      ordDvsn: row.code,
      type: row.type,
      timeInForce: row.timeInForce,
      session: row.session,
      nameKo: row.nameKo,
      priced: row.price === 'required',
      valid: reason === null,
      reason,
      status: statusOn(row, question.route),
    };
  });
}
