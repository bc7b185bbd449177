/** One sheet: its inputs, where it comes from, and its blocks. */
import type { JSX } from 'react';
import { useEffect, useMemo, useState } from 'react';
import type { SheetAnswer, SheetInfo } from '#shared/contract/index.ts';
import { useIssue, usePanel, useSelectIssue } from '../../../client/panel-context.tsx';
import { useReading } from '../../../client/sheet-feed.ts';
import { nameOf, useInstruments } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { IconButton } from '../../../ui/controls.tsx';
import { download } from '../../../ui/download.ts';
import { useIssueMenu } from '../../../ui/issue-menu.tsx';
import { SheetBar } from '../../../ui/sheet/bar.tsx';
import { cellText, named } from '../../../ui/sheet/cell.ts';
import { SheetChart } from '../../../ui/sheet/chart.tsx';
import { SheetFacts } from '../../../ui/sheet/facts.tsx';
import { GridTable, type GridRow } from '../../../ui/sheet/grid-table.tsx';
import { paramsOf, SheetInputs } from '../../../ui/sheet/inputs.tsx';
import { SheetNotes } from '../../../ui/sheet/notes.tsx';
import { sheetState } from '../../../ui/sheet/state.tsx';
import { Empty, Failed, Veiled } from '../../../ui/states.tsx';
import { CSV_END, CSV_START, csvLine } from '../../../ui/table/out-cell.ts';
import { openFrom, setPanel, typedOf, typeInto, usePanelState } from '../slice.ts';
import { OptionBoard } from './option-board.tsx';
import { ToWatchlist } from './to-watchlist.tsx';

/** Every block of a sheet as one file, a table after the other. */
function csvOf(info: SheetInfo, answer: SheetAnswer, how: Parameters<typeof cellText>[2]): string {
  const lines = info.blocks.flatMap((block, at) => {
    const rows = answer.blocks[at]?.rows ?? [];
    const heads = block.columns.map(
      (column, place) => answer.blocks[at]?.heads?.[place] ?? named(column, how.language),
    );
    const out = rows.map(({ cells }) =>
      block.columns.map((column, place) => {
        const cell = cells[place] ?? null;
        return cell === null || typeof cell === 'number' ? cell : cellText(column, cell, how);
      }),
    );
    return [heads, ...out];
  });
  return CSV_START + lines.map((line) => csvLine(line) + CSV_END).join('');
}

function Blocks({ info, answer }: { readonly info: SheetInfo; readonly answer: SheetAnswer }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { panelId } = usePanel();
  const issue = useIssue();
  const select = useSelectIssue();
  const byId = useInstruments((state) => state.byId);
  const menu = useIssueMenu();
  const [strange, setStrange] = useState(false);
  const isSelected = useMemo(() => (row: GridRow) => row.issue !== null && row.issue === issue, [issue]);
  const title = named(info, language);
  // Issues that only the symbol masters name are asked for, so that a row leads to them too.
  useEffect(() => {
    for (const { rows } of answer.blocks) for (const row of rows) if (row.issue !== null) nameOf(row.issue);
  }, [answer]);
  const show = (shown: string): void => {
    setStrange(!byId.has(shown));
    if (byId.has(shown)) select(shown);
  };
  const onRow = (row: GridRow, at: number): void => {
    const { opens } = info;
    if (opens) {
      const cell = (field: string): string => {
        const place = info.blocks[at]?.columns.findIndex(({ id }) => id === field) ?? -1;
        return String(row.cells[place] ?? '');
      };
      const inputs = Object.fromEntries(Object.entries(opens.from).map(([input, field]) => [input, cell(field)]));
      if (Object.values(inputs).every((text) => text !== '')) openFrom(panelId, info.id, opens.sheet, inputs);
      return;
    }
    if (row.issue !== null) show(row.issue);
  };
  return (
    <>
      {info.view === 'options' && <OptionBoard info={info} answer={answer} onIssue={show} />}
      {(info.view === 'options' ? [] : info.blocks).map((block, at) => {
        const found = answer.blocks[at];
        if (!found || found.rows.length === 0) return null;
        const name = [title, named(block, language)].filter(Boolean).join(' · ');
        if (block.shape === 'facts')
          return <SheetFacts key={at} block={block} rows={found.rows} testId={`sheet-facts-${info.id}-${at}`} />;
        return (
          <div key={at} className="sheet-rows">
            <SheetChart block={block} rows={found.rows} testId={`sheet-chart-${info.id}`} />
            <GridTable
              title={name}
              name={`sheet.${info.id}.${at}`}
              block={block}
              answer={found}
              isSelected={isSelected}
              onRow={(row) => onRow(row, at)}
              onMenu={(row, place) => {
                if (row.issue !== null && byId.has(row.issue)) menu.open(row.issue, place);
              }}
              testId={`sheet-grid-${at}`}
            />
          </div>
        );
      })}
      <div className="lfoot" role="status" data-testid="sheet-foot">
        {strange
          ? t('sheet.strange')
          : info.opens
            ? t('sheet.opens')
            : info.view === 'options'
              ? t('sheet.optionHint')
              : ''}
      </div>
      {menu.menu}
    </>
  );
}

export function SheetView({ info }: { readonly info: SheetInfo }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { panelId, visible } = usePanel();
  const issue = useIssue();
  const state = usePanelState(panelId);
  const typed = typedOf(state, info.id, issue);
  const params = paramsOf(info, typed, issue);
  const reading = useReading(info.id, params, visible && info.unavailable === null);
  const { answer, error, ask } = reading;
  const title = named(info, language);
  const instead = params === null ? null : sheetState(info, reading, { waits: false, onRead: () => ask('kept') });
  const values = params ?? Object.fromEntries(info.inputs.map(({ id }) => [id, typed[id] ?? '']));
  const last = state.back.at(-1);
  return (
    <>
      <header className="sheet-head">
        {last !== undefined && (
          <IconButton
            icon="undo"
            label={t('sheet.back')}
            onClick={() => setPanel(panelId, ({ back }) => ({ sheet: last, back: back.slice(0, -1) }))}
            testId="sheet-back"
          />
        )}
        <span className="only-narrow">
          <IconButton
            icon="list"
            label={t('sheet.toList')}
            onClick={() => setPanel(panelId, () => ({ sheet: null, back: [] }))}
            testId="sheet-to-list"
          />
        </span>
        <h3 data-testid="sheet-title">{title}</h3>
        <span className="sp" />
        {answer && !instead && (
          <>
            <ToWatchlist key={answer.at} title={title} answer={answer} />
            <IconButton
              icon="dl"
              size="sm"
              label={t('sheet.csv')}
              onClick={() => download(`${title}.csv`, csvOf(info, answer, { t, language }), 'text/csv;charset=utf-8')}
              testId="sheet-csv"
            />
          </>
        )}
        <SheetBar info={info} reading={reading} onAsk={ask} testId="sheet-bar" />
      </header>
      <SheetInputs
        key={info.id}
        info={info}
        values={values}
        onValues={(change) => typeInto(panelId, info.id, change, issue)}
      />
      {params === null ? (
        <Empty icon="doc" title={t('sheet.noIssue')} body={t('sheet.noIssueBody')} testId="sheet-no-issue" />
      ) : (
        (instead ?? (
          <Veiled from="core">
            {error && <Failed error={error} />}
            {answer && <SheetNotes info={info} answer={answer} />}
            {answer && <Blocks info={info} answer={answer} />}
          </Veiled>
        ))
      )}
    </>
  );
}
