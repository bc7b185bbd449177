/** Cash by account and currency, and what the next settlements bring and take. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { useAccountScope } from '../../client/account-scope.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useCore } from '../../store/core.ts';
import { useDesk } from '../../store/desk.ts';
import { atBroker } from '../../store/environment.ts';
import { openDialog } from '../../store/overlay.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { ScopeChoice } from '../../ui/account-scope.tsx';
import { dateShort } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty, Skeleton, Veiled } from '../../ui/states.tsx';
import { useTable } from '../../ui/table/handle.ts';
import { HEAD_HEIGHT, ROW_HEIGHT } from '../../ui/table/modules.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { cashColumns, settlementColumns } from './columns.ts';
import { type CashRow, cashRow, cashTotals, type SettlementRow, settlementRows } from './settlement.ts';

/** Accounts shown before the upper table scrolls. */
const ACCOUNTS_SHOWN = 6;

export function CashPanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const ready = useDesk((state) => state.ready);
  const fills = useDesk((state) => state.fills);
  const broker = useCore((state) => atBroker(state.environment));
  const language = useView((state) => state.language);
  const scope = useAccountScope();
  const { accounts } = scope;
  const cash = useMemo(() => accounts.map(cashRow), [accounts]);
  const settlements = useMemo(() => {
    const known = [...fills.values()];
    return accounts.flatMap((account) => settlementRows(account, known));
  }, [accounts, fills]);
  const currencies = cash.some(({ currency }) => currency !== 'KRW');
  const accountColumns = useMemo(() => cashColumns(t, { currencies }), [t, currencies]);
  const dayColumns = useMemo(
    () => settlementColumns(t, { several: accounts.length > 1, language }),
    [t, accounts.length, language],
  );
  const cashTable = useTable<CashRow>();
  const dayTable = useTable<SettlementRow>();
  if (!ready) return <Skeleton />;
  if (accounts.length === 0) {
    return broker ? (
      <Empty icon="user" title={t('account.waiting')} body={t('account.waitingBody')} testId="cash-waiting" />
    ) : (
      <Empty icon="user" title={t('account.none')} body={t('account.noneBody')} testId="cash-empty">
        <button type="button" className="btn pri" onClick={() => openDialog('new-account')}>
          {t('account.new')}
        </button>
      </Empty>
    );
  }
  const lines = Math.min(ACCOUNTS_SHOWN, cash.length) + cashTotals(cash).length;
  const troubled = accounts.filter(({ unpaidKrw, frozenUntil }) => unpaidKrw > 0 || frozenUntil !== null);
  return (
    <>
      <div className="tbar">
        <ScopeChoice scope={scope} testId="cash-scope" />
        <span className="sp" />
        <TableTools table={cashTable} file={t('panel.cash')} testId="cash" small />
      </div>
      <Veiled from="core">
        <div className="cash-accounts" style={{ height: HEAD_HEIGHT + lines * ROW_HEIGHT + 2 }}>
          <Grid
            columns={accountColumns}
            rows={cash}
            table={cashTable}
            totalsOf={cashTotals}
            rowId={(row) => row.id}
            rowTestId={(row) => `cash-row-${row.id}`}
            onRow={(row) => {
              if (row.account) void workstation.setPreferences({ accountId: row.account.accountId });
            }}
            label={t('cash.accounts')}
            testId="blotter-cash"
          />
        </div>
        {troubled.map((account) => (
          <p
            className="oldnote"
            key={account.accountId}
            role="status"
            data-testid={`cash-trouble-${account.accountId}`}
          >
            <Icon name="warn" size="sm" />
            {account.unpaidKrw > 0
              ? t('cash.unpaid', { name: account.name })
              : t('cash.frozen', { name: account.name, date: dateShort(account.frozenUntil ?? '', language) })}
          </p>
        ))}
        <h3 className="tcap">
          {t('cash.settlement')}
          <span className="sp" />
          <TableTools table={dayTable} file={t('cash.settlement')} testId="settlement" small />
        </h3>
        <Grid
          columns={dayColumns}
          rows={settlements}
          table={dayTable}
          rowId={(row) => row.id}
          rowTestId={(row) => `settlement-row-${row.id}`}
          label={t('cash.settlement')}
          testId="blotter-settlement"
        />
      </Veiled>
    </>
  );
}
