/** Tells the participants of a synthetic day what the story does to an issue at an instant, and the exchange what it does to venues. */
import type { Market, MarketStory, Side, StoryDay, StoryTarget } from '../../domain/index.ts';
import { epochMs, kstInstant, type EpochMs, type SessionDate } from '../../time/index.ts';
import type { Exchange } from '../exchange.ts';

/** The story of one day, with what holds on all of them. Plain data. */
export interface StoryToday {
  readonly day: StoryDay;
  readonly betas: MarketStory['betas'];
  readonly volatility: number;
  readonly liquidity: number;
}

/** The indices are told so often while they are the story's. */
const INDEX_EVERY_MS = 1_000;
const PPM = 1_000_000;
const INDICES = ['KOSPI', 'KOSDAQ'] as const;
type IndexMarket = (typeof INDICES)[number];

const isIndex = (market: Market): market is IndexMarket => market !== 'KONEX';

/** An issue as the story sees it. */
export interface StoryIssue {
  readonly code: string;
  readonly market: Market;
  readonly beta: number;
}

function concerns(target: StoryTarget, { code, market }: StoryIssue): boolean {
  return target === 'all' || target === market || target === code;
}

/** Value of a path at a time of day: flat before its first point and after its last. */
function along(path: readonly (readonly [number, number])[], ms: number): number {
  let before = path[0];
  for (const point of path) {
    if (point[0] > ms) {
      const [fromMs, from] = before ?? point;
      return point[0] === fromMs ? from : from + ((point[1] - from) * (ms - fromMs)) / (point[0] - fromMs);
    }
    before = point;
  }
  return before?.[1] ?? 0;
}

const during = <Span extends { readonly fromMs: number; readonly toMs: number }>(spans: readonly Span[], ms: number) =>
  spans.find(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);

/** How much of a move has happened. */
function part({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }, ms: number): number {
  if (ms < fromMs) return 0;
  return ms >= toMs ? 1 : (ms - fromMs) / (toMs - fromMs);
}

/** Where an index is held at a time of day; undefined: it is not. */
const held = (spans: StoryDay['heldIndices'], market: Market, ms: number) =>
  during(
    spans.filter((each) => each.market === market),
    ms,
  );

/** The index of a market at a time of day (milliseconds) as the story alone tells it, a fraction of the previous close. */
export function storyIndex(day: StoryDay, market: IndexMarket, ms: number): number {
  const at = held(day.heldIndices, market, ms)?.at;
  if (at !== undefined) return at;
  let moved = 0;
  for (const move of day.moves) if (move.target === 'all' || move.target === market) moved += part(move, ms) * move.by;
  return along(day.indices[market], ms) + moved;
}

/** What the story does to one issue; only what concerns it is looked through. */
export class IssueStory {
  readonly #issue: StoryIssue;
  readonly #midnight: number;
  readonly #today: StoryToday;
  readonly #path: readonly (readonly [number, number])[] | null;
  readonly #moves: StoryDay['moves'];
  readonly #volatility: StoryDay['volatility'];
  readonly #liquidity: StoryDay['liquidity'];
  readonly #oneSided: StoryDay['oneSided'];
  readonly #locks: StoryDay['locks'];
  readonly #splits: StoryDay['splits'];
  /** The index is the story's: the market's own draws do not move this issue. */
  readonly ownsIndex: boolean;

  constructor(today: StoryToday, issue: StoryIssue, midnight: number) {
    const { day, betas } = today;
    this.#today = today;
    this.#issue = { ...issue, beta: betas[issue.code] ?? issue.beta };
    this.#midnight = midnight;
    const mine = <Item extends { readonly target: StoryTarget }>(items: readonly Item[]): Item[] =>
      items.filter(({ target }) => concerns(target, issue));
    const own = <Item extends { readonly code: string }>(items: readonly Item[]): Item[] =>
      items.filter(({ code }) => code === issue.code);
    const path = isIndex(issue.market) ? day.indices[issue.market] : [];
    this.#path = path.length > 0 ? path : null;
    this.ownsIndex = this.#path !== null;
    this.#moves = mine(day.moves);
    this.#volatility = mine(day.volatility);
    this.#liquidity = mine(day.liquidity);
    this.#oneSided = own(day.oneSided);
    this.#locks = own(day.locks);
    this.#splits = own(day.splits);
  }

