/** The board (전종목): every issue of the market in one table. */
import type { JSX } from 'react';
import { useMemo, useState } from 'react';
import { useBoard, type BoardView } from '../../client/board.ts';
import { useIssue, useSelectIssue } from '../../client/panel-context.tsx';
import { useText } from '../../text/index.ts';
import { BoardAge, BoardEmpty, MarketFilter, ScopeChoice, type MarketChoice } from '../../ui/board-bar.tsx';
import { boardColumns } from '../../ui/board-columns.ts';
import { ageText } from '../../ui/board-age.ts';
import { number } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { useIssueMenu } from '../../ui/issue-menu.tsx';
import { Veiled } from '../../ui/states.tsx';
import { useTable } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';

export function BoardInfo(): JSX.Element | null {
  const { table } = useBoard();
  return <BoardAge head={table.head} pulse={table.pulse} historyDate={table.historyDate} />;
}

export function BoardPanel(): JSX.Element {
  const t = useText();
  const { scope, table, rows } = useBoard();
  const issue = useIssue();
  const select = useSelectIssue();
  const tools = useTable<BoardView>();
  const [market, setMarket] = useState<MarketChoice>('all');
  const shown = useMemo(() => (market === 'all' ? rows : rows.filter((row) => row.market === market)), [rows, market]);
  const columns = useMemo(
    () =>
      boardColumns(t, {
        shown: ['last', 'change', 'volume', 'value', 'cap'],
        more: [
          'changeWon',
          'open',
          'high',
          'low',
          'gap',
          'range',
          'position',
          'turnover',
          'return5',
          'return20',
          'return60',
          'avgVolume20',
          'volumeRatio',
          'fromHigh52',
          'fromLow52',
          'volatility',
        ],
        age: (row) => ageText(t, row.asOf, row.flags),
      }),
    [t],
  );
  const issueMenu = useIssueMenu();
  const isSelected = useMemo(() => (row: BoardView) => row.id === issue, [issue]);
  const filled = table.length > 0;
  return (
    <>
      <div className="tbar wrap">
        <ScopeChoice scope={scope} testId="board-scope" />
        <MarketFilter value={market} onChange={setMarket} testId="board-market" />
        <span className="sp" />
        <TableTools table={tools} file="board" testId="board" />
      </div>
      {!filled && <BoardEmpty head={table.head} />}
      {filled && (
        <Veiled from="market" live={scope === 'market'}>
          <Grid
            columns={columns}
            rows={shown}
            rowId={(row) => row.id}
            rowTestId={(row) => `board-row-${row.id}`}
            isSelected={isSelected}
            onRow={(row) => select(row.id)}
            onMenu={(row, at) => issueMenu.open(row.id, at)}
            table={tools}
            label={t('board.table', { name: t('panel.board') })}
            testId="board-grid"
          />
        </Veiled>
      )}
      <div className="lfoot" data-testid="board-foot">
        {t('board.foot', { count: number(shown.length) })}
      </div>
      {issueMenu.menu}
    </>
  );
}
