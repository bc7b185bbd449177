/** Detectors of what is traded and of the days before: bursts, one-sided flow, volatility, correlation, warnings. */
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { CORRELATION_SPIKE } from '#shared/threats/detectors/market/correlation-spike.ts';
import { ISSUE_WARNING } from '#shared/threats/detectors/market/issue-warning.ts';
import { ONE_SIDED_FLOW } from '#shared/threats/detectors/market/one-sided-flow.ts';
import { VOLATILITY_REGIME } from '#shared/threats/detectors/market/volatility-regime.ts';
import { VOLUME_BURST } from '#shared/threats/detectors/market/volume-burst.ts';
import type { EventOf } from '#shared/threats/events.ts';
import { at, BAD, ID, issue, listen, phase, trade, type Listening } from './listening.ts';

const TEN = at('10:00:00');
const NEXT_DAY = at('08:00:00', '2026-11-25');
const MINUTE = 60_000;

describe('M12 volume burst', () => {
  const minuteVolumes = Array.from({ length: 391 }, () => 1_000);
  const many = (ears: Listening, start: number, count: number, quantity: number): void => {
    for (let i = 0; i < count; i += 1) ears.send(trade(start + i * 100, 70_000, { quantity }));
  };

  it('fires above 8 times the usual of the minute, as a note', () => {
    const ears = listen(VOLUME_BURST);
    ears.send(issue({ minuteVolumes }));
    many(ears, TEN, 8, 1_000);
    expect(ears.fired).toHaveLength(0);
    ears.send(trade(TEN + 30_000, 70_000, { quantity: 1 }));
    expect(ears.fired).toMatchObject([
      { subject: ID, severity: 'L', values: { shares: 8_001, usual: 1_000, trades: 9 } },
    ]);
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자의 1분 거래량이 8,001주로 같은 시각 평소(1,000주)의 8.0배입니다.');
  });

  it('counts each minute on its own, needs five trades, and knows the usual from the mean day', () => {
    const ears = listen(VOLUME_BURST);
    ears.send(issue({ minuteVolumes }));
    many(ears, TEN + 55_000, 5, 1_000);
    many(ears, TEN + MINUTE, 5, 1_000);
    many(ears, TEN + 2 * MINUTE, 4, 5_000);
    expect(ears.fired).toHaveLength(0);
    const mean = listen(VOLUME_BURST);
    mean.send(issue({ averageVolume: 391_000 }));
    many(mean, TEN, 5, 1_601);
    expect(mean.fired).toMatchObject([{ values: { usual: 1_000 } }]);
    const thin = listen(VOLUME_BURST);
    thin.send(issue({ averageVolume: 391_000, minuteVolumes: minuteVolumes.map(() => 0) }));
    many(thin, TEN, 5, 401);
    expect(thin.fired).toMatchObject([{ values: { usual: 250 } }]);
  });

  it('clears after a minute below half the line, and follows its figures', () => {
    const ears = listen(VOLUME_BURST, { times: 4, trades: 1 });
    ears.send(issue({ minuteVolumes }), trade(TEN, 70_000, { quantity: 4_001 }));
    expect(ears.fired).toHaveLength(1);
    ears.send(trade(TEN + MINUTE, 70_000, { quantity: 2_000 }), trade(TEN + 2 * MINUTE, 70_000, { quantity: 4_100 }));
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.wait(TEN + 2 * MINUTE, TEN + 5 * MINUTE);
    expect(ears.cleared).toEqual([ID]);
  });

  it('is silent without a usual, outside the session, on bad shares, and for the opening price', () => {
    const ears = listen(VOLUME_BURST);
    ears.send(issue());
    many(ears, TEN, 10, 1e9);
    ears.send(
      issue({ ts: NEXT_DAY, minuteVolumes }),
      phase(NEXT_DAY, 'preMarket', { venue: 'NXT' }),
      phase(NEXT_DAY, 'openAuction'),
    );
    for (let i = 0; i < 10; i += 1)
      ears.send(
        trade(NEXT_DAY + i, 70_000, { venue: 'NXT', quantity: 1e6 }),
        trade(NEXT_DAY + i, 70_000, { quantity: 1e6 }),
      );
    const open = at('09:00:00', '2026-11-25');
    ears.send(phase(open, 'continuous'));
    for (const quantity of [...BAD, 1e6, 1e6, 1e6, 1e6, 1e6]) ears.send(trade(open, 70_000, { quantity, side: null }));
    for (const quantity of BAD) ears.send(trade(open + 1_000, 70_000, { quantity }));
    expect(ears.fired).toHaveLength(0);
  });
});

