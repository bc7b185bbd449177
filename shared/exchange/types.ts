/** What goes into the simulated exchange and what comes out. */
import type { Market, OrderType, Side, TimeInForce } from '../domain/index.ts';
import type { EpochMs, Phase, SessionDate } from '../time/index.ts';
import type { DaySchedule } from './sessions.ts';

/** Owner of orders of simulated participants; members' customers have 1 and above. */
export const PARTICIPANTS = 0;

/** An issue as listed for one day. Prices in won. */
export interface ListedIssue {
  readonly code: string;
  readonly market: Market;
  readonly basePrice: number;
  readonly lotSize: number;
  readonly listedShares: number | null;
  /** Set where the day has other limits than the rule gives (new listing, resumption); the reason is shown. */
  readonly limits?: { readonly upper: number; readonly lower: number; readonly reason: string };
  /** true on the first day of a newly listed stock: wider limits, and no market orders before the first price. */
  readonly newListing?: boolean;
  readonly halted?: boolean;
}

/** What makes a venue: with the same options and the same inputs come the same events. */
export interface VenueOptions {
  readonly date: SessionDate;
  readonly schedule: DaySchedule;
  readonly issues: readonly ListedIssue[];
  /** 0 … 2^32 − 1; decides the random ends of the auctions. */
  readonly seed: number;
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
  /** Won; 0 for a market order. */
  readonly price: number;
  readonly quantity: number;
}

/** Why the exchange refuses; the catalogue has EXCH_<code> for each. */
export type RejectCode =
  | 'SESSION'
  | 'TYPE'
  | 'QUANTITY'
  | 'QUANTITY_CAP'
  | 'PRICE'
  | 'SAME_PRICE'
  | 'TICK'
  | 'LIMIT'
  | 'HALTED'
  | 'FULL'
  | 'UNKNOWN_ISSUE'
  | 'UNKNOWN_ORDER';

/** Everything that happens, in order; `seq` counts from 1 without gaps. `ts` is the exchange's clock. */
export type ExchangeEvent =
  | {
      readonly kind: 'accepted';
      readonly seq: number;
      readonly ts: EpochMs;
      readonly code: string;
      readonly orderNo: number;
      /** The order this one replaced, 0 for a first order. */
      readonly originalOrderNo: number;
      readonly owner: number;
      readonly side: Side;
      readonly type: OrderType;
      readonly timeInForce: TimeInForce;
      readonly price: number;
      readonly quantity: number;
    }
  | {
      readonly kind: 'rejected';
      readonly seq: number;
      readonly ts: EpochMs;
      readonly code: string;
      /** The order a replace or cancel named, 0 for a new order. */
      readonly orderNo: number;
      readonly owner: number;
      readonly reason: RejectCode;
    }
  | {
      readonly kind: 'trade';
      readonly seq: number;
      readonly ts: EpochMs;
      readonly code: string;
      readonly price: number;
      readonly quantity: number;
      readonly buyOrderNo: number;
      readonly buyOwner: number;
      readonly sellOrderNo: number;
      readonly sellOwner: number;
      /** Who took liquidity; null in an auction. */
      readonly aggressor: Side | null;
    }
  | {
      readonly kind: 'canceled';
      readonly seq: number;
      readonly ts: EpochMs;
      readonly code: string;
      readonly orderNo: number;
      readonly owner: number;
      readonly quantity: number;
      /** expired: the session ended. */
      readonly cause: 'user' | 'ioc' | 'fok' | 'replaced' | 'expired';
    }
  | {
      readonly kind: 'auction';
      readonly seq: number;
      readonly ts: EpochMs;
      readonly code: string;
      readonly phase: Phase;
      /** 0 where nothing matched. */
      readonly price: number;
      readonly quantity: number;
    }
  | {
      readonly kind: 'phase';
      readonly seq: number;
      readonly ts: EpochMs;
      readonly phase: Phase;
      readonly previous: Phase;
    };

export type ExchangeSink = (event: ExchangeEvent) => void;

/** State of one issue, read without copying the book. */
export interface IssueView {
  readonly code: string;
  readonly basePrice: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly halted: boolean;
  /** 0 where there is none yet. */
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly value: number;
  readonly bestBid: number;
  readonly bestBidQty: number;
  readonly bestAsk: number;
  readonly bestAskQty: number;
}

/** An open order as the exchange holds it. `price` 0 for a market order waiting in the book. */
export interface OpenOrder {
  readonly orderNo: number;
  readonly owner: number;
  readonly code: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly price: number;
  readonly quantity: number;
  readonly openQty: number;
}

/** What the venue says at once; the same is in the event stream. */
export type SubmitResult = { readonly orderNo: number } | { readonly reason: RejectCode };
export type CancelResult = { readonly quantity: number } | { readonly reason: RejectCode };

export interface DepthLevel {
  readonly price: number;
  readonly qty: number;
}
