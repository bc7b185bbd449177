/** The order blotter: every order as the journal has it, newest first. */
import type { JSX } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { type Account, type Order, isOpen } from '#shared/domain/index.ts';
import { useAccountScope } from '../../client/account-scope.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount } from '../../client/hooks.ts';
import { usePanel, useSelectIssue } from '../../client/panel-context.tsx';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { useInstruments } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { ScopeChoice } from '../../ui/account-scope.tsx';
import { Segment } from '../../ui/controls.tsx';
import { Grid, type MenuPlace } from '../../ui/grid.tsx';
import { useCompact } from '../../ui/media.ts';
import { OldRows } from '../../ui/old-rows.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { type TableHandle, useTable } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { orderColumns } from './parts/order-columns.tsx';
import { OrderMenu } from './parts/order-menu.tsx';
import { type OrderFilter, useOrdersSlice } from './slice.ts';

const FILTERS: readonly OrderFilter[] = ['all', 'open', 'today', 'ended'];

function newestFirst(orders: Iterable<Order>, includes: (accountId: string) => boolean): readonly Order[] {
  return [...orders]
    .filter((order) => includes(order.accountId))
    .sort((a, b) => b.createdTs - a.createdTs || (a.orderId < b.orderId ? 1 : -1));
}

export function useOrderCount(): number | null {
  const accountId = useAccount()?.accountId;
  const orders = useDesk((state) => state.orders);
  return useMemo(() => {
    let count = 0;
    for (const order of orders.values()) if (order.accountId === accountId) count += 1;
    return count;
  }, [orders, accountId]);
}

/** Orders of each filter; a day is that of the order's account. */
function byFilter(
  orders: readonly Order[],
  accounts: ReadonlyMap<string, Account>,
): Readonly<Record<OrderFilter, readonly Order[]>> {
  return {
    all: orders,
    open: orders.filter((order) => isOpen(order.state)),
    today: orders.filter((order) => order.sessionDate === accounts.get(order.accountId)?.sessionDate),
    ended: orders.filter((order) => !isOpen(order.state)),
  };
}

/** Brings the order that was asked for into view and selects it. */
function useShown(table: TableHandle<Order>): void {
  const shown = useOrdersSlice((state) => state.shown);
  useEffect(() => {
    if (!shown) return;
    const find = (): boolean => {
      const { api } = table.getState();
      const node = api?.getRowNode(shown.orderId);
      if (!api || !node) return false;
      api.deselectAll();
      node.setSelected(true);
      api.ensureNodeVisible(node, 'middle');
      return true;
    };
    // A panel that has just been opened has no grid yet.
    if (!find()) return table.subscribe(find);
  }, [shown, table]);
}

export function OrdersPanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const compact = useCompact();
  const ready = useDesk((state) => state.ready);
  const byId = useDesk((state) => state.orders);
  const accounts = useDesk((state) => state.accounts);
  // Names of issues stand in the rows.
  const instruments = useInstruments((state) => state.byId);
  const filter = useOrdersSlice((state) => state.filter);
  const scope = useAccountScope();
  const account = useAccount();
  const orders = useMemo(() => newestFirst(byId.values(), scope.includes), [byId, scope]);
  const lists = useMemo(() => byFilter(orders, accounts), [orders, accounts]);
  const shown = lists[filter];
  const long = useView((state) => state.language) === 'en';
  const stops = shown.some((order) => order.stopPrice !== null);
  const columns = useMemo(
    () => orderColumns(t, { compact, stops, long, all: scope.all }),
    [t, compact, stops, long, scope.all, instruments, accounts], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const table = useTable<Order>();
  useShown(table);
  const [menu, setMenu] = useState<{ readonly order: Order; readonly at: MenuPlace } | null>(null);
  const { looksOnly } = usePanel();
  if (!ready) return <Skeleton />;
  return (
    <>
      <div className="tbar">
        <Segment
          label={t('orders.filter')}
          choices={FILTERS.map((value) => ({ value, label: `${t(`orders.${value}`)} ${lists[value].length}` }))}
          value={filter}
          onChange={(value) => useOrdersSlice.setState({ filter: value })}
          testId="orders-filter"
        />
        <ScopeChoice scope={scope} testId="orders-scope" />
        <span className="sp" />
        <TableTools table={table} file={t('panel.orders')} testId="orders" />
        {!looksOnly && (
          <button
            type="button"
            className="btn"
            disabled={lists.open.length === 0}
            data-testid="orders-cancel-all"
            onClick={() => workstation.cancelAll(scope.all ? null : (account?.accountId ?? null))}
          >
            {t('orders.cancelAll')}
          </button>
        )}
      </div>
      <OldRows>
        {shown.length === 0 ? (
          <Empty
            icon="list"
            title={t(filter === 'open' ? 'orders.emptyOpen' : 'orders.empty')}
            body={t('orders.emptyBody')}
            testId="orders-empty"
          >
            {!looksOnly && (
              <button type="button" className="btn" onClick={() => writeOrder({ side: 'buy' })}>
                {t('orders.write')}
              </button>
            )}
          </Empty>
        ) : (
          <Grid
            columns={columns}
            rows={shown}
            table={table}
            rowId={(order) => order.orderId}
            rowTestId={(order) => `order-row-${order.orderId}`}
            onRow={(order) => select(order.instrumentId)}
            onMenu={(order, at) => setMenu({ order, at })}
            label={t('panel.orders')}
            testId="blotter-orders"
          />
        )}
      </OldRows>
      {menu && (
        <OrderMenu order={byId.get(menu.order.orderId) ?? menu.order} at={menu.at} onClose={() => setMenu(null)} />
      )}
    </>
  );
}
