/** Single fields: exact or refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, dayPrices, issueCode, signedWhole, whole } from '#core/market/imports/fields.ts';

describe('figures', () => {
  it('read every whole number back exactly, plain, with .0 and with thousands commas', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const grouped = String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
        for (const text of [String(value), `${value}.0`, `${value}.000`, grouped, ` ${grouped}.0 `]) {
          expect(signedWhole(text, 'x'), text).toBe(value);
        }
      }),
    );
  });

  it.each([
    '1.5',
    '79600.01',
    '1e3',
    '0x10',
    '1,23',
    '12,3456',
    'abc',
    'NaN',
    'Infinity',
    '--1',
    '1 000',
    '９',
    '9007199254740992',
    '+5',
  ])('refuse %s', (text) => {
    expect(whole(text, 'Close')).toEqual({ problem: 'ROW_NUMBER', params: { column: 'Close', value: text } });
  });

  it('tell an empty field and a negative one from a wrong one', () => {
    expect(whole('  ', 'Open')).toEqual({ problem: 'ROW_MISSING', params: { column: 'Open' } });
    expect(whole('-3.0', 'Open')).toEqual({ problem: 'ROW_NEGATIVE', params: { column: 'Open', value: '-3.0' } });
    expect(Object.is(whole('-0.0', 'Open'), 0)).toBe(true);
  });
});

describe('codes and days', () => {
  it('take six digits or capitals', () => {
    expect(issueCode('0193T0')).toBe('0193T0');
    expect(issueCode(' 00088K ')).toBe('00088K');
    for (const text of ['0193t0', '5930', 'A005930', '', '00593０'])
      expect(issueCode(text)).toMatchObject({ problem: 'ROW_CODE' });
  });

  it('take a day in four spellings, if it exists', () => {
    for (const text of ['2025-02-11', '2025/02/11', '2025.02.11', '20250211']) expect(dayOf(text)).toBe('2025-02-11');
    for (const text of ['2025-02-30', '2025-2-11', '11/02/2025', '2025-02/11', '250211', '', '2025-02-11 09:00']) {
      expect(dayOf(text), text).toMatchObject({ problem: 'ROW_DATE' });
    }
  });
});

describe('prices of a day', () => {
  const day = { open: 100, high: 110, low: 90, close: 105, volume: 7 };

  it('stand as they are when they agree', () => {
    expect(dayPrices(day, 'Close')).toEqual({ ...day, suspended: false });
    expect(dayPrices({ ...day, volume: 0 }, 'Close')).toEqual({ ...day, volume: 0, suspended: false });
  });

  it('stand at the close when nothing was traded', () => {
    const suspended = { open: 0, high: 0, low: 0, close: 105, volume: 0 };
    expect(dayPrices(suspended, 'Close')).toEqual({
      open: 105,
      high: 105,
      low: 105,
      close: 105,
      volume: 0,
      suspended: true,
    });
  });

  it.each([{ high: 89 }, { high: 104 }, { low: 101 }, { open: 0 }, { low: 0 }, { open: 0, high: 0, low: 0 }])(
    'are refused with %o',
    (change) => {
      expect(dayPrices({ ...day, ...change }, 'Close')).toEqual({ problem: 'ROW_PRICES', params: {} });
    },
  );

  it('are refused without a close', () => {
    expect(dayPrices({ ...day, close: 0 }, '종가')).toEqual({ problem: 'ROW_MISSING', params: { column: '종가' } });
  });
});
