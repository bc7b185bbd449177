/** The engine: who hears what, what becomes of what is said, what it costs, and how detectors are judged. */
import { describe, expect, it } from 'vitest';
import type { Threat, ThreatSeverity, ThreatSignal } from '#shared/domain/index.ts';
import {
  ALL_DETECTORS,
  evaluate,
  falseAlarmsOf,
  readThreatLine,
  recallOf,
  scoresOf,
  ThreatEngine,
  type Detector,
  type EngineOptions,
  type Firing,
  type Mouth,
  type ThreatAlert,
  type ThreatEvent,
} from '#shared/threats/index.ts';

const T0 = 1_785_888_000_000;

const said = (subject: string, severity: ThreatSeverity) => ({
  subject,
  severity,
  values: { ppm: 1 },
  sentenceKo: '말',
  sentenceEn: 'words',
  picture: { points: [1, 2], line: null },
});

/** A detector that says what a test tells it to, at each index event. */
function puppet(change: Partial<Detector> = {}, act: (mouth: Mouth, ppm: number, line: number) => void): Detector {
  const params = [
    { id: 'line', labelKo: '선', labelEn: 'line', unit: '%', initial: 5, min: 1, max: 10, step: 1 },
  ] as const;
  return {
    id: 'M01',
    nameKo: '인형',
    nameEn: 'puppet',
    family: 'market',
    severity: 'M',
    plays: ['P1'],
    inputs: ['index'],
    formulaKo: '',
    formulaEn: '',
    warmUpKo: '',
    warmUpEn: '',
    params,
    watch: ({ line = 0 }, mouth) => ({ index: ({ ppm }) => act(mouth, ppm, line) }),
    ...change,
  };
}

function listen(detectors: readonly Detector[], options: Partial<EngineOptions> = {}) {
  const signals: ThreatSignal[] = [];
  const threats: Threat[] = [];
  const alerts: ThreatAlert[] = [];
  const broken: string[] = [];
  const engine = new ThreatEngine({
    detectors,
    listener: {
      signal: (signal) => signals.push(signal),
      threat: (threat) => threats.push(threat),
      alert: (alert) => alerts.push(alert),
      broken: (id) => broken.push(id),
    },
    ...options,
  });
  const index = (ms: number, ppm: number): void => engine.take({ kind: 'index', ts: T0 + ms, market: 'KOSPI', ppm });
  const clock = (ms: number): void => engine.take({ kind: 'clock', ts: T0 + ms });
  return { engine, signals, threats, alerts, broken, index, clock };
}

const byPpm = puppet({}, (mouth, ppm) =>
  ppm < 0 ? mouth.fire(said('KRX:005930', ppm < -10 ? 'H' : 'M')) : mouth.clear('KRX:005930'),
);

describe('a threat', () => {
  it('is detected, confirmed by standing, made worse, fades, and is over', () => {
    const { engine, threats, index, clock, signals } = listen([byPpm]);
    index(0, -1);
    expect(threats.at(-1)).toMatchObject({ phase: 'detected', severity: 'M', signals: 1, score: 12 });
    clock(9_000);
    expect(engine.threats()[0]?.phase).toBe('detected');
    clock(10_000);
    expect(engine.threats()[0]).toMatchObject({ phase: 'confirmed', score: 20 });
    index(11_000, -20);
    expect(engine.threats()[0]).toMatchObject({ severity: 'H', score: 50, signals: 2 });
    index(12_000, 1);
    expect(engine.threats()[0]).toMatchObject({ phase: 'fading', score: 20 });
    expect(signals.at(-1)?.state).toBe('cleared');
    clock(191_000);
    expect(engine.threats()).toHaveLength(1);
    clock(192_000);
    expect(engine.threats()).toHaveLength(0);
    expect(engine.history()[0]).toMatchObject({ phase: 'cleared', clearedTs: T0 + 192_000, score: 0 });
  });

  it('of weight is confirmed at once, and one that fades comes back as the same', () => {
    const { engine, index } = listen([byPpm]);
    index(0, -20);
    expect(engine.threats()[0]?.phase).toBe('confirmed');
    index(1_000, 1);
    index(2_000, -20);
    expect(engine.threats()).toMatchObject([{ phase: 'confirmed', firstTs: T0, signals: 2 }]);
  });

  it('is told of once within five minutes for a cause, and again when it becomes worse', () => {
    const { alerts, index, clock } = listen([byPpm]);
    index(0, -1);
    clock(10_000);
    index(20_000, -1);
    expect(alerts).toHaveLength(1);
    index(30_000, -20);
    expect(alerts).toHaveLength(2);
    index(60_000, -20);
    expect(alerts).toHaveLength(2);
    index(331_000, -20);
    expect(alerts).toHaveLength(3);
  });
});