describe('M13 one-sided flow', () => {
  /** A mean day of 50,000 shares: buckets of 100 shares, ten trades each; of ten trades `buys` are purchases. */
  function flow(ears: Listening, buckets: number, buys: number, from = TEN, step = 0): number {
    let ts = from;
    for (let i = 0; i < buckets * 10; i += 1) {
      ts += 500;
      const price = 70_000 + Math.floor(i / 10) * step;
      ears.send(trade(ts, price, { quantity: 10, side: i % 10 < buys ? 'buy' : 'sell' }));
    }
    return ts;
  }
  const known = issue({ averageVolume: 50_000 });

  it('fires when 50 buckets, and ten in a row, are net more than 60 % on one side', () => {
    const ears = listen(ONE_SIDED_FLOW);
    ears.send(known);
    const ts = flow(ears, 58, 9);
    expect(ears.fired).toHaveLength(0);
    flow(ears, 1, 9, ts);
    expect(ears.fired).toMatchObject([{ subject: ID, severity: 'L', values: { side: 1, shares: 5_000, trades: 500 } }]);
    expect(ears.fired[0]?.values['netPct']).toBeCloseTo(80, 6);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '삼성전자의 최근 5,000주 체결(500건)이 매수 쪽으로 80 % 쏠렸고 가격은 그쪽으로 0.0 % 움직였습니다.',
    );
  });

  it('is medium where the price went along, not where it went against', () => {
    const run = (buys: number, step: number): string[] => {
      const ears = listen(ONE_SIDED_FLOW);
      ears.send(known);
      flow(ears, 70, buys, TEN, step);
      return ears.fired.map(({ severity }) => severity);
    };
    expect([run(9, 60), run(1, -60), run(9, -60), run(9, 30)]).toEqual([['M'], ['M'], ['L'], ['L']]);
  });

  it('does not fire at 60 %, with too few trades, or before 50 buckets; figures change that', () => {
    const run = (buys: number, buckets: number, figures = {}): number => {
      const ears = listen(ONE_SIDED_FLOW, figures);
      ears.send(known);
      flow(ears, buckets, buys);
      return ears.fired.length;
    };
    expect([run(8, 100), run(9, 49), run(9, 100)]).toEqual([0, 0, 1]);
    expect([
      run(8, 100, { part: 50 }),
      run(9, 25, { buckets: 10, hold: 1, trades: 50 }),
      run(9, 100, { trades: 501 }),
    ]).toEqual([1, 1, 0]);
  });

  it('splits a trade that is larger than a bucket, and learns the size of a bucket from the first trades', () => {
    const large = listen(ONE_SIDED_FLOW, { trades: 10, hold: 1 });
    large.send(known);
    for (let i = 0; i < 10; i += 1) large.send(trade(TEN + i, 70_000, { quantity: 450, side: 'sell' }));
    expect(large.fired).toHaveLength(0);
    for (let i = 0; i < 5; i += 1) large.send(trade(TEN + 20 + i, 70_000, { quantity: 450, side: 'sell' }));
    expect(large.fired[0]?.values).toMatchObject({ netPct: 100, side: -1 });
    const learnt = listen(ONE_SIDED_FLOW);
    learnt.send(issue());
    flow(learnt, 68, 9);
    expect(learnt.fired).toHaveLength(0);
    flow(learnt, 2, 9, TEN + 1e6);
    expect(learnt.fired).toMatchObject([{ values: { shares: 5_000 } }]);
  });

  it('clears below 45 % and takes nothing from auctions, unknown takers and bad figures', () => {
    const ears = listen(ONE_SIDED_FLOW);
    ears.send(known);
    let ts = flow(ears, 70, 9);
    for (const bad of BAD) ears.send(trade(ts, 70_000, { quantity: bad }), trade(ts, bad, { quantity: 1e9 }));
    for (let i = 0; i < 1_000; i += 1) ears.send(trade(ts, 70_000, { side: null }));
    ears.send(phase(ts, 'closeAuction'));
    flow(ears, 50, 1, ts);
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(phase(ts, 'continuous'));
    ts = flow(ears, 30, 5, ts);
    expect(ears.cleared).toEqual([ID]);
    ears.send(issue({ ts: NEXT_DAY, averageVolume: 50_000 }));
    flow(ears, 40, 9, NEXT_DAY);
    expect(ears.fired).toHaveLength(1);
  });
});

