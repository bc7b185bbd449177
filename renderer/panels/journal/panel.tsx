/** The record: every entry in words, with time, cause and who made it; paged through from the newest. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { JournalActor, JournalFilter, JournalGroup, type JournalLine, JournalRecord } from '#shared/domain/index.ts';
import { accountName } from '../../client/account-scope.ts';
import { useClient } from '../../client/context.tsx';
import { useIssue, useSelectIssue } from '../../client/panel-context.tsx';
import { useDesk } from '../../store/desk.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { type Translate, useText } from '../../text/index.ts';
import { Segment, Select, TextField } from '../../ui/controls.tsx';
import { number } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { Empty, Veiled } from '../../ui/states.tsx';
import { browserTimers, debounced } from '../../ui/platform.ts';
import { choiceColumn, figureColumn, instantColumn, textColumn } from '../../ui/table/column.ts';
import { dataColumns, headerOf, outRow } from '../../ui/table/grid-rows.ts';
import { type TableHandle, useTable, useTableState } from '../../ui/table/handle.ts';
import { TableTools } from '../../ui/table/tools.tsx';
import { type FetchPage, JournalPages, journalSource } from './pages.ts';
import { dayTime, seoulDay } from './time.ts';
import { journalCause, journalSentence } from './words.ts';

/** How long new entries are gathered before the list takes them, milliseconds. */
const FRESH_MS = 1_500;
/** How long typing rests before the core is asked, milliseconds. */
const TYPING_MS = 300;

const ALL = 'all';
/** All but the samples of net assets, which are written all day long. */
const MAIN = 'main';
const MAIN_GROUPS = JournalGroup.options.filter((group) => group !== 'samples');

type GroupChoice = JournalGroup | typeof ALL | typeof MAIN;

function groupsOf(choice: GroupChoice, record: JournalRecord): JournalGroup[] | null {
  if (choice === ALL || record === 'system') return null;
  return choice === MAIN ? MAIN_GROUPS : [choice];
}

function journalColumns(t: Translate): readonly ColDef<JournalLine>[] {
  return [
    instantColumn<JournalLine>({
      id: 'time',
      header: t('col.time'),
      width: 116,
      value: (line) => line.ts,
      show: dayTime,
    }),
    {
      ...choiceColumn<JournalLine, JournalGroup>({
        id: 'group',
        header: t('col.kind'),
        width: 68,
        value: (line) => line.group,
        show: (group) => t(`journal.group.${group}`),
        choices: JournalGroup.options,
      }),
      cellClass: 'mut',
    },
    textColumn<JournalLine>({
      id: 'what',
      header: t('col.what'),
      flex: 3,
      minWidth: 150,
      className: 'nm',
      value: (line) => journalSentence(t, line),
      tip: (line) => journalSentence(t, line),
    }),
    textColumn<JournalLine>({
      id: 'cause',
      header: t('col.reason'),
      flex: 1,
      minWidth: 70,
      className: 'nm mut',
      value: (line) => journalCause(t, line),
      tip: (line) => (line.reason ? `${line.reason.messageKo} ${line.reason.actionKo} (${line.reason.code})` : ''),
    }),
    choiceColumn<JournalLine, JournalActor>({
      id: 'who',
      header: t('col.who'),
      width: 72,
      value: (line) => line.actor,
      show: (actor) => t(`journal.actor.${actor}`),
      choices: JournalActor.options,
    }),
    textColumn<JournalLine>({
      id: 'account',
      header: t('col.account'),
      width: 76,
      hide: true,
      className: 'nm',
      value: (line) => (line.accountId === null ? '' : accountName(line.accountId)),
    }),
    textColumn<JournalLine>({
      id: 'issue',
      header: t('col.instrument'),
      width: 84,
      hide: true,
      className: 'nm',
      value: (line) => (line.instrumentId === null ? '' : nameOf(line.instrumentId)),
    }),
    textColumn<JournalLine>({
      id: 'order',
      header: t('col.orderId'),
      width: 96,
      hide: true,
      className: 'num mut',
      value: (line) => line.orderId ?? '',
    }),
    figureColumn<JournalLine>({
      id: 'seq',
      header: t('col.seq'),
      width: 66,
      value: (line) => line.seq,
      show: number,
    }),
  ].map((column) => ({ ...column, filter: false }));
}

/** What the bar above the list asks for. */
interface Wish {
  readonly record: JournalRecord;
  readonly filter: JournalFilter;
}

const EVERYTHING = JournalFilter.parse({});

/** Follows new entries: a list at its top takes them by itself, else a button offers them. */
function useFresh(
  table: TableHandle<JournalLine>,
  restart: () => void,
): { readonly waiting: boolean; readonly take: () => void } {
  const api = useTableState(table, (state) => state.api);
  const revision = useDesk((state) => state.revision);
  const seen = useRef(revision);
  const [waiting, setWaiting] = useState(false);
  const take = useCallback((): void => {
    seen.current = useDesk.getState().revision;
    setWaiting(false);
    restart();
    api?.refreshInfiniteCache();
    if (api && api.getDisplayedRowCount() > 0) api.ensureIndexVisible(0, 'top');
  }, [api, restart]);
  useEffect(() => {
    if (!api || revision === seen.current) return;
    const timer = browserTimers.after(FRESH_MS, () => {
      if (api.isDestroyed()) return;
      if (api.getFirstDisplayedRowIndex() <= 0) take();
      else setWaiting(true);
    });
    return () => timer.cancel();
  }, [api, revision, take]);
  return { waiting, take };
}

