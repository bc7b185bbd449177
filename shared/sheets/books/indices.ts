/** Indices of markets and sectors, and the money that stands beside the market. */
import { EOK, facts, MILLION, of, ON, pick, rows, type Column, type Sheet } from '../define.ts';
import { BREADTH, INDEX } from './fragments.ts';

/** Of an index: value of all trades, in million won. */
const VALUE: Column = ['acml_tr_pbmn', 'won', '거래대금', 'Value', MILLION];
const VOLUME: Column = ['acml_vol', 'count', '거래량 (천 주)', 'Volume (thousands)'];
const RANGE: readonly Column[] = [
  ['bstp_nmix_oprc', 'price', '시가', 'Open'],
  ['bstp_nmix_hgpr', 'price', '고가', 'High'],
  ['bstp_nmix_lwpr', 'price', '저가', 'Low'],
];
const WHICH = pick(
  'index',
  ['지수', 'Index'],
  [
    ['0001', '코스피', 'KOSPI'],
    ['1001', '코스닥', 'KOSDAQ'],
    ['2001', '코스피200', 'KOSPI 200'],
    ['0002', '대형주', 'Large caps'],
    ['0003', '중형주', 'Mid caps'],
    ['0004', '소형주', 'Small caps'],
  ],
);

export const INDICES: readonly Sheet[] = [
  {
    id: 'index-now',
    group: 'indices',
    title: ['업종 현재지수', 'An index now'],
    api: 'domestic-stock.inquire-index-price',
    inputs: [WHICH],
    params: { FID_COND_MRKT_DIV_CODE: 'U', FID_INPUT_ISCD: of('index') },
    live: true,
    keepS: 20,
    blocks: [
      facts('output', [
        ...INDEX,
        ...RANGE,
        VOLUME,
        VALUE,
        ...BREADTH,
        ['uplm_issu_cnt', 'count', '상한가', 'At the upper limit'],
        ['lslm_issu_cnt', 'count', '하한가', 'At the lower limit'],
        ['dryy_bstp_nmix_hgpr', 'price', '연중 최고', 'High of the year'],
        ['dryy_bstp_nmix_hgpr_date', 'date', '연중 최고일', 'High on'],
        ['dryy_bstp_nmix_lwpr', 'price', '연중 최저', 'Low of the year'],
        ['dryy_bstp_nmix_lwpr_date', 'date', '연중 최저일', 'Low on'],
        ['total_askp_rsqn', 'count', '매도 잔량', 'Offered'],
        ['total_bidp_rsqn', 'count', '매수 잔량', 'Wanted'],
      ]),
    ],
  },
  {
    id: 'sector-indices',
    group: 'indices',
    title: ['업종 전체 시세', 'All sectors'],
    api: 'domestic-stock.inquire-index-category-price',
    inputs: [
      pick(
        'market',
        ['시장', 'Market'],
        [
          ['K:0001', '코스피', 'KOSPI'],
          ['Q:1001', '코스닥', 'KOSDAQ'],
          ['K2:2001', '코스피200', 'KOSPI 200'],
        ],
      ),
    ],
    params: {
      FID_INPUT_ISCD: { of: 'market', part: 1 },
      FID_MRKT_CLS_CODE: { of: 'market', part: 0 },
      FID_BLNG_CLS_CODE: '0',
    },
    live: true,
    opens: { sheet: 'sector-daily', from: { sector: 'bstp_cls_code' } },
    blocks: [
      facts('output1', [...INDEX, VALUE, ...BREADTH]),
      rows('output2', [
        ['hts_kor_isnm', 'text', '업종', 'Sector'],
        ['bstp_cls_code', 'text', '코드', 'Code'],
        ...INDEX,
        VOLUME,
        VALUE,
        ['acml_tr_pbmn_rlim', 'percent', '거래대금 비중', 'Share of value'],
      ]),
    ],
  },
  {
    id: 'sector-daily',
    group: 'indices',
    title: ['업종 일자별 지수', 'An index by day'],
    api: 'domestic-stock.inquire-index-daily-price',
    inputs: [
      { kind: 'code', id: 'sector', name: ['업종 코드', 'Sector code'], start: '0001' },
      pick(
        'period',
        ['간격', 'Interval'],
        [
          ['D', '일', 'Day'],
          ['W', '주', 'Week'],
          ['M', '월', 'Month'],
        ],
      ),
      ON(),
    ],
    params: { FID_PERIOD_DIV_CODE: of('period'), FID_INPUT_ISCD: of('sector'), FID_INPUT_DATE_1: of('on') },
    blocks: [
      facts('output1', [...INDEX, ...BREADTH]),
      rows('output2', [['stck_bsop_date', 'date', '일자', 'Date'], ...INDEX, ...RANGE, VOLUME, VALUE], {
        chart: { kind: 'line', x: 'stck_bsop_date', ys: ['bstp_nmix_prpr'] },
      }),
    ],
  },
  {
    id: 'market-funds',
    group: 'indices',
    title: ['증시 자금', 'Money in the market'],
    api: 'domestic-stock.mktfunds',
    inputs: [ON()],
    params: { FID_INPUT_DATE_1: of('on') },
    blocks: [
      rows(
        'output',
        [
          ['bsop_date', 'date', '일자', 'Date'],
          ['cust_dpmn_amt', 'won', '고객예탁금', 'Deposits', EOK],
          ['cust_dpmn_amt_prdy_vrss', 'won', '예탁금 증감', 'Deposits, change', { ...EOK, signed: true }],
          ['crdt_loan_rmnd', 'won', '신용융자', 'Margin loans', EOK],
          ['uncl_amt', 'won', '미수금', 'Unpaid', EOK],
          ['futs_tfam_amt', 'won', '선물예수금', 'Futures deposits', EOK],
          ['sttp_amt', 'won', '주식형 펀드', 'Equity funds', EOK],
          ['bntp_amt', 'won', '채권형 펀드', 'Bond funds', EOK],
          ['mmf_amt', 'won', 'MMF', 'MMF', EOK],
          ['secu_lend_amt', 'won', '담보대출', 'Loans on securities', EOK],
        ],
        { chart: { kind: 'line', x: 'bsop_date', ys: ['cust_dpmn_amt', 'crdt_loan_rmnd'] } },
      ),
    ],
  },
];
