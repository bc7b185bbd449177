/** The order blotter: every order of the account as the journal has it, newest first. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo } from 'react';
import { type Order, isOpen } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount } from '../../client/hooks.ts';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { type Translate, useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { number, time } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { useCompact } from '../../ui/media.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { ActionCell, FilledCell, StateCell } from './parts/order-cells.tsx';
import { type OrderFilter, useOrdersSlice } from './slice.ts';

const FILTERS: readonly OrderFilter[] = ['all', 'open', 'ended'];

function useOrders(): readonly Order[] {
  const account = useAccount();
  const orders = useDesk((state) => state.orders);
  const accountId = account?.accountId;
  return useMemo(
    () =>
      [...orders.values()]
        .filter((order) => order.accountId === accountId)
        .sort((a, b) => b.createdTs - a.createdTs || (a.orderId < b.orderId ? 1 : -1)),
    [orders, accountId],
  );
}

export function useOrderCount(): number | null {
  return useOrders().length;
}

function typeText(t: Translate, order: Order): string {
  const type = t(`type.${order.type}`);
  return order.timeInForce === 'day' ? type : `${t(`tif.${order.timeInForce}`)} ${type}`;
}

function columnsOf(t: Translate, compact: boolean): readonly ColDef<Order>[] {
  const right = { cellClass: 'r num', headerClass: 'r' };
  const timeColumn: ColDef<Order> = {
    headerName: t('col.time'),
    width: 72,
    cellClass: 'num mut',
    valueGetter: (p) => (p.data ? time(p.data.exchangeTs) : ''),
  };
  const typeColumn: ColDef<Order> = {
    headerName: t('col.type'),
    width: 68,
    valueGetter: (p) => (p.data ? typeText(t, p.data) : ''),
  };
  return [
    ...(compact ? [] : [timeColumn]),
    {
      headerName: t('col.instrument'),
      flex: 2,
      minWidth: 78,
      cellClass: 'nm',
      valueGetter: (p) => (p.data ? nameOf(p.data.instrumentId) : ''),
    },
    {
      headerName: t('col.side'),
      width: 42,
      valueGetter: (p) => (p.data ? t(`side.${p.data.side}`) : ''),
      cellClassRules: { 'side-b': (p) => p.data?.side === 'buy', 'side-s': (p) => p.data?.side === 'sell' },
    },
    ...(compact ? [] : [typeColumn]),
    {
      headerName: t('col.orderPrice'),
      width: 70,
      ...right,
      valueGetter: (p) => (p.data ? (p.data.price === null ? t('orders.atMarket') : number(p.data.price)) : ''),
    },
    { headerName: t('col.quantity'), width: 52, ...right, valueGetter: (p) => (p.data ? number(p.data.quantity) : '') },
    {
      headerName: t('col.filled'),
      width: compact ? 50 : 96,
      ...right,
      cellRenderer: (p: { data?: Order }) => (p.data ? <FilledCell order={p.data} bar={!compact} /> : null),
    },
    {
      headerName: t('col.state'),
      minWidth: compact ? 68 : 96,
      flex: 3,
      cellRenderer: (p: { data?: Order }) => (p.data ? <StateCell order={p.data} /> : null),
    },
    {
      headerName: '',
      width: compact ? 94 : 100,
      sortable: false,
      cellRenderer: (p: { data?: Order }) => (p.data ? <ActionCell order={p.data} /> : null),
    },
  ];
}

export function OrdersPanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const compact = useCompact();
  const ready = useDesk((state) => state.ready);
  // Names of issues stand in the rows.
  const instruments = useInstruments((state) => state.byId);
  const { filter } = useOrdersSlice();
  const orders = useOrders();
  const account = useAccount();
  const open = useMemo(() => orders.filter((order) => isOpen(order.state)), [orders]);
  const shown = filter === 'all' ? orders : filter === 'open' ? open : orders.filter((order) => !isOpen(order.state));
  const columns = useMemo(() => columnsOf(t, compact), [t, compact, instruments]); // eslint-disable-line react-hooks/exhaustive-deps
  if (!ready) return <Skeleton />;
  const counts: Readonly<Record<OrderFilter, number>> = {
    all: orders.length,
    open: open.length,
    ended: orders.length - open.length,
  };
  return (
    <>
      <div className="tbar">
        <Segment
          label={t('orders.filter')}
          choices={FILTERS.map((value) => ({ value, label: `${t(`orders.${value}`)} ${counts[value]}` }))}
          value={filter}
          onChange={(value) => useOrdersSlice.setState({ filter: value })}
          testId="orders-filter"
        />
        <span className="sp" />
        <button
          type="button"
          className="btn"
          disabled={open.length === 0}
          data-testid="orders-cancel-all"
          onClick={() => workstation.cancelAll(account?.accountId ?? null)}
        >
          {t('orders.cancelAll')}
        </button>
      </div>
      {shown.length === 0 ? (
        <Empty
          icon="list"
          title={t(filter === 'open' ? 'orders.emptyOpen' : 'orders.empty')}
          body={t('orders.emptyBody')}
          testId="orders-empty"
        >
          <button type="button" className="btn" onClick={() => writeOrder({ side: 'buy' })}>
            {t('orders.write')}
          </button>
        </Empty>
      ) : (
        <Grid
          columns={columns}
          rows={shown}
          rowId={(order) => order.orderId}
          rowTestId={(order) => `order-row-${order.orderId}`}
          onRow={(order) => workstation.select(order.instrumentId)}
          label={t('panel.orders')}
          testId="blotter-orders"
        />
      )}
    </>
  );
}
