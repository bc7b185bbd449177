/**
 * 장내채권 잔고조회 CTSC8407R: what is held, a row for each purchase · 매수가능조회 TTTC8910R: the cash (real only).
 *
 *     → INQR_CNDT 00 전체 / 01 상품번호단위 · PDNO · BUY_DT
 *     ← output [{ pdno KR6095572D81, buy_dt 20251103, buy_sqno 1, cblc_qty 1000, agrx_qty 1000, sprx_qty 0, exdt 20270430,
 *       buy_unpr 10265.00, buy_amt 1026500, ord_psbl_qty 1000 }]
 *     → PDNO · BOND_ORD_UNPR 10000 · SAMT_MKET_PTCI_YN N   ← output { ord_psbl_cash, buy_psbl_amt, buy_psbl_qty }
 */
import type { SessionDate } from '#shared/time/index.ts';
import { dateOf, recordOf, rowsOf, text, unreadable } from '../../domestic/wire/fields.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { bondPrice, faceUnits, priceText, won } from './amounts.ts';
import type { BondLotName } from './order.ts';

const BOND_BALANCE = 'domestic-bond.inquire-balance';
const BOND_POWER = 'domestic-bond.inquire-psbl-order';

/** One purchase that is still held, or a part of it. */
export interface BondLot extends BondLotName {
  readonly code: string;
  /** Units of 1,000 won of face amount. */
  readonly quantity: number;
  readonly sellable: number;
  /** 매수금액 in won. */
  readonly cost: number;
  /** 만기일; null: not told. */
  readonly maturity: SessionDate | null;
}

/** The call for what is held; `code`: of one bond. */
export function bondBalance(account: AccountFields, code: string | null): KisCall {
  return {
    api: BOND_BALANCE,
    lane: 'account',
    params: { ...account, INQR_CNDT: code === null ? '00' : '01', PDNO: code ?? '', BUY_DT: '' },
  };
}

/**
 * Quantities must be units of 1,000 won of face amount, as orders count them: price × quantity has to come near the
 * amount. The documents do not say it, and in another unit every figure and every order would be a thousand times wrong.
 */
function checkUnit(row: { readonly price: number; readonly quantity: number; readonly cost: number }): void {
  const { price, quantity, cost } = row;
  if (price <= 0 || cost <= 0) return;
  const share = (price * quantity) / 1_000 / cost;
  if (share < 0.5 || share > 2) throw unreadable('채권 수량이 천원 단위가 아닙니다.');
}

/** The lots of one page. A purchase of which a part is taxed apart is two. */
export function bondLots(answer: KisAnswer): readonly BondLot[] {
  return rowsOf(answer, 'output').flatMap((row) => {
    const code = text(row, 'pdno');
    const quantity = faceUnits(row, 'cblc_qty');
    if (code === '' || quantity === 0) return [];
    const cost = won(row, 'buy_amt');
    checkUnit({ price: bondPrice(row, 'buy_unpr'), quantity, cost });
    const maturity = dateOf(text(row, 'exdt'));
    const lot = { code, boughtOn: text(row, 'buy_dt'), no: text(row, 'buy_sqno'), quantity, cost, maturity };
    const taxedApart = faceUnits(row, 'sprx_qty') >= quantity;
    return { ...lot, taxedApart, sellable: Math.min(quantity, faceUnits(row, 'ord_psbl_qty')) };
  });
}

/** The call for the cash that a purchase of a bond at a price may use. */
export function bondPower(account: AccountFields, of: { readonly code: string; readonly price: number }): KisCall {
  return {
    api: BOND_POWER,
    lane: 'account',
    params: { ...account, PDNO: of.code, BOND_ORD_UNPR: priceText(of.price), SAMT_MKET_PTCI_YN: 'N' },
  };
}

/** 주문가능현금, won. */
export function bondBuyingPower(answer: KisAnswer): number {
  return won(recordOf(answer, 'output'), 'ord_psbl_cash');
}
