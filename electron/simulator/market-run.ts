/** One day of a simulated market with the customers' orders in it: the venue, its driver, and whose number is whose. */
import { codeOf, krxId, type InstrumentId, type Market, type SimulationPlan } from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import {
  PARTICIPANTS,
  ReplayDriver,
  SyntheticMarket,
  Venue,
  type DaySchedule,
  type ExchangeEvent,
  type ListedIssue,
  type MarketSnapshot,
  type RejectCode,
  type ReplayRow,
  type ReplaySnapshot,
  type VenueSnapshot,
} from '#shared/exchange/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';
import type { OrderFact, SentInput } from './log-entry.ts';
import type { MarketTrade } from './terms.ts';

/** What a day starts from. */
export interface RunFacts {
  readonly run: number;
  readonly plan: SimulationPlan;
  readonly date: SessionDate;
  readonly schedule: DaySchedule;
  readonly issues: readonly ListedIssue[];
  /** The recorded day that is replayed; null in a synthetic market. */
  readonly row: ReplayRow | null;
  /** 0 … 2^32 − 1, of this day alone. */
  readonly daySeed: number;
}

/** Plain data that continues the day exactly where it was taken. */
export interface RunSnapshot {
  readonly run: number;
  readonly plan: SimulationPlan;
  readonly venue: VenueSnapshot;
  readonly driver: DriverSnapshot;
  /** Numbers of the customers' open orders: at the exchange, and the firm's. */
  readonly numbers: readonly (readonly [orderNo: number, no: string])[];
}

type DriverSnapshot =
  | { readonly kind: 'synthetic'; readonly saved: MarketSnapshot }
  | { readonly kind: 'replay'; readonly saved: ReplaySnapshot }
  /** A market that has ended before its time: nothing moves it. */
  | { readonly kind: 'none' };

interface Driver {
  advanceTo(ts: EpochMs): void;
  save(): DriverSnapshot;
  /** Told of every event: what customers do in an auction shows nowhere else. */
  observe(event: ExchangeEvent): void;
  readonly disturbed: boolean;
}

export interface RunSink {
  fact(fact: OrderFact): void;
  traded(trade: MarketTrade): void;
  phaseChanged(phase: Phase, ts: EpochMs): void;
}

function synthetic(market: SyntheticMarket): Driver {
  return {
    advanceTo: (ts) => market.advanceTo(ts),
    save: () => ({ kind: 'synthetic', saved: market.snapshot() }),
    observe: () => undefined,
    disturbed: false,
  };
}

function replay(driver: ReplayDriver): Driver {
  return {
    advanceTo: (ts) => driver.advanceTo(ts),
    save: () => ({ kind: 'replay', saved: driver.snapshot() }),
    observe: (event) => driver.observe(event),
    get disturbed() {
      return driver.disturbed;
    },
  };
}

function still(venue: Venue): Driver {
  return {
    advanceTo: (ts) => venue.advanceTo(ts),
    save: () => ({ kind: 'none' }),
    observe: () => undefined,
    disturbed: false,
  };
}

function restoreDriver(saved: DriverSnapshot, venue: Venue, issues: readonly ListedIssue[]): Driver {
  if (saved.kind === 'synthetic') return synthetic(SyntheticMarket.restore(saved.saved, { venue, issues }));
  return saved.kind === 'replay' ? replay(ReplayDriver.restore(saved.saved, venue)) : still(venue);
}

export class MarketRun {
  readonly run: number;
  readonly plan: SimulationPlan;
  readonly venue: Venue;
  readonly instrumentIds: readonly InstrumentId[];
  readonly #markets: ReadonlyMap<string, Market>;
  readonly #ids: ReadonlyMap<string, InstrumentId>;
  readonly #driver: Driver;
  readonly #sink: RunSink;
  readonly #numbers = new Map<number, string>();
  /** The firm's number for the order now being taken. */
  #coming: string | null = null;

