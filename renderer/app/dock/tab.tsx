/** The tab of a docked panel: its name, and how many things are in it. */
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { type JSX, useEffect } from 'react';
import { useWorkspaces } from '../../store/workspaces.ts';
import { useText } from '../../text/index.ts';
import { panelView } from '../panels.ts';

const noCount = (): null => null;

/** The view of a panel never changes, so neither does its hook. */
function Named({ view, api }: { readonly view: string; readonly api: IDockviewPanelHeaderProps['api'] }): JSX.Element {
  const t = useText();
  const known = panelView(view);
  const count = (known?.useCount ?? noCount)();
  const title = known ? t(known.title) : view;
  const group = useWorkspaces((state) => state.panels[api.id]?.group ?? null);
  // What the library says to screen readers of the tab and its group; the file keeps the view's id.
  const spoken = [title, count, group].filter((part) => part !== null).join(' ');
  useEffect(() => {
    const put = (): void => {
      if (api.title !== spoken) api.setTitle(spoken);
    };
    put();
    // An arrangement that is laid out anew, as where a banner takes room, brings the view's id again.
    const watch = api.onDidTitleChange(() => queueMicrotask(put));
    return () => watch.dispose();
  }, [api, spoken]);
  return (
    <span
      className="tab"
      data-testid={`tab-${view}`}
      onAuxClick={(event) => {
        if (event.button === 1) api.close();
      }}
    >
      {title} {count !== null && <span className="ct">{count}</span>}
    </span>
  );
}

export function PanelTab({ api }: IDockviewPanelHeaderProps): JSX.Element {
  const view = useWorkspaces((state) => state.panels[api.id]?.view ?? api.title ?? '');
  return <Named key={view} view={view} api={api} />;
}
