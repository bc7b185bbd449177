/** One step of the desk: events folded in as they are found, written together, acted upon only then. */
import {
  codeOf,
  nextOrderState,
  type Alert,
  type Order,
  type OrderEvent,
  type TradingState,
} from '#shared/domain/index.ts';
import { envelope, orderNameKo, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { Ids } from '#shared/ports.ts';
import type { DeskState } from './desk-state.ts';
import type { MarketView } from './market-view.ts';
import type { DeskEvent } from './journal-events.ts';
import type { OrderRecord } from './order-record.ts';
import type { TradingGate } from './trading-state.ts';

export interface StepParts {
  readonly state: DeskState;
  readonly gate: TradingGate;
  readonly market: MarketView;
  readonly ids: Ids;
}

export class Step {
  readonly state: DeskState;
  readonly ids: Ids;
  /** Wall time of the step. */
  readonly now: number;
  readonly events: DeskEvent[] = [];
  readonly effects: (() => void)[] = [];
  /** Shortest wait after which an inquiry is wanted; null: none. */
  inquireInMs: number | null = null;
  /** True once this step has halted trading: what is open is to be withdrawn with it. */
  didHalt = false;
  readonly #parts: StepParts;

  constructor(parts: StepParts, now: number) {
    this.#parts = parts;
    this.state = parts.state;
    this.ids = parts.ids;
    this.now = now;
  }

  /** The market as the desk sees it. */
  get market(): MarketView {
    return this.#parts.market;
  }

  /** Folds an event in; it is written before any effect runs. */
  emit(event: DeskEvent): void {
    this.state.apply(event);
    this.events.push(event);
  }

  /** Runs after the step is on the disk. */
  after(effect: () => void): void {
    this.effects.push(effect);
  }

  inquire(inMs: number): void {
    this.inquireInMs = Math.min(this.inquireInMs ?? inMs, inMs);
  }

  alert(level: Alert['level'], code: ErrorCode, params: ErrorParams = {}): void {
    this.emit({ kind: 'alertRaised', alertId: this.ids.next(), level, code, params, ts: this.now });
  }

  /** How a message names an order. */
  nameOf(order: Order): string {
    const name = this.#parts.market.facts(order.instrumentId)?.instrument.nameKo ?? codeOf(order.instrumentId);
    return orderNameKo({ name, side: order.side, quantity: order.quantity });
  }

  /** Emits `event` if the table lets `what` befall the order; a broken invariant halts. True if it was emitted. */
  advance(record: OrderRecord, what: OrderEvent, event: DeskEvent): boolean {
    const { order } = record;
    const next = nextOrderState(order.state, what);
    if (next === 'broken')
      this.broken('DESK_STATE_BROKEN', { name: this.nameOf(order), event: `${order.state} · ${what}` });
    if (next === 'broken' || next === 'absorbed') return false;
    this.emit(event);
    return true;
  }

  /** Something is true that cannot be: trading halts and the user is told. */
  broken(code: ErrorCode, params: ErrorParams): void {
    const { messageKo } = envelope(code, params);
    this.halt({ cause: 'invariant', note: messageKo });
    // Every inquiry would find it again; once per halt is enough.
    const { sinceTs } = this.state.tradingState;
    if (this.state.alerts.some((alert) => alert.titleKo === messageKo && alert.ts >= sinceTs)) return;
    this.alert('critical', code, params);
  }

  /** Shuts the gate, records it and begins to withdraw everything; false if it was halted already. */
  halt(why: Pick<TradingState, 'cause' | 'note'>): boolean {
    this.#parts.gate.move('halted');
    if (this.state.tradingState.state === 'halted') return false;
    this.setTradingState({ state: 'halted', ...why });
    this.emit({ kind: 'sweepStarted', sweepId: this.ids.next(), accountId: null, orderIds: null, ts: this.now });
    this.inquire(0);
    this.didHalt = true;
    return true;
  }

  setTradingState(next: Pick<TradingState, 'state' | 'cause' | 'note'>): void {
    this.#parts.gate.move(next.state);
    const tradingState: TradingState = { ...next, epoch: this.#parts.gate.epoch, sinceTs: this.now };
    this.emit({ kind: 'tradingStateChanged', tradingState, ts: this.now });
  }
}
