/** Inputs and columns that the sheets of ELW share. */
import { pick, type Column, type Input } from '../define.ts';

export const CODE: Input = { kind: 'code', id: 'code', name: ['ELW 코드', 'ELW code'], start: '57LA50' };
export const CALL_PUT = pick(
  'side',
  ['권리', 'Right'],
  [
    ['0', '전체', 'All'],
    ['1', '콜', 'Call'],
    ['2', '풋', 'Put'],
  ],
);
export const ASSET = pick(
  'asset',
  ['기초자산', 'Underlying'],
  [
    ['000000', '전체', 'All'],
    ['2001', '코스피200', 'KOSPI 200'],
    ['3003', '코스닥150', 'KOSDAQ 150'],
    ['005930', '삼성전자', 'Samsung Electronics'],
  ],
);
export const ISSUER = '00000';

export const NAME: readonly Column[] = [
  ['elw_kor_isnm', 'text', 'ELW', 'ELW'],
  ['elw_shrn_iscd', 'text', '코드', 'Code'],
];
export const PRICE: readonly Column[] = [
  ['elw_prpr', 'price', '현재가', 'Price'],
  ['prdy_vrss', 'change', '대비', 'Change', { sign: 'prdy_vrss_sign', signed: true }],
  ['prdy_ctrt', 'percent', '등락률', 'Change %', { sign: 'prdy_vrss_sign', signed: true }],
];
export const VOLUME: Column = ['acml_vol', 'count', '거래량', 'Volume'];
export const GREEKS: readonly Column[] = [
  ['hts_thpr', 'price', '이론가', 'Theoretical'],
  ['delta_val', 'ratio', '델타', 'Delta'],
  ['gama', 'ratio', '감마', 'Gamma'],
  ['theta', 'ratio', '세타', 'Theta'],
  ['vega', 'ratio', '베가', 'Vega'],
];
export const RHO: Column = ['rho', 'ratio', '로', 'Rho'];
export const IMPLIED: Column = ['hts_ints_vltl', 'percent', '내재변동성', 'Implied volatility'];
