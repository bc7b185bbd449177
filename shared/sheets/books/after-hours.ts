/** Rankings of the auctions after hours. */
import { facts, pick, rows, type Column, type Input, type Sheet } from '../define.ts';
import { named, QUOTE, RANK, SCOPE, SCOPE_3, SCOPE_OF, SORT_OF } from './fragments.ts';

const order = (choices: Parameters<typeof pick>[2]): Input => pick('sort', ['순서', 'Order'], choices);
const untp = (name: string): string => `ovtm_untp_${name}`;
const quote: readonly Column[] = [
  [untp('prpr'), 'price', '시간외가', 'After hours'],
  [untp('prdy_vrss'), 'change', '대비', 'Change', { sign: untp('prdy_vrss_sign'), signed: true }],
  [untp('prdy_ctrt'), 'percent', '등락률', 'Change %', { sign: untp('prdy_vrss_sign'), signed: true }],
  [untp('vol'), 'count', '거래량', 'Volume'],
  [untp('seln_rsqn'), 'count', '매도 잔량', 'Offered'],
  [untp('shnu_rsqn'), 'count', '매수 잔량', 'Wanted'],
  ['stck_prpr', 'price', '정규장 종가', 'Close'],
];
const totals: readonly Column[] = [
  [untp('exch_vol'), 'count', '거래소 거래량', 'KOSPI volume'],
  [untp('kosdaq_vol'), 'count', '코스닥 거래량', 'KOSDAQ volume'],
];

export const AFTER_HOURS: readonly Sheet[] = [
  {
    id: 'overtime-change-rank',
    group: 'rankings',
    title: ['시간외 등락률 순위', 'Change after hours'],
    api: 'domestic-stock.overtime-fluctuation',
    inputs: [
      SCOPE_3,
      order([
        ['2', '상승률', 'Rise'],
        ['5', '하락률', 'Fall'],
        ['1', '상한가', 'At the upper limit'],
        ['4', '하한가', 'At the lower limit'],
        ['3', '보합', 'Flat'],
      ]),
    ],
    params: { FID_INPUT_ISCD: SCOPE_OF, FID_DIV_CLS_CODE: SORT_OF },
    live: true,
    blocks: [facts('output1', totals), rows('output2', [...named(), ...quote])],
  },
  {
    id: 'overtime-volume-rank',
    group: 'rankings',
    title: ['시간외 거래량 순위', 'Volume after hours'],
    api: 'domestic-stock.overtime-volume',
    inputs: [
      SCOPE_3,
      order([
        ['2', '거래량', 'Volume'],
        ['0', '매수 잔량', 'Wanted'],
        ['1', '매도 잔량', 'Offered'],
      ]),
    ],
    params: { FID_INPUT_ISCD: SCOPE_OF, FID_RANK_SORT_CLS_CODE: SORT_OF },
    live: true,
    blocks: [facts('output1', totals), rows('output2', [...named('stck_shrn_iscd'), ...quote])],
  },
  {
    id: 'overtime-depth-rank',
    group: 'rankings',
    title: ['시간외 잔량 순위', 'Depth after hours'],
    api: 'domestic-stock.after-hour-balance',
    inputs: [
      SCOPE,
      order([
        ['1', '장전 시간외', 'Before the open'],
        ['2', '장후 시간외', 'After the close'],
        ['3', '매도 잔량', 'Offered'],
        ['4', '매수 잔량', 'Wanted'],
      ]),
    ],
    params: { fid_input_iscd: SCOPE_OF, fid_rank_sort_cls_code: SORT_OF },
    live: true,
    blocks: [
      rows('output', [
        RANK,
        ...named('stck_shrn_iscd'),
        ...QUOTE.slice(0, 3),
        ['ovtm_total_askp_rsqn', 'count', '매도 잔량', 'Offered'],
        ['ovtm_total_bidp_rsqn', 'count', '매수 잔량', 'Wanted'],
        ['mkob_otcp_vol', 'count', '장전 거래량', 'Volume before'],
        ['mkfa_otcp_vol', 'count', '장후 거래량', 'Volume after'],
      ]),
    ],
  },
];
