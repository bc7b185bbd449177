/** The screener (조건 검색): conditions in a form and an expression, and the issues that meet them now. */
import type { JSX } from 'react';
import { useMemo, useState } from 'react';
import { isScreenField, runScreen, screenOf, SCREEN_FIELDS, type ScreenField } from '#shared/market/index.ts';
import { useBoard, type BoardView } from '../../client/board.ts';
import { useIssue, useSelectIssue } from '../../client/panel-context.tsx';
import { useText, type Translate } from '../../text/index.ts';
import { ageText } from '../../ui/board-age.ts';
import { BoardAge, BoardEmpty, ScopeChoice } from '../../ui/board-bar.tsx';
import { boardColumns } from '../../ui/board-columns.ts';
import { IconButton } from '../../ui/controls.tsx';
import { number } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { useIssueMenu } from '../../ui/issue-menu.tsx';
import { Empty, Veiled } from '../../ui/states.tsx';
import { useTable } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { mistakeText, ScreenForm } from './parts/form.tsx';
import { SavedScreens } from './parts/saved.tsx';
import { filterOf, useScreen, type ScreenDraft } from './slice.ts';

export function ScreenerInfo(): JSX.Element | null {
  const { table } = useBoard();
  return <BoardAge head={table.head} pulse={table.pulse} historyDate={table.historyDate} />;
}

/** The screen as it can be run, or words for why it cannot. */
function readDraft(t: Translate, draft: ScreenDraft) {
  const filter = filterOf(draft);
  if (!filter) return { filter: null, screen: null, mistake: null, problem: t('screen.badFigure') };
  const screen = screenOf(filter);
  if (screen.ok) return { filter, screen, mistake: null, problem: null };
  const problem = screen.mistake
    ? mistakeText(t, screen.mistake)
    : t('screen.unknownField', { field: screen.field ?? '' });
  return { filter, screen: null, mistake: screen.mistake, problem };
}

/** Fields that a screen asks for by its form or its order, in the order of the list. */
function fieldsOf(draft: ScreenDraft): readonly ScreenField[] {
  const asked = new Set([...draft.lines.map(({ field }) => field), draft.sort?.field ?? '']);
  return SCREEN_FIELDS.filter((field) => asked.has(field));
}

export function ScreenerPanel(): JSX.Element {
  const t = useText();
  const draft = useScreen();
  const board = useBoard();
  const issue = useIssue();
  const select = useSelectIssue();
  const tools = useTable<BoardView>();
  const [folded, setFolded] = useState(false);
  const { filter, screen, mistake, problem } = useMemo(() => readDraft(t, draft), [t, draft]);
  const result = useMemo(
    () => (screen ? runScreen(screen, board.table, board.marketOf) : null),
    [screen, board.table, board.version, board.marketOf], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const rows = useMemo(
    () => (result ? result.places.flatMap((place) => board.rows[place] ?? []) : []),
    [result, board.rows],
  );
  const asked = fieldsOf(draft).join();
  const columns = useMemo(() => {
    const first: ScreenField[] = ['last', 'change', 'value', 'cap'];
    const extra = asked
      .split(',')
      .filter(isScreenField)
      .filter((field) => !first.includes(field));
    const shown = [...first, ...extra];
    return boardColumns(t, {
      shown,
      more: SCREEN_FIELDS.filter((field) => !shown.includes(field)),
      age: (row) => ageText(t, row.asOf, row.flags),
    });
  }, [t, asked]);
  const issueMenu = useIssueMenu();
  const isSelected = useMemo(() => (row: BoardView) => row.id === issue, [issue]);
  return (
    <>
      <div className="tbar wrap">
        <SavedScreens draft={draft} filter={filter} usable={screen !== null} />
        <IconButton
          icon={folded ? 'down' : 'minus'}
          label={t(folded ? 'screen.unfold' : 'screen.fold')}
          onClick={() => setFolded(!folded)}
          testId="screen-fold"
        />
        <span className="sp" />
        <ScopeChoice scope={board.scope} testId="screen-scope" />
      </div>
      {!folded && <ScreenForm draft={draft} left={result?.left ?? null} mistake={mistake} problem={problem} />}
      {board.table.length === 0 ? (
        <BoardEmpty head={board.table.head} />
      ) : (
        <>
          <div className="tbar" data-testid="screen-result">
            <b data-testid="screen-count">
              {t('screen.found', { count: number(rows.length), of: number(board.table.length) })}
            </b>
            <span className="sp" />
            <TableTools table={tools} file="screener" testId="screen" />
          </div>
          {rows.length === 0 ? (
            <Empty
              icon="list"
              title={t(problem === null ? 'screen.none' : 'screen.broken')}
              body={problem ?? t('screen.noneBody')}
              testId="screen-none"
            />
          ) : (
            <Veiled from="market" live={board.scope === 'market'}>
              <Grid
                columns={columns}
                rows={rows}
                rowId={(row) => row.id}
                rowTestId={(row) => `screen-row-${row.id}`}
                isSelected={isSelected}
                onRow={(row) => select(row.id)}
                onMenu={(row, at) => issueMenu.open(row.id, at)}
                table={tools}
                label={t('board.table', { name: t('panel.screener') })}
                testId="screen-grid"
              />
            </Veiled>
          )}
        </>
      )}
      {issueMenu.menu}
    </>
  );
}
