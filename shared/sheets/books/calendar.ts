/** Rights and dates of companies: dividends, capital changes, meetings, listings, offerings. */
import { FROM, ISSUE, of, pick, rows, TO, type Column, type Input, type Sheet, type Source } from '../define.ts';

const WHO: readonly Column[] = [
  ['isin_name', 'text', '종목', 'Issue'],
  ['sht_cd', 'issue', '코드', 'Code'],
];
const RECORD: Column = ['record_date', 'date', '기준일', 'Record date'];
const LISTED: Column = ['list_dt', 'date', '상장일', 'Listed on'];

/** A calendar of everybody, and with it the same of one issue. */
function dates(
  id: string,
  title: Sheet['title'],
  api: string,
  columns: readonly Column[],
  more: { readonly inputs?: readonly Input[]; readonly params?: Readonly<Record<string, Source>> } = {},
): readonly Sheet[] {
  const { inputs = [], params = {} } = more;
  const common = {
    group: 'calendar',
    api: `domestic-stock.ksdinfo-${api}`,
    blocks: [rows('output1', columns)],
  } as const;
  const span = { F_DT: of('from'), T_DT: of('to') };
  return [
    { ...common, id, title, inputs: [...inputs, FROM(30), TO(-60)], params: { ...params, ...span, SHT_CD: '' } },
    {
      ...common,
      id: `${id}-of-issue`,
      title: [`${title[0]} (종목)`, `${title[1]} of the issue`],
      inputs: [ISSUE, ...inputs, FROM(1_095), TO(-365)],
      params: { ...params, ...span, SHT_CD: of('issue') },
    },
  ];
}

