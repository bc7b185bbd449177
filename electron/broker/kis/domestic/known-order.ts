/** One order number as far as it is known: from the answer to our own call, from notices, from inquiries. */
import {
  isPriced,
  type InstrumentId,
  type OrderSession,
  type OrderType,
  type Route,
  type Side,
  type TimeInForce,
  type VenueName,
} from '#shared/domain/index.ts';
import { orderKindOf } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { BrokerOrder } from '../../broker.ts';
import { FillAccount } from './fill-account.ts';

export interface OrderFacts {
  readonly accountId: string;
  readonly no: string;
  readonly originalNo: string | null;
  readonly date: SessionDate;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
  readonly route: Route;
  readonly stopPrice: number | null;
  readonly quantity: number;
  readonly exchangeTs: EpochMs;
  readonly receivedTs: EpochMs;
}

export class KnownOrder {
  readonly facts: OrderFacts;
  readonly fills = new FillAccount();
  status: BrokerOrder['status'] = 'open';
  venue: VenueName | null;
  price: number | null;
  triggered = false;
  /** KRX_FWDG_ORD_ORGNO; empty until known. */
  orgNo = '';
  /** true: the broker has shown it, by a notice or an inquiry; before that only its number is known. */
  shown = false;
  /** true: `accepted` or `replaced` was told. */
  told = false;
  /** true: we asked for its withdrawal. */
  cancelAsked = false;
  /** true: it became a market order in the closing auction, and that was told. */
  converted = false;

  constructor(facts: OrderFacts, price: number | null) {
    this.facts = facts;
    this.price = price;
    this.venue = facts.route === 'SOR' ? null : facts.route;
  }

  get isOpen(): boolean {
    return this.status === 'open';
  }

  /** Units that can still trade. */
  get rest(): number {
    return this.facts.quantity - this.fills.quantity;
  }

  /** As the port tells of it. */
  view(): BrokerOrder {
    const {
      no,
      date,
      accountId,
      originalNo,
      instrumentId,
      side,
      type,
      timeInForce,
      session,
      route,
      stopPrice,
      quantity,
    } = this.facts;
    return {
      accountId,
      brokerOrderNo: no,
      originalOrderNo: originalNo,
      instrumentId,
      side,
      type,
      timeInForce,
      session,
      route,
      venue: this.venue,
      price: this.price,
      stopPrice,
      triggered: this.triggered,
      quantity,
      filledQty: this.fills.quantity,
      filledValue: krw(this.fills.value),
      status: this.status,
      exchangeTs: this.facts.exchangeTs,
      receivedTs: this.facts.receivedTs,
      sessionDate: date,
    };
  }
}

/** What an ORD_DVSN stands for; a code that nobody knows is shown as a limit order. */
export function kindOf(code: string): Pick<OrderFacts, 'type' | 'timeInForce' | 'session'> {
  const row = orderKindOf(code);
  return row === null
    ? { type: 'limit', timeInForce: 'day', session: 'regular' }
    : { type: row.type, timeInForce: row.timeInForce, session: row.session };
}

/** The price that an order shows: its own, or the one taken from the book; none for the types that never have one. */
export function shownPrice(type: OrderType, told: number): number | null {
  const has = isPriced(type) || type === 'bestOpposite' || type === 'bestSame';
  return has && told > 0 ? told : null;
}
