/**
 * 선물옵션 잔고현황 CTFO6118R/VTFO6118R: what is held on either side, and the money · 주문가능 TTTO5105R/VTTO5105R: how many contracts
 * of a side may be closed and newly opened. The night (real only) has inquiries of its own with the same fields: CTFN6118R, STTN5105R.
 *
 *     → MGNA_DVSN 01 · EXCC_STAT_CD 1
 *     ← output1 [{ shtn_pdno A01612, sll_buy_dvsn_name 매도, cblc_qty 2, ccld_avg_unpr1 361.05, idx_clpr 360.10, pchs_amt 180525000, lqd_psbl_qty 2 }]
 *       output2 { dnca_cash 50000000, nxdy_dnca 50475000, prsm_dpast_amt 50475000, mgna_tota 20000000, ord_psbl_cash 30000000, ord_psbl_tota 30000000 }
 *     → PDNO A01612 · SLL_BUY_DVSN_CD 02 · UNIT_PRICE 361.05 · ORD_DVSN_CD 01
 *     ← output { tot_psbl_qty 3, lqd_psbl_qty1 2, ord_psbl_qty 1 }
 */
import type { InstrumentId, Side } from '#shared/domain/index.ts';
import { isSettledByDifference, valueOf } from '#shared/market/index.ts';
import { recordOf, rowsOf, text, unreadable } from '../../domestic/wire/fields.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall, KisRow } from '../../ports.ts';
import { points, pointsText, whole } from './figures.ts';
import { idOfCode, type Contract, type IsKnown } from './names.ts';
import { SIDE_CODES } from './order.ts';

export const DERIVATIVE_BALANCE = 'domestic-futureoption.inquire-balance';
export const DERIVATIVE_POWER = 'domestic-futureoption.inquire-psbl-order';
export const NIGHT_BALANCE = 'domestic-futureoption.inquire-ngt-balance';
export const NIGHT_POWER = 'domestic-futureoption.inquire-psbl-ngt-order';
/** PRDT_TYPE_CD: futures and options. */
const PRODUCT_TYPE = '301';

export interface DerivativeHeldRow {
  readonly instrumentId: InstrumentId;
  /** Below zero: sold. */
  readonly quantity: number;
  /** Contracts that may be closed (청산가능수량). */
  readonly closable: number;
  /** Won; below zero for what was sold. */
  readonly cost: number;
  /** What the broker values it at less what it cost or brought, won; of an option its whole value. */
  readonly gain: number;
}

/** Money of the account in won. */
export interface DerivativeCash {
  /** 예수금현금, and what it is after today's settlements (익일예수금). */
  readonly deposit: number;
  readonly nextDay: number;
  /** 추정예탁자산금액: net assets as the broker estimates them. */
  readonly assets: number;
  /** 증거금총액. */
  readonly margin: number;
  /** 주문가능현금 and 주문가능총액. */
  readonly orderableCash: number;
  readonly orderable: number;
  /** 추가증거금총액: what the broker asks to be paid in. */
  readonly call: number;
}

/** The call for holdings and money, as the day or the night has them. */
export function derivativeBalance(account: AccountFields, night: boolean): KisCall {
  const params = { ...account, MGNA_DVSN: '01', EXCC_STAT_CD: '1' };
  return night
    ? { api: NIGHT_BALANCE, lane: 'account', params: { ...params, ACNT_PWD: '' } }
    : { api: DERIVATIVE_BALANCE, lane: 'account', params };
}

function sideOf(row: KisRow): Side {
  const told = text(row, 'sll_buy_dvsn_name') || text(row, 'sll_buy_dvsn_cd');
  if (/매도/.test(told) || told === '01') return 'sell';
  if (/매수/.test(told) || told === '02') return 'buy';
  // Which side a holding is on is never guessed.
  throw unreadable(`sll_buy_dvsn_name: ${told.slice(0, 20)}`);
}