  #ms(ts: number): number {
    return ts - this.#midnight;
  }

  /** What index and events have moved it from the base price, a fraction. Events of markets count by the issue's beta. */
  move(ts: number): number {
    const ms = this.#ms(ts);
    const { beta, code } = this.#issue;
    let sum = this.#path === null ? 0 : beta * along(this.#path, ms);
    for (const move of this.#moves) sum += part(move, ms) * move.by * (move.target === code ? 1 : 0.5 + 0.5 * beta);
    return sum;
  }

  /** How much livelier its own moves are. */
  volatility(ts: number): number {
    const ms = this.#ms(ts);
    let factor = this.#today.volatility;
    for (const each of this.#volatility) if (ms >= each.fromMs && ms < each.toMs) factor *= each.factor;
    return factor;
  }

  /** How much deeper its book is. */
  liquidity(ts: number): number {
    const ms = this.#ms(ts);
    let factor = this.#today.liquidity;
    for (const each of this.#liquidity) if (ms >= each.fromMs && ms < each.toMs) factor *= each.factor;
    return factor;
  }

  /** The side that nobody quotes; null: both are quoted. */
  missingSide(ts: number): Side | null {
    const lock = this.lock(ts);
    if (lock !== null) return lock === 'upper' ? 'sell' : 'buy';
    return during(this.#oneSided, this.#ms(ts))?.side ?? null;
  }

  lock(ts: number): 'upper' | 'lower' | null {
    return during(this.#locks, this.#ms(ts))?.side ?? null;
  }

  /** How far NXT stands from KRX, a fraction; 0: together. */
  split(ts: number): number {
    return during(this.#splits, this.#ms(ts))?.by ?? 0;
  }
}

/** What is done to the exchange itself at an instant. */
interface VenueAct {
  readonly ts: number;
  readonly halt: string | null;
  readonly resume: string | null;
  readonly reason: string;
}

/** Plain data: where the guide stands. */
export interface GuideSnapshot {
  readonly indexTs: number;
  readonly acted: number;
}

/** What a guide works with. */
interface GuideParts {
  readonly today: StoryToday;
  readonly exchange: Exchange;
  readonly date: SessionDate;
  /** Before the open there is no index. */
  readonly openTs: number;
  /** What a market would have moved by itself, a fraction. */
  readonly natural: (market: Market, ts: number) => number;
}

/** Moves indices and halts along the story. */
export class StoryGuide {
  readonly #today: StoryToday;
  readonly #exchange: Exchange;
  readonly #natural: (market: Market, ts: number) => number;
  readonly #midnight: number;
  readonly #acts: readonly VenueAct[];
  #indexTs: number;
  #acted: number;

  constructor(parts: GuideParts, from?: GuideSnapshot) {
    const { today, exchange, date, natural } = parts;
    this.#today = today;
    this.#natural = natural;
    this.#exchange = exchange;
    this.#midnight = kstInstant(date, 0);
    const listed = today.day.halts.filter(({ code }) => exchange.has(code));
    this.#acts = listed
      .flatMap(({ code, fromMs, toMs, reason }): VenueAct[] => [
        { ts: this.#midnight + fromMs, halt: code, resume: null, reason },
        ...(toMs === null ? [] : [{ ts: this.#midnight + toMs, halt: null, resume: code, reason }]),
      ])
      .sort((a, b) => a.ts - b.ts);
    this.#indexTs = from?.indexTs ?? parts.openTs;
    this.#acted = from?.acted ?? 0;
  }

  get midnight(): number {
    return this.#midnight;
  }

  /** When it acts next. */
  get nextTs(): number {
    return Math.min(this.#indexTs, this.#acts[this.#acted]?.ts ?? Number.POSITIVE_INFINITY);
  }

  snapshot(): GuideSnapshot {
    return { indexTs: this.#indexTs, acted: this.#acted };
  }

  /** What an issue is told. */
  ofIssue(issue: StoryIssue): IssueStory {
    return new IssueStory(this.#today, issue, this.#midnight);
  }

  /** Does what is due at this instant; the exchange's clock stands there. */
  act(ts: number): void {
    for (let next = this.#acts[this.#acted]; next && next.ts <= ts; next = this.#acts[this.#acted]) {
      this.#acted += 1;
      if (next.halt !== null) this.#exchange.halt({ code: next.halt, note: next.reason });
      if (next.resume !== null) this.#exchange.resume({ code: next.resume });
    }
    if (this.#indexTs > ts) return;
    this.#indexTs = ts + INDEX_EVERY_MS;
    for (const market of INDICES) {
      const change = this.index(market, epochMs(ts));
      if (change !== null) this.#exchange.setIndex({ market, changePpm: Math.round(PPM * change) });
    }
  }

  /** The index by the story, a fraction; null: there is none of that market. */
  index(market: Market, ts: EpochMs): number | null {
    if (!isIndex(market)) return null;
    const { day } = this.#today;
    const ms = ts - this.#midnight;
    const told = storyIndex(day, market, ms);
    // A few issues make no market: without a path of its own the index is what model and events make of it.
    const whole = day.indices[market].length > 0 || held(day.heldIndices, market, ms) !== undefined;
    return whole ? told : this.#natural(market, ts) + told;
  }

  /** The futures by the story, a fraction; null: they follow the index. */
  futures(market: Market, ts: EpochMs): number | null {
    return held(this.#today.day.heldFutures, market, ts - this.#midnight)?.at ?? null;
  }
}
