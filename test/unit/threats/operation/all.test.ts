/** All detectors of accounts and operation: what they say of themselves, that nothing makes them throw or speak nonsense, and that a calm day is quiet. */
import { describe, expect, it } from 'vitest';
import { atLeastAsSevere, DETECTOR_IDS, type InstrumentId } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { PHASES } from '#shared/time/index.ts';
import { ACCOUNT_DETECTORS } from '#shared/threats/detectors/account/index.ts';
import { OPERATION_DETECTORS } from '#shared/threats/detectors/operation/index.ts';
import type { EventOf, ThreatEvent } from '#shared/threats/events.ts';
import { account, fill, holding, order } from '../account/makers.ts';
import { at, BAD, book, issue, levels, listen, phase, trade } from '../market/listening.ts';

const ALL = [...ACCOUNT_DETECTORS, ...OPERATION_DETECTORS];
const BY_ID = ALL.map((detector) => [detector.id, detector] as const);
const IDS = ['KRX:005930', 'KRX:000660', 'KRX:035720', 'KRX:999999'] as InstrumentId[];
const STEPS: readonly EventOf<'order'>['step'][] = [
  'asked',
  'cancelAsked',
  'replaceAsked',
  'created',
  'denied',
  'submitting',
  'unconfirmed',
  'accepted',
  'partiallyFilled',
  'filled',
  'canceled',
  'expired',
  'rejected',
];

/** A stream of the worst: wild figures, unknown orders and issues, gaps of hours, new days, any phase. */
function wild(seed: number, count: number): ThreatEvent[] {
  const rng = Rng.from(seed, 'wild');
  let ts = at('08:00:00');
  const one = <T>(list: readonly T[]): T => list[rng.int(list.length)] as T;
  const some = (usual: () => number): number => (rng.chance(0.1) ? one([...BAD, 1e300]) : usual());
  const price = (): number => some(() => 50_000 + rng.int(40_000));
  const won = (): number => some(() => 5_000_000 + rng.int(10_000_000));
  const id = (): InstrumentId => one(IDS);
  const accountId = (): string => one(['main', 'two', '', 'x'.repeat(200)]);
  let made = 0;
  const orderId = (): string => one(['', `o${rng.int(50)}`, `n${(made += 1)}`, `n${(made += 1)}`]);
  const makers: readonly (() => ThreatEvent)[] = [
    () => ({
      ...issue({ ts, id: one(IDS.slice(0, 3)), lively: rng.chance(0.5), followed: rng.chance(0.5) }),
      tick: some(() => 100),
      averageVolume: one([null, some(() => 100_000)]),
      closes: Array.from({ length: rng.int(300) }, rng.chance(0.5) ? price : () => 70_000 + rng.int(1_000)),
      nameKo: one(['', '가', '긴 이름'.repeat(40)]),
      flags: rng.chance(0.2) ? ['halted'] : [],
    }),
    () => phase(ts, one(PHASES), { venue: one(['KRX', 'NXT'] as const), id: one([null, ...IDS]) }),
    () => ({ kind: 'vi', ts, id: id(), on: rng.chance(0.5), cause: null }),
    () =>
      account(ts, {
        accountId: accountId(),
        equityKrw: won(),
        dayStartKrw: won(),
        peakKrw: won(),
        buyingPowerKrw: won() - 5_000_000,
        cashD2Krw: won() - 6_000_000,
        positions: Array.from({ length: rng.int(4) }, () =>
          holding(won() / 4, {
            id: id(),
            quantity: some(() => 10),
            sector: one([null, '', '반도체', '긴'.repeat(90)]),
          }),
        ),
      }),
    () =>
      order(ts, {
        accountId: accountId(),
        orderId: orderId(),
        id: id(),
        side: one(['buy', 'sell'] as const),
        price: one([null, 70_000, price()]),
        quantity: some(() => one([1, 2, 50])),
        step: one(STEPS),
        gesture: one([null, 'g1', 'g2']),
      }),
    () =>
      fill(ts, {
        accountId: accountId(),
        orderId: orderId(),
        execId: one(['', `e${rng.int(50)}`]),
        price: price(),
        quantity: some(() => 10),
        cumulativeQty: some(() => 10),
        orderQty: some(() => 10),
        realisedKrw: one([null, some(() => -100_000)]),
        stop: rng.chance(0.3),
      }),
    () => ({
      kind: 'reconcile',
      ts,
      accountId: accountId(),
      id: id(),
      deskQty: some(() => rng.int(3)),
      brokerQty: some(() => rng.int(3)),
    }),
    () => ({ kind: 'line', ts, state: one(['up', 'up', 'down'] as const) }),
    () => ({ kind: 'skew', ts, offsetMs: some(() => one([0, 700, -3_000, 9 * 3_600_000])) }),
    () => ({
      kind: 'token',
      ts,
      what: one(['issued', 'foreign', 'refused', 'expires'] as const),
      expiresTs: one([null, some(() => ts + 300_000)]),
    }),
    () => ({
      kind: 'schema',
      ts,
      channel: one(['', 'H0STCNT0', 'c'.repeat(300)]),
      expected: some(() => 26),
      got: price(),
    }),
    () => ({
      kind: 'text',
      ts,
      where: one(['log', 'export', 'clipboard', 'file', 'crash'] as const),
      text: one(['', '50123456-01', 'x'.repeat(5_000), `appkey=${'aB1'.repeat(12)}`]),
    }),
    () => ({ kind: 'program', ts, what: one(['rateLimited', 'reconnect', 'walMb'] as const), value: price() }),
  ];
  let burst = 0;
  return Array.from({ length: count }, () => {
    if (rng.chance(0.001)) burst = 8;
    burst -= 1;
    if (burst > 0) return order(ts, { orderId: `b${(made += 1)}` });
    if (rng.chance(0.4)) ts += rng.chance(0.005) ? 8 * 3_600_000 : rng.int(1_500);
    const dice = rng.int(100);
    if (dice < 15) return trade(ts, price(), { id: id(), quantity: price() });
    if (dice < 30) return book(ts, [price(), price()], [price(), price(), price()], { id: id() });
    if (dice < 60) return { kind: 'clock', ts };
    return one(makers)();
  });
}

