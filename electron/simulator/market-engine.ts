/** Runs one market at a time: its clock, its record on the disk, and those who listen. */
import type { InstrumentId, SimulationPlan } from '#shared/domain/index.ts';
import { AppError, assert } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import { epochMs, type EpochMs, type Phase, type SessionDate } from '#shared/time/index.ts';
import { Audience } from './audience.ts';
import { CatchUp } from './catch-up.ts';
import { endedDay, planDayOf, settlementDates, type Closes, type MarketSources } from './day-plan.ts';
import { endingEntries, type BookedRun } from './firm-books.ts';
import type { LogEntry, OrderFact, SentInput } from './log-entry.ts';
import { MarketClock } from './market-clock.ts';
import { MarketRun, type RunSink } from './market-run.ts';
import type { KeptState, RestartKeeper } from './restart-keeper.ts';
import type { RunLog } from './run-log.ts';
import { Slicer, TURN_BUDGET_MS, type Advanceable } from './slicer.ts';
import { SNAPSHOT_VERSION, type StoredSnapshot } from './snapshot-store.ts';
import type { ExchangeNotice } from './terms.ts';

export interface EngineParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly sources: MarketSources;
  readonly log: RunLog;
  readonly keeper: RestartKeeper;
}

/** A day that is to begin. */
export interface DayWish {
  readonly plan: SimulationPlan;
  readonly date: SessionDate;
  readonly closes: Closes;
}