/** Closes whose daily moves are `sd` large and change their sign at random. */
function closesOf(moves: readonly number[], seed: number): number[] {
  const rng = Rng.from(seed, 'closes');
  let close = 1_000;
  return [close, ...moves.map((sd) => (close *= 1 + (rng.chance(0.5) ? sd : -sd)))];
}

describe('M08 volatility regime', () => {
  const history = (closes: readonly number[], ts = at('08:00:00')): EventOf<'indexHistory'> => ({
    kind: 'indexHistory',
    ts,
    market: 'KOSPI',
    medianRange30Ppm: 5_000,
    closes,
  });
  /** Days whose size goes up and down over ten days, and `last` at the end. */
  const waves = (days: number, last: readonly number[]): number[] =>
    closesOf([...Array.from({ length: days }, (_, i) => 0.008 + 0.004 * ((i % 10) / 10)), ...last], 1);

  it('fires when five days are twice as large as sixty, and not below', () => {
    const run = (size: number): Listening => {
      const ears = listen(VOLATILITY_REGIME);
      ears.send(history(waves(90, [size, size, size, size, size])));
      return ears;
    };
    expect(run(0.02).fired).toHaveLength(0);
    expect(run(0.04).fired).toMatchObject([{ subject: 'KOSPI', severity: 'M' }]);
    expect(run(0.04).fired[0]?.sentenceKo).toMatch(
      /^코스피의 변동성이 연 \d+\.\d %로 최근 5일이 60일의 2\.\d배입니다\.$/,
    );
  });

  it('says nothing of volatility that has doubled and is still no more than usual', () => {
    const calmer = waves(90, [0.04, 0.04, 0.04, 0.04, 0.04]).map((close) => 1_000 * (close / 1_000) ** 0.25);
    const ears = listen(VOLATILITY_REGIME);
    ears.send(history(calmer));
    expect(ears.fired).toHaveLength(0);
  });

  it('fires above the 95th percentile of three years, once 250 days are there', () => {
    const size = Array.from({ length: 20 }, () => 0.016);
    const run = (days: number, figures = {}): number => {
      const ears = listen(VOLATILITY_REGIME, figures);
      ears.send(history(waves(days, size)));
      return ears.fired.length;
    };
    expect([run(200), run(400)]).toEqual([0, 1]);
    expect([run(200, { days: 100 }), run(200, { ratio: 1.2 })]).toEqual([1, 1]);
  });

  it('says of a followed issue no more than a note, of another nothing', () => {
    const closes = waves(90, [0.05, 0.05, 0.05, 0.05, 0.05]);
    const ears = listen(VOLATILITY_REGIME);
    ears.send(issue({ closes, followed: false }), issue({ closes }));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ID, 'L']]);
  });

  it('clears when it is calm again, and survives closes that are none', () => {
    const ears = listen(VOLATILITY_REGIME);
    ears.send(history(waves(90, [0.05, 0.05, 0.05, 0.05, 0.05])), history(waves(90, [0.05, 0.05, 0.05, 0.05, 0.05])));
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(history(waves(120, [])));
    expect(ears.cleared).toEqual(['KOSPI']);
    const bad = listen(VOLATILITY_REGIME);
    bad.send(history([]), history([1, 2]), history(Array.from({ length: 300 }, (_, i) => BAD[i % BAD.length] ?? 0)));
    bad.send(history(Array.from({ length: 300 }, () => 1_000)));
    expect(bad.fired).toHaveLength(0);
  });
});

