/** What a part of a scenario is when it is put in: complete at once, so that it can be played before anything is changed. */
import type {
  ArmedPlay,
  CriterionMeasure,
  DetectorId,
  PlayId,
  ScenarioActor,
  ScenarioCriterion,
  ScenarioDocument,
  ScenarioEvent,
  ScenarioEventKind,
  ScenarioLabel,
} from '../domain/index.ts';
import { SCENARIO_VERSION, timeOfDayMs } from '../domain/index.ts';
import { timeOfDayText } from './move.ts';

/** Where a new event stands. */
export interface EventPlace {
  readonly day: number;
  /** Time of day, "HH:MM". */
  readonly at: string;
  /** The issue it is about where it is about one. */
  readonly issue: string;
}

/** Fields of a new event beyond its kind and time; a middling case of each. */
function sample(kind: ScenarioEventKind, issue: string): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'gap':
      return { target: 'all', pct: -3 };
    case 'drift':
      return { target: 'all', pct: -5, minutes: 20 };
    case 'volatility':
      return { target: 'all', factor: 2, minutes: 30 };
    case 'liquidity':
      return { target: 'all', factor: 0.3, minutes: 30 };
    case 'oneSided':
      return { issue, side: 'buy', minutes: 10 };
    case 'viCascade':
      return { count: 1, pct: -11, everySeconds: 30 };
    case 'breaker':
      return { market: 'KOSPI', level: 1 };
    case 'sidecar':
      return { market: 'KOSPI', side: 'sell' };
    case 'halt':
      return { issue, minutes: 30 };
    case 'limitLock':
      return { issue, side: 'lower', minutes: 30 };
    case 'venueSplit':
      return { issue, pct: 3, minutes: 15 };
    case 'fx':
      return { pct: 2, minutes: 30 };
    case 'flow':
      return { group: 'foreign', market: 'KOSPI', eokKrw: -5_000, minutes: 60 };
    case 'news':
      return { title: '속보' };
    case 'latency':
      return { ms: 2_000, seconds: 60 };
    case 'silence':
      return { count: 1, taken: true };
    case 'duplicateNotices':
    case 'missNotices':
    case 'reject':
      return { count: 1 };
    case 'cutFeed':
    case 'freezeFeed':
      return { seconds: 90 };
    case 'rateStorm':
      return { seconds: 30 };
    case 'expireToken':
      return {};
    case 'maintenance':
      return { seconds: 300, as: 'html' };
    case 'columns':
      return { more: 2, seconds: 60 };
    case 'keyInText':
      return { where: 'log' };
    case 'orderBurst':
      return { issue, side: 'buy', count: 50, seconds: 5 };
    case 'clockShift':
      return { ms: 5_000, seconds: 60 };
    case 'tamper':
      return { what: 'journal' };
    case 'foreignToken':
      return { count: 1 };
  }
}

/** A new event at a place of the timeline. */
export function newEvent(kind: ScenarioEventKind, { day, at, issue }: EventPlace): ScenarioEvent {
  const when = kind === 'gap' ? {} : { at };
  return { kind, ...(day === 1 ? {} : { day }), ...when, ...sample(kind, issue) } as ScenarioEvent;
}

/** A name that no entry has yet: "rule", "rule-2" … */
export function freeName(base: string, taken: readonly (string | undefined)[]): string {
  const used = new Set(taken);
  for (let place = 1; ; place += 1) {
    const name = place === 1 ? base : `${base}-${place}`;
    if (!used.has(name)) return name;
  }
}

/** A new actor of the first account. */
export function newActor(kind: ScenarioActor['kind'], document: ScenarioDocument, place: EventPlace): ScenarioActor {
  const account = document.accounts[0]?.id ?? 'main';
  const taken = document.actors.map(({ name }) => name);
  const { at, issue } = place;
  if (kind === 'orders') {
    const order = { ...(place.day === 1 ? {} : { day: place.day }), at, issue, side: 'buy', quantity: 1 } as const;
    return { kind, name: freeName('orders', taken), account, orders: [{ ...order, price: 'market' }] };
  }
  return {
    kind,
    name: freeName('rule', taken),
    account,
    when: { measure: 'positionReturn', issue, atOrBelow: -7 },
    then: { side: 'sell', issue, percent: 50, price: 'market' },
    times: 1,
    everySeconds: 60,
  };
}

export function newPlay(play: PlayId): Pick<ArmedPlay, 'play'> {
  return { play };
}

/** A new criterion: nothing may go wrong, or within a usual bound. */
export function newCriterion(measure: CriterionMeasure, name: string, document: ScenarioDocument): ScenarioCriterion {
  switch (measure) {
    case 'maxDrawdownPct':
    case 'worstDayLossPct':
      return { name, measure, is: 'atMost', value: 15 };
    case 'endReturnPct':
      return { name, measure, is: 'atLeast', value: -10 };
    case 'leastCashKrw':
      return { name, measure, is: 'atLeast', value: 0 };
    case 'secondsToHalt':
      return { name, measure, is: 'atMost', value: 1 };
    case 'secondsToDetect': {
      const of = document.labels.find(({ required }) => required)?.detector ?? 'M01';
      return { name, measure, of, is: 'atMost', value: 20 };
    }
    case 'playsRun':
      return { name, measure, of: document.plays[0]?.play ?? 'P1', is: 'atLeast', value: 1 };
    case 'ordersSent':
      return { name, measure, is: 'atLeast', value: 1 };
    case 'ordersWhileStale':
    case 'ordersAfterHalt':
    case 'falseAlarms':
    case 'unconfirmedAtEnd':
    case 'booksDiffer':
    case 'duplicateOrders':
      return { name, measure, is: 'exactly', value: 0 };
  }
}

const LABEL_MS = 120_000;

/** What should be seen within two minutes of a time. */
export function newLabel(
  detector: DetectorId,
  { day, at }: EventPlace,
): Omit<ScenarioLabel, 'required' | 'day'> & { readonly day?: number } {
  const to = timeOfDayText(timeOfDayMs(at) + LABEL_MS);
  return { detector, ...(day === 1 ? {} : { day }), from: at, to };
}

/** A new scenario: a calm synthetic day with cash and no events. */
export function newScenario(name: string, date: string, issues: readonly string[]): ScenarioDocument {
  return {
    schemaVersion: SCENARIO_VERSION,
    name,
    summary: '',
    tags: [],
    sources: [],
    market: { kind: 'synthetic', date, days: 1, issues: [...issues], volatility: 1, liquidity: 1 },
    accounts: [{ id: 'main', cashKrw: 10_000_000, holdings: [] }],
    actors: [],
    events: [],
    detectors: 'all',
    plays: [],
    criteria: [],
    labels: [],
  };
}
