/** Detectors of whole markets: breakers, sidecars, the pace of a crash, the won, and who sells. */
import { describe, expect, it } from 'vitest';
import { CRASH_PACE } from '#shared/threats/detectors/market/crash-pace.ts';
import { FLOW_FLIGHT } from '#shared/threats/detectors/market/flow-flight.ts';
import { FX_SHOCK } from '#shared/threats/detectors/market/fx-shock.ts';
import { INDEX_BREAKER } from '#shared/threats/detectors/market/index-breaker.ts';
import { SIDECAR } from '#shared/threats/detectors/market/sidecar.ts';
import type { EventOf } from '#shared/threats/events.ts';
import { at, listen } from './listening.ts';

const TEN = at('10:00:00');
const MINUTE = 60_000;

function index(ts: number, percent: number, market: 'KOSPI' | 'KOSDAQ' = 'KOSPI'): EventOf<'index'> {
  return { kind: 'index', ts, market, ppm: Math.round(percent * 10_000) };
}

describe('M05 circuit breaker ladder', () => {
  it('warns at 5 %, arms at 7.5 %, and says a level after it has lasted a minute', () => {
    const ears = listen(INDEX_BREAKER);
    ears.send(index(TEN, -4.99));
    expect(ears.fired).toHaveLength(0);
    ears.send(index(TEN + 1_000, -5), index(TEN + 2_000, -7.49), index(TEN + 3_000, -7.5));
    expect(ears.fired.map(({ severity, values }) => [severity, values['stage']])).toEqual([
      ['H', 1],
      ['H', 2],
    ]);
    ears.send(index(TEN + 10_000, -8.11));
    ears.wait(TEN + 10_000, TEN + 69_000);
    expect(ears.fired).toHaveLength(2);
    ears.wait(TEN + 69_000, TEN + 70_000);
    expect(ears.fired[2]).toMatchObject({
      subject: 'KOSPI',
      severity: 'C',
      values: { level: 1, seconds: 60, linePct: -8 },
      sentenceKo: '코스피가 전일보다 8.11 % 내려 60초째 이어져 서킷브레이커 1단계(-8.0 %)에 이르렀습니다.',
    });
    ears.send(
      index(TEN + 100_000, -15.2),
      index(TEN + 160_000, -15.2),
      index(TEN + 170_000, -20),
      index(TEN + 231_000, -20),
    );
    expect(ears.fired.slice(3).map(({ severity, values }) => [severity, values['level']])).toEqual([
      ['C', 2],
      ['C', 3],
    ]);
  });

  it('starts the minute anew when the index comes back over the line', () => {
    const ears = listen(INDEX_BREAKER);
    ears.send(index(TEN, -8), index(TEN + 59_000, -7.9), index(TEN + 60_000, -8), index(TEN + 119_000, -8));
    expect(ears.fired.filter(({ severity }) => severity === 'C')).toHaveLength(0);
    ears.send(index(TEN + 120_000, -8));
    expect(ears.fired.filter(({ severity }) => severity === 'C')).toHaveLength(1);
  });

  it('clears one point above the warning, once, and each market on its own', () => {
    const ears = listen(INDEX_BREAKER);
    ears.send(index(TEN, -5.2, 'KOSDAQ'));
    for (let i = 0; i < 10; i += 1) ears.send(index(TEN + i * 1_000, i % 2 === 0 ? -4.2 : -5.1, 'KOSDAQ'));
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(index(TEN + 20_000, 0), index(TEN + 20_000, -3.9, 'KOSDAQ'), index(TEN + 21_000, -3.8, 'KOSDAQ'));
    expect(ears.cleared).toEqual(['KOSDAQ']);
  });

  it('follows its figures, survives what is no number, and begins anew with a day', () => {
    const ears = listen(INDEX_BREAKER, { warnPct: 3, levelOnePct: 6, seconds: 10 });
    for (const ppm of [Number.NaN, Number.NEGATIVE_INFINITY])
      ears.send({ kind: 'index', ts: TEN, market: 'KOSPI', ppm });
    expect(ears.fired).toHaveLength(0);
    ears.send(index(TEN, -3), index(TEN + 1_000, -6), index(TEN + 11_000, -6));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H', 'C']);
    ears.send(index(at('09:00:05', '2026-11-25'), -6));
    expect(ears.cleared).toEqual(['KOSPI']);
    // The minute of yesterday does not count.
    expect(ears.fired.slice(2).map(({ severity }) => severity)).toEqual(['H']);
  });
});

