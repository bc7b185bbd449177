/** The figures of a period: sums, and the rows by day, by issue or of the settlement. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { PeriodProfit, ProfitDay, Settlement } from '#shared/domain/index.ts';
import { useSelectIssue } from '../../../client/panel-context.tsx';
import { useText } from '../../../text/index.ts';
import { direction, ppbPercent, UNKNOWN } from '../../../ui/format.ts';
import { Grid } from '../../../ui/grid.tsx';
import { moneyOr, signedMoney } from '../../../ui/money.ts';
import { Empty } from '../../../ui/states.tsx';
import { useTable } from '../../../ui/table/handle.ts';
import { TableTools } from '../../../ui/table/tools.tsx';
import { dayColumns, issueColumns, settlementColumns, type IssueRow } from './columns.ts';

function Sums({ profit }: { readonly profit: PeriodProfit }): JSX.Element {
  const t = useText();
  const { total, todayKrw, currency } = profit;
  const signed = (value: number | null): string => (value === null ? UNKNOWN : signedMoney(value, currency));
  return (
    <div className="kvl four" data-testid="profit-sums">
      <span className="l">{t('profit.realised')}</span>
      <b className={`num ${direction(total.realisedKrw)}`} data-testid="profit-realised">
        {signed(total.realisedKrw)}
      </b>
      <span className="l">{t('profit.return')}</span>
      <span className="v num">{total.returnPpb === null ? UNKNOWN : ppbPercent(total.returnPpb)}</span>
      <span className="l">{t('profit.commission')}</span>
      <span className="v num" data-testid="profit-commission">
        {moneyOr(total.commissionKrw, currency)}
      </span>
      <span className="l">{t('profit.tax')}</span>
      <span className="v num" data-testid="profit-tax">
        {moneyOr(total.taxKrw, currency)}
      </span>
      <span className="l">{t('profit.bought')}</span>
      <span className="v num">{moneyOr(total.boughtKrw, currency)}</span>
      <span className="l">{t('profit.sold')}</span>
      <span className="v num">{moneyOr(total.soldKrw, currency)}</span>
      <span className="l">{t('profit.interest')}</span>
      <span className="v num">{moneyOr(total.interestKrw, currency)}</span>
      <span className="l">{t('profit.today')}</span>
      <b className={`num ${direction(todayKrw)}`}>{signed(todayKrw)}</b>
    </div>
  );
}

function Days({ profit }: { readonly profit: PeriodProfit }): JSX.Element {
  const t = useText();
  const { currency, days } = profit;
  const columns = useMemo(() => dayColumns(t, currency), [t, currency]);
  const table = useTable<ProfitDay>();
  return (
    <>
      <h3 className="tcap">
        {t('profit.tab.days')}
        <span className="sp" />
        <TableTools table={table} file={`${t('panel.profit')} ${t('profit.tab.days')}`} testId="profit-days" small />
      </h3>
      <div className="rows">
        <Grid
          columns={columns}
          rows={days}
          table={table}
          rowId={(row) => row.date}
          rowTestId={(row) => `profit-day-${row.date}`}
          label={t('profit.tab.days')}
          testId="blotter-profit-days"
        />
      </div>
    </>
  );
}

function Issues({ profit }: { readonly profit: PeriodProfit }): JSX.Element {
  const t = useText();
  const { currency, issues } = profit;
  const select = useSelectIssue();
  const columns = useMemo(() => issueColumns(t, currency), [t, currency]);
  const rows = useMemo(() => issues.map((row, at): IssueRow => ({ ...row, key: `${at} ${row.code}` })), [issues]);
  const table = useTable<IssueRow>();
  return (
    <>
      <h3 className="tcap">
        {t('profit.tab.issues')}
        <span className="sp" />
        <TableTools table={table} file={`${t('panel.profit')} ${t('profit.tab.issues')}`} testId="profit-issues" />
      </h3>
      <div className="rows">
        <Grid
          columns={columns}
          rows={rows}
          table={table}
          rowId={(row) => row.key}
          rowTestId={(row) => `profit-issue-${row.code}`}
          onRow={({ instrumentId }) => {
            if (instrumentId !== null) select(instrumentId);
          }}
          label={t('profit.tab.issues')}
          testId="blotter-profit-issues"
        />
      </div>
    </>
  );
}

type SettledRow = Settlement['contracts'][number];

function Settled({ settlement }: { readonly settlement: Settlement }): JSX.Element {
  const t = useText();
  const columns = useMemo(() => settlementColumns(t), [t]);
  const table = useTable<SettledRow>();
  return (
    <>
      <h3 className="tcap">
        {t('profit.settledOn', { date: settlement.date })}
        <span className="sp" />
        <TableTools table={table} file={t('profit.tab.settlement')} testId="profit-settlement" small />
      </h3>
      <div className="kvl four">
        <span className="l">{t('profit.dayGain')}</span>
        <b className={`num ${direction(settlement.dayKrw)}`}>{moneyOr(settlement.dayKrw, 'KRW')}</b>
        <span className="l">{t('profit.renewalGain')}</span>
        <b className={`num ${direction(settlement.renewalKrw)}`}>{moneyOr(settlement.renewalKrw, 'KRW')}</b>
      </div>
      <div className="rows">
        <Grid
          columns={columns}
          rows={settlement.contracts}
          table={table}
          rowId={(row) => `${row.code} ${row.kind}`}
          label={t('profit.tab.settlement')}
          testId="blotter-settlement-contracts"
        />
      </div>
    </>
  );
}

export function ProfitView(props: {
  readonly profit: PeriodProfit;
  readonly tab: 'days' | 'issues' | 'settlement';
}): JSX.Element {
  const t = useText();
  const { profit, tab } = props;
  return (
    <div className="fillcol statement" data-testid="profit">
      <p className="note" data-testid="profit-source">
        {profit.source === 'maru'
          ? t('profit.fromMaru', { from: profit.from, to: profit.to })
          : t('profit.fromBroker', { from: profit.from, to: profit.to, calls: profit.calls })}
      </p>
      <Sums profit={profit} />
      {tab === 'settlement' && profit.settlement ? (
        <Settled settlement={profit.settlement} />
      ) : profit.issues.length + profit.days.length === 0 ? (
        <Empty icon="list" title={t('profit.nothing')} body={t('profit.nothingBody')} testId="profit-empty" />
      ) : tab === 'issues' ? (
        <Issues profit={profit} />
      ) : (
        <Days profit={profit} />
      )}
    </div>
  );
}
