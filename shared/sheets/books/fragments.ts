/** Inputs and columns that many sheets share. */
import { pick, type Column, type Input, type Source } from '../define.ts';

/** Venue of a quote. */
export const VENUE: Input = pick(
  'venue',
  ['거래소', 'Venue'],
  [
    ['J', 'KRX', 'KRX'],
    ['NX', 'NXT', 'NXT'],
    ['UN', '통합', 'Both'],
  ],
);
/** The same where both together are not offered. */
export const KRX_OR_NXT: Input = pick(
  'venue',
  ['거래소', 'Venue'],
  [
    ['J', 'KRX', 'KRX'],
    ['NX', 'NXT', 'NXT'],
  ],
);
export const VENUE_OF: Source = { of: 'venue' };

const ALL = ['0000', '전체', 'All'] as const;
const KOSPI = ['0001', '코스피', 'KOSPI'] as const;
const KOSDAQ = ['1001', '코스닥', 'KOSDAQ'] as const;
const K200 = ['2001', '코스피200', 'KOSPI 200'] as const;

/** Which issues a ranking looks at. */
export const SCOPE: Input = pick('scope', ['시장', 'Market'], [ALL, KOSPI, KOSDAQ, K200]);
export const SCOPE_3: Input = pick('scope', ['시장', 'Market'], [ALL, KOSPI, KOSDAQ]);
export const SCOPE_KRX100: Input = pick(
  'scope',
  ['시장', 'Market'],
  [ALL, KOSPI, KOSDAQ, K200, ['4001', 'KRX100', 'KRX 100']],
);
export const SCOPE_OF: Source = { of: 'scope' };
export const SORT_OF: Source = { of: 'sort' };

export const ISSUE_CLASS: Input = pick(
  'class',
  ['종류', 'Kind'],
  [
    ['0', '전체', 'All'],
    ['1', '보통주', 'Common'],
    ['2', '우선주', 'Preferred'],
  ],
);
export const WATCHED_CLASS: Input = pick(
  'class',
  ['종류', 'Kind'],
  [
    ['0', '전체', 'All'],
    ['1', '관리종목', 'Managed'],
    ['2', '투자주의', 'Caution'],
    ['3', '투자경고', 'Alert'],
    ['4', '투자위험예고', 'Risk notice'],
    ['5', '투자위험', 'Risk'],
    ['6', '보통주', 'Common'],
    ['7', '우선주', 'Preferred'],
  ],
);
export const CLASS_OF: Source = { of: 'class' };

/** KOSPI or KOSDAQ, by the letters of the broker. */
export const BOTH_MARKETS: Input = pick(
  'market',
  ['시장', 'Market'],
  [
    ['K', '코스피', 'KOSPI'],
    ['Q', '코스닥', 'KOSDAQ'],
  ],
);

/** Last price, change, percentage and volume of a Korean issue. */
export const QUOTE: readonly Column[] = [
  ['stck_prpr', 'price', '현재가', 'Price'],
  ['prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
  ['acml_vol', 'count', '거래량', 'Volume'],
];

/** The same of a past day. */
export const DAILY: readonly Column[] = [
  ['stck_bsop_date', 'date', '일자', 'Date'],
  ['stck_clpr', 'price', '종가', 'Close'],
  ['prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
  ['acml_vol', 'count', '거래량', 'Volume'],
];

/** Name and code of an issue; most APIs name the code one way, some another. */
export const named = (code = 'mksc_shrn_iscd', name = 'hts_kor_isnm'): readonly Column[] => [
  [name, 'text', '종목', 'Issue'],
  [code, 'issue', '코드', 'Code'],
];

export const RANK: Column = ['data_rank', 'count', '순위', 'Rank'];

/** Index of a market or a sector. */
export const INDEX: readonly Column[] = [
  ['bstp_nmix_prpr', 'price', '지수', 'Index'],
  ['bstp_nmix_prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['bstp_nmix_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
];

/** Advancing and declining issues. */
export const BREADTH: readonly Column[] = [
  ['ascn_issu_cnt', 'count', '상승', 'Up'],
  ['stnr_issu_cnt', 'count', '보합', 'Flat'],
  ['down_issu_cnt', 'count', '하락', 'Down'],
];