export const CALENDAR: readonly Sheet[] = [
  ...dates(
    'dividends',
    ['배당 일정', 'Dividends'],
    'dividend',
    [
      RECORD,
      ...WHO,
      ['divi_kind', 'text', '종류', 'Kind'],
      ['per_sto_divi_amt', 'ratio', '주당 배당금', 'Per share'],
      ['divi_rate', 'percent', '현금배당률', 'Cash rate'],
      ['stk_divi_rate', 'percent', '주식배당률', 'Stock rate'],
      ['divi_pay_dt', 'date', '지급일', 'Paid on'],
      ['stk_kind', 'text', '주식 종류', 'Class'],
    ],
    {
      inputs: [
        pick(
          'kind',
          ['배당', 'Dividend'],
          [
            ['0', '전체', 'All'],
            ['1', '결산배당', 'Final'],
            ['2', '중간배당', 'Interim'],
          ],
        ),
      ],
      params: { GB1: of('kind') },
    },
  ),
  ...dates('bonus-issues', ['무상증자 일정', 'Bonus issues'], 'bonus-issue', [
    RECORD,
    ...WHO,
    ['fix_rate', 'ratio', '배정률', 'Rate'],
    ['right_dt', 'date', '권리락일', 'Ex-rights'],
    ['list_date', 'date', '상장일', 'Listed on'],
    ['issue_stk_qty', 'count', '새 주식', 'New shares'],
    ['tot_issue_stk_qty', 'count', '발행 주식', 'Issued shares'],
  ]),
  ...dates(
    'rights-issues',
    ['유상증자 일정', 'Rights issues'],
    'paidin-capin',
    [
      RECORD,
      ...WHO,
      ['fix_rate', 'ratio', '배정률', 'Rate'],
      ['disc_rate', 'percent', '할인율', 'Discount'],
      ['fix_price', 'price', '예정가', 'Price'],
      ['right_dt', 'date', '권리락일', 'Ex-rights'],
      ['sub_term', 'text', '청약 기간', 'Subscription'],
      ['list_date', 'date', '상장일', 'Listed on'],
      ['issue_stk_qty', 'count', '새 주식', 'New shares'],
    ],
    {
      inputs: [
        pick(
          'by',
          ['날짜', 'By'],
          [
            ['2', '기준일', 'Record date'],
            ['1', '청약일', 'Subscription'],
          ],
        ),
      ],
      params: { GB1: of('by') },
    },
  ),
  ...dates('capital-cuts', ['자본 감소 일정', 'Capital reductions'], 'cap-dcrs', [
    RECORD,
    ...WHO,
    ['reduce_cap_type', 'text', '감자 구분', 'Kind'],
    ['reduce_cap_rate', 'ratio', '감자 비율', 'Rate'],
    ['comp_way', 'text', '계산 방법', 'Method'],
    ['td_stop_dt', 'text', '거래정지 기간', 'Suspension'],
    LISTED,
  ]),
  ...dates('mergers', ['합병·분할 일정', 'Mergers and splits'], 'merger-split', [
    RECORD,
    ['cust_nm', 'text', '회사', 'Company'],
    ['sht_cd', 'issue', '코드', 'Code'],
    ['opp_cust_nm', 'text', '상대 회사', 'Other company'],
    ['merge_type', 'text', '사유', 'Reason'],
    ['merge_rate', 'text', '비율', 'Ratio'],
    ['td_stop_dt', 'text', '거래정지 기간', 'Suspension'],
    LISTED,
  ]),
  ...dates(
    'par-changes',
    ['액면 교체 일정', 'Par value changes'],
    'rev-split',
    [
      RECORD,
      ...WHO,
      ['inter_bf_face_amt', 'ratio', '변경 전 액면가', 'Par before'],
      ['inter_af_face_amt', 'ratio', '변경 후 액면가', 'Par after'],
      ['td_stop_dt', 'text', '거래정지 기간', 'Suspension'],
      LISTED,
    ],
    {
      inputs: [
        pick(
          'market',
          ['시장', 'Market'],
          [
            ['0', '전체', 'All'],
            ['1', '코스피', 'KOSPI'],
            ['2', '코스닥', 'KOSDAQ'],
          ],
        ),
      ],
      params: { MARKET_GB: of('market') },
    },
  ),
  ...dates('meetings', ['주주총회 일정', 'Shareholder meetings'], 'sharehld-meet', [
    RECORD,
    ...WHO,
    ['gen_meet_dt', 'date', '주총일', 'Meeting'],
    ['gen_meet_type', 'text', '구분', 'Kind'],
    ['agenda', 'text', '의안', 'Agenda'],
    ['vote_tot_qty', 'count', '의결권 주식', 'Voting shares'],
  ]),
  ...dates('listings', ['상장 정보', 'Listings'], 'list-info', [
    LISTED,
    ...WHO,
    ['issue_type', 'text', '사유', 'Reason'],
    ['issue_stk_qty', 'count', '상장 주식', 'Listed shares'],
    ['tot_issue_stk_qty', 'count', '총발행 주식', 'Issued shares'],
    ['issue_price', 'price', '발행가', 'Issue price'],
    ['stk_kind', 'text', '주식 종류', 'Class'],
  ]),
  ...dates('offerings', ['공모주 청약', 'Public offerings'], 'pub-offer', [
    RECORD,
    ...WHO,
    ['fix_subscr_pri', 'price', '공모가', 'Offer price'],
    ['subscr_dt', 'text', '청약 기간', 'Subscription'],
    ['pay_dt', 'date', '납입일', 'Payment'],
    ['refund_dt', 'date', '환불일', 'Refund'],
    ['list_dt', 'date', '상장일', 'Listed on'],
    ['lead_mgr', 'text', '주간사', 'Lead manager'],
    ['assign_stk_qty', 'count', '당사 배정', 'Allotted here'],
  ]),
  ...dates('forfeits', ['실권주 일정', 'Forfeited shares'], 'forfeit', [
    RECORD,
    ...WHO,
    ['subscr_dt', 'text', '청약일', 'Subscription'],
    ['subscr_price', 'price', '공모가', 'Offer price'],
    ['subscr_stk_qty', 'count', '공모 주식', 'Shares'],
    ['refund_dt', 'date', '환불일', 'Refund'],
    LISTED,
    ['lead_mgr', 'text', '주간사', 'Lead manager'],
  ]),
  ...dates('lock-ups', ['의무 예치 일정', 'Lock-ups'], 'mand-deposit', [
    ['depo_date', 'date', '예치일', 'Deposited on'],
    ...WHO,
    ['stk_qty', 'count', '주식', 'Shares'],
    ['depo_reason', 'text', '사유', 'Reason'],
    ['tot_issue_qty_per_rate', 'percent', '총발행 대비', 'Of all shares'],
  ]),
  ...dates('purchase-claims', ['주식매수청구', 'Appraisal rights'], 'purreq', [
    RECORD,
    ...WHO,
    ['opp_opi_rcpt_term', 'text', '반대의사 접수', 'Objections until'],
    ['buy_req_rcpt_term', 'text', '청구 접수', 'Claims until'],
    ['buy_req_price', 'price', '청구 가격', 'Price'],
    ['buy_amt_pay_dt', 'date', '대금 지급일', 'Paid on'],
  ]),
];
