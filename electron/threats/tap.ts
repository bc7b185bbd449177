/**
 * Turns what an environment knows — its market, its desk, its line — into the stream that the detectors are fed.
 *
 * `new ThreatTap(parts: TapParts)`, `start()`, `stop()`, `tell(event)` for what only others know. Orders are told twice: as
 * 'asked' within the desk's own step before the guard judges them (so that what a sink does to the gate or to
 * `desk.protections` counts for that very order), and again at every state. Times never go back by less than a minute: a
 * trade whose stamp lies a moment behind the exchange's clock is told at the clock's time. A clock set back by more is
 * another market: `rewound` is called, and everything told anew. Where the clock is a server's that was set wrong, time
 * goes on as it did (`SteadyTime`).
 */
import type { MarketHub } from '#core/market/index.ts';
import type { Desk } from '#core/trading/index.ts';
import type { InstrumentId, IssueFacts, Quote, VenueName } from '#shared/domain/index.ts';
import { tickAt, tickTable, viClassOf, viThresholds } from '#shared/market/index.ts';
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import type { Phase } from '#shared/time/index.ts';
import type { BookEvent, IssueEvent, ThreatEvent, ThreatEventKind } from '#shared/threats/index.ts';
import { isContinuous } from '#shared/time/index.ts';
import type { MarksPort } from './account-marks.ts';
import { SteadyTime } from './steady-time.ts';
import { DeskTap } from './tap-desk.ts';

/** What is known of an issue's usual days; null where nothing is. */
export interface UsualDays {
  readonly averageVolume: number | null;
  readonly minuteVolumes: readonly number[] | null;
  readonly usualDepth: number | null;
  readonly usualSpreadTicks: number | null;
  /** Daily closes, oldest first. */
  readonly closes: readonly number[];
}

export interface TapParts {
  readonly hub: MarketHub;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Issues whose trades and books are looked at: held, with open orders, watched. */
  readonly followed: () => readonly InstrumentId[];
  readonly usual: (id: InstrumentId) => UsualDays;
  /** Change of the nearest index futures, ppm; null where the environment does not know them. */
  readonly futures: ((market: 'KOSPI' | 'KOSDAQ') => number | null) | null;
  /** What the broker holds, beside what the desk does; null: as the desk's own inquiries find it. */
  readonly brokerQty: ((accountId: string, id: InstrumentId) => number | null) | null;
  /** Server's clock minus ours, milliseconds; null where there is no server. */
  readonly skewMs: (() => number | null) | null;
  readonly sink: (event: ThreatEvent) => void;
  /** Official warnings about an issue beside its halts; none if absent. */
  readonly flags?: (id: InstrumentId) => IssueEvent['flags'];
  /** Whether silence of an issue means something; all are lively if absent. */
  readonly lively?: (id: InstrumentId) => boolean;
  /** Keeps what losses are measured from over restarts; for this run only if absent. */
  readonly marks?: MarksPort;
  /** How much an issue's book is wanted where books must be asked for; null: only listened to. 'focus' if absent. */
  readonly bookRank?: (id: InstrumentId) => 'focus' | 'list' | null;
  /** The exchange's clock was set back: another market. */
  readonly rewound?: () => void;
}

/** Kinds that a tap gives by itself. Others (text, token, fx …) come from whoever knows them, through `ThreatTap.tell`. */
export const TAP_KINDS: readonly ThreatEventKind[] = [
  'issue',
  'trade',
  'book',
  'vi',
  'phase',
  'index',
  'account',
  'order',
  'fill',
  'line',
  'clock',
];

const SECOND_MS = 1_000;
/** Books of the broker and the desk are compared so often. */
const RECONCILE_EVERY = 15;
/** A stamp that lies behind by less is a moment late; by more, the clock was set back. */
const LATE_MS = 60_000;
/** A stamp that lies ahead of the exchange's clock by more is wrong. */
const AHEAD_MS = 1_000;
const VENUES = ['KRX', 'NXT'] as const satisfies readonly VenueName[];
const NOTHING_USUAL: UsualDays = {
  averageVolume: null,
  minuteVolumes: null,
  usualDepth: null,
  usualSpreadTicks: null,
  closes: [],
};

function flat(levels: readonly { readonly price: number; readonly qty: number }[]): number[] {
  const made: number[] = [];
  for (const { price, qty } of levels) made.push(price, qty);
  return made;
}

/** An issue as it was last told. */
interface Told {
  facts: string;
  readonly phases: Map<VenueName, string>;
  vi: boolean;
  /** Last single price, 0: none yet; and whether single prices were traded at when it was last looked at. */
  reference: number;
  single: boolean;
}

export class ThreatTap {
  readonly #parts: TapParts;
  readonly #issues = new Map<InstrumentId, Told>();
  readonly #stops = new Map<InstrumentId, () => void>();
  readonly #desk: DeskTap;
  readonly #venues = new Map<VenueName, string>();
  readonly #undo: (() => void)[] = [];
  readonly #exchangeNow: () => number;
  #beats = 0;
  /** Time of the newest event. */
  #last = 0;

