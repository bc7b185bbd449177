/** Finding issues by code, name, initial consonants, and keys in the wrong layout. */
import { describe, expect, it } from 'vitest';
import type { Instrument } from '#shared/domain/index.ts';
import { type Nearness, searchInstruments } from '../../../renderer/client/instrument-search.ts';
import { namedIssues, plainIssue } from '../../support/issue-names.ts';

const LIST = [
  plainIssue('005935', '삼성전자우'),
  plainIssue('005930', '삼성전자', { nameEn: 'Samsung Electronics' }),
  plainIssue('028260', '삼성물산'),
  plainIssue('000660', 'SK하이닉스'),
  plainIssue('0193T0', '한화인더스트리얼'),
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
    expect(found('electron')).toEqual(['005930']);
    expect(found('없는이름')).toEqual([]);
  });

  it('never gives more than asked for', () => {
    expect(searchInstruments(LIST, '삼성', 2)).toHaveLength(2);
    expect(searchInstruments(LIST, '', 3)).toHaveLength(3);
  });
});

const MARKET = namedIssues();
const names = (query: string, nearness?: Nearness, limit = 8): readonly string[] =>
  searchInstruments(MARKET, query, limit, nearness).map((entry) => entry.nameKo);
const idOf = (name: string): string => MARKET.find((entry) => entry.nameKo === name)?.id ?? 'missing';

describe('search among real names', () => {
  it.each([
    ['ㅅㅅㅈㅈ', '삼성전자'],
    ['삼섲', '삼성전자'],
    ['삼성ㅈ', '삼성전자'],
    ['tkatjdwjs', '삼성전자'],
    ['sk하', 'SK하이닉스'],
    ['rldk', '기아'],
    ['ㅎㄷㅊ', '현대차'],
    ['lg에ㄴ', 'LG에너지솔루션'],
    ['LG 에너지', 'LG에너지솔루션'],
    ['5930', '삼성전자'],
    ['005930', '삼성전자'],
    ['하ㅇㄴ', 'SK하이닉스'],
    ['항ㄴ', 'SK하이닉스'],
  ])('%s finds %s first', (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  it('puts what is worth more first among equals, and gives the same answer every time', () => {
    const first = names('삼성', undefined, 20);
    expect(first[0]).toBe('삼성전자');
    expect(names('삼성', undefined, 20)).toEqual(first);
    expect(searchInstruments([...MARKET], '삼성', 20).map((entry) => entry.nameKo)).toEqual(first);
  });

  it('finds every issue by its own code, name and initials', () => {
    for (const { code, nameKo } of MARKET) {
      expect(names(code)[0]).toBe(nameKo);
      expect(names(nameKo)[0]).toBe(nameKo);
    }
  });

  it('finds a name after every key of an input method', () => {
    for (const typed of ['ㅎ', '하', '한', '한ㅎ', '한호', '한화', '한황', '한화오', '한화옷', '한화오셔', '한화오션'])
      expect(names(typed, undefined, 100)).toContain('한화오션');
  });

  it('looks for each word of several', () => {
    expect(names('삼성 우')).toContain('삼성전자우');
  });

  const near: Nearness = {
    recents: [idOf('삼성SDI')],
    held: new Set([idOf('삼성물산')]),
    watched: new Set([idOf('삼성전기')]),
  };

  it('puts recent, held and watched issues before others that match alike', () => {
    expect(names('삼성', near).slice(0, 4)).toEqual(['삼성SDI', '삼성물산', '삼성전기', '삼성전자']);
  });

  it('lifts nothing over an exact code or name', () => {
    expect(names('삼성전자', near)[0]).toBe('삼성전자');
    expect(names('005930', near)[0]).toBe('삼성전자');
  });

  it('lifts no match inside a name over one at its beginning', () => {
    const inside: Nearness = { recents: [idOf('SK하이닉스')], held: new Set(), watched: new Set() };
    expect(names('하이', inside)[0]).not.toBe('SK하이닉스');
    expect(names('하이', inside, 50)).toContain('SK하이닉스');
  });

  it('offers the own issues before anything is typed', () => {
    expect(names('', near).slice(0, 3)).toEqual(['삼성SDI', '삼성물산', '삼성전기']);
  });
});

describe('search among American issues', () => {
  const facts = {
    ...plainIssue('000000', '애플'),
    id: 'NASD:AAPL',
    code: 'AAPL',
    nameEn: 'Apple Inc.',
    market: 'NASDAQ',
    priceScale: 4,
    currency: 'USD',
  };
  const apple = facts as never as Instrument;
  const berkshire: Instrument = {
    ...facts,
    id: 'NYSE:BRK/B',
    code: 'BRK/B',
    nameKo: '버크셔 해서웨이',
    nameEn: 'Berkshire Hathaway',
  } as never;
  const both = [berkshire, apple];
  it.each([
    ['aapl', 'AAPL'],
    ['ㅁ메ㅣ', 'AAPL'],
    ['apple', 'AAPL'],
    ['ㅇㅍ', 'AAPL'],
    ['brkb', 'BRK/B'],
    ['brk/b', 'BRK/B'],
    ['hath', 'BRK/B'],
    ['해서', 'BRK/B'],
  ])('%s finds %s', (query, code) => {
    expect(searchInstruments(both, query, 1)[0]?.code).toBe(code);
  });
});
