/** The search over symbols: what is found for what is typed, and in which order. */
import { describe, expect, it } from 'vitest';
import { SymbolIndex, type IndexedSymbol } from '#core/masters/search/symbol-index.ts';

const symbol = (code: string, nameKo: string, more: Partial<IndexedSymbol> = {}): IndexedSymbol => ({
  id: `${more.product ?? 'stock'}::${code}`,
  code,
  standard: null,
  nameKo,
  nameEn: null,
  product: 'stock',
  market: 'KOSPI',
  worth: null,
  ...more,
});

const index = new SymbolIndex([
  symbol('005935', '삼성전자우', { worth: 400_000 }),
  symbol('005930', '삼성전자', { worth: 3_600_000, standard: 'KR7005930003' }),
  symbol('009150', '삼성전기', { worth: 100_000 }),
  symbol('000660', 'SK하이닉스', { worth: 1_200_000 }),
  symbol('069500', 'KODEX 200', { product: 'etf' }),
  symbol('AAPL', '애플', { nameEn: 'APPLE INC', product: 'overseasStock', market: '나스닥' }),
  symbol('00700', '텐센트 홀딩스', { nameEn: 'TENCENT HOLDINGS', product: 'overseasStock', market: '홍콩' }),
  symbol('111W12', '삼성전자 F 202612', { product: 'futures' }),
  symbol('KR103502GA34', '국고채권 03250-2712', { product: 'bond' }),
  symbol('00001', '삼성', { product: 'member' }),
]);
const codes = (query: string, products: Parameters<SymbolIndex['find']>[1] = [], limit = 20): string[] =>
  index.find(query, products, limit).map(({ code }) => code);

describe('symbols are found', () => {
  it('by code: exactly, by its beginning, without the zeros in front, by standard code', () => {
    expect(codes('005930')).toEqual(['005930']);
    expect(codes('00593')).toEqual(['005930', '005935']);
    expect(codes('5930')[0]).toBe('005930');
    expect(codes('KR7005930003')).toEqual(['005930']);
    expect(codes('kr103502')).toEqual(['KR103502GA34']);
  });

  it('by name: the whole one first, then beginnings, the larger first, then the inside', () => {
    expect(codes('삼성전자')).toEqual(['005930', '005935', '111W12']);
    expect(codes('삼성')).toEqual(['00001', '005930', '005935', '009150', '111W12']);
    expect(codes('하이닉스')).toEqual(['000660']);
    expect(codes('kodex200')).toEqual(['069500']);
  });

  it('by initial consonants and half-typed syllables', () => {
    expect(codes('ㅅㅅㅈㅈ')).toEqual(['005930', '005935', '111W12']);
    expect(codes('삼ㅅ')[0]).toBe('005930');
    expect(codes('삼성저')).toEqual(['005930', '005935', '009150', '111W12']);
    expect(codes('삼섲')[0]).toBe('005930');
    expect(codes('ㅎㅇㄴㅅ')).toEqual(['000660']);
    expect(codes('ㄱㄱㅊㄱ')).toEqual(['KR103502GA34']);
  });

  it('by English name, and by keys struck in the other layout', () => {
    expect(codes('apple')).toEqual(['AAPL']);
    expect(codes('holdings')).toEqual(['00700']);
    expect(codes('ppl')).toEqual(['AAPL']);
    expect(codes('tkatjd')[0]).toBe('00001');
    expect(codes('ㅁ메ㅣ')).toEqual(['AAPL']);
  });

  it('only of the products that were asked for, and as many as wanted', () => {
    expect(codes('삼성', ['futures', 'member'])).toEqual(['00001', '111W12']);
    expect(codes('삼성', [], 2)).toEqual(['00001', '005930']);
  });

  it('not at all where nothing was typed or nothing is there', () => {
    expect(codes('')).toEqual([]);
    expect(codes(' . ')).toEqual([]);
    expect(codes('없는이름')).toEqual([]);
    expect(codes('(([[')).toEqual([]);
    expect(new SymbolIndex([]).find('삼성', [], 5)).toEqual([]);
  });
});
