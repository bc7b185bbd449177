/** Made-up daily rows: on tick, inside the limits, believable, repeatable. */
import { describe, expect, it } from 'vitest';
import { generateMarket, type GeneratedRow } from '#shared/exchange/index.ts';
import { isOnTick, krxCalendar, priceLimits, tickTable } from '#shared/market/index.ts';
import { sessionDate, weekday } from '#shared/time/index.ts';

function generate(change: Partial<Parameters<typeof generateMarket>[0]> = {}) {
  const rows: GeneratedRow[] = [];
  const options = { days: 60, issues: 30, seed: 11, from: sessionDate('2025-01-01'), calendar: krxCalendar, ...change };
  return { rows, result: generateMarket(options, (row) => rows.push(row)) };
}

function closesOf(rows: readonly GeneratedRow[], code: string): number[] {
  return rows.filter((row) => row.code === code).map((row) => row.close);
}

function returnsOf(closes: readonly number[]): number[] {
  return closes.slice(1).map((close, i) => close / (closes[i] ?? close) - 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const cov = mean(a.map((x, i) => (x - ma) * ((b[i] ?? 0) - mb)));
  return cov / Math.sqrt(mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2)));
}

describe('generated market', () => {
  it('emits every issue of every session, day by day, with codes that are no real ones', () => {
    const { rows, result } = generate();
    expect(rows).toHaveLength(1_800);
    expect(result.rows).toBe(1_800);
    expect([result.from, result.to]).toEqual([rows[0]?.date, rows.at(-1)?.date]);
    expect(rows.slice(0, 3).map((row) => row.code)).toEqual(['S00001', 'S00002', 'S00003']);
    const dates = [...new Set(rows.map((row) => row.date))];
    expect(dates).toHaveLength(60);
    expect(dates[0]).toBe('2025-01-02');
    expect(dates.every((date) => krxCalendar.isSession(date))).toBe(true);
    expect([...dates].sort()).toEqual(dates);
  });

  it('keeps prices on tick and inside the limits of the day, and value between low and high', () => {
    const { rows } = generate({ days: 250, seed: 4 });
    const base = new Map<string, number>();
    for (const row of rows) {
      const { code, date, open, high, low, close, volume, value } = row;
      const table = tickTable('KOSPI', date);
      for (const price of [open, high, low, close]) expect(isOnTick(table, price)).toBe(true);
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(Number.isSafeInteger(value) && volume >= 1).toBe(true);
      expect(value).toBeGreaterThanOrEqual(low * volume);
      expect(value).toBeLessThanOrEqual(high * volume);
      const before = base.get(code);
      if (before !== undefined) {
        const limits = priceLimits({ market: 'KOSPI', date, basePrice: before });
        expect(high).toBeLessThanOrEqual(limits.upper);
        expect(low).toBeGreaterThanOrEqual(limits.lower);
      }
      base.set(code, close);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(generate().result.hash).toBe(generate().result.hash);
    expect(generate({ seed: 12 }).result.hash).not.toBe(generate().result.hash);
  });

  it('has the marks of a real market: fat tails, clustered volatility, no memory of direction, a common factor', () => {
    const { rows } = generate({ days: 1_000, issues: 40, seed: 1, from: sessionDate('2024-01-02') });
    const codes = [...new Set(rows.map((row) => row.code))];
    const returns = codes.map((code) => returnsOf(closesOf(rows, code)));
    const index = (returns[0] ?? []).map((_, day) => mean(returns.map((r) => r[day] ?? 0)));
    const kurtosis = (r: readonly number[]): number => mean(r.map((x) => x ** 4)) / mean(r.map((x) => x * x)) ** 2 - 3;
    const lagged = (r: readonly number[], lag: number): number => correlation(r.slice(lag), r.slice(0, -lag));
    const sizes = index.map(Math.abs);
    expect(mean(returns.map(kurtosis))).toBeGreaterThan(1.4);
    expect(mean(returns.map(kurtosis))).toBeLessThan(12);
    expect(Math.abs(mean(returns.map((r) => lagged(r, 1))))).toBeLessThan(0.06);
    expect(mean([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((lag) => lagged(sizes, lag)))).toBeGreaterThan(0.07);
    expect(
      mean(
        returns.map((r) =>
          correlation(
            r.slice(0, -1),
            r.slice(1).map((x) => x * x),
          ),
        ),
      ),
    ).toBeLessThan(0);
    expect(mean(returns.map((r) => correlation(r, index)))).toBeGreaterThan(0.25);
    const daily = Math.sqrt(mean(returns.map((r) => mean(r.map((x) => x * x)))));
    expect(daily).toBeGreaterThan(0.018);
    expect(daily).toBeLessThan(0.045);
  });

  it('goes on over weekdays beyond the years the calendar knows', () => {
    const { rows } = generate({ days: 30, issues: 1, from: sessionDate('2027-12-20') });
    const dates = rows.map((row) => row.date);
    expect(dates).not.toContain('2027-12-27');
    expect(dates.at(-1)?.startsWith('2028-')).toBe(true);
    expect(dates.every((date) => weekday(date) !== 0 && weekday(date) !== 6)).toBe(true);
  });

  it.each([{ days: 0 }, { days: 1.5 }, { issues: 0 }, { issues: 100_000 }, { days: 10_000, issues: 10_000 }])(
    'refuses %j',
    (change) => {
      expect(() => generate(change)).toThrow(RangeError);
    },
  );
});
