/**
 * 해외주식 잔고 TTTS3012R/VTTS3012R: what is held · 체결기준현재잔고 CTRP6504R/VTRP6504R: the money · 매수가능금액조회 TTTS3007R: the power.
 *
 *     → OVRS_EXCG_CD NASD (real: all of America; in paper one exchange, so there the present balance tells it) · TR_CRCY_CD USD
 *     ← output1 [{ ovrs_pdno TSLA, ovrs_cblc_qty 744, ord_psbl_qty 744, frcr_pchs_amt1 4339167.78523, ovrs_excg_cd NASD }]
 *     → WCRC_FRCR_DVSN_CD 02 · NATN_CD 840 · TR_MKET_CD 00 · INQR_DVSN_CD 00
 *     ← output1 [{ pdno AAPL, ccld_qty_smtl1 40.00000000, ord_psbl_qty1 40.00000000, frcr_pchs_amt 6411.62900, ovrs_excg_cd NASD }]
 *       output2 [{ crcy_cd USD, frcr_dncl_amt_2 1000.00, frcr_buy_mgn_amt 0.00, frcr_sll_amt_smtl 0, frcr_buy_amt_smtl 0 }]
 *     → OVRS_EXCG_CD NASD · OVRS_ORD_UNPR 1 · ITEM_CD AAPL   ← output { tr_crcy_cd USD, ord_psbl_frcr_amt 1000.00 }
 */
import { currencyOf, type ForeignCurrency, type ForeignExchange, type InstrumentId } from '#shared/domain/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { recordOf, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import type { Region } from '../region.ts';
import { amount, units } from './amounts.ts';
import { idOfRow } from './exchange.ts';

export const FOREIGN_BALANCE = 'overseas-stock.inquire-balance';
export const FOREIGN_PRESENT = 'overseas-stock.inquire-present-balance';
export const FOREIGN_POWER = 'overseas-stock.inquire-psamount';

export interface ForeignHeldRow {
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  readonly sellable: number;
  /** 1/10,000 of the currency. */
  readonly cost: number;
}

/** The call for what is held on an exchange (NASD: anywhere in America); real only. */
export function foreignBalance(
  account: AccountFields,
  { exchange, currency }: { readonly exchange: ForeignExchange; readonly currency: ForeignCurrency },
): KisCall {
  return {
    api: FOREIGN_BALANCE,
    lane: 'account',
    params: { ...account, OVRS_EXCG_CD: exchange, TR_CRCY_CD: currency },
  };
}

/** What is held, of one page; the broker fills pages up with empty rows. */
export function foreignHeldRows(answer: KisAnswer): readonly ForeignHeldRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const instrumentId = idOfRow({ exchange: text(row, 'ovrs_excg_cd'), symbol: text(row, 'ovrs_pdno') });
    const quantity = units(row, 'ovrs_cblc_qty');
    if (instrumentId === null || quantity <= 0) return [];
    return [{ instrumentId, quantity, sellable: units(row, 'ord_psbl_qty'), cost: amount(row, 'frcr_pchs_amt1') }];
  });
}

/** The same by the present balance (체결기준), in the currency because the call asks for it. */
export function foreignPresentRows(answer: KisAnswer, currency: ForeignCurrency): readonly ForeignHeldRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const instrumentId = idOfRow({ exchange: text(row, 'ovrs_excg_cd'), symbol: text(row, 'pdno') });
    const quantity = units(row, 'ccld_qty_smtl1');
    if (instrumentId === null || quantity <= 0 || currencyOf(instrumentId) !== currency) return [];
    return [{ instrumentId, quantity, sellable: units(row, 'ord_psbl_qty1'), cost: amount(row, 'frcr_pchs_amt') }];
  });
}

/** Money of the account in 1/10,000 of its currency. */
export interface ForeignCash {
  /** 외화예수금: settled and unsettled as the broker shows it. */
  readonly deposit: number;
  /** Held by open buy orders. */
  readonly held: number;
}

/** The call for the money. */
export function foreignPresent(account: AccountFields, { nation }: Pick<Region, 'nation'>): KisCall {
  return {
    api: FOREIGN_PRESENT,
    lane: 'account',
    params: { ...account, WCRC_FRCR_DVSN_CD: '02', NATN_CD: nation, TR_MKET_CD: '00', INQR_DVSN_CD: '00' },
  };
}

/** The money, from the row of the currency; no such row: none. */
export function foreignCash(answer: KisAnswer, currency: ForeignCurrency): ForeignCash {
  const row = rowsOf(answer, 'output2').find((each) => text(each, 'crcy_cd') === currency);
  if (!row) return { deposit: 0, held: 0 };
  return { deposit: amount(row, 'frcr_dncl_amt_2'), held: amount(row, 'frcr_buy_mgn_amt') };
}

/** The call for what a purchase may use; the issue only names the currency. */
export function foreignPower(account: AccountFields, { clock, example }: Region): KisCall {
  return {
    api: FOREIGN_POWER,
    lane: 'account',
    params: { ...account, OVRS_EXCG_CD: clock, OVRS_ORD_UNPR: '1', ITEM_CD: example },
  };
}

/** 주문가능외화금액: money that is there, without won that could be changed. */
export function foreignBuyingPower(answer: KisAnswer): number {
  return amount(recordOf(answer, 'output'), 'ord_psbl_frcr_amt');
}
