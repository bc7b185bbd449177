/** The list of mandates: what stands, how far it is, what became of the rest; and where they live. */
import { type JSX, useMemo } from 'react';
import { isStanding, type Mandate } from '#shared/domain/index.ts';
import { useSelectIssue } from '../../client/panel-context.tsx';
import { useDesk } from '../../store/desk.ts';
import { useInstruments } from '../../store/instruments.ts';
import { useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { Grid } from '../../ui/grid.tsx';
import { useCompact } from '../../ui/media.ts';
import { OldRows } from '../../ui/old-rows.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { useTable } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { mandateColumns } from './parts/columns.tsx';
import { useConditionalSlice } from './slice.ts';

export function useStandingCount(): number | null {
  const mandates = useDesk((state) => state.mandates);
  return useMemo(() => [...mandates.values()].filter((mandate) => isStanding(mandate.state)).length, [mandates]);
}

export function ConditionalPanel(): JSX.Element {
  const t = useText();
  const select = useSelectIssue();
  const compact = useCompact();
  const ready = useDesk((state) => state.ready);
  const mandates = useDesk((state) => state.mandates);
  const names = useInstruments((state) => state.byId);
  const filter = useConditionalSlice((state) => state.filter);
  const all = useMemo(() => [...mandates.values()].sort((a, b) => b.placedTs - a.placedTs), [mandates]);
  const lists = {
    standing: all.filter((mandate) => isStanding(mandate.state)),
    ended: all.filter((mandate) => !isStanding(mandate.state)),
  };
  const shown = lists[filter];
  // Names of issues stand in the rows.
  const columns = useMemo(() => mandateColumns(t, compact), [t, compact, names]); // eslint-disable-line react-hooks/exhaustive-deps
  const table = useTable<Mandate>();
  if (!ready) return <Skeleton />;
  return (
    <>
      <div className="tbar">
        <Segment
          label={t('orders.filter')}
          choices={(['standing', 'ended'] as const).map((value) => ({
            value,
            label: `${t(`mandate.${value}`)} ${lists[value].length}`,
          }))}
          value={filter}
          onChange={(value) => useConditionalSlice.setState({ filter: value })}
          testId="mandates-filter"
        />
        <span className="l el" title={t('mandate.lives')}>
          {t('mandate.lives')}
        </span>
        <span className="sp" />
        <TableTools table={table} file={t('panel.conditional')} testId="mandates" />
      </div>
      <OldRows>
        {shown.length === 0 ? (
          <Empty
            icon="clock"
            title={t(filter === 'standing' ? 'mandate.empty' : 'mandate.emptyEnded')}
            body={t('mandate.emptyBody')}
            testId="mandates-empty"
          />
        ) : (
          <Grid
            columns={columns}
            rows={shown}
            table={table}
            rowId={(mandate) => mandate.mandateId}
            rowTestId={(mandate) => `mandate-row-${mandate.mandateId}`}
            onRow={(mandate) => select(mandate.instrumentId)}
            label={t('panel.conditional')}
            testId="mandates"
          />
        )}
      </OldRows>
    </>
  );
}
