/** One day of a simulated market with the customers' orders in it: the exchange, its driver, and whose number is whose. */
import {
  codeOf,
  krxId,
  type InstrumentId,
  type Market,
  type Side,
  type SimulationPlan,
  type VenueName,
} from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import {
  blowOn,
  Exchange,
  PARTICIPANTS,
  ReplayMarket,
  SyntheticMarket,
  type ExchangeEvent,
  type ExchangeOptions,
  type ExchangeSnapshot,
  type ListedIssue,
  type MarketSnapshot,
  type RecordedDay,
  type RejectCode,
  type ReplayMarketSnapshot,
  type StoryToday,
} from '#shared/exchange/index.ts';
import { epochMs, type EpochMs, type Phase } from '#shared/time/index.ts';
import type { OrderFact, SentInput } from './log-entry.ts';
import type { MarketTrade } from './terms.ts';

/** What a day starts from. */
export interface RunFacts {
  readonly run: number;
  readonly plan: SimulationPlan;
  /** Date, hours, issues, and the seed of this day alone. */
  readonly options: ExchangeOptions;
  /** The recorded day that is replayed; null in a synthetic market. */
  readonly recorded: RecordedDay | null;
  /** What happens in a synthetic market on this day; nothing if absent. */
  readonly story?: StoryToday;
}

/** Plain data that continues the day exactly where it was taken; what was recorded is kept apart. */
export interface RunSnapshot {
  readonly run: number;
  readonly plan: SimulationPlan;
  readonly exchange: ExchangeSnapshot;
  readonly driver: DriverSnapshot;
  /** Numbers of the customers' open orders: at the exchange, and the firm's. */
  readonly numbers: readonly (readonly [orderNo: number, no: string])[];
}

type DriverSnapshot =
  | { readonly kind: 'synthetic'; readonly saved: MarketSnapshot }
  | { readonly kind: 'replay'; readonly saved: ReplayMarketSnapshot }
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

function replay(market: ReplayMarket): Driver {
  return {
    advanceTo: (ts) => market.advanceTo(ts),
    save: () => ({ kind: 'replay', saved: market.snapshot() }),
    observe: (event) => market.observe(event),
    get disturbed() {
      return market.disturbed;
    },
  };
}

function still(exchange: Exchange): Driver {
  return {
    advanceTo: (ts) => exchange.advanceTo(ts),
    save: () => ({ kind: 'none' }),
    observe: () => undefined,
    disturbed: false,
  };
}

function restoreDriver(saved: DriverSnapshot, exchange: Exchange, facts: RunFacts): Driver {
  const { options, recorded: day } = facts;
  if (saved.kind === 'none') return still(exchange);
  if (saved.kind === 'synthetic') {
    return synthetic(SyntheticMarket.restore(saved.saved, { exchange, issues: options.issues }));
  }
  assert(day, 'a replay without its record');
  return replay(ReplayMarket.restore(saved.saved, { exchange, day }));
}

/** What makes the days of a plan one market: its own seed on each of them, and a blow to this or an earlier one. */
function marketOf({ plan, options }: RunFacts): { readonly marketSeed: number } & ReturnType<typeof blowOn> {
  return { marketSeed: plan.seed, ...blowOn(plan.mode === 'synthetic' ? plan.shock : undefined, options.date) };
}

/** The end of the day, of the venue that closes last. */
function lastTsOf({ schedule, nxtSchedule, now }: Exchange): EpochMs {
  const ends = [schedule, nxtSchedule].map((day) => day?.parts.at(-1)?.endTs ?? now);
  return epochMs(Math.max(...ends));
}

export class MarketRun {
  readonly run: number;
  readonly plan: SimulationPlan;
  /** The recorded day that is replayed; null in a synthetic market. */
  readonly recorded: RecordedDay | null;
  readonly exchange: Exchange;
  readonly instrumentIds: readonly InstrumentId[];
  readonly #listed: ReadonlyMap<string, ListedIssue>;
  readonly #ids: ReadonlyMap<string, InstrumentId>;
  readonly #driver: Driver;
  readonly #sink: RunSink;
  readonly #numbers = new Map<number, string>();
  /** The firm's number for the order now being taken. */
  #coming: string | null = null;
  #withdrawing = false;

