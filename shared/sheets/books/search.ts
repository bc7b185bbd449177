/** What the user keeps at the broker: saved conditions and watch groups. */
import { of, rows, type Sheet } from '../define.ts';

const OWN = { own: 'htsId' } as const;

export const SEARCH: readonly Sheet[] = [
  {
    id: 'conditions',
    group: 'search',
    title: ['HTS 조건 검색 목록', 'Saved conditions'],
    api: 'domestic-stock.psearch-title',
    inputs: [],
    params: { user_id: OWN },
    opens: { sheet: 'condition-result', from: { condition: 'seq' } },
    blocks: [
      rows('output2', [
        ['grp_nm', 'text', '그룹', 'Group'],
        ['condition_nm', 'text', '조건', 'Condition'],
        ['seq', 'text', '번호', 'Number'],
      ]),
    ],
  },
  {
    id: 'condition-result',
    group: 'search',
    title: ['HTS 조건 검색 결과', 'Issues of a condition'],
    api: 'domestic-stock.psearch-result',
    inputs: [{ kind: 'code', id: 'condition', name: ['조건 번호', 'Condition'], start: '0' }],
    params: { user_id: OWN, seq: of('condition') },
    live: true,
    keepS: 10,
    blocks: [
      rows('output2', [
        ['name', 'text', '종목', 'Issue'],
        ['code', 'issue', '코드', 'Code'],
        ['price', 'price', '현재가', 'Price'],
        ['change', 'change', '대비', 'Change', { sign: 'daebi', signed: true }],
        ['chgrate', 'percent', '등락률', 'Change %', { sign: 'daebi', signed: true }],
        ['acml_vol', 'count', '거래량', 'Volume'],
        ['trade_amt', 'ratio', '거래대금', 'Value'],
        ['cttr', 'ratio', '체결강도', 'Strength'],
        ['open', 'price', '시가', 'Open'],
        ['high', 'price', '고가', 'High'],
        ['low', 'price', '저가', 'Low'],
        ['high52', 'price', '52주 최고', '52-week high'],
        ['low52', 'price', '52주 최저', '52-week low'],
        ['stotprice', 'ratio', '시가총액', 'Market cap'],
      ]),
    ],
  },
  {
    id: 'watch-groups',
    group: 'search',
    title: ['KIS 관심 그룹', 'Watch groups at KIS'],
    api: 'domestic-stock.intstock-grouplist',
    inputs: [],
    params: { TYPE: '1', FID_ETC_CLS_CODE: '00', USER_ID: OWN },
    opens: { sheet: 'watch-group', from: { group: 'inter_grp_code' } },
    blocks: [
      rows('output2', [
        ['inter_grp_name', 'text', '그룹', 'Group'],
        ['inter_grp_code', 'text', '번호', 'Number'],
        ['ask_cnt', 'count', '종목 수', 'Issues'],
        ['date', 'date', '일자', 'Date'],
      ]),
    ],
  },
  {
    id: 'watch-group',
    group: 'search',
    title: ['KIS 관심 그룹의 종목', 'Issues of a watch group'],
    api: 'domestic-stock.intstock-stocklist-by-group',
    inputs: [{ kind: 'code', id: 'group', name: ['그룹 번호', 'Group'], start: '001' }],
    params: {
      TYPE: '1',
      USER_ID: OWN,
      INTER_GRP_CODE: of('group'),
      FID_ETC_CLS_CODE: '4',
      DATA_RANK: '',
      INTER_GRP_NAME: '',
      HTS_KOR_ISNM: '',
      CNTG_CLS_CODE: '',
    },
    blocks: [
      rows('output2', [
        ['data_rank', 'count', '순서', 'Order'],
        ['hts_kor_isnm', 'text', '종목', 'Issue'],
        ['jong_code', 'issue', '코드', 'Code'],
        ['exch_code', 'text', '거래소', 'Exchange'],
        ['memo', 'text', '메모', 'Memo'],
      ]),
    ],
  },
];
