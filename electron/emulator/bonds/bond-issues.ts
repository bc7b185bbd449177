/** Listed bonds of the offline KIS: all made up, and their names say so. */
import type { SessionDate } from '#shared/time/index.ts';

export interface BondIssue {
  /** Standard code. */
  readonly code: string;
  readonly nameKo: string;
  readonly nameEn: string;
  /** First base price, 1/100 won for 10,000 won of face amount. */
  readonly basePrice: number;
  /** Usual units of an order, in 1,000 won of face amount. */
  readonly usual: number;
  /** Coupon in millionths. */
  readonly couponPpm: number;
  readonly issued: SessionDate;
  readonly maturity: SessionDate;
  /** `type` and `bond_cls_code` of the master file. */
  readonly kind: readonly [type: string, cls: string];
}

const day = (text: string): SessionDate => text as SessionDate;

export const BOND_ISSUES: readonly BondIssue[] = [
  {
    code: 'KR103502GA34',
    nameKo: '국고채권 합성 3년물',
    nameEn: 'KTB SYNTHETIC 3Y',
    basePrice: 1_012_300,
    usual: 20_000,
    couponPpm: 32_500,
    issued: day('2025-12-10'),
    maturity: day('2028-12-10'),
    kind: ['C0', 'GA'],
  },
  {
    code: 'KR103501GA43',
    nameKo: '국고채권 합성 10년물',
    nameEn: 'KTB SYNTHETIC 10Y',
    basePrice: 985_700,
    usual: 10_000,
    couponPpm: 30_000,
    issued: day('2025-06-10'),
    maturity: day('2035-06-10'),
    kind: ['C0', 'GA'],
  },
  {
    code: 'KR6000009A04',
    nameKo: '합성회사채 1',
    nameEn: 'SYNTHETIC CORP 1',
    basePrice: 1_026_500,
    usual: 3_000,
    couponPpm: 47_500,
    issued: day('2025-04-30'),
    maturity: day('2029-04-30'),
    kind: ['F9', '02'],
  },
  {
    code: 'KR6000009G65',
    nameKo: '합성회사채 2',
    nameEn: 'SYNTHETIC CORP 2',
    basePrice: 994_000,
    usual: 2_000,
    couponPpm: 41_000,
    issued: day('2026-02-20'),
    maturity: day('2029-02-20'),
    kind: ['F9', '02'],
  },
  {
    code: 'KR2000001G18',
    nameKo: '합성소매채권 1',
    nameEn: 'SYNTHETIC RETAIL 1',
    basePrice: 1_003_500,
    usual: 1_000,
    couponPpm: 36_000,
    issued: day('2026-05-31'),
    maturity: day('2031-05-31'),
    kind: ['A0', 'CA'],
  },
];

/** The bond of a standard code; undefined where it has no market here. */
export function bondIssue(code: string): BondIssue | undefined {
  return BOND_ISSUES.find((issue) => issue.code === code.trim().toUpperCase());
}
