/** Turns a scenario into the story that the participants of its market are told, and into what is done around the market. */
import type {
  MarketStory,
  ScenarioDocument,
  ScenarioEvent,
  ScenarioTarget,
  StoryDay,
  StoryTarget,
} from '../domain/index.ts';
import { timeOfDayMs } from '../domain/index.ts';
import { breakerRules, sidecarRules } from '../market/index.ts';
import { Rng } from '../rng/index.ts';
import { sessionDate } from '../time/index.ts';
import type { TimedEvent } from './timeline.ts';

/** How far beyond its threshold an index is held. */
const BEYOND = 0.0015;
/** An index is held so long after a stop was due, so that it comes whatever second it is judged in. */
const AFTER_MS = 10_000;
/** Prices go to a breaker's threshold within this time. */
const APPROACH_MS = 20 * 60_000;
/** After a cascade an issue stands where it was brought. */
const CASCADE_MS = 20_000;
const PPM = 1_000_000;
const DAY_END_MS = 86_400_000;

type Building = { -readonly [Key in keyof StoryDay]: StoryDay[Key] };

function emptyDay(): Building {
  return {
    indices: { KOSPI: [], KOSDAQ: [] },
    moves: [],
    volatility: [],
    liquidity: [],
    oneSided: [],
    locks: [],
    splits: [],
    halts: [],
    heldIndices: [],
    heldFutures: [],
  };
}

const targetOf = (target: ScenarioTarget): StoryTarget =>
  target === 'all' ? 'all' : 'market' in target ? target.market : target.issue;

/** Days that a document plays. */
export function scenarioDays({ market }: ScenarioDocument): number {
  if (market.kind === 'synthetic') return market.days;
  return market.kind === 'indexPath' ? market.days.length : market.dates.length;
}

/** The story of a synthetic or index-path market; null for a replay, whose record is its story. */
export function storyOf(document: ScenarioDocument, timed: readonly TimedEvent[], seed: number): MarketStory | null {
  const { market, name } = document;
  if (market.kind === 'replay') return null;
  const days = Array.from({ length: scenarioDays(document) }, emptyDay);
  if (market.kind === 'indexPath')
    market.days.forEach((day, place) => {
      const points = (path: typeof day.KOSPI): [number, number][] =>
        (path ?? []).map(({ at, pct }) => [timeOfDayMs(at), pct / 100]);
      const into = days[place];
      if (into) into.indices = { KOSPI: points(day.KOSPI), KOSDAQ: points(day.KOSDAQ) };
    });
  for (const each of timed) {
    const day = days[each.day - 1];
    if (day) tell(day, each, document, seed);
  }
  const { volatility, liquidity } = market;
  return { title: name, days, betas: market.kind === 'indexPath' ? market.betas : {}, volatility, liquidity };
}

/** Puts one event into the story of its day; faults and security events are no part of it. */
function tell(day: Building, timed: TimedEvent, document: ScenarioDocument, seed: number): void {
  const { event, atMs, endMs } = timed;
  const span = { fromMs: atMs, toMs: Math.min(DAY_END_MS, endMs) };
  switch (event.kind) {
    case 'gap':
      day.moves.push({ fromMs: 0, toMs: 0, target: targetOf(event.target), by: event.pct / 100 });
      return;
    case 'drift':
      day.moves.push({ ...span, target: targetOf(event.target), by: event.pct / 100 });
      return;
    case 'volatility':
    case 'liquidity':
      day[event.kind].push({ ...span, target: targetOf(event.target), factor: event.factor });
      return;
    case 'oneSided':
      day.oneSided.push({ ...span, code: event.issue, side: event.side });
      return;
    case 'limitLock':
      day.locks.push({ ...span, code: event.issue, side: event.side });
      return;
    case 'venueSplit':
      day.splits.push({ ...span, code: event.issue, by: event.pct / 100 });
      return;
    case 'halt':
      day.halts.push({
        fromMs: atMs,
        toMs: event.minutes === null ? null : span.toMs,
        code: event.issue,
        reason: event.reason ?? '거래정지',
      });
      return;
    case 'viCascade':
      cascade(day, event, { atMs, document, seed });
      return;
    case 'breaker':
      breaker(day, event, atMs, document.market.kind === 'indexPath');
      return;
    case 'sidecar': {
      const rules = sidecarRules(event.market, sessionDate('2026-03-04'));
      if (!rules) return;
      const by = (Math.max(rules.futuresPpm, rules.spotPpm ?? 0) / PPM + BEYOND) * (event.side === 'sell' ? -1 : 1);
      day.heldFutures.push({ market: event.market, fromMs: atMs - rules.sustainMs, toMs: atMs + AFTER_MS, at: by });
      return;
    }
    default:
  }
}

/** Issues of the scenario one after another, in an order that the seed decides. */
function cascade(
  day: Building,
  event: Extract<ScenarioEvent, { readonly kind: 'viCascade' }>,
  from: { readonly atMs: number; readonly document: ScenarioDocument; readonly seed: number },
): void {
  const rng = Rng.from(from.seed, `cascade/${from.atMs}`);
  const left = [...from.document.market.issues];
  for (let place = 0; place < event.count && left.length > 0; place += 1) {
    const [code = ''] = left.splice(rng.int(left.length), 1);
    const fromMs = from.atMs + Math.round(place * event.everySeconds * 1_000);
    day.moves.push({ fromMs, toMs: Math.min(DAY_END_MS, fromMs + CASCADE_MS), target: code, by: event.pct / 100 });
  }
}

/** The index is held below the threshold for as long as the rule asks; without a path prices go there as well. */
function breaker(
  day: Building,
  event: Extract<ScenarioEvent, { readonly kind: 'breaker' }>,
  atMs: number,
  hasPath: boolean,
): void {
  const rules = breakerRules(event.market, sessionDate('2026-03-04'));
  const level = rules?.levels.find((each) => each.level === event.level);
  if (!rules || !level) return;
  const at = -(level.dropPpm / PPM + BEYOND);
  const fromMs = atMs - rules.sustainMs;
  day.heldIndices.push({ market: event.market, fromMs, toMs: atMs + AFTER_MS, at });
  if (hasPath) return;
  const before = day.moves.filter(({ target }) => target === event.market).reduce((sum, { by }) => sum + by, 0);
  if (before > at)
    day.moves.push({ fromMs: Math.max(0, fromMs - APPROACH_MS), toMs: fromMs, target: event.market, by: at - before });
}