  constructor(parts: TapParts) {
    this.#parts = parts;
    const { hub, desk, clock, brokerQty, skewMs, marks = null } = parts;
    const told = (): number => hub.exchangeNow();
    const steady = skewMs && new SteadyTime({ told, clock, skewMs });
    this.#exchangeNow = steady ? () => steady.now() : told;
    const say = (event: ThreatEvent): void => this.#say(event);
    this.#desk = new DeskTap({ hub, desk, brokerQty, marks, say, now: () => this.#now });
  }

  /** Begins to tell. */
  start(): void {
    const { hub, timers } = this.#parts;
    this.#follow();
    const timer: Timer = timers.every(SECOND_MS, () => this.#beat());
    this.#undo.push(
      () => timer.cancel(),
      hub.watchTrades(({ instrumentId: id, venue, price, quantity, aggressor, ts }) => {
        if (this.#issues.has(id))
          this.#say({ kind: 'trade', ts: this.#at(ts), id, venue, price, quantity, side: aggressor });
      }),
      hub.watchStates(({ market, indexChangePpm }) => {
        if (market !== 'KONEX' && indexChangePpm !== null)
          this.#say({ kind: 'index', ts: this.#now, market, ppm: indexChangePpm });
      }),
      this.#desk.start(),
    );
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  /** Something that only others know: a text, a token, a rate of exchange. */
  tell(event: ThreatEvent): void {
    const ts = this.#at(event.ts);
    this.#parts.sink(ts === event.ts ? event : { ...event, ts });
  }

  #say(event: ThreatEvent): void {
    this.#parts.sink(event);
  }

  get #now(): number {
    return this.#at(this.#exchangeNow());
  }

  /** The time of an event that is stamped so: never a little before what was told already. */
  #at(ts: number): number {
    const last = this.#last;
    // A stamp far behind is another market's, which `#beat` finds, or a wrong clock's.
    if (ts <= last) return last - ts < LATE_MS || last - this.#exchangeNow() < LATE_MS ? last : ts;
    // The clock is looked at only where a stamp leaps, as it does after a pause.
    const bounded = ts - last > AHEAD_MS ? Math.min(ts, this.#exchangeNow() + AHEAD_MS) : ts;
    if (bounded > last) this.#last = bounded;
    return Math.max(bounded, last);
  }

