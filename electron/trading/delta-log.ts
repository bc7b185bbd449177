/** What changed since the last look, each thing once, in its newest form. */
import { isOpen, type Alert, type Fill, type InstrumentId } from '#shared/domain/index.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import type { DeskState } from './desk-state.ts';
import { LIMITS } from './settings.ts';

export class DeltaLog {
  readonly #state: DeskState;
  readonly #orders = new Set<string>();
  readonly #positions = new Map<string, { readonly accountId: string; readonly instrumentId: InstrumentId }>();
  readonly #accounts = new Set<string>();
  #fills: Fill[] = [];
  #alerts: Alert[] = [];
  #tradingState = false;

  constructor(state: DeskState) {
    this.#state = state;
  }

  order(orderId: string): void {
    this.#orders.add(orderId);
  }

  position(accountId: string, instrumentId: InstrumentId): void {
    this.#positions.set(`${accountId}|${instrumentId}`, { accountId, instrumentId });
  }

  account(accountId: string): void {
    this.#accounts.add(accountId);
  }

  fill(fill: Fill): void {
    this.#fills.push(fill);
  }

  alert(alert: Alert): void {
    this.#alerts.push(alert);
  }

  tradingState(): void {
    this.#tradingState = true;
  }

  /** The changes so far, which are forgotten with it. */
  take(): DeskDelta[] {
    const state = this.#state;
    const deltas: DeskDelta[] = [];
    if (this.#tradingState) deltas.push({ kind: 'tradingState', tradingState: state.tradingState });
    for (const orderId of this.#orders) {
      const record = state.record(orderId);
      if (record) deltas.push({ kind: 'order', order: record.order });
    }
    for (const fill of this.#fills) deltas.push({ kind: 'fill', fill });
    for (const { accountId, instrumentId } of this.#positions.values()) {
      deltas.push({ kind: 'position', position: state.position(accountId, instrumentId) });
    }
    for (const accountId of this.#accounts) {
      const account = state.account(accountId);
      if (account) deltas.push({ kind: 'account', account });
    }
    for (const alert of this.#alerts) deltas.push({ kind: 'alert', alert });
    this.#orders.clear();
    this.#positions.clear();
    this.#accounts.clear();
    this.#fills = [];
    this.#alerts = [];
    this.#tradingState = false;
    return deltas;
  }
}

/** The full state as the first batch of the desk stream; of ended orders and fills, the newest. */
export function snapshotOf(state: DeskState): DeskDelta[] {
  const deltas: DeskDelta[] = [{ kind: 'tradingState', tradingState: state.tradingState }];
  for (const accountId of state.accountIds()) {
    const { account, holdings, fills } = state.book(accountId);
    if (account) deltas.push({ kind: 'account', account });
    for (const instrumentId of holdings.keys()) {
      deltas.push({ kind: 'position', position: state.position(accountId, instrumentId) });
    }
    for (const fill of fills.slice(-LIMITS.snapshotFills)) deltas.push({ kind: 'fill', fill });
  }
  const ended = [...state.orders.values()].filter(({ order }) => !isOpen(order.state)).slice(-LIMITS.snapshotOrders);
  for (const { order } of [...ended, ...state.openRecords()]) deltas.push({ kind: 'order', order });
  for (const alert of state.alerts) deltas.push({ kind: 'alert', alert });
  return deltas;
}
