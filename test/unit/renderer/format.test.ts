/** Numbers, times and typed amounts as the screen writes and reads them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changePercent,
  countdown,
  dateLong,
  dateShort,
  direction,
  factor,
  krwSummary,
  MINUS,
  number,
  numberOr,
  percent,
  ppbPercent,
  share,
  signed,
  UNKNOWN,
  valueShort,
  volumeShort,
} from '../../../renderer/ui/format.ts';
import { useView } from '../../../renderer/store/view.ts';
import { hasInitials, initialsOf } from '../../../renderer/ui/hangul.ts';
import { parseWhole } from '../../../renderer/ui/parse.ts';

describe('figures', () => {
  it('groups thousands and writes the true minus sign', () => {
    expect(number(103_294_160)).toBe('103,294,160');
    expect(number(-1_204_310)).toBe('−1,204,310');
    expect(number(0)).toBe('0');
    expect(numberOr(null)).toBe(UNKNOWN);
  });

  it('gives gains a plus and zero no sign', () => {
    expect(signed(300)).toBe('+300');
    expect(signed(-300)).toBe('−300');
    expect(signed(0)).toBe('0');
  });

  it('writes percentages with two decimals; what rounds to zero has no sign', () => {
    expect(changePercent(300, 55_600)).toBe('+0.54%');
    expect(changePercent(-200, 55_600)).toBe('−0.36%');
    expect(percent(-0.004)).toBe('0.00%');
    expect(percent(1_234.5)).toBe('+1,234.50%');
    expect(ppbPercent(-33_100_000)).toBe('−3.31%');
    expect(share(71, 100)).toBe('71.0%');
    expect(share(1, 0)).toBe(UNKNOWN);
  });

  it('never writes a hyphen for a minus', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
        const texts = [number(value), signed(value), percent(value / 7), krwSummary(value)];
        for (const text of texts) expect(text).not.toContain('-');
        expect(number(value).startsWith(MINUS)).toBe(value < 0);
      }),
    );
  });

  it('shortens summaries above 억 and keeps small ones whole', () => {
    expect(krwSummary(99_999_999)).toBe('99,999,999');
    expect(krwSummary(1_230_312_345_678)).toBe('1조 2,303억');
    expect(krwSummary(1_000_000_000_000)).toBe('1조');
    expect(krwSummary(-250_000_000)).toBe('−2억');
    expect(valueShort(26_169_590)).toBe('2,616만');
    expect(valueShort(4_367_000_000_000)).toBe('4.4조');
    expect(volumeShort(105_000)).toBe('10.5만');
    expect(volumeShort(100_000)).toBe('10만');
    expect(volumeShort(24_600_000)).toBe('2,460만');
    expect(volumeShort(999)).toBe('999');
    expect(factor(9.84)).toBe('9.8');
    expect(factor(2_480.4)).toBe('2,480');
  });

  it('counts short amounts in the units of the language, cut and never rounded up', () => {
    useView.setState({ language: 'en' });
    try {
      expect(krwSummary(330_725_900_000_000)).toBe('330T');
      expect(krwSummary(1_299_999_999_999)).toBe('1.2T');
      expect(krwSummary(-250_000_000)).toBe('−250M');
      expect(krwSummary(99_999_999)).toBe('99,999,999');
      expect(valueShort(473_200_000_000)).toBe('473B');
      expect(valueShort(9_999)).toBe('9,999');
      expect(valueShort(0)).toBe('0');
      expect(volumeShort(105_000)).toBe('105K');
      expect(volumeShort(10_500)).toBe('10.5K');
      for (const value of [1e4, 5e5, 7e8, 3e13]) {
        expect([krwSummary(value), valueShort(value), volumeShort(value)].join()).not.toMatch(/[가-힣]/);
      }
    } finally {
      useView.setState({ language: 'ko' });
    }
  });

  it('colours by direction', () => {
    expect([direction(1), direction(-1), direction(0), direction(null)]).toEqual(['u', 'd', 'f', 'f']);
  });
});

describe('times', () => {
  it('counts down to what comes, rounding seconds up', () => {
    expect(countdown(14_124_000)).toBe('3:55:24');
    expect(countdown(249_000)).toBe('4:09');
    expect(countdown(1)).toBe('0:01');
    expect(countdown(-5)).toBe('0:00');
  });

  it('names the weekday', () => {
    expect(dateLong('2025-02-11', 'ko')).toBe('2025-02-11 (화)');
    expect(dateShort('2025-02-13', 'ko')).toBe('02-13 (목)');
    expect(dateLong('2025-02-11', 'en')).toBe('2025-02-11 (Tue)');
    expect(dateLong('not a date', 'ko')).toBe('not a date');
  });
});

describe('typed amounts', () => {
  it.each([
    ['1,234', 1_234],
    ['3만', 30_000],
    ['2억', 200_000_000],
    ['1.5억', 150_000_000],
    ['1억 2,000만', 120_000_000],
    ['3만5천', 35_000],
    ['0', 0],
  ])('reads %s', (text, value) => {
    expect(parseWhole(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '-3',
    '−3',
    '1.5',
    '3만 2억',
    '12,34',
    '만',
    '1e5',
    '0x10',
    '3주',
    '１２',
    '9'.repeat(30),
    '1.23456억조',
  ])('refuses %j', (text) => {
    expect(parseWhole(text)).toBeNull();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (value) => {
        expect(parseWhole(number(value))).toBe(value);
        expect(parseWhole(String(value))).toBe(value);
      }),
    );
  });
});

describe('initial consonants', () => {
  it('takes the first letter of each syllable and leaves the rest', () => {
    expect(initialsOf('삼성전자')).toBe('ㅅㅅㅈㅈ');
    expect(initialsOf('SK하이닉스')).toBe('skㅎㅇㄴㅅ');
    expect(hasInitials('ㅅㅅ')).toBe(true);
    expect(hasInitials('삼성')).toBe(false);
  });
});
