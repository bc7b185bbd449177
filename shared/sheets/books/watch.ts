/** Volatility interruptions and expected prices: what is about to happen in an auction. */
import { facts, ISSUE, of, ON, pick, rows, type Sheet } from '../define.ts';
import {
  BREADTH,
  CLASS_OF,
  INDEX,
  ISSUE_CLASS,
  named,
  QUOTE,
  SCOPE_3,
  SCOPE_KRX100,
  SCOPE_OF,
  SORT_OF,
  WATCHED_CLASS,
} from './fragments.ts';

const AUCTION = pick(
  'auction',
  ['단일가', 'Auction'],
  [
    ['1', '장 시작 전', 'Opening'],
    ['2', '장 마감', 'Closing'],
  ],
);
const EXPECTED_SORT = pick(
  'sort',
  ['순서', 'Order'],
  [
    ['0', '상승률', 'Rise %'],
    ['1', '상승폭', 'Rise'],
    ['2', '보합', 'Flat'],
    ['3', '하락률', 'Fall %'],
    ['4', '하락폭', 'Fall'],
  ],
);

export const WATCH: readonly Sheet[] = [
  {
    id: 'vi-status',
    group: 'watch',
    title: ['VI 발동 현황', 'Volatility interruptions'],
    api: 'domestic-stock.inquire-vi-status',
    inputs: [
      pick(
        'market',
        ['시장', 'Market'],
        [
          ['0', '전체', 'All'],
          ['K', '거래소', 'KOSPI'],
          ['Q', '코스닥', 'KOSDAQ'],
        ],
      ),
      pick(
        'kind',
        ['종류', 'Kind'],
        [
          ['0', '전체', 'All'],
          ['1', '정적', 'Static'],
          ['2', '동적', 'Dynamic'],
          ['3', '정적과 동적', 'Both'],
        ],
      ),
      pick(
        'way',
        ['방향', 'Direction'],
        [
          ['0', '전체', 'All'],
          ['1', '상승', 'Up'],
          ['2', '하락', 'Down'],
        ],
      ),
      ON(),
    ],
    params: {
      FID_DIV_CLS_CODE: of('way'),
      FID_MRKT_CLS_CODE: of('market'),
      FID_INPUT_ISCD: '',
      FID_RANK_SORT_CLS_CODE: of('kind'),
      FID_INPUT_DATE_1: of('on'),
      FID_TRGT_CLS_CODE: '',
      FID_TRGT_EXLS_CLS_CODE: '',
    },
    live: true,
    keepS: 20,
    blocks: [
      rows('output', [
        ...named(),
        [
          'vi_cls_code',
          'choice',
          '상태',
          'State',
          {
            words: [
              ['Y', '발동', 'On'],
              ['N', '해제', 'Released'],
            ],
          },
        ],
        [
          'vi_kind_code',
          'choice',
          '종류',
          'Kind',
          {
            words: [
              ['1', '정적', 'Static'],
              ['2', '동적', 'Dynamic'],
              ['3', '정적과 동적', 'Both'],
            ],
          },
        ],
        ['cntg_vi_hour', 'time', '발동 시각', 'From'],
        ['vi_cncl_hour', 'time', '해제 시각', 'Until'],
        ['vi_prc', 'price', '발동가', 'Trigger price'],
        ['vi_stnd_prc', 'price', '정적 기준가', 'Static reference'],
        ['vi_dprt', 'percent', '정적 괴리율', 'Static gap', { signed: true }],
        ['vi_dmc_stnd_prc', 'price', '동적 기준가', 'Dynamic reference'],
        ['vi_dmc_dprt', 'percent', '동적 괴리율', 'Dynamic gap', { signed: true }],
        ['vi_count', 'count', '횟수', 'Times'],
      ]),
    ],
  },
  {
    id: 'expected-price',
    group: 'watch',
    title: ['예상 체결가 추이', 'Expected price of an issue'],
    api: 'domestic-stock.exp-price-trend',
    inputs: [ISSUE],
    params: { FID_INPUT_ISCD: of('issue'), FID_MKOP_CLS_CODE: '0' },
    live: true,
    keepS: 10,
    blocks: [
      facts('output1', [
        ['antc_cnpr', 'price', '예상 체결가', 'Expected price'],
        ['antc_cntg_vrss', 'change', '대비', 'Change', { sign: 'antc_cntg_vrss_sign', signed: true }],
        ['antc_cntg_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'antc_cntg_vrss_sign', signed: true }],
        ['antc_vol', 'count', '예상 거래량', 'Expected volume'],
        ['antc_tr_pbmn', 'won', '예상 거래대금', 'Expected value'],
      ]),
      rows('output2', [['stck_cntg_hour', 'time', '시각', 'Time'], ...QUOTE], {
        chart: { kind: 'line', x: 'stck_cntg_hour', ys: ['stck_prpr'] },
      }),
    ],
  },
  {
    id: 'expected-top',
    group: 'watch',
    title: ['예상 체결 상승·하락 상위', 'Expected to move most'],
    api: 'domestic-stock.exp-trans-updown',
    inputs: [
      pick(
        'auction',
        ['단일가', 'Auction'],
        [
          ['0', '장 시작 전', 'Opening'],
          ['1', '장 마감', 'Closing'],
        ],
      ),
      SCOPE_KRX100,
      EXPECTED_SORT,
      ISSUE_CLASS,
    ],
    params: {
      fid_rank_sort_cls_code: SORT_OF,
      fid_input_iscd: SCOPE_OF,
      fid_div_cls_code: CLASS_OF,
      fid_mkop_cls_code: of('auction'),
      fid_aply_rang_prc_1: '',
    },
    live: true,
    blocks: [
      rows('output', [
        ...named('stck_shrn_iscd'),
        ...QUOTE.slice(0, 3),
        ['stck_sdpr', 'price', '기준가', 'Base price'],
        ['cntg_vol', 'count', '예상 체결량', 'Expected volume'],
        ['total_askp_rsqn', 'count', '매도 잔량', 'Offered'],
        ['total_bidp_rsqn', 'count', '매수 잔량', 'Wanted'],
      ]),
    ],
  },
  {
    id: 'expected-close',
    group: 'watch',
    title: ['장 마감 예상 체결가', 'Expected closing prices'],
    api: 'domestic-stock.exp-closing-price',
    inputs: [
      SCOPE_KRX100,
      pick(
        'sort',
        ['순서', 'Order'],
        [
          ['0', '전체', 'All'],
          ['1', '상한가 예상', 'At the upper limit'],
          ['2', '하한가 예상', 'At the lower limit'],
          ['3', '직전 대비 상승', 'Up from the last'],
          ['4', '직전 대비 하락', 'Down from the last'],
        ],
      ),
    ],
    params: { FID_INPUT_ISCD: SCOPE_OF, FID_RANK_SORT_CLS_CODE: SORT_OF, FID_BLNG_CLS_CODE: '0' },
    live: true,
    blocks: [
      rows('output', [
        ...named('stck_shrn_iscd'),
        ...QUOTE.slice(0, 3),
        ['sdpr_vrss_prpr', 'change', '기준가 대비', 'From the base', { signed: true }],
        ['sdpr_vrss_prpr_rate', 'percent', '기준가 대비율', 'From the base %', { signed: true }],
        ['cntg_vol', 'count', '체결량', 'Volume'],
      ]),
    ],
  },
  {
    id: 'expected-index',
    group: 'watch',
    title: ['예상 지수', 'Expected indices'],
    api: 'domestic-stock.exp-total-index',
    inputs: [
      AUCTION,
      pick(
        'market',
        ['시장', 'Market'],
        [
          ['0', '전체', 'All'],
          ['K', '거래소', 'KOSPI'],
          ['Q', '코스닥', 'KOSDAQ'],
        ],
      ),
    ],
    params: { fid_mrkt_cls_code: of('market'), fid_input_iscd: '0000', fid_mkop_cls_code: of('auction') },
    live: true,
    blocks: [
      facts('output1', [...INDEX.slice(0, 2), ...BREADTH]),
      rows('output2', [['hts_kor_isnm', 'text', '업종', 'Sector'], ...INDEX, ...BREADTH]),
    ],
  },
  {
    id: 'expected-index-trend',
    group: 'watch',
    title: ['예상 지수 추이', 'Expected index today'],
    api: 'domestic-stock.exp-index-trend',
    inputs: [
      AUCTION,
      pick(
        'index',
        ['지수', 'Index'],
        [
          ['0001', '코스피', 'KOSPI'],
          ['1001', '코스닥', 'KOSDAQ'],
          ['2001', '코스피200', 'KOSPI 200'],
        ],
      ),
    ],
    params: { FID_MKOP_CLS_CODE: of('auction'), FID_INPUT_HOUR_1: '60', FID_INPUT_ISCD: of('index') },
    live: true,
    blocks: [
      rows(
        'output',
        [
          ['stck_cntg_hour', 'time', '시각', 'Time'],
          ...INDEX.slice(0, 2),
          ['prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
          ['acml_vol', 'count', '거래량', 'Volume'],
        ],
        { chart: { kind: 'line', x: 'stck_cntg_hour', ys: ['bstp_nmix_prpr'] } },
      ),
    ],
  },
  {
    id: 'overtime-expected',
    group: 'watch',
    title: ['시간외 예상 체결 등락', 'Expected after hours'],
    api: 'domestic-stock.overtime-exp-trans-fluct',
    inputs: [SCOPE_3, EXPECTED_SORT, WATCHED_CLASS],
    params: { FID_INPUT_ISCD: SCOPE_OF, FID_RANK_SORT_CLS_CODE: SORT_OF, FID_DIV_CLS_CODE: CLASS_OF },
    live: true,
    blocks: [
      rows('output', [
        ...named('stck_shrn_iscd'),
        ['ovtm_untp_antc_cnpr', 'price', '예상가', 'Expected price'],
        [
          'ovtm_untp_antc_cntg_vrss',
          'change',
          '대비',
          'Change',
          { sign: 'ovtm_untp_antc_cntg_vrss_sign', signed: true },
        ],
        [
          'ovtm_untp_antc_cntg_ctrt',
          'percent',
          '등락률',
          'Change %',
          { sign: 'ovtm_untp_antc_cntg_vrss_sign', signed: true },
        ],
        ['ovtm_untp_antc_cnqn', 'count', '예상 체결량', 'Expected volume'],
        ['stck_prpr', 'price', '정규장 종가', 'Close'],
      ]),
    ],
  },
];
