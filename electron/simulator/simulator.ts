/** The simulated market as one thing: a clock to drive, a firm to order from, prices to look at. */
import { join } from 'node:path';
import {
  codeOf,
  MAX_SPEED,
  MIN_SPEED,
  type InstrumentId,
  type JumpTarget,
  type SimulationPlan,
  type SimulationStatus,
} from '#shared/domain/index.ts';
import { AppError, NAME_KO } from '#shared/errors/index.ts';
import type { DepthLevel, IssueView } from '#shared/exchange/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import { epochMs, isSessionDate, kstTimeText, type EpochMs, type Phase, type SessionDate } from '#shared/time/index.ts';
import { Journal } from '../storage/index.ts';
import { firstDate, nextDay, type MarketSources } from './day-plan.ts';
import { told } from './firm-books.ts';
import { FirmCounter } from './firm-counter.ts';
import { MarketEngine } from './market-engine.ts';
import type { MarketRun } from './market-run.ts';
import { RestartKeeper, type Keepsake } from './restart-keeper.ts';
import { RunLog } from './run-log.ts';
import { SnapshotStore } from './snapshot-store.ts';
import type {
  ExchangeAccount,
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
}

const LEVELS = 10;
/** After the scheduled end of an auction its true end is looked for in steps of this length. */
const END_STEP_MS = 100;
/** Watchers of the status hear of a running clock at most this often, wall time. */
const STATUS_EVERY_MS = 200;
/** Phases in which orders are taken. */
const OPEN_PHASES: readonly Phase[] = ['openAuction', 'continuous', 'closeAuction', 'viAuction', 'afterMarket'];

/** Ten levels of one issue; `expected` while an auction collects. */
export interface DepthView {
  readonly asks: readonly DepthLevel[];
  readonly bids: readonly DepthLevel[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
  readonly expected: DepthLevel | null;
}

/** When a phase is scheduled to begin. */
function startOf(run: MarketRun, phase: Phase): EpochMs {
  return run.venue.schedule.parts.find((part) => part.phase === phase)?.startTs ?? run.lastTs;
}

/** The next instant to run to until `phase` has begun; null once it has, or the day is over. */
function until(run: MarketRun, phase: Phase): EpochMs | null {
  const { parts } = run.venue.schedule;
  const place = (wanted: Phase): number => parts.findIndex((part) => part.phase === wanted);
  if (run.over || place(run.venue.phase) >= place(phase)) return null;
  const scheduled = startOf(run, phase);
  return run.venue.now < scheduled ? scheduled : epochMs(run.venue.now + END_STEP_MS);
}

const untilOpen = (run: MarketRun): EpochMs | null => until(run, 'continuous');
const untilOrders = (run: MarketRun): EpochMs | null => until(run, 'openAuction');

/** Which phase a jump within the day goes to. */
const JUMP_PHASE = { open: 'continuous', closeAuction: 'closeAuction', close: 'closed' } as const;

export class Simulator {
  readonly #options: SimulatorOptions;
  readonly #keeper: RestartKeeper;
  readonly #engine: MarketEngine;
  readonly #counter: FirmCounter;
  readonly #statusWatchers = new Set<(status: SimulationStatus) => void>();
  #lastStatus = { wallMs: Number.NEGATIVE_INFINITY, text: '' };

  /** Opens the record; nothing runs before `open`. Throws as `Journal.open`. */
  constructor(options: SimulatorOptions) {
    const { folder, clock, timers, ids, logger } = options;
    this.#options = options;
    const journal = Journal.open({ path: join(folder, 'simulator.db'), role: 'simulator' });
    try {
      const log = new RunLog(journal, clock);
      const store = new SnapshotStore(join(folder, 'simulator'));
      this.#keeper = new RestartKeeper({ store, clock, logger });
      this.#engine = new MarketEngine({ clock, timers, logger, sources: options, log, keeper: this.#keeper });
    } catch (error) {
      journal.close();
      throw error;
    }
    this.#counter = new FirmCounter(this.#engine, ids);
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
        await this.#engine.resume(booked, untilOpen);
        return;
      }
      const plan: SimulationPlan = { mode: 'synthetic', seed: this.#options.firstSeed ?? 1 };
      const date = firstDate(this.#options, this.#options.clock.now());
      await this.#engine.begin({ plan, date, closes: new Map() }, untilOpen);
    });
  }

  /** Stops and keeps the state; the object is of no use afterwards. */
  async close(): Promise<void> {
    await this.#engine.close();
  }

  // The clock

