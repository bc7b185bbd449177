/** Names and codes that made-up answers are filled with. */
import listing from '#resources/krx/listing.json' with { type: 'json' };
import type { KisApi } from '../../catalogue/index.ts';
import { AMERICAN_ISSUES } from '../overseas/abroad-issues.ts';

/** An issue of a market. */
export interface NamedIssue {
  readonly code: string;
  readonly nameKo: string;
  readonly nameEn: string;
}

const KOREAN: readonly NamedIssue[] = listing.instruments.map(({ code, nameKo }) => ({
  code,
  nameKo,
  nameEn: `KRX ${code}`,
}));

const AMERICAN: readonly NamedIssue[] = AMERICAN_ISSUES.map(({ symbol, nameKo, nameEn }) => ({
  code: symbol,
  nameKo,
  nameEn,
}));
const FUTURES: readonly NamedIssue[] = [
  { code: 'A01612', nameKo: 'F 202612', nameEn: 'F 202612' },
  { code: 'A01703', nameKo: 'F 202703', nameEn: 'F 202703' },
  { code: 'B01612400', nameKo: 'C 202612 400.0', nameEn: 'C 202612 400.0' },
  { code: 'C01612390', nameKo: 'P 202612 390.0', nameEn: 'P 202612 390.0' },
];
const WORLD_FUTURES: readonly NamedIssue[] = [
  { code: 'ESZ26', nameKo: 'E-mini S&P500(2026.12)', nameEn: 'E-mini S&P500(2026.12)' },
  { code: 'NQZ26', nameKo: 'E-mini 나스닥100(2026.12)', nameEn: 'E-mini Nasdaq100(2026.12)' },
  { code: 'CLF27', nameKo: '원유(2027.01)', nameEn: 'Crude Oil(2027.01)' },
  { code: 'GCG27', nameKo: '금(2027.02)', nameEn: 'Gold(2027.02)' },
];
const BONDS: readonly NamedIssue[] = [
  { code: 'KR103502GA34', nameKo: '국고채권 합성 3년물', nameEn: 'KTB SYNTHETIC 3Y' },
  { code: 'KR103501GA43', nameKo: '국고채권 합성 10년물', nameEn: 'KTB SYNTHETIC 10Y' },
  { code: 'KR6000009A00', nameKo: '합성회사채 1', nameEn: 'SYNTHETIC CORP 1' },
];
const WARRANTS: readonly NamedIssue[] = [
  { code: '57LA11', nameKo: '합성 KOSPI200콜', nameEn: 'SYNTHETIC K200 CALL' },
  { code: '57LA12', nameKo: '합성 KOSPI200풋', nameEn: 'SYNTHETIC K200 PUT' },
];

const BY_PRODUCT: Readonly<Record<string, readonly NamedIssue[]>> = {
  'overseas-stock': AMERICAN,
  'overseas-futureoption': WORLD_FUTURES,
  'domestic-futureoption': FUTURES,
  'domestic-bond': BONDS,
  elw: WARRANTS,
};

/** Issues of the product an API is about. */
export function issuesOf(api: Pick<KisApi, 'product'>): readonly NamedIssue[] {
  return BY_PRODUCT[api.product] ?? KOREAN;
}

/** Brokers by name. */
export const MEMBERS: readonly string[] = [
  '한국투자증권',
  '미래에셋증권',
  'NH투자증권',
  '키움증권',
  'KB증권',
  '삼성증권',
];
