/** Where American exchanges stand by a Korean clock: summer and winter, holidays, early closes. */
import { describe, expect, it } from 'vitest';
import { overseasMoment, foreignCharges } from '#shared/market/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';

const at = (text: string) => epochMs(Date.parse(`${text}+09:00`));

describe('the American day by Korean time', () => {
  it.each([
    // Winter: 14 hours behind.
    ['2026-11-24T17:59:59', '2026-11-24', 'closed'],
    ['2026-11-24T18:00:00', '2026-11-24', 'preMarket'],
    ['2026-11-24T23:30:00', '2026-11-24', 'continuous'],
    ['2026-11-25T00:30:00', '2026-11-24', 'continuous'],
    ['2026-11-25T06:00:00', '2026-11-24', 'afterMarket'],
    ['2026-11-25T10:00:00', '2026-11-24', 'closed'],
    // Summer: 13 hours behind.
    ['2026-07-01T17:00:00', '2026-07-01', 'preMarket'],
    ['2026-07-01T22:30:00', '2026-07-01', 'continuous'],
    ['2026-07-02T05:00:00', '2026-07-01', 'afterMarket'],
    // Thanksgiving, and the early close after it.
    ['2026-11-26T23:45:00', '2026-11-26', 'closed'],
    ['2026-11-28T02:59:00', '2026-11-27', 'continuous'],
    ['2026-11-28T03:00:00', '2026-11-27', 'afterMarket'],
    ['2026-11-28T07:00:00', '2026-11-27', 'closed'],
  ])('%s is %s %s', (time, date, phase) => {
    expect(overseasMoment('NASD', at(time))).toMatchObject({ date, phase });
  });

  it('tells when it opens next, over holidays and weekends', () => {
    expect(overseasMoment('NYSE', at('2026-11-24T12:00:00')).nextOpenTs).toBe(at('2026-11-24T18:00:00'));
    expect(overseasMoment('NYSE', at('2026-11-26T12:00:00')).nextOpenTs).toBe(at('2026-11-27T18:00:00'));
    expect(overseasMoment('AMEX', at('2026-11-28T12:00:00')).nextOpenTs).toBe(at('2026-11-30T18:00:00'));
    expect(overseasMoment('NASD', at('2026-11-24T20:00:00')).nextOpenTs).toBeNull();
  });
});

describe('charges of an American order', () => {
  const date = sessionDate('2026-11-24');

  it('are whole cents in 1/10,000 dollar', () => {
    const amount = 2_301_200 * 3;
    // 690.36 dollars: 0.25 % is 1.7259, cut down to 1.72; the SEC fee of 20.60 a million is 0.0142, up to 0.02.
    expect(foreignCharges({ exchange: 'NASD', side: 'buy', amount, quantity: 3, date })).toEqual({
      commission: 17_200,
      tax: 0,
    });
    expect(foreignCharges({ exchange: 'NASD', side: 'sell', amount, quantity: 3, date })).toEqual({
      commission: 17_200,
      tax: 200,
    });
  });
});
