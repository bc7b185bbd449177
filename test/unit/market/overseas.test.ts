/** Foreign exchanges: ticks, limits, hours, fees and changing money, by the figures of the rules file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buyCurrency,
  fxRates,
  localInstant,
  offsetMinutes,
  onOverseasTick,
  OVERSEAS_EXCHANGES,
  overseasAmount,
  overseasCharges,
  overseasDay,
  overseasLimits,
  overseasLot,
  overseasMarket,
  overseasSession,
  overseasSettlement,
  overseasTickAt,
  overseasTicks,
  sellCurrency,
  tickRuns,
  toOverseasTick,
} from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { sessionDate, timeOfDayMs } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-24');

describe('ticks', () => {
  it.each([
    ['NASD', undefined, 9_999, 1],
    ['NASD', undefined, 10_000, 100],
    ['SEHK', undefined, 249, 1],
    ['SEHK', undefined, 250, 5],
    ['SEHK', undefined, 500, 10],
    ['SEHK', undefined, 19_990, 10],
    ['SEHK', undefined, 20_000, 20],
    ['SEHK', undefined, 50_000, 50],
    ['SEHK', undefined, 100_000, 100],
    ['SEHK', undefined, 200_000, 200],
    ['SEHK', undefined, 500_000, 500],
    ['SEHK', undefined, 1_000_000, 1_000],
    ['SEHK', undefined, 2_000_000, 2_000],
    ['SEHK', undefined, 5_000_000, 5_000],
    ['SEHK', 'etp', 15_000, 20],
    ['TKSE', 'topix500', 10_000, 1],
    ['TKSE', 'topix500', 10_005, 5],
    ['TKSE', 'topix500', 30_000, 5],
    ['TKSE', 'topix500', 30_010, 10],
    ['TKSE', 'topix500', 1_000_000, 100],
    ['TKSE', 'topix500', 1_000_500, 500],
    ['TKSE', 'other', 30_000, 10],
    ['TKSE', 'other', 30_050, 50],
    ['TKSE', 'other', 300_000, 100],
    ['TKSE', 'other', 300_500, 500],
    ['SHAA', 'main', 12_340, 10],
    ['SZAA', 'fund', 12_345, 1],
    ['VNSE', undefined, 9_990, 10],
    ['VNSE', undefined, 10_000, 50],
    ['VNSE', undefined, 50_000, 100],
    ['VNSE', 'etp', 60_000, 10],
    ['HASE', undefined, 9_900, 100],
    ['HASE', 'etp', 9_901, 1],
    ['HASE', 'upcom', 9_900, 100],
  ] as const)('%s %s at %d: %d', (exchange, segment, price, tick) => {
    const table = overseasTicks({ exchange, date: DATE, ...(segment === undefined ? {} : { segment }) });
    expect(overseasTickAt(table, price)).toBe(tick);
    expect(onOverseasTick(table, price)).toBe(true);
  });

  it('Hong Kong before phase 1, and phase 2 only where it is switched on', () => {
    const at = (date: string, price: number, flags: string[] = []): number =>
      overseasTickAt(overseasTicks({ exchange: 'SEHK', date: sessionDate(date), flags }), price);
    expect([at('2025-08-01', 10_000), at('2025-08-01', 20_000)]).toEqual([20, 50]);
    expect([at('2025-08-04', 10_000), at('2025-08-04', 20_000)]).toEqual([10, 20]);
    expect([at('2026-11-24', 9_990), at('2026-11-24', 9_990, ['hkPhase2'])]).toEqual([10, 5]);
    expect(overseasTicks({ exchange: 'SEHK', date: DATE, flags: ['hkPhase2'] }).status).toBe('U');
  });

  it('a Japanese band holds its upper end: behind it the wider tick begins', () => {
    const table = overseasTicks({ exchange: 'TKSE', segment: 'topix500', date: DATE });
    expect(onOverseasTick(table, 10_001)).toBe(false);
    expect([toOverseasTick(table, 10_001, 'up'), toOverseasTick(table, 10_004, 'down')]).toEqual([10_005, 10_000]);
    expect(tickRuns(table).slice(0, 2)).toEqual([
      { from: 1, to: 10_000, tick: 1 },
      { from: 10_005, to: 30_000, tick: 5 },
    ]);
  });

  it('rounding gives the nearest valid price of every table', () => {
    const cases = OVERSEAS_EXCHANGES.flatMap((exchange) =>
      overseasMarket(exchange).segments.map((segment) => ({ exchange, segment, date: DATE })),
    ).filter(({ exchange, segment }) => !(exchange === 'VNSE' && segment === 'upcom'));
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.integer({ min: 10_000, max: 3_000_000 }), (at, price) => {
        const table = overseasTicks(at);
        const [down, up] = [toOverseasTick(table, price, 'down'), toOverseasTick(table, price, 'up')];
        expect(onOverseasTick(table, down) && onOverseasTick(table, up)).toBe(true);
        expect(down <= price && price <= up).toBe(true);
        for (let between = down + 1; between < up; between += 1) expect(onOverseasTick(table, between)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('a segment that the market does not have is refused', () => {
    expect(() => overseasTicks({ exchange: 'NASD', segment: 'star', date: DATE })).toThrow(RangeError);
    expect(() => overseasTicks({ exchange: 'VNSE', segment: 'upcom', date: DATE })).toThrow(RangeError);
  });
});

describe('daily limits', () => {
  const limits = (over: Parameters<typeof overseasLimits>[0]): unknown => {
    const found = overseasLimits(over);
    return found && [found.lower, found.upper];
  };

  it.each([
    // Yen × 10: a base below 100 yen moves by 30.
    ['TKSE', 'other', 990, [690, 1_290]],
    ['TKSE', 'other', 1_000, [500, 1_500]],
    ['TKSE', 'other', 9_990, [8_490, 11_490]],
    ['TKSE', 'topix500', 25_000, [20_000, 30_000]],
    ['TKSE', 'other', 69_900, [59_900, 79_900]],
    ['SHAA', 'main', 10_000, [9_000, 11_000]],
    // 10.05 × 0.1 = 1.005, rounded to the nearest tick: 1.01.
    ['SHAA', 'main', 10_050, [9_040, 11_060]],
    ['SZAA', 'st', 10_000, [9_500, 10_500]],
    ['SZAA', 'chinext', 10_000, [8_000, 12_000]],
    ['SHAA', 'star', 10_000, [8_000, 12_000]],
    ['SHAA', 'bse', 10_000, [7_000, 13_000]],
    ['VNSE', 'stock', 25_000, [23_250, 26_750]],
    // 25,050 × 7 % = 1,753: inward to the tick of 50.
    ['VNSE', 'stock', 25_050, [23_300, 26_800]],
    ['HASE', 'stock', 25_000, [22_500, 27_500]],
    ['HASE', 'upcom', 25_000, [21_300, 28_700]],
  ] as const)('%s %s at %d: %j', (exchange, segment, basePrice, expected) => {
    expect(limits({ exchange, segment, basePrice, date: DATE })).toEqual(expected);
  });

  it('the first days of an issue are wider or without limits', () => {
    const base = { exchange: 'HASE', basePrice: 10_000, date: DATE } as const;
    expect(limits({ ...base, daysListed: 0 })).toEqual([7_000, 13_000]);
    expect(limits({ ...base, daysListed: 1 })).toEqual([9_000, 11_000]);
    expect(limits({ exchange: 'SHAA', basePrice: 10_000, date: DATE, daysListed: 4 })).toBeNull();
    expect(limits({ exchange: 'SHAA', basePrice: 10_000, date: DATE, daysListed: 5 })).toEqual([9_000, 11_000]);
  });

  it('New York and Hong Kong have none; beyond the known table Tokyo is refused, and above 7,000 yen unconfirmed', () => {
    expect(overseasLimits({ exchange: 'NYSE', basePrice: 1_000_000, date: DATE })).toBeNull();
    expect(overseasLimits({ exchange: 'SEHK', basePrice: 100_000, date: DATE })).toBeNull();
    expect(() => overseasLimits({ exchange: 'TKSE', basePrice: 5_000_000, date: DATE })).toThrow(RangeError);
    expect(overseasLimits({ exchange: 'TKSE', basePrice: 69_900, date: DATE })?.status).toBe('C');
    expect(overseasLimits({ exchange: 'TKSE', basePrice: 80_000, date: DATE })?.status).toBe('U');
  });
});

describe('lots', () => {
  it('differ by market, and Hong Kong needs the issue', () => {
    expect(overseasLot({ exchange: 'NASD' })).toMatchObject({ buyUnit: 1, oddLots: false });
    expect(overseasLot({ exchange: 'TKSE' })).toMatchObject({ buyUnit: 100, sellUnit: 100 });
    expect(overseasLot({ exchange: 'SHAA', segment: 'star' })).toMatchObject({
      buyUnit: 1,
      buyLeast: 200,
      sellUnit: 1,
    });
    expect(overseasLot({ exchange: 'SHAA' })).toMatchObject({ buyUnit: 100, buyLeast: 100, sellUnit: 1 });
    expect(overseasLot({ exchange: 'SEHK' }, 500)).toMatchObject({ buyUnit: 500, sellUnit: 500, oddLots: true });
    expect(() => overseasLot({ exchange: 'SEHK' })).toThrow(RangeError);
  });
});

describe('hours', () => {
  it.each([
    ['2026-03-07', -300],
    ['2026-03-08', -240],
    ['2026-10-31', -240],
    ['2026-11-01', -300],
    ['2025-03-09', -240],
  ])('New York on %s: %d minutes from UTC', (date, minutes) => {
    expect(offsetMinutes('NASD', sessionDate(date))).toBe(minutes);
  });

  it('09:30 in New York is 22:30 in Korea in summer and 23:30 in winter', () => {
    const open = timeOfDayMs('09:30');
    expect(localInstant('NYSE', sessionDate('2026-07-01'), open)).toBe(Date.UTC(2026, 6, 1, 13, 30));
    expect(localInstant('NYSE', sessionDate('2026-12-01'), open)).toBe(Date.UTC(2026, 11, 1, 14, 30));
    expect(localInstant('TKSE', DATE, timeOfDayMs('09:00'))).toBe(Date.UTC(2026, 10, 24, 0, 0));
    expect(localInstant('VNSE', DATE, timeOfDayMs('09:00'))).toBe(Date.UTC(2026, 10, 24, 2, 0));
  });

  it('American holidays and early closes of 2026', () => {
    expect(overseasSession('NASD', sessionDate('2026-11-26'))).toMatchObject({ open: false, status: 'S' });
    expect(overseasSession('NASD', sessionDate('2026-07-03')).open).toBe(false);
    const early = overseasDay('NASD', sessionDate('2026-11-27'));
    expect(early.parts.map(({ phase, endTs }) => [phase, endTs])).toEqual([
      ['preMarket', Date.UTC(2026, 10, 27, 14, 30)],
      ['continuous', Date.UTC(2026, 10, 27, 18, 0)],
      ['afterMarket', Date.UTC(2026, 10, 27, 22, 0)],
    ]);
    expect(overseasDay('NASD', sessionDate('2026-11-26')).parts).toEqual([]);
  });

  it('holidays that are not known are not passed off as known', () => {
    expect(overseasSession('TKSE', DATE)).toMatchObject({ open: true, status: 'U' });
    expect(overseasSession('NASD', sessionDate('2027-01-01'))).toMatchObject({ open: true, status: 'U' });
    expect(overseasSession('SEHK', sessionDate('2026-11-28')).open).toBe(false);
  });

  it('parts of a day follow each other without gaps', () => {
    for (const exchange of OVERSEAS_EXCHANGES) {
      const { parts } = overseasDay(exchange, DATE);
      expect(parts.length).toBeGreaterThan(2);
      for (const [at, part] of parts.entries()) {
        expect(part.endTs).toBeGreaterThan(part.startTs);
        if (at > 0) expect(part.startTs).toBe(parts[at - 1]?.endTs);
      }
    }
  });

  it('settlement: T+1 in New York over Thanksgiving, T+2 elsewhere', () => {
    expect(overseasSettlement('NASD', sessionDate('2026-11-25'))).toBe('2026-11-27');
    expect(overseasSettlement('SEHK', sessionDate('2026-11-26'))).toBe('2026-11-30');
    expect(overseasSettlement('VNSE', DATE)).toBe('2026-11-26');
    expect(overseasSettlement('SHAA', DATE)).toBe('2026-11-25');
  });
});

describe('costs', () => {
  const sell = (
    exchange: 'NASD' | 'SEHK' | 'SHAA' | 'VNSE' | 'TKSE',
    amountMinor: number,
    date: string,
    quantity = 1_000,
  ) =>
    Object.fromEntries(
      overseasCharges({ exchange, side: 'sell', amountMinor, quantity, date: sessionDate(date) }).lines.map((line) => [
        line.name,
        line.amountMinor,
      ]),
    );

  it('New York by date: SEC fee and TAF', () => {
    // $100,000: 0.25 % = $250; SEC $2.06; TAF 1,000 × 0.000195 = 19.5 cents, up to 20.
    expect(sell('NASD', 10_000_000, '2026-04-03')).toEqual({ commission: 25_000, sec: 0, taf: 20 });
    expect(sell('NASD', 10_000_000, '2026-04-06')).toEqual({ commission: 25_000, sec: 206, taf: 20 });
    expect(sell('NASD', 10_000_000, '2026-11-24')).toEqual({ commission: 25_000, sec: 206, taf: 0 });
    expect(sell('NASD', 10_000_000, '2027-01-04')).toEqual({ commission: 25_000, sec: 206, taf: 24 });
    expect(sell('NASD', 10_000_000, '2026-09-30', 1_000_000)['taf']).toBe(979);
    expect(sell('NASD', 10_000_000, '2027-01-04', 1_000_000)['taf']).toBe(1_161);
  });

  it('a fee that is not known for the day is a line of nothing, marked so', () => {
    const { lines } = overseasCharges({
      exchange: 'NYSE',
      side: 'sell',
      amountMinor: 10_000,
      quantity: 1,
      date: sessionDate('2013-10-07'),
    });
    expect(lines.find(({ name }) => name === 'taf')).toMatchObject({
      amountMinor: 0,
      status: 'U',
      source: 'not known for 2013-10-07',
    });
  });

  it('buying costs no SEC fee, TAF or sales tax', () => {
    const { lines } = overseasCharges({
      exchange: 'NASD',
      side: 'buy',
      amountMinor: 10_000_000,
      quantity: 10,
      date: DATE,
    });
    expect(lines.map(({ name }) => name)).toEqual(['commission']);
  });

  it('Asia: stamps, levies and taxes', () => {
    // HK$100,050: stamp 100.05 up to 101 dollars; levies 8.51.
    expect(sell('SEHK', 10_005_000, '2026-11-24')).toEqual({ commission: 30_015, stamp: 10_100, levies: 851 });
    expect(sell('SHAA', 1_000_000, '2026-11-24')).toEqual({ commission: 3_000, stamp: 500, other: 55 });
    expect(sell('VNSE', 10_000_000, '2026-11-24')).toEqual({ commission: 30_000, salesTax: 10_000 });
    expect(sell('TKSE', 1_000_000, '2026-11-24')).toEqual({ commission: 3_000 });
  });

  it('amounts in minor units', () => {
    expect(overseasAmount('NASD', { price: 2_701_500, quantity: 3 })).toBe(81_045);
    expect(overseasAmount('NASD', { price: 1_234, quantity: 1 })).toBe(12);
    expect(overseasAmount('TKSE', { price: 12_345, quantity: 100 })).toBe(123_450);
    expect(overseasAmount('SEHK', { price: 385_200, quantity: 500 })).toBe(19_260_000);
    expect(overseasAmount('VNSE', { price: 26_750, quantity: 100 })).toBe(2_675_000);
  });
});

describe('changing money', () => {
  const dollar = { rate: 1_390_500_000, digits: 2 };

  it('1 % either way less the discount', () => {
    expect(fxRates({ ...dollar, discountPercent: 0 })).toEqual({ buy: 1_404_405_000, sell: 1_376_595_000 });
    expect(fxRates(dollar)).toEqual({ buy: 1_391_890_500, sell: 1_389_109_500 });
    expect(fxRates({ ...dollar, discountPercent: 100 })).toEqual({ buy: 1_390_500_000, sell: 1_390_500_000 });
    expect(() => fxRates({ ...dollar, discountPercent: 101 })).toThrow(RangeError);
  });

  it('by hand: 1,000,000 won into dollars and back', () => {
    // 1,000,000 ÷ 1,391.8905 = 718.447…
    expect(buyCurrency(krw(1_000_000), dollar)).toBe(71_844);
    // 718.44 × 1,389.1095 = 997,991.8.
    expect(sellCurrency(71_844, dollar)).toBe(997_991);
  });

  it('never makes money', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        fc.integer({ min: 50_000, max: 2_000_000_000 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(0, 2),
        (won, rate, discountPercent, digits) => {
          const terms = { rate, digits, discountPercent };
          expect(sellCurrency(buyCurrency(krw(won), terms), terms)).toBeLessThanOrEqual(won);
        },
      ),
    );
  });
});
