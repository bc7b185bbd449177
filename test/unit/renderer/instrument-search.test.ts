/** Finding issues by code, name and initial consonants. */
import { describe, expect, it } from 'vitest';
import { type KrxInstrument, krxId } from '#shared/domain/index.ts';
import { searchInstruments } from '../../../renderer/client/instrument-search.ts';
import { largest } from '../../../renderer/client/workstation.ts';

function issue(code: string, nameKo: string, facts: Partial<KrxInstrument> = {}): KrxInstrument {
  return {
    id: krxId(code),
    code,
    nameKo,
    nameEn: null,
    market: 'KOSPI',
    priceScale: 0,
    lotSize: 1,
    basePrice: 10_000,
    listedShares: 1_000,
    suspended: false,
    kospi200: null,
    asOf: '2025-02-11',
    ...facts,
  };
}

const LIST = [
  issue('005935', '삼성전자우'),
  issue('005930', '삼성전자', { nameEn: 'Samsung Electronics' }),
  issue('028260', '삼성물산'),
  issue('000660', 'SK하이닉스'),
  issue('0193T0', '한화인더스트리얼'),
];
const found = (query: string): readonly string[] => searchInstruments(LIST, query, 8).map((entry) => entry.code);

describe('search', () => {
  it('puts the exact code and the exact name first', () => {
    expect(found('005930')[0]).toBe('005930');
    expect(found('삼성전자')).toEqual(['005930', '005935']);
  });

  it('reads initial consonants, also mixed with letters', () => {
    expect(found('ㅅㅅㅈㅈ')).toEqual(['005930', '005935']);
    expect(found('skㅎ')).toEqual(['000660']);
    expect(found('삼ㅅㅁ')).toEqual(['028260']);
  });

  it('finds the middle of a name, letters in codes and English names, in any case', () => {
    expect(found('하이닉')).toEqual(['000660']);
    expect(found('0193t')).toEqual(['0193T0']);
    expect(found('samsung')).toEqual(['005930']);
    expect(found('없는이름')).toEqual([]);
  });

  it('never gives more than asked for', () => {
    expect(searchInstruments(LIST, '삼성', 2)).toHaveLength(2);
    expect(searchInstruments(LIST, '', 3)).toHaveLength(3);
  });
});

describe('the first watchlist', () => {
  it('takes the largest issues of the market and none outside it', () => {
    const list = [
      issue('000001', '작은', { listedShares: 10 }),
      issue('000002', '큰', { listedShares: 1_000_000 }),
      issue('000003', '모르는', { listedShares: null }),
      issue('000004', '밖', { listedShares: 9_000_000 }),
    ];
    const inMarket = new Set(['KRX:000001', 'KRX:000002', 'KRX:000003']);
    expect(largest(list, inMarket)).toEqual(['KRX:000002', 'KRX:000001', 'KRX:000003']);
  });
});
