/**
 * 장내채권 매수 TTTC0952U, 매도 TTTC0958U and 정정취소 TTTC0953U (real only). A sale names the purchase that it comes from.
 *
 *     → PDNO KR6095572D81 · ORD_QTY2 10 · BOND_ORD_UNPR 9900 · SAMT_MKET_PTCI_YN N · BOND_RTL_MKET_YN N
 *     → … and of a sale ORD_DVSN 01 · SPRX_YN N 종합과세 · BUY_DT 20251103 · BUY_SEQ 1 · SLL_AGCO_OPPS_SLL_YN N
 *     → ORGN_ODNO 0004357900 · ORD_QTY2 1 · BOND_ORD_UNPR 10470 / 0 · QTY_ALL_ORD_YN Y · RVSE_CNCL_DVSN_CD 01 정정 / 02 취소
 *     ← output { KRX_FWDG_ORD_ORGNO, ODNO, ORD_TMD }
 */
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisCall } from '../../ports.ts';
import { priceText } from './amounts.ts';

const BOND_BUY = 'domestic-bond.buy';
const BOND_SELL = 'domestic-bond.sell';
const BOND_CHANGE = 'domestic-bond.order-rvsecncl';

/** The ordinary market: neither the one for small lots nor the one for retail. */
const MARKET = { SAMT_MKET_PTCI_YN: 'N', BOND_RTL_MKET_YN: 'N' } as const;

/** What every order of a bond says beside its terms. */
const NOTHING_MORE = { MGCO_APTM_ODNO: '', ORD_SVR_DVSN_CD: '0', CTAC_TLNO: '' } as const;

/** Which purchase a sale comes from. */
export interface BondLotName {
  /** BUY_DT, "YYYYMMDD". */
  readonly boughtOn: string;
  /** BUY_SEQ. */
  readonly no: string;
  /** true: of the part that is taxed apart (분리과세). */
  readonly taxedApart: boolean;
}

/** The call for a new limit order of the day; `lot` of a sale. Quantity in 1,000 won of face amount. */
export function bondOrder(
  account: AccountFields,
  order: {
    readonly code: string;
    readonly quantity: number;
    readonly price: number;
    /** null: a purchase. */
    readonly lot: BondLotName | null;
  },
): Omit<KisCall, 'pass'> {
  const { code, quantity, price, lot } = order;
  const terms = { ...account, PDNO: code, ORD_QTY2: String(quantity), BOND_ORD_UNPR: priceText(price) };
  if (lot === null)
    return { api: BOND_BUY, lane: 'order', params: { ...terms, ...MARKET, IDCR_STFNO: '', ...NOTHING_MORE } };
  return {
    api: BOND_SELL,
    lane: 'order',
    params: {
      ...terms,
      ORD_DVSN: '01',
      SPRX_YN: lot.taxedApart ? 'Y' : 'N',
      BUY_DT: lot.boughtOn,
      BUY_SEQ: lot.no,
      ...MARKET,
      SLL_AGCO_OPPS_SLL_YN: 'N',
      ...NOTHING_MORE,
    },
  };
}

/** The call for another price of the whole rest (null: its withdrawal). */
export function bondChange(
  account: AccountFields,
  change: { readonly code: string; readonly no: string; readonly rest: number; readonly price: number | null },
): Omit<KisCall, 'pass'> {
  const { code, no, rest, price } = change;
  return {
    api: BOND_CHANGE,
    lane: 'order',
    params: {
      ...account,
      PDNO: code,
      ORGN_ODNO: no,
      ORD_QTY2: String(rest),
      BOND_ORD_UNPR: price === null ? '0' : priceText(price),
      QTY_ALL_ORD_YN: 'Y',
      RVSE_CNCL_DVSN_CD: price === null ? '02' : '01',
      ...NOTHING_MORE,
    },
  };
}
