/** Short sale, credit balances and lending, by issue and as rankings. */
import { FROM, ISSUE, MILLION, NET, of, ON, pick, rows, TO, type Column, type Sheet } from '../define.ts';
import { DAILY, named, QUOTE, SCOPE, SCOPE_KRX100, SCOPE_OF, SORT_OF } from './fragments.ts';

/** Amounts of credit balances are counted in 만원. */
const MAN = { unit: 'man', unsure: true } as const;

const BALANCE: readonly Column[] = [
  ['whol_loan_rmnd_stcn', 'count', '융자 잔고', 'Loan balance'],
  ['whol_loan_rmnd_amt', 'won', '융자 잔고 금액', 'Loan balance, value', MAN],
  ['whol_loan_rmnd_rate', 'percent', '융자 잔고율', 'Loan share'],
  ['whol_stln_rmnd_stcn', 'count', '대주 잔고', 'Short balance'],
  ['whol_stln_rmnd_amt', 'won', '대주 잔고 금액', 'Short balance, value', MAN],
  ['whol_stln_rmnd_rate', 'percent', '대주 잔고율', 'Short share'],
];
const SHORT: readonly Column[] = [
  ['ssts_cntg_qty', 'count', '공매도 수량', 'Sold short'],
  ['ssts_vol_rlim', 'percent', '공매도 비중', 'Share of volume'],
  ['ssts_tr_pbmn', 'won', '공매도 대금', 'Sold short, value'],
  ['ssts_tr_pbmn_rlim', 'percent', '대금 비중', 'Share of value'],
  ['avrg_prc', 'price', '평균가', 'Average price'],
];

