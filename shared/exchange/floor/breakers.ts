/** Market-wide stops by the index: circuit breakers (서킷브레이커), judged every second of the regular session. */
import type { Market } from '../../domain/index.ts';
import { breakerRules, type BreakerLevel, type BreakerRules } from '../../market/index.ts';
import type { Floor } from './floor.ts';
import type { Halts } from './halts.ts';

/** One market's breaker as plain data. Index changes in parts per million of the previous close; 0 for an instant not set. */
export interface BreakerState {
  readonly market: Market;
  /** As told by `setIndex`; null where the listed issues' prices say it. */
  givenPpm: number | null;
  /** Since when the next level's condition has held without a break. */
  sinceTs: number;
  /** Levels triggered today, with the index change at each. */
  readonly used: { readonly level: 1 | 2 | 3; readonly changePpm: number }[];
  /** The halt under way and the level it belongs to. */
  level: 0 | 1 | 2 | 3;
  haltUntilTs: number;
}

export class Breakers {
  readonly #floor: Floor;
  readonly #halts: Halts;
  readonly #rules: ReadonlyMap<Market, BreakerRules>;
  #states: BreakerState[];

  constructor(floor: Floor, halts: Halts, markets: readonly Market[]) {
    const { date, breakers = true } = floor.options;
    this.#floor = floor;
    this.#halts = halts;
    const rules = markets.flatMap((market) => {
      const rule = breakers ? breakerRules(market, date) : null;
      return rule ? [[market, rule] as const] : [];
    });
    this.#rules = new Map(rules);
    this.#states = markets.map((market) => ({
      market,
      givenPpm: null,
      sinceTs: 0,
      used: [],
      level: 0,
      haltUntilTs: 0,
    }));
  }

  get states(): readonly BreakerState[] {
    return this.#states;
  }

  restore(states: readonly BreakerState[]): void {
    this.#states = states.map((state) => ({ ...state, used: [...state.used] }));
  }

  /** The index as known from elsewhere. */
  setIndex(market: Market, changePpm: number): void {
    const state = this.#states.find((each) => each.market === market);
    if (state) state.givenPpm = changePpm;
  }

  /** Change of a market's index from the previous close, parts per million; null where it is not known. */
  changePpm(state: BreakerState): number | null {
    if (state.givenPpm !== null || this.#floor.options.index === 'given') return state.givenPpm;
    return this.#floor.caps.get(state.market)?.changePpm ?? null;
  }

  /** Judges all markets at this instant. */
  judge(): void {
    for (const state of this.#states) {
      const rules = this.#rules.get(state.market);
      if (rules && state.level === 0) this.#judge(state, rules);
    }
  }

  /** The next step of a market's breaker is due: the halt ends and reopening begins. */
  step(place: number): void {
    const state = this.#states[place];
    const rules = state && this.#rules.get(state.market);
    if (!rules || state.level === 0) return;
    const { market } = state;
    const level = rules.levels.find((each) => each.level === state.level);
    state.level = 0;
    state.haltUntilTs = 0;
    for (const board of this.#floor.boardsOf(market)) {
      if (board.venue === 'KRX' && board.own?.kind === 'circuitBreaker') {
        this.#halts.reopenMarket(board, level?.auctionMs ?? 0);
      }
    }
  }

  /** The end of the halt under way in a market, for an issue that is let go meanwhile; null for none. */
  haltOf(market: Market): { readonly level: 1 | 2 | 3; readonly untilTs: number } | null {
    const state = this.#states.find((each) => each.market === market);
    return state && state.level !== 0 ? { level: state.level, untilTs: state.haltUntilTs } : null;
  }

  #judge(state: BreakerState, rules: BreakerRules): void {
    const { now } = this.#floor;
    const changePpm = this.changePpm(state);
    const next = rules.levels.find((each) => !state.used.some((used) => used.level >= each.level));
    if (changePpm === null || !next || !this.#inTime(next, rules) || !fallen(changePpm, next, state)) {
      state.sinceTs = 0;
      return;
    }
    if (state.sinceTs === 0) state.sinceTs = now;
    if (now - state.sinceTs >= rules.sustainMs) this.#trigger(state, next, changePpm);
  }

  #inTime(level: BreakerLevel, rules: BreakerRules): boolean {
    const { KRX } = this.#floor.days;
    const open = KRX.partOf('continuous');
    const close = KRX.partOf('closeAuction');
    if (!open || !close) return false;
    const { now } = this.#floor;
    if (now < open.startTs + rules.afterOpenMs || now > close.endTs) return false;
    return !rules.notAfterLevels.includes(level.level) || now <= close.endTs - rules.beforeCloseMs;
  }

  #trigger(state: BreakerState, { level, haltMs, auctionMs }: BreakerLevel, changePpm: number): void {
    const { now, events, agenda } = this.#floor;
    const { market } = state;
    state.used.push({ level, changePpm });
    state.sinceTs = 0;
    state.level = level;
    state.haltUntilTs = haltMs === null ? 0 : now + haltMs;
    const auctionUntil = haltMs === null || auctionMs === null ? 0 : now + haltMs + auctionMs;
    const head = { market, level, indexChangePpm: changePpm };
    events.circuitBreaker({ ...head, haltUntil: state.haltUntilTs, auctionUntil });
    for (const board of this.#floor.boardsOf(market)) {
      if (haltMs === null) this.#halts.endDay(board);
      else this.#halts.stopForBreaker(board, { level, untilTs: state.haltUntilTs });
    }
    if (haltMs === null) return;
    const place = this.#states.indexOf(state);
    agenda.add({ ts: state.haltUntilTs, kind: 'breaker', place, n: level });
  }
}

/** Whether the index has fallen as far as a level asks: from the previous close, and from the halt before. */
function fallen(changePpm: number, level: BreakerLevel, state: BreakerState): boolean {
  if (changePpm > -level.dropPpm) return false;
  const before = state.used.at(-1);
  if (before === undefined || level.furtherPpm === 0) return true;
  // Parts per million of the index at the halt before, compared as products to stay in whole numbers.
  return (1_000_000 + changePpm) * 1_000_000 <= (1_000_000 + before.changePpm) * (1_000_000 - level.furtherPpm);
}
