/** The APIs that place, change or withdraw orders, one by one: whatever stands here needs a pass and is never sent twice. */
import { AppError } from '#shared/errors/index.ts';
import type { KisCall } from '../ports.ts';

/** place 주문 · change 정정 또는 취소, as a field says · withdraw 취소 */
export type OrderVerb = 'place' | 'change' | 'withdraw';

/** @source resources/kis/catalogue.json: every POST under /trading/; a test compares the two. */
export const ORDER_APIS: Readonly<Record<string, OrderVerb>> = {
  'domestic-bond.buy': 'place',
  'domestic-bond.sell': 'place',
  'domestic-bond.order-rvsecncl': 'change',
  'domestic-futureoption.order': 'place',
  'domestic-futureoption.order-rvsecncl': 'change',
  'domestic-stock.order-cash': 'place',
  'domestic-stock.order-credit': 'place',
  'domestic-stock.order-resv': 'place',
  'domestic-stock.order-resv-rvsecncl': 'change',
  'domestic-stock.order-rvsecncl': 'change',
  'overseas-futureoption.order': 'place',
  'overseas-futureoption.order-rvsecncl': 'change',
  'overseas-stock.daytime-order': 'place',
  'overseas-stock.daytime-order-rvsecncl': 'change',
  'overseas-stock.order': 'place',
  'overseas-stock.order-resv': 'place',
  'overseas-stock.order-resv-ccnl': 'withdraw',
  'overseas-stock.order-rvsecncl': 'change',
};

/** Whether an API places, changes or withdraws orders. */
export function isOrderApi(id: string): boolean {
  return Object.hasOwn(ORDER_APIS, id);
}

/** A withdrawal and nothing else: 취소 by its field, or by the selector where there is no field. */
function withdraws(call: KisCall): boolean {
  const verb = ORDER_APIS[call.api];
  if (verb !== 'change') return verb === 'withdraw';
  const field = call.params['RVSE_CNCL_DVSN_CD'];
  return field === undefined ? call.select?.['action'] === 'cancel' : field === '02';
}

/** Throws KIS_ORDER_API unless the call carries the pass that it needs. */
export function checkPass(call: KisCall): void {
  if (!isOrderApi(call.api)) return;
  const passes = call.pass === 'cancel' ? withdraws(call) : call.pass !== undefined;
  if (!passes) throw new AppError('KIS_ORDER_API', { id: call.api });
}