export const LENDING: readonly Sheet[] = [
  {
    id: 'short-sales',
    group: 'lending',
    title: ['공매도 일별', 'Short sale by day'],
    api: 'domestic-stock.daily-short-sale',
    inputs: [ISSUE, FROM(60), TO()],
    params: { FID_INPUT_ISCD: of('issue'), FID_INPUT_DATE_1: of('from'), FID_INPUT_DATE_2: of('to') },
    blocks: [
      rows('output2', [...DAILY, ...SHORT], {
        chart: { kind: 'line', x: 'stck_bsop_date', ys: ['ssts_vol_rlim'] },
      }),
    ],
  },
  {
    id: 'short-sale-top',
    group: 'lending',
    title: ['공매도 상위 종목', 'Sold short most'],
    api: 'domestic-stock.short-sale',
    inputs: [
      SCOPE,
      pick(
        'span',
        ['기간', 'Period'],
        [
          ['D:0', '1일', '1 day'],
          ['D:4', '1주', '1 week'],
          ['D:9', '2주', '2 weeks'],
          ['M:1', '1개월', '1 month'],
          ['M:3', '3개월', '3 months'],
        ],
      ),
    ],
    params: {
      FID_INPUT_ISCD: SCOPE_OF,
      FID_PERIOD_DIV_CODE: { of: 'span', part: 0 },
      FID_INPUT_CNT_1: { of: 'span', part: 1 },
      FID_APLY_RANG_VOL: '0',
      FID_APLY_RANG_PRC_1: '',
      FID_APLY_RANG_PRC_2: '',
    },
    blocks: [rows('output', [...named(), ...QUOTE, ...SHORT])],
  },
  {
    id: 'credit-balance',
    group: 'lending',
    title: ['신용잔고 일별', 'Credit balance by day'],
    api: 'domestic-stock.daily-credit-balance',
    inputs: [ISSUE, ON()],
    params: { FID_INPUT_ISCD: of('issue'), FID_INPUT_DATE_1: of('on') },
    blocks: [
      rows(
        'output',
        [
          ['deal_date', 'date', '매매일', 'Traded on'],
          ['stlm_date', 'date', '결제일', 'Settled on'],
          ...QUOTE,
          ['whol_loan_new_stcn', 'count', '융자 신규', 'New loans'],
          ['whol_loan_rdmp_stcn', 'count', '융자 상환', 'Loans paid back'],
          ...BALANCE,
        ],
        { chart: { kind: 'line', x: 'deal_date', ys: ['whol_loan_rmnd_stcn', 'whol_stln_rmnd_stcn'] } },
      ),
    ],
  },
  {
    id: 'credit-balance-top',
    group: 'lending',
    title: ['신용잔고 상위', 'Largest credit balances'],
    api: 'domestic-stock.credit-balance',
    inputs: [
      SCOPE,
      pick(
        'sort',
        ['순서', 'Order'],
        [
          ['0', '융자 비율', 'Loan share'],
          ['1', '융자 수량', 'Loan quantity'],
          ['2', '융자 금액', 'Loan value'],
          ['3', '융자 비율 증가', 'Loan share up'],
          ['4', '융자 비율 감소', 'Loan share down'],
          ['5', '대주 비율', 'Short share'],
          ['6', '대주 수량', 'Short quantity'],
          ['7', '대주 금액', 'Short value'],
        ],
      ),
    ],
    params: { FID_INPUT_ISCD: SCOPE_OF, FID_OPTION: '2', FID_RANK_SORT_CLS_CODE: SORT_OF },
    blocks: [
      rows('output2', [
        ...named(),
        ...QUOTE,
        ...BALANCE,
        ['nday_vrss_loan_rmnd_inrt', 'percent', '융자 증가율', 'Loan growth', { signed: true }],
        ['nday_vrss_stln_rmnd_inrt', 'percent', '대주 증가율', 'Short growth', { signed: true }],
      ]),
    ],
  },
  {
    id: 'stock-loans',
    group: 'lending',
    title: ['대차거래 일별', 'Stock lending by day'],
    api: 'domestic-stock.daily-loan-trans',
    inputs: [ISSUE, FROM(60), TO()],
    params: {
      MRKT_DIV_CLS_CODE: '3',
      MKSC_SHRN_ISCD: of('issue'),
      START_DATE: of('from'),
      END_DATE: of('to'),
    },
    blocks: [
      rows(
        'output1',
        [
          ['bsop_date', 'date', '일자', 'Date'],
          ...QUOTE,
          ['new_stcn', 'count', '체결', 'Lent'],
          ['rdmp_stcn', 'count', '상환', 'Given back'],
          ['prdy_rmnd_vrss', 'count', '증감', 'Change', NET],
          ['rmnd_stcn', 'count', '잔고', 'Balance'],
          ['rmnd_amt', 'won', '잔고 금액', 'Balance, value', MILLION],
        ],
        { chart: { kind: 'line', x: 'bsop_date', ys: ['rmnd_stcn'] } },
      ),
    ],
  },
  {
    id: 'credit-issues',
    group: 'lending',
    title: ['당사 신용 가능 종목', 'Issues on credit'],
    api: 'domestic-stock.credit-by-company',
    inputs: [
      SCOPE_KRX100,
      pick(
        'can',
        ['가능 여부', 'Offered'],
        [
          ['0', '가능', 'Offered'],
          ['1', '불가', 'Not offered'],
        ],
      ),
    ],
    params: { fid_rank_sort_cls_code: '0', fid_slct_yn: of('can'), fid_input_iscd: SCOPE_OF },
    blocks: [rows('output', [...named('stck_shrn_iscd'), ['crdt_rate', 'percent', '신용 비율', 'Credit rate']])],
  },
  {
    id: 'lendable-issues',
    group: 'lending',
    title: ['당사 대주 가능 종목', 'Issues to sell short'],
    api: 'domestic-stock.lendable-by-company',
    inputs: [
      pick(
        'market',
        ['시장', 'Market'],
        [
          ['00', '전체', 'All'],
          ['02', '거래소', 'KOSPI'],
          ['03', '코스닥', 'KOSDAQ'],
        ],
      ),
    ],
    params: { EXCG_DVSN_CD: of('market'), PDNO: '', THCO_STLN_PSBL_YN: 'Y', INQR_DVSN_1: '0' },
    blocks: [
      rows('output1', [
        ...named('pdno', 'prdt_name'),
        ['bfdy_clpr', 'price', '전일 종가', 'Previous close'],
        ['lmt_qty1', 'count', '한도', 'Limit'],
        ['use_qty1', 'count', '사용', 'Used'],
        ['trad_psbl_qty2', 'count', '가능 수량', 'Available'],
        ['psbl_yn_name', 'text', '가능 여부', 'Offered'],
      ]),
    ],
  },
];