describe('the engine', () => {
  it('drops what goes back in time or has none, and lets one that throws go alone', () => {
    const bad = puppet({ id: 'M02' }, () => {
      throw new Error('bad');
    });
    const { engine, broken, index, threats } = listen([bad, byPpm]);
    index(1_000, -20);
    index(0, -20);
    engine.take({ kind: 'clock', ts: Number.NaN });
    expect(engine.dropped).toBe(2);
    expect(broken).toEqual(['M02']);
    expect(threats).toHaveLength(1);
    expect(engine.states().get('M02')).toBe('broken');
    index(2_000, -20);
    expect(broken).toHaveLength(1);
    expect(engine.threats()[0]?.signals).toBe(2);
  });

  it('switches off what is off or has no input, and keeps figures in their range', () => {
    const lines: number[] = [];
    const seen = puppet({}, (_mouth, _ppm, line) => void lines.push(line));
    const quiet = listen([seen], { inputs: new Set(['trade'] as const) });
    quiet.index(0, -1);
    expect(quiet.engine.states().get('M01')).toBe('noInput');
    const off = listen([seen], { settings: { M01: { on: false, params: {} } } });
    off.index(0, -1);
    expect(lines).toEqual([]);
    const wild = listen([seen], { settings: { M01: { on: true, params: { line: 99 } } } });
    wild.index(0, -1);
    wild.engine.configure('M01', { on: true, params: { line: Number.NaN } });
    wild.index(1, -1);
    expect(lines).toEqual([10, 5]);
  });

  it('has all 35 detectors of the catalogue, each with figures inside their ranges and words', () => {
    expect(new Set(ALL_DETECTORS.map(({ id }) => id)).size).toBe(35);
    for (const { id, params, formulaKo, formulaEn, warmUpKo, inputs, plays } of ALL_DETECTORS) {
      expect([id, formulaKo, formulaEn, warmUpKo].every((text) => text.length > 2)).toBe(true);
      expect(inputs.length).toBeGreaterThan(0);
      expect(plays.length).toBeGreaterThan(0);
      for (const { initial, min, max } of params) expect(initial >= min && initial <= max).toBe(true);
    }
  });
});

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
    latest: { detector: 'M01', ts: T0, state: 'fired', ...said('s', severity) },
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

describe('a line of a file', () => {
  it.each([
    ['{', /JSON이 아닙니다/],
    ['{"kind":"ghost","ts":1}', /모르는 이벤트 종류/],
    ['{"kind":"index","ts":1,"market":"KOSPI"}', /'ppm'/],
    ['{"kind":"clock","ts":-1}', /'ts'/],
    ['{"kind":"clock","ts":1,"more":2}', /모르는 이름입니다: more/],
  ])('is refused with words: %s', (line, words) => {
    const read = readThreatLine(line);
    expect('problemKo' in read ? read.problemKo : '').toMatch(words);
  });

  it('is taken with what is usual left out', () => {
    const event: ThreatEvent = {
      kind: 'trade',
      ts: 1,
      id: 'KRX:005930',
      venue: 'KRX',
      price: 1,
      quantity: 2,
      side: null,
    };
    expect(readThreatLine('{"kind":"trade","ts":1,"id":"KRX:005930","price":1,"quantity":2}')).toEqual({ event });
  });
});
