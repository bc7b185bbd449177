/** My fills: each execution with its costs and what it realised, newest first. */
import type { JSX } from 'react';
import { useMemo, useState } from 'react';
import type { Fill } from '#shared/domain/index.ts';
import { useAccountScope } from '../../client/account-scope.ts';
import { useAccount } from '../../client/hooks.ts';
import { useSelectIssue } from '../../client/panel-context.tsx';
import { useDesk } from '../../store/desk.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { showView } from '../../store/work.ts';
import { useText } from '../../text/index.ts';
import { ScopeChoice } from '../../ui/account-scope.tsx';
import { ContextMenu } from '../../ui/context-menu.tsx';
import { MenuItem } from '../../ui/controls.tsx';
import { Grid, type MenuPlace } from '../../ui/grid.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useCompact } from '../../ui/media.ts';
import { OldRows } from '../../ui/old-rows.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { useTable } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { fillColumns, type FillRow, fillTotals } from './parts/fill-columns.ts';
import { showOrder, useOrdersSlice } from './slice.ts';

/** One row object for each fill, so that the table sees which ones are new. */
const ROWS = new WeakMap<Fill, FillRow>();

function rowOf(fill: Fill): FillRow {
  const known = ROWS.get(fill);
  if (known) return known;
  const row: FillRow = { id: fill.fillId, fill, total: null };
  ROWS.set(fill, row);
  return row;
}

export function useFillCount(): number | null {
  const accountId = useAccount()?.accountId;
  const fills = useDesk((state) => state.fills);
  return useMemo(() => {
    let count = 0;
    for (const fill of fills.values()) if (fill.accountId === accountId) count += 1;
    return count;
  }, [fills, accountId]);
}

function useFillRows(includes: (accountId: string) => boolean, fillsOf: string | null): readonly FillRow[] {
  const fills = useDesk((state) => state.fills);
  return useMemo(
    () =>
      [...fills.values()]
        .filter((fill) => (fillsOf === null ? includes(fill.accountId) : fill.orderId === fillsOf))
        .reverse()
        .sort((a, b) => b.exchangeTs - a.exchangeTs)
        .map(rowOf),
    [fills, includes, fillsOf],
  );
}

export function FillsPanel(): JSX.Element {
  const t = useText();
  const select = useSelectIssue();
  const ready = useDesk((state) => state.ready);
  const orders = useDesk((state) => state.orders);
  const accounts = useDesk((state) => state.accounts);
  const instruments = useInstruments((state) => state.byId);
  const compact = useCompact();
  const language = useView((state) => state.language);
  const scope = useAccountScope();
  const fillsOf = useOrdersSlice((state) => state.fillsOf);
  const rows = useFillRows(scope.includes, fillsOf);
  const columns = useMemo(
    () => fillColumns(t, { compact, all: scope.all, language }),
    [t, compact, scope.all, language, instruments, accounts], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const table = useTable<FillRow>();
  const [menu, setMenu] = useState<{ readonly fill: Fill; readonly at: MenuPlace } | null>(null);
  if (!ready) return <Skeleton />;
  const order = fillsOf === null ? undefined : orders.get(fillsOf);
  return (
    <>
      <div className="tbar">
        {fillsOf !== null && (
          <button
            type="button"
            className="btn sm"
            onClick={() => useOrdersSlice.setState({ fillsOf: null })}
            data-testid="fills-of"
          >
            {t('fills.ofOrder', { name: order ? nameOf(order.instrumentId) : fillsOf })} <Icon name="x" size="sm" />
          </button>
        )}
        <ScopeChoice scope={scope} testId="fills-scope" />
        <span className="sp" />
        <TableTools table={table} file={t('panel.fills')} testId="fills" />
      </div>
      <OldRows>
        {rows.length === 0 ? (
          <Empty icon="list" title={t('fills.empty')} body={t('fills.emptyBody')} testId="fills-empty" />
        ) : (
          <Grid
            columns={columns}
            rows={rows}
            table={table}
            totalsOf={fillTotals}
            rowId={(row) => row.id}
            rowTestId={(row) => `fill-row-${row.id}`}
            onRow={(row) => {
              if (row.fill) select(row.fill.instrumentId);
            }}
            onOpen={(row) => {
              if (row.fill) openOrder(row.fill.orderId);
            }}
            onMenu={(row, at) => {
              if (row.fill) setMenu({ fill: row.fill, at });
            }}
            label={t('panel.fills')}
            testId="blotter-fills"
          />
        )}
      </OldRows>
      {menu && (
        <ContextMenu
          label={t('fills.menu', { name: nameOf(menu.fill.instrumentId) })}
          at={menu.at}
          onClose={() => setMenu(null)}
          testId="fill-menu"
        >
          <MenuItem
            onClick={() => {
              setMenu(null);
              openOrder(menu.fill.orderId);
            }}
            testId="fill-menu-order"
          >
            {t('fills.showOrder')}
          </MenuItem>
          <MenuItem
            onClick={() => {
              setMenu(null);
              select(menu.fill.instrumentId);
            }}
            testId="fill-menu-show"
          >
            {t('orders.showIssue')}
          </MenuItem>
        </ContextMenu>
      )}
    </>
  );
}

/** Goes to the order that a fill belongs to. */
function openOrder(orderId: string): void {
  showOrder(orderId);
  showView('orders');
}
