/** News and disclosure titles, interest rates, and days without trading. */
import { ISSUE, of, ON, pick, rows, type Column, type Sheet } from '../define.ts';

const TITLES: readonly Column[] = [
  ['data_dt', 'date', '일자', 'Date'],
  ['data_tm', 'time', '시각', 'Time'],
  ['hts_pbnt_titl_cntt', 'text', '제목', 'Title'],
  ['dorg', 'text', '자료원', 'Source'],
  ['kor_isnm1', 'text', '종목', 'Issue'],
  ['iscd1', 'issue', '코드', 'Code'],
];
const TITLE = { kind: 'text', id: 'title', name: ['제목에 든 말', 'Words of the title'], start: '', max: 40 } as const;

function titles(id: string, title: Sheet['title'], one: boolean): Sheet {
  return {
    id,
    group: 'news',
    title,
    api: 'domestic-stock.news-title',
    inputs: one ? [ISSUE] : [TITLE],
    params: {
      FID_NEWS_OFER_ENTP_CODE: '',
      FID_COND_MRKT_CLS_CODE: '',
      FID_INPUT_ISCD: one ? of('issue') : '',
      FID_TITL_CNTT: one ? '' : of('title'),
      FID_INPUT_DATE_1: '',
      FID_INPUT_HOUR_1: '',
      FID_RANK_SORT_CLS_CODE: '',
    },
    keepS: 60,
    blocks: [rows('output', TITLES)],
  };
}

export const NEWS: readonly Sheet[] = [
  titles('news', ['시황·공시 제목', 'News and disclosures'], false),
  titles('issue-news', ['종목 시황·공시 제목', 'News of an issue'], true),
  {
    id: 'overseas-breaking',
    group: 'news',
    title: ['해외 속보 제목', 'Breaking news abroad'],
    api: 'overseas-stock.brknews-title',
    inputs: [TITLE],
    params: { FID_TITL_CNTT: of('title'), FID_COND_MRKT_CLS_CODE: '' },
    keepS: 60,
    // The code of a news item abroad does not tell its exchange.
    blocks: [rows('output', [...TITLES.slice(0, 5), ['iscd1', 'text', '코드', 'Code']])],
  },
  {
    id: 'overseas-news',
    group: 'news',
    title: ['해외 뉴스 제목', 'News abroad'],
    api: 'overseas-stock.news-title',
    inputs: [
      pick(
        'nation',
        ['국가', 'Country'],
        [
          ['US', '미국', 'United States'],
          ['HK', '홍콩', 'Hong Kong'],
          ['CN', '중국', 'China'],
        ],
      ),
    ],
    params: { NATION_CD: of('nation') },
    keepS: 60,
    blocks: [
      rows('outblock1', [
        ['data_dt', 'date', '일자', 'Date'],
        ['data_tm', 'time', '시각', 'Time'],
        ['title', 'text', '제목', 'Title'],
        ['class_name', 'text', '분류', 'Class'],
        ['source', 'text', '자료원', 'Source'],
        ['symb_name', 'text', '종목', 'Issue'],
        ['symb', 'text', '코드', 'Code'],
      ]),
    ],
  },
  {
    id: 'interest-rates',
    group: 'news',
    title: ['금리 종합', 'Interest rates'],
    api: 'domestic-stock.comp-interest',
    inputs: [],
    params: { FID_COND_MRKT_DIV_CODE: 'I', FID_DIV_CLS_CODE: '1', FID_DIV_CLS_CODE1: '' },
    blocks: [
      rate('output1', ['금리', 'Rates'], 'prdy_ctrt'),
      rate('output2', ['채권', 'Bonds'], 'bstp_nmix_prdy_ctrt'),
    ],
  },
  {
    id: 'holidays',
    group: 'news',
    title: ['국내 휴장일', 'Trading days'],
    api: 'domestic-stock.chk-holiday',
    inputs: [ON()],
    params: { BASS_DT: of('on') },
    // The broker asks for one call a day.
    keepS: 86_400,
    blocks: [
      rows('output', [
        ['bass_dt', 'date', '일자', 'Date'],
        [
          'wday_dvsn_cd',
          'choice',
          '요일',
          'Weekday',
          {
            words: [
              ['01', '일', 'Sun'],
              ['02', '월', 'Mon'],
              ['03', '화', 'Tue'],
              ['04', '수', 'Wed'],
              ['05', '목', 'Thu'],
              ['06', '금', 'Fri'],
              ['07', '토', 'Sat'],
            ],
          },
        ],
        ['opnd_yn', 'flag', '개장일', 'Open'],
        ['tr_day_yn', 'flag', '거래일', 'Trading'],
        ['bzdy_yn', 'flag', '영업일', 'Business day'],
        ['sttl_day_yn', 'flag', '결제일', 'Settlement'],
      ]),
    ],
  },
  {
    id: 'overseas-settlement',
    group: 'news',
    title: ['해외 결제일', 'Settlement days abroad'],
    api: 'overseas-stock.countries-holiday',
    inputs: [ON()],
    params: { TRAD_DT: of('on') },
    blocks: [
      rows('output', [
        ['tr_natn_name', 'text', '국가', 'Country'],
        ['tr_mket_name', 'text', '시장', 'Market'],
        ['acpl_sttl_dt', 'date', '현지 결제일', 'Settled there'],
        ['dmst_sttl_dt', 'date', '국내 결제일', 'Settled here'],
      ]),
    ],
  },
  {
    id: 'overseas-rights',
    group: 'calendar',
    title: ['해외 권리 일정', 'Rights of an issue abroad'],
    api: 'overseas-stock.rights-by-ice',
    inputs: [
      { kind: 'code', id: 'symbol', name: ['종목', 'Symbol'], start: 'AAPL' },
      pick(
        'nation',
        ['국가', 'Country'],
        [
          ['US', '미국', 'United States'],
          ['HK', '홍콩', 'Hong Kong'],
          ['CN', '중국', 'China'],
          ['JP', '일본', 'Japan'],
          ['VN', '베트남', 'Vietnam'],
        ],
      ),
      { kind: 'day', id: 'from', name: ['시작일', 'From'], back: 365 },
      { kind: 'day', id: 'to', name: ['종료일', 'To'], back: -90 },
    ],
    params: { NCOD: of('nation'), SYMB: of('symbol'), ST_YMD: of('from'), ED_YMD: of('to') },
    blocks: [
      rows('output1', [
        ['anno_dt', 'date', '공시일', 'Announced'],
        ['ca_title', 'text', '권리', 'Kind'],
        ['record_dt', 'date', '기준일', 'Record date'],
        ['div_lock_dt', 'date', '배당락일', 'Ex-dividend'],
        ['pay_dt', 'date', '지급일', 'Paid on'],
        ['lock_dt', 'date', '권리락일', 'Ex-rights'],
        ['effective_dt', 'date', '적용일', 'Effective'],
        ['delist_dt', 'date', '상장폐지일', 'Delisted'],
      ]),
    ],
  },
];

function rate(block: string, title: Sheet['title'], percent: string) {
  return rows(
    block,
    [
      ['hts_kor_isnm', 'text', '이름', 'Name'],
      ['bond_mnrt_prpr', 'ratio', '금리', 'Rate'],
      ['bond_mnrt_prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
      [percent, 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
      ['stck_bsop_date', 'date', '일자', 'Date'],
    ],
    { title },
  );
}
