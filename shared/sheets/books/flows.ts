/** Who buys and sells: investors of an issue and of a market. */
import {
  ISSUE,
  MILLION,
  NET,
  NET_MILLION,
  of,
  ON,
  pick,
  rows,
  type Coded,
  type Column,
  type Sheet,
} from '../define.ts';
import { DAILY, INDEX, named, QUOTE, SCOPE_3, SCOPE_OF, SORT_OF, VENUE, VENUE_OF } from './fragments.ts';

const ASKED = { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_INPUT_ISCD: of('issue') };
const NET_OF_MARKET = { ...NET_MILLION, unsure: true };

/** Investors as the broker divides them, by what their fields begin with. */
const INVESTORS: readonly Coded[] = [
  ['prsn', '개인', 'Individuals'],
  ['frgn', '외국인', 'Foreigners'],
  ['orgn', '기관계', 'Institutions'],
  ['scrt', '금융투자', 'Securities firms'],
  ['ivtr', '투자신탁', 'Investment trusts'],
  ['bank', '은행', 'Banks'],
  ['insu', '보험', 'Insurers'],
  ['mrbn', '종금', 'Merchant banks'],
  ['fund', '연기금', 'Pension funds'],
];

const netOf = (field: string, more: object): readonly Column[] =>
  INVESTORS.map(([key, ko, en]): Column => [field.replace('#', key), 'count', ko, en, { ...NET, ...more }]);
const netWonOf = (more: object): readonly Column[] =>
  INVESTORS.map(([key, ko, en]): Column => [
    `${key}_ntby_tr_pbmn`,
    'won',
    `${ko} 금액`,
    `${en}, value`,
    { ...NET_MILLION, ...more },
  ]);

const MARKET = pick(
  'market',
  ['시장', 'Market'],
  [
    ['KSP:0001', '코스피', 'KOSPI'],
    ['KSQ:1001', '코스닥', 'KOSDAQ'],
  ],
);

