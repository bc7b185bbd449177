/** 주식주문(현금) and 주식주문(정정취소): from the words of a call to the firm's counter and back. */
import type { OrderCredit, Route, Side } from '#shared/domain/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { orderKindOf } from '#shared/market/index.ts';
import type { ExchangeOrderRequest } from '../../simulator/index.ts';
import { idOf, type Call, type Ground, type Params, type Reply } from '../ground.ts';
import { checkLoan, creditOf } from './loans.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { timeText } from '../server-text.ts';
import { BRANCH, cancelNoOf } from './order-rows.ts';

/** What faults do to an order on its way; set by whoever composes the server. */
export interface OrderFaults {
  /** A text with which the next new order is refused after it got its number; null: none. */
  takeLateRefusal(): string | null;
  /** Gives a number to an order that will be refused by a notice. */
  lateRefusal(order: ExchangeOrderRequest, text: string): string;
}

const SENT = ['APBK0013', '주문 전송 완료 되었습니다.'] as const;

function figure(params: Params, name: string, refused: ErrorCode, env: 'paper' | 'real'): number {
  const text = params.text(name);
  if (text === '') return 0;
  const value = Number(text);
  if (!/^\d+(\.0*)?$/.test(text) || !Number.isSafeInteger(value)) throw orderRefused(refused, env);
  return value;
}

/** Where an order goes. Paper knows KRX only. @source protocol.md §8 */
function routeOf(params: Params, env: 'paper' | 'real'): Route {
  const text = params.text('EXCG_ID_DVSN_CD').toUpperCase();
  const route = text === '' ? 'KRX' : text;
  if (route !== 'KRX' && route !== 'NXT' && route !== 'SOR') throw orderRefused('EXCH_VENUE_TYPE', env);
  if (env === 'paper' && route !== 'KRX') {
    throw new Refused('APBK1664', '모의투자에서는 한국거래소(KRX) 주문만 가능합니다.');
  }
  return route;
}

function answer(no: string, ground: Ground): Reply {
  const output = { KRX_FWDG_ORD_ORGNO: BRANCH, ODNO: no, ORD_TMD: timeText(ground.now()) };
  return { blocks: { output }, said: SENT };
}

/** A new order in cash. */
export function orderCash(call: Call, ground: Ground, faults: OrderFaults): Reply {
  return placed(call, ground, { faults, credit: null });
}

/** A new order on credit: a loan of the day, or a sale that repays the one it names. */
export function orderCredit(call: Call, ground: Ground, faults: OrderFaults): Reply {
  return placed(call, ground, { faults, credit: creditOf(call) });
}

function placed(
  call: Call,
  ground: Ground,
  how: { readonly faults: OrderFaults; readonly credit: OrderCredit | null },
): Reply {
  const { faults, credit } = how;
  const { params } = call;
  const { env } = ground.facts;
  if (ground.isNight()) throw orderRefused('EXCH_SESSION', env);
  const side = call.select['side'] as Side;
  const kind = orderKindOf(params.needed('ORD_DVSN'));
  if (!kind) throw orderRefused('EXCH_TYPE', env);
  const quantity = figure(params, 'ORD_QTY', 'EXCH_QUANTITY', env);
  if (!params.has('ORD_QTY') || quantity === 0) throw orderRefused('EXCH_QUANTITY', env);
  const price = figure(params, 'ORD_UNPR', 'EXCH_TICK', env);
  const stopPrice = figure(params, 'CNDT_PRIC', 'EXCH_STOP_PRICE', env);
  const { type, timeInForce, session } = kind;
  const order: ExchangeOrderRequest = {
    accountId: ground.accountId,
    instrumentId: idOf(params.needed('PDNO')),
    side,
    type,
    timeInForce,
    session,
    route: routeOf(params, env),
    price: price === 0 ? null : price,
    stopPrice: type === 'stopLimit' ? stopPrice : null,
    quantity,
    ...(credit ? { credit } : {}),
  };
  if (credit) checkLoan(ground, order);
  const late = faults.takeLateRefusal();
  if (late !== null) return answer(faults.lateRefusal(order, late), ground);
  const taken = ground.simulator.submit(order);
  if (!taken.ok) throw orderRefused(taken.code, env);
  return answer(taken.brokerOrderNo, ground);
}

/** Another price for, or the withdrawal of, the whole rest of an order. */
export function orderChange(call: Call, ground: Ground): Reply {
  const { params } = call;
  const { env } = ground.facts;
  const { accountId, simulator } = ground;
  if (ground.isNight()) throw orderRefused('EXCH_SESSION', env);
  const original = params.needed('ORGN_ODNO').padStart(10, '0');
  const what = params.needed('RVSE_CNCL_DVSN_CD');
  if (what !== '01' && what !== '02') throw new Refused('APBK0501', '정정취소구분코드를 확인하십시오.');
  const order = simulator.openOrders(accountId).find(({ brokerOrderNo }) => brokerOrderNo === original);
  if (!order) throw orderRefused('EXCH_UNKNOWN_ORDER', env);
  if (routeOf(params, env) !== order.route) {
    throw new Refused('APBK1664', '거래소구분이 원주문과 다릅니다.');
  }
  checkWhole(params, env, order.quantity - order.filledQty);
  if (what === '02') {
    const gone = simulator.cancel({ accountId, brokerOrderNo: original });
    if (!gone.ok) throw orderRefused(gone.code, env);
    return answer(cancelNoOf(original), ground);
  }
  const price = figure(params, 'ORD_UNPR', 'EXCH_TICK', env);
  const successors: string[] = [];
  const unwatch = simulator.watchNotices((notice) => {
    if (notice.kind === 'replaced' && notice.order.originalOrderNo === original)
      successors.push(notice.order.brokerOrderNo);
  });
  try {
    const changed = simulator.replace({ accountId, brokerOrderNo: original, price });
    if (!changed.ok) throw orderRefused(changed.code, env);
  } finally {
    unwatch();
  }
  return answer(successors[0] ?? original, ground);
}

/** Only the whole rest can be changed or withdrawn here. */
function checkWhole(params: Params, env: 'paper' | 'real', rest: number): void {
  if (params.text('QTY_ALL_ORD_YN').toUpperCase() !== 'N') return;
  const quantity = figure(params, 'ORD_QTY', 'EXCH_QUANTITY', env);
  if (quantity > rest) throw orderRefused('EXCH_AMEND_QUANTITY', env);
  if (quantity !== rest) throw new Refused('APBK1664', '이 서버는 잔량 일부의 정정·취소를 지원하지 않습니다.');
}
