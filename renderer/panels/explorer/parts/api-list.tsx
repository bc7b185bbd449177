/** The catalogue: by category and menu, or what a search finds. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { ApiRow } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty } from '../../../ui/states.tsx';
import { setExplorer, showApi, useExplorer } from '../slice.ts';
import { findApis } from './find.ts';
import { walkEntries } from './walk.ts';

const keyOf = (row: ApiRow): string => `${row.no ?? 'x'}-${row.id}`;

/** What an API is, in one word beside its name. */
export function Marks({ row }: { readonly row: ApiRow }): JSX.Element {
  const t = useText();
  return (
    <span className="marks">
      {row.kind === 'ws' && <i>{t('explorer.mark.live')}</i>}
      {row.order && <i className="ord">{t('explorer.mark.order')}</i>}
      {row.paper && <i>{t('explorer.mark.paper')}</i>}
    </span>
  );
}

function Entry({
  row,
  first,
  place,
}: {
  readonly row: ApiRow;
  readonly first: boolean;
  readonly place: boolean;
}): JSX.Element {
  const chosen = useExplorer(({ id }) => id === row.id);
  return (
    <button
      type="button"
      className={chosen ? 'api on' : 'api'}
      tabIndex={chosen || first ? 0 : -1}
      aria-current={chosen}
      data-testid={`api-${row.id}`}
      onClick={() => showApi(row.id)}
    >
      <span className="nm">
        {row.name}
        {place && (
          <small>
            {row.category} {row.menu}
          </small>
        )}
      </span>
      <Marks row={row} />
    </button>
  );
}

/** Rows under their menus, in the order of the list. */
function Menus({ rows }: { readonly rows: readonly ApiRow[] }): JSX.Element {
  const menus = [...new Set(rows.map(({ menu }) => menu))];
  return (
    <>
      {menus.map((menu) => (
        <div key={menu} role="group" aria-label={menu}>
          {menu !== '' && <span className="menu-name">{menu}</span>}
          {rows
            .filter((row) => row.menu === menu)
            .map((row) => (
              <Entry key={keyOf(row)} row={row} first={false} place={false} />
            ))}
        </div>
      ))}
    </>
  );
}

function Category(props: {
  readonly name: string;
  readonly rows: readonly ApiRow[];
  readonly first: boolean;
}): JSX.Element {
  const { name, rows } = props;
  const open = useExplorer((state) => state.open[name] ?? false);
  return (
    <>
      <button
        type="button"
        className="cat"
        aria-expanded={open}
        tabIndex={props.first ? 0 : -1}
        data-testid={`category-${name}`}
        onClick={() => setExplorer((state) => ({ open: { ...state.open, [name]: !open } }))}
      >
        <Icon name={open ? 'minus' : 'plus'} size="sm" />
        {name}
        <span className="num">{rows.length}</span>
      </button>
      {open && <Menus rows={rows} />}
    </>
  );
}

export function ApiList({ rows }: { readonly rows: readonly ApiRow[] }): JSX.Element {
  const t = useText();
  const search = useExplorer((state) => state.search);
  const found = useMemo(() => findApis(rows, search), [rows, search]);
  const categories = useMemo(() => [...new Set(rows.map(({ category }) => category))], [rows]);
  if (found.length === 0)
    return <Empty icon="search" title={t('explorer.none')} body={t('explorer.noneBody')} testId="explorer-none" />;
  return (
    <nav className="apis" aria-label={t('explorer.list')} onKeyDown={walkEntries} data-testid="explorer-list">
      {search.trim() === ''
        ? categories.map((name, place) => (
            <Category
              key={name}
              name={name}
              rows={rows.filter(({ category }) => category === name)}
              first={place === 0}
            />
          ))
        : found.map((row, place) => <Entry key={keyOf(row)} row={row} first={place === 0} place />)}
    </nav>
  );
}
