/** The sidecar (사이드카): when index futures move far for a minute, program orders of that side wait five minutes. */
import type { Market, Side } from '../../domain/index.ts';
import { sidecarRules, type SidecarRules } from '../../market/index.ts';
import type { Floor } from './floor.ts';

/** One market's sidecar as plain data. Parts per million from the previous close; 0 for an instant not set. */
export interface SidecarState {
  readonly market: Market;
  futuresPpm: number;
  spotPpm: number | null;
  sinceTs: number;
  /** Direction of the move that has held since then. */
  heading: Side | null;
  /** The side frozen now. */
  side: Side | null;
  untilTs: number;
  used: boolean;
  /** Order numbers frozen, in order of receipt. */
  parked: number[];
}

/** What is told of futures. */
export interface FuturesMove {
  readonly index: 'KOSPI200' | 'KOSDAQ150';
  readonly changePpm: number;
  readonly spotChangePpm?: number;
}

export class Sidecars {
  readonly #floor: Floor;
  readonly #rules: ReadonlyMap<Market, SidecarRules>;
  #states: SidecarState[];

  constructor(floor: Floor, markets: readonly Market[]) {
    this.#floor = floor;
    const { date } = floor.options;
    const rules = markets.flatMap((market) => {
      const rule = sidecarRules(market, date);
      return rule ? [[market, rule] as const] : [];
    });
    this.#rules = new Map(rules);
    this.#states = [...this.#rules.keys()].map((market) => ({
      market,
      futuresPpm: 0,
      spotPpm: null,
      sinceTs: 0,
      heading: null,
      side: null,
      untilTs: 0,
      used: false,
      parked: [],
    }));
  }

  get states(): readonly SidecarState[] {
    return this.#states;
  }

  restore(states: readonly SidecarState[]): void {
    this.#states = states.map((state) => ({ ...state, parked: [...state.parked] }));
  }

  setFutures({ index, changePpm, spotChangePpm }: FuturesMove): void {
    for (const state of this.#states) {
      if (this.#rules.get(state.market)?.index !== index) continue;
      state.futuresPpm = changePpm;
      state.spotPpm = spotChangePpm ?? null;
    }
  }

  /** Change of the nearest index futures of a market as last told, ppm; null where none are watched. */
  futuresOf(market: Market): number | null {
    return this.stateOf(market)?.futuresPpm ?? null;
  }

  stateOf(market: Market): SidecarState | undefined {
    return this.#states.find((state) => state.market === market);
  }

  /** Whether a program order of a side is frozen now. */
  freezes(market: Market, side: Side): boolean {
    return this.stateOf(market)?.side === side;
  }

  /** Judges all markets at this instant; one that a circuit breaker has stopped has nothing to freeze. */
  judge(isStopped: (market: Market) => boolean): void {
    for (const state of this.#states) {
      const rules = this.#rules.get(state.market);
      if (rules && !state.used) this.#judge(state, rules, isStopped(state.market));
    }
  }

  /** Ends the freeze of a market; returns the numbers of the orders that may enter now, in order. */
  release(place: number): readonly number[] {
    const state = this.#states[place];
    if (!state?.side) return [];
    const { market, side, parked } = state;
    state.side = null;
    state.parked = [];
    this.#floor.events.sidecar({ market, side, state: 'off', until: 0 });
    return parked;
  }

  #judge(state: SidecarState, rules: SidecarRules, stopped: boolean): void {
    const { now } = this.#floor;
    const heading = !stopped && this.#inTime(rules) ? headingOf(state, rules) : null;
    if (heading === null || heading !== state.heading) {
      state.heading = heading;
      state.sinceTs = heading === null ? 0 : now;
    }
    if (heading === null || now - state.sinceTs < rules.sustainMs) return;
    state.used = true;
    state.side = heading;
    state.untilTs = now + rules.freezeMs;
    const place = this.#states.indexOf(state);
    this.#floor.agenda.add({ ts: state.untilTs, kind: 'sidecar', place, n: 0 });
    this.#floor.events.sidecar({ market: state.market, side: heading, state: 'on', until: state.untilTs });
  }

  #inTime(rules: SidecarRules): boolean {
    const { KRX } = this.#floor.days;
    const open = KRX.partOf('continuous');
    const close = KRX.partOf('closeAuction');
    if (!open || !close) return false;
    const { now } = this.#floor;
    return now >= open.startTs + rules.afterOpenMs && now <= close.endTs - rules.beforeCloseMs;
  }
}

/** Which side's program orders the move would freeze. */
function headingOf(state: SidecarState, rules: SidecarRules): Side | null {
  const { futuresPpm, spotPpm } = state;
  const reaches = (sign: 1 | -1): boolean =>
    futuresPpm * sign >= rules.futuresPpm &&
    (rules.spotPpm === null || (spotPpm !== null && spotPpm * sign >= rules.spotPpm));
  if (reaches(1)) return 'buy';
  return reaches(-1) ? 'sell' : null;
}
