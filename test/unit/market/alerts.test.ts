/** Short-term overheating and 투자경고 on made rows: each measure alone is not enough, and the strikes have their windows. */
import { describe, expect, it } from 'vitest';
import {
  alertHalt,
  alertHits,
  designationEffect,
  DESIGNATIONS,
  overheating,
  riskHalt,
  riskHits,
  type AlertRow,
} from '#shared/market/index.ts';
import { addDays, sessionDate, type SessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/halts.json' with { type: 'json' };

const FIRST = sessionDate('2026-05-01');
const dateOf = (at: number): SessionDate => addDays(FIRST, at);
const calm = { high: 1_010, low: 990, close: 1_000, volume: 10_000, listedShares: 1_000_000 };
/** 2 % of range, 1 % turned over, then a day with half the price up, tenfold volume and 10 % of range. */
const hot = { ...calm, high: 1_600, low: 1_400, close: 1_500, volume: 400_000 };

/** Forty calm days, then these. */
function rows(...days: readonly Partial<AlertRow>[]): AlertRow[] {
  const all = [...Array.from({ length: 40 }, () => calm), ...days.map((day) => ({ ...calm, ...day }))];
  return all.map((day, at) => ({ ...day, date: dateOf(at) }));
}

const stages = (...days: readonly Partial<AlertRow>[]) => overheating(rows(...days)).days.slice(40);

describe('short-term overheating', () => {
  it('is met by all three measures and by none alone', () => {
    expect(stages(hot)[0]).toMatchObject({ met: true, stage: 'first', singlePrice: false });
    for (const part of [{ close: 1_000 }, { volume: 10_000 }, { high: 1_505, low: 1_495 }])
      expect(stages({ ...hot, ...part })[0]).toMatchObject({ met: false, stage: 'none' });
  });

  it('has the published bounds', () => {
    const { criteria } = vectors.shortTermOverheat;
    expect(criteria.map((text) => Number(/(\d+)%/.exec(text)?.[1]))).toEqual([130, 600, 150]);
    // Exactly on each bound: 1,300 of 1,000; two days' mean 60,000 shares of 10,000; range 4 % and 2 %: mean 3 % of 2 %.
    const bound = { close: 1_300, volume: 110_000, high: 1_020, low: 980 };
    expect(stages(bound)[0]?.met).toBe(true);
    for (const part of [{ close: 1_299 }, { volume: 109_999 }, { high: 1_019, low: 981 }])
      expect(stages({ ...bound, ...part })[0]?.met).toBe(false);
  });

  it('needs forty days before', () => {
    expect(overheating(rows(hot).slice(1)).days.at(-1)?.met).toBe(false);
  });

  it('is forewarned at the second, at a higher close, and designated at the third', () => {
    const found = stages(
      hot,
      { ...hot, close: 1_510 },
      { ...hot, volume: 2_000_000, close: 1_520 },
      hot,
      hot,
      hot,
      calm,
    );
    expect(found.map(({ stage }) => stage)).toEqual([
      'first',
      'forewarned',
      'designated',
      'designated',
      'designated',
      'none',
      'none',
    ]);
    expect(found.map(({ singlePrice }) => singlePrice)).toEqual([false, false, false, true, true, true, false]);
  });

  it('a day counts only above the close of the day before, and a second strike only above the first', () => {
    expect(stages(hot, hot).map(({ met }) => met)).toEqual([true, false]);
    // Down and up again to the close of the first: the measures are met, but it is not higher.
    const dip = { ...hot, close: 1_400 };
    expect(stages(hot, dip, hot).map(({ met, stage }) => [met, stage])).toEqual([
      [true, 'first'],
      [false, 'first'],
      [true, 'first'],
    ]);
    // Higher than any strike of the last ten days is enough.
    expect(stages(hot, dip, { ...hot, close: 1_450 }, { ...hot, close: 1_460 }).at(-1)?.stage).toBe('forewarned');
  });

  it('a third strike must be above the close that brought the forewarning', () => {
    const forewarned = [hot, { ...hot, close: 1_510 }];
    const below = { ...hot, close: 1_400 };
    expect(stages(...forewarned, below, { ...hot, close: 1_510, volume: 2_000_000 }).at(-1)).toMatchObject({
      met: true,
      stage: 'forewarned',
    });
    expect(stages(...forewarned, below, { ...hot, close: 1_511, volume: 2_000_000 }).at(-1)?.stage).toBe('designated');
  });

  it('a strike is forgotten after ten sessions', () => {
    const wait = (days: number) => Array.from({ length: days }, () => calm);
    const late = { ...hot, close: 1_600, volume: 900_000 };
    expect(stages(hot, ...wait(9), late).at(-1)?.stage).toBe('forewarned');
    expect(stages(hot, ...wait(10), late).at(-1)?.stage).toBe('first');
    expect(stages(hot, ...wait(10)).at(-1)?.stage).toBe('first');
    expect(stages(hot, ...wait(11)).at(-1)?.stage).toBe('none');
  });

  it('lasts three sessions, and three more above 120 %, once', () => {
    const strikes = [hot, { ...hot, close: 1_510 }, { ...hot, volume: 2_000_000, close: 1_520 }];
    expect(overheating(rows(...strikes)).auctionDaysLeft).toBe(3);
    const flat = { close: 1_824 };
    expect(overheating(rows(...strikes, flat, flat, flat)).auctionDaysLeft).toBe(0);
    const up = { close: 1_825 };
    expect(overheating(rows(...strikes, flat, flat, up)).auctionDaysLeft).toBe(3);
    const rising = { close: 4_000 };
    expect(overheating(rows(...strikes, up, up, up, rising, rising, rising)).auctionDaysLeft).toBe(0);
  });
});

describe('투자경고', () => {
  const closes = (...prices: readonly number[]) => prices.map((close, at) => ({ date: dateOf(at), close }));
  const flat = (count: number): number[] => Array.from({ length: count }, () => 1_000);
  type Question = Parameters<typeof alertHits>[0];
  const ids = (question: Omit<Question, 'market'> & Partial<Question>) =>
    alertHits({ market: 'KOSPI', ...question }).map(({ id }) => id);

  it('by the rise over three, five and fifteen sessions', () => {
    expect(ids({ closes: closes(1_000, 1_200, 1_500, 2_000) })).toEqual(['3d']);
    expect(ids({ closes: closes(1_000, 1_200, 1_500, 1_999) })).toEqual([]);
    expect(alertHits({ market: 'KOSDAQ', closes: closes(1_000, 1_100, 1_200, 1_300, 1_450, 1_605) })).toEqual([
      { id: '5d', days: 5, risePercent: 60, thresholdPercent: 60, indexKnown: false },
    ]);
    expect(ids({ closes: closes(...flat(1), ...Array.from({ length: 14 }, () => 1_900), 2_000) })).toEqual(['15d']);
    expect(ids({ market: 'KONEX', closes: closes(1_000, 1_200, 1_500, 2_000) })).toEqual([]);
  });

  it('only at the highest close of fifteen days', () => {
    expect(ids({ closes: closes(2_001, 1_000, 1_200, 1_500, 2_000) })).toEqual([]);
    expect(ids({ closes: closes(2_001, ...flat(12), 1_200, 1_500, 2_000) })).toEqual(['3d', '5d']);
  });

  it('only where it is several times the rise of the index', () => {
    const up = closes(1_000, 1_200, 1_500, 2_000);
    expect(ids({ closes: up, index: [100, 100, 100, 120] })).toEqual(['3d']);
    expect(ids({ closes: up, index: [100, 100, 100, 121] })).toEqual([]);
    expect(ids({ closes: up, index: [100, 90, 80, 70] })).toEqual(['3d']);
    expect(alertHits({ market: 'KOSPI', closes: up, index: [100, 100, 100, 110] })[0]?.indexKnown).toBe(true);
  });

  it('lower where there are signs of unfair trading, or five days of caution', () => {
    const up = closes(...flat(11), 1_250, 1_250, 1_250, 1_250, 1_750);
    expect(ids({ closes: up })).toEqual(['5d']);
    expect(ids({ closes: up, unfairSigns: true })).toEqual(['5d', '5dUnfair', '15dUnfair']);
    const cautions = [2, 4, 6, 8, 10].map(dateOf);
    expect(ids({ closes: up, cautions })).toEqual(['5d', '15dCautions']);
    expect(ids({ closes: up, cautions: [...cautions.slice(1), dateOf(10)] })).toEqual(['5d']);
  });

  it('over a year against the index', () => {
    const year = closes(1_000, ...Array.from({ length: 249 }, () => 3_400), 3_500);
    const index = (last: number): number[] => [100, ...Array.from({ length: 249 }, () => 100), last];
    expect(ids({ closes: year, unfairSigns: true, index: index(150) })).toEqual(['1y']);
    expect(ids({ closes: year, unfairSigns: true, index: index(151) })).toEqual([]);
    expect(ids({ closes: year, index: index(150) })).toEqual([]);
    expect(ids({ closes: year, unfairSigns: true, index: index(150), market: 'KONEX' })).toEqual([]);
  });

  it('never of the hundred largest since 2026-05-26, of which only the year rule was dropped before', () => {
    const late = closes(...flat(30), 1_200, 1_500, 2_000);
    expect(late.at(-1)?.date).toBe('2026-06-02');
    expect(ids({ closes: late, capRank: 100 })).toEqual([]);
    expect(ids({ closes: late, capRank: 101 })).toEqual(['3d', '5d', '15d']);
    expect(ids({ closes: closes(1_000, 1_200, 1_500, 2_000), capRank: 1 })).toEqual(['3d']);
  });

  it('halts the issue for a session at 40 % in two days, above both closes', () => {
    expect(alertHalt('KOSPI', [1_000, 1_200, 1_400])).toBe(true);
    expect(alertHalt('KOSPI', [1_000, 1_200, 1_399])).toBe(false);
    expect(alertHalt('KONEX', [1_000, 1_100, 1_200])).toBe(true);
    expect(alertHalt('KOSPI', [1_000, 1_500])).toBe(false);
    // Above two days ago, but not above the close before the designation, or not above yesterday's.
    expect(alertHalt('KOSPI', [1_500, 1_000, 1_200, 1_450])).toBe(false);
    expect(alertHalt('KOSPI', [1_000, 1_000, 1_500, 1_450])).toBe(false);
  });
});

describe('투자위험', () => {
  const from = (...prices: readonly number[]) => prices.map((close, at) => ({ date: dateOf(at), close }));

  it('by rises after the designation', () => {
    const ids = (closes: ReturnType<typeof from>) => riskHits({ market: 'KOSDAQ', closes }).map(({ id }) => id);
    expect(ids(from(1_000, 1_150, 1_300, 1_450))).toEqual(['3d']);
    expect(ids(from(1_000, 1_150, 1_300, 1_449))).toEqual([]);
    expect(ids(from(1_000, 1_100, 1_200, 1_300, 1_400, 1_600))).toEqual(['5d']);
    expect(ids(from(1_000, 1_450))).toEqual([]);
  });

  it('halts after three days in a row above both closes', () => {
    expect(riskHalt([1_000, 1_010, 1_020, 1_030])).toBe(true);
    expect(riskHalt([1_000, 1_010, 1_020])).toBe(false);
    expect(riskHalt([1_000, 1_010, 1_010, 1_030])).toBe(false);
    expect(riskHalt([1_000, 900, 950, 990])).toBe(false);
  });
});

describe('effects', () => {
  it('of every designation are known', () => {
    for (const designation of DESIGNATIONS) expect(designationEffect(designation).ko).not.toBe('');
    expect(designationEffect('alert')).toMatchObject({
      marginPercent: 100,
      credit: false,
      collateral: false,
      singlePrice: false,
    });
    expect(designationEffect('overheated')).toMatchObject({ singlePrice: true, marginPercent: null, status: 'C' });
    expect(designationEffect('liquidation').singlePrice).toBe(true);
  });
});
