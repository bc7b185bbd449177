/**
 * Domestic reservations: 주식예약주문 CTSC0008U, 정정취소 CTSC0013U / CTSC0009U, 조회 CTSC0004R; real only.
 *
 *     → PDNO 005930 · ORD_QTY 2 · ORD_UNPR 55000 · SLL_BUY_DVSN_CD 02 · ORD_DVSN_CD 00 · ORD_OBJT_CBLC_DVSN_CD 10 · RSVN_ORD_END_DT ""
 *     ← output { RSVN_ORD_SEQ 88793 }
 *     ← output [{ rsvn_ord_seq 88793, rsvn_ord_ord_dt 20261124, pdno 005930, ord_rsvn_qty 2, odno "", cncl_ord_dt "" … }]
 */
import { isPriced, krxId, type OrderType, type ReservationState } from '#shared/domain/index.ts';
import { orderCodeRow, orderKindOf } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { HeldReservation, ReservationTerms } from '../../reservations.ts';
import {
  dateOf,
  dateText,
  orderNo,
  recordOf,
  rowsOf,
  text,
  unreadable,
  whole,
  type AnyRow,
} from '../domestic/wire/fields.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import { codeOfProduct } from '../domestic/wire/order-row.ts';
import type { KisAnswer, KisCall } from '../ports.ts';

const RESERVE = 'domestic-stock.order-resv';
const CHANGE = 'domestic-stock.order-resv-rvsecncl';
const LIST = 'domestic-stock.order-resv-ccnl';
/** ORD_DVSN_CD that a reservation can have. @source catalogue: 지정가, 시장가, 조건부지정가, 장전 시간외 */
const KINDS = ['00', '01', '02', '05'];
/** ORD_OBJT_CBLC_DVSN_CD: in cash. */
const IN_CASH = '10';

/** Terms in the broker's words. */
export interface ReservationForm {
  readonly code: string;
  readonly kindCode: string;
  readonly terms: Pick<ReservationTerms, 'side' | 'price' | 'quantity' | 'endDate'>;
}

/** The broker's code for a type; null: no reservation has it. */
export function reservableCode(type: OrderType): string | null {
  const row = orderCodeRow({ type, timeInForce: 'day', session: 'regular' });
  return row !== null && KINDS.includes(row.code) ? row.code : null;
}

const fieldsOf = (account: AccountFields, { code, kindCode, terms }: ReservationForm) => ({
  ...account,
  PDNO: code,
  ORD_QTY: String(terms.quantity),
  ORD_UNPR: String(terms.price ?? 0),
  SLL_BUY_DVSN_CD: terms.side === 'sell' ? '01' : '02',
  ORD_DVSN_CD: kindCode,
  ORD_OBJT_CBLC_DVSN_CD: IN_CASH,
  LOAN_DT: '',
  RSVN_ORD_END_DT: terms.endDate === null ? '' : dateText(terms.endDate),
});

/** The call for a new one. */
export function reserveCall(account: AccountFields, form: ReservationForm): Omit<KisCall, 'pass'> {
  return { api: RESERVE, lane: 'order', params: { ...fieldsOf(account, form), LDNG_DT: '' } };
}

/** The call that changes or cancels one. */
export function changeCall(
  account: AccountFields,
  what: { readonly action: 'modify' | 'cancel'; readonly of: HeldReservation; readonly form: ReservationForm },
): Omit<KisCall, 'pass'> {
  const { action, of, form } = what;
  const named = { RSVN_ORD_SEQ: of.no, RSVN_ORD_ORGNO: '', RSVN_ORD_ORD_DT: dateText(of.date), CTAL_TLNO: '' };
  return { api: CHANGE, select: { action }, lane: 'order', params: { ...fieldsOf(account, form), ...named } };
}

/** The call for the list of a span, cancelled ones among them. */
export function listCall(
  account: AccountFields,
  span: { readonly from: SessionDate; readonly to: SessionDate },
): KisCall {
  return {
    api: LIST,
    lane: 'account',
    params: {
      ...account,
      RSVN_ORD_ORD_DT: dateText(span.from),
      RSVN_ORD_END_DT: dateText(span.to),
      TMNL_MDIA_KIND_CD: '00',
      PRCS_DVSN_CD: '0',
      CNCL_YN: 'Y',
      RSVN_ORD_SEQ: '',
      PDNO: '',
      SLL_BUY_DVSN_CD: '',
    },
  };
}

/** Number of a new one; empty: taken, and no number told. */
export function reservationNo(answer: KisAnswer): string {
  return text(recordOf(answer, 'output'), 'RSVN_ORD_SEQ');
}

/** Whether a change or cancel was carried out (nrml_prcs_yn). */
export function isDone(answer: KisAnswer): boolean {
  return text(recordOf(answer, 'output'), 'nrml_prcs_yn').toUpperCase() === 'Y';
}

/** A day is told as blanks or zeroes where there is none. */
const dayOrNull = (row: AnyRow, name: string): SessionDate | null => dateOf(text(row, name));

function stateOf(row: AnyRow): ReservationState {
  if (dayOrNull(row, 'cncl_ord_dt') !== null) return 'canceled';
  if (orderNo(text(row, 'odno')) !== '') return 'sent';
  return text(row, 'rjct_rson2') === '' ? 'waiting' : 'refused';
}

function sideOf(row: AnyRow): 'buy' | 'sell' {
  const told = text(row, 'sll_buy_dvsn_cd');
  if (told === '01') return 'sell';
  if (told === '02') return 'buy';
  throw unreadable(`sll_buy_dvsn_cd: ${told}`);
}

/** Rows of one page. Throws KIS_ANSWER_BAD for a row that cannot be named. */
export function reservationRows(answer: KisAnswer, accountId: string): readonly HeldReservation[] {
  return rowsOf(answer, 'output')
    .filter((row) => text(row, 'rsvn_ord_seq') !== '')
    .map((row) => {
      const date = dayOrNull(row, 'rsvn_ord_ord_dt');
      if (date === null) throw unreadable('rsvn_ord_ord_dt 없음');
      const kindCode = text(row, 'ord_dvsn_cd');
      const type = orderKindOf(kindCode)?.type ?? null;
      const odno = orderNo(text(row, 'odno'));
      return {
        accountId,
        instrumentId: krxId(codeOfProduct(text(row, 'pdno'))),
        date,
        no: text(row, 'rsvn_ord_seq'),
        side: sideOf(row),
        type,
        kindCode,
        price: type !== null && isPriced(type) ? whole(row, 'ord_rsvn_unpr') : null,
        quantity: whole(row, 'ord_rsvn_qty'),
        endDate: dayOrNull(row, 'rsvn_end_dt'),
        state: stateOf(row),
        brokerOrderNo: odno === '' ? null : odno,
        filledQty: whole(row, 'tot_ccld_qty'),
        reason: text(row, 'rjct_rson2'),
      };
    });
}
