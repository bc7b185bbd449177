/** Holdings of the account at live prices, with their total. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { currencyOf, type Position } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount, useMarks, usePositions } from '../../client/hooks.ts';
import { totalValue } from '../../client/valuation.ts';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { useInstruments } from '../../store/instruments.ts';
import { usePerformance } from '../../store/performance.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { number, share, UNKNOWN } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { useCompact } from '../../ui/media.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { holdingColumns, type HoldingRow } from './parts/columns.ts';

export function usePositionCount(): number | null {
  return usePositions(useAccount()?.accountId ?? null).length;
}

function netAssets(): number | null {
  return usePerformance.getState().performance?.equityKrw ?? null;
}

function useTotalRow(positions: readonly Position[]): HoldingRow {
  const ids = useMemo(() => positions.map((position) => position.instrumentId), [positions]);
  const marks = useMarks(ids);
  const { valueKrw, costKrw, unrealisedKrw } = totalValue(positions, marks);
  const whole = netAssets();
  const [first] = positions;
  const currency = first ? currencyOf(first.instrumentId) : 'KRW';
  const weight = whole === null || whole <= 0 ? UNKNOWN : share(valueKrw, whole);
  return useMemo(
    () => ({
      id: 'total',
      position: null,
      total: { count: positions.length, valueKrw, costKrw, unrealisedKrw, weight, currency },
    }),
    [positions.length, valueKrw, costKrw, unrealisedKrw, weight, currency],
  );
}

export function PositionsInfo(): JSX.Element {
  const t = useText();
  return <span className="hid-s">{t('positions.hint')}</span>;
}

export function PositionsPanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const compact = useCompact();
  const ready = useDesk((state) => state.ready);
  const instruments = useInstruments((state) => state.byId);
  const selected = useView((state) => state.instrumentId);
  const positions = usePositions(useAccount()?.accountId ?? null);
  const total = useTotalRow(positions);
  const rows = useMemo(
    () => positions.map((position): HoldingRow => ({ id: position.instrumentId, position, total: null })),
    [positions],
  );
  const columns = useMemo(
    () => holdingColumns({ bus: workstation.bus, t, compact, netAssets }),
    [workstation, t, compact, instruments], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const isSelected = useMemo(() => (row: HoldingRow) => row.id === selected, [selected]);
  if (!ready) return <Skeleton />;
  if (rows.length === 0) {
    return (
      <Empty icon="list" title={t('positions.empty')} body={t('positions.emptyBody')} testId="positions-empty">
        <button type="button" className="btn" onClick={() => writeOrder({ side: 'buy' })}>
          {t('orders.write')}
        </button>
      </Empty>
    );
  }
  return (
    <Grid
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowTestId={(row) => `position-row-${row.id}`}
      isSelected={isSelected}
      onRow={(row) => {
        if (row.position) workstation.select(row.position.instrumentId);
      }}
      onOpen={(row) => {
        if (row.position) writeOrder({ side: 'sell', quantityText: number(row.position.sellable) });
      }}
      total={total}
      label={t('panel.positions')}
      testId="blotter-positions"
    />
  );
}