  /** Looks at what has to be looked at now, and no longer at what has not. */
  #follow(): void {
    const wanted = new Set(this.#parts.followed());
    for (const [id, stop] of this.#stops) {
      if (wanted.has(id)) continue;
      stop();
      this.#stops.delete(id);
      this.#issues.delete(id);
    }
    for (const id of wanted) if (!this.#stops.has(id)) this.#look(id);
  }

  #look(id: InstrumentId): void {
    const { hub, bookRank } = this.#parts;
    const rank = bookRank === undefined ? 'focus' : bookRank(id);
    this.#issues.set(id, { facts: '', phases: new Map(), vi: false, reference: 0, single: false });
    this.#tellIssue(id);
    const stops = [
      hub.watchQuotes([id], (quote) => this.#hearQuote(quote), 'list'),
      ...VENUES.map((venue) =>
        hub.watchBook({ instrumentId: id, venue, rank }, ({ bids, asks, exchangeTs }) => {
          const ts = this.#at(exchangeTs);
          const book: BookEvent = { kind: 'book', ts, id, venue, bids: flat(bids), asks: flat(asks) };
          this.#say(book);
        }),
      ),
    ];
    this.#stops.set(id, () => {
      for (const stop of stops) stop();
    });
  }

  #hearQuote(quote: Quote): void {
    const { instrumentId: id, phase, nxt, interruption } = quote;
    const told = this.#issues.get(id);
    if (!told) return;
    const ts = this.#now;
    // Stopped with its whole market an issue has no halt of its own: what follows is an auction.
    const own = (said: Phase | undefined, kind: string | undefined): Phase | undefined =>
      said === 'halted' && kind === 'circuitBreaker' ? 'reopenAuction' : said;
    for (const [venue, now] of [
      ['KRX', own(phase, interruption?.kind)],
      ['NXT', own(nxt?.phase, nxt?.interruption?.kind)],
    ] as const) {
      if (now === undefined || told.phases.get(venue) === now) continue;
      told.phases.set(venue, now);
      this.#say({ kind: 'phase', ts, venue, phase: now, id });
    }
    const vi = interruption?.kind === 'viStatic' || interruption?.kind === 'viDynamic';
    if (vi !== told.vi) {
      told.vi = vi;
      const cause =
        interruption?.kind === 'viStatic' ? 'static' : interruption?.kind === 'viDynamic' ? 'dynamic' : null;
      this.#say({ kind: 'vi', ts, id, on: vi, cause });
    }
    this.#tellIssue(id);
  }

  /** The issue, where something of it has changed. */
  #tellIssue(id: InstrumentId): void {
    const facts = this.#parts.hub.facts(id);
    const told = this.#issues.get(id);
    if (!facts || !told || facts.instrument.priceScale !== 0) return;
    const { sessionDate, base, upperLimit, lowerLimit, halted, krx } = facts;
    const closing = krx.phase === 'closeAuction' ? 'closing' : 'continuous';
    const flags = this.#flagsOf(id, halted && krx.interruption?.kind !== 'circuitBreaker').join();
    const reference = this.#referenceOf(facts);
    const tick = this.#tickOf(facts);
    const key = `${sessionDate} ${base} ${upperLimit} ${lowerLimit} ${closing} ${flags} ${reference} ${tick}`;
    if (told.facts === key) return;
    told.facts = key;
    this.#say(this.#issueEvent(id, facts, tick));
  }

  #flagsOf(id: InstrumentId, halted: boolean): IssueEvent['flags'] {
    const flags = this.#parts.flags?.(id) ?? [];
    return halted && !flags.includes('halted') ? [...flags, 'halted'] : flags;
  }

  /** What the static VI is measured from: the last single price, which is the open or what an interruption found. */
  #referenceOf({ instrument, base, krx }: IssueFacts): number {
    const told = this.#issues.get(instrument.id);
    const reference = krx.interruption?.reference ?? null;
    if (!told) return reference ?? base;
    if (reference !== null) told.reference = reference;
    else if (told.single && isContinuous(krx.phase) && krx.last !== null) told.reference = krx.last;
    told.single = !isContinuous(krx.phase);
    return told.reference === 0 ? base : told.reference;
  }

  /** One price step at the present price, won. */
  #tickOf({ instrument, product, sessionDate, last, base }: IssueFacts): number {
    const market = instrument.priceScale === 0 ? instrument.market : 'KOSPI';
    return tickAt(tickTable(market, sessionDate, product === 'elw' ? 'stock' : product), last ?? base);
  }

  #issueEvent(id: InstrumentId, facts: IssueFacts, tick: number): IssueEvent {
    const { instrument, sessionDate: date, base, upperLimit: upper, lowerLimit: lower, halted, krx } = facts;
    const market = instrument.priceScale === 0 ? instrument.market : 'KOSPI';
    const viClass = viClassOf({ market, kospi200: instrument.kospi200 });
    const thresholds = viThresholds({ viClass, date, venue: 'KRX' });
    const percent = krx.phase === 'closeAuction' ? thresholds?.closingPercent : thresholds?.continuousPercent;
    return {
      kind: 'issue',
      ts: this.#now,
      id,
      nameKo: instrument.nameKo,
      market,
      sector: null,
      base,
      upper,
      lower,
      dynamicViPpm: (percent ?? 0) * 10_000,
      staticViPpm: (thresholds?.staticPercent ?? 0) * 10_000,
      viReference: this.#referenceOf(facts),
      tick,
      ...NOTHING_USUAL,
      ...this.#parts.usual(id),
      flags: this.#flagsOf(id, halted && krx.interruption?.kind !== 'circuitBreaker'),
      lively: this.#parts.lively?.(id) ?? true,
      followed: true,
    };
  }

  /** Once a second of the environment's time. */
  #beat(): void {
    const { hub, futures, skewMs, desk } = this.#parts;
    if (this.#exchangeNow() < this.#last - LATE_MS) this.#rewind();
    const ts = this.#now;
    this.#beats += 1;
    this.#follow();
    this.#tellVenues(ts);
    for (const id of this.#issues.keys()) this.#tellIssue(id);
    const state = hub.state();
    this.#say({ kind: 'line', ts, state: state === 'down' ? 'down' : 'up' });
    if (futures)
      for (const market of ['KOSPI', 'KOSDAQ'] as const) {
        const ppm = futures(market);
        if (ppm !== null) this.#say({ kind: 'futures', ts, market, ppm });
      }
    const skew = skewMs?.() ?? null;
    // A server that tells whole seconds says nothing of what lies below one.
    if (skew !== null) this.#say({ kind: 'skew', ts, offsetMs: Math.abs(skew) < SECOND_MS ? 0 : skew });
    for (const { accountId } of desk.accounts()) {
      this.#desk.account(accountId);
      if (this.#beats % RECONCILE_EVERY === 0) this.#desk.compare(accountId);
    }
    this.#say({ kind: 'clock', ts });
  }

  /** Another market, at an earlier time: everything is told anew. */
  #rewind(): void {
    this.#last = this.#exchangeNow();
    this.#parts.rewound?.();
    for (const told of this.#issues.values()) {
      told.facts = '';
      told.phases.clear();
      told.reference = 0;
    }
    this.#venues.clear();
    this.#desk.reset();
    for (const id of this.#issues.keys()) this.#tellIssue(id);
  }

  #tellVenues(ts: number): void {
    const { phase, nxtPhase } = this.#parts.hub.feed.session();
    for (const [venue, now] of [
      ['KRX', phase],
      ['NXT', nxtPhase],
    ] as const) {
      if (now === null || this.#venues.get(venue) === now) continue;
      this.#venues.set(venue, now);
      this.#say({ kind: 'phase', ts, venue, phase: now, id: null });
    }
  }
}