describe('M06 sidecar', () => {
  const futures = (ts: number, percent: number, market: 'KOSPI' | 'KOSDAQ' = 'KOSPI'): EventOf<'futures'> => ({
    kind: 'futures',
    ts,
    market,
    ppm: Math.round(percent * 10_000),
  });

  it('fires after a minute beyond the line of its market, on either side', () => {
    const ears = listen(SIDECAR);
    ears.send(futures(TEN, -5), futures(TEN, 5.9, 'KOSDAQ'), futures(TEN + 59_000, -5.3));
    expect(ears.fired).toHaveLength(0);
    ears.send(futures(TEN + 60_000, -5.3));
    ears.wait(TEN + 60_000, TEN + 200_000);
    expect(ears.fired).toMatchObject([
      { subject: 'KOSPI', severity: 'M', values: { side: -1, seconds: 60, linePct: -5 } },
    ]);
    expect(ears.fired[0]?.sentenceKo).toContain('코스피200 선물이 60초째 5.30 % 내려 사이드카(프로그램 매도');
    const up = listen(SIDECAR);
    up.send(futures(TEN, 6, 'KOSDAQ'));
    up.wait(TEN, TEN + 60_000);
    expect(up.fired).toMatchObject([{ subject: 'KOSDAQ', values: { side: 1 } }]);
  });

  it('does not fire one step below, nor when the minute was broken', () => {
    const ears = listen(SIDECAR);
    ears.send(futures(TEN, 4.9999), futures(TEN + 90_000, 4.9999));
    ears.send(
      futures(TEN + 100_000, 5),
      futures(TEN + 150_000, 4.9),
      futures(TEN + 151_000, 5),
      futures(TEN + 200_000, 5),
    );
    expect(ears.fired).toHaveLength(0);
  });

  it('clears half a point back, follows its figures, and begins anew with a day', () => {
    const ears = listen(SIDECAR, { kospiPct: 3, seconds: 10 });
    ears.send(
      futures(TEN, 3),
      { kind: 'futures', ts: TEN, market: 'KOSPI', ppm: Number.NaN },
      futures(TEN + 10_000, 3),
    );
    ears.send(futures(TEN + 20_000, 2.6), futures(TEN + 40_000, 3.1), futures(TEN + 60_000, 3.1));
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(futures(TEN + 70_000, 2.4));
    expect(ears.cleared).toEqual(['KOSPI']);
    ears.send(futures(TEN + 80_000, 3), futures(TEN + 90_000, 3), futures(at('09:00:00', '2026-11-25'), 3));
    expect([ears.fired.length, ears.cleared]).toEqual([2, ['KOSPI', 'KOSPI']]);
  });
});

