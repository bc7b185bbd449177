/** Performance by issue: bought, sold, costs, realised, unrealised, and how many closes won. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo } from 'react';
import { currencyOf, type IssuePerformance } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { usePerformance } from '../../store/performance.ts';
import { type Translate, useText } from '../../text/index.ts';
import { money, signedMoney } from '../../ui/money.ts';
import { Grid } from '../../ui/grid.tsx';
import { Empty, Veiled } from '../../ui/states.tsx';

function columnsOf(t: Translate): readonly ColDef<IssuePerformance>[] {
  const figure = (
    headerName: string,
    width: number,
    value: (issue: IssuePerformance) => string,
  ): ColDef<IssuePerformance> => ({
    headerName,
    width,
    cellClass: 'r num',
    headerClass: 'r',
    valueGetter: (p) => (p.data ? value(p.data) : ''),
  });
  const profit = (headerName: string, pick: (issue: IssuePerformance) => number): ColDef<IssuePerformance> => ({
    ...figure(headerName, 72, (issue) => signedMoney(pick(issue), currencyOf(issue.instrumentId))),
    cellClassRules: {
      u: (p) => p.data !== undefined && pick(p.data) > 0,
      d: (p) => p.data !== undefined && pick(p.data) < 0,
    },
  });
  return [
    {
      headerName: t('col.instrument'),
      flex: 1,
      minWidth: 72,
      cellClass: 'nm',
      valueGetter: (p) => (p.data ? nameOf(p.data.instrumentId) : ''),
    },
    profit(t('col.realised'), (issue) => issue.realisedKrw),
    profit(t('col.unrealised'), (issue) => issue.unrealisedKrw),
    figure(t('col.costs'), 52, (issue) => money(issue.commissionKrw + issue.taxKrw, currencyOf(issue.instrumentId))),
    figure(t('col.wins'), 54, (issue) => `${issue.wins}/${issue.closes}`),
  ];
}

export function PerformancePanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const performance = usePerformance((state) => state.performance);
  const instruments = useInstruments((state) => state.byId);
  const columns = useMemo(() => columnsOf(t), [t, instruments]); // eslint-disable-line react-hooks/exhaustive-deps
  if (!performance || performance.issues.length === 0) {
    return (
      <Empty icon="list" title={t('performance.empty')} body={t('performance.emptyBody')} testId="performance-empty" />
    );
  }
  return (
    <Veiled from="market">
      <Grid
        columns={columns}
        rows={performance.issues}
        rowId={(issue) => issue.instrumentId}
        rowTestId={(issue) => `performance-row-${issue.instrumentId}`}
        onRow={(issue) => workstation.select(issue.instrumentId)}
        label={t('panel.performance')}
        testId="blotter-performance"
      />
    </Veiled>
  );
}
