/** The watchlist: search on top, live prices below. */
import type { JSX, KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import { codeOf } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { searchInstruments } from '../../client/instrument-search.ts';
import { WATCHLIST_LIMIT } from '../../client/workstation.ts';
import { useInstruments } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { number } from '../../ui/format.ts';
import { Grid } from '../../ui/grid.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useCompact } from '../../ui/media.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { IconButton } from '../../ui/controls.tsx';
import { watchColumns, type WatchRow } from './parts/columns.ts';

const SUGGESTIONS = 8;

/** Finds an issue; choosing it looks at it and puts it on the list. */
function Finder(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const list = useInstruments((state) => state.list);
  const watchlist = useView((state) => state.watchlist);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const found = useMemo(() => (query.trim() === '' ? [] : searchInstruments(list, query, SUGGESTIONS)), [list, query]);
  const choose = (id: string | undefined): void => {
    if (id === undefined) return;
    workstation.watch(id);
    workstation.select(id);
    setQuery('');
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((old) => Math.min(Math.max(old + (event.key === 'ArrowDown' ? 1 : -1), 0), Math.max(found.length - 1, 0)));
    } else if (event.key === 'Enter') choose(found[at]?.id);
    else if (event.key === 'Escape') setQuery('');
  };
  return (
    <div className="tbar finder">
      <span className="field">
        <Icon name="search" size="sm" />
        <input
          ref={input}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-label={t('watch.search')}
          placeholder={t('watch.placeholder')}
          value={query}
          data-testid="watchlist-search"
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={keyDown}
          onBlur={() => setQuery('')}
        />
      </span>
      {query.trim() !== '' && (
        <div className="menu here" role="listbox" aria-label={t('watch.search')}>
          {found.length === 0 && <div className="sec">{t('search.none')}</div>}
          {found.map((instrument, index) => (
            <button
              key={instrument.id}
              type="button"
              role="option"
              aria-selected={index === at}
              className={index === at ? 'it on' : 'it'}
              data-testid={`watchlist-add-${instrument.id}`}
              // Before the field loses the focus and the list goes away.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(instrument.id);
              }}
            >
              <b>{instrument.nameKo}</b>
              <span className="mut">{instrument.code}</span>
              <span className="end mut">
                <span className="l">{t(`market.${instrument.market}`)}</span>
                <Icon name={watchlist.includes(instrument.id) ? 'check' : 'plus'} size="sm" />
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

export function Watchlist(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const compact = useCompact();
  const { loaded, byId, inMarket } = useInstruments();
  const watchlist = useView((state) => state.watchlist);
  const selected = useView((state) => state.instrumentId);
  const viewLoaded = useView((state) => state.loaded);
  const rows = useMemo<readonly WatchRow[]>(
    () => watchlist.map((id) => ({ id, code: codeOf(id), name: byId.get(id)?.nameKo ?? codeOf(id) })),
    [watchlist, byId],
  );
  const columns = useMemo(() => watchColumns({ bus: workstation.bus, t, compact }), [workstation, t, compact]);
  const isSelected = useMemo(() => (row: WatchRow) => row.id === selected, [selected]);
  const listed = selected !== null && watchlist.includes(selected);
  if (!loaded || !viewLoaded) return <Skeleton rows={12} />;
  return (
    <>
      <Finder />
      {rows.length === 0 ? (
        <Empty icon="list" title={t('watch.empty')} body={t('watch.emptyBody')} testId="watchlist-empty" />
      ) : (
        <Grid
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowTestId={(row) => `watch-row-${row.id}`}
          isSelected={isSelected}
          onRow={(row) => workstation.select(row.id)}
          label={t('panel.watchlist')}
          testId="watchlist-grid"
        />
      )}
      <div className="lfoot">
        <span>{t('watch.count', { count: rows.length, limit: WATCHLIST_LIMIT, market: number(inMarket.size) })}</span>
        <span className="sp" />
        {selected !== null && (
          <IconButton
            icon={listed ? 'minus' : 'plus'}
            label={t(listed ? 'watch.remove' : 'watch.add', { name: byId.get(selected)?.nameKo ?? '' })}
            disabled={!listed && rows.length >= WATCHLIST_LIMIT}
            testId={listed ? 'watchlist-remove' : 'watchlist-add'}
            onClick={() => (listed ? workstation.unwatch(selected) : workstation.watch(selected))}
          />
        )}
      </div>
    </>
  );
}
