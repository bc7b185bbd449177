/** The simulated market as one thing: a clock to drive, a firm to order from, prices to look at. */
import { join } from 'node:path';
import {
  codeOf,
  MAX_SPEED,
  MIN_SPEED,
  type InstrumentId,
  type JumpTarget,
  type MarketState,
  type SimulationPlan,
  type SimulationStatus,
  type VenueName,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { countSources, type IssueView, type LedgerHolding, type ListedIssue } from '#shared/exchange/index.ts';
import { windowOpen } from '#shared/market/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import { epochMs, isSessionDate, type SessionDate } from '#shared/time/index.ts';
import { Journal } from '../storage/index.ts';
import { ActionCounter } from './action-counter.ts';
import { firstDate, nextDay, type MarketSources } from './day-plan.ts';
import {
  afterTs,
  hasBegun,
  isNow,
  jumpPoint,
  nextOrdersToday,
  POINT_KO,
  ribbonOf,
  until,
  untilOpen,
  untilOrders,
  untilOver,
} from './day-points.ts';
import { told } from './firm-books.ts';
import { FirmCounter, type AccountWish } from './firm-counter.ts';
import { LOG_UPCASTERS } from './log-entry.ts';
import { MarketEngine } from './market-engine.ts';
import type { MarketRun } from './market-run.ts';
import { RestartKeeper, type Keepsake } from './restart-keeper.ts';
import { RunLog } from './run-log.ts';
import { SnapshotStore } from './snapshot-store.ts';
import type {
  DepthView,
  ExchangeAccount,
  ExchangeAdjustment,
  ExchangeAnswer,
  ExchangeCancelRequest,
  ExchangeExecution,
  ExchangeNotice,
  ExchangeOrder,
  ExchangeOrderRequest,
  ExchangePosition,
  ExchangeReceipt,
  ExchangeReplaceRequest,
  MarketListener,
  MarketSession,
} from './terms.ts';

export interface SimulatorOptions extends MarketSources {
  /** Data folder: `simulator.db` and `simulator/` are kept in it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Seed of the first market (0 … 2^32 − 1); 1 if absent. */
  readonly firstSeed?: number;
  /** The first market, instead of a plain one of that seed; it rests before its opening auction. */
  readonly first?: { readonly plan: SimulationPlan; readonly date: SessionDate };
  /** true: it is played once and gone; nothing is kept to restart from or to go back to. */
  readonly passing?: boolean;
}

const LEVELS = 10;
/** Watchers of a running clock's status hear at most so often, wall time. */
const STATUS_EVERY_MS = 200;

export class Simulator {
  readonly #options: SimulatorOptions;
  readonly #keeper: RestartKeeper;
  readonly #engine: MarketEngine;
  readonly #counter: FirmCounter;
  /** Corporate actions of the practice market. */
  readonly actions: ActionCounter;
  readonly #statusWatchers = new Set<(status: SimulationStatus) => void>();
  #lastStatus = { wallMs: Number.NEGATIVE_INFINITY, text: '' };

  /** Opens the record; nothing runs before `open`. Throws as `Journal.open`. */
  constructor(options: SimulatorOptions) {
    const { folder, clock, timers, ids, logger, passing = false } = options;
    this.#options = options;
    const journal = Journal.open({ path: join(folder, 'simulator.db'), role: 'simulator', upcasters: LOG_UPCASTERS });
    try {
      const log = new RunLog(journal, clock);
      const store = new SnapshotStore(join(folder, 'simulator'));
      this.#keeper = new RestartKeeper({ store, clock, logger });
      this.#engine = new MarketEngine({ clock, timers, logger, sources: options, log, keeper: this.#keeper, passing });
    } catch (error) {
      journal.close();
      throw error;
    }
    this.#counter = new FirmCounter(this.#engine, ids);
    this.actions = new ActionCounter(this.#engine, options.calendar);
    this.#engine.audience.watchChanges(() => this.#publishStatus());
  }

  /** Keeps something along with the market over restarts; before `open`. */
  keep(keepsake: Keepsake): void {
    this.#keeper.keep(keepsake);
  }

  /** Takes up the market where it was, or opens the first: 09:00 of a simulated day. Then the clock runs, unless it was paused. */
  async open(): Promise<void> {
    await this.#engine.exclusively(async () => {
      const booked = this.#engine.log.books.run;
      if (booked) {
        await this.#engine.days.resume(booked, untilOpen);
        return;
      }
      const { first, firstSeed = 1, clock } = this.#options;
      const plan: SimulationPlan = first?.plan ?? { mode: 'synthetic', seed: firstSeed };
      const date = first?.date ?? firstDate(this.#options, clock.now());
      await this.#engine.days.begin({ plan, date, closes: new Map() }, first ? untilOrders : untilOpen);
    });
  }

  /** Stops and keeps the state; the object is of no use afterwards. */
  async close(): Promise<void> {
    await this.#engine.close();
  }

  // The clock

  status(): SimulationStatus {
    const { run, running, busy, speed, trueSpeed } = this.#engine;
    const { exchange, recorded } = run;
    const next = exchange.next();
    return {
      plan: run.plan,
      running,
      speed,
      trueSpeed: running ? trueSpeed : null,
      simTs: exchange.now,
      sessionDate: exchange.date,
      phase: exchange.phaseOf('KRX'),
      nextPhase: next?.phase ?? null,
      nextPhaseTs: next?.ts ?? null,
      schedule: ribbonOf(exchange.schedule),
      nxtPhase: exchange.nxtSchedule ? exchange.phaseOf('NXT') : null,
      nxtSchedule: ribbonOf(exchange.nxtSchedule),
      instruments: exchange.codes.length,
      busy,
      disturbed: run.disturbed,
      rewindFromTs: this.#engine.rewindFromTs,
      sources: recorded && countSources(recorded),
      rulesNote: [...(recorded?.notes ?? [])],
    };
  }

  /** Hears every change by hand at once, and a running clock a few times a second. */
  watchStatus(listener: (status: SimulationStatus) => void): () => void {
    this.#statusWatchers.add(listener);
    return () => this.#statusWatchers.delete(listener);
  }

  /**
   * Starts another market at its open; open orders of the old one expire. Throws what makes the plan impossible
   * (REPLAY_NO_DATA, REPLAY_SUSPENDED, REPLAY_ROW_BAD, CALENDAR_UNKNOWN), and then the old market goes on.
   */
  async start(plan: SimulationPlan, speed?: number): Promise<SimulationStatus> {
    if (speed !== undefined) this.setSpeed(speed);
    await this.#engine.exclusively(async () => {
      const date = plan.mode === 'replay' ? plan.date : firstDate(this.#options, this.#options.clock.now());
      if (!isSessionDate(date)) throw new AppError('DATE_INVALID', { date });
      await this.#engine.days.begin({ plan, date, closes: new Map() }, untilOpen);
    });
    return this.resume();
  }

  pause(): SimulationStatus {
    this.#engine.setRunning(false);
    return this.status();
  }

  /** Lets the clock run; a day that is over stays so until the next. */
  resume(): SimulationStatus {
    this.#engine.setRunning(true);
    return this.status();
  }

  setSpeed(speed: number): SimulationStatus {
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) throw new AppError('SPEED_INVALID');
    this.#engine.setSpeed(speed);
    return this.status();
  }

  /** Pauses and advances by `ms` of exchange time, at most to the end of the day. */
  async step(ms: number): Promise<SimulationStatus> {
    this.#engine.setRunning(false);
    await this.#engine.exclusively(async () => {
      const { run } = this.#engine;
      const target = epochMs(Math.min(run.lastTs, run.exchange.now + ms));
      await this.#engine.reach(() => (run.exchange.now < target ? target : null));
    });
    return this.status();
  }

  /**
   * Runs to a point of the day as fast as it can. Throws JUMP_PAST, JUMP_ABSENT, REPLAY_LAST_DAY, and CANCELED where the
   * signal stopped it half-way.
   */
  async jump(to: JumpTarget, signal?: AbortSignal): Promise<SimulationStatus> {
    await this.#engine.exclusively(async () => {
      const { run } = this.#engine;
      if (to === 'nextDay') return this.#jumpToNextDay(signal);
      if (to === 'dayEnd') return this.#engine.reach(() => untilOver(run), signal);
      const point = jumpPoint(run, to);
      if (!point) throw new AppError('JUMP_ABSENT', { phase: POINT_KO[to] });
      if (hasBegun(run, point) && !isNow(run, point)) throw new AppError('JUMP_PAST', { phase: POINT_KO[to] });
      await this.#engine.reach(() => until(run, point), signal);
    });
    return this.status();
  }

  /**
   * Pauses and takes the market back to an exact earlier instant of the running day; orders open now expire, fills stay
   * booked. Throws REWIND_RANGE for an instant that is not kept any more, or has not come yet.
   */
  async rewind(toTs: number): Promise<SimulationStatus> {
    this.#engine.setRunning(false);
    await this.#engine.exclusively(() => this.#engine.days.rewind(epochMs(toTs)));
    return this.status();
  }

  /** What is kept to go back by. */
  rewindState(): { readonly count: number; readonly bytes: number; readonly events: number } {
    return this.#engine.rewindState;
  }

  /** true: nothing is traded any more today. */
  get over(): boolean {
    return this.#engine.run.over;
  }

  /** 16 hex digits over every event of the day so far. */
  dayHash(): string {
    return this.#engine.run.exchange.hash();
  }

  // The firm

  createAccount(wish: AccountWish): ExchangeAccount {
    return this.#counter.createAccount(wish);
  }

  accounts(): readonly ExchangeAccount[] {
    return this.#engine.log.books.accounts();
  }

  /** Throws ACCOUNT_UNKNOWN. */
  account(accountId: string): ExchangeAccount {
    return this.#engine.log.books.account(accountId);
  }

  /** Throws ACCOUNT_UNKNOWN. */
  positions(accountId: string): readonly ExchangePosition[] {
    return this.#engine.log.books.positions(accountId);
  }

  /** Everything held with its cost. Throws ACCOUNT_UNKNOWN. */
  holdings(accountId: string): readonly LedgerHolding[] {
    return this.#engine.log.books.ledger.holdings(accountId);
  }

  openOrders(accountId: string): readonly ExchangeOrder[] {
    return this.#engine.log.books.openOrders(accountId).map(told);
  }

  orders(accountId: string, date: SessionDate): readonly ExchangeOrder[] {
    return this.#engine.log.books.orders(accountId, date).map(told);
  }

  executions(accountId: string, date: SessionDate): readonly ExchangeExecution[] {
    return this.#engine.log.books.executions(accountId, date);
  }

  adjustments(accountId: string, date: SessionDate): readonly ExchangeAdjustment[] {
    return this.#engine.log.books.adjustments(accountId, date);
  }

  submit(order: ExchangeOrderRequest): ExchangeAnswer {
    return this.#counter.submit(order);
  }

  replace(request: ExchangeReplaceRequest): ExchangeReceipt {
    return this.#counter.replace(request);
  }

  cancel(request: ExchangeCancelRequest): ExchangeReceipt {
    return this.#counter.cancel(request);
  }

  /** Notices as they become durable, also from inside `submit`; a listener must not order from inside. */
  watchNotices(listener: (notice: ExchangeNotice) => void): () => void {
    return this.#engine.audience.watchNotices(listener);
  }

  session(): MarketSession {
    const { run, running, ready: up } = this.#engine;
    const { exchange } = run;
    const { date: sessionDate, now, events, schedule } = exchange;
    return {
      sessionDate,
      phase: exchange.phaseOf('KRX'),
      nxtPhase: exchange.nxtSchedule ? exchange.phaseOf('NXT') : null,
      preCloseOpen: windowOpen(schedule, 'preClose', now),
      postCloseOpen: windowOpen(schedule, 'postClose', now),
      afterTs: afterTs(run),
      exchangeTs: now,
      up,
      running,
      events,
      nextOpen: this.#nextOpen(run),
    };
  }

  /** Each market: its index, and what is in force there. */
  markets(): readonly MarketState[] {
    return this.#engine.run.exchange.markets();
  }

  /** Change of the nearest index futures, ppm; null where none are watched. */
  futures(market: 'KOSPI' | 'KOSDAQ'): number | null {
    return this.#engine.run.exchange.futures(market);
  }

  instrumentIds(): readonly InstrumentId[] {
    return this.#engine.run.instrumentIds;
  }

  /** What an issue is today; undefined: not in this market. */
  listed(id: InstrumentId): ListedIssue | undefined {
    return this.#engine.has(id) ? this.#engine.run.listed(id) : undefined;
  }

  /** undefined: not in this market, or not on that venue. */
  issue(id: InstrumentId, venue: VenueName = 'KRX'): IssueView | undefined {
    return this.#engine.has(id, venue) ? this.#engine.run.exchange.issue(codeOf(id), venue) : undefined;
  }

  depth(id: InstrumentId, venue: VenueName = 'KRX'): DepthView | undefined {
    if (!this.#engine.has(id, venue)) return undefined;
    const { exchange } = this.#engine.run;
    const code = codeOf(id);
    return {
      asks: exchange.depth({ code, side: 'sell', levels: LEVELS, venue }),
      bids: exchange.depth({ code, side: 'buy', levels: LEVELS, venue }),
      totalAskQty: exchange.totalQty(code, 'sell', venue),
      totalBidQty: exchange.totalQty(code, 'buy', venue),
      expected: exchange.expected(code, venue),
    };
  }

  watchMarket(listener: MarketListener): () => void {
    return this.#engine.audience.watchMarket(listener);
  }

  async #jumpToNextDay(signal?: AbortSignal): Promise<void> {
    const { run } = this.#engine;
    const next = nextDay(this.#options, run.plan, run.exchange.date);
    await this.#engine.reach(() => untilOver(run), signal);
    await this.#engine.days.begin({ ...next, closes: run.closes() }, untilOrders, signal);
  }

  #nextOpen(run: MarketRun): string | null {
    const { exchange, plan } = run;
    const today = nextOrdersToday(run);
    if (today !== undefined || plan.mode === 'replay') return today ?? null;
    try {
      return nextDay(this.#options, plan, exchange.date).date;
    } catch (error) {
      // Beyond the calendar the next day is unknown, which is no reason to show nothing else.
      if (error instanceof AppError && error.code === 'CALENDAR_UNKNOWN') return null;
      throw error;
    }
  }

  #publishStatus(): void {
    if (this.#statusWatchers.size === 0 || !this.#engine.hasMarket) return;
    const wallMs = this.#options.clock.monotonicMs();
    const status = this.status();
    const { running, speed, phase, nxtPhase, sessionDate: date, busy, disturbed, plan } = status;
    const text = JSON.stringify({ running, speed, phase, nxtPhase, date, busy, disturbed, plan });
    if (text === this.#lastStatus.text && running && wallMs - this.#lastStatus.wallMs < STATUS_EVERY_MS) return;
    this.#lastStatus = { wallMs, text };
    for (const listener of this.#statusWatchers) listener(status);
  }
}
