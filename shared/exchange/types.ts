/** What goes into the simulated exchange and what comes out. */
import type {
  Interruption,
  Market,
  OrderSession,
  OrderType,
  Route,
  Side,
  TimeInForce,
  VenueName,
} from '../domain/index.ts';
import type { Product, ViClass } from '../market/index.ts';
import type { EpochMs, Phase, SessionDate } from '../time/index.ts';
import type { DaySchedule } from './sessions.ts';

/** Owner of orders of simulated participants; members' customers have 1 and above. */
export const PARTICIPANTS = 0;

/** Why an issue trades at single prices every 30 minutes (KRX Enforcement Rules art. 56 ff). */
export type SinglePriceReason =
  'liquidation' | 'overheated' | 'etpCaution' | 'abnormalSurge' | 'lowLiquidity' | 'preferred';

/** An issue as listed for one day. Prices in won. */
export interface ListedIssue {
  readonly code: string;
  readonly market: Market;
  readonly basePrice: number;
  readonly lotSize: number;
  readonly listedShares: number | null;
  /** stock if absent. */
  readonly product?: Product;
  /** Of a leveraged or inverse ETF or ETN; 1 if absent. */
  readonly multiple?: number;
  /** Decides the VI thresholds; 'unknown' (taken as the wider ones, and shown as such) if absent. */
  readonly viClass?: ViClass;
  /** true: NXT trades it too. */
  readonly nxt?: boolean;
  /** Set where the day has other limits than the rule gives (new listing, resumption); the reason is shown. */
  readonly limits?: { readonly upper: number; readonly lower: number; readonly reason: string };
  /** true on the first day of a newly listed stock: wider limits, no VI, and no market orders before the first price. */
  readonly newListing?: boolean;
  /** Relisting, split-off, capital reduction: the first auction may set a price in this band, and it becomes the base. */
  readonly firstPrice?: { readonly lower: number; readonly upper: number; readonly reason: string };
  /** true: no daily limits at all (정리매매). */
  readonly unlimited?: boolean;
  /** Set: only single prices every 30 minutes. */
  readonly singlePrice?: SinglePriceReason;
  /** true: no trading from the start of the day, until `resume`. */
  readonly halted?: boolean;
}

/** What makes an exchange day: with the same options and the same inputs come the same events. */
export interface ExchangeOptions {
  readonly date: SessionDate;
  /** Hours of KRX, and of NXT where it was open on that date. */
  readonly schedule: DaySchedule;
  readonly nxtSchedule?: DaySchedule;
  readonly issues: readonly ListedIssue[];
  /** 0 … 2^32 − 1; decides the random ends of the auctions. */
  readonly seed: number;
  /** false: no volatility interruptions. true if absent. */
  readonly vi?: boolean;
  /** Where the index comes from that circuit breakers are judged by: the listed issues' prices, or `setIndex`. 'issues' if absent. */
  readonly index?: 'issues' | 'given';
  /** false: no circuit breakers. true if absent. */
  readonly breakers?: boolean;
  /** true on the last trading day of derivatives: the closing auction's dynamic VI of underlyings is 1 %. */
  readonly derivativesExpiry?: boolean;
  /** true: 'accepted' and 'canceled' events of owner 0 are numbered and hashed, but not delivered. */
  readonly quietParticipants?: boolean;
  /** Open orders held at most; MAX_OPEN_ORDERS if absent. */
  readonly maxOpenOrders?: number;
}

export interface OrderEntry {
  readonly owner: number;
  readonly code: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** Won; 0 for a type that carries none. */
  readonly price: number;
  readonly quantity: number;
  /** KRX if absent. */
  readonly route?: Route;
  /** regular if absent. */
  readonly session?: OrderSession;
  /** Won; of a stop-limit order. */
  readonly stopPrice?: number;
  /** true: a program-trading order, which a sidecar freezes. */
  readonly program?: boolean;
  /** true: a covered short sale, bound to the up-tick rule. */
  readonly shortSale?: boolean;
  /** The day it is meant for; the exchange's own if absent. */
  readonly date?: SessionDate;
}

/** A change of an open order. At least one of the three says something new. */
export interface OrderChange {
  /** Won; absent or 0 for a type that carries none. */
  readonly price?: number;
  /** Units of the rest that change (일부 정정); the whole rest if absent. */
  readonly quantity?: number;
  readonly type?: OrderType;
}

