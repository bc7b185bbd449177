/** Brokers that trade an issue, and program trading of issues and markets. */
import {
  FROM,
  facts,
  ISSUE,
  MILLION,
  NET,
  NET_MILLION,
  of,
  ON,
  pick,
  rows,
  TO,
  type Column,
  type Sheet,
} from '../define.ts';
import { BOTH_MARKETS, DAILY, QUOTE, VENUE, VENUE_OF } from './fragments.ts';

const ASKED = { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_INPUT_ISCD: of('issue') };
const NET_OF_MARKET = { ...NET_MILLION, unsure: true };
const PROGRAM: readonly Column[] = [
  ['whol_smtn_shnu_vol', 'count', '매수', 'Bought'],
  ['whol_smtn_seln_vol', 'count', '매도', 'Sold'],
  ['whol_smtn_ntby_qty', 'count', '순매수', 'Net', NET],
  ['whol_smtn_ntby_tr_pbmn', 'won', '순매수 금액', 'Net value', { signed: true, unsure: true }],
];

export const TRADING: readonly Sheet[] = [
  {
    id: 'members',
    group: 'trading',
    title: ['회원사 매매 상위', 'Brokers that trade most'],
    api: 'domestic-stock.inquire-member',
    inputs: [ISSUE, VENUE],
    params: ASKED,
    live: true,
    blocks: [
      rows(
        'output',
        [
          ['seln_mbcr_name#', 'text', '매도 회원사', 'Seller'],
          ['total_seln_qty#', 'count', '매도', 'Sold'],
          ['seln_mbcr_rlim#', 'percent', '매도 비중', 'Share sold'],
          ['seln_qty_icdc#', 'count', '매도 증감', 'Sold, change', NET],
          ['shnu_mbcr_name#', 'text', '매수 회원사', 'Buyer'],
          ['total_shnu_qty#', 'count', '매수', 'Bought'],
          ['shnu_mbcr_rlim#', 'percent', '매수 비중', 'Share bought'],
          ['shnu_qty_icdc#', 'count', '매수 증감', 'Bought, change', NET],
        ],
        { unroll: 5 },
      ),
      facts(
        'output',
        [
          ['glob_total_shnu_qty', 'count', '외국계 매수', 'Foreign brokers bought'],
          ['glob_total_seln_qty', 'count', '외국계 매도', 'Foreign brokers sold'],
          ['glob_ntby_qty', 'count', '외국계 순매수', 'Foreign brokers, net', NET],
        ],
        { title: ['외국계 합계', 'Foreign brokers'] },
      ),
    ],
  },
  {
    id: 'member-daily',
    group: 'trading',
    title: ['한 회원사의 일별 매매', 'One broker by day'],
    api: 'domestic-stock.inquire-member-daily',
    inputs: [
      ISSUE,
      VENUE,
      { kind: 'code', id: 'member', name: ['회원사 번호', 'Broker number'], start: '00003' },
      FROM(90),
      TO(),
    ],
    params: { ...ASKED, FID_INPUT_ISCD_2: of('member'), FID_INPUT_DATE_1: of('from'), FID_INPUT_DATE_2: of('to') },
    blocks: [
      rows('output', [
        ['stck_bsop_date', 'date', '일자', 'Date'],
        ...QUOTE,
        ['total_shnu_qty', 'count', '매수', 'Bought'],
        ['total_seln_qty', 'count', '매도', 'Sold'],
        ['ntby_qty', 'count', '순매수', 'Net', NET],
      ]),
    ],
  },
  {
    id: 'foreign-brokers',
    group: 'trading',
    title: ['외국계 순매수 추이', 'Foreign brokers today'],
    api: 'domestic-stock.frgnmem-pchs-trend',
    inputs: [ISSUE],
    params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: of('issue'), FID_INPUT_ISCD_2: '99999' },
    live: true,
    blocks: [
      rows(
        'output',
        [
          ['bsop_hour', 'time', '시각', 'Time'],
          ...QUOTE,
          ['frgn_shnu_vol', 'count', '매수', 'Bought'],
          ['frgn_seln_vol', 'count', '매도', 'Sold'],
          ['glob_ntby_qty', 'count', '순매수', 'Net', NET],
        ],
        { chart: { kind: 'line', x: 'bsop_hour', ys: ['glob_ntby_qty'] } },
      ),
    ],
  },
  {
    id: 'member-ticks',
    group: 'trading',
    title: ['회원사 매매 (틱)', 'Brokers by tick'],
    api: 'domestic-stock.frgnmem-trade-trend',
    inputs: [ISSUE],
    params: {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: of('issue'),
      FID_INPUT_ISCD_2: '99999',
      FID_MRKT_CLS_CODE: 'A',
    },
    live: true,
    blocks: [
      rows('output2', [
        ['bsop_hour', 'time', '시각', 'Time'],
        ['mbcr_name', 'text', '회원사', 'Broker'],
        ['hts_kor_isnm', 'text', '종목', 'Issue'],
        ['stck_prpr', 'price', '현재가', 'Price'],
        ['cntg_vol', 'count', '체결량', 'Traded'],
        ['acml_ntby_qty', 'count', '누적 순매수', 'Net so far', NET],
      ]),
    ],
  },
  {
    id: 'program-trades',
    group: 'trading',
    title: ['종목 프로그램 매매 (체결)', 'Program trading of an issue today'],
    api: 'domestic-stock.program-trade-by-stock',
    inputs: [ISSUE, VENUE],
    params: ASKED,
    live: true,
    blocks: [
      rows('output', [['bsop_hour', 'time', '시각', 'Time'], ...QUOTE, ...PROGRAM], {
        chart: { kind: 'line', x: 'bsop_hour', ys: ['whol_smtn_ntby_qty'] },
      }),
    ],
  },
  {
    id: 'program-daily',
    group: 'trading',
    title: ['종목 프로그램 매매 (일별)', 'Program trading of an issue by day'],
    api: 'domestic-stock.program-trade-by-stock-daily',
    inputs: [ISSUE, VENUE, ON()],
    params: { ...ASKED, FID_INPUT_DATE_1: of('on') },
    blocks: [
      rows('output', [...DAILY, ...PROGRAM], {
        chart: { kind: 'bars', x: 'stck_bsop_date', ys: ['whol_smtn_ntby_qty'] },
      }),
    ],
  },
  {
    id: 'market-program-today',
    group: 'trading',
    title: ['시장 프로그램 매매 (시간)', 'Program trading of a market today'],
    api: 'domestic-stock.comp-program-trade-today',
    inputs: [VENUE, BOTH_MARKETS],
    params: { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_MRKT_CLS_CODE: of('market') },
    live: true,
    blocks: [
      rows(
        'output',
        [
          ['bsop_hour', 'time', '시각', 'Time'],
          ['bstp_nmix_prpr', 'price', '지수', 'Index'],
          ['arbt_smtn_ntby_tr_pbmn', 'won', '차익 순매수', 'Arbitrage, net', NET_OF_MARKET],
          ['nabt_smtn_ntby_tr_pbmn', 'won', '비차익 순매수', 'Other, net', NET_OF_MARKET],
          ['whol_smtn_ntby_tr_pbmn', 'won', '전체 순매수', 'All, net', NET_OF_MARKET],
          ['whol_ntby_tr_pbmn_rate', 'percent', '전체 비율', 'Share'],
        ],
        { chart: { kind: 'line', x: 'bsop_hour', ys: ['whol_smtn_ntby_tr_pbmn'] } },
      ),
    ],
  },
  {
    id: 'market-program-daily',
    group: 'trading',
    title: ['시장 프로그램 매매 (일별)', 'Program trading of a market by day'],
    api: 'domestic-stock.comp-program-trade-daily',
    inputs: [VENUE, BOTH_MARKETS, FROM(90), TO()],
    params: {
      FID_COND_MRKT_DIV_CODE: VENUE_OF,
      FID_MRKT_CLS_CODE: of('market'),
      FID_INPUT_DATE_1: of('from'),
      FID_INPUT_DATE_2: of('to'),
    },
    blocks: [
      rows(
        'output',
        [
          ['stck_bsop_date', 'date', '일자', 'Date'],
          ['arbt_smtn_ntby_tr_pbmn', 'won', '차익 순매수', 'Arbitrage, net', NET_OF_MARKET],
          ['nabt_smtn_ntby_tr_pbmn', 'won', '비차익 순매수', 'Other, net', NET_OF_MARKET],
          ['whol_smtn_shnu_tr_pbmn', 'won', '전체 매수', 'All bought', MILLION],
          ['whol_smtn_seln_tr_pbmn', 'won', '전체 매도', 'All sold', MILLION],
        ],
        { chart: { kind: 'bars', x: 'stck_bsop_date', ys: ['arbt_smtn_ntby_tr_pbmn', 'nabt_smtn_ntby_tr_pbmn'] } },
      ),
    ],
  },
  {
    id: 'program-investors',
    group: 'trading',
    title: ['프로그램 매매 투자자별', 'Program trading by investor'],
    api: 'domestic-stock.investor-program-trade-today',
    inputs: [
      pick(
        'market',
        ['시장', 'Market'],
        [
          ['1', '코스피', 'KOSPI'],
          ['4', '코스닥', 'KOSDAQ'],
        ],
      ),
      VENUE,
    ],
    params: { MRKT_DIV_CLS_CODE: of('market'), EXCH_DIV_CLS_CODE: VENUE_OF },
    live: true,
    blocks: [
      rows('output1', [
        ['invr_cls_name', 'text', '투자자', 'Investor'],
        ['all_ntby_qty', 'count', '순매수', 'Net', NET],
        ['all_ntby_amt', 'won', '순매수 금액', 'Net value', NET_OF_MARKET],
        ['arbt_ntby_amt', 'won', '차익', 'Arbitrage', NET_OF_MARKET],
        ['nabt_ntby_amt', 'won', '비차익', 'Other', NET_OF_MARKET],
        ['all_shnu_amt', 'won', '매수', 'Bought', MILLION],
        ['all_seln_amt', 'won', '매도', 'Sold', MILLION],
      ]),
    ],
  },
];
