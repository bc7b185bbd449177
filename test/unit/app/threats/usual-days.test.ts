/** What the usual days of an issue are like: of stored candles, or of the practice market's own making. */
import { describe, expect, it } from 'vitest';
import { usualFromHistory, usualOfPractice } from '#core/app/threats/usual-days.ts';
import type { DailyHistory } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';
import { addDays, kstInstant, sessionDate, type SessionDate } from '#shared/time/index.ts';

const ID = 'KRX:005930';
const FIRST = sessionDate('2025-01-01');

/** `count` days from the first on, closing at 1, 2, 3 … with a hundred times that volume. */
function history(count: number): DailyHistory & { readonly asked: number[] } {
  const asked: number[] = [];
  const dailyCandles = (_id: string, limit: number) => {
    asked.push(limit);
    const from = Math.max(0, count - limit);
    const days = Array.from({ length: count - from }, (_, n) => from + n);
    const column = (of: (day: number) => number) => Float64Array.from(days, of);
    const close = column((day) => day + 1);
    const volume = column((day) => (day + 1) * 100);
    const openTs = column((day) => kstInstant(addDays(FIRST, day), 0));
    return {
      header: { instrumentId: ID },
      length: days.length,
      columns: { openTs, open: close, high: close, low: close, close, volume },
    };
  };
  return { asked, dailyCandles } as unknown as DailyHistory & { readonly asked: number[] };
}

describe('usual days from stored candles', () => {
  it('are the closes before the day and the mean volume of twenty of them', () => {
    const usual = usualFromHistory(history(30), ID, addDays(FIRST, 30));
    expect(usual.closes).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    // Days 11 to 30.
    expect(usual.averageVolume).toBe(2_050);
    expect(usual).toMatchObject({ minuteVolumes: null, usualDepth: null, usualSpreadTicks: null });
  });

  it('never hold the day itself, nor what comes after it', () => {
    const usual = usualFromHistory(history(30), ID, addDays(FIRST, 25));
    expect(usual.closes.at(-1)).toBe(25);
    expect(usual.averageVolume).toBe(1_550);
  });

  it('are not made up where there are too few', () => {
    expect(usualFromHistory(history(19), ID, addDays(FIRST, 60)).averageVolume).toBeNull();
    expect(usualFromHistory(history(20), ID, addDays(FIRST, 60)).averageVolume).toBe(1_050);
    expect(usualFromHistory(history(0), ID, FIRST)).toMatchObject({ averageVolume: null, closes: [] });
  });

  it('hold three years at most', () => {
    const usual = usualFromHistory(history(1_000), ID, addDays(FIRST, 1_000));
    expect(usual.closes).toHaveLength(750);
    expect(usual.closes.at(-1)).toBe(1_000);
  });
});

describe('usual days of the practice market', () => {
  const listed = (code: string, basePrice: number) => ({
    code,
    nameKo: code,
    market: 'KOSPI',
    basePrice,
    listedShares: 1_000_000_000,
    kospi200: null,
  });

  function practice(mode: 'synthetic' | 'replay') {
    const at: { plan: object; date: SessionDate } = { plan: { mode, seed: 7 }, date: addDays(FIRST, 30) };
    const issues = new Map([
      [ID, listed('005930', 70_000)],
      ['KRX:000660', listed('000660', 200_000)],
    ]);
    const simulator = {
      status: () => ({ plan: at.plan }),
      session: () => ({ sessionDate: at.date }),
      listed: (id: string) => issues.get(id),
    } as unknown as Simulator;
    const stored = history(30);
    const followed = [...issues.keys()];
    return { at, stored, usual: usualOfPractice({ simulator, history: stored, followed: () => followed }) };
  }

  it('are those of its participants where it is synthetic, the same for the same seed and day', () => {
    const { usual, stored } = practice('synthetic');
    const first = usual(ID);
    expect(first.averageVolume).toBeGreaterThan(0);
    expect(first.minuteVolumes?.length).toBeGreaterThan(300);
    expect(first.usualDepth).toBeGreaterThan(0);
    expect(usual(ID)).toBe(first);
    expect(practice('synthetic').usual(ID)).toEqual(first);
    expect(stored.asked).toEqual([]);
    // One that the market does not list is looked for among the stored.
    expect(usual('KRX:999999').closes).toHaveLength(30);
  });

  it('are others with another seed and on another day', () => {
    const { at, usual } = practice('synthetic');
    const first = usual(ID);
    at.plan = { mode: 'synthetic', seed: 8 };
    expect(usual(ID)).not.toEqual(first);
    at.plan = { mode: 'synthetic', seed: 7 };
    expect(usual(ID)).toEqual(first);
  });

  it('are read once from what was recorded where a day is replayed, and again for another day', () => {
    const { at, usual, stored } = practice('replay');
    expect(usual(ID).closes).toHaveLength(30);
    expect(usual(ID).averageVolume).toBe(2_050);
    expect(stored.asked).toHaveLength(1);
    at.date = addDays(FIRST, 25);
    expect(usual(ID).closes).toHaveLength(25);
    expect(stored.asked).toHaveLength(2);
  });
});