  status(): SimulationStatus {
    const { run, running, busy, speed, trueSpeed } = this.#engine;
    const { venue } = run;
    return {
      plan: run.plan,
      running,
      speed,
      trueSpeed: running ? trueSpeed : null,
      simTs: venue.now,
      sessionDate: venue.date,
      phase: venue.phase,
      nextPhase: venue.next?.phase ?? null,
      nextPhaseTs: venue.next?.ts ?? null,
      schedule: venue.schedule.parts.map(({ phase, startTs, endTs }) => ({ phase, startTs, endTs })),
      instruments: venue.codes.length,
      busy,
      disturbed: run.disturbed,
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
      await this.#engine.begin({ plan, date, closes: new Map() }, untilOpen);
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
      const target = epochMs(Math.min(run.lastTs, run.venue.now + ms));
      await this.#engine.reach(() => (run.venue.now < target ? target : null));
    });
    return this.status();
  }

  /** Runs to a phase as fast as it can. Throws JUMP_PAST, REPLAY_LAST_DAY, and CANCELED where the signal stopped it half-way. */
  async jump(to: JumpTarget, signal?: AbortSignal): Promise<SimulationStatus> {
    await this.#engine.exclusively(async () => {
      const { run } = this.#engine;
      if (to === 'nextDay') return this.#jumpToNextDay(signal);
      const phase = JUMP_PHASE[to];
      if (until(run, phase) === null && run.venue.phase !== phase) {
        throw new AppError('JUMP_PAST', { phase: NAME_KO[phase] });
      }
      await this.#engine.reach(() => (to === 'close' ? this.#untilOver(run) : until(run, phase)), signal);
    });
    return this.status();
  }

  // The firm

  createAccount(wish: { readonly name: string; readonly startingCashKrw?: number }): ExchangeAccount {
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

  openOrders(accountId: string): readonly ExchangeOrder[] {
    return this.#engine.log.books.openOrders(accountId).map(told);
  }

  orders(accountId: string, date: SessionDate): readonly ExchangeOrder[] {
    return this.#engine.log.books.orders(accountId, date).map(told);
  }

  executions(accountId: string, date: SessionDate): readonly ExchangeExecution[] {
    return this.#engine.log.books.executions(accountId, date);
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

  // Prices

  session(): MarketSession {
    const { run, running, ready: up } = this.#engine;
    const { date, phase, now, events } = run.venue;
    return { sessionDate: date, phase, exchangeTs: now, up, running, events, nextOpen: this.#nextOpen(run) };
  }

  instrumentIds(): readonly InstrumentId[] {
    return this.#engine.run.instrumentIds;
  }

  /** undefined: not in this market. */
  issue(id: InstrumentId): IssueView | undefined {
    return this.#engine.has(id) ? this.#engine.run.venue.issue(codeOf(id)) : undefined;
  }

  depth(id: InstrumentId): DepthView | undefined {
    if (!this.#engine.has(id)) return undefined;
    const { venue } = this.#engine.run;
    const code = codeOf(id);
    return {
      asks: venue.depth(code, 'sell', LEVELS),
      bids: venue.depth(code, 'buy', LEVELS),
      totalAskQty: venue.totalQty(code, 'sell'),
      totalBidQty: venue.totalQty(code, 'buy'),
      expected: venue.expected(code),
    };
  }

  watchMarket(listener: MarketListener): () => void {
    return this.#engine.audience.watchMarket(listener);
  }

  #untilOver(run: MarketRun): EpochMs | null {
    return run.over ? null : until(run, 'closed');
  }

  async #jumpToNextDay(signal?: AbortSignal): Promise<void> {
    const { run } = this.#engine;
    const next = nextDay(this.#options, run.plan, run.venue.date);
    await this.#engine.reach(() => this.#untilOver(run), signal);
    await this.#engine.begin({ ...next, closes: run.closes() }, untilOrders, signal);
  }

  #nextOpen(run: MarketRun): string | null {
    const { venue, plan } = run;
    if (OPEN_PHASES.includes(venue.phase)) return null;
    const part = venue.schedule.parts.find(({ phase, startTs }) => OPEN_PHASES.includes(phase) && startTs > venue.now);
    if (part && !run.over) return kstTimeText(part.startTs).slice(0, 5);
    if (plan.mode === 'replay') return null;
    try {
      return nextDay(this.#options, plan, venue.date).date;
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
    const { running, speed, phase, sessionDate: date, busy, disturbed, plan } = status;
    const text = JSON.stringify({ running, speed, phase, date, busy, disturbed, plan });
    if (text === this.#lastStatus.text && running && wallMs - this.#lastStatus.wallMs < STATUS_EVERY_MS) return;
    this.#lastStatus = { wallMs, text };
    for (const listener of this.#statusWatchers) listener(status);
  }
}
