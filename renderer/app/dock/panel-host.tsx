/** A docked panel: gives the view its facts, keeps its failures inside, takes issues that are dropped on it. */
import type { IDockviewPanelProps } from 'dockview-react';
import { type DragEvent, type JSX, Suspense, useEffect, useState } from 'react';
import { carriesIssue, droppedIssue } from '../../client/issue-drag.ts';
import { PanelProvider, useSelectIssue } from '../../client/panel-context.tsx';
import { useWorkspaces } from '../../store/workspaces.ts';
import { useText } from '../../text/index.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import type { PanelView } from '../../ui/panel-view.ts';
import { Contained } from '../contained.tsx';
import { panelView } from '../panels.ts';
import { usePanelFacts } from './panel-facts.ts';

/** The view's body, which takes issues if it is linked. */
function Hosted({ view }: { readonly view: PanelView }): JSX.Element {
  const t = useText();
  const select = useSelectIssue();
  const [over, setOver] = useState(false);
  const { Body } = view;
  const takes = view.linked
    ? {
        onDragOver: (event: DragEvent) => {
          if (!carriesIssue(event)) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: DragEvent) => {
          setOver(false);
          const instrumentId = droppedIssue(event);
          if (instrumentId === null) return;
          event.preventDefault();
          event.stopPropagation();
          select(instrumentId);
        },
      }
    : {};
  return (
    <div
      role="group"
      className={over ? 'pbody takes' : 'pbody'}
      aria-label={t(view.title)}
      tabIndex={-1}
      data-panel={view.id}
      data-testid={`panel-${view.id}`}
      {...takes}
    >
      <Contained>
        <Suspense fallback={<Skeleton />}>
          <Body />
        </Suspense>
      </Contained>
    </div>
  );
}

/** A panel that a newer or older version of the program has placed. */
function Gone({ view }: { readonly view: string }): JSX.Element {
  const t = useText();
  return (
    <div role="group" className="pbody" aria-label={view} tabIndex={-1} data-panel={view} data-testid="panel-gone">
      <Empty icon="info" title={t('dock.gone', { view })} body={t('dock.goneBody')} />
    </div>
  );
}

/** What the docking library draws for every panel. A covered panel draws nothing. */
export function PanelHost({ api }: IDockviewPanelProps): JSX.Element | null {
  const [visible, setVisible] = useState(api.isVisible);
  useEffect(() => {
    setVisible(api.isVisible);
    const watch = api.onDidVisibilityChange((event) => setVisible(event.isVisible));
    return () => watch.dispose();
  }, [api]);
  const facts = usePanelFacts(api.id, visible);
  const name = useWorkspaces((state) => state.panels[api.id]?.view ?? api.title ?? '');
  if (!visible) return null;
  const view = panelView(name);
  if (!view) return <Gone view={name} />;
  return (
    <PanelProvider value={facts}>
      <Hosted key={name} view={view} />
    </PanelProvider>
  );
}
