/** Names and codes that made-up answers are filled with. */
import listing from '#resources/krx/listing.json' with { type: 'json' };
import { sessionDate } from '#shared/time/index.ts';
import type { KisApi } from '../../catalogue/index.ts';
import { BOND_ISSUES } from '../bonds/bond-issues.ts';
import { listedContracts } from '../derivatives/contract-listing.ts';
import { listedFutures } from '../futures-abroad/future-listing.ts';
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
/** The contracts of the market here as it was listed when the offline KIS learnt to trade them. */
const FUTURES: readonly NamedIssue[] = listedContracts(sessionDate('2026-11-24'))
  .filter(({ family }) => family === 'index')
  .map(({ code, nameKo }) => ({ code, nameKo, nameEn: nameKo }));
const WORLD_FUTURES: readonly NamedIssue[] = listedFutures(sessionDate('2026-11-24')).map(({ code, nameKo }) => ({
  code,
  nameKo,
  nameEn: nameKo,
}));
const BONDS: readonly NamedIssue[] = BOND_ISSUES;
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
