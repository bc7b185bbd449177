/** Listed bonds: price with yield, depth, terms of the issue, and what the valuers say. */
import { facts, FROM, of, rows, TO, type Column, type Input, type Sheet } from '../define.ts';

const BOND: Input = { kind: 'code', id: 'code', name: ['채권 표준코드', 'Bond ISIN'], start: 'KR2033022D33' };
const PRICE: readonly Column[] = [
  ['bond_prpr', 'price', '현재가', 'Price'],
  ['bond_prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
];
const RANGE: readonly Column[] = [
  ['bond_oprc', 'price', '시가', 'Open'],
  ['bond_hgpr', 'price', '고가', 'High'],
  ['bond_lwpr', 'price', '저가', 'Low'],
];
const VOLUME: Column = ['acml_vol', 'count', '거래량', 'Volume'];
const VALUERS: readonly (readonly [key: string, ko: string, en: string])[] = [
  ['kis', '한국신용평가', 'KIS Pricing'],
  ['kbp', '한국채권평가', 'KBP'],
  ['nice', '한국신용정보', 'NICE'],
  ['fnp', '에프앤자산평가', 'FnP'],
];
const ASKED = { FID_COND_MRKT_DIV_CODE: 'B', FID_INPUT_ISCD: of('code') } as const;

export const BONDS: readonly Sheet[] = [
  {
    id: 'bond-now',
    group: 'bonds',
    title: ['채권 현재가와 수익률', 'Price and yield'],
    api: 'domestic-bond.inquire-price',
    inputs: [BOND],
    params: ASKED,
    live: true,
    keepS: 20,
    blocks: [
      facts('output', [
        ['hts_kor_isnm', 'text', '채권', 'Bond'],
        ...PRICE,
        ['ernn_rate', 'percent', '수익률', 'Yield'],
        VOLUME,
        ['bond_prdy_clpr', 'price', '전일 종가', 'Previous close'],
        ...RANGE,
        ['oprc_ert', 'percent', '시가 수익률', 'Yield at the open'],
        ['hgpr_ert', 'percent', '고가 수익률', 'Yield at the high'],
        ['lwpr_ert', 'percent', '저가 수익률', 'Yield at the low'],
        ['bond_mxpr', 'price', '상한가', 'Upper limit'],
        ['bond_llam', 'price', '하한가', 'Lower limit'],
      ]),
    ],
  },
  {
    id: 'bond-depth',
    group: 'bonds',
    title: ['채권 호가와 수익률', 'Depth with yields'],
    api: 'domestic-bond.inquire-asking-price',
    inputs: [BOND],
    params: ASKED,
    live: true,
    keepS: 10,
    blocks: [
      rows(
        'output',
        [
          ['askp_rsqn#', 'count', '매도 잔량', 'Offered'],
          ['seln_ernn_rate#', 'percent', '매도 수익률', 'Ask yield'],
          ['bond_askp#', 'price', '매도호가', 'Ask'],
          ['bond_bidp#', 'price', '매수호가', 'Bid'],
          ['shnu_ernn_rate#', 'percent', '매수 수익률', 'Bid yield'],
          ['bidp_rsqn#', 'count', '매수 잔량', 'Wanted'],
        ],
        { unroll: 5 },
      ),
    ],
  },
  {
    id: 'bond-trades',
    group: 'bonds',
    title: ['채권 체결', 'Trades'],
    api: 'domestic-bond.inquire-ccnl',
    inputs: [BOND],
    params: ASKED,
    live: true,
    blocks: [
      rows('output', [
        ['stck_cntg_hour', 'time', '시각', 'Time'],
        ...PRICE,
        ['cntg_vol', 'count', '체결량', 'Traded'],
        VOLUME,
      ]),
    ],
  },
  {
    id: 'bond-daily',
    group: 'bonds',
    title: ['채권 일별', 'By day'],
    api: 'domestic-bond.inquire-daily-price',
    inputs: [BOND],
    params: ASKED,
    blocks: [
      rows('output', [['stck_bsop_date', 'date', '일자', 'Date'], ...PRICE, ...RANGE, VOLUME], {
        chart: { kind: 'line', x: 'stck_bsop_date', ys: ['bond_prpr'] },
      }),
    ],
  },
  {
    id: 'bond-terms',
    group: 'bonds',
    title: ['채권 발행 정보', 'Terms'],
    api: 'domestic-bond.issue-info',
    inputs: [BOND],
    params: { PDNO: of('code') },
    blocks: [
      facts('output', [
        ['prdt_name', 'text', '이름', 'Name'],
        ['issu_istt_name', 'text', '발행기관', 'Issuer'],
        ['bond_clsf_kor_name', 'text', '분류', 'Class'],
        ['srfc_inrt', 'percent', '표면이율', 'Coupon'],
        ['int_dfrm_mcnt', 'count', '이자 지급 (개월)', 'Interest every (months)'],
        ['issu_dt', 'date', '발행일', 'Issued on'],
        ['expd_dt', 'date', '만기일', 'Matures'],
        ['rgbf_int_dfrm_dt', 'date', '직전 이자 지급일', 'Last interest'],
        ['nxtm_int_dfrm_dt', 'date', '다음 이자 지급일', 'Next interest'],
        ['papr', 'ratio', '액면가', 'Par value'],
        ['issu_amt', 'won', '발행금액', 'Issued amount'],
        ['lstg_rmnd', 'won', '상장잔액', 'Outstanding'],
        ['expd_rdpt_rt', 'percent', '만기상환율', 'Redemption'],
        ['bond_grte_istt_name', 'text', '보증기관', 'Guarantor'],
        ...VALUERS.map(([key, ko, en]): Column => [`${key}_crdt_grad_text`, 'text', `${ko} 등급`, `${en} grade`]),
        ['ivst_heed_prdt_yn', 'flag', '투자유의', 'Caution'],
        ['sprx_psbl_yn', 'flag', '분리과세', 'Separate tax'],
        ['prcm_idx_bond_yn', 'flag', '물가연동', 'Inflation-linked'],
      ]),
    ],
  },
  {
    id: 'bond-valuation',
    group: 'bonds',
    title: ['채권 평가 단가와 수익률', 'Valuations'],
    api: 'domestic-bond.avg-unit',
    inputs: [BOND, FROM(30), TO()],
    params: {
      INQR_STRT_DT: of('from'),
      INQR_END_DT: of('to'),
      PDNO: of('code'),
      PRDT_TYPE_CD: '302',
      VRFC_KIND_CD: '00',
    },
    blocks: [
      rows(
        'output1',
        [
          ['evlu_dt', 'date', '평가일', 'Date'],
          ['prdt_name', 'text', '채권', 'Bond'],
          ['avg_evlu_unpr', 'price', '평균 단가', 'Average price'],
          ['avg_evlu_erng_rt', 'percent', '평균 수익률', 'Average yield'],
          ['kis_unpr', 'price', '한국신용평가', 'KIS Pricing'],
          ['kbp_unpr', 'price', '한국채권평가', 'KBP'],
          ['nice_evlu_unpr', 'price', '한국신용정보', 'NICE'],
          ['fnp_unpr', 'price', '에프앤자산평가', 'FnP'],
        ],
        { chart: { kind: 'line', x: 'evlu_dt', ys: ['avg_evlu_erng_rt'] } },
      ),
    ],
  },
];