export const FLOWS: readonly Sheet[] = [
  {
    id: 'investors',
    group: 'flows',
    title: ['종목 투자자 매매', 'Investors of an issue'],
    api: 'domestic-stock.inquire-investor',
    inputs: [ISSUE, VENUE],
    params: ASKED,
    blocks: [
      rows(
        'output',
        [
          ['stck_bsop_date', 'date', '일자', 'Date'],
          ['stck_clpr', 'price', '종가', 'Close'],
          ['prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
          ['prsn_ntby_qty', 'count', '개인', 'Individuals', NET],
          ['frgn_ntby_qty', 'count', '외국인', 'Foreigners', NET],
          ['orgn_ntby_qty', 'count', '기관', 'Institutions', NET],
          ['prsn_ntby_tr_pbmn', 'won', '개인 금액', 'Individuals, value', NET_MILLION],
          ['frgn_ntby_tr_pbmn', 'won', '외국인 금액', 'Foreigners, value', NET_MILLION],
          ['orgn_ntby_tr_pbmn', 'won', '기관 금액', 'Institutions, value', NET_MILLION],
        ],
        { chart: { kind: 'bars', x: 'stck_bsop_date', ys: ['frgn_ntby_qty', 'orgn_ntby_qty', 'prsn_ntby_qty'] } },
      ),
    ],
  },
  {
    id: 'investors-in-detail',
    group: 'flows',
    title: ['종목 투자자 상세', 'Investors in detail'],
    api: 'domestic-stock.investor-trade-by-stock-daily',
    inputs: [ISSUE, VENUE, ON()],
    params: { ...ASKED, FID_INPUT_DATE_1: of('on') },
    blocks: [
      rows('output2', [...DAILY, ...netOf('#_ntby_qty', {}), ...netWonOf({})], {
        chart: { kind: 'bars', x: 'stck_bsop_date', ys: ['frgn_ntby_qty', 'orgn_ntby_qty'] },
      }),
    ],
  },
  {
    id: 'investor-estimate',
    group: 'flows',
    title: ['외국인·기관 추정 (장중)', 'Estimated flows today'],
    api: 'domestic-stock.investor-trend-estimate',
    inputs: [ISSUE],
    params: { MKSC_SHRN_ISCD: of('issue') },
    live: true,
    blocks: [
      rows('output2', [
        ['bsop_hour_gb', 'choice', '시각', 'Time'],
        ['frgn_fake_ntby_qty', 'count', '외국인', 'Foreigners', NET],
        ['orgn_fake_ntby_qty', 'count', '기관', 'Institutions', NET],
        ['sum_fake_ntby_qty', 'count', '합계', 'Together', NET],
      ]),
    ],
  },
  {
    id: 'market-investors',
    group: 'flows',
    title: ['시장 투자자 매매 (지금)', 'Investors of a market now'],
    api: 'domestic-stock.inquire-investor-time-by-market',
    inputs: [
      pick(
        'market',
        ['시장', 'Market'],
        [
          ['KSP:0001', '코스피', 'KOSPI'],
          ['KSQ:1001', '코스닥', 'KOSDAQ'],
          ['K2I:F001', '코스피200 선물', 'KOSPI 200 futures'],
          ['K2I:OC01', '콜옵션', 'Call options'],
          ['K2I:OP01', '풋옵션', 'Put options'],
          ['999:S001', '주식선물', 'Stock futures'],
          ['ETF:T000', 'ETF', 'ETF'],
          ['ELW:W000', 'ELW', 'ELW'],
          ['ETN:E199', 'ETN', 'ETN'],
        ],
      ),
    ],
    params: { FID_INPUT_ISCD: { of: 'market', part: 0 }, FID_INPUT_ISCD_2: { of: 'market', part: 1 } },
    live: true,
    blocks: [
      rows(
        'output',
        [
          ['#_shnu_vol', 'count', '매수', 'Bought'],
          ['#_seln_vol', 'count', '매도', 'Sold'],
          ['#_ntby_qty', 'count', '순매수', 'Net', NET],
          ['#_shnu_tr_pbmn', 'won', '매수 금액', 'Bought, value', MILLION],
          ['#_seln_tr_pbmn', 'won', '매도 금액', 'Sold, value', MILLION],
          ['#_ntby_tr_pbmn', 'won', '순매수 금액', 'Net value', NET_OF_MARKET],
        ],
        { unroll: INVESTORS },
      ),
    ],
  },
  {
    id: 'market-investors-daily',
    group: 'flows',
    title: ['시장 투자자 매매 (일별)', 'Investors of a market by day'],
    api: 'domestic-stock.inquire-investor-daily-by-market',
    inputs: [MARKET, ON()],
    params: {
      FID_INPUT_ISCD: { of: 'market', part: 1 },
      FID_INPUT_ISCD_1: { of: 'market', part: 0 },
      FID_INPUT_ISCD_2: { of: 'market', part: 1 },
      FID_INPUT_DATE_1: of('on'),
      FID_INPUT_DATE_2: of('on'),
    },
    blocks: [
      rows('output', [['stck_bsop_date', 'date', '일자', 'Date'], ...INDEX, ...netWonOf({ unsure: true })], {
        chart: { kind: 'bars', x: 'stck_bsop_date', ys: ['frgn_ntby_tr_pbmn', 'orgn_ntby_tr_pbmn'] },
      }),
    ],
  },
  {
    id: 'foreign-institution-top',
    group: 'flows',
    title: ['외국인·기관 순매수 상위 (가집계)', 'Bought most by foreigners and institutions'],
    api: 'domestic-stock.foreign-institution-total',
    inputs: [
      SCOPE_3,
      pick(
        'sort',
        ['순서', 'Order'],
        [
          ['0', '순매수 상위', 'Net bought'],
          ['1', '순매도 상위', 'Net sold'],
        ],
      ),
      pick(
        'by',
        ['기준', 'By'],
        [
          ['0', '수량', 'Quantity'],
          ['1', '금액', 'Value'],
        ],
      ),
      pick(
        'who',
        ['투자자', 'Investor'],
        [
          ['0', '전체', 'All'],
          ['1', '외국인', 'Foreigners'],
          ['2', '기관계', 'Institutions'],
          ['3', '기타', 'Others'],
        ],
      ),
    ],
    params: {
      FID_COND_MRKT_DIV_CODE: 'V',
      FID_INPUT_ISCD: SCOPE_OF,
      FID_DIV_CLS_CODE: of('by'),
      FID_RANK_SORT_CLS_CODE: SORT_OF,
      FID_ETC_CLS_CODE: of('who'),
    },
    live: true,
    blocks: [
      rows('output', [
        ...named(),
        ...QUOTE,
        ['ntby_qty', 'count', '순매수', 'Net', NET],
        ['frgn_ntby_qty', 'count', '외국인', 'Foreigners', NET],
        ['orgn_ntby_qty', 'count', '기관', 'Institutions', NET],
        ['frgn_ntby_tr_pbmn', 'won', '외국인 금액', 'Foreigners, value', NET_OF_MARKET],
        ['orgn_ntby_tr_pbmn', 'won', '기관 금액', 'Institutions, value', NET_OF_MARKET],
      ]),
    ],
  },
  {
    id: 'foreign-brokers-top',
    group: 'flows',
    title: ['외국계 매매 종목 (가집계)', 'Traded by foreign brokers'],
    api: 'domestic-stock.frgnmem-trade-estimate',
    inputs: [
      pick(
        'scope',
        ['시장', 'Market'],
        [
          ['0000', '전체', 'All'],
          ['1001', '코스피', 'KOSPI'],
          ['2001', '코스닥', 'KOSDAQ'],
        ],
      ),
      pick(
        'sort',
        ['기준', 'By'],
        [
          ['0', '금액', 'Value'],
          ['1', '수량', 'Quantity'],
        ],
      ),
      pick(
        'side',
        ['방향', 'Side'],
        [
          ['0', '매수', 'Bought'],
          ['1', '매도', 'Sold'],
        ],
      ),
    ],
    params: {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: SCOPE_OF,
      FID_RANK_SORT_CLS_CODE: SORT_OF,
      FID_RANK_SORT_CLS_CODE_2: of('side'),
    },
    live: true,
    blocks: [
      rows('output', [
        ...named('stck_shrn_iscd'),
        ...QUOTE,
        ['glob_ntsl_qty', 'count', '순매도', 'Net sold', NET],
        ['glob_total_shnu_qty', 'count', '매수', 'Bought'],
        ['glob_total_seln_qty', 'count', '매도', 'Sold'],
      ]),
    ],
  },
];
