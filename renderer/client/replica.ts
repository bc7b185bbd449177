/** The desk's replica: applies what the desk stream says, in order, and nothing else. Sole writer of store/desk.ts. */
import { isOpen, isStanding } from '#shared/domain/index.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { EMPTY_DESK, useDesk, type DeskState } from '../store/desk.ts';
import type { CoreClient } from './supervisor.ts';

/** Ended orders and fills kept on the screen; older ones stay in the journal. */
export const HISTORY_LIMIT = 2_000;
export const ALERTS_LIMIT = 200;

export function positionKey(accountId: string, instrumentId: string): string {
  return `${accountId}|${instrumentId}`;
}

/** Drops the oldest entries beyond a limit; those that `keep` names stay. Maps keep the order of arrival. */
function bounded<T>(map: Map<string, T>, limit: number, keep: (value: T) => boolean): Map<string, T> {
  let excess = map.size - limit;
  if (excess <= 0) return map;
  for (const [key, value] of map) {
    if (excess <= 0) break;
    if (keep(value)) continue;
    map.delete(key);
    excess -= 1;
  }
  return map;
}

/** The desk after a batch; a snapshot replaces everything. */
export function applyDesk(state: DeskState, items: readonly DeskDelta[], snapshot: boolean): DeskState {
  const from = snapshot ? EMPTY_DESK : state;
  const kinds = new Set(items.map((item) => item.kind));
  const orders = kinds.has('order') ? new Map(from.orders) : null;
  const fills = kinds.has('fill') ? new Map(from.fills) : null;
  const positions = kinds.has('position') ? new Map(from.positions) : null;
  const accounts = kinds.has('account') ? new Map(from.accounts) : null;
  const mandates = kinds.has('mandate') ? new Map(from.mandates) : null;
  let { tradingState } = from;
  const alerts = [...from.alerts];
  for (const item of items) {
    if (item.kind === 'order') orders?.set(item.order.orderId, item.order);
    else if (item.kind === 'fill') fills?.set(item.fill.fillId, item.fill);
    else if (item.kind === 'mandate') mandates?.set(item.mandate.mandateId, item.mandate);
    else if (item.kind === 'account') accounts?.set(item.account.accountId, item.account);
    else if (item.kind === 'position') {
      positions?.set(positionKey(item.position.accountId, item.position.instrumentId), item.position);
    } else if (item.kind === 'tradingState') ({ tradingState } = item);
    else alerts.push(item.alert);
  }
  return {
    ready: state.ready || snapshot,
    orders: orders ? bounded(orders, HISTORY_LIMIT, (order) => isOpen(order.state)) : from.orders,
    fills: fills ? bounded(fills, HISTORY_LIMIT, () => false) : from.fills,
    positions: positions ?? from.positions,
    accounts: accounts ?? from.accounts,
    mandates: mandates ? bounded(mandates, HISTORY_LIMIT, (mandate) => isStanding(mandate.state)) : from.mandates,
    tradingState,
    alerts: alerts.slice(-ALERTS_LIMIT),
    revision: state.revision + 1,
  };
}

/** Keeps the replica of a client; returns what stops it. `ended` is told when the core ends the stream. */
export function followDesk(client: CoreClient, ended: (error: ErrorEnvelope | null) => void): () => void {
  return client.trading.desk(
    {},
    {
      batch(items, { snapshot }) {
        useDesk.setState((state) => applyDesk(state, items, snapshot), true);
      },
      end: ended,
    },
  );
}

/** Forgets the desk of an environment that is no longer in force. */
export function clearDesk(): void {
  useDesk.setState({ ...EMPTY_DESK, revision: useDesk.getState().revision + 1 }, true);
}
