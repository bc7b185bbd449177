/** The port every broker stands behind: simulated, KIS paper, KIS real. One suite, test/contract/broker.suite.ts, holds them all to it. */
import type {
  AccountCurrency,
  AccountKind,
  AccountProduct,
  Cleared,
  CorporateAction,
  Environment,
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
import type { Krw } from '#shared/num/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

export interface BrokerCapabilities {
  readonly environment: Environment;
  readonly orderTypes: readonly OrderType[];
  readonly timesInForce: readonly TimeInForce[];
  readonly routes: readonly Route[];
  /** true: the broker's answer to submit carries its order number at once. */
  readonly answersWithNumber: boolean;
  /** false: orders and executions can be asked for of the present day only; every day if absent. */
  readonly tellsPastDays?: boolean;
}

/** What the broker needs to know of a new order; no id of ours travels. */
export interface SubmitOrder {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
  readonly route: Route;
  /** Won per unit, null for a type that carries none. */
  readonly price: number | null;
  /** Won at which a stop-limit order is triggered, null for every other type. */
  readonly stopPrice: number | null;
  readonly quantity: number;
  /** Absent: in cash. */
  readonly credit?: OrderCredit | undefined;
}

/** Another price for the whole rest. A type that takes its price from the book becomes a limit order by it. */
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
  readonly session: OrderSession;
  readonly route: Route;
  /** Where its rest waits; null where the broker does not say. */
  readonly venue: VenueName | null;
  /** As asked, or as the exchange took it from the book; null where there is none. */
  readonly price: number | null;
  readonly stopPrice: number | null;
  /** true once a stop-limit order has reached its stop price. */
  readonly triggered: boolean;
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
  /** Where it traded. */
  readonly venue: VenueName;
  readonly price: number;
  readonly quantity: number;
  /** Total filled of this order number after this execution (총체결수량). */
  readonly cumulativeQty: number;
  /**
   * Total amount of this order number after this execution (총체결금액), where the broker tells fills as totals: what is
   * missing of them is then booked to the exact sum. Absent: `price` is exact.
   */
  readonly cumulativeValue?: number;
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
  /** Below zero for a future or option of which more was sold than bought. */
  readonly quantity: number;
  readonly sellable: number;
  /**
   * What the held quantity cost (매입금액). Absent where every holding came by orders that the desk has seen: then nothing
   * is ever taken over from the broker by itself.
   */
  readonly costKrw?: number;
  /** When it ends by itself: a contract by final settlement, a bond by redemption. Absent: never, or the broker does not say. */
  readonly end?: { readonly on: SessionDate; readonly ts: EpochMs };
}

/** What a corporate action made of what is held of an issue, at the start of a session; won. */
export interface BrokerAdjustment {
  readonly accountId: string;
  /** The broker's number of it; no two of an account share one. */
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

/** Figures in whole minor units of the currency: won, or 1/10,000 dollar (docs/adr/0008). */
export interface BrokerAccount {
  readonly accountId: string;
  readonly name: string;
  readonly kind: AccountKind;
  /** won if absent. */
  readonly currency?: AccountCurrency;
  /** What is traded from it; stock if absent (docs/adr/0013). */
  readonly product?: AccountProduct;
  /** null: the broker keeps no such figure; the desk takes the net assets it finds when it first sees the account. */
  readonly startingCashKrw: Krw | null;
  readonly cashD0Krw: Krw;
  readonly cashD1Krw: Krw;
  readonly cashD2Krw: Krw;
  readonly reservedKrw: Krw;
  /** What a purchase may use without leaving anything unpaid, and what may stand as margin. */
  readonly buyingPowerKrw: Krw;
  readonly marginPowerKrw: Krw;
  readonly unpaidKrw: Krw;
  /** Borrowed for what is held, and not repaid; none if absent. */
  readonly loanKrw?: Krw;
  readonly frozenUntil: SessionDate | null;
  readonly sessionDate: SessionDate;
  readonly d1Date: SessionDate;
  readonly d2Date: SessionDate;
  readonly createdTs: EpochMs;
}

/** Notices, in the order the broker sends them; any may be repeated or lost by a real line. */
export type BrokerEvent =
  | { readonly kind: 'accepted'; readonly order: BrokerOrder }
  | { readonly kind: 'replaced'; readonly order: BrokerOrder }
  /** A stop-limit order reached its stop price; the rest of a conditional limit order became a market order. */
  | { readonly kind: 'triggered' | 'converted'; readonly order: BrokerOrder }
  | {
      readonly kind: 'canceled';
      readonly accountId: string;
      readonly brokerOrderNo: string;
      readonly quantity: number;
      /** limits: the day's limits were drawn anew and it lay outside · void: its type ended. */
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
  /** A corporate action changed a holding; the account's figures follow. */
  | { readonly kind: 'holdingAdjusted'; readonly adjustment: BrokerAdjustment }
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
  /** What corporate actions made of holdings in a session, in their order. */
  adjustments(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerAdjustment[]>;
  positions(accountId: string): Promise<readonly BrokerPosition[]>;
  account(accountId: string): Promise<BrokerAccount>;
  /** Delivers notices until the returned function is called. */
  events(listener: (event: BrokerEvent) => void): () => void;
}