/** Why the exchange refuses; the catalogue has EXCH_<code> for each. Append only: the hash counts by place. */
export const REJECT_CODES = [
  'SESSION',
  'TYPE',
  'QUANTITY',
  'QUANTITY_CAP',
  'PRICE',
  'SAME_PRICE',
  'TICK',
  'LIMIT',
  'HALTED',
  'UNKNOWN_ISSUE',
  'UNKNOWN_ORDER',
  'FULL',
  /** The venue or SOR does not take the type at all (NXT and 01; SOR and 02). */
  'VENUE_TYPE',
  /** NXT does not trade the issue. */
  'NOT_ON_NXT',
  /** ETF, ETN and ELW have no after-market and no NXT. */
  'NO_ETP',
  /** A code of another session: 05, 06, 07, 27-29, 41-47 outside their hours, or a regular one in the after-market. */
  'TYPE_HOURS',
  /** A circuit breaker has stopped the whole market: only cancels. */
  'MARKET_HALTED',
  /** Conditional limit: a buy at the upper or a sell at the lower limit. */
  'CONDITIONAL_LIMIT',
  /** Not for an issue of 30-minute auctions: conditional, mid, stop, best, IOC, FOK. */
  'SINGLE_PRICE',
  /** No quote to take the price from: mid with one side empty. */
  'NO_QUOTE',
  /** Best same side cannot be IOC or FOK. */
  'BEST_SAME_NOW',
  /** Market order before a first price, or of a liquidation issue. */
  'MARKET_BANNED',
  /** Stop price missing, off tick, outside the limits, or on a type that has none. */
  'STOP_PRICE',
  /** Pre-close and post-close orders need a trade in the session whose close they trade at. */
  'NO_REFERENCE',
  /** A short sale below the last price (업틱룰). */
  'SHORT_PRICE',
  /** A change to or from mid or stop-limit, or of type where it is not allowed. */
  'AMEND_TYPE',
  /** A change or cancel of more than the rest. */
  'AMEND_QUANTITY',
  /** Meant for another day than the exchange's. */
  'OTHER_DAY',
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** Why an order left the book. Append only. limits: the day's limits were drawn anew and it lies outside. void: its type ended (mid at 15:20). */
export const CANCEL_CAUSES = ['user', 'ioc', 'fok', 'replaced', 'expired', 'limits', 'void'] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

/** Why a phase changed. */
export type PhaseCause = 'schedule' | 'hand' | 'vi' | 'halt' | 'circuitBreaker' | 'reopening' | 'extension';

interface Head {
  /** Counts from 1 without gaps. */
  readonly seq: number;
  /** The exchange's clock. */
  readonly ts: EpochMs;
}

/** Everything that happens, in order. */
export type ExchangeEvent =
  | (Head & {
      readonly kind: 'accepted';
      readonly code: string;
      /** Where it waits if it does not trade at once; SOR orders may trade on both. */
      readonly venue: VenueName;
      readonly route: Route;
      readonly orderNo: number;
      /** The order this one replaced, 0 for a first order. */
      readonly originalOrderNo: number;
      readonly owner: number;
      readonly side: Side;
      readonly type: OrderType;
      readonly timeInForce: TimeInForce;
      readonly session: OrderSession;
      /** Won: as asked; the price taken from the book for best orders; 0 for market and mid. */
      readonly price: number;
      readonly stopPrice: number;
      readonly quantity: number;
    })
  | (Head & {
      readonly kind: 'rejected';
      readonly code: string;
      /** The order a replace or cancel named, 0 for a new order. */
      readonly orderNo: number;
      readonly owner: number;
      readonly reason: RejectCode;
    })
  | (Head & {
      readonly kind: 'trade';
      readonly code: string;
      readonly venue: VenueName;
      readonly price: number;
      readonly quantity: number;
      readonly buyOrderNo: number;
      readonly buyOwner: number;
      readonly sellOrderNo: number;
      readonly sellOwner: number;
      /** Who took liquidity; null in an auction and at a fixed price. */
      readonly aggressor: Side | null;
    })
  | (Head & {
      readonly kind: 'canceled';
      readonly code: string;
      readonly venue: VenueName;
      readonly orderNo: number;
      readonly owner: number;
      readonly quantity: number;
      readonly cause: CancelCause;
    })
  | (Head & {
      readonly kind: 'auction';
      readonly code: string;
      readonly venue: VenueName;
      readonly phase: Phase;
      /** 0 where nothing matched. */
      readonly price: number;
      readonly quantity: number;
    })
  | (Head & {
      /** Of a whole venue (`code` empty), or of one issue that goes its own way. */
      readonly kind: 'phase';
      readonly venue: VenueName;
      readonly code: string;
      readonly phase: Phase;
      readonly previous: Phase;
      readonly cause: PhaseCause;
      /** Scheduled end, random part not told; 0 where none is known. */
      readonly until: number;
    })
  | (Head & {
      readonly kind: 'vi';
      readonly code: string;
      readonly venue: VenueName;
      readonly type: 'static' | 'dynamic';
      readonly direction: 'up' | 'down';
      readonly reference: number;
      /** The price that would have traded. */
      readonly price: number;
      readonly until: EpochMs;
    })
  | (Head & {
      readonly kind: 'circuitBreaker';
      readonly market: Market;
      readonly level: 1 | 2 | 3;
      readonly indexChangePpm: number;
      /** End of the halt, and of the auction after it; 0 at level 3, which ends the day. */
      readonly haltUntil: number;
      readonly auctionUntil: number;
    })
  | (Head & {
      readonly kind: 'sidecar';
      readonly market: Market;
      readonly side: Side;
      readonly state: 'on' | 'off';
      readonly until: number;
    })
  | (Head & {
      /** A stop-limit order entered the book at this moment. */
      readonly kind: 'triggered';
      readonly code: string;
      readonly venue: VenueName;
      readonly orderNo: number;
      readonly owner: number;
      readonly last: number;
    })
  | (Head & {
      /** Conditional limits became market orders at the start of the closing auction. */
      readonly kind: 'converted';
      readonly code: string;
      readonly orderNo: number;
      readonly owner: number;
      readonly quantity: number;
    })
  | (Head & {
      /** The first price became the base, and the limits were drawn from it. */
      readonly kind: 'base';
      readonly code: string;
      readonly basePrice: number;
      readonly upperLimit: number;
      readonly lowerLimit: number;
    })
  | (Head & {
      /** The official close: the last trade, or the special quote of a day without one (기세); price 0 where there is none. */
      readonly kind: 'close';
      readonly code: string;
      readonly price: number;
      readonly special: boolean;
    });

export type ExchangeSink = (event: ExchangeEvent) => void;

/** State of one issue on one venue, read without copying the book. */
export interface IssueView {
  readonly code: string;
  readonly venue: VenueName;
  readonly phase: Phase;
  readonly interruption: Interruption | null;
  readonly basePrice: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly halted: boolean;
  /** 0 where there is none yet. */
  readonly last: number;
  /** Of the regular session; the after-market moves only `last`, `volume` and `value`. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** Official close, 0 until it is set; 0 on NXT. */
  readonly close: number;
  readonly volume: number;
  readonly value: number;
  readonly bestBid: number;
  readonly bestBidQty: number;
  readonly bestAsk: number;
  readonly bestAskQty: number;
  /** Nearest prices at which a VI would be triggered; 0 where none applies. */
  readonly viUp: number;
  readonly viDown: number;
}

/** What changes all the time of an issue on a venue; lives as long as its exchange. */
export interface BoardLook {
  readonly phase: Phase;
  /** Units traded so far. */
  readonly volume: number;
  /** Best limit price of a side, won; 0 where there is none. */
  bestPrice(side: Side): number;
}

/** An open order as the exchange holds it. `price` 0 for a market order waiting in the book. */
export interface OpenOrder {
  readonly orderNo: number;
  readonly owner: number;
  readonly code: string;
  readonly venue: VenueName;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly price: number;
  readonly stopPrice: number;
  readonly quantity: number;
  readonly openQty: number;
}

/** What the exchange says at once; the same is in the event stream. */
export type SubmitResult = { readonly orderNo: number } | { readonly reason: RejectCode };
export type CancelResult = { readonly quantity: number } | { readonly reason: RejectCode };

export interface DepthLevel {
  readonly price: number;
  readonly qty: number;
}
