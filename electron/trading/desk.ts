/** The desk: the single writer of orders. One thing at a time, written before it is done; the network is never awaited. */
import type {
  Account,
  CancelOrder,
  Environment,
  NewOrder,
  ReplaceOrder,
  TradingState,
  TradingStateName,
} from '#shared/domain/index.ts';
import { ADOPT_PHRASE, AppError, assert, RESUME_PHRASE } from '#shared/errors/index.ts';
import type { DeskDelta, OrderAck, OrderPreview } from '#shared/contract/index.ts';
import type { Timer } from '#shared/ports.ts';
import type { BrokerEvent } from '../broker/index.ts';
import { BrokerLane } from './broker-lane.ts';
import { BrokerNotices } from './broker-notices.ts';
import { Cancellation } from './cancellation.ts';
import { DeskLoop } from './desk-loop.ts';
import type { DeskParts } from './desk-parts.ts';
import { DeskReading } from './desk-reading.ts';
import { DeskReports } from './desk-reports.ts';
import { DeskState } from './desk-state.ts';
import { Guard, type OrderDraft } from './guard.ts';
import { InquiryCycle } from './inquiry-cycle.ts';
import type { Inquiry } from './inquiry.ts';
import { InquiryWaiters } from './inquiry-waiters.ts';
import { fromEntry } from './journal-events.ts';
import { laneListener } from './lane-listener.ts';
import { MandateDesk } from './mandate-desk.ts';
import { MandateRoom } from './mandate-room.ts';
import { Observers } from './observers.ts';
import { OrderVerbs } from './order-verbs.ts';
import { previewOf } from './preview.ts';
import { Protections } from './protections.ts';
import { accountOf, Reconciler } from './reconcile.ts';
import { Recorder } from './recorder.ts';
import { DEFAULT_TRADING_SETTINGS, LIMITS, type TradingSettings } from './settings.ts';
import type { Step } from './step.ts';
import { Sweeper } from './sweep.ts';
import { isPhrase, shutBy, TradingGate } from './trading-state.ts';

/** ready: orders are taken · reconciling: not yet · halted: by hand or by a broken invariant · down: no line to the broker. */
export type DeskStatus = 'ready' | 'reconciling' | 'halted' | 'down';

export class Desk extends DeskReading {
  readonly #gate: TradingGate;
  readonly #parts: DeskParts;
  readonly #state: DeskState;
  readonly #reports: DeskReports;
  readonly #recorder: Recorder;
  readonly #lane: BrokerLane;
  readonly #guard: Guard;
  readonly #verbs: OrderVerbs;
  readonly #room: MandateRoom;
  /** Orders that Maru keeps until their price is reached. */
  readonly mandates: MandateDesk;
  readonly #observers: Observers;
  readonly #notices: BrokerNotices;
  readonly #reconciler: Reconciler;
  readonly #sweeper: Sweeper;
  readonly #cycle: InquiryCycle;
  readonly #loop: DeskLoop;
  readonly #settings: () => TradingSettings;
  readonly #timers: Timer[] = [];
  readonly #inquired = new InquiryWaiters();
  #unsubscribe: () => void = () => undefined;
  #loaded = false;
  #reconciled = false;
  #connected = true;
  #unsettled = 0;

