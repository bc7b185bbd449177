/**
 * 선물옵션 주문체결내역조회 TTTO5201R/VTTO5201R: every order number of a day with its totals.
 *
 *     → STRT_ORD_DT 20261124 · END_ORD_DT 20261124 · SLL_BUY_DVSN_CD 00 · CCLD_NCCS_DVSN 00 · SORT_SQN DS · PDNO "" · STRT_ODNO "" · MKET_ID_CD 00
 *     ← output1 [{ ord_dt 20261124, odno 0000007045, orgn_odno "", sll_buy_dvsn_cd 02, trad_dvsn_name 매수, nmpr_type_cd 01, nmpr_type_name 지정가,
 *       pdno A01612, ord_qty 2, ord_idx 361.05, qty 1, ord_tmd 101502, tot_ccld_qty 1, avg_idx 361.05, tot_ccld_amt 90262500, rjct_qty 0 }]
 *
 * A change and a withdrawal have rows of their own with the number they are about in orgn_odno; trad_dvsn_name says which.
 */
import type { OrderType, TimeInForce } from '#shared/domain/index.ts';
import { valueUnit } from '#shared/market/index.ts';
import { mulDiv } from '#shared/num/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { dateOf, dateText, instantOf, orderNo, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { ListedOrderRow } from '../../joint/index.ts';
import type { KisAnswer, KisCall, KisRow } from '../../ports.ts';
import { points, whole } from './figures.ts';
import { idOfCode, type IsKnown } from './names.ts';

export const DERIVATIVE_CCNL = 'domestic-futureoption.inquire-ccnl';

/** NMPR_TYPE_CD. */
const TYPES: Readonly<Record<string, OrderType>> = {
  '01': 'limit',
  '02': 'market',
  '03': 'conditionalLimit',
  '04': 'bestOpposite',
};

/** The call for all order numbers of a day. */
export function derivativeCcnl(account: AccountFields, date: SessionDate): KisCall {
  const day = dateText(date);
  return {
    api: DERIVATIVE_CCNL,
    lane: 'account',
    params: {
      ...account,
      STRT_ORD_DT: day,
      END_ORD_DT: day,
      SLL_BUY_DVSN_CD: '00',
      CCLD_NCCS_DVSN: '00',
      SORT_SQN: 'DS',
      PDNO: '',
      STRT_ODNO: '',
      MKET_ID_CD: '00',
    },
  };
}

function aboutOf(row: KisRow, originalNo: string): ListedOrderRow['about'] {
  if (originalNo === '') return 'order';
  return /취소/.test(text(row, 'trad_dvsn_name')) ? 'cancel' : 'replace';
}

/** How long it is good, where the name of its kind says so; the code does not. */
function forceOf(row: KisRow): TimeInForce | null {
  const name = text(row, 'nmpr_type_name').toUpperCase();
  if (name.includes('IOC')) return 'ioc';
  return name.includes('FOK') ? 'fok' : null;
}

/** Σ price × quantity in 1/100: from the amount in won where the worth of a point is known, else from the average price. */
function valueOf(row: KisRow, { instrumentId, filledQty }: Pick<ListedOrderRow, 'instrumentId' | 'filledQty'>): number {
  const unit = valueUnit(instrumentId);
  const told = whole(row, 'tot_ccld_amt');
  const average = points(row, 'avg_idx') * filledQty;
  if (unit === null || told === 0) return average;
  const value = mulDiv(told, unit.den, unit.num, 'halfUp');
  // An amount in thousands, or of another worth a point, would be no such sum: the average price is exact to half a hundredth.
  return Math.abs(value - average) <= filledQty ? value : average;
}

/** The order numbers of one page. Throws KIS_ANSWER_BAD for a row whose contract cannot be named. */
export function derivativeOrderRows(
  answer: KisAnswer,
  asked: SessionDate,
  isKnown: IsKnown,
): readonly ListedOrderRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const no = orderNo(text(row, 'odno'));
    if (no === '') return [];
    const date = dateOf(text(row, 'ord_dt')) ?? asked;
    const originalNo = orderNo(text(row, 'orgn_odno'));
    const instrumentId = idOfCode(text(row, 'pdno'), isKnown);
    const filledQty = whole(row, 'tot_ccld_qty');
    return {
      date,
      no,
      originalNo,
      about: aboutOf(row, originalNo),
      instrumentId,
      side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
      kind: { type: TYPES[text(row, 'nmpr_type_cd')] ?? 'limit', timeInForce: forceOf(row) },
      quantity: whole(row, 'ord_qty'),
      price: points(row, 'ord_idx'),
      filledQty,
      filledValue: valueOf(row, { instrumentId, filledQty }),
      restQty: whole(row, 'qty'),
      rejected: whole(row, 'rjct_qty') > 0,
      receivedTs: instantOf(date, text(row, 'ord_tmd')),
    } satisfies ListedOrderRow;
  });
}
