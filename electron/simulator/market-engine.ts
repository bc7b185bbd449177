/** Runs one market at a time: its clock, its record on the disk, and those who listen. */
import { codeOf, type InstrumentId, type VenueName } from '#shared/domain/index.ts';
import { AppError, assert } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { EpochMs, Phase } from '#shared/time/index.ts';
import { Audience } from './audience.ts';
import { Checkpoints } from './checkpoints.ts';
import { DayChanges } from './day-changes.ts';
import type { MarketSources } from './day-plan.ts';
import { EngineState } from './engine-state.ts';
import { dueSales } from './forced-sales.ts';
import type { LogEntry, OrderFact, SentInput } from './log-entry.ts';
import { MarketClock } from './market-clock.ts';
import { type MarketRun, type RunSink } from './market-run.ts';
import type { KeptState, RestartKeeper } from './restart-keeper.ts';
import type { RunLog } from './run-log.ts';
import { Slicer, TURN_BUDGET_MS, type Advanceable } from './slicer.ts';

export interface EngineParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly sources: MarketSources;
  readonly log: RunLog;
  readonly keeper: RestartKeeper;
  /** true: nothing is kept to restart from or to go back to. */
  readonly passing?: boolean;
}

export class MarketEngine {
  readonly log: RunLog;
  readonly audience = new Audience();
  readonly #parts: EngineParts;
  readonly #slicer: Slicer;
  readonly #marketClock: MarketClock;
  readonly #sink: RunSink;
  readonly #checkpoints = new Checkpoints();
  /** Begins, takes up and takes back days. */
  readonly days: DayChanges;
  readonly #state = new EngineState();
  #busy = false;
  #failure: unknown = null;
  #closed = false;
  #showPlanned = false;

