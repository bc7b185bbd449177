/** The workspaces by name, and what can be done with them. */
import { type JSX, useState } from 'react';
import { FACTORY_WORKSPACES } from '#shared/domain/index.ts';
import { MAIN_WINDOW } from '../../client/windows.ts';
import { useWorkspaces } from '../../store/workspaces.ts';
import { useText } from '../../text/index.ts';
import { MenuButton, MenuItem } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icons.tsx';
import { addPanel, currentDock, useDockActs } from './acts.ts';
import { workspaceName } from './keeper.ts';
import { useKeeper } from './keeper-context.tsx';
import { PanelChoices } from './panel-list.tsx';

/** A name that is being written for a new workspace, or for the one in force. */
function NameForm(props: {
  readonly value: string;
  readonly label: string;
  readonly onName: (name: string) => void;
}): JSX.Element {
  const t = useText();
  const [name, setName] = useState(props.value);
  const written = name.trim();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (written !== '') props.onName(written);
      }}
    >
      <input
        className="field"
        aria-label={props.label}
        value={name}
        maxLength={40}
        data-testid="workspace-name"
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="btn" disabled={written === ''} data-testid="workspace-save">
        {t('workspace.save')}
      </button>
    </form>
  );
}

function OtherWindows(): JSX.Element | null {
  const t = useText();
  const keeper = useKeeper();
  const acts = useDockActs();
  const open = useWorkspaces((state) => state.openWindows);
  useWorkspaces((state) => state.bodies);
  const shut = Object.keys(keeper.current()?.windows ?? {}).filter((id) => id !== MAIN_WINDOW && !open.has(id));
  if (shut.length === 0) return null;
  return (
    <button
      type="button"
      className="btn ghost"
      data-testid="workspace-reopen"
      onClick={() => {
        for (const id of shut) acts.openWindow(id);
      }}
    >
      {t('workspace.reopen', { count: shut.length })}
    </button>
  );
}

function Menu(): JSX.Element {
  const t = useText();
  const keeper = useKeeper();
  const acts = useDockActs();
  const body = useWorkspaces((state) => state.bodies?.get(state.currentId));
  const currentId = useWorkspaces((state) => state.currentId);
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const removed = keeper.removed();
  const own = !FACTORY_WORKSPACES.some((id) => id === currentId);
  const windows = Object.keys(body?.windows ?? {}).filter((id) => id !== MAIN_WINDOW);
  return (
    <MenuButton
      className="btn icon ghost"
      label={t('workspace.menu')}
      testId="workspace-menu"
      kind={naming === null ? 'menu' : 'form'}
      face={<Icon name="more" size="sm" />}
    >
      {(close) => {
        const after = (act: () => unknown) => () => {
          setNaming(null);
          close();
          void act();
        };
        if (naming !== null) {
          return (
            <NameForm
              label={t(naming === 'new' ? 'workspace.newName' : 'workspace.name')}
              value={naming === 'new' || !body ? '' : workspaceName(body, t)}
              onName={(name) =>
                after(() => (naming === 'new' ? keeper.create(name, null) : keeper.rename(currentId, name)))()
              }
            />
          );
        }
        return (
          <>
            <MenuItem testId="workspace-new" onClick={() => setNaming('new')}>
              <Icon name="plus" />
              {t('workspace.new')}
            </MenuItem>
            <MenuItem testId="workspace-rename" onClick={() => setNaming('rename')}>
              {t('workspace.rename')}
            </MenuItem>
            <MenuItem testId="workspace-put-back" onClick={after(() => keeper.putBack())}>
              <Icon name="refresh" />
              {t('workspace.putBack')}
            </MenuItem>
            {own && (
              <MenuItem testId="workspace-remove" onClick={after(() => keeper.remove(currentId))}>
                <Icon name="x" />
                {t('workspace.remove')}
              </MenuItem>
            )}
            {removed !== null && (
              <MenuItem testId="workspace-bring-back" onClick={after(() => keeper.bringBack())}>
                {t('workspace.bringBack', { name: removed })}
              </MenuItem>
            )}
            <hr />
            <MenuItem testId="workspace-window" onClick={after(() => acts.openWindow(null))}>
              <Icon name="max" />
              {t('workspace.newWindow')}
            </MenuItem>
            {windows.map((id) => (
              <MenuItem key={id} testId={`workspace-drop-${id}`} onClick={after(() => keeper.dropWindow(id))}>
                {t('workspace.dropWindow', { name: id })}
              </MenuItem>
            ))}
            <hr />
            <PanelChoices
              onChoose={(id) => after(() => addPanel(id, currentDock()?.activePanel ?? currentDock()?.panels[0]))()}
            />
          </>
        );
      }}
    </MenuButton>
  );
}

export function WorkspaceTabs(): JSX.Element {
  const t = useText();
  const keeper = useKeeper();
  const bodies = useWorkspaces((state) => state.bodies);
  const currentId = useWorkspaces((state) => state.currentId);
  return (
    <div className="wss" role="group" aria-label={t('workspace.tabs')}>
      {[...(bodies ?? [])].map(([id, body]) => (
        <button
          key={id}
          type="button"
          className={id === currentId ? 'ws on' : 'ws'}
          aria-pressed={id === currentId}
          data-testid={`workspace-${id}`}
          onClick={() => void keeper.open(id)}
        >
          {workspaceName(body, t)}
        </button>
      ))}
      <Menu />
      <OtherWindows />
    </div>
  );
}
