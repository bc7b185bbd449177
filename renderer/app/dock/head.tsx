/** The right end of a panel's head: its facts, link letter, maximise and menu. */
import type { IDockviewHeaderActionsProps, IDockviewPanel } from 'dockview-react';
import { type JSX, useEffect, useState } from 'react';
import { LINK_GROUPS, type LinkGroup } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { type PanelFacts, PanelProvider } from '../../client/panel-context.tsx';
import { issueOf } from '../../store/links.ts';
import { nameOf } from '../../store/instruments.ts';
import { changePanel, useWorkspaces } from '../../store/workspaces.ts';
import { useText } from '../../text/index.ts';
import { IconButton, MenuButton, MenuItem } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { PanelView } from '../../ui/panel-view.ts';
import { panelView } from '../panels.ts';
import { usePanelFacts } from './panel-facts.ts';
import { PanelChoices } from './panel-list.tsx';
import { useDockActs } from './acts.ts';

/** A group's letter on its colour. */
function Letter({ group }: { readonly group: LinkGroup | null }): JSX.Element {
  return <i className={group === null ? 'lk none' : `lk lk-${group.toLowerCase()}`}>{group ?? '·'}</i>;
}

function LinkMenu({ facts }: { readonly facts: PanelFacts }): JSX.Element {
  const t = useText();
  const { panelId, group } = facts;
  const put = (next: LinkGroup | null): void =>
    changePanel(panelId, next === null ? { group: null, instrumentId: issueOf(group ?? 'A') } : { group: next });
  return (
    <MenuButton
      className="btn icon ghost"
      label={group === null ? t('dock.linkNone') : t('dock.linkNow', { group })}
      testId={`link-${panelId}`}
      face={<Letter group={group} />}
    >
      {(close) => (
        <>
          {LINK_GROUPS.map((each) => {
            const issue = issueOf(each);
            return (
              <MenuItem
                key={each}
                checked={each === group}
                testId={`link-to-${each}`}
                onClick={() => {
                  close();
                  put(each);
                }}
              >
                <Letter group={each} />
                <span className="l">{issue === null ? '' : nameOf(issue)}</span>
              </MenuItem>
            );
          })}
          <hr />
          <MenuItem
            checked={group === null}
            testId="link-to-none"
            onClick={() => {
              close();
              put(null);
            }}
          >
            <Letter group={null} />
            {t('dock.linkOwn')}
          </MenuItem>
        </>
      )}
    </MenuButton>
  );
}

function PanelMenu({
  panel,
  view,
}: {
  readonly panel: IDockviewPanel;
  readonly view: PanelView | undefined;
}): JSX.Element {
  const t = useText();
  const acts = useDockActs();
  return (
    <MenuButton
      className="btn icon ghost"
      label={t('dock.panelMenu')}
      testId={`panel-menu-${view?.id ?? 'gone'}`}
      face={<Icon name="more" size="sm" />}
    >
      {(close) => {
        const after = (act: () => void) => () => {
          close();
          act();
        };
        return (
          <>
            {view?.many && (
              <MenuItem testId="panel-another" onClick={after(() => acts.add(view.id, panel))}>
                <Icon name="plus" />
                {t('dock.another')}
              </MenuItem>
            )}
            <MenuItem testId="panel-to-window" onClick={after(() => void acts.toWindow(panel))}>
              <Icon name="max" />
              {t('dock.toWindow')}
            </MenuItem>
            <MenuItem testId="panel-close" onClick={after(() => panel.api.close())}>
              <Icon name="x" />
              {t('dock.close')}
            </MenuItem>
            <hr />
            <PanelChoices onChoose={(id) => after(() => acts.add(id, panel))()} />
          </>
        );
      }}
    </MenuButton>
  );
}

function ActiveHead({
  panel,
  maximised,
  toggle,
}: {
  readonly panel: IDockviewPanel;
  readonly maximised: boolean;
  readonly toggle: () => void;
}): JSX.Element {
  const t = useText();
  const name = useWorkspaces((state) => state.panels[panel.id]?.view ?? '');
  const facts = usePanelFacts(panel.id, true);
  const view = panelView(name);
  const Info = view?.Info;
  return (
    <PanelProvider value={facts}>
      <div className="pinfo">{Info && <Info />}</div>
      {view?.linked && <LinkMenu facts={facts} />}
      <IconButton
        icon="max"
        label={t(maximised ? 'panel.restore' : 'panel.maximise')}
        pressed={maximised}
        testId={`maximise-${name}`}
        onClick={toggle}
      />
      <PanelMenu panel={panel} view={view} />
    </PanelProvider>
  );
}

/** What the docking library draws at the right of every group's tabs. */
export function GroupHead({ api, containerApi, activePanel }: IDockviewHeaderActionsProps): JSX.Element | null {
  useWorkstation();
  const [maximised, setMaximised] = useState(api.isMaximized());
  useEffect(() => {
    const watch = containerApi.onDidMaximizedGroupChange(() => setMaximised(api.isMaximized()));
    return () => watch.dispose();
  }, [api, containerApi]);
  if (!activePanel) return null;
  return (
    <div className="phead-end">
      <ActiveHead
        key={activePanel.id}
        panel={activePanel}
        maximised={maximised}
        toggle={() => (api.isMaximized() ? api.exitMaximized() : api.maximize())}
      />
    </div>
  );
}
