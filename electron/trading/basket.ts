/** Baskets: every row is judged before the first is sent; then they go one after another, at a pace the guard allows. */
import {
  basketRequestId,
  type BasketOutcome,
  type BasketRow,
  type BasketVerdict,
  type NewOrder,
  type Order,
  type RateLimit,
  productOf,
  type InstrumentId,
  type TradingState,
} from '#shared/domain/index.ts';
import type { OrderAck, OrderPreview } from '#shared/contract/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import type { OrderDraft } from './guard.ts';
import { reasonOf } from './order-record.ts';

/** The desk as a basket uses it. */
export interface BasketDesk {
  readonly tradingState: TradingState;
  preview(draft: OrderDraft, ahead: readonly OrderDraft[]): OrderPreview;
  submit(order: NewOrder): Promise<OrderAck>;
  orders(query: { readonly accountId: string; readonly open: boolean; readonly limit: number }): readonly Order[];
}

export interface BasketParts {
  readonly desk: BasketDesk;
  readonly clock: Clock;
  readonly timers: Timers;
  /** The guard's pace; a basket leaves room in it for the hand. */
  readonly rates: readonly RateLimit[];
  /** Asks the broker what the guard must know of an issue. */
  readonly prepare: (instrumentId: InstrumentId) => Promise<void>;
}

export interface BasketReport {
  /** false: one row was refused, so none was sent. */
  readonly sent: boolean;
  readonly verdicts: readonly BasketVerdict[];
  readonly rows: readonly BasketOutcome[];
}

/** Orders of an account that are searched for rows sent before. */
const SEARCHED = 5_000;

const NOT_SENT: BasketOutcome = { orderId: null, state: 'notSent', reason: null };

function isSameRow(a: BasketRow, b: BasketRow): boolean {
  return (
    a.accountId === b.accountId &&
    a.instrumentId === b.instrumentId &&
    a.side === b.side &&
    a.type === b.type &&
    a.route === b.route &&
    a.session === b.session &&
    a.price === b.price &&
    a.stopPrice === b.stopPrice &&
    a.quantity === b.quantity
  );
}

/** What the guard says of each row, with the rows before it taken as sent. */
export function checkBasket(desk: BasketDesk, rows: readonly BasketRow[]): readonly BasketVerdict[] {
  return rows.map((row, at) => {
    const ahead = rows.slice(0, at);
    const { denial, warnings, amountKrw, commissionKrw, taxKrw } = desk.preview(row, ahead);
    const twin = ahead.findIndex((other) => isSameRow(other, row));
    const twice = twin < 0 ? null : reasonOf('BASKET_TWICE', { row: twin + 1 });
    return { denial: denial ?? twice, warnings, amountKrw, commissionKrw, taxKrw };
  });
}

/** Wall time until the pace allows one more after those sent at `sent`, milliseconds. */
export function paceMs(rates: readonly RateLimit[], sent: readonly number[], now: number): number {
  return rates.reduce((wait, { limit, windowMs }) => {
    // One place of each window is left for the hand.
    const room = Math.max(1, limit - 1);
    const first = sent[sent.length - room];
    return first === undefined ? wait : Math.max(wait, first + windowMs - now);
  }, 0);
}

function outcomeOf({ orderId, state, reason }: Pick<Order, 'orderId' | 'state' | 'reason'>): BasketOutcome {
  return { orderId, state, reason };
}

/** Rows of the basket that were sent before, by their number. */
function sentBefore(
  desk: BasketDesk,
  basketId: string,
  rows: readonly BasketRow[],
): ReadonlyMap<number, BasketOutcome> {
  const found = new Map<number, BasketOutcome>();
  for (const accountId of new Set(rows.map((row) => row.accountId))) {
    const byRequest = new Map(
      desk.orders({ accountId, open: false, limit: SEARCHED }).map((order) => [order.requestId, order]),
    );
    rows.forEach((row, at) => {
      const order = byRequest.get(basketRequestId(basketId, at));
      if (!order) return;
      // Another basket under the same name is a slip of the caller, and nothing of it may be sent.
      if (order.instrumentId !== row.instrumentId || order.side !== row.side || order.quantity !== row.quantity)
        throw new AppError('REQUEST_REUSED', { requestId: order.requestId });
      found.set(at, outcomeOf(order));
    });
  }
  return found;
}

/**
 * Sends a basket: judged as a whole again, and only if every row passes. A repeat under the same `basketId` sends the rows
 * that were not sent. Stops before the next row when `signal` is aborted or trading is halted. Throws REQUEST_REUSED.
 */
export async function sendBasket(
  { desk, clock, timers, rates, prepare }: BasketParts,
  { basketId, rows }: { readonly basketId: string; readonly rows: readonly BasketRow[] },
  signal: AbortSignal,
): Promise<BasketReport> {
  const before = sentBefore(desk, basketId, rows);
  const left = rows.flatMap((row, at) => (before.has(at) ? [] : [{ row, at }]));
  const verdicts = checkBasket(
    desk,
    left.map(({ row }) => row),
  );
  const outcomes = rows.map((_, at) => before.get(at) ?? NOT_SENT);
  const passes = verdicts.every((verdict) => verdict.denial === null);
  const all = rows.map((_, at): BasketVerdict => {
    const judged = verdicts[left.findIndex((entry) => entry.at === at)];
    return judged ?? { denial: null, warnings: [], amountKrw: 0, commissionKrw: 0, taxKrw: 0 };
  });
  if (!passes) return { sent: false, verdicts: all, rows: outcomes };
  const sentAt: number[] = [];
  for (const { row, at } of left) {
    await new Promise<void>((done) => timers.after(paceMs(rates, sentAt, clock.now()), done));
    // What may be opened of futures and options is void after every order, the one before this one in the basket too.
    if (sentAt.length > 0 && productOf(row.instrumentId) === 'derivative') await prepare(row.instrumentId);
    if (signal.aborted || desk.tradingState.state === 'halted') break;
    sentAt.push(clock.now());
    try {
      const ack = await desk.submit({ ...row, requestId: basketRequestId(basketId, at), allowDuplicate: true });
      outcomes[at] = outcomeOf(ack);
    } catch (error) {
      // The desk takes no more: what was sent stands, and the rest is told as not sent.
      const { code, messageKo, actionKo } = toEnvelope(error);
      outcomes[at] = { ...NOT_SENT, reason: { code, messageKo, actionKo } };
      break;
    }
  }
  return { sent: true, verdicts: all, rows: outcomes };
}
