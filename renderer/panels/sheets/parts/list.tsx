/** Every sheet under its group, or those that a search finds; walked by the arrow keys. */
import type { JSX, KeyboardEvent } from 'react';
import { useMemo } from 'react';
import type { SheetInfo } from '#shared/contract/index.ts';
import { SHEET_GROUPS, type SheetGroup } from '#shared/domain/index.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { named } from '../../../ui/sheet/cell.ts';
import { Empty } from '../../../ui/states.tsx';
import { setPanel, usePanelState } from '../slice.ts';
import { findSheets } from './find.ts';

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (!step) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = entries.findIndex((entry) => entry === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  entries[step(at, entries.length - 1)]?.focus();
}

function Entry({ info, first }: { readonly info: SheetInfo; readonly first: boolean }): JSX.Element {
  const language = useView((state) => state.language);
  const { panelId } = usePanel();
  const chosen = usePanelState(panelId).sheet === info.id;
  const lack = info.unavailable;
  return (
    <button
      type="button"
      className={`entry ${chosen ? 'on' : ''} ${lack ? 'lack' : ''}`.replace(/ +/g, ' ').trim()}
      tabIndex={chosen || first ? 0 : -1}
      aria-current={chosen}
      title={lack ? lack.messageKo : info.api.name}
      data-testid={`sheet-${info.id}`}
      onClick={() => setPanel(panelId, () => ({ sheet: info.id, back: [] }))}
    >
      {named(info, language)}
      {lack && <Icon name="lock" size="sm" />}
    </button>
  );
}

function Group(props: {
  readonly group: SheetGroup;
  readonly list: readonly SheetInfo[];
  readonly first: boolean;
}): JSX.Element | null {
  const { group, list } = props;
  const t = useText();
  const { panelId } = usePanel();
  const open = usePanelState(panelId).open[group] ?? false;
  if (list.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className="group"
        aria-expanded={open}
        tabIndex={props.first ? 0 : -1}
        data-testid={`sheet-group-${group}`}
        onClick={() => setPanel(panelId, (old) => ({ open: { ...old.open, [group]: !open } }))}
      >
        <Icon name={open ? 'minus' : 'plus'} size="sm" />
        {t(`sheet.group.${group}`)}
        <span className="num">{list.length}</span>
      </button>
      {open && list.map((info) => <Entry key={info.id} info={info} first={false} />)}
    </>
  );
}

export function SheetList({ list }: { readonly list: readonly SheetInfo[] }): JSX.Element {
  const t = useText();
  const { panelId } = usePanel();
  const { search } = usePanelState(panelId);
  const found = useMemo(() => findSheets(list, search), [list, search]);
  if (found.length === 0)
    return <Empty icon="search" title={t('sheet.none')} body={t('sheet.noneBody')} testId="sheets-none" />;
  return (
    <nav className="sheet-list" aria-label={t('sheet.list')} onKeyDown={walk} data-testid="sheets-list">
      {search.trim() === ''
        ? SHEET_GROUPS.map((group, place) => (
            <Group key={group} group={group} list={list.filter((info) => info.group === group)} first={place === 0} />
          ))
        : found.map((info, place) => <Entry key={info.id} info={info} first={place === 0} />)}
    </nav>
  );
}
