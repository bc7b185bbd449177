/**
 * 장내채권 주문체결내역 CTSC8013R: every order number of a day with its totals · 정정취소가능주문조회 CTSC8035R: what waits now, with the
 * standard codes that the list does not tell (real only).
 *
 *     → INQR_STRT_DT · INQR_END_DT · SLL_BUY_DVSN_CD % · SORT_SQN_DVSN 01 · PDNO "" · NCCS_YN N
 *     ← output1 [{ ord_dt, odno, orgn_odno, ord_dvsn_name, sll_buy_dvsn_cd 02, shtn_pdno, ord_qty, bond_ord_unpr, ord_tmd,
 *       tot_ccld_qty, bond_avg_unpr, tot_ccld_amt, nccs_qty }]
 *     → ORD_DT "" · ODNO ""   ← output [{ odno, pdno, rvse_cncl_dvsn_name, ord_qty, ord_psbl_qty, orgn_odno }]
 */
import { bondId, type InstrumentId } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { dateOf, dateText, instantOf, orderNo, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { ListedOrderRow } from '../../joint/listed-orders.ts';
import type { KisAnswer, KisCall, KisRow } from '../../ports.ts';
import { bondPrice, faceUnits, won } from './amounts.ts';

const BOND_CCLD = 'domestic-bond.inquire-daily-ccld';
const BOND_OPEN = 'domestic-bond.inquire-psbl-rvsecncl';

/** Which bond a row is about: by its order number, or by the code that the row tells; null where nobody can say. */
export type BondNaming = (row: { readonly no: string; readonly told: string }) => InstrumentId | null;

/** The call for all order numbers of a day. */
export function bondCcld(account: AccountFields, date: SessionDate): KisCall {
  const day = dateText(date);
  const filter = { SLL_BUY_DVSN_CD: '%', SORT_SQN_DVSN: '01', PDNO: '', NCCS_YN: 'N' };
  return {
    api: BOND_CCLD,
    lane: 'account',
    params: { ...account, INQR_STRT_DT: day, INQR_END_DT: day, ...filter },
  };
}

/** The call for what waits now. */
export function bondOpen(account: AccountFields): KisCall {
  return { api: BOND_OPEN, lane: 'account', params: { ...account, ORD_DT: '', ODNO: '' } };
}

/** Which bond each waiting order number is of, by one page. */
export function bondOpenCodes(answer: KisAnswer): readonly (readonly [no: string, id: InstrumentId])[] {
  return rowsOf(answer, 'output').flatMap((row) => {
    const [no, code] = [orderNo(text(row, 'odno')), text(row, 'pdno')];
    return no === '' || !/^[0-9A-Z]{12}$/.test(code) ? [] : [[no, bondId(code)] as const];
  });
}

/** Letters count 10 to 35; every second digit from the right is doubled. @source ISO 6166 */
function checkDigit(body: string): number {
  const digits = Array.from(body, (letter) => String(parseInt(letter, 36))).join('');
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, place) => {
      const weighed = place % 2 === 0 ? digit * 2 : digit;
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
  return (10 - (sum % 10)) % 10;
}

/** The bond of a code as rows tell it: the standard code itself, or its nine letters between "KR" and the check digit; null for neither. */
export function bondOfCode(told: string): InstrumentId | null {
  if (/^KR[0-9A-Z]{9}\d$/.test(told)) return bondId(told);
  if (!/^[0-9A-Z]{9}$/.test(told)) return null;
  const body = `KR${told}`;
  return bondId(`${body}${checkDigit(body)}`);
}

/** Of prices on the tick of one won every amount is a multiple of this, in 1/1,000 won. */
const STEP = 100;

/**
 * Σ price × quantity of the fills in 1/1,000 won. The total is told in whole won and the average price may be rounded:
 * where both agree to a won, the average tells the rest of the sum.
 */
function filledValueOf(row: KisRow, quantity: number): number {
  const total = won(row, 'tot_ccld_amt') * 1_000;
  const byAverage = Math.round((bondPrice(row, 'bond_avg_unpr') * quantity) / STEP) * STEP;
  return total === 0 || Math.abs(byAverage - total) < 1_000 ? byAverage : total;
}

function aboutOf(row: KisRow, originalNo: string): ListedOrderRow['about'] {
  const name = text(row, 'ord_dvsn_name') + text(row, 'sll_buy_dvsn_cd_name');
  if (/취소/.test(name)) return 'cancel';
  if (/정정/.test(name)) return 'replace';
  if (originalNo === '') return 'order';
  // A withdrawal carries no price.
  return bondPrice(row, 'bond_ord_unpr') === 0 ? 'cancel' : 'replace';
}

/** The order numbers of one page; `unknown` hears of rows that nobody can say the bond of. */
export function bondOrderRows(
  answer: KisAnswer,
  how: {
    readonly asked: SessionDate;
    readonly nameOf: BondNaming;
    readonly unknown: (told: string) => void;
  },
): readonly ListedOrderRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const no = orderNo(text(row, 'odno'));
    if (no === '') return [];
    const told = text(row, 'shtn_pdno');
    const instrumentId = how.nameOf({ no, told });
    if (instrumentId === null) {
      how.unknown(told);
      return [];
    }
    const date = dateOf(text(row, 'ord_dt')) ?? how.asked;
    const originalNo = orderNo(text(row, 'orgn_odno'));
    const filledQty = faceUnits(row, 'tot_ccld_qty');
    const time = text(row, 'ord_tmd');
    return {
      date,
      no,
      originalNo,
      about: aboutOf(row, originalNo),
      instrumentId,
      side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
      quantity: faceUnits(row, 'ord_qty'),
      price: bondPrice(row, 'bond_ord_unpr'),
      filledQty,
      filledValue: filledQty === 0 ? 0 : filledValueOf(row, filledQty),
      restQty: faceUnits(row, 'nccs_qty'),
      rejected: /거부/.test(text(row, 'ord_dvsn_name')),
      receivedTs: time === '' ? null : instantOf(date, time),
    } satisfies ListedOrderRow;
  });
}