  private constructor(
    facts: RunFacts,
    sink: RunSink,
    build: (hear: (event: ExchangeEvent) => void) => { readonly exchange: Exchange; readonly driver: Driver },
  ) {
    const { run, plan, options, recorded } = facts;
    this.run = run;
    this.plan = plan;
    this.recorded = recorded;
    this.#sink = sink;
    this.#listed = new Map(options.issues.map((issue) => [issue.code, issue]));
    this.#ids = new Map(options.issues.map((issue) => [issue.code, krxId(issue.code)]));
    this.instrumentIds = [...this.#ids.values()];
    const { exchange, driver } = build((event) => this.#hear(event));
    this.exchange = exchange;
    this.#driver = driver;
  }

  /** The day from its first moment. */
  static start(facts: RunFacts, sink: RunSink): MarketRun {
    const { options, recorded: day, story } = facts;
    const { issues, seed } = options;
    return new MarketRun(facts, sink, (hear) => {
      const exchange = new Exchange(options, hear);
      const driver = day
        ? replay(new ReplayMarket({ day, seed, exchange }))
        : synthetic(new SyntheticMarket({ exchange, issues, seed, ...marketOf(facts), ...(story && { story }) }));
      return { exchange, driver };
    });
  }

  /** The day as it stands when it is over, with nothing known of what was traded. */
  static ended(facts: RunFacts, sink: RunSink): MarketRun {
    return new MarketRun(facts, sink, () => {
      const exchange = new Exchange(facts.options, () => undefined);
      exchange.advanceTo(lastTsOf(exchange));
      return { exchange, driver: still(exchange) };
    });
  }

  /** Continues from a snapshot; `recorded` is the day that the run was started with. */
  static restore(saved: RunSnapshot, recorded: RecordedDay | null, sink: RunSink): MarketRun {
    const { options } = saved.exchange;
    const facts = { run: saved.run, plan: saved.plan, options, recorded };
    const run = new MarketRun(facts, sink, (hear) => {
      const exchange = Exchange.restore(saved.exchange, hear);
      return { exchange, driver: restoreDriver(saved.driver, exchange, facts) };
    });
    for (const [orderNo, no] of saved.numbers) run.#numbers.set(orderNo, no);
    return run;
  }

  snapshot(): RunSnapshot {
    const { run, plan } = this;
    return { run, plan, exchange: this.exchange.snapshot(), driver: this.#driver.save(), numbers: [...this.#numbers] };
  }

  /** true: the user's orders moved the replayed day. */
  get disturbed(): boolean {
    return this.#driver.disturbed;
  }

  /** true once the last part of the day has begun: nothing is traded any more. */
  get over(): boolean {
    const { exchange } = this;
    const done = (venue: VenueName): boolean => exchange.phaseOf(venue) === 'closed' && exchange.next(venue) === null;
    return done('KRX') && (!exchange.nxtSchedule || done('NXT'));
  }

  get lastTs(): EpochMs {
    return lastTsOf(this.exchange);
  }

  /** Official closes by code, else last prices, else base prices: the after-market does not change the base. */
  closes(): ReadonlyMap<string, number> {
    const last = this.exchange.codes.map((code) => {
      const { close, last: price, basePrice } = this.exchange.issue(code);
      return [code, close || price || basePrice] as const;
    });
    return new Map(last);
  }

  has(id: InstrumentId, venue: VenueName = 'KRX'): boolean {
    return this.exchange.has(codeOf(id), venue);
  }

  /** What a listed issue is today. */
  listed(id: InstrumentId): ListedIssue {
    const issue = this.#listed.get(codeOf(id));
    assert(issue, `${id} is not listed`);
    return issue;
  }

  /** Market of a listed issue. */
  marketOf(id: InstrumentId): Market {
    return this.listed(id).market;
  }

  advanceTo(ts: EpochMs): void {
    this.#driver.advanceTo(ts);
  }

  /** Gives the exchange one verb of a customer; null where it was taken. The same verb at the same instant has the same effects. */
  send(owner: number, input: SentInput): RejectCode | null {
    if (input.verb === 'cancel') {
      const result = this.exchange.cancel(owner, input.orderNo);
      return 'reason' in result ? result.reason : null;
    }
    this.#coming = input.no;
    const result =
      input.verb === 'replace'
        ? this.exchange.replace(owner, input.orderNo, {
            price: input.price,
            ...(input.type === null ? {} : { type: input.type }),
          })
        : this.exchange.submit({
            owner,
            code: input.code,
            side: input.side,
            type: input.type,
            timeInForce: input.timeInForce,
            session: input.session,
            route: input.route,
            price: input.price,
            ...(input.stopPrice === 0 ? {} : { stopPrice: input.stopPrice }),
            quantity: input.quantity,
          });
    this.#coming = null;
    return 'reason' in result ? result.reason : null;
  }

  /** Withdraws every customer's order without a word: the firm has recorded their end already. */
  withdraw(): void {
    const waiting = [...this.#numbers.keys()];
    this.#numbers.clear();
    this.#withdrawing = true;
    for (const orderNo of waiting) {
      const order = this.exchange.order(orderNo);
      if (order) this.exchange.cancel(order.owner, orderNo);
    }
    this.#withdrawing = false;
  }

  #hear(event: ExchangeEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#driver.observe(event);
        this.#hearTrade(event);
        return;
      case 'triggered':
        if (event.owner !== PARTICIPANTS) this.#hearTriggered(event);
        return;
      case 'converted':
        if (event.owner !== PARTICIPANTS) this.#hearConverted(event);
        return;
      case 'accepted':
        if (event.owner !== PARTICIPANTS) this.#hearAccepted(event);
        return;
      case 'canceled':
        if (event.owner !== PARTICIPANTS && !this.#withdrawing) this.#hearCanceled(event);
        return;
      case 'phase':
        // The day of the customers goes by KRX's hours; an issue that goes its own way shows in its quote.
        if (event.venue === 'KRX' && event.code === '') this.#sink.phaseChanged(event.phase, event.ts);
        return;
      default:
        return;
    }
  }

  #hearTrade(event: Extract<ExchangeEvent, { kind: 'trade' }>): void {
    const { seq, ts, code, venue, price, quantity, aggressor } = event;
    const instrumentId = this.#ids.get(code) as InstrumentId;
    this.#sink.traded({ seq, ts, instrumentId, venue, price, quantity, aggressor });
    if (event.buyOwner !== PARTICIPANTS) this.#fill(event.buyOrderNo, 'buy', event);
    if (event.sellOwner !== PARTICIPANTS) this.#fill(event.sellOrderNo, 'sell', event);
  }

  #fill(orderNo: number, side: Side, event: Extract<ExchangeEvent, { kind: 'trade' }>): void {
    const { seq, ts, venue, price, quantity, aggressor } = event;
    const role = aggressor === null ? 'auction' : aggressor === side ? 'taker' : 'maker';
    const no = this.#noOf(orderNo);
    this.#sink.fact({ kind: 'order.filled', data: { seq, ts, no, venue, role, price, quantity } });
  }

  #hearAccepted(event: Extract<ExchangeEvent, { kind: 'accepted' }>): void {
    const { seq, ts, code, orderNo, originalOrderNo, owner, quantity } = event;
    const { side, type, timeInForce, session, route, venue } = event;
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
        product: this.listed(krxId(code)).product ?? 'stock',
        side,
        type,
        timeInForce,
        session,
        route,
        venue,
        price: event.price === 0 ? null : event.price,
        stopPrice: event.stopPrice === 0 ? null : event.stopPrice,
        quantity,
        // A price taken from the book is as good as one asked; what may become a market order may pay the upper limit.
        holdPrice:
          event.price === 0 || type === 'conditionalLimit' ? this.exchange.issue(code).upperLimit : event.price,
      },
    });
  }

  #hearTriggered(event: Extract<ExchangeEvent, { kind: 'triggered' }>): void {
    const { seq, ts, orderNo } = event;
    this.#sink.fact({ kind: 'order.triggered', data: { seq, ts, no: this.#noOf(orderNo) } });
  }

  #hearConverted(event: Extract<ExchangeEvent, { kind: 'converted' }>): void {
    const { seq, ts, orderNo, quantity } = event;
    this.#sink.fact({ kind: 'order.converted', data: { seq, ts, no: this.#noOf(orderNo), quantity } });
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
