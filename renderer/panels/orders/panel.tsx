/** The order blotter: every order of the account as the journal has it, newest first. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo } from 'react';
import { type Order, isOpen, usExchangeOf, usMarketOf } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount } from '../../client/hooks.ts';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { type Translate, useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { number, time } from '../../ui/format.ts';
import { issueMoney } from '../../ui/money.ts';
import { Grid } from '../../ui/grid.tsx';
import { kindText, routeText } from '../../ui/order-words.ts';
import { useCompact } from '../../ui/media.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { ActionCell, FilledCell, StateCell } from './parts/order-cells.tsx';
import { type OrderFilter, useOrdersSlice } from './slice.ts';

/** Extra width of the buttons in a language of long words, pixels. */
const LONG_WORDS = 28;

const FILTERS: readonly OrderFilter[] = ['all', 'open', 'ended'];

/** Where an order was sent: its route, and of an American issue its own exchange. */
function placeText(t: Translate, order: Order): string {
  const exchange = usExchangeOf(order.instrumentId);
  return exchange === null ? t(`route.${order.route}`) : t(`market.${usMarketOf(exchange)}`);
}

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

/** The price, or the type that stands for one. */
function priceText(t: Translate, order: Order): string {
  if (order.price !== null) return issueMoney(order.price, order.instrumentId);
  return t(order.type === 'market' ? 'orders.atMarket' : 'orders.none');
}

function columnsOf(
  t: Translate,
  of: { readonly compact: boolean; readonly stops: boolean; readonly long: boolean },
): readonly ColDef<Order>[] {
  const { compact, stops, long } = of;
  const right = { cellClass: 'r num', headerClass: 'r' };
  const text = (headerName: string, width: number, value: (order: Order) => string): ColDef<Order> => ({
    headerName,
    width,
    valueGetter: (p) => (p.data ? value(p.data) : ''),
    tooltip: (p) => (p.data ? value(p.data) : ''),
  });
  const kind = (order: Order): string => `${kindText(t, order)} · ${routeText(t, order)}`;
  const timeColumn: ColDef<Order> = {
    ...text(t('col.time'), 68, (order) => time(order.exchangeTs)),
    cellClass: 'num mut',
  };
  const typeColumns: readonly ColDef<Order>[] = [
    { ...text(t('col.type'), 82, (order) => kindText(t, order)), cellClass: 'nm' },
    {
      ...text(t('col.route'), 48, (order) => placeText(t, order)),
      tooltip: (p) => (p.data ? routeText(t, p.data) : ''),
    },
  ];
  const stopColumn: ColDef<Order> = {
    ...text(t('col.stop'), 58, (order) =>
      order.stopPrice === null ? '' : issueMoney(order.stopPrice, order.instrumentId),
    ),
    ...right,
  };
  return [
    ...(compact ? [] : [timeColumn]),
    {
      ...text(t('col.instrument'), 0, (order) => nameOf(order.instrumentId)),
      flex: 2,
      minWidth: 62,
      cellClass: 'nm',
      // Where the kind has no column of its own.
      tooltip: (p) => (p.data ? `${nameOf(p.data.instrumentId)} · ${kind(p.data)}` : ''),
    },
    {
      ...text(t('col.side'), 38, (order) => t(`side.${order.side}`)),
      cellClassRules: { 'side-b': (p) => p.data?.side === 'buy', 'side-s': (p) => p.data?.side === 'sell' },
    },
    ...(compact ? [] : typeColumns),
    { ...text(t('col.orderPrice'), 62, (order) => priceText(t, order)), ...right },
    ...(stops ? [stopColumn] : []),
    { ...text(t('col.quantity'), stops ? 54 : 58, (order) => number(order.quantity)), ...right },
    {
      headerName: t('col.filled'),
      width: compact || stops ? 50 : 92,
      ...right,
      cellRenderer: (p: { data?: Order }) => (p.data ? <FilledCell order={p.data} bar={!compact && !stops} /> : null),
    },
    {
      headerName: t('col.state'),
      minWidth: compact ? 68 : 82,
      flex: 3,
      cellRenderer: (p: { data?: Order }) => (p.data ? <StateCell order={p.data} /> : null),
    },
    {
      headerName: '',
      width: (compact ? 94 : 98) + (long ? LONG_WORDS : 0),
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
  const long = useView((state) => state.language) === 'en';
  const stops = shown.some((order) => order.stopPrice !== null);
  const columns = useMemo(() => columnsOf(t, { compact, stops, long }), [t, compact, stops, long, instruments]); // eslint-disable-line react-hooks/exhaustive-deps
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