describe('M07 crash pace', () => {
  const history: EventOf<'indexHistory'> = {
    kind: 'indexHistory',
    ts: at('08:00:00'),
    market: 'KOSPI',
    medianRange30Ppm: 5_000,
    closes: [],
  };

  it('fires when half an hour falls by more than three usual ranges, and not at three', () => {
    const ears = listen(CRASH_PACE);
    ears.send(history, index(TEN, 0.2), index(TEN + 10 * MINUTE, -0.5), index(TEN + 20 * MINUTE, -1.3));
    expect(ears.fired).toHaveLength(0);
    ears.send(index(TEN + 21 * MINUTE, -1.31));
    expect(ears.fired).toMatchObject([{ subject: 'KOSPI', severity: 'H', values: { medianPct: 0.5 } }]);
    expect(ears.fired[0]?.values['fallPct']).toBeCloseTo(1.51, 6);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '코스피가 30분 안에 1.51 %p 내렸습니다(평소 30분 변동폭의 3.0배, 지금 전일 대비 -1.31 %).',
    );
  });

  it('forgets what is more than half an hour ago, and rises', () => {
    const ears = listen(CRASH_PACE);
    ears.send(history, index(TEN, 0), index(TEN + 31 * MINUTE, -2), index(TEN + 40 * MINUTE, 3));
    expect(ears.fired).toHaveLength(0);
  });

  it('is a note while the index stands above the day before, and a crash from below it or twice as far', () => {
    const ears = listen(CRASH_PACE);
    ears.send(history, index(TEN, 2), index(TEN + MINUTE, 0.4));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L']);
    ears.send(index(TEN + 2 * MINUTE, 0.3), index(TEN + 3 * MINUTE, -0.01), index(TEN + 4 * MINUTE, -0.2));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L', 'H']);
    const far = listen(CRASH_PACE);
    far.send(history, index(TEN, 4), index(TEN + MINUTE, 0.9));
    expect(far.fired.map(({ severity }) => severity)).toEqual(['H']);
  });

  it('is told again on the same day only below where it was told', () => {
    const ears = listen(CRASH_PACE);
    ears.send(history, index(TEN, 0), index(TEN + MINUTE, -2), index(TEN + 20 * MINUTE, 0));
    expect([ears.fired.length, ears.cleared]).toEqual([1, ['KOSPI']]);
    ears.send(index(TEN + 21 * MINUTE, -1.9));
    expect(ears.fired).toHaveLength(1);
    ears.send(index(TEN + 22 * MINUTE, -2.1));
    expect(ears.fired).toHaveLength(2);
    const next = at('10:00:00', '2026-11-25');
    ears.send({ ...history, ts: next }, index(next, 0), index(next + MINUTE, -1.6));
    expect(ears.fired).toHaveLength(3);
  });

  it('needs the ranges of past days, and the least fall of its figures', () => {
    const none = listen(CRASH_PACE);
    none.send({ ...history, medianRange30Ppm: Number.NaN }, index(TEN, 0), index(TEN + MINUTE, -5));
    expect(none.fired).toHaveLength(0);
    const quiet = listen(CRASH_PACE);
    quiet.send({ ...history, medianRange30Ppm: 1_000 }, index(TEN, 0), index(TEN + MINUTE, -0.9));
    expect(quiet.fired).toHaveLength(0);
    const low = listen(CRASH_PACE, { minPct: 0.5 });
    low.send({ ...history, medianRange30Ppm: 1_000 }, index(TEN, 0), index(TEN + MINUTE, -0.9));
    expect(low.fired).toHaveLength(1);
    const high = listen(CRASH_PACE, { times: 10 });
    high.send(history, index(TEN, 0), index(TEN + MINUTE, -4.9));
    expect(high.fired).toHaveLength(0);
  });

  it('clears when the fall has become small or old, and does not flap', () => {
    const ears = listen(CRASH_PACE);
    ears.send(history, index(TEN, 0), index(TEN + MINUTE, -2), {
      kind: 'index',
      ts: TEN + MINUTE,
      market: 'KOSPI',
      ppm: Number.NaN,
    });
    for (let i = 0; i < 10; i += 1) ears.send(index(TEN + (2 + i) * MINUTE, i % 2 === 0 ? -1.4 : -1.6));
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.wait(TEN + 12 * MINUTE, TEN + 45 * MINUTE);
    expect(ears.cleared).toEqual(['KOSPI']);
    ears.send(index(at('09:00:00', '2026-11-25'), -6));
    expect(ears.fired).toHaveLength(1);
  });
});

