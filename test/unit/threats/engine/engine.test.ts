/** The engine: who hears what, what becomes of what is said, and who is told. */
import { describe, expect, it } from 'vitest';
import type { Threat, ThreatSeverity, ThreatSignal } from '#shared/domain/index.ts';
import {
  ALL_DETECTORS,
  ThreatEngine,
  type Detector,
  type EngineOptions,
  type Mouth,
  type ThreatAlert,
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

describe('alerts of one cause', () => {
  const saying = (id: Detector['id'], family: Threat['family'], subject: string, at: number) =>
    puppet({ id, family }, (mouth, ppm) => (ppm === at ? mouth.fire(said(subject, 'H')) : undefined));

  it('are one while the market falls, whoever says so, and have one title', () => {
    const detectors = [
      saying('M05', 'market', 'KOSPI', 1),
      saying('M07', 'market', 'KOSPI', 2),
      saying('M02', 'market', 'KRX:005930', 3),
      saying('M02', 'market', 'KRX:000660', 3),
      saying('A01', 'account', 'main', 4),
      saying('A02', 'account', 'main', 5),
      saying('M04', 'market', 'KRX:005930', 6),
      saying('O06', 'operation', 'feed', 7),
      saying('O07', 'operation', 'clock', 8),
    ];
    const { alerts, index } = listen(detectors);
    for (let step = 1; step <= 8; step += 1) index(step * 20_000, step);
    expect(alerts.map(({ cause, title, first }) => [cause, title.ko, first.detector])).toEqual([
      ['market', '시장 전체의 움직임', 'M05'],
      ['loss main', '계좌 손실', 'A01'],
      ['market KRX:005930', '종목의 이상 움직임', 'M04'],
      ['line', '증권사 연결 이상', 'O06'],
    ]);
  });

  it('are of each issue where the market is still', () => {
    const { alerts, index } = listen([
      saying('M02', 'market', 'KRX:005930', 3),
      saying('M02', 'market', 'KRX:000660', 3),
      saying('M03', 'market', 'KRX:000660', 4),
    ]);
    index(0, 3);
    index(1_000, 4);
    expect(alerts.map(({ cause }) => cause)).toEqual(['market KRX:005930', 'market KRX:000660']);
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

  it('drops what holds no number where one belongs, and counts it apart', () => {
    const heard: string[] = [];
    const all = puppet({}, () => undefined);
    const ears = { trade: () => heard.push('trade'), book: () => heard.push('book'), index: () => heard.push('index') };
    const { engine } = listen([{ ...all, watch: () => ears }]);
    const trade = { kind: 'trade', ts: T0, id: 'KRX:005930', venue: 'KRX', price: 1, quantity: 2, side: null } as const;
    const book = { kind: 'book', ts: T0, id: 'KRX:005930', venue: 'KRX', bids: [1, 2], asks: [3, 4] } as const;
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      engine.take({ ...trade, price: bad });
      engine.take({ ...trade, quantity: bad });
      engine.take({ ...book, bids: [1, bad] });
      engine.take({ ...book, asks: [1, 2, bad, 3] });
      engine.take({ ...book, asks: [1, bad, 2, 3] });
      engine.take({ ...book, bids: [bad, 2] });
      engine.take({ kind: 'index', ts: T0, market: 'KOSPI', ppm: bad });
    }
    engine.take({ ...book, bids: [1, Infinity], asks: [1, -Infinity] });
    engine.take({ ...book, bids: [1, 2, 3] });
    expect([engine.malformed, engine.events, heard]).toEqual([23, 0, []]);
    engine.take(trade);
    engine.take(book);
    engine.take({ ...book, bids: [], asks: [] });
    engine.take({ kind: 'clock', ts: Infinity });
    expect([engine.malformed, engine.events, engine.dropped, heard]).toEqual([23, 3, 1, ['trade', 'book', 'book']]);
  });

  it('goes on without those that break, and lets their threats fade', () => {
    let isBad = false;
    const seen: string[] = [];
    const breaking = puppet({ id: 'M02' }, (mouth) => {
      if (isBad) throw new Error('bad');
      mouth.fire(said('KRX:000660', 'M'));
    });
    const stillborn = {
      ...puppet({ id: 'M03' }, () => undefined),
      watch: () => {
        throw new Error('stillborn');
      },
    };
    const last = puppet({ id: 'M04' }, (_mouth, ppm) => void seen.push(String(ppm)));
    const { engine, broken, index, clock } = listen([breaking, stillborn, { ...breaking, id: 'M06' }, last]);
    expect(broken).toEqual(['M03']);
    index(0, 1);
    isBad = true;
    // Both break at the same event; the last one hears it, once.
    index(1_000, 2);
    expect(broken).toEqual(['M03', 'M02', 'M06']);
    expect(seen).toEqual(['1', '2']);
    expect(engine.threats().map(({ phase }) => phase)).toEqual(['fading', 'fading']);
    clock(181_000);
    expect(engine.threats()).toEqual([]);
    isBad = false;
    engine.configure('M02', { on: true, params: {} });
    index(182_000, 3);
    expect(engine.states().get('M02')).toBe('on');
    expect(engine.threats()).toMatchObject([{ detector: 'M02', phase: 'detected' }]);
  });

  it('configures one and leaves the state of the others', () => {
    const counting = (id: Detector['id']): Detector => ({
      ...puppet({ id }, () => undefined),
      watch: ({ line = 0 }, mouth) => {
        let count = 0;
        return {
          index: () => {
            count += 1;
            mouth.fire({ ...said(id, 'M'), values: { count, line } });
          },
        };
      },
    });
    const { engine, index } = listen([counting('M01'), counting('M02')]);
    index(0, 1);
    index(1, 1);
    engine.configure('M01', { on: true, params: { line: 7 } });
    expect(engine.settings().get('M01')).toEqual({ on: true, params: { line: 7 } });
    expect(engine.settings().get('M02')).toEqual({ on: true, params: { line: 5 } });
    expect(engine.threats().map(({ detector, phase }) => [detector, phase])).toEqual([
      ['M02', 'confirmed'],
      ['M01', 'fading'],
    ]);
    index(2, 1);
    const counts = engine.threats().map(({ detector, latest }) => [detector, latest.values]);
    expect(counts).toEqual([
      ['M01', { count: 1, line: 7 }],
      ['M02', { count: 3, line: 5 }],
    ]);
    engine.configure('M02', { on: false, params: {} });
    index(3, 1);
    expect(engine.states().get('M02')).toBe('off');
    expect(engine.threats().find(({ detector }) => detector === 'M02')?.signals).toBe(3);
  });

  it('keeps no more of the past than it should', () => {
    const many = puppet({}, (mouth, n) => {
      mouth.fire(said(`KRX:${n}`, 'L'));
      mouth.clear(`KRX:${n}`);
    });
    const { engine, index, clock } = listen([many]);
    for (let n = 0; n < 2_500; n += 1) index(n, n);
    clock(1_000_000);
    expect(engine.threats()).toEqual([]);
    expect(engine.history().length).toBeLessThanOrEqual(2_000);
    expect(engine.history()[0]?.subject).toBe('KRX:2499');
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
