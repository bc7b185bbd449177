/** ELW: prices, sensitivities, volatility, and which are about to expire or were just listed. */
import { facts, of, pick, rows, type Column, type Input, type Sheet, type Source } from '../define.ts';
import { ASSET, CALL_PUT, CODE, GREEKS, IMPLIED, ISSUER, NAME, PRICE, RHO, VOLUME } from './elw-columns.ts';

interface Ranked {
  readonly id: string;
  readonly title: Sheet['title'];
  readonly api: string;
  readonly sort: Parameters<typeof pick>[2];
  readonly columns: readonly Column[];
  readonly params?: Readonly<Record<string, Source>>;
  readonly inputs?: readonly Input[];
}

function ranked({ id, title, api, sort, columns, params = {}, inputs = [CALL_PUT] }: Ranked): Sheet {
  return {
    id,
    group: 'elw',
    title,
    api: `elw.${api}`,
    inputs: [ASSET, pick('sort', ['순서', 'Order'], sort), ...inputs],
    params: {
      FID_COND_MRKT_DIV_CODE: 'W',
      FID_UNAS_INPUT_ISCD: of('asset'),
      FID_INPUT_ISCD: ISSUER,
      ...(inputs.length > 0 ? { FID_DIV_CLS_CODE: of('side') } : {}),
      FID_RANK_SORT_CLS_CODE: of('sort'),
      FID_BLNG_CLS_CODE: '0',
      ...params,
    },
    live: true,
    opens: { sheet: 'elw-now', from: { code: 'elw_shrn_iscd' } },
    blocks: [rows('output', columns)],
  };
}