/** The exact amount that the broker tells, where it is what the average price comes to; an amount in another unit is not. */
function costOf(reckoned: number, told: number): number {
  const isSame = told > 0 && Math.abs(told - Math.abs(reckoned)) <= Math.abs(reckoned) / 100;
  return isSame ? Math.sign(reckoned) * told : reckoned;
}

/** What is held, of one page; the broker fills pages up with empty rows. */
export function derivativeHeldRows(answer: KisAnswer, isKnown: IsKnown): readonly DerivativeHeldRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const size = Math.abs(whole(row, 'cblc_qty'));
    if (size === 0) return [];
    const instrumentId = idOfCode(text(row, 'shtn_pdno') || text(row, 'pdno'), isKnown);
    const quantity = sideOf(row) === 'sell' ? -size : size;
    const average = points(row, 'ccld_avg_unpr1');
    const cost = costOf(valueOf(instrumentId, average, quantity), Math.abs(whole(row, 'pchs_amt')));
    const value = valueOf(instrumentId, points(row, 'idx_clpr'), quantity);
    const gain = isSettledByDifference(instrumentId) ? value - valueOf(instrumentId, average, quantity) : value;
    return [{ instrumentId, quantity, closable: whole(row, 'lqd_psbl_qty'), cost, gain }];
  });
}

/** The money, from the last page, which has it like every other. */
export function derivativeCash(answer: KisAnswer): DerivativeCash {
  const row = recordOf(answer, 'output2');
  const deposit = whole(row, 'dnca_cash') || whole(row, 'tot_dncl_amt');
  return {
    deposit,
    nextDay: whole(row, 'nxdy_dnca') || whole(row, 'nxdy_dncl_amt') || deposit,
    assets: whole(row, 'prsm_dpast_amt') || whole(row, 'prsm_dpast'),
    margin: whole(row, 'mgna_tota'),
    orderableCash: whole(row, 'ord_psbl_cash'),
    orderable: whole(row, 'ord_psbl_tota'),
    call: whole(row, 'add_mgna_tota'),
  };
}

/** The call for how many contracts of a side may be ordered at a price; `price` 0: at the market. */
export function derivativePower(
  account: AccountFields,
  about: { readonly at: Contract; readonly side: Side; readonly price: number; readonly night: boolean },
): KisCall {
  const { at, side, price, night } = about;
  return {
    api: night ? NIGHT_POWER : DERIVATIVE_POWER,
    lane: 'account',
    params: {
      ...account,
      PDNO: at.code,
      ...(night ? { PRDT_TYPE_CD: PRODUCT_TYPE } : {}),
      SLL_BUY_DVSN_CD: SIDE_CODES[side],
      UNIT_PRICE: pointsText(price),
      ORD_DVSN_CD: price === 0 ? '02' : '01',
    },
  };
}

/** Contracts that may be newly opened (주문가능수량) and closed (청산가능수량). */
export interface DerivativePower {
  readonly open: number;
  readonly close: number;
}

/**
 * What the answer says. Throws KIS_ANSWER_BAD where 주문가능수량 is missing: none is not the same as not told.
 * The documents do not say whether 주문가능수량 counts what would close: the total less that is never exceeded.
 */
export function derivativePowerOf(answer: KisAnswer): DerivativePower {
  const row = recordOf(answer, 'output');
  if (text(row, 'ord_psbl_qty') === '') throw unreadable('ord_psbl_qty 없음');
  // The night spells it otherwise, and twice.
  const close = whole(row, 'lqd_psbl_qty1') || whole(row, 'lqd_psbl_qty_1') || whole(row, 'lqd_psbl_qty');
  const open = whole(row, 'ord_psbl_qty');
  const total = text(row, 'tot_psbl_qty') === '' ? open + close : whole(row, 'tot_psbl_qty');
  return { close, open: Math.max(0, Math.min(open, Math.max(0, total - close))) };
}
