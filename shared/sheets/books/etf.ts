/** ETF and ETN: price beside NAV, how the two have gone, and what a fund holds. */
import { EOK, facts, FROM, ISSUE, of, pick, rows, TO, type Column, type Sheet } from '../define.ts';
import { DAILY, named, QUOTE, VENUE, VENUE_OF } from './fragments.ts';

const NAV: readonly Column[] = [
  ['nav', 'price', 'NAV', 'NAV'],
  ['nav_prdy_vrss', 'change', 'NAV 대비', 'NAV change', { sign: 'nav_prdy_vrss_sign', signed: true }],
  ['nav_prdy_ctrt', 'percent', 'NAV 등락률', 'NAV change %', { sign: 'nav_prdy_vrss_sign', signed: true }],
];
const GAP: readonly Column[] = [
  ['nav_vrss_prpr', 'change', 'NAV와의 차이', 'From the NAV', { signed: true }],
  ['dprt', 'percent', '괴리율', 'Gap', { signed: true }],
];

export const ETF: readonly Sheet[] = [
  {
    id: 'etf-now',
    group: 'etf',
    title: ['ETF·ETN 현재가와 NAV', 'Price and NAV'],
    api: 'etfetn.inquire-price',
    inputs: [ISSUE, VENUE],
    params: { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_INPUT_ISCD: of('issue') },
    live: true,
    keepS: 20,
    blocks: [
      facts('output', [
        ...QUOTE,
        ...NAV,
        ['prdy_last_nav', 'price', '전일 NAV', 'NAV of the day before'],
        ['dprt', 'percent', '괴리율', 'Gap', { signed: true }],
        ['trc_errt', 'percent', '추적 오차율', 'Tracking error'],
        ['etf_trc_ert_mltp', 'ratio', '추적 배수', 'Leverage'],
        ['etf_ntas_ttam', 'won', '순자산', 'Net assets', EOK],
        ['etf_crcl_stcn', 'count', '유통 주수', 'Units'],
        ['etf_cu_unit_scrt_cnt', 'count', 'CU 증권 수', 'Units of a creation'],
        ['etf_cnfg_issu_cnt', 'count', '구성 종목 수', 'Constituents'],
        ['etf_rprs_bstp_kor_isnm', 'text', '대표 지수', 'Index'],
        ['etf_div_name', 'text', '분류', 'Class'],
        ['mbcr_name', 'text', '운용·발행사', 'Issuer'],
        ['stck_lstn_date', 'date', '상장일', 'Listed on'],
        ['mtrt_date', 'date', '만기일', 'Matures'],
        ['etf_dvdn_cycl', 'text', '분배 주기', 'Distribution'],
        ['lp_hldn_rate', 'percent', 'LP 보유', 'Held by the LP'],
        ['frgn_hldn_qty_rate', 'percent', '외국인 보유', 'Held by foreigners'],
      ]),
    ],
  },
  {
    id: 'etf-constituents',
    group: 'etf',
    title: ['ETF 구성 종목', 'Constituents'],
    api: 'etfetn.inquire-component-stock-price',
    inputs: [ISSUE],
    params: { FID_INPUT_ISCD: of('issue') },
    live: true,
    blocks: [
      facts('output1', [
        ...QUOTE.slice(0, 3),
        ...NAV,
        ['etf_ntas_ttam', 'won', '순자산', 'Net assets', EOK],
        ['etf_cnfg_issu_cnt', 'count', '구성 종목 수', 'Constituents'],
      ]),
      rows('output2', [
        ...named('stck_shrn_iscd'),
        ['etf_cnfg_issu_rlim', 'percent', '비중', 'Weight'],
        ['etf_vltn_amt', 'won', '평가금액', 'Value'],
        ...QUOTE,
        ['hts_avls', 'won', '시가총액', 'Market cap', EOK],
      ]),
    ],
  },
  {
    id: 'nav-daily',
    group: 'etf',
    title: ['NAV 비교 (일별)', 'NAV by day'],
    api: 'etfetn.nav-comparison-daily-trend',
    inputs: [ISSUE, FROM(90), TO()],
    params: { FID_INPUT_ISCD: of('issue'), FID_INPUT_DATE_1: of('from'), FID_INPUT_DATE_2: of('to') },
    blocks: [
      rows('output', [...DAILY, ...NAV, ...GAP], {
        chart: { kind: 'line', x: 'stck_bsop_date', ys: ['stck_clpr', 'nav'] },
      }),
    ],
  },
  {
    id: 'nav-today',
    group: 'etf',
    title: ['NAV 비교 (분)', 'NAV today'],
    api: 'etfetn.nav-comparison-time-trend',
    inputs: [
      ISSUE,
      pick(
        'step',
        ['간격', 'Interval'],
        [
          ['60', '1분', '1 minute'],
          ['180', '3분', '3 minutes'],
          ['7200', '120분', '120 minutes'],
        ],
      ),
    ],
    params: { FID_COND_MRKT_DIV_CODE: 'E', FID_INPUT_ISCD: of('issue'), FID_HOUR_CLS_CODE: of('step') },
    live: true,
    blocks: [
      rows('output', [['bsop_hour', 'time', '시각', 'Time'], ...QUOTE, ...NAV, ...GAP], {
        chart: { kind: 'line', x: 'bsop_hour', ys: ['stck_prpr', 'nav'] },
      }),
    ],
  },
  {
    id: 'nav-range',
    group: 'etf',
    title: ['NAV와 가격 (오늘)', 'NAV and price of the day'],
    api: 'etfetn.nav-comparison-trend',
    inputs: [ISSUE],
    params: { FID_INPUT_ISCD: of('issue') },
    live: true,
    blocks: [
      facts(
        'output1',
        [
          ...QUOTE,
          ['stck_oprc', 'price', '시가', 'Open'],
          ['stck_hgpr', 'price', '고가', 'High'],
          ['stck_lwpr', 'price', '저가', 'Low'],
        ],
        { title: ['가격', 'Price'] },
      ),
      facts(
        'output2',
        [
          ...NAV,
          ['oprc_nav', 'price', 'NAV 시가', 'NAV open'],
          ['hprc_nav', 'price', 'NAV 고가', 'NAV high'],
          ['lprc_nav', 'price', 'NAV 저가', 'NAV low'],
          ['prdy_clpr_nav', 'price', 'NAV 전일', 'NAV before'],
        ],
        { title: ['NAV', 'NAV'] },
      ),
    ],
  },
];
