/** Issues, indices and currencies abroad: prices with the rate of exchange, rankings, sectors. */
import {
  ABROAD,
  facts,
  FROM,
  of,
  pick,
  rows,
  TO,
  ZEROLESS,
  type Column,
  type Input,
  type Sheet,
  type Source,
} from '../define.ts';

const EXCHANGE = pick(
  'exchange',
  ['거래소', 'Exchange'],
  [
    ['NAS', '나스닥', 'NASDAQ'],
    ['NYS', '뉴욕', 'NYSE'],
    ['AMS', '아멕스', 'AMEX'],
    ['HKS', '홍콩', 'Hong Kong'],
    ['SHS', '상해', 'Shanghai'],
    ['SZS', '심천', 'Shenzhen'],
    ['TSE', '도쿄', 'Tokyo'],
    ['HSX', '호치민', 'Ho Chi Minh'],
    ['HNX', '하노이', 'Hanoi'],
  ],
);
const VOLUME_FROM = pick(
  'volume',
  ['거래량', 'Volume'],
  [
    ['0', '전체', 'All'],
    ['1', '1백 주 이상', '100 and more'],
    ['2', '1천 주 이상', '1,000 and more'],
    ['3', '1만 주 이상', '10,000 and more'],
    ['4', '10만 주 이상', '100,000 and more'],
    ['5', '100만 주 이상', '1 million and more'],
  ],
);
const DAYS = pick(
  'days',
  ['기간', 'Days'],
  [
    ['0', '당일', 'Today'],
    ['1', '2일', '2'],
    ['3', '5일', '5'],
    ['4', '10일', '10'],
    ['5', '20일', '20'],
    ['7', '60일', '60'],
    ['9', '1년', 'A year'],
  ],
);
const MINUTES = pick(
  'minutes',
  ['시간', 'Minutes'],
  [
    ['0', '1분 전', '1'],
    ['3', '5분 전', '5'],
    ['4', '10분 전', '10'],
    ['7', '30분 전', '30'],
    ['8', '60분 전', '60'],
  ],
);
const ASKED: Readonly<Record<string, Source>> = { EXCD: { of: 'issue', take: 'exchange' }, SYMB: of('issue') };

const NAME: readonly Column[] = [
  ['name', 'text', '종목', 'Issue'],
  ['symb', 'issue', '심볼', 'Symbol', { exchange: 'excd' }],
];
const PRICE: readonly Column[] = [
  ['last', 'price', '현재가', 'Price'],
  ['diff', 'change', '대비', 'Change', { sign: 'sign', signed: true }],
  ['rate', 'percent', '등락률', 'Change %', { sign: 'sign', signed: true }],
  ['tvol', 'count', '거래량', 'Volume'],
];
const VALUE: Column = ['tamt', 'ratio', '거래대금', 'Value'];
const RANK: Column = ['rank', 'count', '순위', 'Rank'];
const FROM_BASE: readonly Column[] = [
  ['n_base', 'price', '기준가', 'Reference'],
  ['n_diff', 'change', '기준가 대비', 'From the reference', { signed: true }],
  ['n_rate', 'percent', '기준가 대비율', 'From the reference %', { signed: true }],
];

function ranked(
  id: string,
  title: Sheet['title'],
  api: string,
  more: {
    readonly inputs?: readonly Input[];
    readonly params?: Readonly<Record<string, Source>>;
    readonly columns: readonly Column[];
  },
): Sheet {
  const { inputs = [], params = {}, columns } = more;
  return {
    id,
    group: 'overseas',
    title,
    api: `overseas-stock.${api}`,
    inputs: [EXCHANGE, VOLUME_FROM, ...inputs],
    params: { EXCD: of('exchange'), VOL_RANG: of('volume'), ...params },
    blocks: [rows('output2', columns)],
  };
}

const way = (rise: string, fall: string): Input =>
  pick(
    'way',
    ['방향', 'Direction'],
    [
      ['1', rise, 'Up'],
      ['0', fall, 'Down'],
    ],
  );
const overDays = { inputs: [DAYS], params: { NDAY: of('days') } } as const;

