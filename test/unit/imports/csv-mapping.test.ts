/** Guessing what the columns of a CSV mean. */
import { describe, expect, it } from 'vitest';
import { csvMapper, delimiterOf, guessMapping, headerKey, storedMapping } from '#core/market/imports/csv.ts';

const KOREAN = {
  date: '일자',
  codeColumn: null,
  code: null,
  open: '시가',
  high: '고가',
  low: '저가',
  close: '종가',
  volume: '거래량',
  value: '거래대금',
};

describe('guessMapping', () => {
  it('knows Korean names, with units in brackets', () => {
    expect(guessMapping(['일자', '종가', '대비', '시가', '고가', '저가', '거래량', '거래대금'])).toEqual(KOREAN);
    expect(guessMapping(['종목 코드', '날짜', '시가', '고가', '저가', '종가', '거래량(주)'])).toEqual({
      ...KOREAN,
      date: '날짜',
      codeColumn: '종목 코드',
      volume: '거래량(주)',
      value: null,
    });
  });

  it('knows English names in any case', () => {
    expect(guessMapping(['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume'])).toEqual({
      date: 'Date',
      codeColumn: null,
      code: null,
      open: 'Open',
      high: 'High',
      low: 'Low',
      close: 'Close',
      volume: 'Volume',
      value: null,
    });
    expect(guessMapping(['code', 'date', 'open', 'high', 'low', 'close', 'volume', 'value'])).toMatchObject({
      codeColumn: 'code',
      value: 'value',
    });
  });

  it('does not guess half a mapping', () => {
    expect(guessMapping(['일자', '종가'])).toBeNull();
    expect(guessMapping(['a', 'b', 'c'])).toBeNull();
  });
});

describe('csvMapper', () => {
  const header = ['일자', '시가', '고가', '저가', '종가', '거래량', '거래대금'];

  it('needs either a column or one code for the whole file, not both', () => {
    const coded = (code: string): unknown => expect.objectContaining({ code });
    expect(() => csvMapper(header, KOREAN)).toThrow(coded('CSV_MAPPING_NEEDED'));
    expect(() => csvMapper(header, { ...KOREAN, code: '005930', codeColumn: '일자' })).toThrow(
      coded('CSV_MAPPING_NEEDED'),
    );
    expect(() => csvMapper(['일자', '시가'], { ...KOREAN, code: '005930' })).toThrow(
      expect.objectContaining({ code: 'FILE_COLUMNS', params: { columns: '고가, 저가, 종가, 거래량, 거래대금' } }),
    );
  });

  it('reads thousands commas and leaves unknown facts unknown', () => {
    const mapper = csvMapper(header, { ...KOREAN, code: '005930' });
    expect(mapper(['2025/02/11', '55,500', '56,300', '55,000', '55,700', '24,596,196', ''])).toEqual({
      code: '005930',
      date: '2025-02-11',
      open: 55500,
      high: 56300,
      low: 55000,
      close: 55700,
      volume: 24596196,
      value: null,
      base: null,
      listedShares: null,
      market: null,
      nameKo: null,
      suspended: false,
    });
    expect(mapper(['2025/02/11', '55,500', '56,300', '55,000', '55,700.5', '1', '1'])).toMatchObject({
      problem: 'ROW_NUMBER',
    });
    expect(mapper(['2025/02/11', '55500', '56300', '55000', '55700', '1', 'x'])).toMatchObject({
      problem: 'ROW_NUMBER',
    });
  });
});

describe('headers', () => {
  it('are remembered by their names, not by spaces around them', () => {
    expect(headerKey(['일자 ', ' 종가'])).toBe(headerKey(['일자', '종가']));
    expect(headerKey(['일자,종가'])).not.toBe(headerKey(['일자', '종가']));
  });

  it('tell their separator', () => {
    expect(delimiterOf('a,b,c')).toBe(',');
    expect(delimiterOf('a\tb\tc')).toBe('\t');
    expect(delimiterOf('"a,b";"c,d";e')).toBe(';');
    expect(delimiterOf('alone')).toBe(',');
  });

  it('ignore a mapping in a form no longer known', () => {
    expect(storedMapping(undefined)).toBeNull();
    expect(storedMapping('{"date":"일자"}')).toBeNull();
    expect(storedMapping(JSON.stringify(KOREAN))).toEqual(KOREAN);
  });
});
