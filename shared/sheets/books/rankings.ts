/** Rankings of Korean issues by price, volume and what people look at. */
import { NET, of, pick, rows, type Column, type Input, type Sheet, type Source } from '../define.ts';
import {
  CLASS_OF,
  ISSUE_CLASS,
  KRX_OR_NXT,
  named,
  QUOTE,
  RANK,
  SCOPE,
  SCOPE_3,
  SCOPE_KRX100,
  SCOPE_OF,
  SORT_OF,
  VENUE,
  VENUE_OF,
  WATCHED_CLASS,
} from './fragments.ts';

/** A ranking: which issues, in which order, and what is shown beside the quote. */
export function ranking(parts: {
  readonly id: string;
  readonly title: Sheet['title'];
  readonly api: string;
  readonly inputs: readonly Input[];
  readonly params: Readonly<Record<string, Source>>;
  readonly more: readonly Column[];
  readonly code?: string;
  readonly live?: boolean;
}): Sheet {
  const { id, title, api, inputs, params, more, code, live = true } = parts;
  return {
    id,
    group: 'rankings',
    title,
    api: `domestic-stock.${api}`,
    inputs,
    params,
    live,
    blocks: [rows('output', [RANK, ...named(code), ...QUOTE, ...more])],
  };
}

const order = (choices: Parameters<typeof pick>[2]): Input => pick('sort', ['순서', 'Order'], choices);

