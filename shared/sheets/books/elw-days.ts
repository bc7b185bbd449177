/** ELW by day: sensitivities, volatility, the liquidity provider, and which come and go. */
import { FROM, NET, of, ON, rows, TO, type Column, type Sheet } from '../define.ts';
import { ASSET, CODE, GREEKS, IMPLIED, ISSUER, NAME, PRICE, RHO, VOLUME } from './elw-columns.ts';

function daily(
  id: string,
  title: Sheet['title'],
  api: string,
  columns: readonly Column[],
  ys: readonly string[],
): Sheet {
  return {
    id,
    group: 'elw',
    title,
    api: `elw.${api}`,
    inputs: [CODE],
    params: { FID_COND_MRKT_DIV_CODE: 'W', FID_INPUT_ISCD: of('code') },
    blocks: [
      rows('output', [['stck_bsop_date', 'date', '일자', 'Date'], ...PRICE, ...columns], {
        chart: { kind: 'line', x: 'stck_bsop_date', ys },
      }),
    ],
  };
}

export const ELW_DAYS: readonly Sheet[] = [
  {
    id: 'elw-expiring',
    group: 'elw',
    title: ['ELW 만기 예정', 'Expiring'],
    api: 'elw.expiration-stocks',
    inputs: [FROM(0), TO(-90)],
    params: {
      FID_INPUT_DATE_1: of('from'),
      FID_INPUT_DATE_2: of('to'),
      FID_DIV_CLS_CODE: '2',
      FID_UNAS_INPUT_ISCD: '000000',
      FID_INPUT_ISCD_2: ISSUER,
      FID_BLNG_CLS_CODE: '0',
    },
    opens: { sheet: 'elw-now', from: { code: 'elw_shrn_iscd' } },
    blocks: [
      rows('output', [
        ...NAME,
        ['elw_prpr', 'price', '현재가', 'Price'],
        ['unas_isnm', 'text', '기초자산', 'Underlying'],
        ['unas_prpr', 'price', '기초자산 가격', 'Underlying price'],
        ['acpr', 'price', '행사가', 'Strike'],
        ['stck_last_tr_date', 'date', '최종 거래일', 'Last trading day'],
        ['lp_hvol', 'count', 'LP 보유', 'Held by the LP'],
      ]),
    ],
  },
  {
    id: 'elw-new',
    group: 'elw',
    title: ['ELW 신규 상장', 'Newly listed'],
    api: 'elw.newly-listed',
    inputs: [ON(30), ASSET],
    params: {
      FID_DIV_CLS_CODE: '02',
      FID_UNAS_INPUT_ISCD: of('asset'),
      FID_INPUT_ISCD_2: ISSUER,
      FID_INPUT_DATE_1: of('on'),
      FID_BLNG_CLS_CODE: '0',
    },
    opens: { sheet: 'elw-now', from: { code: 'elw_shrn_iscd' } },
    blocks: [
      rows('output', [
        ...NAME,
        ['stck_lstn_date', 'date', '상장일', 'Listed on'],
        ['unas_isnm', 'text', '기초자산', 'Underlying'],
        ['pblc_co_name', 'text', '발행사', 'Issuer'],
        ['acpr', 'price', '행사가', 'Strike'],
        ['stck_last_tr_date', 'date', '최종 거래일', 'Last trading day'],
      ]),
    ],
  },
  daily(
    'elw-sensitivity-daily',
    ['ELW 민감도 추이', 'Sensitivities by day'],
    'sensitivity-trend-daily',
    [...GREEKS, RHO],
    ['delta_val'],
  ),
  daily(
    'elw-volatility-daily',
    ['ELW 변동성 추이', 'Volatility by day'],
    'volatility-trend-daily',
    [
      IMPLIED,
      ...[10, 20, 30, 60, 90].map((n): Column => [
        `d${n}_hist_vltl`,
        'percent',
        `${n}일 변동성`,
        `${n}-day volatility`,
      ]),
    ],
    ['hts_ints_vltl', 'd20_hist_vltl'],
  ),
  daily(
    'elw-measures-daily',
    ['ELW 지표 추이', 'Measures by day'],
    'indicator-trend-daily',
    [
      VOLUME,
      ['lvrg_val', 'ratio', '레버리지', 'Leverage'],
      ['gear', 'ratio', '기어링', 'Gearing'],
      ['tmvl_val', 'ratio', '시간가치', 'Time value'],
      ['invl_val', 'ratio', '내재가치', 'Intrinsic value'],
      ['prit', 'ratio', '패리티', 'Parity'],
    ],
    ['lvrg_val', 'gear'],
  ),
  {
    id: 'elw-lp',
    group: 'elw',
    title: ['ELW LP 매매', 'Trading of the LP'],
    api: 'elw.lp-trade-trend',
    inputs: [CODE],
    params: { FID_INPUT_ISCD: of('code') },
    blocks: [
      rows('output2', [
        ['stck_bsop_date', 'date', '일자', 'Date'],
        ...PRICE,
        ['lp_shnu_qty', 'count', 'LP 매수', 'LP bought'],
        ['lp_seln_qty', 'count', 'LP 매도', 'LP sold'],
        ['lp_hvol', 'count', 'LP 보유', 'LP holds'],
        ['lp_hldn_rate', 'percent', 'LP 비중', 'LP share'],
        ['prsn_deal_qty', 'count', '개인 매매', 'Individuals', NET],
      ]),
    ],
  },
];
