/**
 * Credit of domestic shares: 주식주문(신용) TTTC0052U/0051U, 신용매수가능조회 TTTC8909R, and loans in 주식잔고조회 by day (INQR_DVSN 01); real only.
 *
 *     → PDNO 005930 · CRDT_TYPE 21 · LOAN_DT 20261124 · ORD_DVSN 00 · ORD_QTY 10 · ORD_UNPR 70300 · RSVN_ORD_YN N
 *     ← output { krx_fwdg_ord_orgno 06010, odno 0001569139, ord_tmd 131438 }
 */
import { krxId, type LoanLot, type OrderCredit } from '#shared/domain/index.ts';
import { CREDIT_ORDERS } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { dateOf, dateText, recordOf, rowsOf, text, whole } from '../domestic/wire/fields.ts';
import { balance } from '../domestic/wire/inquire-balance.ts';
import type { AccountFields, CashOrder } from '../domestic/wire/order-cash.ts';
import { codeOfProduct } from '../domestic/wire/order-row.ts';
import type { KisAnswer, KisCall } from '../ports.ts';

const ORDER_CREDIT = 'domestic-stock.order-credit';
const CREDIT_POWER = 'domestic-stock.inquire-credit-psamount';

/** CRDT_TYPE: 21 자기융자신규, 23 유통융자신규, 25 자기융자상환, 27 유통융자상환. */
export function creditType({ act, money }: Pick<OrderCredit, 'act' | 'money'>): string {
  const kind = CREDIT_ORDERS.find((each) => each.act === act && each.money === money);
  if (!kind) throw new RangeError(`no code for ${money} ${act}`);
  return kind.code;
}

/** The call for a new order; a purchase names `today` as the day of its loan. */
export function orderCredit(
  account: AccountFields,
  order: CashOrder,
  of: { readonly credit: OrderCredit; readonly today: SessionDate },
): Omit<KisCall, 'pass'> {
  const { code, kind, side, route, quantity, price, stopPrice } = order;
  const { credit, today } = of;
  return {
    api: ORDER_CREDIT,
    select: { side },
    lane: 'order',
    params: {
      ...account,
      PDNO: code,
      CRDT_TYPE: creditType(credit),
      LOAN_DT: credit.loanDate?.replaceAll('-', '') ?? dateText(today),
      ORD_DVSN: kind,
      ORD_QTY: String(quantity),
      ORD_UNPR: String(price),
      EXCG_ID_DVSN_CD: route,
      SLL_TYPE: '',
      RSVN_ORD_YN: 'N',
      CNDT_PRIC: stopPrice === null ? '' : String(stopPrice),
    },
  };
}

/** The call for what may be bought on a loan at a price; `price` 0: at none. */
export function creditPower(
  account: AccountFields,
  of: { readonly code: string; readonly kind: string; readonly price: number; readonly credit: OrderCredit },
): KisCall {
  return {
    api: CREDIT_POWER,
    lane: 'account',
    params: {
      ...account,
      PDNO: of.code,
      ORD_UNPR: of.price === 0 ? '' : String(of.price),
      ORD_DVSN: of.kind,
      CRDT_TYPE: creditType(of.credit),
      CMA_EVLU_AMT_ICLD_YN: 'N',
      OVRS_ICLD_YN: 'N',
    },
  };
}

/** 최대매수수량: units that may be bought on that loan. */
export function creditPowerOf(answer: KisAnswer): number {
  return Math.max(0, whole(recordOf(answer, 'output'), 'max_buy_qty'));
}

/** The call for the balance by day of the loan (대출일별). */
export function loanBalance(account: AccountFields): KisCall {
  const call = balance(account);
  return { ...call, params: { ...call.params, INQR_DVSN: '01', PRCS_DVSN: '01' } };
}

/** The loans of one page; holdings in cash and units sold short are other rows. */
export function loanRows(answer: KisAnswer): readonly LoanLot[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const kind = text(row, 'trad_dvsn_name');
    const loanDate = dateOf(text(row, 'loan_dt'));
    const [quantity, loanKrw] = [whole(row, 'hldg_qty'), whole(row, 'loan_amt')];
    if (loanDate === null || loanKrw <= 0 || quantity <= 0 || kind.includes('대주')) return [];
    return [
      {
        instrumentId: krxId(codeOfProduct(text(row, 'pdno'))),
        name: text(row, 'prdt_name'),
        kind,
        money: kind.includes('유통') ? 'market' : kind.includes('자기') ? 'house' : null,
        loanDate,
        expires: dateOf(text(row, 'expd_dt')),
        quantity,
        sellable: Math.max(0, whole(row, 'ord_psbl_qty')),
        loanKrw,
      } satisfies LoanLot,
    ];
  });
}
