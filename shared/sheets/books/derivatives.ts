/** Futures and options of Korea and abroad: the option board, the term structure, expected prices, margins. */
import { facts, FROM, NET, of, pick, rows, TO, type Column, type Input, type Sheet } from '../define.ts';

const FUTURE: Input = { kind: 'code', id: 'code', name: ['선물옵션 코드', 'Code'], start: '101W09' };
const DIVISION = pick(
  'division',
  ['상품', 'Product'],
  [
    ['F', '지수선물', 'Index futures'],
    ['O', '지수옵션', 'Index options'],
    ['JF', '주식선물', 'Stock futures'],
    ['JO', '주식옵션', 'Stock options'],
    ['CF', '상품·금리·통화선물', 'Other futures'],
    ['CM', '야간선물', 'Night futures'],
    ['EU', '야간옵션', 'Night options'],
  ],
);
const SERIES = pick(
  'series',
  ['기초지수', 'Series'],
  [
    ['', '코스피200', 'KOSPI 200'],
    ['MKI', '미니 코스피200', 'Mini KOSPI 200'],
    ['WKM', '위클리 (월)', 'Weekly (Mon)'],
    ['WKI', '위클리 (목)', 'Weekly (Thu)'],
    ['KQI', '코스닥150', 'KOSDAQ 150'],
  ],
);
const LEFT: Column = ['hts_rmnn_dynu', 'count', '잔존일수', 'Days left'];
const OPEN_INTEREST: Column = ['hts_otst_stpl_qty', 'count', '미결제약정', 'Open interest'];
const FUTURES_PRICE: readonly Column[] = [
  ['futs_prpr', 'price', '현재가', 'Price'],
  ['futs_prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['futs_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
];
const GREEKS: readonly Column[] = [
  ['delta_val', 'ratio', '델타', 'Delta'],
  ['gama', 'ratio', '감마', 'Gamma'],
  ['theta', 'ratio', '세타', 'Theta'],
  ['vega', 'ratio', '베가', 'Vega'],
];

/** One side of the option board: the strike first. */
const BOARD: readonly Column[] = [
  ['acpr', 'price', '행사가', 'Strike'],
  ['optn_prpr', 'price', '현재가', 'Price'],
  ['optn_prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['optn_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
  ['optn_bidp', 'price', '매수호가', 'Bid'],
  ['optn_askp', 'price', '매도호가', 'Ask'],
  ['acml_vol', 'count', '거래량', 'Volume'],
  OPEN_INTEREST,
  ['hts_ints_vltl', 'percent', '내재변동성', 'Implied volatility'],
  ...GREEKS,
  ['hts_thpr', 'price', '이론가', 'Theoretical'],
  ['invl_val', 'ratio', '내재가치', 'Intrinsic value'],
  ['tmvl_val', 'ratio', '시간가치', 'Time value'],
  ['atm_cls_name', 'text', 'ATM', 'Moneyness'],
  ['optn_shrn_iscd', 'issue', '코드', 'Code', { family: 'index' }],
];

export const DERIVATIVES: readonly Sheet[] = [
  {
    id: 'option-board',
    group: 'derivatives',
    title: ['옵션 전광판', 'Option board'],
    api: 'domestic-futureoption.display-board-callput',
    inputs: [SERIES, { kind: 'code', id: 'month', name: ['만기 연월', 'Month'], start: '202612' }],
    params: { FID_MTRT_CNT: of('month'), FID_COND_MRKT_CLS_CODE: of('series') },
    live: true,
    // The broker asks for one call a second at most.
    keepS: 10,
    view: 'options',
    blocks: [rows('output1', BOARD, { title: ['콜', 'Calls'] }), rows('output2', BOARD, { title: ['풋', 'Puts'] })],
  },
  {
    id: 'option-months',
    group: 'derivatives',
    title: ['옵션 만기월', 'Option months'],
    api: 'domestic-futureoption.display-board-option-list',
    inputs: [],
    params: {},
    opens: { sheet: 'option-board', from: { month: 'mtrt_yymm_code' } },
    blocks: [
      rows('output', [
        ['mtrt_yymm', 'text', '만기 연월', 'Month'],
        ['mtrt_yymm_code', 'text', '코드', 'Code'],
      ]),
    ],
  },
  {
    id: 'futures-curve',
    group: 'derivatives',
    title: ['선물 기간 구조', 'Futures term structure'],
    api: 'domestic-futureoption.display-board-futures',
    inputs: [SERIES],
    params: { FID_COND_MRKT_DIV_CODE: 'F', FID_COND_MRKT_CLS_CODE: of('series') },
    live: true,
    view: 'curve',
    opens: { sheet: 'derivative-now', from: { code: 'futs_shrn_iscd' } },
    blocks: [
      rows(
        'output',
        [
          ['hts_kor_isnm', 'text', '종목', 'Contract'],
          ['futs_shrn_iscd', 'issue', '코드', 'Code', { family: 'index' }],
          LEFT,
          ...FUTURES_PRICE,
          ['hts_thpr', 'price', '이론가', 'Theoretical'],
          ['acml_vol', 'count', '거래량', 'Volume'],
          OPEN_INTEREST,
          ['futs_bidp', 'price', '매수호가', 'Bid'],
          ['futs_askp', 'price', '매도호가', 'Ask'],
          ['futs_hgpr', 'price', '고가', 'High'],
          ['futs_lwpr', 'price', '저가', 'Low'],
        ],
        { chart: { kind: 'line', x: 'hts_rmnn_dynu', ys: ['futs_prpr', 'hts_thpr'] } },
      ),
    ],
  },
  {
    id: 'underlying-index',
    group: 'derivatives',
    title: ['선물 기초자산', 'Underlying of futures'],
    api: 'domestic-futureoption.display-board-top',
    inputs: [FUTURE],
    params: { FID_COND_MRKT_DIV_CODE: 'F', FID_INPUT_ISCD: of('code'), FID_COND_MRKT_CLS_CODE: '' },
    live: true,
    blocks: [
      facts('output1', [
        ['unas_prpr', 'price', '기초자산', 'Underlying'],
        ['unas_prdy_vrss', 'change', '대비', 'Change', { sign: 'unas_prdy_vrss_sign', signed: true }],
        ['unas_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'unas_prdy_vrss_sign', signed: true }],
        ['hts_kor_isnm', 'text', '선물', 'Contract'],
        ...FUTURES_PRICE,
      ]),
    ],
  },
  {
    id: 'derivative-now',
    group: 'derivatives',
    title: ['선물옵션 시세', 'A contract now'],
    api: 'domestic-futureoption.inquire-price',
    inputs: [DIVISION, FUTURE],
    params: { FID_COND_MRKT_DIV_CODE: of('division'), FID_INPUT_ISCD: of('code') },
    live: true,
    keepS: 20,
    blocks: [
      facts('output1', [
        ['hts_kor_isnm', 'text', '종목', 'Contract'],
        ...FUTURES_PRICE,
        ['acml_vol', 'count', '거래량', 'Volume'],
        OPEN_INTEREST,
        ['otst_stpl_qty_icdc', 'count', '미결제 증감', 'Open interest, change', NET],
        ['futs_oprc', 'price', '시가', 'Open'],
        ['futs_hgpr', 'price', '고가', 'High'],
        ['futs_lwpr', 'price', '저가', 'Low'],
        ['futs_mxpr', 'price', '상한가', 'Upper limit'],
        ['futs_llam', 'price', '하한가', 'Lower limit'],
        ['basis', 'ratio', '이론 베이시스', 'Basis'],
        ['mrkt_basis', 'ratio', '시장 베이시스', 'Market basis'],
        ['hts_thpr', 'price', '이론가', 'Theoretical'],
        ['acpr', 'price', '행사가', 'Strike'],
        ...GREEKS,
        ['hts_ints_vltl', 'percent', '내재변동성', 'Implied volatility'],
        ['futs_last_tr_date', 'date', '최종 거래일', 'Last trading day'],
        LEFT,
      ]),
      facts(
        'output3',
        [
          ['hts_kor_isnm', 'text', '지수', 'Index'],
          ['bstp_nmix_prpr', 'price', '현재', 'Now'],
          ['bstp_nmix_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
        ],
        { title: ['기초지수', 'Index'] },
      ),
    ],
  },
  {
    id: 'derivative-daily',
    group: 'derivatives',
    title: ['선물옵션 일별', 'A contract by day'],
    api: 'domestic-futureoption.inquire-daily-fuopchartprice',
    inputs: [DIVISION, FUTURE, FROM(120), TO()],
    params: {
      FID_COND_MRKT_DIV_CODE: of('division'),
      FID_INPUT_ISCD: of('code'),
      FID_INPUT_DATE_1: of('from'),
      FID_INPUT_DATE_2: of('to'),
      FID_PERIOD_DIV_CODE: 'D',
    },
    blocks: [
      rows(
        'output2',
        [
          ['stck_bsop_date', 'date', '일자', 'Date'],
          ['futs_prpr', 'price', '종가', 'Close'],
          ['futs_oprc', 'price', '시가', 'Open'],
          ['futs_hgpr', 'price', '고가', 'High'],
          ['futs_lwpr', 'price', '저가', 'Low'],
          ['acml_vol', 'count', '거래량', 'Volume'],
        ],
        { chart: { kind: 'line', x: 'stck_bsop_date', ys: ['futs_prpr'] } },
      ),
    ],
  },
  {
    id: 'derivative-expected',
    group: 'derivatives',
    title: ['선물옵션 예상 체결', 'Expected price of a contract'],
    api: 'domestic-futureoption.exp-price-trend',
    inputs: [
      pick(
        'division',
        ['상품', 'Product'],
        [
          ['F', '지수선물', 'Index futures'],
          ['O', '지수옵션', 'Index options'],
        ],
      ),
      FUTURE,
    ],
    params: { FID_INPUT_ISCD: of('code'), FID_COND_MRKT_DIV_CODE: of('division') },
    live: true,
    blocks: [
      facts('output1', [
        ['hts_kor_isnm', 'text', '종목', 'Contract'],
        ['futs_antc_cnpr', 'price', '예상가', 'Expected price'],
        ['futs_sdpr', 'price', '기준가', 'Base price'],
      ]),
      rows('output2', [
        ['stck_cntg_hour', 'time', '시각', 'Time'],
        ['futs_antc_cnpr', 'price', '예상가', 'Expected price'],
        ['futs_antc_cntg_vrss', 'change', '대비', 'Change', { sign: 'antc_cntg_vrss_sign', signed: true }],
        ['antc_cntg_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'antc_cntg_vrss_sign', signed: true }],
      ]),
    ],
  },
  {
    id: 'margin-rates',
    group: 'derivatives',
    title: ['선물옵션 증거금률', 'Margin rates'],
    api: 'domestic-futureoption.margin-rate',
    inputs: [{ kind: 'day', id: 'on', name: ['기준일', 'As of'], back: 0 }],
    params: { BASS_DT: of('on'), BAST_ID: '' },
    blocks: [
      rows('output', [
        ['bast_name', 'text', '기초자산', 'Underlying'],
        ['bast_id', 'text', '코드', 'Code'],
        ['brkg_mgna_rt', 'percent', '위탁증거금률', 'Margin rate'],
        ['tr_mgna_rt', 'percent', '거래증거금률', 'Exchange margin rate'],
        ['bast_pric', 'price', '기초자산 가격', 'Underlying price'],
        ['tr_mtpl_idx', 'ratio', '거래승수', 'Multiplier'],
        ['ctrt_per_futr_mgna', 'won', '계약당 증거금', 'Margin of a contract'],
      ]),
    ],
  },
  {
    id: 'overseas-future-now',
    group: 'derivatives',
    title: ['해외선물 현재가', 'A future abroad now'],
    api: 'overseas-futureoption.inquire-price',
    inputs: [{ kind: 'code', id: 'code', name: ['해외선물 코드', 'Code'], start: 'ESZ26' }],
    params: { SRS_CD: of('code') },
    live: true,
    keepS: 20,
    blocks: [
      facts('output1', [
        ['last_price', 'price', '현재가', 'Price'],
        ['prev_diff_price', 'change', '대비', 'Change', { sign: 'prev_diff_flag', signed: true }],
        ['prev_diff_rate', 'percent', '등락률', 'Change %', { sign: 'prev_diff_flag', signed: true }],
        ['open_price', 'price', '시가', 'Open'],
        ['high_price', 'price', '고가', 'High'],
        ['low_price', 'price', '저가', 'Low'],
        ['sttl_price', 'price', '정산가', 'Settlement'],
        ['vol', 'count', '거래량', 'Volume'],
        ['exch_cd', 'text', '거래소', 'Exchange'],
        ['crc_cd', 'text', '통화', 'Currency'],
        ['tick_size', 'ratio', '틱', 'Tick'],
        ['trst_mgn', 'ratio', '증거금', 'Margin'],
        ['trd_to_date', 'date', '최종 거래일', 'Last trading day'],
        ['remn_cnt', 'count', '잔존일수', 'Days left'],
      ]),
    ],
  },
  {
    id: 'overseas-positions',
    group: 'derivatives',
    title: ['해외선물 미결제 (CFTC)', 'Positions of traders (CFTC)'],
    api: 'overseas-futureoption.investor-unpd-trend',
    inputs: [
      { kind: 'code', id: 'product', name: ['상품', 'Product'], start: 'CL' },
      { kind: 'day', id: 'on', name: ['기준일', 'As of'], back: 0 },
    ],
    params: { PROD_ISCD: of('product'), BSOP_DATE: of('on'), UPMU_GUBUN: '0' },
    blocks: [
      rows(
        'output2',
        [
          ['bsop_date', 'date', '일자', 'Date'],
          ['bidp_spec', 'count', '투기 매수', 'Speculative long'],
          ['askp_spec', 'count', '투기 매도', 'Speculative short'],
          ['bidp_hedge', 'count', '헤지 매수', 'Hedge long'],
          ['askp_hedge', 'count', '헤지 매도', 'Hedge short'],
          ['hts_otst_smtn', 'count', '미결제 합계', 'Open interest'],
        ],
        { chart: { kind: 'line', x: 'bsop_date', ys: ['bidp_spec', 'askp_spec'] } },
      ),
    ],
  },
  {
    id: 'overseas-hours',
    group: 'derivatives',
    title: ['해외선물 장 운영시간', 'Trading hours abroad'],
    api: 'overseas-futureoption.market-time',
    inputs: [
      pick(
        'exchange',
        ['거래소', 'Exchange'],
        ['CME', 'EUREX', 'ICE', 'SGX', 'OSE', 'ASX', 'CBOE'].map((name) => [name, name, name] as const),
      ),
    ],
    params: { FM_PDGR_CD: '', FM_CLAS_CD: '', FM_EXCG_CD: of('exchange'), OPT_YN: '%' },
    keepS: 3_600,
    blocks: [
      rows('output', [
        ['fm_pdgr_name', 'text', '상품', 'Product'],
        ['fm_pdgr_cd', 'text', '코드', 'Code'],
        ['fm_clas_name', 'text', '종류', 'Class'],
        ['am_mkmn_strt_tmd', 'time', '오전 시작', 'Morning from'],
        ['am_mkmn_end_tmd', 'time', '오전 끝', 'Morning to'],
        ['pm_mkmn_strt_tmd', 'time', '오후 시작', 'Afternoon from'],
        ['pm_mkmn_end_tmd', 'time', '오후 끝', 'Afternoon to'],
        ['mkmn_nxdy_strt_tmd', 'time', '익일 시작', 'Next day from'],
        ['mkmn_nxdy_end_tmd', 'time', '익일 끝', 'Next day to'],
      ]),
    ],
  },
];