export const RANKINGS: readonly Sheet[] = [
  ranking({
    id: 'volume-rank',
    title: ['거래량 순위', 'Volume'],
    api: 'volume-rank',
    inputs: [
      VENUE,
      order([
        ['0', '평균 거래량', 'Average volume'],
        ['1', '거래 증가율', 'Growth'],
        ['2', '회전율', 'Turnover'],
        ['3', '거래대금', 'Value'],
        ['4', '거래대금 회전율', 'Value turnover'],
      ]),
      ISSUE_CLASS,
    ],
    params: {
      FID_COND_MRKT_DIV_CODE: VENUE_OF,
      FID_INPUT_ISCD: '0000',
      FID_DIV_CLS_CODE: CLASS_OF,
      FID_BLNG_CLS_CODE: SORT_OF,
      FID_TRGT_CLS_CODE: '111111111',
      FID_TRGT_EXLS_CLS_CODE: '0000000000',
      FID_INPUT_PRICE_1: '',
      FID_INPUT_PRICE_2: '',
      FID_VOL_CNT: '',
      FID_INPUT_DATE_1: '',
    },
    more: [
      ['acml_tr_pbmn', 'won', '거래대금', 'Value'],
      ['avrg_vol', 'count', '평균 거래량', 'Average volume'],
      ['vol_inrt', 'percent', '거래량 증가율', 'Volume growth', { signed: true }],
      ['vol_tnrt', 'percent', '회전율', 'Turnover'],
    ],
  }),
  ranking({
    id: 'change-rank',
    title: ['등락률 순위', 'Change'],
    api: 'fluctuation',
    inputs: [
      KRX_OR_NXT,
      SCOPE,
      order([
        ['0', '상승률', 'Rise'],
        ['1', '하락률', 'Fall'],
        ['2', '시가 대비 상승', 'Rise from the open'],
        ['3', '시가 대비 하락', 'Fall from the open'],
        ['4', '변동률', 'Range'],
      ]),
    ],
    params: {
      fid_cond_mrkt_div_code: VENUE_OF,
      fid_input_iscd: SCOPE_OF,
      fid_rank_sort_cls_code: SORT_OF,
      fid_input_cnt_1: '0',
      fid_prc_cls_code: '1',
    },
    code: 'stck_shrn_iscd',
    more: [
      ['stck_hgpr', 'price', '고가', 'High'],
      ['stck_lwpr', 'price', '저가', 'Low'],
      ['oprc_vrss_prpr_rate', 'percent', '시가 대비', 'From the open', { signed: true }],
      ['cnnt_ascn_dynu', 'count', '연속 상승일', 'Days up'],
      ['cnnt_down_dynu', 'count', '연속 하락일', 'Days down'],
    ],
  }),
  ranking({
    id: 'strength-rank',
    title: ['체결강도 상위', 'Trade strength'],
    api: 'volume-power',
    inputs: [KRX_OR_NXT, SCOPE, ISSUE_CLASS],
    params: {
      fid_cond_mrkt_div_code: VENUE_OF,
      fid_input_iscd: SCOPE_OF,
      fid_div_cls_code: CLASS_OF,
      fid_input_price_1: '',
      fid_input_price_2: '',
      fid_vol_cnt: '',
    },
    code: 'stck_shrn_iscd',
    more: [
      ['tday_rltv', 'ratio', '체결강도', 'Strength'],
      ['shnu_cnqn_smtn', 'count', '매수 체결', 'Bought'],
      ['seln_cnqn_smtn', 'count', '매도 체결', 'Sold'],
    ],
  }),
  ranking({
    id: 'depth-rank',
    title: ['호가잔량 순위', 'Order book depth'],
    api: 'quote-balance',
    inputs: [
      KRX_OR_NXT,
      SCOPE,
      order([
        ['0', '순매수 잔량', 'Net wanted'],
        ['1', '순매도 잔량', 'Net offered'],
        ['2', '매수 비율', 'Share wanted'],
        ['3', '매도 비율', 'Share offered'],
      ]),
    ],
    params: {
      fid_cond_mrkt_div_code: VENUE_OF,
      fid_input_iscd: SCOPE_OF,
      fid_rank_sort_cls_code: SORT_OF,
      fid_vol_cnt: '',
      fid_input_price_1: '',
      fid_input_price_2: '',
    },
    more: [
      ['total_askp_rsqn', 'count', '매도 잔량', 'Offered'],
      ['total_bidp_rsqn', 'count', '매수 잔량', 'Wanted'],
      ['total_ntsl_bidp_rsqn', 'count', '순매수 잔량', 'Net wanted', NET],
      ['shnu_rsqn_rate', 'percent', '매수 비율', 'Share wanted'],
    ],
  }),
  ranking({
    id: 'trade-count-rank',
    title: ['대량 체결 건수 상위', 'Large trades'],
    api: 'bulk-trans-num',
    inputs: [
      KRX_OR_NXT,
      SCOPE_KRX100,
      order([
        ['0', '매수', 'Bought'],
        ['1', '매도', 'Sold'],
      ]),
    ],
    params: {
      fid_cond_mrkt_div_code: VENUE_OF,
      fid_input_iscd: SCOPE_OF,
      fid_rank_sort_cls_code: SORT_OF,
    },
    more: [
      ['shnu_cntg_csnu', 'count', '매수 건수', 'Purchases'],
      ['seln_cntg_csnu', 'count', '매도 건수', 'Sales'],
      ['ntby_cnqn', 'count', '순매수량', 'Net', NET],
    ],
  }),
  ranking({
    id: 'interest-rank',
    title: ['관심종목 등록 상위', 'Watched most'],
    api: 'top-interest-stock',
    inputs: [KRX_OR_NXT, SCOPE, WATCHED_CLASS],
    params: {
      fid_cond_mrkt_div_code: VENUE_OF,
      fid_input_iscd: SCOPE_OF,
      fid_div_cls_code: CLASS_OF,
      fid_input_cnt_1: '1',
      fid_input_price_1: '',
      fid_input_price_2: '',
      fid_vol_cnt: '',
    },
    more: [
      ['acml_tr_pbmn', 'won', '거래대금', 'Value'],
      ['inter_issu_reg_csnu', 'count', '등록 수', 'Lists'],
    ],
  }),
  ranking({
    id: 'company-rank',
    title: ['당사 매매 상위', 'Traded most here'],
    api: 'traded-by-company',
    inputs: [
      KRX_OR_NXT,
      SCOPE_KRX100,
      order([
        ['1', '매수', 'Bought'],
        ['0', '매도', 'Sold'],
      ]),
      WATCHED_CLASS,
      { kind: 'day', id: 'from', name: ['시작일', 'From'], back: 7 },
      { kind: 'day', id: 'to', name: ['종료일', 'To'], back: 0 },
    ],
    params: {
      fid_cond_mrkt_div_code: VENUE_OF,
      fid_input_iscd: SCOPE_OF,
      fid_rank_sort_cls_code: SORT_OF,
      fid_div_cls_code: CLASS_OF,
      fid_input_date_1: of('from'),
      fid_input_date_2: of('to'),
      fid_aply_rang_vol: '0',
      fid_aply_rang_prc_1: '',
      fid_aply_rang_prc_2: '',
    },
    live: false,
    more: [
      ['shnu_cnqn_smtn', 'count', '매수', 'Bought'],
      ['seln_cnqn_smtn', 'count', '매도', 'Sold'],
      ['ntby_cnqn', 'count', '순매수', 'Net', NET],
    ],
  }),
  {
    id: 'near-high-low',
    group: 'rankings',
    title: ['신고가·신저가 근접', 'Near highs and lows'],
    api: 'domestic-stock.near-new-highlow',
    inputs: [
      SCOPE_KRX100,
      order([
        ['0', '신고가 근접', 'Near the high'],
        ['1', '신저가 근접', 'Near the low'],
      ]),
    ],
    params: {
      fid_aply_rang_vol: '0',
      fid_div_cls_code: '0',
      fid_input_cnt_1: '0',
      fid_input_cnt_2: '10',
      fid_prc_cls_code: SORT_OF,
      fid_input_iscd: SCOPE_OF,
      fid_trgt_exls_cls_code: '0',
      fid_aply_rang_prc_1: '',
      fid_aply_rang_prc_2: '',
    },
    live: true,
    blocks: [
      rows('output', [
        ...named(),
        ...QUOTE,
        ['new_hgpr', 'price', '최고가', 'High'],
        ['hprc_near_rate', 'percent', '고가 근접률', 'To the high'],
        ['new_lwpr', 'price', '최저가', 'Low'],
        ['lwpr_near_rate', 'percent', '저가 근접률', 'To the low'],
      ]),
    ],
  },
  {
    id: 'limit-prices',
    group: 'rankings',
    title: ['상하한가 포착', 'At the price limits'],
    api: 'domestic-stock.capture-uplowprice',
    inputs: [
      SCOPE_3,
      pick(
        'way',
        ['방향', 'Limit'],
        [
          ['0', '상한가', 'Upper'],
          ['1', '하한가', 'Lower'],
        ],
      ),
      pick(
        'near',
        ['범위', 'Range'],
        [
          ['0', '상하한가', 'At the limit'],
          ['6', '8% 근접', 'Within 8%'],
          ['5', '10% 근접', 'Within 10%'],
          ['1', '15% 근접', 'Within 15%'],
          ['2', '20% 근접', 'Within 20%'],
          ['3', '25% 근접', 'Within 25%'],
        ],
      ),
    ],
    params: { FID_PRC_CLS_CODE: of('way'), FID_DIV_CLS_CODE: of('near'), FID_INPUT_ISCD: SCOPE_OF },
    live: true,
    blocks: [
      rows('output', [
        ...named(),
        ...QUOTE,
        ['stck_mxpr', 'price', '상한가', 'Upper limit'],
        ['stck_llam', 'price', '하한가', 'Lower limit'],
        ['total_askp_rsqn', 'count', '매도 잔량', 'Offered'],
        ['total_bidp_rsqn', 'count', '매수 잔량', 'Wanted'],
        ['prdy_vrss_vol_rate', 'percent', '전일 거래량 대비', 'Volume of the day before'],
      ]),
    ],
  },
  {
    id: 'top-viewed',
    group: 'rankings',
    title: ['HTS 조회 상위', 'Looked at most'],
    api: 'domestic-stock.hts-top-view',
    inputs: [],
    params: {},
    live: true,
    blocks: [
      rows('output1', [
        ['mksc_shrn_iscd', 'issue', '코드', 'Code'],
        ['mrkt_div_cls_code', 'choice', '시장', 'Market'],
      ]),
    ],
  },
];
