/** Keeps the register up to date: notices, inquiries that confirm or replace them, the day's phases, and the line's ups and downs. */
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type { Phase } from '#shared/time/index.ts';
import type { BrokerEvent } from '../../broker.ts';
import type { KisKeys, KisRealtime, WishState } from '../ports.ts';
import type { OrderRegister } from './order-register.ts';
import type { SessionClock } from './session-clock.ts';
import type { DomesticSettings } from './settings.ts';
import { NOTICE, readNotice } from './wire/ccnl-notice.ts';

interface FollowerParts {
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode' | 'htsId'>;
  readonly realtime: KisRealtime;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly settings: DomesticSettings;
  readonly session: SessionClock;
  readonly register: OrderRegister;
  /** Asks for the present day's orders and brings them in. */
  readonly totals: () => Promise<void>;
  /** Asks for the account's figures and tells them. */
  readonly figures: () => Promise<void>;
  readonly tell: (event: BrokerEvent) => void;
}

/** A thing to be done soon; asked for again while it runs it is done once more. */
class Errand {
  readonly #run: () => Promise<void>;
  readonly #timers: Timers;
  readonly #clock: Clock;
  #timer: Timer | null = null;
  #dueMs = 0;
  #running = false;
  #againMs: number | null = null;
  #stopped = false;

  constructor(parts: { readonly run: () => Promise<void>; readonly timers: Timers; readonly clock: Clock }) {
    this.#run = parts.run;
    this.#timers = parts.timers;
    this.#clock = parts.clock;
  }

  get isPlanned(): boolean {
    return this.#timer !== null || this.#running;
  }

  /** Within `inMs`; one that runs already does not count, for it may have begun too early. */
  want(inMs: number): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#againMs = Math.min(this.#againMs ?? inMs, inMs);
      return;
    }
    const dueMs = this.#clock.monotonicMs() + inMs;
    if (this.#timer && this.#dueMs <= dueMs) return;
    this.#timer?.cancel();
    this.#dueMs = dueMs;
    this.#timer = this.#timers.after(inMs, () => void this.#start());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #start(): Promise<void> {
    this.#timer = null;
    this.#running = true;
    await this.#run();
    this.#running = false;
    const againMs = this.#againMs;
    this.#againMs = null;
    if (againMs !== null) this.want(againMs);
  }
}

export class Follower {
  readonly #parts: FollowerParts;
  readonly #totals: Errand;
  readonly #figures: Errand;
  readonly #beat: Timer;
  readonly #stops: (() => void)[] = [];
  #notices: WishState = 'waiting';
  #wereLive = false;
  #isReached = true;
  #probeMs = 0;
  #polledMs = Number.NEGATIVE_INFINITY;
  #verbs = 0;
  #phase: Phase;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    const { clock, timers, settings, session } = parts;
    this.#totals = new Errand({ clock, timers, run: () => this.#askTotals() });
    this.#figures = new Errand({ clock, timers, run: () => this.#askFigures() });
    this.#phase = session.krxPhase();
    session.mark();
    this.#beat = timers.every(settings.beatMs, () => this.#tick());
    this.#listen();
  }

  get hasNotices(): boolean {
    return this.#notices === 'live';
  }

  newsOfOrder(): void {
    this.#figures.want(this.#parts.settings.accountMs);
  }

  verbBegan(): void {
    this.#verbs += 1;
  }

  /** What came of an order verb is told by a notice; without notices it is asked for. */
  verbEnded(): void {
    this.#verbs -= 1;
    if (!this.hasNotices) this.#totals.want(0);
  }

  /** Whether the server could be reached; tells of each change. */
  reached(isReached: boolean): void {
    if (isReached === this.#isReached) return;
    this.#isReached = isReached;
    this.#probeMs = this.#parts.clock.monotonicMs() + this.#parts.settings.probeMs;
    this.#parts.tell({ kind: 'connection', state: isReached ? 'up' : 'down' });
  }

  close(): void {
    this.#beat.cancel();
    this.#totals.stop();
    this.#figures.stop();
    for (const stop of this.#stops) stop();
  }

  #listen(): void {
    const { keys, realtime, register } = this.#parts;
    if (keys.htsId === null) return;
    const own = `${keys.accountNo}${keys.productCode}`;
    const stop = realtime.want({
      api: NOTICE,
      key: keys.htsId,
      rank: 'orders',
      record: (record) => {
        const notice = readNotice(record);
        // An HTS id gets the notices of all its accounts.
        if (notice.account !== own && notice.account !== keys.accountNo) return;
        const wanted = register.hear(notice);
        if (wanted === 'totals') this.#totals.want(0);
        if (wanted === 'confirmation') this.#totals.want(this.#parts.settings.confirmMs);
      },
      state: (state) => this.#noticeState(state),
    });
    this.#stops.push(stop);
  }

  /** What was missed while the line was down is asked for. */
  #noticeState(state: WishState): void {
    const before = this.#notices;
    this.#notices = state;
    if (state !== 'live' || before === 'live') return;
    if (this.#wereLive) {
      this.#totals.want(0);
      if (this.#isReached) this.#parts.tell({ kind: 'connection', state: 'up' });
    }
    this.#wereLive = true;
  }

  #tick(): void {
    const { session, register, settings, clock } = this.#parts;
    session.mark();
    this.#followPhase();
    const now = clock.monotonicMs();
    if (!this.#isReached) {
      if (now >= this.#probeMs) {
        this.#probeMs = now + settings.probeMs;
        this.#totals.want(0);
      }
      return;
    }
    if (this.hasNotices || !register.hasOpen || this.#totals.isPlanned) return;
    if (now - this.#polledMs >= settings.pollMs) this.#totals.want(0);
  }

  #followPhase(): void {
    const { session, register, tell } = this.#parts;
    const phase = session.krxPhase();
    if (phase === this.#phase) return;
    const before = this.#phase;
    this.#phase = phase;
    const { closeAuctionTs, date } = session.day();
    if (before === 'continuous' && closeAuctionTs !== null && session.now() >= closeAuctionTs) register.convert();
    tell({ kind: 'session', sessionDate: date, phase, exchangeTs: session.now() });
    // At every bound orders may have ended by themselves.
    if (register.hasOpen) this.#totals.want(0);
    this.#figures.want(this.#parts.settings.accountMs);
  }

  async #askTotals(): Promise<void> {
    const { clock, logger, register, settings, totals } = this.#parts;
    this.#polledMs = clock.monotonicMs();
    try {
      await totals();
      // An inquiry that began before a fill does not know it.
      if (register.isDoubtful) this.#totals.want(settings.retryMs);
    } catch (error) {
      logger.warn('the orders of the day could not be asked for', { error: String(error) });
      this.#totals.want(settings.retryMs);
    }
  }

  async #askFigures(): Promise<void> {
    const { logger, figures, settings } = this.#parts;
    try {
      await figures();
    } catch (error) {
      logger.warn('the figures of the account could not be asked for', { error: String(error) });
      if (this.#isReached) this.#figures.want(settings.retryMs);
    }
  }
}
