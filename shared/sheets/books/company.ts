/** The company behind an issue: price facts, statements, ratios, estimates and opinions. */
import { EOK, facts, FROM, ISSUE, of, pick, rows, TO, ZEROLESS, type Column, type Sheet } from '../define.ts';
import { DAILY, QUOTE, VENUE, VENUE_OF } from './fragments.ts';

const PERIOD = pick(
  'period',
  ['기간', 'Period'],
  [
    ['0', '연간', 'Annual'],
    ['1', '분기', 'Quarterly'],
  ],
);
const CLOSED: Column = ['stac_yymm', 'month', '결산 연월', 'Period'];

/** A statement or a set of ratios of the last years or quarters; how its API writes the name of the period differs. */
function statement(
  id: string,
  title: Sheet['title'],
  api: string,
  columns: readonly Column[],
  how: { readonly period: string; readonly ys: readonly string[]; readonly kind?: 'line' | 'bars' },
): Sheet {
  return {
    id,
    group: 'company',
    title,
    api: `domestic-stock.${api}`,
    inputs: [ISSUE, PERIOD],
    params: { [how.period]: of('period'), fid_input_iscd: of('issue') },
    blocks: [rows('output', [CLOSED, ...columns], { chart: { kind: how.kind ?? 'line', x: 'stac_yymm', ys: how.ys } })],
  };
}

