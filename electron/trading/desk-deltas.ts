/** The desk's state as the screens get it: once in full, then what changed, each thing in its newest form. */
import { isOpen } from '#shared/domain/index.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import type { DeskState } from './desk-state.ts';
import { LIMITS } from './settings.ts';

/** What changed since the last call. */
export function deltasOf(state: DeskState): DeskDelta[] {
  const changes = state.changes.take();
  const deltas: DeskDelta[] = [];
  if (changes.tradingState) deltas.push({ kind: 'tradingState', tradingState: state.tradingState });
  for (const orderId of changes.orderIds) {
    const record = state.record(orderId);
    if (record) deltas.push({ kind: 'order', order: record.order });
  }
  for (const fill of changes.fills) deltas.push({ kind: 'fill', fill });
  for (const { accountId, instrumentId } of changes.positions) {
    deltas.push({ kind: 'position', position: state.position(accountId, instrumentId) });
  }
  for (const accountId of changes.accountIds) {
    const account = state.account(accountId);
    if (account) deltas.push({ kind: 'account', account });
  }
  for (const mandate of state.mandates.takeChanged()) deltas.push({ kind: 'mandate', mandate });
  for (const alert of changes.alerts) deltas.push({ kind: 'alert', alert });
  return deltas;
}

/** Everything as the first batch of the desk stream; of ended orders and fills, the newest. */
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
  for (const mandate of state.mandates.all()) deltas.push({ kind: 'mandate', mandate });
  for (const alert of state.alerts) deltas.push({ kind: 'alert', alert });
  return deltas;
}