describe('M16 FX shock', () => {
  const fx = (ts: number, won: number): EventOf<'fx'> => ({ kind: 'fx', ts, rate: Math.round(won * 100) });
  const NIGHT = at('22:28:00', '2024-12-03');

  it('fires on the martial-law night, with its numbers', () => {
    const ears = listen(FX_SHOCK);
    for (let i = 0; i <= 120; i += 1) ears.send(fx(NIGHT + i * MINUTE, 1_402.9 + (39.1 * i) / 120));
    expect(ears.fired).toHaveLength(1);
    expect(ears.fired[0]).toMatchObject({ subject: 'USDKRW', severity: 'H', values: { from: 1_402.9 } });
    expect(ears.fired[0]?.sentenceKo).toMatch(/^원\/달러 환율이 2시간 안에 1\.\d\d % 올랐습니다\(1,402\.9원에서/);
  });

  it('does not fire at 1.5 % or over a longer time, and fires beyond, downward too', () => {
    const run = (to: number, minutes: number, figures = {}): number => {
      const ears = listen(FX_SHOCK, figures);
      ears.send(fx(NIGHT, 1_400), fx(NIGHT + minutes * MINUTE, to));
      return ears.fired.length;
    };
    expect([run(1_421, 30), run(1_421.1, 30), run(1_500, 121), run(1_378, 30)]).toEqual([0, 1, 0, 1]);
    expect([run(1_421.1, 30, { pct: 2 }), run(1_410, 30, { pct: 0.5 })]).toEqual([0, 1]);
  });

  it('takes 1 % where that is three times the usual, after an hour', () => {
    const run = (hour: number): number => {
      const ears = listen(FX_SHOCK);
      for (let i = 0; i <= hour; i += 1) ears.send(fx(NIGHT + i * MINUTE, 1_400 + (i % 2) * 0.3));
      for (let i = 1; i <= 10; i += 1) ears.send(fx(NIGHT + (hour + i) * MINUTE, 1_400 + i * 1.6));
      return ears.fired.length;
    };
    expect([run(90), run(30)]).toEqual([1, 0]);
  });

  it('clears when the move is old, and takes nothing from bad rates', () => {
    const ears = listen(FX_SHOCK);
    for (const rate of [Number.NaN, 0, -5, Number.POSITIVE_INFINITY]) ears.send({ kind: 'fx', ts: NIGHT, rate });
    ears.send(fx(NIGHT, 1_400), fx(NIGHT + MINUTE, 1_430), { kind: 'fx', ts: NIGHT + 2 * MINUTE, rate: Number.NaN });
    ears.send(fx(NIGHT + 3 * MINUTE, 1_425));
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(fx(NIGHT + 200 * MINUTE, 1_430));
    expect(ears.cleared).toEqual(['USDKRW']);
  });
});

describe('M17 foreign or institutional flight', () => {
  const EOK = 1e8;
  /** Past days whose five-day sums go from -500 to +500 eok, the lowest at the beginning. */
  const past = Array.from({ length: 300 }, (_, i) => (i < 5 ? -100 : i % 2 === 0 ? 20 : -20) * EOK);
  const flow = (netEok: number, change: Partial<EventOf<'flow'>> = {}): EventOf<'flow'> => ({
    kind: 'flow',
    ts: TEN,
    market: 'KOSPI',
    group: 'foreign',
    netKrw: netEok * EOK,
    averageTurnoverKrw: null,
    pastDays: past,
    ...change,
  });

  it('fires where five days are among the lowest of three years', () => {
    const ears = listen(FLOW_FLIGHT);
    ears.send(flow(-100));
    expect(ears.fired).toHaveLength(0);
    ears.send(flow(-450));
    expect(ears.fired).toMatchObject([{ subject: 'KOSPI:foreign', severity: 'M', values: { todayKrw: -450 * EOK } }]);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '외국인이 코스피에서 5일 동안 450억 원을 순매도했습니다(3년 중 아래 1.0 %).',
    );
    ears.send(flow(-460));
    expect(ears.fired).toHaveLength(1);
  });

  it('fires where they are more than 3 % of 20-day turnover, and not at 3 %', () => {
    const run = (netEok: number, figures = {}): number => {
      const ears = listen(FLOW_FLIGHT, figures);
      ears.send(flow(netEok, { pastDays: [], averageTurnoverKrw: 1_000 * EOK, group: 'institution' }));
      return ears.fired.length;
    };
    expect([run(-600), run(-601), run(5_000)]).toEqual([0, 1, 0]);
    expect([run(-601, { turnoverPct: 5 }), run(-250, { turnoverPct: 1 })]).toEqual([0, 1]);
  });

  it('needs 250 days for the percentile, leaves private investors out, and survives what is no number', () => {
    const ears = listen(FLOW_FLIGHT);
    ears.send(flow(-450, { pastDays: past.slice(0, 249) }), flow(-5_000, { group: 'retail' }));
    ears.send(flow(Number.NaN), flow(-450, { pastDays: [], averageTurnoverKrw: Number.NaN }));
    expect(ears.fired).toHaveLength(0);
    ears.send(flow(-450, { pastDays: past.map((day, i) => (i === 200 ? Number.NaN : day)) }));
    expect(ears.fired).toHaveLength(1);
  });

  it('clears when they have bought back', () => {
    const ears = listen(FLOW_FLIGHT);
    ears.send(flow(-450), flow(-300));
    expect(ears.cleared).toEqual([]);
    ears.send(flow(100));
    expect(ears.cleared).toEqual(['KOSPI:foreign']);
  });
});
