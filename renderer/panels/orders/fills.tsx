/** My fills: each execution with its costs and what it realised, newest first. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo } from 'react';
import { currencyOf, usExchangeOf, usMarketOf, type Fill } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount } from '../../client/hooks.ts';
import { useDesk } from '../../store/desk.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { type Translate, useText } from '../../text/index.ts';
import { number, time } from '../../ui/format.ts';
import { issueMoney, signedMoney } from '../../ui/money.ts';
import { Grid } from '../../ui/grid.tsx';
import { kindText } from '../../ui/order-words.ts';
import { useCompact } from '../../ui/media.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';

function useFills(): readonly Fill[] {
  const account = useAccount();
  const fills = useDesk((state) => state.fills);
  const accountId = account?.accountId;
  return useMemo(
    () =>
      [...fills.values()]
        .filter((fill) => fill.accountId === accountId)
        .reverse()
        .sort((a, b) => b.exchangeTs - a.exchangeTs),
    [fills, accountId],
  );
}

export function useFillCount(): number | null {
  return useFills().length;
}

/** Where a fill traded: its venue, and of an American issue its own exchange. */
function venueText(t: Translate, fill: Fill): string {
  const exchange = usExchangeOf(fill.instrumentId);
  return exchange === null ? t(`venue.${fill.venue}`) : t(`market.${usMarketOf(exchange)}`);
}

function columnsOf(t: Translate, compact: boolean): readonly ColDef<Fill>[] {
  const figure = (headerName: string, width: number, value: (fill: Fill) => string): ColDef<Fill> => ({
    headerName,
    width,
    cellClass: 'r num',
    headerClass: 'r',
    valueGetter: (p) => (p.data ? value(p.data) : ''),
  });
  const typeColumn: ColDef<Fill> = {
    headerName: t('col.type'),
    width: 84,
    cellClass: 'nm',
    valueGetter: (p) => {
      const order = p.data ? useDesk.getState().orders.get(p.data.orderId) : undefined;
      return order ? kindText(t, order) : '';
    },
  };
  return [
    {
      headerName: t('col.time'),
      width: 66,
      cellClass: 'num mut',
      valueGetter: (p) => (p.data ? time(p.data.exchangeTs) : ''),
    },
    {
      headerName: t('col.instrument'),
      flex: 1,
      minWidth: 66,
      cellClass: 'nm',
      valueGetter: (p) => (p.data ? nameOf(p.data.instrumentId) : ''),
    },
    {
      headerName: t('col.side'),
      width: 40,
      valueGetter: (p) => (p.data ? t(`side.${p.data.side}`) : ''),
      cellClassRules: { 'side-b': (p) => p.data?.side === 'buy', 'side-s': (p) => p.data?.side === 'sell' },
    },
    ...(compact ? [] : [typeColumn]),
    {
      headerName: t('col.venue'),
      width: 46,
      valueGetter: (p) => (p.data ? venueText(t, p.data) : ''),
      cellClassRules: { nxt: (p) => p.data?.venue === 'NXT' },
    },
    figure(t('col.fillPrice'), 66, (fill) => issueMoney(fill.price, fill.instrumentId)),
    figure(t('col.quantity'), 50, (fill) => number(fill.quantity)),
    ...(compact
      ? []
      : [figure(t('col.amount'), 88, (fill) => issueMoney(fill.price * fill.quantity, fill.instrumentId))]),
    figure(t('col.commission'), 56, (fill) => issueMoney(fill.commissionKrw, fill.instrumentId)),
    figure(t('col.tax'), 56, (fill) => issueMoney(fill.taxKrw, fill.instrumentId)),
    {
      ...figure(t('col.realised'), 84, (fill) =>
        fill.side === 'sell' ? signedMoney(fill.realisedKrw, currencyOf(fill.instrumentId)) : '',
      ),
      cellClassRules: { u: (p) => (p.data?.realisedKrw ?? 0) > 0, d: (p) => (p.data?.realisedKrw ?? 0) < 0 },
    },
  ];
}

export function FillsPanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const ready = useDesk((state) => state.ready);
  const instruments = useInstruments((state) => state.byId);
  const compact = useCompact();
  const fills = useFills();
  const columns = useMemo(() => columnsOf(t, compact), [t, compact, instruments]); // eslint-disable-line react-hooks/exhaustive-deps
  if (!ready) return <Skeleton />;
  if (fills.length === 0)
    return <Empty icon="list" title={t('fills.empty')} body={t('fills.emptyBody')} testId="fills-empty" />;
  return (
    <Grid
      columns={columns}
      rows={fills}
      rowId={(fill) => fill.fillId}
      rowTestId={(fill) => `fill-row-${fill.fillId}`}
      onRow={(fill) => workstation.select(fill.instrumentId)}
      label={t('panel.fills')}
      testId="blotter-fills"
    />
  );
}