describe('M09 correlation spike', () => {
  /** Four issues that go their own ways for `days` days and then one way for twenty. */
  function issues(count: number, together: boolean, days = 140, seed = 5): EventOf<'issue'>[] {
    const common = Rng.from(seed, 'common');
    const shared = Array.from({ length: days + 20 }, () => common.normal());
    return Array.from({ length: count }, (_, k) => {
      const own = Rng.from(seed, `own ${k}`);
      let close = 10_000;
      const closes = shared.map((move, i) => {
        const part = together && i >= days ? 0.95 : 0.4;
        close *= 1 + 0.01 * (part * move + (1 - part) * own.normal());
        return close;
      });
      return issue({ id: `KRX:00000${k}`, closes });
    });
  }
  const clock = (ts: number): EventOf<'clock'> => ({ kind: 'clock', ts });
  const later = clock(at('08:00:02'));

  it('fires when the last twenty days went as one and the months before did not', () => {
    const ears = listen(CORRELATION_SPIKE);
    ears.send(...issues(4, true));
    expect(ears.fired).toHaveLength(0);
    ears.send(later, clock(TEN));
    expect(ears.fired).toMatchObject([{ subject: 'portfolio', severity: 'M', values: { issues: 4 } }]);
    const [said] = ears.fired;
    expect(said?.values['shortCorrelation']).toBeGreaterThan(0.9);
    expect(said?.values['longCorrelation']).toBeLessThan(0.6);
    expect(said?.sentenceKo).toMatch(
      /^보유·관심 4종목의 20일 평균 상관이 (?:0\.9\d|1\.00)로 120일\(0\.\d\d\)보다 크게 높아 함께 움직입니다\.$/,
    );
  });

  it('does not fire on issues that go on as before, on too few, or on too few days', () => {
    for (const [count, together, days] of [
      [4, false, 140],
      [2, true, 140],
      [4, true, 100],
    ] as const) {
      const ears = listen(CORRELATION_SPIKE);
      ears.send(...issues(count, together, days), later);
      expect([count, together, days, ears.fired.length]).toEqual([count, together, days, 0]);
    }
    const pair = listen(CORRELATION_SPIKE, { issues: 2 });
    pair.send(...issues(2, true), later);
    expect(pair.fired).toHaveLength(1);
    const strict = listen(CORRELATION_SPIKE, { rise: 0.8 });
    strict.send(...issues(4, true), later);
    expect(strict.fired).toHaveLength(0);
  });

  it('clears when they part, and survives closes that are none', () => {
    const ears = listen(CORRELATION_SPIKE);
    ears.send(
      ...issues(4, true),
      later,
      ...issues(4, false).map((each) => ({ ...each, ts: NEXT_DAY })),
      clock(NEXT_DAY + 2_000),
    );
    expect([ears.fired.length, ears.cleared]).toEqual([1, ['portfolio']]);
    const bad = listen(CORRELATION_SPIKE);
    const closes = Array.from({ length: 200 }, (_, i) => BAD[i % BAD.length] ?? 0);
    bad.send(...issues(4, true).map((each) => ({ ...each, closes })), later);
    expect(bad.fired).toHaveLength(0);
  });

  it('forgets an issue that is followed no more', () => {
    const ears = listen(CORRELATION_SPIKE);
    const four = issues(4, true);
    ears.send(
      ...four,
      later,
      ...four.slice(0, 2).map((each) => ({ ...each, ts: TEN, followed: false })),
      clock(TEN + 2_000),
    );
    expect(ears.cleared).toEqual(['portfolio']);
  });
});

