/** What a scenario does to prices at its worst, as one shock: for asking what holdings would come to in it. */
import { krxId, type InstrumentId, type MarketStory, type ScenarioDocument } from '../domain/index.ts';
import { storyIndex } from '../exchange/index.ts';
import { storyOf } from './story.ts';
import { timelineOf } from './timeline.ts';

type IndexName = 'KOSPI' | 'KOSDAQ';

/** Changes from the close before the first day, percent. What chance adds is not in it. */
export interface ScenarioShock {
  /** Of the indices at the moment at which both are lowest together; null: the scenario has paths, and none of this index. */
  readonly kospiPct: number | null;
  readonly kosdaqPct: number | null;
  /** Of the issues of which the scenario says something of its own, each at its lowest. */
  readonly issues: Readonly<Record<InstrumentId, number>>;
}

const FROM_MS = 28_800_000;
const TO_MS = 72_000_000;
const STEP_MS = 60_000;
const INSTANTS = Array.from({ length: (TO_MS - FROM_MS) / STEP_MS + 1 }, (_, place) => FROM_MS + place * STEP_MS);
/** A day's limit, as a part of the base. @source resources/krx/price-limits.json (30 % since 2015) */
const LIMIT = 0.3;

const percent = (part: number): number => Math.max(-100, Math.round((part - 1) * 10_000) / 100);

/** The worst of all days of a scenario; null: a replay, whose record is its way. `marketOf`: whose index an issue follows. */
export function shockOf(
  document: ScenarioDocument,
  marketOf: (code: string) => IndexName | null,
): ScenarioShock | null {
  // Which issues a cascade takes is up to the seed: the first stands for all.
  const story = storyOf(document, timelineOf(document), 1);
  if (!story) return null;
  const worst = worstOf(story);
  const says = (market: IndexName): boolean => document.market.kind !== 'indexPath' || isTold(story, market);
  const issues = Object.fromEntries(
    document.market.issues.flatMap((code) => {
      const own = ownWorst(story, code);
      const beta = story.betas[code];
      const market = marketOf(code);
      // Its own move alone, where it follows no index that is told of.
      if (own === null && beta === undefined) return [];
      const along = market !== null && says(market) ? worst[market] - 1 : 0;
      return [[krxId(code), percent((1 + along * (beta ?? 1)) * (own ?? 1))] as const];
    }),
  );
  return {
    kospiPct: says('KOSPI') ? percent(worst.KOSPI) : null,
    kosdaqPct: says('KOSDAQ') ? percent(worst.KOSDAQ) : null,
    issues,
  };
}

/** true: it moves no price, as scenarios about the line and the keys. */
export function movesNothing({ kospiPct, kosdaqPct, issues }: ScenarioShock): boolean {
  return (kospiPct ?? 0) === 0 && (kosdaqPct ?? 0) === 0 && Object.values(issues).every((pct) => pct === 0);
}

function isTold({ days }: MarketStory, market: IndexName): boolean {
  return days.some(
    ({ indices, moves, heldIndices }) =>
      indices[market].length > 0 ||
      moves.some(({ target }) => target === 'all' || target === market) ||
      heldIndices.some((held) => held.market === market),
  );
}

/** Both indices, as parts of the close before the first day, at the moment at which they are lowest together. */
function worstOf({ days }: MarketStory): Readonly<Record<IndexName, number>> {
  let before = { KOSPI: 1, KOSDAQ: 1 };
  let worst = before;
  for (const day of days) {
    const at = (ms: number): typeof before => ({
      KOSPI: before.KOSPI * (1 + storyIndex(day, 'KOSPI', ms)),
      KOSDAQ: before.KOSDAQ * (1 + storyIndex(day, 'KOSDAQ', ms)),
    });
    for (const ms of INSTANTS) {
      const now = at(ms);
      if (now.KOSPI + now.KOSDAQ < worst.KOSPI + worst.KOSDAQ) worst = now;
    }
    before = at(TO_MS);
  }
  return worst;
}

/** An issue apart from its index, at its lowest; null: nothing is said of it. */
function ownWorst({ days }: MarketStory, code: string): number | null {
  let [now, worst, isSaid] = [1, 1, false];
  for (const { moves, locks } of days) {
    const mine = moves.filter(({ target }) => target === code);
    const lock = locks.find((each) => each.code === code);
    if (!lock && mine.length === 0) continue;
    isSaid = true;
    const moved = mine.reduce((sum, { by }) => sum + by, 0);
    const wanted = lock ? (lock.side === 'lower' ? -LIMIT : LIMIT) : moved;
    now *= 1 + Math.max(-LIMIT, Math.min(LIMIT, wanted));
    worst = Math.min(worst, now);
  }
  return isSaid ? worst : null;
}
