/** All detectors of the market: what they say of themselves, and that nothing a feed may bring makes them throw or speak nonsense. */
import { describe, expect, it } from 'vitest';
import { DETECTOR_IDS, type InstrumentId } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { PHASES } from '#shared/time/index.ts';
import { MARKET_DETECTORS } from '#shared/threats/detectors/market/index.ts';
import type { ThreatEvent } from '#shared/threats/events.ts';
import { at, BAD, book, issue, listen, phase, trade } from './listening.ts';

const IDS = ['KRX:005930', 'KRX:000660', 'KRX:035720', 'KRX:999999'] as InstrumentId[];

/** A stream of the worst: wild figures, unknown issues, gaps of hours, new days, any phase. */
function wild(seed: number, count: number): ThreatEvent[] {
  const rng = Rng.from(seed, 'wild');
  let ts = at('08:00:00');
  const one = <T>(list: readonly T[]): T => list[rng.int(list.length)] as T;
  const price = (): number => (rng.chance(0.1) ? one(BAD) : 50_000 + rng.int(40_000));
  const market = (): 'KOSPI' | 'KOSDAQ' => one(['KOSPI', 'KOSDAQ'] as const);
  const venue = (): 'KRX' | 'NXT' => one(['KRX', 'NXT'] as const);
  const side = (): number[] => Array.from({ length: rng.int(12) }, price);
  const makers: readonly (() => ThreatEvent)[] = [
    () => ({
      ...issue({ ts, id: one(IDS.slice(0, 3)), base: price(), upper: price(), lower: price(), viReference: price() }),
      tick: one([100, 0, Number.NaN, -1]),
      dynamicViPpm: one([30_000, 0, Number.NaN, -5]),
      usualDepth: one([null, 1_000, 0, Number.NaN]),
      usualSpreadTicks: one([null, 1, 0, Number.NaN]),
      averageVolume: one([null, 100_000, 0, Number.NaN]),
      minuteVolumes: one([null, [], [Number.NaN, -1]]),
      closes: Array.from({ length: rng.int(200) }, price),
      followed: rng.chance(0.8),
      nameKo: one(['', '가', '긴 이름'.repeat(40)]),
      flags: rng.chance(0.2) ? ['halted', 'managed'] : [],
    }),
    () => phase(ts, one(PHASES), { venue: venue(), id: one([null, ...IDS]) }),
    () => ({
      kind: 'vi',
      ts,
      id: one(IDS),
      on: rng.chance(0.5),
      cause: one(['static', 'dynamic', 'both', null] as const),
    }),
    () => ({ kind: 'index', ts, market: market(), ppm: one([...BAD, -90_000 + rng.int(180_000)]) }),
    () => ({ kind: 'futures', ts, market: market(), ppm: one([...BAD, -90_000 + rng.int(180_000)]) }),
    () => ({ kind: 'indexHistory', ts, market: market(), medianRange30Ppm: one([...BAD, 5_000]), closes: side() }),
    () => ({ kind: 'fx', ts, rate: rng.chance(0.3) ? one(BAD) : 140_000 + rng.int(5_000) }),
    () => ({
      kind: 'flow',
      ts,
      market: market(),
      group: one(['foreign', 'institution', 'retail'] as const),
      netKrw: one([...BAD, -1e13]),
      averageTurnoverKrw: one([null, ...BAD, 1e13]),
      pastDays: Array.from({ length: one([0, 3, 300]) }, () => one([...BAD, 1e12, -1e12])),
    }),
  ];
  return Array.from({ length: count }, () => {
    ts += rng.chance(0.002) ? 8 * 3_600_000 : rng.int(1_500);
    const dice = rng.int(100);
    if (dice < 40) return trade(ts, price(), { id: one(IDS), venue: venue(), quantity: price() });
    if (dice < 75) return book(ts, side(), side(), { id: one(IDS), venue: venue() });
    if (dice < 90) return { kind: 'clock', ts };
    return one(makers)();
  });
}

describe('the detectors of the market', () => {
  it('are the eighteen of the catalogue, in its order', () => {
    expect(MARKET_DETECTORS.map(({ id }) => id)).toEqual(DETECTOR_IDS.filter((id) => id.startsWith('M')));
  });

  it.each(MARKET_DETECTORS.map((detector) => [detector.id, detector] as const))('%s explains itself', (_, detector) => {
    const { nameKo, nameEn, formulaKo, formulaEn, warmUpKo, warmUpEn, params, inputs, plays } = detector;
    for (const text of [nameKo, nameEn, formulaKo, formulaEn, warmUpKo, warmUpEn])
      expect(text.length).toBeGreaterThan(2);
    expect([formulaKo, formulaEn, warmUpKo, warmUpEn].every((text) => text.endsWith('.'))).toBe(true);
    expect([inputs.length, plays.length, params.length].every((count) => count > 0)).toBe(true);
    expect(new Set(params.map(({ id }) => id)).size).toBe(params.length);
    for (const { id, initial, min, max, step } of params)
      expect([id, min <= initial && initial <= max && min < max && step > 0]).toEqual([id, true]);
    const ears = Object.keys(detector.watch({}, { fire: () => undefined, clear: () => undefined }));
    expect(inputs.filter((input) => !ears.includes(input))).toEqual([]);
  });

  it.each(MARKET_DETECTORS.map((detector) => [detector.id, detector] as const))(
    '%s survives a wild stream: every signal is well formed, clears what it fired, and repeats',
    (_, detector) => {
      const events = wild(7, 20_000);
      const [first, second] = [listen(detector), listen(detector)];
      first.send(...events);
      second.send(...events);
      expect(second.fired).toEqual(first.fired);
      expect(second.cleared).toEqual(first.cleared);
      const subjects = new Set(first.fired.map(({ subject }) => subject));
      expect(first.cleared.filter((subject) => !subjects.has(subject))).toEqual([]);
      expect(
        first.fired.filter(({ sentenceKo, sentenceEn }) => /NaN|Infinity|undefined|\?/.test(sentenceKo + sentenceEn)),
      ).toEqual([]);
    },
  );

  it.each(MARKET_DETECTORS.map((detector) => [detector.id, detector] as const))(
    '%s takes any figure within its range',
    (_, detector) => {
      for (const end of ['min', 'max'] as const) {
        const figures = Object.fromEntries(detector.params.map((param) => [param.id, param[end]]));
        const ears = listen(detector, figures);
        ears.send(...wild(11, 3_000));
        expect(ears.fired.every(({ detector: id }) => id === detector.id)).toBe(true);
      }
      const unfit = Object.fromEntries(detector.params.map((param) => [param.id, Number.NaN]));
      const [usual, given] = [listen(detector), listen(detector, unfit)];
      for (const ears of [usual, given]) ears.send(...wild(13, 3_000));
      expect(given.fired).toEqual(usual.fired);
    },
  );
});