  constructor(parts: DeskParts) {
    const {
      broker,
      market,
      timers,
      journal,
      settings = () => DEFAULT_TRADING_SETTINGS,
      gate = new TradingGate(),
    } = parts;
    const state = new DeskState();
    const reports = new DeskReports({ state, market });
    const recorder = new Recorder(journal, LIMITS.unwritten);
    const [protections, observers] = [new Protections(), new Observers(parts.log)];
    super({ reports, state, recorder, clock: parts.clock, protections, observers });
    this.#observers = observers;
    this.#state = state;
    this.#parts = parts;
    this.#settings = settings;
    this.#gate = gate;
    this.#reports = reports;
    this.#recorder = recorder;
    const { credit } = parts;
    this.#guard = new Guard({ state, gate, market, settings, protections, ...(credit ? { credit } : {}) });
    const lane = new BrokerLane({
      broker,
      timers,
      gate,
      answerTimeoutMs: () => settings().answerTimeoutMs,
      listener: laneListener({ state, loop: () => this.#loop, notices: () => this.#notices, verbs: () => this.#verbs }),
    });
    this.#lane = lane;
    const cancellation = new Cancellation({ lane, settings });
    this.#sweeper = new Sweeper(cancellation);
    this.#reconciler = new Reconciler({ lane, cancellation, environment: this.environment, settings });
    const withheld = () => recorder.failure ?? shutBy(gate);
    this.#notices = new BrokerNotices({ cancellation, reconciler: this.#reconciler, settings, withheld });
    const [guard, sweeper] = [this.#guard, this.#sweeper];
    this.#verbs = new OrderVerbs({ guard, lane, cancellation, sweeper, protections, observers });
    this.#room = new MandateRoom({ guard: this.#guard, market, verbs: this.#verbs });
    this.mandates = new MandateDesk({
      room: this.#room,
      state,
      command: (name, act) => this.#command(name, act),
      ready: (accountId) => {
        this.#requireOrders();
        this.#reports.account(accountId);
      },
    });
    this.#cycle = new InquiryCycle({
      ...parts,
      settings,
      begin: () => this.#beginInquiry(),
      done: (inquiry) => this.#inquiryDone(inquiry),
    });
    const halted = (step: Step): void => this.#sweeper.ask(step);
    const follow = (step: Step): void => this.#room.follow(step);
    const inquire = (inMs: number | null): void => this.#inquireIn(inMs);
    this.#loop = new DeskLoop({ ...parts, state, gate, recorder, halted, follow, inquire });
  }

  get environment(): Environment {
    return this.#parts.broker.capabilities.environment;
  }

  get status(): DeskStatus {
    if (!this.#connected) return 'down';
    if (this.#gate.state === 'halted') return 'halted';
    return this.#reconciled ? 'ready' : 'reconciling';
  }

  /** Loads the journal, asks the broker, brings both together, and then takes orders. A broken journal is thrown, an absent broker is waited for. */
  async start(): Promise<void> {
    this.#load();
    const { broker, market, timers } = this.#parts;
    // Only for a trade that concerns a mandate, and never inside the exchange's own event: what it sends goes back there.
    const stopTrades = market.watchTrades?.((trade) => {
      if (this.#reconciled && this.#room.concerns({ state: this.#state }, trade))
        timers.yieldTurn(() => this.#loop.post('trade', (step) => this.#room.trade(step, trade)));
    });
    const stopEvents = broker.events((event) => this.#brokerEvent(event));
    this.#unsubscribe = () => {
      stopEvents();
      stopTrades?.();
    };
    const { sampleMs, recordRetryMs } = this.#settings();
    this.#timers.push(timers.every(sampleMs, () => this.#loop.post('sample', (step) => this.#reports.sample(step))));
    this.#timers.push(timers.every(recordRetryMs, () => this.#loop.retryRecord()));
    await this.#freshInquiry();
  }

  /** Stops listening and sending; what is open stays open at the broker. */
  stop(): void {
    this.#unsubscribe();
    this.#cycle.stop();
    this.#lane.dispose();
    this.#loop.stop();
    for (const timer of this.#timers) timer.cancel();
    this.#inquired.stop();
  }

  /** Judges, records and sends an order; resolves with the first answer: denied, accepted, rejected or unconfirmed. */
  submit(order: NewOrder, origin: { readonly automated: boolean } = { automated: false }): Promise<OrderAck> {
    const { clock, observeSubmitMs } = this.#parts;
    const startMs = clock.monotonicMs();
    return this.#request(order.requestId, (step) => {
      const repeated = this.#verbs.repeatedSubmit(step, order);
      if (repeated !== undefined) return repeated;
      this.#requireOrders();
      this.#reports.account(order.accountId);
      const answer = this.#verbs.submit(step, order, origin.automated);
      if (answer === null) step.after(() => observeSubmitMs?.(clock.monotonicMs() - startMs));
      return answer;
    });
  }

  /** Changes the price of the whole rest; resolves with the broker's receipt. */
  replace(change: ReplaceOrder): Promise<OrderAck> {
    return this.#request(change.requestId, (step) => {
      const repeated = this.#verbs.repeatedReplace(step, change);
      if (repeated !== undefined) return repeated;
      this.#requireOrders();
      return this.#verbs.replace(step, change);
    });
  }

  /** Withdraws the rest, in every trading state; resolves with the broker's receipt, or at once if the number is not known yet. */
  cancel(request: CancelOrder): Promise<OrderAck> {
    return this.#request(request.requestId, (step) => {
      const repeated = this.#verbs.repeatedCancel(step, request);
      return repeated === undefined ? this.#verbs.cancel(step, request) : repeated;
    });
  }

