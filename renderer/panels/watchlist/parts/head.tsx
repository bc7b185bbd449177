/** The bar over the table: which list, the search, the columns, and the menu of the list. */
import type { JSX, RefObject } from 'react';
import { useState } from 'react';
import type { NamedList } from '../../../client/watchlists.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, MenuButton, MenuItem, TextField } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { IssueSearch } from '../../../ui/issue-search.tsx';
import { ColumnChooser } from '../../../ui/table/column-chooser.tsx';
import type { TableHandle } from '../../../ui/table/handle.ts';
import { type ListActs, NAME_CHARS } from './acts.ts';
import type { WatchRow } from './rows.ts';

/** What is being named. */
export type Naming = { readonly what: 'list' } | { readonly what: 'folder'; readonly at: number };

export function ListPicker(props: {
  readonly lists: readonly NamedList[];
  readonly shown: NamedList;
  readonly acts: ListActs;
}): JSX.Element {
  const { lists, shown, acts } = props;
  const t = useText();
  return (
    <MenuButton
      className="btn ghost wpick"
      label={t('watch.lists', { name: shown.list.name })}
      testId="watch-lists"
      face={
        <>
          <span className="nm">{shown.list.name}</span>
          <Icon name="down" size="sm" />
        </>
      }
    >
      {(close) => (
        <>
          {lists.map(({ id, list }, at) => (
            <MenuItem
              key={id}
              checked={id === shown.id}
              testId={`watch-list-${at}`}
              onClick={() => {
                close();
                acts.show(id);
              }}
            >
              {list.name}
            </MenuItem>
          ))}
          <hr />
          <MenuItem
            testId="watch-list-new"
            onClick={() => {
              close();
              acts.create();
            }}
          >
            <Icon name="plus" />
            {t('watch.new')}
          </MenuItem>
        </>
      )}
    </MenuButton>
  );
}

export interface MenuActs {
  readonly name: (what: Naming) => void;
  readonly exportFile: () => void;
  readonly importFile: () => void;
}

function ListMenu(props: {
  readonly lists: readonly NamedList[];
  readonly shown: NamedList;
  readonly acts: ListActs;
  readonly menu: MenuActs;
}): JSX.Element {
  const { lists, shown, acts, menu } = props;
  const t = useText();
  const at = lists.findIndex(({ id }) => id === shown.id);
  return (
    <MenuButton className="ib" label={t('watch.menu')} testId="watch-menu" face={<Icon name="more" />}>
      {(close) => {
        const item = (testId: string, label: string, act: () => void, disabled = false): JSX.Element => (
          <MenuItem
            testId={testId}
            disabled={disabled}
            onClick={() => {
              close();
              act();
            }}
          >
            {label}
          </MenuItem>
        );
        return (
          <>
            {item('watch-folder-new', t('watch.newFolder'), acts.addFolder)}
            <hr />
            {item('watch-list-rename', t('watch.rename'), () => menu.name({ what: 'list' }))}
            {item('watch-list-duplicate', t('watch.duplicate'), acts.duplicate)}
            {item('watch-list-up', t('watch.up'), () => acts.step(-1), at <= 0)}
            {item('watch-list-down', t('watch.down'), () => acts.step(1), at === lists.length - 1)}
            {item('watch-list-delete', t('watch.delete'), acts.remove, lists.length < 2)}
            <hr />
            {item('watch-export', t('watch.export'), menu.exportFile)}
            {item('watch-import', t('watch.import'), menu.importFile)}
          </>
        );
      }}
    </MenuButton>
  );
}

export function WatchHead(props: {
  readonly lists: readonly NamedList[];
  readonly shown: NamedList;
  readonly acts: ListActs;
  readonly menu: MenuActs;
  readonly table: TableHandle<WatchRow>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly has: (id: string) => boolean;
  readonly onFound: (id: string) => void;
  readonly onLeave: () => void;
}): JSX.Element {
  const { lists, shown, acts, menu, table } = props;
  const t = useText();
  return (
    <div className="tbar whead">
      <ListPicker lists={lists} shown={shown} acts={acts} />
      <IssueSearch
        label={t('watch.search')}
        testId="watchlist-search"
        optionTestId="watchlist-add"
        inputRef={props.search}
        has={props.has}
        onChoose={(instrument) => props.onFound(instrument.id)}
        onLeave={props.onLeave}
      />
      <MenuButton
        className="ib"
        label={t('watch.columns')}
        testId="watch-columns"
        kind="form"
        face={<Icon name="columns" />}
      >
        {() => <ColumnChooser table={table} testId="watch" />}
      </MenuButton>
      <ListMenu lists={lists} shown={shown} acts={acts} menu={menu} />
    </div>
  );
}

/** A field for the name of the list or of a folder, in the place of the search. */
export function NamingBar(props: {
  readonly before: string;
  readonly onName: (name: string) => void;
  readonly onEnd: () => void;
}): JSX.Element {
  const t = useText();
  const [text, setText] = useState(props.before);
  const name = text.trim();
  const save = (): void => {
    if (name === '') return;
    props.onName(name);
    props.onEnd();
  };
  return (
    <div
      className="tbar whead"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onEnd();
      }}
    >
      <TextField
        label={t('watch.name')}
        text={text}
        onText={setText}
        autoFocus
        maxLength={NAME_CHARS}
        onEnter={save}
        testId="watch-name"
      />
      <button type="button" className="btn sm" disabled={name === ''} data-testid="watch-name-save" onClick={save}>
        {t('watch.save')}
      </button>
      <IconButton icon="x" label={t('common.cancel')} onClick={props.onEnd} testId="watch-name-cancel" />
    </div>
  );
}