export class MarketEngine {
  readonly log: RunLog;
  readonly audience = new Audience();
  readonly #parts: EngineParts;
  readonly #slicer: Slicer;
  readonly #marketClock: MarketClock;
  readonly #sink: RunSink;
  #run: MarketRun | null = null;
  #catchUp: CatchUp | null = null;
  #wantsRun = true;
  #busy = false;
  /** true from the start of a day until its first resting place: no mark is written, so a restart goes on to it. */
  #opening = false;
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
      traded: (trade) => this.audience.traded(trade),
      phaseChanged: (phase, ts) => this.#hearPhase(phase, ts),
    };
  }

  /** The market now running or standing; throws BROKER_UNAVAILABLE before the first is ready. */
  get run(): MarketRun {
    if (!this.#run) throw new AppError('BROKER_UNAVAILABLE');
    return this.#run;
  }

  get hasMarket(): boolean {
    return this.#run !== null;
  }

  /** true when orders can be sent. */
  get ready(): boolean {
    return this.#run !== null && this.#catchUp === null && this.#failure === null;
  }

  get running(): boolean {
    return this.#wantsRun && this.#failure === null && this.#run !== null && !this.#run.over;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get speed(): number {
    return this.#marketClock.speed;
  }

  get trueSpeed(): number | null {
    return this.#marketClock.trueSpeed;
  }

  setRunning(wanted: boolean): void {
    if (wanted) this.#recover();
    const paused = this.#wantsRun && !wanted;
    this.#wantsRun = wanted;
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

  /** Gives the venue one verb of a customer, records it with its effects, then tells; null where it was taken. */
  send(owner: number, input: SentInput): ReturnType<MarketRun['send']> {
    const { run } = this;
    this.audience.tell(this.log.flush());
    const place = this.log.place;
    const at = run.venue.now;
    try {
      const reason = run.send(owner, input);
      this.log.insert(place, { kind: 'order.sent', data: { run: run.run, at, owner, hash: run.venue.hash(), input } });
      this.audience.tell(this.log.flush());
      this.#planShow();
      return reason;
    } catch (error) {
      this.#fail(error);
      throw error;
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
      if (this.#catchUp === null) this.#fail(error);
      throw error;
    }
  }

  /** Begins a day and brings it to its first resting place; the market before it ends, and its open orders expire. */
  async begin(wish: DayWish, restAt: (run: MarketRun) => EpochMs | null, signal?: AbortSignal): Promise<void> {
    const { sources, keeper } = this.#parts;
    // The only wait: orders may come meanwhile, and none may come between what follows.
    await keeper.store.idle();
    const before = this.log.books.run;
    const number = (before?.run ?? 0) + 1;
    const { d1, d2 } = settlementDates(sources.calendar, wish.date);
    const facts = planDayOf(sources, { run: number, ...wish });
    const run = MarketRun.start(facts, this.#sink);
    this.audience.tell(this.log.flush());
    const entries: LogEntry[] = [
      ...(before && !before.ended
        ? endingEntries(this.log.books, { run: before.run, ts: this.#now(), cause: 'replaced' })
        : []),
      { kind: 'run.started', data: { run: number, plan: wish.plan, date: facts.date, d1Date: d1, d2Date: d2 } },
    ];
    keeper.store.clear(number);
    // The snapshot goes first: a day that is in the log can always be taken up again.
    const logSeq = this.log.lastSeq + entries.length;
    keeper.store.saveNow({ version: SNAPSHOT_VERSION, logSeq, market: run.snapshot(), kept: undefined });
    const notices = this.log.commit(entries);
    keeper.store.prune(number);
    this.#take(run);
    this.audience.tell([...notices, this.#sessionNotice()]);
    this.#opening = true;
    try {
      await this.reach(() => restAt(run), signal);
    } finally {
      this.#opening = false;
    }
  }

  /** Takes up the day that the log says is running; false where its market cannot be restored, and the day has ended. */
  async resume(booked: BookedRun, restAt: (run: MarketRun) => EpochMs | null): Promise<boolean> {
    const { keeper, logger } = this.#parts;
    const mark = keeper.store.loadMark();
    const own = mark?.run === booked.run ? mark : undefined;
    if (own) {
      this.#marketClock.setSpeed(own.speed);
      this.#wantsRun = own.running;
    }
    if (!booked.ended) {
      try {
        const stored = keeper.store.load(booked.run, this.log.lastSeq);
        if (!stored) throw new Error('no snapshot of this version');
        await this.#playAgain(stored, own?.at);
        this.#opening = own === undefined;
        if (own === undefined) await this.reach(() => restAt(this.run));
        return true;
      } catch (error) {
        // What the disk refuses is not the market's fault, and would end the day for nothing.
        if (error instanceof AppError && error.code !== 'INTERNAL_BUG') throw error;
        logger.error('the running day could not be restored and ends', { run: booked.run, error: String(error) });
        this.#catchUp = null;
        const ending = endingEntries(this.log.books, { run: booked.run, ts: this.#now(), cause: 'lost' });
        this.audience.tell(this.log.commit(ending));
      } finally {
        this.#opening = false;
      }
    }
    this.#take(MarketRun.ended(endedDay(this.#parts.sources, booked), this.#sink));
    return false;
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
    this.#run = null;
    this.log.close();
  }

  async #playAgain(stored: StoredSnapshot, markTs: number | undefined): Promise<void> {
    const run = MarketRun.restore(stored.market, this.#sink);
    const catchUp = new CatchUp(this.log.readAfter(stored.logSeq), epochMs(Math.max(run.venue.now, markTs ?? 0)));
    this.#catchUp = catchUp;
    this.#take(run);
    this.#parts.keeper.restoreKeepsake(stored.kept);
    await catchUp.play(run, (target) => this.reach(() => (run.venue.now < target ? target : null)));
    this.#catchUp = null;
  }

  #take(run: MarketRun): void {
    this.#run = run;
    this.#parts.keeper.began(run);
    this.audience.opened();
  }

  /** The exchange's clock, 0 where there is none. */
  #now(): EpochMs {
    return this.#run?.venue.now ?? epochMs(0);
  }

  #view(): Advanceable {
    const { run } = this;
    return {
      get now() {
        return run.venue.now;
      },
      advanceTo: (ts) => run.advanceTo(ts),
    };
  }

  #apply(): void {
    if (!this.running || this.#busy || !this.#run) this.#marketClock.stop();
    else if (!this.#marketClock.running) {
      this.#marketClock.start(this.#view(), this.#run.lastTs);
      // From here on data is owed; until now silence was meant.
      this.audience.advanced();
    }
    this.audience.changed();
  }

  /** Ends a stretch of work: record, tell, keep for a restart, show. */
  #settle(): void {
    if (this.#catchUp === null) this.audience.tell(this.log.flush());
    this.#show();
  }

  /** What an order's answer need not wait for. */
  #show(): void {
    if (this.#catchUp === null) {
      this.#tidy();
      const state = this.#opening ? null : this.#kept();
      if (state) this.#parts.keeper.worked(state);
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
    return { run: this.run, logSeq: this.log.lastSeq, speed: this.speed, wantsRun: this.#wantsRun };
  }

  #mark(): void {
    const state = this.#kept();
    if (state) this.#parts.keeper.saveMark(state);
  }

  #hearFact(fact: OrderFact): void {
    if (this.#catchUp) this.#catchUp.meet(fact);
    else this.log.add(fact);
  }

  #hearPhase(phase: Phase, exchangeTs: EpochMs): void {
    if (this.#catchUp) return;
    this.log.tell({ kind: 'session', sessionDate: this.run.venue.date, phase, exchangeTs });
  }

  #sessionNotice(): ExchangeNotice {
    const { venue } = this.run;
    return { kind: 'session', sessionDate: venue.date, phase: venue.phase, exchangeTs: venue.now };
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

  has(id: InstrumentId): boolean {
    return this.#run?.has(id) ?? false;
  }
}
