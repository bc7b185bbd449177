/** Foreign issues of the offline KIS. Names are real, prices and board lots are made up: about what such issues may cost. */
import type { OverseasExchangeCode } from '#shared/market/index.ts';

export interface AbroadIssue {
  readonly symbol: string;
  readonly exchange: OverseasExchangeCode;
  readonly nameKo: string;
  readonly nameEn: string;
  /** First base price, scaled as its market scales prices. */
  readonly basePrice: number;
  /** Lots of a usual order. */
  readonly usual: number;
  /** Units of a lot; 1 if absent. */
  readonly lot?: number;
  /** Kind of issue, as the market names it; its usual one if absent. */
  readonly segment?: string;
}

/** Those of America. */
export const AMERICAN_ISSUES: readonly AbroadIssue[] = [
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

const ASIAN_ISSUES: readonly AbroadIssue[] = [
  {
    symbol: '00700',
    exchange: 'SEHK',
    nameKo: '텐센트 홀딩스',
    nameEn: 'TENCENT HOLDINGS',
    basePrice: 400_000,
    usual: 3,
    lot: 100,
  },
  {
    symbol: '09988',
    exchange: 'SEHK',
    nameKo: '알리바바 그룹',
    nameEn: 'ALIBABA GROUP',
    basePrice: 100_000,
    usual: 6,
    lot: 100,
  },
  {
    symbol: '00939',
    exchange: 'SEHK',
    nameKo: '중국건설은행',
    nameEn: 'CHINA CONSTRUCTION BANK',
    basePrice: 8_000,
    usual: 4,
    lot: 1_000,
  },
  {
    symbol: '7203',
    exchange: 'TKSE',
    nameKo: '도요타자동차',
    nameEn: 'TOYOTA MOTOR',
    basePrice: 27_000,
    usual: 4,
    lot: 100,
  },
  { symbol: '6758', exchange: 'TKSE', nameKo: '소니그룹', nameEn: 'SONY GROUP', basePrice: 35_000, usual: 4, lot: 100 },
  {
    symbol: '600519',
    exchange: 'SHAA',
    nameKo: '귀주모태주',
    nameEn: 'KWEICHOW MOUTAI',
    basePrice: 1_500_000,
    usual: 1,
    lot: 100,
  },
  {
    symbol: '300750',
    exchange: 'SZAA',
    nameKo: '닝더스다이',
    nameEn: 'CATL',
    basePrice: 250_000,
    usual: 2,
    lot: 100,
    segment: 'chinext',
  },
  {
    symbol: 'SHS',
    exchange: 'HASE',
    nameKo: '사이공 하노이 증권',
    nameEn: 'SAIGON HANOI SECURITIES',
    basePrice: 15_000,
    usual: 20,
    lot: 100,
  },
  { symbol: 'VNM', exchange: 'VNSE', nameKo: '비나밀크', nameEn: 'VINAMILK', basePrice: 62_000, usual: 10, lot: 100 },
];

export const ABROAD_ISSUES: readonly AbroadIssue[] = [...AMERICAN_ISSUES, ...ASIAN_ISSUES];

/** EXCD of quotes: in the regular day and, with B, in the daytime market. @source protocol.md §9 */
const QUOTE_CODES: Readonly<Record<string, OverseasExchangeCode>> = {
  NAS: 'NASD',
  NYS: 'NYSE',
  AMS: 'AMEX',
  BAQ: 'NASD',
  BAY: 'NYSE',
  BAA: 'AMEX',
  HKS: 'SEHK',
  TSE: 'TKSE',
  SHS: 'SHAA',
  SZS: 'SZAA',
  HNX: 'HASE',
  HSX: 'VNSE',
};

/** EXCD of an exchange. */
export const EXCD: Readonly<Record<OverseasExchangeCode, string>> = {
  NASD: 'NAS',
  NYSE: 'NYS',
  AMEX: 'AMS',
  SEHK: 'HKS',
  TKSE: 'TSE',
  SHAA: 'SHS',
  SZAA: 'SZS',
  HASE: 'HNX',
  VNSE: 'HSX',
};

/** tr_mket_name of an exchange. */
export const EXCHANGE_KO: Readonly<Record<OverseasExchangeCode, string>> = {
  NASD: '나스닥',
  NYSE: '뉴욕거래소',
  AMEX: '아멕스',
  SEHK: '홍콩',
  TKSE: '일본',
  SHAA: '중국상해',
  SZAA: '중국심천',
  HASE: '하노이거래소',
  VNSE: '호치민거래소',
};

/** The issue of a symbol on the exchange that a quote names; undefined where it is not listed. */
export function quotedIssue(excd: string, symbol: string): AbroadIssue | undefined {
  const exchange = QUOTE_CODES[excd.toUpperCase()];
  return ABROAD_ISSUES.find((issue) => issue.exchange === exchange && issue.symbol === symbol.toUpperCase());
}

/** The issue of a real-time key: "DNASAAPL", "RBAQAAPL". */
export function keyedIssue(key: string): AbroadIssue | undefined {
  return /^[DR]/.test(key) ? quotedIssue(key.slice(1, 4), key.slice(4)) : undefined;
}

/** The issue of an order. */
export function orderedIssue(exchange: string, symbol: string): AbroadIssue | undefined {
  return ABROAD_ISSUES.find((issue) => issue.exchange === exchange && issue.symbol === symbol.toUpperCase());
}
