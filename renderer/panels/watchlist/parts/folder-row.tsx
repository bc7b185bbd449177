/** The heading of a folder over the whole width: folds it, and offers what can be done to it. */
import type { CustomCellRendererProps } from 'ag-grid-react';
import { createContext, type JSX, useContext } from 'react';
import { useText } from '../../../text/index.ts';
import { MenuButton, MenuItem } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { WatchRow } from './rows.ts';

/** What the headings call; the grid draws them without props of ours. */
export interface FolderActs {
  readonly fold: (at: number, collapsed: boolean) => void;
  readonly rename: (at: number) => void;
  readonly remove: (at: number) => void;
  readonly step: (at: number, by: -1 | 1) => void;
}

const NONE: FolderActs = {
  fold: () => undefined,
  rename: () => undefined,
  remove: () => undefined,
  step: () => undefined,
};

const FolderContext = createContext<FolderActs>(NONE);
export const FolderProvider = FolderContext.Provider;

export function FolderHeading({ data }: CustomCellRendererProps<WatchRow>): JSX.Element | null {
  const t = useText();
  const acts = useContext(FolderContext);
  if (data?.kind !== 'folder') return null;
  const name = data.name === '' ? t('watch.unnamed') : data.name;
  return (
    <div className={data.collapsed ? 'wfolder shut' : 'wfolder'} data-testid={`watch-folder-${data.folder}`}>
      <button
        type="button"
        className="fold"
        aria-expanded={!data.collapsed}
        aria-label={t('watch.folder', { name, count: data.count })}
        data-testid={`watch-fold-${data.folder}`}
        onClick={() => acts.fold(data.folder, !data.collapsed)}
      >
        <Icon name="down" size="sm" />
        <span className="nm">{name}</span>
        <span className="num">{data.count}</span>
      </button>
      <MenuButton
        className="ib"
        label={t('watch.folderMenu', { name })}
        testId={`watch-folder-menu-${data.folder}`}
        face={<Icon name="more" size="sm" />}
      >
        {(close) => {
          const after = (act: () => void) => () => {
            close();
            act();
          };
          return (
            <>
              <MenuItem testId="watch-folder-rename" onClick={after(() => acts.rename(data.folder))}>
                {t('watch.renameFolder')}
              </MenuItem>
              <MenuItem testId="watch-folder-up" onClick={after(() => acts.step(data.folder, -1))}>
                {t('watch.folderUp')}
              </MenuItem>
              <MenuItem testId="watch-folder-down" onClick={after(() => acts.step(data.folder, 1))}>
                {t('watch.folderDown')}
              </MenuItem>
              <hr />
              <MenuItem testId="watch-folder-delete" onClick={after(() => acts.remove(data.folder))}>
                {t('watch.deleteFolder')}
              </MenuItem>
            </>
          );
        }}
      </MenuButton>
    </div>
  );
}
