/** Puts an order into the broker's words, or says why it has none: what KIS would take for something else never leaves. */
import { codeOf, isPriced } from '#shared/domain/index.ts';
import { AppError, CATALOG, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import { noCodeReason, orderCodeRow } from '#shared/market/index.ts';
import type { SubmitOrder } from '../../broker.ts';
import type { KisEnvironment } from '../ports.ts';
import type { CashOrder } from './wire/order-cash.ts';

/** Why nothing was placed. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly params?: ErrorParams;
}

const refused = (code: ErrorCode, params: ErrorParams = {}): Refusal => ({
  ok: false,
  code,
  ...(Object.keys(params).length > 0 ? { params } : {}),
});

/**
 * A price beside a type without one would be dropped on the way, and a stop price beside another type too: both are
 * refused, because the user meant something by them.
 */
export function cashOrderOf(order: SubmitOrder, environment: KisEnvironment): CashOrder | Refusal {
  const { instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
  const row = orderCodeRow({ type, timeInForce, session });
  if (row === null) return refused(`EXCH_${noCodeReason({ type, timeInForce, session })}`);
  if (!/^KRX:[0-9A-Z]{6}$/.test(instrumentId)) return refused('EXCH_UNKNOWN_ISSUE');
  if (environment === 'paper' && order.credit) return refused('KIS_NOT_IN_PAPER', { name: '신용 주문' });
  if (environment === 'paper' && route !== 'KRX') return refused('KIS_NOT_IN_PAPER', { name: `${route} 주문` });
  if (!Number.isSafeInteger(quantity) || quantity <= 0) return refused('EXCH_QUANTITY');
  if ((type === 'stopLimit') !== (stopPrice !== null)) return refused('EXCH_STOP_PRICE');
  if (!isPriced(type) && price !== null) return refused('EXCH_PRICE');
  if (isPriced(type) && (price === null || !Number.isSafeInteger(price) || price <= 0)) return refused('EXCH_TICK');
  return { code: codeOf(instrumentId), kind: row.code, side, route, quantity, price: price ?? 0, stopPrice };
}

/**
 * What an error of an order call says: a refusal where nothing can have happened, else it is thrown on, because a throw
 * means that the outcome is not known.
 */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof AppError) || error.code === 'KIS_ANSWER_BAD') throw error;
  const { family } = CATALOG[error.code];
  if (family === 'unknown' || family === 'bug') throw error;
  return refused(error.code, error.params);
}