  private constructor(
    parts: { readonly run: number; readonly plan: SimulationPlan; readonly issues: readonly ListedIssue[] },
    sink: RunSink,
    build: (hear: (event: ExchangeEvent) => void) => { readonly venue: Venue; readonly driver: Driver },
  ) {
    this.run = parts.run;
    this.plan = parts.plan;
    this.#sink = sink;
    this.#markets = new Map(parts.issues.map((issue) => [issue.code, issue.market]));
    this.#ids = new Map(parts.issues.map((issue) => [issue.code, krxId(issue.code)]));
    this.instrumentIds = [...this.#ids.values()];
    const { venue, driver } = build((event) => this.#hear(event));
    this.venue = venue;
    this.#driver = driver;
  }

  /** The day from its first moment. */
  static start(facts: RunFacts, sink: RunSink): MarketRun {
    const { date, schedule, issues, row, daySeed } = facts;
    return new MarketRun(facts, sink, (hear) => {
      const venue = new Venue({ date, schedule, issues, seed: daySeed, quietParticipants: true }, hear);
      const driver = row
        ? replay(new ReplayDriver({ row, seed: daySeed, venue }))
        : synthetic(new SyntheticMarket({ venue, issues, seed: daySeed }));
      return { venue, driver };
    });
  }

  /** The day as it stands when it is over, with nothing known of what was traded. */
  static ended(facts: RunFacts, sink: RunSink): MarketRun {
    const { date, schedule, issues, daySeed } = facts;
    return new MarketRun(facts, sink, () => {
      const venue = new Venue({ date, schedule, issues, seed: daySeed, quietParticipants: true }, () => undefined);
      const last = schedule.parts.at(-1);
      if (last) venue.advanceTo(last.endTs);
      return { venue, driver: still(venue) };
    });
  }

  static restore(saved: RunSnapshot, sink: RunSink): MarketRun {
    const { issues } = saved.venue.options;
    const run = new MarketRun({ run: saved.run, plan: saved.plan, issues }, sink, (hear) => {
      const venue = Venue.restore(saved.venue, hear);
      return { venue, driver: restoreDriver(saved.driver, venue, issues) };
    });
    for (const [orderNo, no] of saved.numbers) run.#numbers.set(orderNo, no);
    return run;
  }

  snapshot(): RunSnapshot {
    const { run, plan } = this;
    return { run, plan, venue: this.venue.snapshot(), driver: this.#driver.save(), numbers: [...this.#numbers] };
  }

  /** true: the user's orders moved the replayed day. */
  get disturbed(): boolean {
    return this.#driver.disturbed;
  }

  /** true once the last part of the day has begun: nothing is traded any more. */
  get over(): boolean {
    return this.venue.phase === 'closed' && this.venue.next === null;
  }

  get lastTs(): EpochMs {
    return this.venue.schedule.parts.at(-1)?.endTs ?? this.venue.now;
  }

  /** Last prices by code, where there are any. */
  closes(): ReadonlyMap<string, number> {
    const last = this.venue.codes.map((code) => [code, this.venue.issue(code).last] as const);
    return new Map(last.filter(([, price]) => price > 0));
  }

  has(id: InstrumentId): boolean {
    return this.venue.has(codeOf(id));
  }

  /** Market of a listed issue. */
  marketOf(id: InstrumentId): Market {
    const market = this.#markets.get(codeOf(id));
    assert(market, `${id} is not listed`);
    return market;
  }

  advanceTo(ts: EpochMs): void {
    this.#driver.advanceTo(ts);
  }

  /** Gives the venue one verb of a customer; null where it was taken. The same verb at the same instant has the same effects. */
  send(owner: number, input: SentInput): RejectCode | null {
    if (input.verb === 'cancel') {
      const result = this.venue.cancel(owner, input.orderNo);
      return 'reason' in result ? result.reason : null;
    }
    this.#coming = input.no;
    const result =
      input.verb === 'replace'
        ? this.venue.replace(owner, input.orderNo, input.price)
        : this.venue.submit({
            owner,
            code: input.code,
            side: input.side,
            type: input.type,
            timeInForce: input.timeInForce,
            price: input.price,
            quantity: input.quantity,
          });
    this.#coming = null;
    return 'reason' in result ? result.reason : null;
  }

  #hear(event: ExchangeEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#driver.observe(event);
        this.#hearTrade(event);
        return;
      case 'accepted':
        if (event.owner !== PARTICIPANTS) this.#hearAccepted(event);
        return;
      case 'canceled':
        if (event.owner !== PARTICIPANTS) this.#hearCanceled(event);
        return;
      case 'phase':
        this.#sink.phaseChanged(event.phase, event.ts);
        return;
      case 'auction':
      case 'rejected':
        return;
    }
  }

  #hearTrade(event: Extract<ExchangeEvent, { kind: 'trade' }>): void {
    const { seq, ts, code, price, quantity, aggressor } = event;
    this.#sink.traded({ seq, ts, instrumentId: this.#ids.get(code) as InstrumentId, price, quantity, aggressor });
    if (event.buyOwner !== PARTICIPANTS) this.#fill(event.buyOrderNo, event);
    if (event.sellOwner !== PARTICIPANTS) this.#fill(event.sellOrderNo, event);
  }

  #fill(orderNo: number, event: Extract<ExchangeEvent, { kind: 'trade' }>): void {
    const { seq, ts, price, quantity } = event;
    this.#sink.fact({ kind: 'order.filled', data: { seq, ts, no: this.#noOf(orderNo), price, quantity } });
  }

  #hearAccepted(event: Extract<ExchangeEvent, { kind: 'accepted' }>): void {
    const { seq, ts, code, orderNo, originalOrderNo, owner, side, type, timeInForce, quantity } = event;
    const no = this.#coming;
    assert(no !== null, `order ${orderNo} was taken without having been sent`);
    const originalNo = originalOrderNo === 0 ? null : this.#noOf(originalOrderNo);
    // The old number is not needed once its successor knows it.
    this.#numbers.delete(originalOrderNo);
    this.#numbers.set(orderNo, no);
    this.#sink.fact({
      kind: 'order.accepted',
      data: {
        seq,
        ts,
        no,
        originalNo,
        orderNo,
        owner,
        instrumentId: krxId(code),
        market: this.marketOf(krxId(code)),
        side,
        type,
        timeInForce,
        price: event.price === 0 ? null : event.price,
        quantity,
        holdPrice: event.price === 0 ? this.venue.issue(code).upperLimit : event.price,
      },
    });
  }

  #hearCanceled(event: Extract<ExchangeEvent, { kind: 'canceled' }>): void {
    const { seq, ts, orderNo, quantity, cause } = event;
    this.#sink.fact({ kind: 'order.canceled', data: { seq, ts, no: this.#noOf(orderNo), quantity, cause } });
    if (cause !== 'replaced') this.#numbers.delete(orderNo);
  }

  #noOf(orderNo: number): string {
    const no = this.#numbers.get(orderNo);
    assert(no !== undefined, `order ${orderNo} belongs to nobody`);
    return no;
  }
}
