/** Events a second through all detectors, beside the same detectors on an EventEmitter with an event for each kind. */
import { EventEmitter } from 'node:events';
import { Rng } from '#shared/rng/index.ts';
import {
  ALL_DETECTORS,
  ThreatEngine,
  type Detector,
  type IssueEvent,
  type Mouth,
  type ThreatEvent,
} from '#shared/threats/index.ts';

const SEED = 20_261_127;
const ISSUES = 20;
const EVENTS = 1_000_000;
const TURNS = 5;
/** 2026-11-27 10:00 in Seoul: continuous trading. */
const OPEN_TS = 1_795_741_200_000;
/** Five thousand events a second of the market: a lively hour for twenty issues on two venues. */
const EVENTS_A_MS = 5;
const LEVELS = 10;
const TICK = 100;
const TARGET = 2_000_000;

/** One text for each issue, as the tap has them: its events carry the id under which the issue is watched. */
const IDS = Array.from({ length: ISSUES }, (_, issue) => `KRX:${String(100_000 + issue)}`);
const idOf = (issue: number): string => IDS[issue] as string;

function issueOf(issue: number, rng: Rng): IssueEvent {
  const base = 50_000 + issue * 1_000;
  let close = base;
  const closes = Array.from({ length: 750 }, () => (close = Math.round(close * (1 + rng.normal() * 0.015)))).reverse();
  return {
    kind: 'issue',
    ts: OPEN_TS,
    id: idOf(issue),
    nameKo: `종목${issue}`,
    market: issue % 3 === 0 ? 'KOSDAQ' : 'KOSPI',
    sector: `업종${issue % 5}`,
    base,
    upper: base * 1.3,
    lower: base * 0.7,
    dynamicViPpm: 30_000,
    staticViPpm: 100_000,
    viReference: base,
    tick: TICK,
    averageVolume: 20_000_000,
    minuteVolumes: Array.from({ length: 391 }, () => 50_000),
    usualDepth: 20_000,
    usualSpreadTicks: 1,
    closes,
    flags: [],
    lively: true,
    followed: true,
  };
}

/** What comes before the market: issues, indices, an account that holds ten of the issues, an open market. */
function opening(rng: Rng): ThreatEvent[] {
  const issues = Array.from({ length: ISSUES }, (_, issue) => issueOf(issue, rng));
  const at = { ts: OPEN_TS } as const;
  return [
    ...issues,
    ...(['KRX', 'NXT'] as const).map((venue): ThreatEvent => ({
      ...at,
      kind: 'phase',
      venue,
      phase: 'continuous',
      id: null,
    })),
    ...(['KOSPI', 'KOSDAQ'] as const).map((market): ThreatEvent => ({
      ...at,
      kind: 'indexHistory',
      market,
      medianRange30Ppm: 6_000,
      closes: [],
    })),
    {
      ...at,
      kind: 'account',
      accountId: 'bench',
      equityKrw: 100_000_000,
      dayStartKrw: 100_000_000,
      peakKrw: 100_000_000,
      buyingPowerKrw: 50_000_000,
      cashD2Krw: 50_000_000,
      positions: issues.slice(0, 10).map(({ id, sector, base }) => ({
        id,
        sector,
        quantity: Math.floor(5_000_000 / base),
        valueKrw: 5_000_000,
        costKrw: 5_000_000,
      })),
    },
    { ...at, kind: 'line', state: 'up' },
  ];
}

function levels(best: number, step: number, rng: Rng): number[] {
  const made: number[] = [];
  for (let level = 0; level < LEVELS; level += 1) made.push(best + level * step, 1_000 + rng.int(4_000));
  return made;
}

