/** The score and what it is made of; detectors judged by labels. */
import { describe, expect, it } from 'vitest';
import type { Threat, ThreatSeverity } from '#shared/domain/index.ts';
import { evaluate, falseAlarmsOf, recallOf, scoresOf, type Firing } from '#shared/threats/index.ts';

const T0 = 1_785_888_000_000;

describe('the score', () => {
  const threat = (family: Threat['family'], severity: ThreatSeverity): Threat => ({
    threatId: `${family}${severity}`,
    detector: 'M01',
    family,
    subject: 's',
    phase: 'confirmed',
    severity,
    score: 0,
    firstTs: T0,
    lastTs: T0,
    clearedTs: null,
    signals: 1,
    latest: {
      detector: 'M01',
      ts: T0,
      state: 'fired',
      subject: 's',
      severity,
      values: {},
      sentenceKo: '말',
      sentenceEn: 'words',
      picture: { points: [], line: null },
    },
    plays: [],
  });

  it('is nothing, never above a hundred, and says what it is made of', () => {
    expect(scoresOf([], T0)).toMatchObject({ total: 0, families: { account: 0, market: 0 }, parts: [] });
    const two = scoresOf([threat('market', 'M'), threat('market', 'H')], T0);
    // 1 − 0.8 × 0.5, of which four fifths reach the total.
    expect(two).toMatchObject({ families: { market: 60 }, total: 48 });
    expect(two.parts.map(({ points }) => points)).toEqual([50, 20]);
    const many = scoresOf(
      Array.from({ length: 50 }, () => threat('account', 'C')),
      T0,
    );
    expect(many.total).toBeLessThanOrEqual(100);
  });
});

describe('the judgement', () => {
  const firing = (at: number, severity: ThreatSeverity = 'M', detector: Firing['detector'] = 'M01'): Firing => ({
    detector,
    at,
    severity,
    subject: 's',
  });

  it('takes alarms of two causes for two, however close, and a falling market for one', () => {
    const of = (detector: Firing['detector'], subject: string, at: number): Firing => ({
      detector,
      at,
      severity: 'M',
      subject,
    });
    const causes = (firings: readonly Firing[]): string[] =>
      falseAlarmsOf([], firings).map(({ detector, subject }) => `${detector} ${subject}`);
    expect(causes([of('M02', 'a', 0), of('M02', 'b', 1_000), of('M03', 'a', 2_000)])).toEqual(['M02 a', 'M02 b']);
    expect(causes([of('M07', 'KOSPI', 0), of('M02', 'a', 1_000), of('M02', 'b', 299_000)])).toEqual(['M07 KOSPI']);
    // Long after the market moved, and before it did, issues speak for themselves.
    expect(causes([of('M07', 'KOSPI', 0), of('M02', 'a', 301_000), of('M02', 'b', 302_000)])).toHaveLength(3);
    expect(causes([of('M02', 'a', 0), of('M02', 'b', 1), of('M07', 'KOSPI', 1_000)])).toHaveLength(3);
    expect(causes([of('A01', 'x', 0), of('A05', 'x', 1), of('A07', 'x', 2)])).toEqual(['A01 x', 'A07 x']);
  });

  it('counts hits, delays and alarms for nothing, merged by five minutes', () => {
    const spans = [
      { detector: 'M01', fromTs: 1_000, toTs: 2_000 },
      { detector: 'M01', fromTs: 9_000_000, toTs: 9_001_000 },
      { detector: 'M02', fromTs: 0, toTs: 10, required: false },
    ] as const;
    const firings = [
      firing(1_500),
      firing(1_600),
      firing(500_000),
      firing(600_000),
      firing(2_000_000, 'L'),
      firing(5, 'H', 'M02'),
    ];
    const verdicts = evaluate(spans, firings);
    expect(verdicts).toMatchObject([
      { detector: 'M01', labels: 2, hits: 1, meanLatencyMs: 500, worstLatencyMs: 500, falseAlarms: 1 },
      { detector: 'M02', labels: 0, hits: 0, meanLatencyMs: null, falseAlarms: 0 },
    ]);
    expect(recallOf(verdicts)).toBe(0.5);
    expect(recallOf([])).toBeNull();
    expect(falseAlarmsOf(spans, firings)).toHaveLength(1);
  });
});
