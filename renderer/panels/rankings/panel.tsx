/** Rankings: what rises, falls, and is traded most; the order waits while the pointer or the focus is on it. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo, useState } from 'react';
import { fieldReader, sorted, type ScreenField } from '#shared/market/index.ts';
import { useBoard, useHeld, type BoardView } from '../../client/board.ts';
import { useIssue, useSelectIssue } from '../../client/panel-context.tsx';
import { useText, type Translate } from '../../text/index.ts';
import { BoardAge, BoardEmpty, MarketFilter, ScopeChoice, type MarketChoice } from '../../ui/board-bar.tsx';
import { listColumns } from '../../ui/board-columns.ts';
import { Segment } from '../../ui/controls.tsx';
import { Grid } from '../../ui/grid.tsx';
import { useIssueMenu } from '../../ui/issue-menu.tsx';
import { Veiled } from '../../ui/states.tsx';

/** Rows of a ranking. */
export const RANKED = 100;

const RANKINGS = {
  rise: { field: 'change', descending: true, columns: ['last', 'change', 'value'] },
  fall: { field: 'change', descending: false, columns: ['last', 'change', 'value'] },
  volume: { field: 'volume', descending: true, columns: ['last', 'change', 'volume'] },
  value: { field: 'value', descending: true, columns: ['last', 'change', 'value'] },
} as const satisfies Record<
  string,
  { readonly field: ScreenField; readonly descending: boolean; readonly columns: readonly ScreenField[] }
>;
type Ranking = keyof typeof RANKINGS;
const KINDS = Object.keys(RANKINGS) as readonly Ranking[];

interface Ranked extends BoardView {
  readonly rank: number;
}

function columnsOf(t: Translate, kind: Ranking): readonly ColDef<Ranked>[] {
  const rank: ColDef<Ranked> = {
    colId: 'rank',
    headerName: t('rank.col'),
    width: 38,
    headerClass: 'r',
    cellClass: 'r num mut',
    valueGetter: (p) => p.data?.rank ?? null,
  };
  // The order is the ranking's own.
  return [rank, ...listColumns<Ranked>(t, RANKINGS[kind].columns)].map((column) => ({
    ...column,
    sortable: false,
    filter: false,
  }));
}

export function RankingsInfo(): JSX.Element | null {
  const { table } = useBoard();
  return <BoardAge head={table.head} pulse={table.pulse} historyDate={table.historyDate} />;
}

export function RankingsPanel(): JSX.Element {
  const t = useText();
  const { scope, table, rows, version } = useBoard();
  const issue = useIssue();
  const select = useSelectIssue();
  const [kind, setKind] = useState<Ranking>('rise');
  const [market, setMarket] = useState<MarketChoice>('all');
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const { field, descending } = RANKINGS[kind];
  const fresh = useMemo(() => {
    const read = fieldReader(table, field);
    const fits = (figure: number): boolean =>
      Number.isFinite(figure) && (kind === 'rise' ? figure > 0 : kind === 'fall' ? figure < 0 : figure > 0);
    const counted = rows.filter((row) => (market === 'all' || row.market === market) && fits(read(row.place)));
    const places = sorted(
      counted.map((row) => row.place),
      read,
      descending,
    );
    return { key: `${scope}|${kind}|${market}`, places: places.slice(0, RANKED) };
  }, [table, rows, version, field, descending, kind, market, scope]); // eslint-disable-line react-hooks/exhaustive-deps
  const held = useHeld(fresh, pointed || focused);
  // Another question is answered at once, wherever the pointer is.
  const { places } = held.key === fresh.key ? held : fresh;
  const ranked = useMemo(
    () => places.flatMap((place, at): Ranked[] => (rows[place] ? [{ ...rows[place], rank: at + 1 }] : [])),
    [places, rows],
  );
  const columns = useMemo(() => columnsOf(t, kind), [t, kind]);
  const issueMenu = useIssueMenu();
  const isSelected = useMemo(() => (row: Ranked) => row.id === issue, [issue]);
  const waiting = (pointed || focused) && held !== fresh && scope === 'market';
  return (
    <>
      <div className="tbar wrap">
        <Segment
          label={t('rank.kind')}
          value={kind}
          choices={KINDS.map((value) => ({ value, label: t(`rank.${value}`) }))}
          onChange={setKind}
          testId="rank-kind"
        />
        <MarketFilter value={market} onChange={setMarket} testId="rank-market" />
        <span className="sp" />
        <ScopeChoice scope={scope} testId="rank-scope" />
      </div>
      {table.length === 0 ? (
        <BoardEmpty head={table.head} />
      ) : (
        <div
          className="fillcol"
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          <Veiled from="market" live={scope === 'market'}>
            <Grid
              columns={columns}
              rows={ranked}
              rowId={(row) => row.id}
              rowTestId={(row) => `rank-row-${row.id}`}
              isSelected={isSelected}
              onRow={(row) => select(row.id)}
              onMenu={(row, at) => issueMenu.open(row.id, at)}
              label={t('board.table', { name: t('panel.rankings') })}
              testId="rankings-grid"
            />
          </Veiled>
          <div className="lfoot" data-testid="rank-foot">
            {t(
              ranked.length === 0
                ? 'rank.none'
                : scope === 'records'
                  ? 'rank.fixed'
                  : waiting
                    ? 'rank.held'
                    : 'rank.live',
            )}
          </div>
        </div>
      )}
      {issueMenu.menu}
    </>
  );
}