/** A calm market: 54 % trades, 44 % books of ten levels, 2 % index and futures, a clock every second. */
function market(rng: Rng): ThreatEvent[] {
  const prices = Array.from({ length: ISSUES }, (_, issue) => 50_000 + issue * 1_000);
  const ppm = { KOSPI: 0, KOSDAQ: 0 };
  const events: ThreatEvent[] = [];
  for (let n = 0; n < EVENTS; n += 1) {
    const ts = OPEN_TS + Math.floor(n / EVENTS_A_MS);
    const dice = rng.int(100);
    const issue = rng.int(ISSUES);
    const id = idOf(issue);
    const venue = rng.int(4) === 0 ? 'NXT' : 'KRX';
    const base = 50_000 + issue * 1_000;
    if (n % (1_000 * EVENTS_A_MS) === 0) events.push({ kind: 'clock', ts });
    else if (dice < 54) {
      // One tick now and then, back towards the base: the day is calm.
      if (rng.int(40) === 0) {
        const up = rng.int(1_000) < 500 - ((prices[issue] as number) - base) / 4;
        prices[issue] = (prices[issue] as number) + (up ? TICK : -TICK);
      }
      const side = rng.int(2) === 0 ? 'buy' : 'sell';
      events.push({ kind: 'trade', ts, id, venue, price: prices[issue] as number, quantity: 1 + rng.int(20), side });
    } else if (dice < 98) {
      const price = prices[issue] as number;
      events.push({
        kind: 'book',
        ts,
        id,
        venue,
        bids: levels(price, -TICK, rng),
        asks: levels(price + TICK, TICK, rng),
      });
    } else {
      const side = rng.int(2) === 0 ? 'KOSPI' : 'KOSDAQ';
      ppm[side] += rng.int(21) - 10;
      events.push({ kind: dice === 98 ? 'index' : 'futures', ts, market: side, ppm: ppm[side] });
    }
  }
  return events;
}

interface Run {
  readonly rate: number;
  readonly fired: number;
}

function timed(
  first: readonly ThreatEvent[],
  events: readonly ThreatEvent[],
  take: (event: ThreatEvent) => void,
): number {
  for (const event of first) take(event);
  const startedMs = performance.now();
  for (const event of events) take(event);
  return (events.length / (performance.now() - startedMs)) * 1_000;
}

function ours(first: readonly ThreatEvent[], events: readonly ThreatEvent[]): Run {
  let fired = 0;
  const engine = new ThreatEngine({
    detectors: ALL_DETECTORS,
    listener: { signal: ({ state }) => void (fired += state === 'fired' ? 1 : 0) },
  });
  const rate = timed(first, events, (event) => engine.take(event));
  const off = [...engine.states()].filter(([, state]) => state !== 'on').map(([id, state]) => `${id} ${state}`);
  if (off.length > 0 || engine.dropped > 0) throw new Error(`not all took part: ${off.join(', ')} ${engine.dropped}`);
  return { rate, fired };
}

function peer(first: readonly ThreatEvent[], events: readonly ThreatEvent[]): Run {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let fired = 0;
  const mouth: Mouth = { fire: () => void (fired += 1), clear: () => undefined };
  const figures = ({ params }: Detector): Record<string, number> =>
    Object.fromEntries(params.map(({ id, initial }) => [id, initial]));
  for (const detector of ALL_DETECTORS)
    for (const [kind, ear] of Object.entries(detector.watch(figures(detector), mouth)))
      emitter.on(kind, ear as (event: ThreatEvent) => void);
  return { rate: timed(first, events, (event) => void emitter.emit(event.kind, event)), fired };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export const bench = {
  name: 'threats',
  run() {
    const rng = Rng.from(SEED);
    const [first, events] = [opening(rng.fork('opening')), market(rng.fork('market'))];
    const [mine, theirs]: [Run[], Run[]] = [[], []];
    // In turns, so that what else the machine does meets both.
    for (let turn = 0; turn < TURNS; turn += 1) {
      mine.push(ours(first, events));
      theirs.push(peer(first, events));
    }
    const [run, other] = [mine[0], theirs[0]];
    if (!run || !other || run.fired !== other.fired)
      throw new Error(`engine and peer disagree: ${run?.fired} and ${other?.fired} fired`);
    const rate = median(mine.map((each) => each.rate));
    return Promise.resolve({
      measured: `${ALL_DETECTORS.length} detectors on, ${ISSUES} issues, ${EVENTS} events, ${run.fired} fired, median of ${TURNS}`,
      rows: [
        { metric: 'engine', value: rate, unit: 'events/s', target: '≥ 2,000,000', pass: rate >= TARGET },
        {
          metric: 'peer: an EventEmitter event for each kind, nothing checked',
          value: median(theirs.map((each) => each.rate)),
          unit: 'events/s',
          target: '—',
          pass: true,
        },
      ],
    });
  },
};
