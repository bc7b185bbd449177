/** Changes of the market's day: another begins, one is taken up after a restart, or is taken back to an earlier instant. */
import type { SimulationPlan } from '#shared/domain/index.ts';
import { AppError, assert } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { epochMs, kstTimeText, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { Audience } from './audience.ts';
import { CatchUp } from './catch-up.ts';
import type { Checkpoints } from './checkpoints.ts';
import { endedDay, planDayOf, settlementDates, type Closes, type MarketSources } from './day-plan.ts';
import type { EngineState } from './engine-state.ts';
import { auctionStart } from './forced-sales.ts';
import { endingEntries, expiringEntries, type BookedRun } from './firm-books.ts';
import type { LogEntry } from './log-entry.ts';
import type { MarketClock } from './market-clock.ts';
import { MarketRun, type RunSink } from './market-run.ts';
import { changeEntries } from './price-changes.ts';
import type { RestartKeeper } from './restart-keeper.ts';
import type { RunLog } from './run-log.ts';
import { SNAPSHOT_VERSION, type StoredSnapshot } from './snapshot-store.ts';
import type { ExchangeNotice } from './terms.ts';

/** A day that is to begin. */
export interface DayWish {
  readonly plan: SimulationPlan;
  readonly date: SessionDate;
  readonly closes: Closes;
}

export interface DayChangeParts {
  readonly logger: Logger;
  readonly sources: MarketSources;
  readonly log: RunLog;
  readonly keeper: RestartKeeper;
  readonly state: EngineState;
  readonly audience: Audience;
  readonly checkpoints: Checkpoints;
  readonly sink: RunSink;
  readonly marketClock: MarketClock;
  /** Sends the orders of sales by force that are due. */
  readonly sellByForce: () => void;
  /** Runs until `target` says null, in slices. */
  readonly reach: (target: () => EpochMs | null, signal?: AbortSignal) => Promise<void>;
}

/** Each change is one piece of work, done with the clock stopped. */
export class DayChanges {
  readonly #parts: DayChangeParts;
  readonly #state: EngineState;

  constructor(parts: DayChangeParts) {
    this.#parts = parts;
    this.#state = parts.state;
  }

  /** The market now running or standing. */
  get run(): MarketRun {
    return this.#state.market;
  }

  /** Begins a day and brings it to its first resting place; the market before it ends, and its open orders expire. */
  async begin(wish: DayWish, restAt: (run: MarketRun) => EpochMs | null, signal?: AbortSignal): Promise<void> {
    const { sources, keeper } = this.#parts;
    // The only wait: orders may come meanwhile, and none may come between what follows.
    await keeper.store.idle();
    const before = this.#parts.log.books.run;
    const number = (before?.run ?? 0) + 1;
    const { d1, d2 } = settlementDates(sources.calendar, wish.date);
    const { books } = this.#parts.log;
    const facts = planDayOf(sources, { run: number, ...wish, actions: books.actions.list() });
    const run = MarketRun.start(facts, this.#parts.sink);
    this.#parts.audience.tell(this.#parts.log.flush());
    const entries: LogEntry[] = [
      ...(before && !before.ended ? endingEntries(books, { run: before.run, ts: this.#now(), cause: 'replaced' }) : []),
      { kind: 'run.started', data: { run: number, plan: wish.plan, date: wish.date, d1Date: d1, d2Date: d2 } },
      // With the day that they begin, or not at all.
      ...changeEntries(books, facts.changes, { run: number, ts: run.exchange.now }),
    ];
    keeper.store.clear(number);
    if (facts.recorded) keeper.store.saveDay(number, facts.recorded);
    // The snapshot goes first: a day that is in the log can always be taken up again.
    const logSeq = this.#parts.log.lastSeq + entries.length;
    keeper.store.saveNow({ version: SNAPSHOT_VERSION, logSeq, market: run.snapshot(), kept: undefined });
    const notices = this.#parts.log.commit(entries);
    keeper.store.prune(number);
    this.#take(run);
    this.#parts.checkpoints.began(run, logSeq);
    this.#parts.audience.tell([...notices, this.#sessionNotice()]);
    this.#state.opening = true;
    try {
      await this.#openDay(restAt, signal);
    } finally {
      this.#state.opening = false;
    }
  }

  /** Takes up the day that the log says is running; false where its market cannot be restored, and the day has ended. */
  async resume(booked: BookedRun, restAt: (run: MarketRun) => EpochMs | null): Promise<boolean> {
    const { keeper, logger } = this.#parts;
    keeper.store.clearAhead(booked.run, this.#parts.log.lastSeq);
    const mark = keeper.store.loadMark();
    const own = mark?.run === booked.run ? mark : undefined;
    if (own) {
      this.#parts.marketClock.setSpeed(own.speed);
      this.#state.wantsRun = own.running;
    }
    if (!booked.ended) {
      try {
        const stored = keeper.store.load(booked.run, this.#parts.log.lastSeq);
        if (!stored) throw new Error('no snapshot of this version');
        await this.#playAgain(stored, own?.at);
        this.#state.opening = own === undefined;
        if (own === undefined) await this.#openDay(restAt);
        return true;
      } catch (error) {
        // What the disk refuses is not the market's fault, and would end the day for nothing.
        if (error instanceof AppError && error.code !== 'INTERNAL_BUG') throw error;
        logger.error('the running day could not be restored and ends', { run: booked.run, error: String(error) });
        this.#state.catchUp = null;
        const ending = endingEntries(this.#parts.log.books, { run: booked.run, ts: this.#now(), cause: 'lost' });
        this.#parts.audience.tell(this.#parts.log.commit(ending));
      } finally {
        this.#state.opening = false;
      }
    }
    const actions = this.#parts.log.books.actions.list().filter(({ appliedOn }) => appliedOn !== null);
    const { plan } = booked;
    assert(plan.mode !== 'live', 'a log of the real market');
    this.#take(MarketRun.ended(endedDay(this.#parts.sources, { ...booked, plan, actions }), this.#parts.sink));
    return false;
  }

  /**
   * Takes the market back to `to`: the nearest state before it is played up to there, with what the customers sent by
   * then. Their open orders expire, at the firm now and in the market then; fills stay booked. On any failure the market
   * stays where it was. Throws REWIND_RANGE.
   */
  async rewind(to: EpochMs): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.store.idle();
    const { log } = this.#parts;
    const before = this.run;
    this.#parts.audience.tell(log.flush());
    const { now: at } = before.exchange;
    const from = to <= at ? this.#parts.checkpoints.at(to) : null;
    if (!from) throw new AppError('REWIND_RANGE', { from: kstTimeText(this.#parts.checkpoints.fromTs ?? at) });
    const kept = keeper.keepsakeAt(to);
    this.#state.unseen = true;
    this.#state.catchUp = new CatchUp(log.readAfter(from.logSeq), { backTo: to });
    try {
      const run = MarketRun.restore(from.market, before.recorded, this.#parts.sink);
      this.#state.run = run;
      await this.#state.catchUp.play(run, (target) =>
        this.#parts.reach(() => (run.exchange.now < target ? target : null)),
      );
      run.withdraw();
      const data = { run: run.run, at, to, hash: run.exchange.hash() };
      const entries: LogEntry[] = [...expiringEntries(log.books, at), { kind: 'run.rewound', data }];
      const logSeq = log.lastSeq + entries.length;
      // As with a day that begins, the snapshot goes first; the mark, too, must not lead beyond it.
      keeper.saveMark({ run, logSeq, speed: this.#parts.marketClock.speed, wantsRun: false });
      keeper.store.saveNow({ version: SNAPSHOT_VERSION, logSeq, market: run.snapshot(), kept });
      const notices = log.commit(entries);
      this.#state.catchUp = null;
      this.#parts.checkpoints.cut(to);
      this.#take(run);
      keeper.restoreKeepsake(kept);
      this.#parts.audience.tell([...notices, this.#sessionNotice()]);
    } catch (error) {
      if (this.#state.catchUp) this.#state.run = before;
      this.#state.catchUp = null;
      keeper.store.clearAhead(before.run, log.lastSeq);
      throw error;
    } finally {
      this.#state.unseen = false;
    }
  }

  /** Brings a new day to its first resting place; on the way the firm sells for accounts that owe money. */
  async #openDay(restAt: (run: MarketRun) => EpochMs | null, signal?: AbortSignal): Promise<void> {
    const { run } = this;
    const auction = auctionStart(run);
    const rest = restAt(run);
    if (auction !== null && rest !== null && auction <= rest) {
      await this.#parts.reach(() => (run.exchange.now < auction ? auction : null), signal);
      this.#parts.sellByForce();
    }
    await this.#parts.reach(() => restAt(run), signal);
  }

  async #playAgain(stored: StoredSnapshot, markTs: number | undefined): Promise<void> {
    const recorded = this.#parts.keeper.store.loadDay(stored.market.run) ?? null;
    const run = MarketRun.restore(stored.market, recorded, this.#parts.sink);
    const reached = epochMs(Math.max(run.exchange.now, markTs ?? 0));
    const catchUp = new CatchUp(this.#parts.log.readAfter(stored.logSeq), { markTs: reached });
    this.#state.catchUp = catchUp;
    this.#take(run);
    this.#parts.keeper.restoreKeepsake(stored.kept);
    await catchUp.play(run, (target) => this.#parts.reach(() => (run.exchange.now < target ? target : null)));
    this.#state.catchUp = null;
    this.#parts.checkpoints.began(run, this.#parts.log.lastSeq);
  }

  #take(run: MarketRun): void {
    this.#state.run = run;
    this.#parts.keeper.began(run);
    this.#parts.audience.opened();
  }

  /** The exchange's clock, 0 where there is none. */
  #now(): EpochMs {
    return this.#state.run?.exchange.now ?? epochMs(0);
  }

  #sessionNotice(): ExchangeNotice {
    const { exchange } = this.run;
    return { kind: 'session', sessionDate: exchange.date, phase: exchange.phaseOf('KRX'), exchangeTs: exchange.now };
  }
}