export function JournalPanel(): JSX.Element {
  const t = useText();
  const { client, era } = useClient();
  const select = useSelectIssue();
  const issue = useIssue();
  const accounts = useDesk((state) => state.accounts);
  const instruments = useInstruments((state) => state.byId);
  const [record, setRecord] = useState<JournalRecord>('desk');
  const [group, setGroup] = useState<GroupChoice>(MAIN);
  const [accountId, setAccountId] = useState<string>(ALL);
  const [only, setOnly] = useState(false);
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const typing = useMemo(() => debounced(() => setText(typedNow.current), TYPING_MS), []);
  const typedNow = useRef('');
  const [total, setTotal] = useState<number | null>(null);
  const wish = useMemo(
    (): Wish => ({
      record,
      filter: {
        ...EVERYTHING,
        groups: groupsOf(group, record),
        accountId: accountId === ALL ? null : accountId,
        instrumentId: only ? issue : null,
        text: text.trim(),
      },
    }),
    [record, group, accountId, only, issue, text],
  );
  const fetch = useMemo(
    (): FetchPage | null =>
      client &&
      (async (page, signal) => {
        const answer = await client.trading.journal({ ...wish, ...page }, signal ? { signal } : {});
        setTotal(answer.total);
        return answer;
      }),
    [client, wish],
  );
  const everything = JSON.stringify(wish.filter) === JSON.stringify(EVERYTHING);
  const pages = useMemo(() => (fetch ? new JournalPages(fetch, everything) : null), [fetch, everything]);
  const key = `${era}|${JSON.stringify(wish)}`;
  const columns = useMemo(() => journalColumns(t), [t, instruments, accounts]); // eslint-disable-line react-hooks/exhaustive-deps
  const table = useTable<JournalLine>();
  const restart = useCallback(() => pages?.restart(), [pages]);
  const fresh = useFresh(table, restart);
  useEffect(() => {
    table.setState({
      source: fetch
        ? () => {
            const { api } = table.getState();
            const shown = api ? dataColumns(api) : [];
            return journalSource(
              fetch,
              { header: headerOf(shown), read: (line) => outRow(shown, line) },
              everything ? total : null,
            );
          }
        : null,
    });
  }, [table, fetch, everything, total]);
  const source = useMemo(
    () => ({
      key,
      rows: (start: number, count: number) =>
        pages ? pages.block(start, count) : Promise.resolve({ rows: [], last: 0 }),
    }),
    [key, pages],
  );
  return (
    <>
      <div className="tbar">
        <Segment
          label={t('journal.record')}
          choices={JournalRecord.options.map((value) => ({ value, label: t(`journal.record.${value}`) }))}
          value={record}
          onChange={setRecord}
          testId="journal-record"
        />
        {record === 'desk' && (
          <Select
            label={t('journal.groups')}
            value={group}
            choices={[
              { value: MAIN, label: t('journal.mainGroups') },
              { value: ALL, label: t('journal.allGroups') },
              ...JournalGroup.options
                .filter((value) => value !== 'system')
                .map((value) => ({ value, label: t(`journal.group.${value}`) })),
            ]}
            onChange={(value) => setGroup(value === ALL ? ALL : (JournalGroup.safeParse(value).data ?? MAIN))}
            testId="journal-group"
          />
        )}
        {record === 'desk' && accounts.size > 1 && (
          <Select
            label={t('scope.label')}
            value={accountId}
            choices={[
              { value: ALL, label: t('scope.all') },
              ...[...accounts.values()].map((account) => ({ value: account.accountId, label: account.name })),
            ]}
            onChange={setAccountId}
            testId="journal-account"
          />
        )}
        {record === 'desk' && issue !== null && (
          <button
            type="button"
            className={only ? 'btn sm on' : 'btn sm'}
            aria-pressed={only}
            onClick={() => setOnly(!only)}
            data-testid="journal-only"
          >
            {t('journal.only', { name: nameOf(issue) })}
          </button>
        )}
        <span className="sp" />
        {fresh.waiting && (
          <button type="button" className="btn sm" onClick={fresh.take} data-testid="journal-fresh">
            {t('journal.fresh')}
          </button>
        )}
        <span className="ttools">
          <TextField
            label={t('journal.find')}
            placeholder={t('journal.find')}
            icon="search"
            text={typed}
            maxLength={60}
            onText={(value) => {
              typedNow.current = value;
              setTyped(value);
              typing.ask();
            }}
            testId="journal-text"
          />
        </span>
        <TableTools table={table} file={`${t('panel.journal')} ${seoulDay()}`} testId="journal" paged />
      </div>
      <Veiled from="core">
        {total === 0 ? (
          <Empty icon="list" title={t('journal.empty')} body={t('journal.emptyBody')} testId="journal-empty" />
        ) : (
          <Grid
            columns={columns}
            pages={source}
            table={table}
            select="none"
            rowId={(line) => `${record}-${line.seq}`}
            rowTestId={(line) => `journal-row-${line.seq}`}
            onRow={(line) => {
              if (line.instrumentId !== null) select(line.instrumentId);
            }}
            label={t('panel.journal')}
            testId="blotter-journal"
          />
        )}
      </Veiled>
    </>
  );
}
