/** Holdings at live prices, with their totals, and a button that writes the order which closes one. */
import type { ICellRendererParams } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { Account, Position } from '#shared/domain/index.ts';
import { useAccountScope } from '../../client/account-scope.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount, useMarks, usePositions } from '../../client/hooks.ts';
import { useIssue, usePanel, useSelectIssue } from '../../client/panel-context.tsx';
import { type Marks, totalValue } from '../../client/valuation.ts';
import type { Workstation } from '../../client/workstation.ts';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { ScopeChoice } from '../../ui/account-scope.tsx';
import { RowActions } from '../../ui/cells.tsx';
import { number } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { countText } from '../../ui/issue-units.ts';
import { useIssueMenu } from '../../ui/issue-menu.tsx';
import { useCompact, useNarrow } from '../../ui/media.ts';
import { accountCurrency } from '../../ui/money.ts';
import { OldRows } from '../../ui/old-rows.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { useTable } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { WonWorth } from '../../ui/won-worth.tsx';
import { holdingColumns, type HoldingRow, holdingRows, holdingTotals } from './parts/columns.ts';

/** Below this width of the panel not all columns have room, pixels. */
const ALL_FROM = 460;

export function usePositionCount(): number | null {
  return usePositions(useAccount()?.accountId ?? null).length;
}

export function PositionsInfo(): JSX.Element | null {
  const t = useText();
  const { looksOnly } = usePanel();
  return looksOnly ? null : <span className="hid-s">{t('positions.hint')}</span>;
}

/**
 * Writes the order that closes all that can be closed; nothing is sent. The first group has the ticket and is given the
 * issue as well, so that no quantity can stand beside another issue.
 */
function writeClosing(workstation: Workstation, position: Position, select: (instrumentId: string) => void): void {
  if (useView.getState().accountId !== position.accountId) {
    void workstation.setPreferences({ accountId: position.accountId });
  }
  select(position.instrumentId);
  workstation.select(position.instrumentId);
  // What was sold is bought back.
  writeOrder({ side: position.quantity < 0 ? 'buy' : 'sell', quantityText: number(position.sellable) });
}

const CLOSE_HINTS = { sell: 'positions.closeHint', buy: 'positions.closeBuyHint' } as const;

function CloseCell({ data }: ICellRendererParams<HoldingRow>): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const { looksOnly } = usePanel();
  const position = data?.position;
  if (!position || looksOnly) return null;
  return (
    <RowActions
      actions={[
        {
          id: 'close',
          label: t('positions.close'),
          title: t(
            position.sellable === 0 ? 'positions.closeNone' : CLOSE_HINTS[position.quantity < 0 ? 'buy' : 'sell'],
            {
              name: nameOf(position.instrumentId),
              count: countText(t, position.sellable, position.instrumentId),
            },
          ),
          disabled: position.sellable === 0,
          testId: `position-close-${position.instrumentId}`,
          onPress: () => writeClosing(workstation, position, select),
        },
      ]}
    />
  );
}

/** Holdings of several accounts that are not zero, account by account. */
function useHoldings(accounts: readonly Account[]): readonly Position[] {
  const positions = useDesk((state) => state.positions);
  return useMemo(
    () =>
      accounts.flatMap(({ accountId }) =>
        [...positions.values()]
          .filter((position) => position.accountId === accountId && position.quantity !== 0)
          .sort((a, b) => (a.instrumentId < b.instrumentId ? -1 : 1)),
      ),
    [positions, accounts],
  );
}

/** Net assets of each account: its cash after all settlements and what it holds. */
function wholes(
  accounts: readonly Account[],
  positions: readonly Position[],
  marks: Marks,
): ReadonlyMap<string, number> {
  return new Map(
    accounts.map(({ accountId, cashD2Krw, loanKrw = 0 }) => {
      const held = positions.filter((position) => position.accountId === accountId);
      return [accountId, cashD2Krw - loanKrw + totalValue(held, marks).valueKrw];
    }),
  );
}

export function PositionsPanel(): JSX.Element {
  const t = useText();
  const { looksOnly } = usePanel();
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const issue = useIssue();
  const compact = useCompact();
  const [bar, setBar] = useState<HTMLDivElement | null>(null);
  const narrow = useNarrow(bar, ALL_FROM);
  const ready = useDesk((state) => state.ready);
  const instruments = useInstruments((state) => state.byId);
  const scope = useAccountScope();
  const positions = useHoldings(scope.accounts);
  const marks = useMarks(useMemo(() => [...new Set(positions.map(({ instrumentId }) => instrumentId))], [positions]));
  const before = useRef<ReadonlyMap<string, HoldingRow>>(new Map());
  const whole = wholes(scope.accounts, positions, marks);
  const rows = useStable(holdingRows(positions, marks, (accountId) => whole.get(accountId) ?? null, before.current));
  before.current = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const columns = useMemo(
    () => holdingColumns({ t, compact, narrow, looksOnly, all: scope.all, CloseCell }),
    [t, compact, narrow, looksOnly, scope.all, instruments], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const only = scope.accounts.length === 1 && positions.length > 0 ? scope.accounts[0] : undefined;
  const worth = only ? totalValue(positions, marks).valueKrw : null;
  const issueMenu = useIssueMenu();
  const isSelected = useMemo(() => (row: HoldingRow) => row.position?.instrumentId === issue, [issue]);
  const table = useTable<HoldingRow>();
  if (!ready) return <Skeleton />;
  return (
    <>
      <div className="tbar" ref={setBar}>
        <ScopeChoice scope={scope} testId="positions-scope" />
        {only && <WonWorth amount={worth} currency={accountCurrency(only)} testId="positions-won" />}
        <span className="sp" />
        <TableTools table={table} file={t('panel.positions')} testId="positions" />
      </div>
      <OldRows>
        {rows.length === 0 ? (
          <Empty icon="list" title={t('positions.empty')} body={t('positions.emptyBody')} testId="positions-empty">
            {!looksOnly && (
              <button type="button" className="btn" onClick={() => writeOrder({ side: 'buy' })}>
                {t('orders.write')}
              </button>
            )}
          </Empty>
        ) : (
          <Grid
            columns={columns}
            rows={rows}
            table={table}
            totalsOf={holdingTotals}
            rowId={(row) => row.id}
            rowTestId={(row) => `position-row-${row.position?.instrumentId ?? row.id}`}
            isSelected={isSelected}
            onRow={(row) => {
              if (row.position) select(row.position.instrumentId);
            }}
            onMenu={(row, at) => {
              if (row.position) issueMenu.open(row.position.instrumentId, at);
            }}
            onOpen={(row) => {
              if (row.position) writeClosing(workstation, row.position, select);
            }}
            label={t('panel.positions')}
            testId="blotter-positions"
          />
        )}
      </OldRows>
      {issueMenu.menu}
    </>
  );
}

/** The list of before where it holds the same rows, so that nothing is drawn for nothing. */
function useStable(rows: readonly HoldingRow[]): readonly HoldingRow[] {
  const last = useRef(rows);
  const same = last.current.length === rows.length && rows.every((row, at) => row === last.current[at]);
  if (!same) last.current = rows;
  return last.current;
}
