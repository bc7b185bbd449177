/** The watchlist: its lists, the search, the table, and what was taken away last. */
import type { JSX } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useWorkstation } from '../../client/context.tsx';
import { useDocuments } from '../../client/documents.ts';
import { useIssue, usePanel, useSelectIssue } from '../../client/panel-context.tsx';
import { idsOf } from '../../client/watchlist-ops.ts';
import { inOrder, type NamedList } from '../../client/watchlists.ts';
import { useInstruments } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { IconButton } from '../../ui/controls.tsx';
import { number } from '../../ui/format.ts';
import { Empty, Skeleton, Veiled } from '../../ui/states.tsx';
import { download } from '../../ui/download.ts';
import { useTable } from '../../ui/table/handle.ts';
import { folderFor, type ListActs, useListActs } from './parts/acts.ts';
import { csvOf } from './parts/export.ts';
import { FileDialog } from './parts/file-dialog.tsx';
import { type Naming, NamingBar, WatchHead } from './parts/head.tsx';
import { hasHeadings, type WatchRow } from './parts/rows.ts';
import { WatchTable } from './parts/table.tsx';

/** The lists in the user's order, and the one that this panel shows; null until the core has told them. */
export function useShownList(): { readonly lists: readonly NamedList[]; readonly shown: NamedList | null } | null {
  const documents = useDocuments('watchlist');
  const { panelId } = usePanel();
  const chosen = useView((state) => state.panelLists[panelId]);
  return useMemo(() => {
    if (documents === null) return null;
    const lists = inOrder(documents);
    return { lists, shown: lists.find(({ id }) => id === chosen) ?? lists[0] ?? null };
  }, [documents, chosen]);
}

/** What was done last, and the way back from it. */
function UndoBar({ acts }: { readonly acts: ListActs }): JSX.Element {
  const t = useText();
  const { undo } = acts;
  return (
    <div className={undo ? 'wundo' : 'sr'} role="status" data-testid="watch-note">
      {undo && (
        <>
          <span className="nm">{undo.text}</span>
          {undo.run && (
            <button
              type="button"
              className="btn sm"
              data-testid="watch-undo"
              onClick={() => {
                void undo.run?.();
                acts.forgetUndo();
              }}
            >
              {t('watch.undo')}
            </button>
          )}
          <IconButton icon="x" size="sm" label={t('common.close')} onClick={acts.forgetUndo} />
        </>
      )}
    </div>
  );
}

function Shown(props: {
  readonly lists: readonly NamedList[];
  readonly shown: NamedList;
  readonly acts: ListActs;
}): JSX.Element {
  const { lists, shown, acts } = props;
  const { list } = shown;
  const t = useText();
  const byId = useInstruments((state) => state.byId);
  const selected = useIssue();
  const select = useSelectIssue();
  const table = useTable<WatchRow>();
  const search = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [naming, setNaming] = useState<Naming | null>(null);
  const [reading, setReading] = useState(false);
  const ids = useMemo(() => new Set(idsOf(list)), [list]);
  const nameFolder = useCallback((at: number) => setNaming({ what: 'folder', at }), []);
  const listed = selected !== null && ids.has(selected);
  const put = (id: string): void => acts.add([id], { folder: folderFor(list, selected) });
  const exportFile = (): void =>
    download(
      `${list.name}.csv`,
      csvOf(list, byId, [t('watch.col.code'), t('col.instrument'), t('watch.col.folder')]),
      'text/csv;charset=utf-8',
    );
  return (
    <div className="watch" ref={box}>
      {naming ? (
        <NamingBar
          key={naming.what === 'list' ? 'list' : naming.at}
          before={naming.what === 'list' ? list.name : (list.folders[naming.at]?.name ?? '')}
          onName={(name) => (naming.what === 'list' ? acts.rename(name) : acts.renameFolder(naming.at, name))}
          onEnd={() => setNaming(null)}
        />
      ) : (
        <WatchHead
          lists={lists}
          shown={shown}
          acts={acts}
          menu={{ name: setNaming, exportFile, importFile: () => setReading(true) }}
          table={table}
          search={search}
          has={(id) => ids.has(id)}
          onFound={(id) => {
            put(id);
            select(id);
          }}
          onLeave={() => box.current?.querySelector<HTMLElement>('.ag-cell')?.focus()}
        />
      )}
      {ids.size === 0 && !hasHeadings(list) ? (
        <Empty icon="list" title={t('watch.empty')} body={t('watch.emptyBody')} testId="watchlist-empty">
          <button type="button" className="btn" onClick={() => setReading(true)}>
            {t('watch.emptyRead')}
          </button>
        </Empty>
      ) : (
        <Veiled from="market">
          <WatchTable
            list={list}
            acts={acts}
            table={table}
            selected={selected}
            onSelect={select}
            onType={() => search.current?.focus()}
            onNameFolder={nameFolder}
          />
        </Veiled>
      )}
      <UndoBar acts={acts} />
      <div className="lfoot">
        <span title={t('watch.liveHint')} data-testid="watch-count">
          {t('watch.count', { count: number(ids.size) })}
        </span>
        <span className="sp" />
        {selected !== null && (
          <IconButton
            icon={listed ? 'minus' : 'plus'}
            label={t(listed ? 'watch.remove' : 'watch.add', { name: byId.get(selected)?.nameKo ?? '' })}
            testId={listed ? 'watchlist-remove' : 'watchlist-add'}
            onClick={() => (listed ? acts.take(selected) : put(selected))}
          />
        )}
      </div>
      {reading && <FileDialog list={list} acts={acts} onClose={() => setReading(false)} />}
    </div>
  );
}

export function Watchlist(): JSX.Element {
  const t = useText();
  const known = useShownList();
  const loaded = useInstruments((state) => state.loaded);
  const viewLoaded = useView((state) => state.loaded);
  const { watchlists } = useWorkstation();
  const acts = useListActs(known?.lists ?? [], known?.shown ?? null);
  if (!known || !loaded || !viewLoaded) return <Skeleton rows={12} />;
  if (!known.shown) {
    return (
      <Empty icon="list" title={t('watch.none')} body={t('watch.noneBody')} testId="watchlist-none">
        <button
          type="button"
          className="btn"
          data-testid="watch-list-new"
          onClick={() => void watchlists.create(t('watch.first'))}
        >
          {t('watch.new')}
        </button>
      </Empty>
    );
  }
  return <Shown lists={known.lists} shown={known.shown} acts={acts} />;
}