describe('the detectors of accounts and operation', () => {
  it('are the seventeen of the catalogue, in its order', () => {
    expect(ALL.map(({ id }) => id)).toEqual(DETECTOR_IDS.filter((id) => !id.startsWith('M')));
  });

  it.each(BY_ID)('%s explains itself', (_, detector) => {
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
    const hot = ears.filter((kind) => kind === 'trade' || kind === 'book');
    expect(hot).toEqual({ O01: ['book'], O06: ['trade', 'book'] }[detector.id as string] ?? []);
  });

  it.each(BY_ID)(
    '%s survives a wild stream: every signal is well formed, clears what it fired, and repeats',
    (_, detector) => {
      const events = wild(7, 30_000);
      const [first, second] = [listen(detector), listen(detector)];
      first.send(...events);
      second.send(...events);
      expect(first.fired.length).toBeGreaterThan(0);
      expect(second.fired).toEqual(first.fired);
      expect(second.cleared).toEqual(first.cleared);
      const subjects = new Set(first.fired.map(({ subject }) => subject));
      expect(first.cleared.filter((subject) => !subjects.has(subject))).toEqual([]);
      expect(first.cleared.length).toBeLessThanOrEqual(first.fired.length);
      const told = first.fired.map(({ sentenceKo, sentenceEn }) => sentenceKo + sentenceEn);
      expect(told.filter((sentence) => /NaN|Infinity|undefined|\?|null/.test(sentence))).toEqual([]);
    },
  );

  it.each(BY_ID)('%s takes any figure within its range, and its own for what is none', (_, detector) => {
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
  });
});

/** A calm day of an account with three holdings: prices wander by half a percent, a few orders are placed and filled. */
function calm(seed: number): ThreatEvent[] {
  const rng = Rng.from(seed, 'calm');
  const [start, end] = [at('09:00:00'), at('15:20:00')];
  const ids = IDS.slice(0, 3);
  const events: ThreatEvent[] = ids.map((id) =>
    issue({
      ts: start - 3_600_000,
      id,
      averageVolume: 5_000_000,
      closes: Array.from({ length: 300 }, () => 70_000 * (1 + (rng.int(41) - 20) / 1_000)),
    }),
  );
  events.push({ kind: 'line', ts: start - 600_000, state: 'up' }, phase(start, 'continuous'));
  events.push({ kind: 'token', ts: start - 600_000, what: 'issued', expiresTs: start + 20 * 3_600_000 });
  let equity = 10_000_000;
  for (let ts = start; ts < end; ts += 1_000) {
    for (const id of ids)
      if (rng.chance(0.7))
        events.push(trade(ts, 70_000, { id }), book(ts, levels(70_000, -100, 500), levels(70_100, 100, 500), { id }));
    equity += rng.int(401) - 200;
    const second = (ts - start) / 1_000;
    if (second % 5 === 0) {
      const positions = ids.map((id, i) =>
        holding(Math.round(equity * (0.5 - 0.12 * i)), { id, sector: i < 2 ? '반도체' : null }),
      );
      events.push(account(ts, { equityKrw: equity, positions, buyingPowerKrw: 100_000, cashD2Krw: 100_000 }));
    }
    if (second % 30 === 0) {
      events.push({ kind: 'skew', ts, offsetMs: rng.int(300) - 150 });
      for (const id of ids) events.push({ kind: 'reconcile', ts, accountId: 'main', id, deskQty: 10, brokerQty: 10 });
      events.push({
        kind: 'text',
        ts,
        where: 'log',
        text: `order o${second} accepted in ${rng.int(90)} ms at 20261124-01`,
      });
    }
    if (second % 1_800 === 900) {
      const one = order(ts, { gesture: `g${second}`, quantity: 5 + rng.int(10) });
      events.push(one, { ...one, step: 'submitting' }, { ...one, step: 'accepted' });
      events.push(
        fill(ts, { orderId: one.orderId, quantity: one.quantity, orderQty: one.quantity, cumulativeQty: one.quantity }),
      );
      events.push({ ...one, step: 'filled' });
    }
    events.push({ kind: 'clock', ts });
  }
  return events;
}

describe('a calm day', () => {
  it.each([1, 2, 3])('raises nothing of severity M or more (seed %i)', (seed) => {
    const events = calm(seed);
    const alarms = ALL.flatMap((detector) => {
      const ears = listen(detector);
      ears.send(...events.slice(0, 100_000));
      ears.send(...events.slice(100_000));
      return ears.fired;
    });
    expect(alarms.filter(({ severity }) => atLeastAsSevere(severity, 'M')).map(({ sentenceKo }) => sentenceKo)).toEqual(
      [],
    );
    // What is held and how little cash is left are told once, as notes.
    expect(alarms.map(({ detector }) => detector)).toEqual(['A03', 'A06']);
  });
});
