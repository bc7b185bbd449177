/** The port every broker stands behind: simulated, KIS paper, KIS real. One suite, test/contract/broker.suite.ts, holds them all to it. */
import type { Cleared, Environment, InstrumentId, OrderType, Side, TimeInForce } from '#shared/domain/index.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import type { Krw } from '#shared/num/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

export interface BrokerCapabilities {
  readonly environment: Environment;
  readonly orderTypes: readonly OrderType[];
  readonly timesInForce: readonly TimeInForce[];
  /** true: the broker's answer to submit carries its order number at once. */
  readonly answersWithNumber: boolean;
}

/** What the broker needs to know of a new order; no id of ours travels. */
export interface SubmitOrder {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** Won per unit, null for a market order. */
  readonly price: number | null;
  readonly quantity: number;
}

export interface ReplaceRequest {
  readonly accountId: string;
  readonly brokerOrderNo: string;
  readonly price: number;
}

export interface CancelRequest {
  readonly accountId: string;
  readonly brokerOrderNo: string;
}

/** The broker's answer. A throw or a timeout means the outcome is not known. */
export type SubmitAnswer =
  | { readonly ok: true; readonly brokerOrderNo: string }
  | { readonly ok: false; readonly code: ErrorCode; readonly params?: ErrorParams };

/** A receipt for replace or cancel: the broker took the request; the confirming notice follows. */
export type Receipt =
  { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode; readonly params?: ErrorParams };

/** An order as the broker sees it, open or ended, of one session. */
export interface BrokerOrder {
  readonly accountId: string;
  readonly brokerOrderNo: string;
  /** The number this one replaced, null for a first order. */
  readonly originalOrderNo: string | null;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly price: number | null;
  readonly quantity: number;
  readonly filledQty: number;
  readonly filledValue: Krw;
  readonly status: 'open' | 'filled' | 'canceled' | 'expired' | 'replaced' | 'rejected';
  /** When the broker received it, on the exchange's clock and on ours. */
  readonly exchangeTs: EpochMs;
  readonly receivedTs: EpochMs;
  readonly sessionDate: SessionDate;
}

export interface BrokerExecution {
  readonly accountId: string;
  readonly brokerOrderNo: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  /** Total filled of this order number after this execution (총체결수량). */
  readonly cumulativeQty: number;
  /** Total commission and tax of this order number after this execution, won. */
  readonly cumulativeCommissionKrw: Krw;
  readonly cumulativeTaxKrw: Krw;
  readonly exchangeTs: EpochMs;
  readonly sessionDate: SessionDate;
  readonly settlementDate: SessionDate;
}

export interface BrokerPosition {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  readonly sellable: number;
}

export interface BrokerAccount {
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

/** Notices, in the order the broker sends them; any may be repeated or lost by a real line. */
export type BrokerEvent =
  | { readonly kind: 'accepted'; readonly order: BrokerOrder }
  | { readonly kind: 'replaced'; readonly order: BrokerOrder }
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
  | {
      readonly kind: 'rejected';
      readonly accountId: string;
      readonly brokerOrderNo: string;
      /** What was refused: the order itself after receipt, or a change to it. */
      readonly what: 'order' | 'replace' | 'cancel';
      readonly code: ErrorCode;
      readonly params?: ErrorParams;
      readonly exchangeTs: EpochMs;
    }
  | { readonly kind: 'fill'; readonly execution: BrokerExecution }
  | { readonly kind: 'account'; readonly account: BrokerAccount }
  | { readonly kind: 'session'; readonly sessionDate: SessionDate; readonly phase: Phase; readonly exchangeTs: EpochMs }
  | { readonly kind: 'connection'; readonly state: 'up' | 'down' };

export interface Broker {
  readonly capabilities: BrokerCapabilities;
  accounts(): Promise<readonly BrokerAccount[]>;
  submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer>;
  replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt>;
  cancel(request: CancelRequest): Promise<Receipt>;
  openOrders(accountId: string): Promise<readonly BrokerOrder[]>;
  /** Every order number of a session, open and ended. */
  orders(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerOrder[]>;
  executions(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerExecution[]>;
  positions(accountId: string): Promise<readonly BrokerPosition[]>;
  account(accountId: string): Promise<BrokerAccount>;
  /** Delivers notices until the returned function is called. */
  events(listener: (event: BrokerEvent) => void): () => void;
}