export const COMPANY: readonly Sheet[] = [
  {
    id: 'price-facts',
    group: 'company',
    title: ['시세와 기본 지표', 'Price and key figures'],
    api: 'domestic-stock.inquire-price',
    inputs: [ISSUE, VENUE],
    params: { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_INPUT_ISCD: of('issue') },
    live: true,
    keepS: 20,
    blocks: [
      facts('output', [
        ...QUOTE,
        ['acml_tr_pbmn', 'won', '거래대금', 'Value'],
        ['stck_oprc', 'price', '시가', 'Open'],
        ['stck_hgpr', 'price', '고가', 'High'],
        ['stck_lwpr', 'price', '저가', 'Low'],
        ['stck_sdpr', 'price', '기준가', 'Base price'],
        ['stck_mxpr', 'price', '상한가', 'Upper limit'],
        ['stck_llam', 'price', '하한가', 'Lower limit'],
        ['hts_avls', 'won', '시가총액', 'Market cap', { unit: 'eok' }],
        ['lstn_stcn', 'count', '상장 주수', 'Listed shares'],
        ['per', 'ratio', 'PER', 'PER', ZEROLESS],
        ['pbr', 'ratio', 'PBR', 'PBR', ZEROLESS],
        ['eps', 'ratio', 'EPS', 'EPS', ZEROLESS],
        ['bps', 'ratio', 'BPS', 'BPS', ZEROLESS],
        ['hts_frgn_ehrt', 'percent', '외국인 소진율', 'Foreign limit used'],
        ['frgn_hldn_qty', 'count', '외국인 보유', 'Foreign holding'],
        ['vol_tnrt', 'percent', '거래량 회전율', 'Turnover'],
        ['w52_hgpr', 'price', '52주 최고가', '52-week high'],
        ['w52_hgpr_date', 'date', '52주 최고일', '52-week high on'],
        ['w52_lwpr', 'price', '52주 최저가', '52-week low'],
        ['w52_lwpr_date', 'date', '52주 최저일', '52-week low on'],
        ['bstp_kor_isnm', 'text', '업종', 'Sector'],
        ['rprs_mrkt_kor_name', 'text', '대표 시장', 'Market'],
        ['iscd_stat_cls_code', 'choice', '종목 상태', 'Status'],
        ['stck_fcam', 'ratio', '액면가', 'Par value'],
        ['stac_month', 'text', '결산월', 'Closing month'],
        ['crdt_able_yn', 'flag', '신용 가능', 'Credit'],
        ['ssts_yn', 'flag', '공매도 가능', 'Short sale'],
        ['short_over_yn', 'flag', '단기과열', 'Overheated'],
        ['invt_caful_yn', 'flag', '투자유의', 'Caution'],
      ]),
    ],
  },
  {
    id: 'stock-master',
    group: 'company',
    title: ['종목 기본 정보', 'Listing facts'],
    api: 'domestic-stock.search-stock-info',
    inputs: [ISSUE],
    params: { PRDT_TYPE_CD: '300', PDNO: of('issue') },
    blocks: [
      facts('output', [
        ['prdt_name', 'text', '이름', 'Name'],
        ['prdt_eng_name', 'text', '영문 이름', 'English name'],
        ['std_pdno', 'text', '표준코드', 'ISIN'],
        ['std_idst_clsf_cd_name', 'text', '산업', 'Industry'],
        ['idx_bztp_lcls_cd_name', 'text', '지수업종 대분류', 'Sector'],
        ['idx_bztp_mcls_cd_name', 'text', '지수업종 중분류', 'Sub-sector'],
        ['scts_mket_lstg_dt', 'date', '유가증권 상장일', 'KOSPI since'],
        ['kosdaq_mket_lstg_dt', 'date', '코스닥 상장일', 'KOSDAQ since'],
        ['lstg_stqt', 'count', '상장 주수', 'Listed shares'],
        ['cpta', 'won', '자본금', 'Capital'],
        ['papr', 'ratio', '액면가', 'Par value'],
        ['setl_mmdd', 'text', '결산월일', 'Closing day'],
        ['kospi200_item_yn', 'flag', '코스피200', 'KOSPI 200'],
        ['tr_stop_yn', 'flag', '거래정지', 'Suspended'],
        ['admn_item_yn', 'flag', '관리종목', 'Managed'],
        ['cptt_trad_tr_psbl_yn', 'flag', 'NXT 거래', 'On NXT'],
        ['nxt_tr_stop_yn', 'flag', 'NXT 거래정지', 'Suspended on NXT'],
      ]),
    ],
  },
  statement(
    'income-statement',
    ['손익계산서', 'Income statement'],
    'finance-income-statement',
    [
      ['sale_account', 'won', '매출액', 'Revenue', EOK],
      ['sale_cost', 'won', '매출원가', 'Cost of sales', EOK],
      ['sale_totl_prfi', 'won', '매출총이익', 'Gross profit', EOK],
      ['sell_mang', 'won', '판매비와 관리비', 'SG&A', EOK],
      ['bsop_prti', 'won', '영업이익', 'Operating profit', EOK],
      ['bsop_non_ernn', 'won', '영업외수익', 'Other income', EOK],
      ['bsop_non_expn', 'won', '영업외비용', 'Other expense', EOK],
      ['op_prfi', 'won', '경상이익', 'Ordinary profit', EOK],
      ['thtr_ntin', 'won', '당기순이익', 'Net profit', EOK],
    ],
    { period: 'FID_DIV_CLS_CODE', ys: ['sale_account', 'bsop_prti', 'thtr_ntin'], kind: 'bars' },
  ),
  statement(
    'balance-sheet',
    ['대차대조표', 'Balance sheet'],
    'finance-balance-sheet',
    [
      ['cras', 'won', '유동자산', 'Current assets', EOK],
      ['fxas', 'won', '고정자산', 'Fixed assets', EOK],
      ['total_aset', 'won', '자산총계', 'Total assets', EOK],
      ['flow_lblt', 'won', '유동부채', 'Current liabilities', EOK],
      ['fix_lblt', 'won', '고정부채', 'Long-term liabilities', EOK],
      ['total_lblt', 'won', '부채총계', 'Total liabilities', EOK],
      ['cpfn', 'won', '자본금', 'Capital', EOK],
      ['cfp_surp', 'won', '자본잉여금', 'Capital surplus', EOK],
      ['prfi_surp', 'won', '이익잉여금', 'Retained earnings', EOK],
      ['total_cptl', 'won', '자본총계', 'Total equity', EOK],
    ],
    { period: 'FID_DIV_CLS_CODE', ys: ['total_aset', 'total_lblt', 'total_cptl'], kind: 'bars' },
  ),
  statement(
    'financial-ratios',
    ['재무비율', 'Financial ratios'],
    'finance-financial-ratio',
    [
      ['grs', 'percent', '매출액 증가율', 'Revenue growth', { signed: true }],
      ['bsop_prfi_inrt', 'percent', '영업이익 증가율', 'Operating profit growth', { signed: true }],
      ['ntin_inrt', 'percent', '순이익 증가율', 'Net profit growth', { signed: true }],
      ['roe_val', 'percent', 'ROE', 'ROE'],
      ['eps', 'ratio', 'EPS', 'EPS', ZEROLESS],
      ['sps', 'ratio', '주당매출액', 'Sales per share'],
      ['bps', 'ratio', 'BPS', 'BPS', ZEROLESS],
      ['rsrv_rate', 'percent', '유보비율', 'Reserve ratio'],
      ['lblt_rate', 'percent', '부채비율', 'Debt ratio'],
    ],
    { period: 'FID_DIV_CLS_CODE', ys: ['roe_val', 'lblt_rate'] },
  ),
  statement(
    'profit-ratios',
    ['수익성비율', 'Profitability'],
    'finance-profit-ratio',
    [
      ['cptl_ntin_rate', 'percent', '총자본 순이익률', 'Return on assets'],
      ['self_cptl_ntin_inrt', 'percent', '자기자본 순이익률', 'Return on equity'],
      ['sale_ntin_rate', 'percent', '매출액 순이익률', 'Net margin'],
      ['sale_totl_rate', 'percent', '매출액 총이익률', 'Gross margin'],
    ],
    { period: 'FID_DIV_CLS_CODE', ys: ['self_cptl_ntin_inrt', 'sale_ntin_rate'] },
  ),
  statement(
    'stability-ratios',
    ['안정성비율', 'Stability'],
    'finance-stability-ratio',
    [
      ['lblt_rate', 'percent', '부채비율', 'Debt ratio'],
      ['bram_depn', 'percent', '차입금 의존도', 'Borrowings'],
      ['crnt_rate', 'percent', '유동비율', 'Current ratio'],
      ['quck_rate', 'percent', '당좌비율', 'Quick ratio'],
    ],
    { period: 'fid_div_cls_code', ys: ['lblt_rate', 'crnt_rate'] },
  ),
  statement(
    'growth-ratios',
    ['성장성비율', 'Growth'],
    'finance-growth-ratio',
    [
      ['grs', 'percent', '매출액 증가율', 'Revenue growth', { signed: true }],
      ['bsop_prfi_inrt', 'percent', '영업이익 증가율', 'Operating profit growth', { signed: true }],
      ['equt_inrt', 'percent', '자기자본 증가율', 'Equity growth', { signed: true }],
      ['totl_aset_inrt', 'percent', '총자산 증가율', 'Asset growth', { signed: true }],
    ],
    { period: 'fid_div_cls_code', ys: ['grs', 'bsop_prfi_inrt'] },
  ),
  statement(
    'other-ratios',
    ['기타 주요 비율', 'Other ratios'],
    'finance-other-major-ratios',
    [
      ['payout_rate', 'percent', '배당성향', 'Payout ratio'],
      ['eva', 'won', 'EVA', 'EVA', EOK],
      ['ebitda', 'won', 'EBITDA', 'EBITDA', EOK],
      ['ev_ebitda', 'ratio', 'EV/EBITDA', 'EV/EBITDA', ZEROLESS],
    ],
    { period: 'fid_div_cls_code', ys: ['payout_rate'] },
  ),
  {
    id: 'estimates',
    group: 'company',
    title: ['추정 실적', 'Estimates'],
    api: 'domestic-stock.estimate-perform',
    inputs: [ISSUE],
    params: { SHT_CD: of('issue') },
    blocks: [
      facts('output1', [
        ['item_kor_nm', 'text', '종목', 'Issue'],
        ['estdate', 'date', '추정일', 'Estimated on'],
      ]),
      // The rows have no names of their own: these are in the order of the portal, whose scales differ by row.
      rows('output2', estimated(), {
        title: ['추정 손익', 'Estimated income'],
        heads: { block: 'output4', field: 'dt' },
        rowNames: [
          ['매출액', 'Revenue'],
          ['매출액 증감률', 'Revenue growth'],
          ['영업이익', 'Operating profit'],
          ['영업이익 증감률', 'Operating profit growth'],
          ['순이익', 'Net profit'],
          ['순이익 증감률', 'Net profit growth'],
        ],
      }),
      rows('output3', estimated(), {
        title: ['투자 지표', 'Measures'],
        heads: { block: 'output4', field: 'dt' },
        rowNames: [
          ['EBITDA', 'EBITDA'],
          ['EPS', 'EPS'],
          ['EPS 증감률', 'EPS growth'],
          ['PER', 'PER'],
          ['EV/EBITDA', 'EV/EBITDA'],
          ['ROE', 'ROE'],
          ['부채비율', 'Debt ratio'],
          ['이자보상배율', 'Interest cover'],
        ],
      }),
    ],
  },
  opinions('opinions', ['투자의견', 'Opinions'], 'invest-opinion', [
    ['stck_prdy_clpr', 'price', '전일 종가', 'Previous close'],
    ['dprt', 'percent', '괴리율', 'Gap', { signed: true }],
  ]),
  opinions(
    'opinions-by-broker',
    ['증권사별 투자의견', 'Opinions by broker'],
    'invest-opbysec',
    [
      ['stck_prpr', 'price', '현재가', 'Price'],
      ['dprt', 'percent', '괴리율', 'Gap', { signed: true }],
    ],
    { FID_DIV_CLS_CODE: '0' },
  ),
  {
    id: 'daily-prices',
    group: 'company',
    title: ['체결량 일별', 'Bought and sold by day'],
    api: 'domestic-stock.inquire-daily-trade-volume',
    inputs: [ISSUE, VENUE, FROM(90), TO()],
    params: {
      FID_COND_MRKT_DIV_CODE: VENUE_OF,
      FID_INPUT_ISCD: of('issue'),
      FID_PERIOD_DIV_CODE: 'D',
      FID_INPUT_DATE_1: of('from'),
      FID_INPUT_DATE_2: of('to'),
    },
    blocks: [
      rows(
        'output2',
        [
          ['stck_bsop_date', 'date', '일자', 'Date'],
          ['total_shnu_qty', 'count', '매수 체결', 'Bought'],
          ['total_seln_qty', 'count', '매도 체결', 'Sold'],
        ],
        { chart: { kind: 'line', x: 'stck_bsop_date', ys: ['total_shnu_qty', 'total_seln_qty'] } },
      ),
    ],
  },
  {
    id: 'price-levels',
    group: 'company',
    title: ['매물대', 'Volume by price'],
    api: 'domestic-stock.pbar-tratio',
    inputs: [ISSUE, VENUE],
    params: { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_INPUT_ISCD: of('issue') },
    live: true,
    blocks: [
      facts('output1', [...QUOTE, ['wghn_avrg_stck_prc', 'price', '가중평균가', 'Average price']]),
      rows('output2', [
        ['data_rank', 'count', '순위', 'Rank'],
        ['stck_prpr', 'price', '가격', 'Price'],
        ['cntg_vol', 'count', '체결량', 'Traded'],
        ['acml_vol_rlim', 'percent', '비중', 'Share'],
      ]),
    ],
  },
  {
    id: 'trade-sizes',
    group: 'company',
    title: ['체결금액별 매매 비중', 'Trades by size'],
    api: 'domestic-stock.tradprt-byamt',
    inputs: [ISSUE, VENUE],
    params: { FID_COND_MRKT_DIV_CODE: VENUE_OF, FID_INPUT_ISCD: of('issue') },
    live: true,
    blocks: [
      rows('output', [
        ['prpr_name', 'text', '금액', 'Size'],
        ['smtn_avrg_prpr', 'price', '평균가', 'Average price'],
        ['acml_vol', 'count', '거래량', 'Volume'],
        ['shnu_cnqn_smtn', 'count', '매수 체결량', 'Bought'],
        ['seln_cnqn_smtn', 'count', '매도 체결량', 'Sold'],
        ['whol_ntby_qty_rate', 'percent', '순매수 비율', 'Net bought', { signed: true }],
      ]),
    ],
  },
  {
    id: 'overtime-price',
    group: 'company',
    title: ['시간외 단일가', 'After-hours auction'],
    api: 'domestic-stock.inquire-daily-overtimeprice',
    inputs: [ISSUE],
    params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: of('issue') },
    blocks: [rows('output2', overtime())],
  },
];