  constructor(parts: EngineParts) {
    this.log = parts.log;
    this.#parts = parts;
    this.#slicer = new Slicer(parts.clock);
    this.#marketClock = new MarketClock({
      clock: parts.clock,
      timers: parts.timers,
      slicer: this.#slicer,
      turned: () => {
        this.#settle();
        return this.running;
      },
      failed: (error) => this.#fail(error),
    });
    this.#sink = {
      fact: (fact) => this.#hearFact(fact),
      traded: (trade) => {
        if (!this.#state.unseen) this.audience.traded(trade);
      },
      phaseChanged: (phase, ts) => this.#hearPhase(phase, ts),
    };
    this.days = new DayChanges({
      ...parts,
      state: this.#state,
      audience: this.audience,
      checkpoints: this.#checkpoints,
      sink: this.#sink,
      marketClock: this.#marketClock,
      reach: (target, signal) => this.reach(target, signal),
      sellByForce: () => this.#sellByForce(),
    });
  }

  /** The market now running or standing; throws BROKER_UNAVAILABLE before the first is ready. */
  get run(): MarketRun {
    return this.#state.market;
  }

  get hasMarket(): boolean {
    return this.#state.run !== null;
  }

  /** true when orders can be sent. */
  get ready(): boolean {
    return this.#state.run !== null && this.#state.catchUp === null && this.#failure === null;
  }

  get running(): boolean {
    return this.#state.wantsRun && this.#failure === null && this.#state.run !== null && !this.#state.run.over;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get speed(): number {
    return this.#marketClock.speed;
  }

  get rewindState(): { readonly count: number; readonly bytes: number; readonly events: number } {
    const { count, bytes } = this.#checkpoints;
    return { count, bytes, events: this.run.exchange.events };
  }

  /** The earliest instant that `rewind` reaches; null where it reaches none. */
  get rewindFromTs(): EpochMs | null {
    return this.ready ? this.#checkpoints.fromTs : null;
  }

  get trueSpeed(): number | null {
    return this.#marketClock.trueSpeed;
  }

  setRunning(wanted: boolean): void {
    if (wanted) this.#recover();
    const paused = this.#state.wantsRun && !wanted;
    this.#state.wantsRun = wanted;
    this.#apply();
    const state = this.#kept();
    if (state && paused) this.#parts.keeper.saveSoon(state);
    this.#mark();
  }

  setSpeed(speed: number): void {
    this.#marketClock.setSpeed(speed);
    this.#mark();
    this.audience.changed();
  }

  /** Gives the exchange one verb of a customer, records it with its effects, then tells; null where it was taken. */
  send(owner: number, input: SentInput): ReturnType<MarketRun['send']> {
    const { run } = this;
    this.audience.tell(this.log.flush());
    const place = this.log.place;
    const at = run.exchange.now;
    try {
      const reason = run.send(owner, input);
      this.log.insert(place, {
        kind: 'order.sent',
        data: { run: run.run, at, owner, hash: run.exchange.hash(), input },
      });
      this.audience.tell(this.log.flush());
      this.#planShow();
      return reason;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** Market sales of the firm for accounts that owe money, like orders of their own. */
  #sellByForce(): void {
    const { books } = this.log;
    for (const { accountId, instrumentId, quantity, reason } of dueSales(books, this.run)) {
      const refused = this.send(books.ownerOf(accountId), {
        verb: 'submit',
        no: books.nextNo(),
        code: codeOf(instrumentId),
        side: 'sell',
        type: 'market',
        timeInForce: 'day',
        session: 'regular',
        route: 'KRX',
        price: 0,
        stopPrice: 0,
        quantity,
      });
      this.#parts.logger.warn('sale by force', { accountId, instrumentId, quantity, reason, refused });
    }
  }

  /** Entries that nothing has acted on yet, recorded and told. */
  commit(entries: readonly LogEntry[]): void {
    this.audience.tell(this.log.flush());
    this.audience.tell(this.log.commit(entries));
  }

  /** One piece of work at a time, with the clock stopped; SIMULATION_BUSY meanwhile. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new AppError('SIMULATION_BUSY');
    this.#recover();
    this.#busy = true;
    this.#apply();
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.#apply();
      this.#mark();
    }
  }

  /** Runs until `target` says null, in slices; throws CANCELED at a slice's end once the signal is aborted. */
  async reach(target: () => EpochMs | null, signal?: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    let turnStart = clock.monotonicMs();
    for (;;) {
      if (signal?.aborted || this.#closed) throw new AppError('CANCELED');
      const to = target();
      if (to === null) return;
      const reached = this.#slice(to);
      if (reached && clock.monotonicMs() - turnStart < TURN_BUDGET_MS) continue;
      await new Promise<void>((done) => this.#parts.timers.yieldTurn(done));
      turnStart = clock.monotonicMs();
    }
  }

  #slice(to: EpochMs): boolean {
    try {
      const reached = this.#slicer.advance(this.#view(), to);
      this.#settle();
      return reached;
    } catch (error) {
      // While playing again, what goes wrong ends the day, not the simulator.
      if (this.#state.catchUp === null) this.#fail(error);
      throw error;
    }
  }

  /** Stops the clock and keeps the state for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#marketClock.stop();
    const { keeper, logger } = this.#parts;
    await keeper.store.idle();
    try {
      const state = this.#kept();
      if (state) keeper.saveNow(state);
      this.#mark();
    } catch (error) {
      logger.warn('market snapshot failed', { error: String(error) });
    }
    this.#state.run = null;
    this.log.close();
  }

  #view(): Advanceable {
    const { run } = this;
    return {
      get now() {
        return run.exchange.now;
      },
      advanceTo: (ts) => run.advanceTo(ts),
    };
  }

  #apply(): void {
    if (!this.running || this.#busy || !this.#state.run) this.#marketClock.stop();
    else if (!this.#marketClock.running) {
      this.#marketClock.start(this.#view(), this.#state.run.lastTs);
      // From here on data is owed; until now silence was meant.
      this.audience.advanced();
    }
    this.audience.changed();
  }

  /** Ends a stretch of work: record, tell, keep for a restart, show. */
  #settle(): void {
    if (this.#state.catchUp === null) this.audience.tell(this.log.flush());
    this.#show();
  }

  /** What an order's answer need not wait for. */
  #show(): void {
    if (this.#state.unseen) return;
    if (this.#state.catchUp === null) {
      this.#tidy();
      const state = this.#parts.passing === true ? null : this.#kept();
      if (state) this.#checkpoints.worked(state.run, state.logSeq);
      if (state && !this.#state.opening) this.#parts.keeper.worked(state);
    }
    this.audience.advanced();
    this.audience.changed();
  }

  #planShow(): void {
    if (this.#showPlanned) return;
    this.#showPlanned = true;
    this.#parts.timers.yieldTurn(() => {
      this.#showPlanned = false;
      if (this.#closed || this.#failure !== null) return;
      try {
        this.#show();
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  #tidy(): void {
    try {
      this.log.checkpoint();
    } catch (error) {
      // Nothing is lost: the entries are on the disk, only not yet in the main file.
      this.#parts.logger.warn('the log could not be tidied', { error: String(error) });
    }
  }

  /** null while the state is not one to come back to: before the market is ready, or with something not yet recorded. */
  #kept(): KeptState | null {
    if (!this.ready || this.log.behind) return null;
    return { run: this.run, logSeq: this.log.lastSeq, speed: this.speed, wantsRun: this.#state.wantsRun };
  }

  #mark(): void {
    if (this.#parts.passing === true) return;
    const state = this.#kept();
    if (state) this.#parts.keeper.saveMark(state);
  }

  #hearFact(fact: OrderFact): void {
    if (this.#state.catchUp) this.#state.catchUp.meet(fact);
    else this.log.add(fact);
  }

  #hearPhase(phase: Phase, exchangeTs: EpochMs): void {
    if (this.#state.catchUp) return;
    this.log.tell({ kind: 'session', sessionDate: this.run.exchange.date, phase, exchangeTs });
  }

  /** The market stops where it is; what has happened and is not recorded waits, and nobody is told of it. */
  #fail(error: unknown): void {
    if (this.#failure === null) this.audience.tell([{ kind: 'connection', state: 'down' }]);
    this.#failure = error;
    this.#parts.logger.error('the simulated market stopped', { error: String(error) });
    this.#marketClock.stop();
    this.audience.changed();
  }

  /** After a failure of the disk: once what happened is recorded, the market may go on. A bug is not recovered from. */
  #recover(): void {
    if (this.#failure === null) return;
    assert(
      this.#failure instanceof AppError && this.#failure.code !== 'INTERNAL_BUG',
      'the simulated market is broken',
    );
    const notices = this.log.flush();
    this.#failure = null;
    this.audience.tell([{ kind: 'connection', state: 'up' }, ...notices]);
  }

  has(id: InstrumentId, venue: VenueName = 'KRX'): boolean {
    return this.#state.run?.has(id, venue) ?? false;
  }
}
