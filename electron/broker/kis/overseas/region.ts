/** Regions: a foreign currency with the exchanges that trade in it, as the broker's inquiries name them; each is an account of its own. */
import { foreignCurrencyOf, type ForeignCurrency, type ForeignExchange } from '#shared/domain/index.ts';

export interface Region {
  readonly currency: ForeignCurrency;
  /** NATN_CD. */
  readonly nation: string;
  /** OVRS_EXCG_CD of inquiries that together show all of it: NASD stands for all of America. */
  readonly asked: readonly ForeignExchange[];
  /** The exchange whose clock and holidays are the region's. */
  readonly clock: ForeignExchange;
  /** An issue that the question for the buying power may name; it only tells the currency. */
  readonly example: string;
  /** ODER_COND of its notices. @source catalogue, 해외주식 실시간체결통보 */
  readonly notices: readonly string[];
}

/** @source resources/kis/catalogue.json: inquire-ccnl, inquire-balance, inquire-present-balance, ccnl-notice */
export const REGIONS: readonly Region[] = [
  { currency: 'USD', nation: '840', asked: ['NASD'], clock: 'NASD', example: 'AAPL', notices: ['6', '7', '8', '9'] },
  { currency: 'HKD', nation: '344', asked: ['SEHK'], clock: 'SEHK', example: '00700', notices: ['4'] },
  { currency: 'JPY', nation: '392', asked: ['TKSE'], clock: 'TKSE', example: '7203', notices: ['D'] },
  { currency: 'CNY', nation: '156', asked: ['SHAA', 'SZAA'], clock: 'SHAA', example: '600519', notices: ['A'] },
  { currency: 'VND', nation: '704', asked: ['HASE', 'VNSE'], clock: 'VNSE', example: 'VNM', notices: ['E', 'F'] },
];

/** The region of a currency. */
export function regionOf(currency: ForeignCurrency): Region {
  const region = REGIONS.find((each) => each.currency === currency);
  if (!region) throw new RangeError(`no region trades in ${currency}`);
  return region;
}

/** true for an exchange of the region. */
export function isIn(region: Region, exchange: ForeignExchange): boolean {
  return foreignCurrencyOf(exchange) === region.currency;
}
