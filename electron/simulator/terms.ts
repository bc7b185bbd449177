/**
 * What the simulated exchange and its member firm tell the outside. The broker's port has the same shapes; the folders do
 * not import each other, so the composition holds them together by type.
 */
import type { InstrumentId, OrderType, Side, TimeInForce } from '#shared/domain/index.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import type { Krw } from '#shared/num/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

/** A new order as it reaches the firm. */
export interface ExchangeOrderRequest {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** Won per unit, null for a market order. */
  readonly price: number | null;
  readonly quantity: number;
}

/** A change or withdrawal names an order of an account by the firm's number. */
export interface ExchangeCancelRequest {
  readonly accountId: string;
  readonly brokerOrderNo: string;
}

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

export interface ExchangeAccount {
  readonly accountId: string;
  readonly name: string;
  readonly startingCashKrw: Krw;
  readonly cashD0Krw: Krw;
  readonly cashD1Krw: Krw;
  readonly cashD2Krw: Krw;
  readonly reservedKrw: Krw;
  readonly sessionDate: SessionDate;
  readonly d1Date: SessionDate;
  readonly d2Date: SessionDate;
  readonly createdTs: EpochMs;
}

export type ExchangeNotice =
  | { readonly kind: 'accepted' | 'replaced'; readonly order: ExchangeOrder }
  | {
      readonly kind: 'canceled';
      readonly accountId: string;
      readonly brokerOrderNo: string;
      readonly quantity: number;
      readonly cause: 'user' | 'ioc' | 'fok' | 'exchange';
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
  | { readonly kind: 'account'; readonly account: ExchangeAccount }
  | { readonly kind: 'session'; readonly sessionDate: SessionDate; readonly phase: Phase; readonly exchangeTs: EpochMs }
  | { readonly kind: 'connection'; readonly state: 'up' | 'down' };

/** The market's clock and phase for those who show prices. */
export interface MarketSession {
  readonly sessionDate: SessionDate;
  readonly phase: Phase;
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
  readonly price: number;
  readonly quantity: number;
  /** Who took liquidity; null in an auction. */
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