  /** Withdraws all open orders of an account, or of all; goes on until each has ended. */
  cancelAll(accountId: string | null): Promise<{ readonly asked: number }> {
    return this.#command('cancelAll', (step) => {
      if (accountId !== null) this.#reports.account(accountId);
      return this.#verbs.cancelAll(step, accountId);
    });
  }

  /** What the guard would say of a draft now, and its cost; `ahead` are drafts that would be sent before it. */
  preview(draft: OrderDraft, ahead: readonly OrderDraft[] = []): OrderPreview {
    this.#reports.account(draft.accountId);
    return previewOf(this.#guard, draft, this.#parts.clock.now(), ahead);
  }

  /** Tells the user something that is kept in the record. */
  tell(...told: Parameters<Step['alert']>): void {
    this.#loop.post('tell', (step) => step.alert(...told));
  }

  /** The user's word that an unconfirmed order never arrived. */
  resolveUnconfirmed(orderId: string): Promise<OrderAck> {
    return this.#command('resolve', (step) => this.#verbs.resolveUnconfirmed(step, orderId));
  }

  /** Pauses, unpauses or halts. The gate shuts before this returns, whatever else is under way. */
  setTradingState(state: TradingStateName, note = '', cause: 'user' | 'play' = 'user'): Promise<TradingState> {
    if (!this.#loaded) return Promise.reject(new AppError('DESK_NOT_READY'));
    if (state === 'halted') {
      this.#gate.move('halted');
      return this.#command('halt', (step) => this.#after(() => this.#verbs.halt(step, note, cause)), { first: true });
    }
    const pause = state === 'reducing';
    if (pause && this.#gate.state === 'active') this.#gate.move('reducing');
    const set = (step: Step): TradingState =>
      this.#after(() => this.#verbs.setTradingState(step, { state, note, cause }));
    return this.#command('tradingState', set, { first: pause });
  }

  /** Leaves the halted state: by the typed phrase, after an inquiry that leaves nothing in doubt. */
  async resume(phrase: string): Promise<TradingState> {
    if (!isPhrase(phrase, RESUME_PHRASE)) throw new AppError('RESUME_PHRASE');
    if (!(await this.#freshInquiry())) throw new AppError('BROKER_UNAVAILABLE');
    return this.#command('resume', (step) => {
      this.#requireRecord();
      return this.#after(() => this.#verbs.resume(step, this.#unsettled));
    });
  }

  /**
   * Takes the broker's holdings over where they differ from the desk's record: by the typed phrase, only while trading is
   * halted, and after an inquiry of now. Trading stays halted; `resume` follows when the user has looked.
   */
  async adoptHoldings(accountId: string, phrase: string): Promise<{ readonly differing: number }> {
    if (!isPhrase(phrase, ADOPT_PHRASE)) throw new AppError('ADOPT_PHRASE');
    this.#reports.account(accountId);
    if (this.#gate.state !== 'halted') throw new AppError('ADOPT_NOT_HALTED');
    if (!(await this.#freshInquiry())) throw new AppError('BROKER_UNAVAILABLE');
    return this.#command('adopt', (step) => {
      this.#requireRecord();
      if (this.#state.tradingState.state !== 'halted') throw new AppError('ADOPT_NOT_HALTED');
      const differing = this.#reconciler.adopt(step, accountId);
      step.inquire(0);
      return { differing };
    });
  }

  /** Takes in an account that was just opened at the broker. */
  async adoptAccount(accountId: string): Promise<Account> {
    const account = await this.#parts.broker.account(accountId);
    return this.#command('account', (step) => {
      this.#accountTold(step, account);
      return this.#reports.account(accountId);
    });
  }

  /** Every change from now on, batch by batch in order, until the returned function is called. */
  watch(listener: (deltas: DeskDelta[]) => void): () => void {
    return this.#loop.watch(listener);
  }

  /** Asks the broker now; what is still unsettled afterwards, null where it did not answer. */
  async reconcileNow(): Promise<number | null> {
    return (await this.#freshInquiry()) ? this.#unsettled : null;
  }

  #load(): void {
    assert(!this.#loaded, 'the desk is started once');
    for (const entry of this.#parts.journal.read(1)) {
      const event = fromEntry(entry);
      if (event) this.#state.apply(event);
      // Nobody watches yet, and a long journal would pile up.
      this.#state.changes.take();
    }
    this.#gate.restore(this.#state.tradingState);
    this.#loaded = true;
    this.#state.mandates.takeChanged();
    this.#loop.post('load', (step) => {
      this.#verbs.recover(step);
      this.#room.recover(step);
    });
  }

  #requireRecord(): void {
    const { failure } = this.#recorder;
    if (failure) throw new AppError(failure.code, failure.params);
  }

  #requireOrders(): void {
    this.#requireRecord();
    if (!this.#connected) throw new AppError('BROKER_UNAVAILABLE');
    if (!this.#reconciled) throw new AppError('DESK_NOT_READY');
  }

  #request(requestId: string, act: (step: Step) => OrderAck | null): Promise<OrderAck> {
    return this.#loaded ? this.#loop.request(requestId, act) : Promise.reject(new AppError('DESK_NOT_READY'));
  }

  #command<Result>(name: string, act: (step: Step) => Result, how: { readonly first?: boolean } = {}): Promise<Result> {
    return this.#loaded ? this.#loop.command(name, act, how) : Promise.reject(new AppError('DESK_NOT_READY'));
  }

  #after(act: () => void): TradingState {
    act();
    return this.#state.tradingState;
  }

  #brokerEvent(event: BrokerEvent): void {
    if (event.kind === 'connection') return this.#connection(event.state);
    this.#loop.post(event.kind, (step) => {
      if (event.kind === 'session') {
        this.#room.expire(step, null);
        step.inquire(0);
      } else if (event.kind === 'account') this.#accountTold(step, event.account);
      else if (event.kind === 'holdingAdjusted') this.#notices.takeAdjusted(step, event.adjustment);
      else this.#notices.take(step, event);
    });
  }

  #accountTold(step: Step, account: Parameters<typeof accountOf>[0]): void {
    const { startingKrw } = this.#state.book(account.accountId);
    this.#state.setAccount(accountOf(account, this.environment, startingKrw));
    this.#reports.sampleAfterFills(step);
  }

  #connection(state: 'up' | 'down'): void {
    this.#connected = state === 'up';
    this.#reconciled = false;
    if (state === 'up') this.#cycle.start();
    else this.#lane.cut();
  }

  /** While an order is open the broker is asked from time to time, whatever it tells by itself. */
  #inquireIn(inMs: number | null): void {
    if (inMs !== null) this.#cycle.want(inMs);
    else if (this.#state.open.size > 0) this.#cycle.want(this.#settings().reconcileOpenMs);
  }

  #beginInquiry() {
    return { startedAt: this.#state.step, startedTs: this.#parts.clock.now(), asked: this.#reports.askedSessions() };
  }

  #inquiryDone(inquiry: Inquiry | null): void {
    let answered = false;
    this.#loop.post('inquiry', (step) => {
      if (!inquiry) {
        this.#sweeper.insist(step);
        return;
      }
      this.#unsettled = this.#reconciler.run(step, inquiry);
      this.#notices.review(step);
      this.#observers.compared(inquiry, (accountId) => this.#state.holdings(accountId));
      this.#room.carry(step, inquiry.startedAt);
      this.#sweeper.review(step, inquiry);
      this.#reports.sampleAfterFills(step);
      this.#reconciled = this.#connected;
      answered = true;
    });
    // A step of its own: whatever became of the one before, the next inquiry is planned.
    this.#loop.post('plan', () => {
      const { open, sweeps } = this.#state;
      this.#cycle.plan({ unsettled: !answered || this.#unsettled > 0 || sweeps.size > 0, openOrders: open.size > 0 });
      this.#inquired.settle(inquiry);
      if (this.#inquired.size > 0) this.#cycle.start();
    });
  }

  /** An inquiry begun from now on; false if it failed. */
  #freshInquiry(): Promise<boolean> {
    const told = this.#inquired.add(this.#state.step);
    this.#cycle.start();
    return told;
  }
}
