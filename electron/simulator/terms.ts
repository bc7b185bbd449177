/**
 * What the simulated exchange and its member firm tell the outside. The broker's port has the same shapes; the folders do
 * not import each other, so the composition holds them together by type.
 */
import type {
  AccountKind,
  CorporateAction,
  InstrumentId,
  OrderCredit,
  OrderSession,
  OrderType,
  Route,
  Side,
  TimeInForce,
  VenueName,
} from '#shared/domain/index.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import type { DepthLevel } from '#shared/exchange/index.ts';
import type { Krw } from '#shared/num/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

/** A new order as it reaches the firm. */
export interface ExchangeOrderRequest {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
  readonly route: Route;
  /** Won per unit, null for a type that carries none. */
  readonly price: number | null;
  /** Won; null for all but a stop-limit order. */
  readonly stopPrice: number | null;
  readonly quantity: number;
  /** Absent: in cash. */
  readonly credit?: OrderCredit | undefined;
}

/** A change or withdrawal names an order of an account by the firm's number. */
export interface ExchangeCancelRequest {
  readonly accountId: string;
  readonly brokerOrderNo: string;
}

/** Another price for the whole rest; a type that takes its price from the book becomes a limit order by it. */
export interface ExchangeReplaceRequest extends ExchangeCancelRequest {
  readonly price: number;
}

export interface ExchangeRefusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly params?: ErrorParams;
}

export type ExchangeAnswer = { readonly ok: true; readonly brokerOrderNo: string } | ExchangeRefusal;
export type ExchangeReceipt = { readonly ok: true } | ExchangeRefusal;

export type ExchangeOrderStatus = 'open' | 'filled' | 'canceled' | 'expired' | 'replaced';

export interface ExchangeOrder extends ExchangeOrderRequest {
  readonly brokerOrderNo: string;
  readonly originalOrderNo: string | null;
  /** Where its rest waits. */
  readonly venue: VenueName;
  /** true once a stop-limit order has reached its stop price. */
  readonly triggered: boolean;
  readonly filledQty: number;
  readonly filledValue: Krw;
  readonly status: ExchangeOrderStatus;
  readonly exchangeTs: EpochMs;
  readonly receivedTs: EpochMs;
  readonly sessionDate: SessionDate;
}

export interface ExchangeExecution {
  readonly accountId: string;
  readonly brokerOrderNo: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly venue: VenueName;
  readonly price: number;
  readonly quantity: number;
  readonly cumulativeQty: number;
  readonly cumulativeCommissionKrw: Krw;
  readonly cumulativeTaxKrw: Krw;
  readonly exchangeTs: EpochMs;
  readonly sessionDate: SessionDate;
  readonly settlementDate: SessionDate;
}

export interface ExchangePosition {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  readonly sellable: number;
}

/** A corporate action that the user entered for the practice market. */
export interface RegisteredAction {
  /** From 1, in order of registration. */
  readonly no: number;
  readonly instrumentId: InstrumentId;
  /** First day without the right. */
  readonly exDate: SessionDate;
  readonly action: CorporateAction;
  /** The day on which it took effect; null: it has not yet. */
  readonly appliedOn: SessionDate | null;
}

/** What a corporate action made of what is held of an issue; won. */
export interface ExchangeAdjustment {
  readonly accountId: string;
  /** The firm's number of it. */
  readonly adjustmentNo: string;
  readonly instrumentId: InstrumentId;
  readonly action: CorporateAction;
  readonly before: { readonly quantity: number; readonly costKrw: Krw };
  readonly after: { readonly quantity: number; readonly costKrw: Krw };
  /** Paid for fractions and for rights not taken up, and as income after tax. */
  readonly cashKrw: Krw;
  readonly incomeKrw: Krw;
  /** Units of another issue that came. */
  readonly other: { readonly instrumentId: InstrumentId; readonly quantity: number; readonly costKrw: Krw } | null;
  /** What happened, in Korean: "1:5 액면분할". */
  readonly reasonKo: string;
  readonly exchangeTs: EpochMs;
  readonly sessionDate: SessionDate;
}

