/** My open orders and fills of an issue, in the account in force. */
import { useMemo } from 'react';
import { type Fill, isOpen, type Order, type Position } from '#shared/domain/index.ts';
import { useAccount } from '../../../client/hooks.ts';
import { positionKey } from '../../../client/replica.ts';
import { useDesk } from '../../../store/desk.ts';

export interface Own {
  /** Open ones with a price. */
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
  readonly position: Position | null;
}

export function useOwn(instrumentId: string): Own {
  const accountId = useAccount()?.accountId ?? null;
  const allOrders = useDesk((state) => state.orders);
  const allFills = useDesk((state) => state.fills);
  const position =
    useDesk((state) => (accountId === null ? undefined : state.positions.get(positionKey(accountId, instrumentId)))) ??
    null;
  const orders = useMemo(
    () =>
      [...allOrders.values()].filter(
        (order) =>
          order.accountId === accountId &&
          order.instrumentId === instrumentId &&
          order.price !== null &&
          isOpen(order.state),
      ),
    [allOrders, accountId, instrumentId],
  );
  const fills = useMemo(
    () => [...allFills.values()].filter((fill) => fill.accountId === accountId && fill.instrumentId === instrumentId),
    [allFills, accountId, instrumentId],
  );
  return { orders, fills, position };
}
