/**
 * 해외주식 주문체결내역 TTTS3035R/VTTS3035R: every order number of a day with its totals; 미체결내역 TTTS3018R: what waits now.
 *
 *     → PDNO % · ORD_STRT_DT 20261125 · ORD_END_DT 20261125 · SLL_BUY_DVSN 00 · CCLD_NCCS_DVSN 00 · OVRS_EXCG_CD NASD · SORT_SQN DS
 *     ← output [{ ord_dt 20261125, odno 0030138112, orgn_odno "", sll_buy_dvsn_cd 02, rvse_cncl_dvsn 00, pdno BA, ft_ord_qty 1,
 *       ft_ord_unpr3 200.00000000, ft_ccld_qty 0, ft_ccld_amt3 0.00000, nccs_qty 1, prcs_stat_name "", rjct_rson "", ord_tmd 163209,
 *       ovrs_excg_cd NYSE, dmst_ord_dt 20261126, thco_ord_tmd 163209 }]
 *
 * A change and a withdrawal have rows of their own (rvse_cncl_dvsn 01, 02) with the number they are about in orgn_odno.
 */
import { currencyOf, type ForeignExchange, type InstrumentId } from '#shared/domain/index.ts';
import { kstInstant, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { dateOf, dateText, instantOf, orderNo, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { ListedOrderRow } from '../../joint/listed-orders.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisRow } from '../../ports.ts';
import { amount, units } from './amounts.ts';
import { idOfRow } from './exchange.ts';

export const FOREIGN_CCNL = 'overseas-stock.inquire-ccnl';
export const FOREIGN_NCCS = 'overseas-stock.inquire-nccs';

/** One order number as the broker shows it; prices and amounts in 1/10,000 of the currency. */
export type ForeignOrderRow = ListedOrderRow;

/** The call for all order numbers of a day on an exchange (NASD: anywhere in America). */
export function foreignCcnl(
  account: AccountFields,
  { exchange, date }: { readonly exchange: ForeignExchange; readonly date: SessionDate },
): KisCall {
  const day = dateText(date);
  return {
    api: FOREIGN_CCNL,
    lane: 'account',
    params: {
      ...account,
      PDNO: '%',
      ORD_STRT_DT: day,
      ORD_END_DT: day,
      SLL_BUY_DVSN: '00',
      CCLD_NCCS_DVSN: '00',
      OVRS_EXCG_CD: exchange,
      SORT_SQN: 'DS',
      ORD_DT: '',
      ORD_GNO_BRNO: '',
      ODNO: '',
    },
  };
}

/** The call for what waits now; real only, since the documents disagree about paper. */
export function foreignNccs(account: AccountFields, exchange: ForeignExchange): KisCall {
  return { api: FOREIGN_NCCS, lane: 'account', params: { ...account, OVRS_EXCG_CD: exchange, SORT_SQN: 'DS' } };
}

/** The environments in which what waits is asked for by itself. */
export const NCCS_IN: ReadonlySet<KisEnvironment> = new Set(['real']);

/** When the firm received it: its own clock where the row tells it, else the order's time in Korea. */
function receivedOf(row: KisRow, date: SessionDate, instrumentId: InstrumentId): EpochMs | null {
  const koreaDate = dateOf(text(row, 'dmst_ord_dt'));
  const firm = text(row, 'thco_ord_tmd');
  if (koreaDate !== null && firm !== '') return instantOf(koreaDate, firm);
  const told = text(row, 'ord_tmd');
  if (told === '') return null;
  const at = instantOf(date, told);
  // Asia trades by the Korean day. America's begins in the Korean afternoon: what is earlier by the clock belongs to the day after.
  if (currencyOf(instrumentId) !== 'USD') return at;
  const noon = kstInstant(date, 12 * 3_600_000);
  return at !== null && at < noon ? ((at + 86_400_000) as EpochMs) : at;
}

function aboutOf(row: KisRow, originalNo: string): ForeignOrderRow['about'] {
  const told = text(row, 'rvse_cncl_dvsn') || text(row, 'rvse_cncl_dvsn_cd');
  if (told === '02') return 'cancel';
  return told === '01' || originalNo !== '' ? 'replace' : 'order';
}

/** The order numbers of one page. */
export function foreignOrderRows(answer: KisAnswer, asked: SessionDate): readonly ForeignOrderRow[] {
  return rowsOf(answer, 'output').flatMap((row) => {
    const no = orderNo(text(row, 'odno'));
    const instrumentId = idOfRow({ exchange: text(row, 'ovrs_excg_cd'), symbol: text(row, 'pdno') });
    if (no === '' || instrumentId === null) return [];
    const date = dateOf(text(row, 'ord_dt')) ?? asked;
    const originalNo = orderNo(text(row, 'orgn_odno'));
    const reason = text(row, 'rjct_rson') + text(row, 'rjct_rson_name');
    return {
      date,
      no,
      originalNo,
      about: aboutOf(row, originalNo),
      instrumentId,
      side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
      quantity: units(row, 'ft_ord_qty'),
      price: amount(row, 'ft_ord_unpr3'),
      filledQty: units(row, 'ft_ccld_qty'),
      filledValue: amount(row, 'ft_ccld_amt3'),
      restQty: units(row, 'nccs_qty'),
      rejected: /거부/.test(text(row, 'prcs_stat_name')) || /[^0\s]/.test(reason),
      receivedTs: receivedOf(row, date, instrumentId),
    } satisfies ForeignOrderRow;
  });
}