export const ELW: readonly Sheet[] = [
  {
    id: 'elw-now',
    group: 'elw',
    title: ['ELW 현재가', 'An ELW now'],
    api: 'domestic-stock.inquire-elw-price',
    inputs: [CODE],
    params: { FID_INPUT_ISCD: of('code') },
    live: true,
    keepS: 20,
    blocks: [
      facts('output', [
        ['hts_kor_isnm', 'text', 'ELW', 'ELW'],
        ...PRICE,
        VOLUME,
        ['hts_thpr', 'price', '이론가', 'Theoretical'],
        ['dprt', 'percent', '괴리율', 'Gap', { signed: true }],
        IMPLIED,
        ['acpr', 'price', '행사가', 'Strike'],
        ['atm_cls_name', 'text', 'ATM 구분', 'Moneyness'],
        ['unas_isnm', 'text', '기초자산', 'Underlying'],
        ['unas_prpr', 'price', '기초자산 가격', 'Underlying price'],
        [
          'unas_prdy_ctrt',
          'percent',
          '기초자산 등락률',
          'Underlying change %',
          { sign: 'unas_prdy_vrss_sign', signed: true },
        ],
        ['bidp', 'price', '매수호가', 'Bid'],
        ['askp', 'price', '매도호가', 'Ask'],
        ['apprch_rate', 'percent', '접근도', 'To the barrier'],
        ['invt_epmd_cntt', 'text', '투자 유의', 'Caution'],
      ]),
    ],
  },
  ranked({
    id: 'elw-sensitivity',
    title: ['ELW 민감도', 'Sensitivities'],
    api: 'sensitivity',
    sort: [
      ['1', '델타', 'Delta'],
      ['2', '감마', 'Gamma'],
      ['4', '베가', 'Vega'],
      ['5', '로', 'Rho'],
      ['0', '이론가', 'Theoretical'],
      ['6', '내재변동성', 'Implied volatility'],
      ['7', '90일 변동성', '90-day volatility'],
    ],
    params: { FID_INPUT_DATE_1: '' },
    columns: [
      ...NAME,
      ...PRICE,
      VOLUME,
      ...GREEKS,
      RHO,
      IMPLIED,
      ['d90_hist_vltl', 'percent', '90일 변동성', '90-day volatility'],
    ],
  }),
  ranked({
    id: 'elw-measures',
    title: ['ELW 지표', 'Measures'],
    api: 'indicator',
    sort: [
      ['1', '레버리지', 'Leverage'],
      ['0', '전환비율', 'Conversion ratio'],
      ['2', '행사가', 'Strike'],
      ['3', '내재가치', 'Intrinsic value'],
      ['4', '시간가치', 'Time value'],
    ],
    columns: [
      ...NAME,
      ...PRICE,
      VOLUME,
      ['lvrg_val', 'ratio', '레버리지', 'Leverage'],
      ['stck_cnvr_rate', 'ratio', '전환비율', 'Conversion ratio'],
      ['acpr', 'price', '행사가', 'Strike'],
      ['invl_val', 'ratio', '내재가치', 'Intrinsic value'],
      ['tmvl_val', 'ratio', '시간가치', 'Time value'],
      ['elw_ko_barrier', 'price', '조기종료 기준가', 'Barrier'],
    ],
  }),
  ranked({
    id: 'elw-volume',
    title: ['ELW 거래량 순위', 'Volume'],
    api: 'volume-rank',
    sort: [
      ['0', '거래량', 'Volume'],
      ['3', '거래대금', 'Value'],
      ['1', '거래 증가율', 'Growth'],
      ['4', '순매수 잔량', 'Net wanted'],
      ['5', '순매도 잔량', 'Net offered'],
    ],
    params: { FID_INPUT_DATE_1: '', FID_INPUT_DATE_2: '', FID_INPUT_ISCD_2: '0000' },
    columns: [
      ...NAME,
      ...PRICE,
      VOLUME,
      ['acml_tr_pbmn', 'won', '거래대금', 'Value'],
      ['unas_isnm', 'text', '기초자산', 'Underlying'],
      ['acpr', 'price', '행사가', 'Strike'],
      ['hts_rmnn_dynu', 'count', '잔존일수', 'Days left'],
      ['lvrg_val', 'ratio', '레버리지', 'Leverage'],
      ['delta_val', 'ratio', '델타', 'Delta'],
      IMPLIED,
      ['lp_mbcr_name', 'text', 'LP', 'LP'],
    ],
  }),
  ranked({
    id: 'elw-change',
    title: ['ELW 상승률 순위', 'Change'],
    api: 'updown-rate',
    sort: [
      ['0', '상승률', 'Rise'],
      ['1', '하락률', 'Fall'],
      ['4', '변동률', 'Range'],
    ],
    params: { FID_INPUT_RMNN_DYNU_1: '0', FID_INPUT_DATE_1: '1', FID_INPUT_DATE_2: '' },
    columns: [
      ['hts_kor_isnm', 'text', 'ELW', 'ELW'],
      ['elw_shrn_iscd', 'text', '코드', 'Code'],
      ...PRICE,
      VOLUME,
      ['prd_rsfl_rate', 'percent', '기간 등락률', 'Change of the period', { signed: true }],
      ['unas_isnm', 'text', '기초자산', 'Underlying'],
      ['acpr', 'price', '행사가', 'Strike'],
      ['hts_rmnn_dynu', 'count', '잔존일수', 'Days left'],
      ['delta_val', 'ratio', '델타', 'Delta'],
    ],
  }),
  ranked({
    id: 'elw-sudden',
    title: ['ELW 급변 종목', 'Sudden moves'],
    api: 'quick-change',
    sort: [
      ['1', '가격 급등', 'Price up'],
      ['2', '가격 급락', 'Price down'],
      ['3', '거래량 급증', 'Volume up'],
    ],
    inputs: [],
    params: { FID_MRKT_CLS_CODE: 'A', FID_HOUR_CLS_CODE: '1', FID_INPUT_HOUR_1: '', FID_INPUT_HOUR_2: '' },
    columns: [
      ...NAME,
      ...PRICE,
      VOLUME,
      ['askp', 'price', '매도호가', 'Ask'],
      ['bidp', 'price', '매수호가', 'Bid'],
      ['stnd_val', 'ratio', '기준값', 'Reference'],
      ['stnd_val_ctrt', 'percent', '기준값 대비', 'From the reference', { signed: true }],
    ],
  }),
  {
    id: 'elw-assets',
    group: 'elw',
    title: ['ELW 기초자산', 'Underlyings'],
    api: 'elw.udrl-asset-list',
    inputs: [],
    params: { FID_RANK_SORT_CLS_CODE: '0', FID_INPUT_ISCD: ISSUER },
    opens: { sheet: 'elw-of-asset', from: { asset: 'unas_shrn_iscd' } },
    blocks: [
      rows('output', [
        ['unas_isnm', 'text', '기초자산', 'Underlying'],
        ['unas_shrn_iscd', 'issue', '코드', 'Code'],
        ['unas_prpr', 'price', '현재가', 'Price'],
        ['unas_prdy_vrss', 'change', '대비', 'Change', { sign: 'unas_prdy_vrss_sign', signed: true }],
        ['unas_prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'unas_prdy_vrss_sign', signed: true }],
      ]),
    ],
  },
  {
    id: 'elw-of-asset',
    group: 'elw',
    title: ['기초자산별 ELW', 'ELW of an underlying'],
    api: 'elw.udrl-asset-price',
    inputs: [
      { kind: 'code', id: 'asset', name: ['기초자산 코드', 'Underlying'], start: '005930' },
      pick(
        'right',
        ['권리', 'Right'],
        [
          ['A', '전체', 'All'],
          ['C', '콜', 'Call'],
          ['P', '풋', 'Put'],
        ],
      ),
    ],
    params: {
      FID_MRKT_CLS_CODE: of('right'),
      FID_INPUT_ISCD: ISSUER,
      FID_UNAS_INPUT_ISCD: of('asset'),
      FID_TRGT_EXLS_CLS_CODE: '0',
      FID_OPTION: '0',
    },
    live: true,
    opens: { sheet: 'elw-now', from: { code: 'elw_shrn_iscd' } },
    blocks: [
      rows('output', [
        ['hts_kor_isnm', 'text', 'ELW', 'ELW'],
        ['elw_shrn_iscd', 'text', '코드', 'Code'],
        ...PRICE,
        VOLUME,
        ['acpr', 'price', '행사가', 'Strike'],
        ['hts_rmnn_dynu', 'count', '잔존일수', 'Days left'],
        IMPLIED,
        ...GREEKS,
        ['lvrg_val', 'ratio', '레버리지', 'Leverage'],
        ['gear', 'ratio', '기어링', 'Gearing'],
        ['prit', 'ratio', '패리티', 'Parity'],
        ['lp_hvol', 'count', 'LP 보유', 'Held by the LP'],
        ['stck_last_tr_date', 'date', '최종 거래일', 'Last trading day'],
      ]),
    ],
  },
];
