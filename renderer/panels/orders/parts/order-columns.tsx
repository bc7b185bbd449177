/** Columns of the order blotter. */
import type { ColDef } from 'ag-grid-community';
import { isOpen, type Order, OrderState, Side, foreignExchangeOf, foreignMarketOf } from '#shared/domain/index.ts';
import { accountName } from '../../../client/account-scope.ts';
import { nameOf } from '../../../store/instruments.ts';
import type { Translate } from '../../../text/index.ts';
import { number, time } from '../../../ui/format.ts';
import { quantityText } from '../../../ui/issue-units.ts';
import { issuePrice } from '../../../ui/money.ts';
import { issuePriceColumn } from '../../../ui/money-column.ts';
import { kindText, routeText } from '../../../ui/order-words.ts';
import { choiceColumn, figureColumn, instantColumn, textColumn, toolColumn } from '../../../ui/table/column.ts';
import { ActionCell, FilledCell, StateCell } from './order-cells.tsx';

/** Extra width of the buttons in a language of long words, pixels. */
const LONG_WORDS = 28;

/** Where an order was sent: its route, and of an American issue its own exchange. */
function placeText(t: Translate, order: Order): string {
  const exchange = foreignExchangeOf(order.instrumentId);
  return exchange === null ? t(`route.${order.route}`) : t(`market.${foreignMarketOf(exchange)}`);
}

/** The price, or the type that stands for one. */
function priceText(t: Translate, order: Order): string {
  if (order.price !== null) return issuePrice(order.price, order.instrumentId);
  return t(order.type === 'market' ? 'orders.atMarket' : 'orders.none');
}

export function orderColumns(
  t: Translate,
  of: { readonly compact: boolean; readonly stops: boolean; readonly long: boolean; readonly all: boolean },
): readonly ColDef<Order>[] {
  const { compact, stops, long, all } = of;
  const issue = (order: Order): string => order.instrumentId;
  const kind = (order: Order): string => `${kindText(t, order)} · ${routeText(t, order)}`;
  const side = choiceColumn<Order, Side>({
    id: 'side',
    header: t('col.side'),
    width: 38,
    value: (order) => order.side,
    show: (value) => t(`side.${value}`),
    choices: Side.options,
  });
  const price = issuePriceColumn<Order>({
    id: 'price',
    header: t('col.orderPrice'),
    width: 62,
    value: (order) => order.price,
    issue,
  });
  const filled = figureColumn<Order>({
    id: 'filled',
    header: t('col.filled'),
    width: compact || stops ? 50 : 92,
    value: (order) => order.filledQty,
    show: number,
  });
  const state = choiceColumn<Order, OrderState>({
    id: 'state',
    header: t('col.state'),
    minWidth: compact ? 68 : 82,
    flex: 3,
    value: (order) => order.state,
    show: (value) => t(`state.${value}`),
    choices: OrderState.options,
  });
  return [
    instantColumn<Order>({
      id: 'time',
      header: t('col.time'),
      width: 68,
      hide: compact,
      value: (order) => order.exchangeTs,
      show: time,
    }),
    textColumn<Order>({
      id: 'issue',
      header: t('col.instrument'),
      flex: 2,
      minWidth: 62,
      className: 'nm',
      value: (order) => nameOf(order.instrumentId),
      // Where the kind has no column of its own.
      tip: (order) => `${nameOf(order.instrumentId)} · ${kind(order)}`,
    }),
    textColumn<Order>({
      id: 'account',
      header: t('col.account'),
      width: 76,
      hide: !all,
      className: 'nm',
      value: (order) => accountName(order.accountId),
    }),
    {
      ...side,
      cellClassRules: { 'side-b': (p) => p.data?.side === 'buy', 'side-s': (p) => p.data?.side === 'sell' },
    },
    textColumn<Order>({
      id: 'type',
      header: t('col.type'),
      width: 82,
      hide: compact,
      className: 'nm',
      value: (order) => kindText(t, order),
      tip: (order) => kindText(t, order),
    }),
    textColumn<Order>({
      id: 'route',
      header: t('col.route'),
      width: 48,
      hide: compact,
      value: (order) => placeText(t, order),
      tip: (order) => routeText(t, order),
    }),
    { ...price, valueFormatter: (p) => (p.data ? priceText(t, p.data) : '') },
    issuePriceColumn<Order>({
      id: 'stop',
      header: t('col.stop'),
      width: 58,
      hide: !stops,
      value: (order) => order.stopPrice,
      issue,
    }),
    figureColumn<Order>({
      id: 'quantity',
      header: t('col.quantity'),
      width: stops ? 58 : 68,
      value: (order) => order.quantity,
      show: (value, order) => quantityText(t, value, order.instrumentId),
    }),
    {
      ...filled,
      cellRenderer: (p: { data?: Order }) => (p.data ? <FilledCell order={p.data} bar={!compact && !stops} /> : null),
    },
    figureColumn<Order>({
      id: 'rest',
      header: t('col.rest'),
      width: 58,
      hide: true,
      value: (order) => (isOpen(order.state) ? order.quantity - order.filledQty : 0),
      show: (value, order) => quantityText(t, value, order.instrumentId),
    }),
    issuePriceColumn<Order>({
      id: 'fillPrice',
      header: t('col.fillAverage'),
      width: 72,
      hide: true,
      value: (order) => (order.filledQty === 0 ? null : Math.round(order.filledValue / order.filledQty)),
      issue,
    }),
    textColumn<Order>({
      id: 'number',
      header: t('col.orderNo'),
      width: 84,
      hide: true,
      className: 'num',
      value: (order) => order.brokerOrderNo ?? '',
    }),
    textColumn<Order>({
      id: 'reason',
      header: t('col.reason'),
      width: 140,
      hide: true,
      className: 'nm',
      value: (order) => order.reason?.messageKo ?? '',
      tip: (order) => (order.reason ? `${order.reason.messageKo} ${order.reason.actionKo}` : ''),
    }),
    {
      ...state,
      cellRenderer: (p: { data?: Order }) => (p.data ? <StateCell order={p.data} /> : null),
    },
    toolColumn<Order>({
      id: 'act',
      header: t('col.act'),
      width: (compact ? 94 : 98) + (long ? LONG_WORDS : 0),
      cellRenderer: (p: { data?: Order }) => (p.data ? <ActionCell order={p.data} /> : null),
    }),
  ];
}