export interface ExchangeAccount {
  readonly accountId: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly startingCashKrw: Krw;
  readonly cashD0Krw: Krw;
  readonly cashD1Krw: Krw;
  readonly cashD2Krw: Krw;
  readonly reservedKrw: Krw;
  /** What a purchase may use without leaving anything unpaid, and what may stand as margin. */
  readonly buyingPowerKrw: Krw;
  readonly marginPowerKrw: Krw;
  readonly unpaidKrw: Krw;
  readonly frozenUntil: SessionDate | null;
  readonly sessionDate: SessionDate;
  readonly d1Date: SessionDate;
  readonly d2Date: SessionDate;
  readonly createdTs: EpochMs;
}

export type ExchangeNotice =
  /** triggered: its stop price was reached · converted: a conditional limit order became a market order. */
  | { readonly kind: 'accepted' | 'replaced' | 'triggered' | 'converted'; readonly order: ExchangeOrder }
  | {
      readonly kind: 'canceled';
      readonly accountId: string;
      readonly brokerOrderNo: string;
      readonly quantity: number;
      readonly cause: 'user' | 'ioc' | 'fok' | 'exchange' | 'limits' | 'void';
      readonly exchangeTs: EpochMs;
    }
  | {
      readonly kind: 'expired';
      readonly accountId: string;
      readonly brokerOrderNo: string;
      readonly quantity: number;
      readonly exchangeTs: EpochMs;
    }
  | { readonly kind: 'fill'; readonly execution: ExchangeExecution }
  /** A corporate action changed a holding. */
  | { readonly kind: 'holdingAdjusted'; readonly adjustment: ExchangeAdjustment }
  | { readonly kind: 'account'; readonly account: ExchangeAccount }
  | { readonly kind: 'session'; readonly sessionDate: SessionDate; readonly phase: Phase; readonly exchangeTs: EpochMs }
  | { readonly kind: 'connection'; readonly state: 'up' | 'down' };

/** The market's clock and phase for those who show prices. */
export interface MarketSession {
  readonly sessionDate: SessionDate;
  /** Of KRX by its schedule. */
  readonly phase: Phase;
  /** Of NXT by its schedule; null where it is not open on that date. */
  readonly nxtPhase: Phase | null;
  /** true while orders at the previous close and at the close are taken (장전·장후 시간외 종가). */
  readonly preCloseOpen: boolean;
  readonly postCloseOpen: boolean;
  /** Start of KRX's after-market or off-hours trading: from then on nothing counts for the day's candle; null where there is none. */
  readonly afterTs: EpochMs | null;
  readonly exchangeTs: EpochMs;
  /** false: the market has failed and takes no orders. */
  readonly up: boolean;
  /** false: paused on purpose, or the day is over. */
  readonly running: boolean;
  /** Events of the exchange in this session so far. */
  readonly events: number;
  /** When orders are next taken, "HH:MM" today or a date; null while they are, or when unknown. */
  readonly nextOpen: string | null;
}

/** One trade in the market. */
export interface MarketTrade {
  readonly seq: number;
  readonly instrumentId: InstrumentId;
  readonly venue: VenueName;
  readonly price: number;
  readonly quantity: number;
  /** Who took liquidity; null in an auction and at a fixed price. */
  readonly aggressor: Side | null;
  readonly ts: EpochMs;
}

/** Hears of the market as it happens; must not give orders from inside. */
export interface MarketListener {
  /** Another day or market, or the same one taken up again after a restart: what was known before is void. */
  opened(): void;
  traded(trade: MarketTrade): void;
  /** A stretch of time is done; also tells that the feed is alive. */
  advanced(): void;
}

/** Ten levels of one issue; `expected` while an auction collects. */
export interface DepthView {
  readonly asks: readonly DepthLevel[];
  readonly bids: readonly DepthLevel[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
  readonly expected: DepthLevel | null;
}
