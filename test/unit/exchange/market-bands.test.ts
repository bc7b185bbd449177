/** An invented market has the figures of the Korean one, by seeds that were fixed beforehand and never tuned on. */
import { describe, expect, it } from 'vitest';
import {
  bandOf,
  dailyStatistics,
  generateMarket,
  insideBand,
  judgeBands,
  MARKET_BANDS,
  minutePath,
  minuteStatistics,
  type DailyStatistics,
  type GeneratedRow,
} from '#shared/exchange/index.ts';
import { isOnTick, krxCalendar, tickTable } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';

/** Written down before the first run; the model was tuned on 1000-1040, 2000-2016, 3000-3040, 4000-4016 and 5000-5040. */
const SEEDS = [7, 42, 20_261_126, 314_159] as const;
const FROM = sessionDate('2022-01-03');

function rowsByIssue(options: { seed: number; days: number; issues: number }): Map<string, GeneratedRow[]> {
  const all = new Map<string, GeneratedRow[]>();
  generateMarket({ ...options, from: FROM, calendar: krxCalendar }, (row) => {
    const rows = all.get(row.code);
    if (rows) rows.push(row);
    else all.set(row.code, [row]);
  });
  return all;
}

describe('daily bands, 20 issues by 1,000 days', () => {
  it.each(SEEDS)('at least 80 of 100 issues lie inside each band, seed %i', (seed) => {
    const figures = [...rowsByIssue({ seed, days: 1_000, issues: 20 }).values()].map((rows): DailyStatistics =>
      dailyStatistics(rows),
    );
    expect(figures).toHaveLength(20);
    const shares = judgeBands(
      figures.map((each) => ({ ...each })),
      'daily',
    ).map(({ band, inside, judged }) => {
      expect([band.id, judged]).toEqual([band.id, 20]);
      return [band.id, inside >= 16] as const;
    });
    expect(shares.filter(([, enough]) => !enough)).toEqual([]);
    expect(shares).toHaveLength(MARKET_BANDS.filter((band) => band.scope === 'daily').length);
    expect(figures.filter(({ LEV }) => (LEV ?? 0) < 0).length).toBeGreaterThanOrEqual(14);
  });

  it('tells a market that does not behave: independent normal days are outside', () => {
    const rng = Rng.from(1, 'walk');
    let close = 1_000_000;
    const rows = Array.from({ length: 1_000 }, () => {
      const open = close * (1 + 0.006 * rng.normal());
      const next = open * (1 + 0.008 * rng.normal());
      const row = {
        open,
        close: next,
        high: Math.max(open, next),
        low: Math.min(open, next),
        volume: 1_000,
        value: 1e9,
      };
      close = next;
      return { ...row, value: 1e9 + 1e6 * rng.int(100) };
    });
    const figures = { ...dailyStatistics(rows) };
    for (const id of ['KURT', 'ACF_ABS', 'TAIL', 'VOLVOL'])
      expect([id, insideBand(bandOf(id), figures)]).toEqual([id, false]);
    expect(insideBand(bandOf('OVERNIGHT'), figures)).toBe(true);
  });

  it('does not judge a year that is too short', () => {
    const rows = [...rowsByIssue({ seed: 1, days: 100, issues: 1 }).values()][0] ?? [];
    expect(
      judgeBands([{ ...dailyStatistics(rows) }], 'daily').every(({ met, judged }) => met === null && judged === 0),
    ).toBe(true);
  });
});

describe('minutes of an invented day', () => {
  it('add up to the daily row to the won and the share, on tick, in order', () => {
    for (const [code, rows] of rowsByIssue({ seed: 7, days: 20, issues: 6 })) {
      for (const row of rows) {
        const table = tickTable('KOSPI', row.date);
        const minutes = minutePath({ ...row, table }, Rng.from(7, `minutes/${code}/${row.date}`));
        const sum = (of: (minute: (typeof minutes)[number]) => number): number =>
          minutes.reduce((total, minute) => total + of(minute), 0);
        expect([sum((m) => m.volume), sum((m) => m.value)]).toEqual([row.volume, row.value]);
        expect(minutes[0]?.open).toBe(row.open);
        expect(minutes.at(-1)?.close).toBe(row.close);
        expect(Math.max(...minutes.map((m) => m.high))).toBe(row.high);
        expect(Math.min(...minutes.map((m) => m.low))).toBe(row.low);
        const bad = minutes.filter(
          ({ open, high, low, close, volume, value }) =>
            ![open, high, low, close].every((price) => isOnTick(table, price)) ||
            high < Math.max(open, close) ||
            low > Math.min(open, close) ||
            value < low * volume ||
            value > high * volume,
        );
        expect(bad).toEqual([]);
        const times = minutes.map((m) => m.minute);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      }
    }
  });

  it('have the shape of a day: busy ends, a quiet noon, the auctions', () => {
    const figures = [...rowsByIssue({ seed: 42, days: 60, issues: 10 })].map(([code, rows]) => ({
      ...minuteStatistics(
        rows.map((row) =>
          minutePath({ ...row, table: tickTable('KOSPI', row.date) }, Rng.from(42, `minutes/${code}/${row.date}`)),
        ),
      ),
    }));
    expect(judgeBands(figures, 'minute').filter(({ met }) => met !== true)).toEqual([]);
  });
});