function overtime(): readonly Column[] {
  return [
    ['stck_bsop_date', 'date', '일자', 'Date'],
    ['ovtm_untp_prpr', 'price', '시간외 종가', 'After-hours close'],
    ['ovtm_untp_prdy_vrss', 'change', '대비', 'Change', { sign: 'ovtm_untp_prdy_vrss_sign', signed: true }],
    ['ovtm_untp_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'ovtm_untp_prdy_vrss_sign', signed: true }],
    ['ovtm_untp_vol', 'count', '시간외 거래량', 'After-hours volume'],
    ...DAILY.slice(1),
  ];
}

/** Five periods, which the answer names. */
function estimated(): readonly Column[] {
  return [1, 2, 3, 4, 5].map((n): Column => [`data${n}`, 'ratio', `기간 ${n}`, `Period ${n}`]);
}

function opinions(
  id: string,
  title: Sheet['title'],
  api: string,
  more: readonly Column[],
  params: Sheet['params'] = {},
): Sheet {
  return {
    id,
    group: 'company',
    title,
    api: `domestic-stock.${api}`,
    inputs: [ISSUE, FROM(180), TO()],
    params: { FID_INPUT_ISCD: of('issue'), FID_INPUT_DATE_1: of('from'), FID_INPUT_DATE_2: of('to'), ...params },
    blocks: [
      rows('output', [
        ['stck_bsop_date', 'date', '일자', 'Date'],
        ['mbcr_name', 'text', '증권사', 'Broker'],
        ['invt_opnn', 'text', '의견', 'Opinion'],
        ['rgbf_invt_opnn', 'text', '직전 의견', 'Before'],
        ['hts_goal_prc', 'price', '목표가', 'Target'],
        ...more,
      ]),
    ],
  };
}