describe('M18 issue warning', () => {
  it('says what a followed issue is marked with, and what comes to it', () => {
    const ears = listen(ISSUE_WARNING);
    ears.send(issue(), issue({ flags: ['caution'] }));
    expect(ears.fired).toHaveLength(0);
    ears.send(issue({ flags: ['warning'] }), issue({ flags: ['warning'] }), issue({ flags: ['warning', 'halted'] }));
    expect(ears.fired.map(({ severity, sentenceKo }) => [severity, sentenceKo])).toEqual([
      ['H', '삼성전자에 투자경고 표시가 있습니다(지금 1개: 투자경고).'],
      ['H', '삼성전자에 거래정지 표시가 있습니다(지금 2개: 투자경고·거래정지).'],
    ]);
    ears.send(issue({ flags: ['warning'] }));
    expect(ears.cleared).toEqual([]);
    ears.send(issue({ flags: [] }));
    expect(ears.cleared).toEqual([ID]);
  });

  it('says of an issue nobody follows only what changes, as a note', () => {
    const ears = listen(ISSUE_WARNING);
    ears.send(issue({ followed: false, flags: ['managed'] }));
    expect(ears.fired).toHaveLength(0);
    ears.send(issue({ followed: false, flags: ['managed', 'danger'] }));
    expect(ears.fired).toMatchObject([{ severity: 'L', values: { flags: 2, added: 1 } }]);
  });

  it('follows its figure, and begins anew with a day', () => {
    const ears = listen(ISSUE_WARNING, { level: 1 });
    ears.send(issue({ flags: ['caution'] }), issue({ ts: NEXT_DAY, flags: ['caution'] }));
    expect([ears.fired.length, ears.cleared]).toEqual([2, [ID]]);
    const high = listen(ISSUE_WARNING, { level: 3 });
    high.send(issue({ flags: ['overheated'] }));
    expect(high.fired).toHaveLength(0);
  });

  it('hears of a halt of the issue during the day, and not of one of its market', () => {
    const alone = listen(ISSUE_WARNING);
    alone.send(issue(), phase(TEN, 'halted', { id: ID }));
    alone.wait(TEN, TEN + 3_000);
    expect(alone.fired).toMatchObject([
      { severity: 'H', sentenceKo: '삼성전자에 거래정지 표시가 있습니다(지금 1개: 거래정지).' },
    ]);
    alone.send(phase(TEN + MINUTE, 'reopenAuction', { id: ID }));
    expect(alone.cleared).toEqual([ID]);
    const other = 'KRX:000660' as InstrumentId;
    const both = listen(ISSUE_WARNING);
    both.send(issue(), issue({ id: other }), phase(TEN, 'halted', { id: ID }), phase(TEN, 'halted', { id: other }));
    both.wait(TEN, TEN + 10_000);
    const venue = listen(ISSUE_WARNING);
    venue.send(issue(), phase(TEN, 'halted', { id: ID }), phase(TEN, 'halted'));
    venue.wait(TEN, TEN + 10_000);
    const broken = listen(ISSUE_WARNING);
    broken.send(issue(), { kind: 'index', ts: TEN, market: 'KOSPI', ppm: -81_000 }, phase(TEN, 'halted', { id: ID }));
    broken.wait(TEN, TEN + 10_000);
    expect([both.fired.length, venue.fired.length, broken.fired.length]).toEqual([0, 0, 0]);
  });
});
