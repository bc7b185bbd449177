/** Volatility interruptions: thresholds as published, classes, and the prices at which one is triggered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOnTick,
  nextTickDown,
  nextTickUp,
  ticksBetween,
  tickTable,
  VI_DURATION_MS,
  VI_RANDOM_END_MS,
  viClassOf,
  viPrices,
  viThresholds,
} from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/halts.json' with { type: 'json' };

const date = sessionDate('2026-11-24');
const table = tickTable('KOSPI', date);

describe('thresholds', () => {
  const { dynamic } = vectors.vi;
  it.each([
    ['kospi200', dynamic.KOSPI200, dynamic.lastDerivativesDayClosing],
    ['general', dynamic.otherKospi, dynamic.otherKospi.closing],
    ['general', dynamic.KOSDAQ_all, dynamic.KOSDAQ_all.closing],
    ['etpBroad', dynamic.ETF_ETN_broad_1x, dynamic.ETF_ETN_broad_1x.closing],
    ['etpOther', dynamic.ETF_ETN_other, dynamic.ETF_ETN_other.closing],
  ] as const)('of %s as published', (viClass, { continuous, closing }, expiry) => {
    expect(viThresholds({ viClass, venue: 'KRX', date })).toEqual({
      takenAs: viClass,
      continuousPercent: continuous,
      closingPercent: closing,
      expiryClosingPercent: expiry,
      staticPercent: vectors.vi.static.pct,
      status: 'C',
    });
  });

  it('of other underlyings on the last day of derivatives', () => {
    const question = { venue: 'KRX', date, underlying: true } as const;
    const percent = dynamic.lastDerivativesDayClosing;
    expect(viThresholds({ ...question, viClass: 'general' })?.expiryClosingPercent).toBe(percent);
    expect(viThresholds({ ...question, viClass: 'etpBroad' })?.expiryClosingPercent).toBe(2);
  });

  it('last two minutes and up to half a minute', () => {
    expect([VI_DURATION_MS, VI_RANDOM_END_MS]).toEqual([vectors.vi.durationS * 1_000, vectors.vi.randomExtraS * 1_000]);
  });

  it('of an unknown class are the wider ones, and said to be unconfirmed', () => {
    const wide = { continuousPercent: 6, closingPercent: 4, staticPercent: 10, status: 'U' };
    expect(viThresholds({ viClass: 'unknown', venue: 'KRX', date })).toMatchObject({ ...wide, takenAs: 'general' });
    expect(viThresholds({ viClass: 'unknown', venue: 'KRX', date, product: 'etp' })).toMatchObject({
      ...wide,
      takenAs: 'etpOther',
    });
  });

  it('on NXT and in the after-market are assumed', () => {
    expect(viThresholds({ viClass: 'kospi200', venue: 'NXT', date })).toMatchObject({
      continuousPercent: 3,
      staticPercent: 10,
      status: 'U',
    });
    expect(viThresholds({ viClass: 'kospi200', venue: 'KRX', date, afterMarket: true })?.status).toBe('U');
    const before = viThresholds({ viClass: 'kospi200', venue: 'NXT', date: sessionDate('2026-09-11') });
    expect(before).toMatchObject({ staticPercent: null, status: 'U' });
    expect(viThresholds({ viClass: 'kospi200', venue: 'NXT', date: sessionDate('2025-03-03') })).toBeNull();
  });

  it('of days before the text that was read are unconfirmed', () => {
    expect(viThresholds({ viClass: 'general', venue: 'KRX', date: sessionDate('2026-04-24') })?.status).toBe('U');
    expect(
      viThresholds({ viClass: 'general', venue: 'KRX', date: sessionDate('2014-10-01') })?.staticPercent,
    ).toBeNull();
    expect(viThresholds({ viClass: 'general', venue: 'KRX', date: sessionDate('2013-10-01') })).toBeNull();
  });
});

describe('classes', () => {
  it.each([
    [{ market: 'KOSPI', kospi200: true }, 'kospi200'],
    [{ market: 'KOSPI', kospi200: false }, 'general'],
    [{ market: 'KOSPI', kospi200: null }, 'unknown'],
    [{ market: 'KOSDAQ', kospi200: null }, 'general'],
    [{ market: 'KOSPI', product: 'etp', kospi200: null, etpBroad: true }, 'etpBroad'],
    [{ market: 'KOSPI', product: 'etp', kospi200: null, etpBroad: true, multiple: 2 }, 'etpOther'],
    [{ market: 'KOSPI', product: 'etp', kospi200: null, multiple: -1 }, 'unknown'],
    [{ market: 'KOSPI', product: 'etp', kospi200: null, etpBroad: true, multiple: -1 }, 'etpBroad'],
    [{ market: 'KOSPI', product: 'etp', kospi200: null }, 'unknown'],
    [{ market: 'KOSPI', kospi200: null, override: 'kospi200' }, 'kospi200'],
    [{ market: 'KOSPI', kospi200: true, override: 'unknown' }, 'kospi200'],
  ] as const)('%j is %s', (issue, expected) => {
    expect(viClassOf(issue)).toBe(expected);
  });
});

describe('the prices that trigger one', () => {
  it.each([
    // 3 % of 70,300 is 2,109: 72,409 and 68,191, to the next valid prices beyond.
    [70_300, 3, { up: 72_500, down: 68_100 }],
    [10_000, 10, { up: 11_000, down: 9_000 }],
    // 6 % of 199,900: 211,894 lies where the tick is 500.
    [199_900, 6, { up: 212_000, down: 187_900 }],
    // Below 1,000 won a move within three ticks never triggers: 3 % of 50 would be 52.
    [50, 3, { up: 54, down: 46 }],
    [999, 3, { up: 1_029, down: 969 }],
    [2, 10, { up: 6, down: 0 }],
  ])('%i by %i %%', (reference, percent, expected) => {
    expect(viPrices({ reference, percent, table, market: 'KOSPI' })).toEqual(expected);
  });

  it('KOSDAQ exempts five ticks', () => {
    expect(viPrices({ reference: 50, percent: 6, table, market: 'KOSDAQ' })).toEqual({ up: 56, down: 44 });
  });

  it('are the nearest valid prices that far away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.constantFrom(1, 2, 3, 4, 6, 10), (reference, percent) => {
        const { up, down } = viPrices({ reference, percent, table, market: 'KOSPI' });
        const reached = (price: number): boolean =>
          Math.abs(price - reference) * 100 >= reference * percent &&
          (reference >= 1_000 || Math.abs(ticksBetween(table, { from: reference, to: price })) > 3);
        expect(isOnTick(table, up) && reached(up)).toBe(true);
        expect(reached(nextTickDown(table, up))).toBe(false);
        if (down > 0) {
          expect(isOnTick(table, down) && reached(down)).toBe(true);
          expect(reached(nextTickUp(table, down))).toBe(false);
        }
      }),
    );
  });
});