/** What is asked of the one API that serves indices, currencies, bonds and gold. */
function series(id: string, title: Sheet['title'], division: string, start: string): Sheet {
  return {
    id,
    group: 'overseas',
    title,
    api: 'overseas-stock.inquire-daily-chartprice',
    inputs: [
      { kind: 'code', id: 'code', name: ['코드', 'Code'], start },
      pick(
        'period',
        ['간격', 'Interval'],
        [
          ['D', '일', 'Day'],
          ['W', '주', 'Week'],
          ['M', '월', 'Month'],
        ],
      ),
      FROM(180),
      TO(),
    ],
    params: {
      FID_COND_MRKT_DIV_CODE: division,
      FID_INPUT_ISCD: of('code'),
      FID_INPUT_DATE_1: of('from'),
      FID_INPUT_DATE_2: of('to'),
      FID_PERIOD_DIV_CODE: of('period'),
    },
    blocks: [
      facts('output1', [
        ['hts_kor_isnm', 'text', '이름', 'Name'],
        ['ovrs_nmix_prpr', 'price', '현재', 'Now'],
        ['ovrs_nmix_prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
        ['prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
        ['ovrs_nmix_prdy_clpr', 'price', '전일', 'Before'],
      ]),
      rows(
        'output2',
        [
          ['stck_bsop_date', 'date', '일자', 'Date'],
          ['ovrs_nmix_prpr', 'price', '종가', 'Close'],
          ['ovrs_nmix_oprc', 'price', '시가', 'Open'],
          ['ovrs_nmix_hgpr', 'price', '고가', 'High'],
          ['ovrs_nmix_lwpr', 'price', '저가', 'Low'],
        ],
        { chart: { kind: 'line', x: 'stck_bsop_date', ys: ['ovrs_nmix_prpr'] } },
      ),
    ],
  };
}

export const OVERSEAS: readonly Sheet[] = [
  {
    id: 'overseas-now',
    group: 'overseas',
    title: ['해외 종목과 환율', 'An issue abroad with its rate of exchange'],
    api: 'overseas-stock.price-detail',
    inputs: [ABROAD],
    params: ASKED,
    keepS: 20,
    blocks: [
      facts('output', [
        ['last', 'price', '현재가', 'Price'],
        ['base', 'price', '전일 종가', 'Previous close'],
        ['curr', 'text', '통화', 'Currency'],
        ['t_rate', 'price', '오늘 환율', 'Rate of exchange'],
        ['p_rate', 'price', '전일 환율', 'Rate before'],
        ['t_xprc', 'won', '원화 가격', 'Price in won'],
        ['t_xdif', 'won', '원화 대비', 'Change in won', { sign: 't_xsgn', signed: true }],
        ['t_xrat', 'percent', '원화 등락률', 'Change in won %', { sign: 't_xsgn', signed: true }],
        ['open', 'price', '시가', 'Open'],
        ['high', 'price', '고가', 'High'],
        ['low', 'price', '저가', 'Low'],
        ['tvol', 'count', '거래량', 'Volume'],
        ['h52p', 'price', '52주 최고', '52-week high'],
        ['h52d', 'date', '52주 최고일', '52-week high on'],
        ['l52p', 'price', '52주 최저', '52-week low'],
        ['l52d', 'date', '52주 최저일', '52-week low on'],
        ['perx', 'ratio', 'PER', 'PER', ZEROLESS],
        ['pbrx', 'ratio', 'PBR', 'PBR', ZEROLESS],
        ['epsx', 'ratio', 'EPS', 'EPS', ZEROLESS],
        ['tomv', 'ratio', '시가총액', 'Market cap'],
        ['shar', 'count', '상장 주수', 'Listed shares'],
        ['vnit', 'count', '매매 단위', 'Lot'],
        ['e_icod', 'text', '업종', 'Sector'],
        ['e_ordyn', 'text', '매매', 'Tradable'],
      ]),
    ],
  },
  {
    id: 'overseas-daily',
    group: 'overseas',
    title: ['해외 종목 일별', 'An issue abroad by day'],
    api: 'overseas-stock.dailyprice',
    inputs: [
      ABROAD,
      pick(
        'period',
        ['간격', 'Interval'],
        [
          ['0', '일', 'Day'],
          ['1', '주', 'Week'],
          ['2', '월', 'Month'],
        ],
      ),
    ],
    params: { ...ASKED, GUBN: of('period'), BYMD: '', MODP: '1' },
    blocks: [
      rows(
        'output2',
        [
          ['xymd', 'date', '일자', 'Date'],
          ['clos', 'price', '종가', 'Close'],
          ['diff', 'change', '대비', 'Change', { sign: 'sign', signed: true }],
          ['rate', 'percent', '등락률', 'Change %', { sign: 'sign', signed: true }],
          ['open', 'price', '시가', 'Open'],
          ['high', 'price', '고가', 'High'],
          ['low', 'price', '저가', 'Low'],
          ['tvol', 'count', '거래량', 'Volume'],
        ],
        { chart: { kind: 'line', x: 'xymd', ys: ['clos'] } },
      ),
    ],
  },
  ranked('overseas-cap', ['해외 시가총액 순위', 'Market cap abroad'], 'market-cap', {
    columns: [
      RANK,
      ...NAME,
      ...PRICE,
      ['tomv', 'ratio', '시가총액', 'Market cap'],
      ['grav', 'percent', '비중', 'Share'],
    ],
  }),
  ranked('overseas-volume', ['해외 거래량 순위', 'Volume abroad'], 'trade-vol', {
    ...overDays,
    columns: [RANK, ...NAME, ...PRICE, VALUE, ['a_tvol', 'count', '평균 거래량', 'Average volume']],
  }),
  ranked('overseas-value', ['해외 거래대금 순위', 'Value abroad'], 'trade-pbmn', {
    ...overDays,
    columns: [RANK, ...NAME, ...PRICE, VALUE, ['a_tamt', 'ratio', '평균 거래대금', 'Average value']],
  }),
  ranked('overseas-growth', ['해외 거래증가율', 'Volume growth abroad'], 'trade-growth', {
    ...overDays,
    columns: [
      RANK,
      ...NAME,
      ...PRICE,
      ['n_tvol', 'count', '평균 거래량', 'Average volume'],
      ['n_rate', 'percent', '증가율', 'Growth', { signed: true }],
    ],
  }),
  ranked('overseas-turnover', ['해외 회전율', 'Turnover abroad'], 'trade-turnover', {
    ...overDays,
    columns: [
      RANK,
      ...NAME,
      ...PRICE,
      ['tover', 'percent', '회전율', 'Turnover'],
      ['shar', 'count', '상장 주수', 'Listed shares'],
    ],
  }),
  ranked('overseas-change', ['해외 상승률·하락률', 'Change abroad'], 'updown-rate', {
    inputs: [way('상승률', '하락률'), DAYS],
    params: { GUBN: of('way'), NDAY: of('days') },
    columns: [RANK, ...NAME, ...PRICE, ...FROM_BASE],
  }),
  ranked('overseas-strength', ['해외 매수체결강도', 'Trade strength abroad'], 'volume-power', {
    ...overDays,
    columns: [
      ...NAME,
      ...PRICE,
      ['tpow', 'ratio', '오늘 강도', 'Strength today'],
      ['powx', 'ratio', '강도', 'Strength'],
    ],
  }),
  ranked('overseas-surge', ['해외 거래량 급증', 'Volume surges abroad'], 'volume-surge', {
    inputs: [MINUTES],
    params: { MINX: of('minutes') },
    columns: [
      ...NAME,
      ...PRICE,
      ['n_tvol', 'count', '기준 거래량', 'Reference volume'],
      ['n_rate', 'percent', '증가율', 'Growth', { signed: true }],
    ],
  }),
  ranked('overseas-sudden', ['해외 가격 급등락', 'Sudden moves abroad'], 'price-fluct', {
    inputs: [way('급등', '급락'), MINUTES],
    params: { GUBN: of('way'), MINX: of('minutes') },
    columns: [...NAME, ...PRICE, ...FROM_BASE],
  }),
  ranked('overseas-high-low', ['해외 신고가·신저가', 'Highs and lows abroad'], 'new-highlow', {
    inputs: [
      way('신고가', '신저가'),
      pick(
        'span',
        ['기간', 'Period'],
        [
          ['6', '52주', '52 weeks'],
          ['0', '5일', '5 days'],
          ['2', '20일', '20 days'],
          ['4', '60일', '60 days'],
        ],
      ),
    ],
    params: { GUBN: of('way'), GUBN2: '1', MINX: of('span'), NDAY: of('span') },
    columns: [...NAME, ...PRICE, ...FROM_BASE],
  }),
  {
    id: 'overseas-sectors',
    group: 'overseas',
    title: ['해외 업종 목록', 'Sectors abroad'],
    api: 'overseas-stock.industry-price',
    inputs: [EXCHANGE],
    params: { EXCD: of('exchange') },
    keepS: 3_600,
    opens: { sheet: 'overseas-sector', from: { sector: 'icod' } },
    blocks: [
      rows('output2', [
        ['name', 'text', '업종', 'Sector'],
        ['icod', 'text', '코드', 'Code'],
      ]),
    ],
  },
  ranked('overseas-sector', ['해외 업종별 시세', 'A sector abroad'], 'industry-theme', {
    inputs: [{ kind: 'code', id: 'sector', name: ['업종 코드', 'Sector code'], start: '010' }],
    params: { ICOD: of('sector') },
    columns: [...NAME, ...PRICE, ['pask', 'price', '매도호가', 'Ask'], ['pbid', 'price', '매수호가', 'Bid']],
  }),
  series('overseas-indices', ['해외 지수', 'Indices abroad'], 'N', 'SPX'),
  series('exchange-rates', ['환율', 'Rates of exchange'], 'X', 'FX@KRW'),
  {
    id: 'overseas-collateral',
    group: 'overseas',
    title: ['해외주식 담보대출 종목', 'Issues abroad to borrow on'],
    api: 'overseas-stock.colable-by-company',
    inputs: [
      pick(
        'nation',
        ['국가', 'Country'],
        [
          ['840', '미국', 'United States'],
          ['344', '홍콩', 'Hong Kong'],
          ['156', '중국', 'China'],
        ],
      ),
    ],
    params: { PDNO: '', NATN_CD: of('nation'), INQR_SQN_DVSN: '01' },
    blocks: [
      rows('output1', [
        ['ovrs_item_name', 'text', '종목', 'Issue'],
        ['pdno', 'issue', '심볼', 'Symbol', { exchange: 'ovrs_excg_cd' }],
        ['tr_mket_name', 'text', '시장', 'Market'],
        ['loan_rt', 'percent', '대출 비율', 'Loan rate'],
        ['mgge_mntn_rt', 'percent', '담보유지비율', 'Maintenance'],
        ['loan_exec_psbl_yn', 'flag', '대출 가능', 'Offered'],
      ]),
    ],
  },
];
