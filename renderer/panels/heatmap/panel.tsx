/** The heat map (시장 지도): every issue as a tile, large by its worth and coloured by its change; as a table, too. */
import type { JSX } from 'react';
import { useMemo, useState } from 'react';
import { useBoard, type BoardView } from '../../client/board.ts';
import { useIssue, useSelectIssue } from '../../client/panel-context.tsx';
import { useText } from '../../text/index.ts';
import { BoardAge, BoardEmpty, MarketFilter, ScopeChoice, type MarketChoice } from '../../ui/board-bar.tsx';
import { listColumns } from '../../ui/board-columns.ts';
import { IconButton, Select } from '../../ui/controls.tsx';
import { Grid } from '../../ui/grid.tsx';
import { Veiled } from '../../ui/states.tsx';
import { HeatCanvas } from './parts/heat-canvas.tsx';
import { Legend } from './parts/legend.tsx';

/** Figures that may colour the map, each with the value of the strongest colour. */
export const HEATS = { change: 5, return5: 10, return20: 20, return60: 40 } as const;
export type Heat = keyof typeof HEATS;
const HEAT_FIELDS = Object.keys(HEATS) as readonly Heat[];
export type MapSize = 'cap' | 'value';

export function HeatmapInfo(): JSX.Element | null {
  const { table } = useBoard();
  return <BoardAge head={table.head} pulse={table.pulse} historyDate={table.historyDate} />;
}

export function HeatmapPanel(): JSX.Element {
  const t = useText();
  const board = useBoard();
  const issue = useIssue();
  const select = useSelectIssue();
  const [market, setMarket] = useState<MarketChoice>('all');
  const [size, setSize] = useState<MapSize>('cap');
  const [heat, setHeat] = useState<Heat>('change');
  const [asTable, setAsTable] = useState(false);
  const shown = useMemo(
    () => (market === 'all' ? board.rows : board.rows.filter((row) => row.market === market)),
    [board.rows, market],
  );
  const columns = useMemo(() => listColumns(t, ['last', heat, size]), [t, heat, size]);
  const isSelected = useMemo(() => (row: BoardView) => row.id === issue, [issue]);
  return (
    <>
      <div className="tbar wrap">
        <MarketFilter value={market} onChange={setMarket} testId="heat-market" />
        <Select
          label={t('heat.size')}
          value={size}
          choices={[
            { value: 'cap', label: t('field.cap') },
            { value: 'value', label: t('field.value') },
          ]}
          onChange={(value) => setSize(value === 'value' ? 'value' : 'cap')}
          testId="heat-size"
        />
        <Select
          label={t('heat.colour')}
          value={heat}
          choices={HEAT_FIELDS.map((value) => ({ value, label: t(`field.${value}`) }))}
          onChange={(value) => {
            const field = HEAT_FIELDS.find((each) => each === value);
            if (field) setHeat(field);
          }}
          testId="heat-colour"
        />
        <Legend full={HEATS[heat]} />
        <span className="sp" />
        <ScopeChoice scope={board.scope} testId="heat-scope" />
        <IconButton
          icon="list"
          label={t(asTable ? 'heat.asMap' : 'heat.asTable')}
          pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          testId="heat-table"
        />
      </div>
      {board.table.length === 0 ? (
        <BoardEmpty head={board.table.head} />
      ) : (
        <Veiled from="market" live={board.scope === 'market'}>
          {asTable ? (
            <Grid
              columns={columns}
              rows={shown}
              rowId={(row) => row.id}
              rowTestId={(row) => `heat-row-${row.id}`}
              isSelected={isSelected}
              onRow={(row) => select(row.id)}
              label={t('board.table', { name: t('panel.heatmap') })}
              testId="heat-grid"
            />
          ) : (
            <HeatCanvas
              board={board}
              rows={shown}
              heat={heat}
              full={HEATS[heat]}
              size={size}
              zoomed={market !== 'all'}
              selected={issue}
              onSelect={select}
              onGroup={(group) =>
                setMarket(market === 'all' && (group === 'KOSPI' || group === 'KOSDAQ') ? group : 'all')
              }
            />
          )}
        </Veiled>
      )}
    </>
  );
}
