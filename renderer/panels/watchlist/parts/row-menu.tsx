/** What can be done to an issue of the list: the right button, or the menu key. */
import type { JSX } from 'react';
import { LINK_GROUPS, type Watchlist } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { placeOf } from '../../../client/watchlist-ops.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { ContextMenu } from '../../../ui/context-menu.tsx';
import { MenuItem } from '../../../ui/controls.tsx';
import type { MenuPlace } from '../../../ui/grid.tsx';
import { IssueActions } from '../../../ui/issue-menu.tsx';
import type { ListActs } from './acts.ts';

export function RowMenu(props: {
  readonly id: string;
  readonly at: MenuPlace;
  readonly list: Watchlist;
  readonly acts: ListActs;
  readonly sorted: boolean;
  readonly onClose: () => void;
}): JSX.Element {
  const { id, list, acts, onClose, sorted } = props;
  const t = useText();
  const workstation = useWorkstation();
  const own = placeOf(list, id)?.folder;
  const after = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <ContextMenu
      label={t('watch.rowMenu', { name: nameOf(id) })}
      at={props.at}
      onClose={onClose}
      testId="watch-row-menu"
    >
      <div className="letters" role="group" aria-label={t('watch.openIn', { group: '' })}>
        {LINK_GROUPS.map((group) => (
          <button
            key={group}
            type="button"
            role="menuitem"
            className="ib"
            aria-label={t('watch.openIn', { group })}
            title={t('watch.openIn', { group })}
            data-testid={`watch-open-${group}`}
            onClick={after(() => workstation.select(id, group))}
          >
            <i className={`lk lk-${group.toLowerCase()}`}>{group}</i>
          </button>
        ))}
      </div>
      <hr />
      <IssueActions instrumentId={id} onClose={onClose} />
      <hr />
      <MenuItem testId="watch-row-up" disabled={sorted} onClick={after(() => acts.stepRow(id, -1))}>
        {t('watch.rowUp')}
        <span className="end">
          <kbd>Ctrl ↑</kbd>
        </span>
      </MenuItem>
      <MenuItem testId="watch-row-down" disabled={sorted} onClick={after(() => acts.stepRow(id, 1))}>
        {t('watch.rowDown')}
        <span className="end">
          <kbd>Ctrl ↓</kbd>
        </span>
      </MenuItem>
      {list.folders.map((folder, at) =>
        at === own ? null : (
          <MenuItem
            key={at}
            testId={`watch-row-to-${at}`}
            onClick={after(() => acts.move(id, { folder: at, index: folder.instrumentIds.length }))}
          >
            {t('watch.toFolder', { name: folder.name === '' ? t('watch.unnamed') : folder.name })}
          </MenuItem>
        ),
      )}
      <hr />
      <MenuItem testId="watch-row-take" onClick={after(() => acts.take(id))}>
        {t('watch.take')}
        <span className="end">
          <kbd>Delete</kbd>
        </span>
      </MenuItem>
    </ContextMenu>
  );
}
