/** What can be done with an issue wherever one stands in a row: entries of the one list of actions, for the issue of the row. */
import { type JSX, useCallback, useState } from 'react';
import type { LinkGroup } from '#shared/domain/index.ts';
import { pickActions, useActions } from '../client/actions.tsx';
import { useWorkstation } from '../client/context.tsx';
import { usePanel, useSelectIssue } from '../client/panel-context.tsx';
import { nameOf } from '../store/instruments.ts';
import { FIRST_GROUP } from '../store/links.ts';
import { useWorkspaces } from '../store/workspaces.ts';
import { useText } from '../text/index.ts';
import { ContextMenu } from './context-menu.tsx';
import { MenuItem } from './controls.tsx';
import type { MenuPlace } from './grid.tsx';
import { Icon } from './icons.tsx';

/** Write an order: left out where nothing can be sent. */
const WRITES = ['buy', 'sell'] as const;
const SHOWS = ['show-chart', 'show-order-book', 'show-tape', 'show-alerts', 'show-rules'] as const;

/** The link group of the panel that an action shows: the first one, unless that has no such panel. */
function groupOf(actionId: string): LinkGroup {
  const view = actionId.replace('show-', '');
  const groups = Object.values(useWorkspaces.getState().panels).flatMap((panel) =>
    panel.view === view && panel.group !== null ? [panel.group] : [],
  );
  return groups.includes(FIRST_GROUP) ? FIRST_GROUP : (groups[0] ?? FIRST_GROUP);
}

/** The entries alone, for a menu that has more. */
export function IssueActions(props: { readonly instrumentId: string; readonly onClose: () => void }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const { looksOnly } = usePanel();
  const actions = pickActions(useActions(), looksOnly ? SHOWS : [...WRITES, ...SHOWS]);
  return (
    <>
      {actions.map((action) => (
        <MenuItem
          key={action.id}
          testId={`issue-${action.id}`}
          onClick={() => {
            props.onClose();
            select(props.instrumentId);
            // What is written belongs to the first group: it has the ticket.
            workstation.select(props.instrumentId);
            const group = groupOf(action.id);
            if (group !== FIRST_GROUP) workstation.select(props.instrumentId, group);
            action.run();
          }}
        >
          <Icon name={action.icon} size="sm" />
          {t(action.label)}
          {action.keys !== null && (
            <span className="end">
              <kbd>{action.keys.replaceAll('+', ' ')}</kbd>
            </span>
          )}
        </MenuItem>
      ))}
    </>
  );
}

/** A menu for the rows of a table of issues: `open` at a place, and the menu itself to be put beside the table. */
export function useIssueMenu(): {
  readonly open: (instrumentId: string, at: MenuPlace) => void;
  readonly menu: JSX.Element | null;
} {
  const t = useText();
  const [shown, setShown] = useState<{ readonly instrumentId: string; readonly at: MenuPlace } | null>(null);
  const open = useCallback((instrumentId: string, at: MenuPlace) => setShown({ instrumentId, at }), []);
  const close = useCallback(() => setShown(null), []);
  return {
    open,
    menu: shown && (
      <ContextMenu
        label={t('issue.menu', { name: nameOf(shown.instrumentId) })}
        at={shown.at}
        onClose={close}
        testId="issue-menu"
      >
        <IssueActions instrumentId={shown.instrumentId} onClose={close} />
      </ContextMenu>
    ),
  };
}
