/** One order as the desk knows it: what the screen sees, and what only the desk needs. */
import {
  fillEvent,
  isOpen,
  nextOrderState,
  nextPending,
  type Order,
  type OrderEvent,
  type OrderState,
  type OrderType,
  type PendingEvent,
  type Reason,
  type Route,
  type VenueName,
} from '#shared/domain/index.ts';
import { CATALOG, assert, envelope, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { OrderAck } from '#shared/contract/index.ts';
import type { DeskEventOf } from './journal-events.ts';

/** What was filled under one of the broker's numbers. */
export interface NumberTotals {
  readonly cumulativeQty: number;
  readonly value: number;
  readonly commissionKrw: number;
  readonly taxKrw: number;
}

export interface OrderRecord {
  order: Order;
  readonly automated: boolean;
  readonly allowDuplicate: boolean;
  /** Price it was first asked with; null for a type that carries none. */
  readonly firstPrice: number | null;
  readonly firstType: OrderType;
  /** Wall time at which it was recorded as leaving; null if it never was to. */
  sentTs: number | null;
  /** How its first number became known; inquiry: inferred from its terms. */
  linkedBy: 'answer' | 'notice' | 'inquiry' | null;
  /** Per broker number, oldest first; quantities are summed over the chain. */
  readonly numbers: Map<string, NumberTotals>;
  /** Asked to be withdrawn as soon as, and as often as, it is found resting. */
  cancelWanted: boolean;
  cancelsSent: number;
  lastCancelTs: number | null;
  replacePrice: number | null;
  replaceTs: number | null;
  /** Requests whose first answer is still owed. */
  replaceRequestId: string | null;
  cancelRequestId: string | null;
  /** true: the broker's account figures do not show this order's hold yet. */
  heldByDesk: boolean;
  /** Profit realised by its fills; null before the first. */
  realisedKrw: number | null;
  /** Count of the desk's steps at the last change; an inquiry begun earlier may not know it. */
  changedAt: number;
}

/** A new order of ours, or one found that another program placed. */
export function newRecord(event: DeskEventOf<'orderCreated'> | DeskEventOf<'externalSeen'>, step: number): OrderRecord {
  const { orderId, accountId, instrumentId, side, price, stopPrice, quantity, sessionDate, exchangeTs, ts } = event;
  const { type, timeInForce, session, route } = event;
  const external = event.kind === 'externalSeen';
  const kind = { type, timeInForce, session, route };
  const terms = { accountId, instrumentId, side, ...kind, price, stopPrice, quantity, sessionDate, exchangeTs };
  return {
    order: {
      orderId,
      requestId: external ? '' : event.requestId,
      ...terms,
      ...(!external && event.credit ? { credit: event.credit } : {}),
      venue: external ? venueOf(route) : null,
      triggered: false,
      filledQty: 0,
      filledValue: 0,
      state: external ? 'accepted' : 'created',
      pending: 'none',
      brokerOrderNo: null,
      brokerOrderNos: [],
      reason: null,
      external,
      createdTs: ts,
      updatedTs: ts,
    },
    automated: !external && event.automated,
    allowDuplicate: !external && event.allowDuplicate,
    firstPrice: price,
    firstType: type,
    sentTs: null,
    linkedBy: external ? 'inquiry' : null,
    numbers: new Map(),
    cancelWanted: false,
    cancelsSent: 0,
    lastCancelTs: null,
    replacePrice: null,
    replaceTs: null,
    replaceRequestId: null,
    cancelRequestId: null,
    heldByDesk: false,
    realisedKrw: null,
    changedAt: step,
  };
}

/** Adds a fill to its order and to the number it came under. */
export function takeFill(record: OrderRecord, event: DeskEventOf<'fillRecorded'>, realisedKrw: number): void {
  const { order } = record;
  const { price, quantity, brokerOrderNo, cumulativeQty, commissionKrw, taxKrw } = event;
  const known = record.numbers.get(brokerOrderNo);
  assert(known, `fill of an unknown number of ${order.orderId}`);
  const filledQty = order.filledQty + quantity;
  const filledValue = order.filledValue + price * quantity;
  moveOrder(record, fillEvent({ quantity: order.quantity, filledQty }), { filledQty, filledValue });
  const costs = { commissionKrw: known.commissionKrw + commissionKrw, taxKrw: known.taxKrw + taxKrw };
  record.numbers.set(brokerOrderNo, { cumulativeQty, value: known.value + price * quantity, ...costs });
  record.realisedKrw = (record.realisedKrw ?? 0) + realisedKrw;
}

/** Whether two orders asked for the same on the same day. */
export function hasSameTerms(a: OrderRecord, b: OrderRecord): boolean {
  const [first, second] = [a.order, b.order];
  return (
    first.accountId === second.accountId &&
    first.sessionDate === second.sessionDate &&
    first.instrumentId === second.instrumentId &&
    first.side === second.side &&
    a.firstType === b.firstType &&
    first.timeInForce === second.timeInForce &&
    first.session === second.session &&
    first.route === second.route &&
    first.stopPrice === second.stopPrice &&
    first.quantity === second.quantity &&
    a.firstPrice === b.firstPrice
  );
}

/** Where an order sent by a route waits; null for SOR, which the broker must tell. */
export function venueOf(route: Route): VenueName | null {
  return route === 'SOR' ? null : route;
}

/** Units not yet filled. */
export function restOf(order: Pick<Order, 'quantity' | 'filledQty'>): number {
  return order.quantity - order.filledQty;
}

/** Words of a refusal; a code of an older or newer Maru shows itself. */
export function reasonOf(code: string, params: ErrorParams): Reason {
  if (!(code in CATALOG)) return { code, messageKo: code, actionKo: '' };
  const { messageKo, actionKo } = envelope(code as ErrorCode, params);
  return { code, messageKo, actionKo };
}

/** The answer that an order gives now. */
export function ackOf(order: Order): OrderAck {
  const { orderId, state, brokerOrderNo } = order;
  const reason = state === 'unconfirmed' ? reasonOf('ORDER_UNCONFIRMED', {}) : order.reason;
  return { orderId, state, brokerOrderNo, reason };
}

/** Moves an order along the table; what the table forbids was to be found out before. */
export function moveOrder(record: OrderRecord, event: OrderEvent, change: Partial<Order>): void {
  const { order } = record;
  const next = nextOrderState(order.state, event);
  assert(next !== 'broken' && next !== 'absorbed', `order ${order.orderId} ${order.state} cannot take ${event}`);
  const state: OrderState = next;
  record.order = { ...order, ...change, state };
  if (!isOpen(state)) endChange(record);
}

/** Moves the pending field of an order. */
export function movePending(record: OrderRecord, event: PendingEvent, change: Partial<Order> = {}): void {
  const next = nextPending(record.order.pending, event);
  assert(next !== 'broken', `order ${record.order.orderId} pending ${record.order.pending} cannot take ${event}`);
  record.order = { ...record.order, ...change, pending: next };
}

function endChange(record: OrderRecord): void {
  movePending(record, 'ended');
  record.cancelWanted = false;
  record.replacePrice = null;
  record.replaceTs = null;
}
