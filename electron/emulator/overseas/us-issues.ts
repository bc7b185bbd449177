/** American issues of the offline KIS. Names are real, prices are made up: about what such issues may cost. */
import type { OverseasExchangeCode } from '#shared/market/index.ts';

export type UsExchangeCode = Extract<OverseasExchangeCode, 'NASD' | 'NYSE' | 'AMEX'>;

export interface UsIssue {
  readonly symbol: string;
  readonly exchange: UsExchangeCode;
  readonly nameKo: string;
  readonly nameEn: string;
  /** First base price, 1/10,000 dollar. */
  readonly basePrice: number;
  /** Units of a usual order. */
  readonly usual: number;
}

export const US_ISSUES: readonly UsIssue[] = [
  { symbol: 'AAPL', exchange: 'NASD', nameKo: '애플', nameEn: 'APPLE INC', basePrice: 2_300_000, usual: 120 },
  {
    symbol: 'MSFT',
    exchange: 'NASD',
    nameKo: '마이크로소프트',
    nameEn: 'MICROSOFT CORP',
    basePrice: 4_800_000,
    usual: 60,
  },
  { symbol: 'NVDA', exchange: 'NASD', nameKo: '엔비디아', nameEn: 'NVIDIA CORP', basePrice: 1_750_000, usual: 200 },
  { symbol: 'TSLA', exchange: 'NASD', nameKo: '테슬라', nameEn: 'TESLA INC', basePrice: 3_400_000, usual: 90 },
  {
    symbol: 'SIRI',
    exchange: 'NASD',
    nameKo: '시리우스 XM',
    nameEn: 'SIRIUS XM HOLDINGS INC',
    basePrice: 223_000,
    usual: 400,
  },
  {
    symbol: 'JPM',
    exchange: 'NYSE',
    nameKo: 'JP모간체이스',
    nameEn: 'JPMORGAN CHASE & CO',
    basePrice: 2_900_000,
    usual: 80,
  },
  { symbol: 'KO', exchange: 'NYSE', nameKo: '코카콜라', nameEn: 'COCA-COLA CO', basePrice: 690_000, usual: 150 },
  {
    symbol: 'SPY',
    exchange: 'AMEX',
    nameKo: 'SPDR S&P500 ETF',
    nameEn: 'SPDR S&P 500 ETF TRUST',
    basePrice: 6_600_000,
    usual: 100,
  },
];

/** EXCD of quotes: in the regular day and, with B, in the daytime market. @source protocol.md §9 */
const QUOTE_CODES: Readonly<Record<string, UsExchangeCode>> = {
  NAS: 'NASD',
  NYS: 'NYSE',
  AMS: 'AMEX',
  BAQ: 'NASD',
  BAY: 'NYSE',
  BAA: 'AMEX',
};

/** EXCD of an exchange. */
export const EXCD: Readonly<Record<UsExchangeCode, string>> = { NASD: 'NAS', NYSE: 'NYS', AMEX: 'AMS' };

/** tr_mket_name of an exchange. */
export const EXCHANGE_KO: Readonly<Record<UsExchangeCode, string>> = {
  NASD: '나스닥',
  NYSE: '뉴욕거래소',
  AMEX: '아멕스',
};

/** The issue of a symbol on the exchange that a quote names; undefined where it is not listed. */
export function quotedIssue(excd: string, symbol: string): UsIssue | undefined {
  const exchange = QUOTE_CODES[excd.toUpperCase()];
  return US_ISSUES.find((issue) => issue.exchange === exchange && issue.symbol === symbol.toUpperCase());
}

/** The issue of a real-time key: "DNASAAPL", "RBAQAAPL". */
export function keyedIssue(key: string): UsIssue | undefined {
  return /^[DR]/.test(key) ? quotedIssue(key.slice(1, 4), key.slice(4)) : undefined;
}

/** The issue of an order. */
export function orderedIssue(exchange: string, symbol: string): UsIssue | undefined {
  return US_ISSUES.find((issue) => issue.exchange === exchange && issue.symbol === symbol.toUpperCase());
}
