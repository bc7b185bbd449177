/**
 * What an account of futures abroad holds: 미결제내역조회(잔고) OTFM1412R and 예수금현황 OTFM1411R, product code 08, real only.
 *
 *     → FUOP_DVSN 00 · CTX_AREA_FK100 "" · CTX_AREA_NK100 ""
 *     ← output [{ ovrs_futr_fx_pdno ESZ26, crcy_cd USD, sll_buy_dvsn_cd 02, fm_ustl_qty 1, fm_ccld_avg_pric 6000.25, fm_now_pric 6010.50,
 *       fm_evlu_pfls_amt 512.50, fuop_dvsn 01, fm_lqd_psbl_qty 1 }]
 *     → CRCY_CD USD · INQR_DT 20261127
 *     ← output { fm_dnca_rmnd 100000.00, fm_nxdy_dncl_amt 100000.00, fm_tot_asst_evlu_amt 100512.50, fm_fuop_evlu_pfls_amt 512.50,
 *       fm_brkg_mgn_amt 15000.00, fm_add_mgn_amt 0.00, fm_rcvb_amt 0.00, fm_ord_psbl_amt 85000.00 }
 */
import { futureAbroadId, futuresProductOf, type ForeignCurrency, type InstrumentId } from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { dateText, recordOf, rowsOf, text, unreadable } from '../../domestic/wire/fields.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall, KisRow } from '../../ports.ts';
import { amount, booked, contracts, told } from './figures.ts';

const UNPD = 'overseas-futureoption.inquire-unpd';
const DEPOSIT = 'overseas-futureoption.inquire-deposit';
const SELL = '01';
const BUY = '02';
/** Gain as told and as reckoned may differ by a hundredth and by this, in 1/10,000 of the currency: averages are rounded. */
const SLACK = 50_000;

/** Open positions (미결제). */
export function futureHoldings(account: AccountFields): KisCall {
  return { api: UNPD, lane: 'account', params: { ...account, FUOP_DVSN: '00' } };
}

/** The money of a currency. */
export function futureDeposit(account: AccountFields, currency: ForeignCurrency, date: SessionDate): KisCall {
  return { api: DEPOSIT, lane: 'account', params: { ...account, CRCY_CD: currency, INQR_DT: dateText(date) } };
}

/** A holding; amounts in 1/10,000 of the currency. */
export interface FutureHeldRow {
  readonly instrumentId: InstrumentId;
  /** Below zero: sold. */
  readonly quantity: number;
  readonly sellable: number;
  /** Of a sold one below zero. */
  readonly cost: number;
}

/**
 * The holdings of one currency. Throws KIS_ANSWER_BAD where one cannot be named or counted: it must not be passed over, nor
 * shown at another size than it has.
 */
export function futureHeldRows(answer: KisAnswer, currency: ForeignCurrency): readonly FutureHeldRow[] {
  return rowsOf(answer, 'output')
    .filter((row) => text(row, 'crcy_cd') === currency && contracts(row, 'fm_ustl_qty') > 0)
    .map((row) => heldRow(row, currency));
}

function heldRow(row: KisRow, currency: ForeignCurrency): FutureHeldRow {
  const code = text(row, 'ovrs_futr_fx_pdno').toUpperCase();
  const instrumentId = futureAbroadId(code);
  const side = text(row, 'sll_buy_dvsn_cd');
  if (futuresProductOf(instrumentId)?.currency !== currency)
    throw unreadable(`ovrs_futr_fx_pdno: ${code.slice(0, 20)}`);
  if (side !== SELL && side !== BUY) throw unreadable(`sll_buy_dvsn_cd: ${side}`);
  const quantity = contracts(row, 'fm_ustl_qty') * (side === SELL ? -1 : 1);
  const average = booked(row, 'fm_ccld_avg_pric');
  if (average === null || average <= 0) throw unreadable(`fm_ccld_avg_pric: ${code}`);
  const cost = valueOf(instrumentId, average, quantity);
  agrees(row, { instrumentId, quantity, cost });
  return { instrumentId, quantity, cost, sellable: contracts(row, 'fm_lqd_psbl_qty') };
}

/** The gain that the row tells has to follow from its prices, or they are counted in something else than we believe. */
function agrees(row: KisRow, held: Omit<FutureHeldRow, 'sellable'>): void {
  const [now, gain] = [booked(row, 'fm_now_pric'), amount(row, 'fm_evlu_pfls_amt')];
  if (now === null || now <= 0 || gain === null) return;
  const reckoned = valueOf(held.instrumentId, now, held.quantity) - held.cost;
  if (Math.abs(reckoned - gain) > SLACK + Math.abs(reckoned) / 100)
    throw unreadable(`fm_evlu_pfls_amt: ${text(row, 'ovrs_futr_fx_pdno')}`);
}

/** Money of a currency, in 1/10,000 of it. */
export interface FutureCash {
  readonly deposit: number;
  /** Of the next day; null: not told. */
  readonly nextDay: number | null;
  /** Net assets less the gains of what is open. */
  readonly settled: number;
  readonly margin: number;
  readonly orderable: number;
  readonly unpaid: number;
}

/** The money by 예수금현황. Throws KIS_ANSWER_BAD where a figure is missing. */
export function futureCash(answer: KisAnswer): FutureCash {
  const row = recordOf(answer, 'output');
  return {
    deposit: told(row, 'fm_dnca_rmnd'),
    nextDay: amount(row, 'fm_nxdy_dncl_amt'),
    settled: told(row, 'fm_tot_asst_evlu_amt') - told(row, 'fm_fuop_evlu_pfls_amt'),
    margin: told(row, 'fm_brkg_mgn_amt'),
    orderable: told(row, 'fm_ord_psbl_amt'),
    unpaid: (amount(row, 'fm_rcvb_amt') ?? 0) + (amount(row, 'fm_add_mgn_amt') ?? 0),
  };
}
