/** What the docking library says to screen readers, in the user's language. */
import type { DockviewMessages } from 'dockview-react';
import type { TextKey, Translate } from '../../text/index.ts';
import { panelView } from '../panels.ts';

/** Words for the library's own; panels are titled by the name of their view. */
export function dockMessages(t: Translate): Partial<DockviewMessages> {
  const name = (title: string): string => {
    const view = panelView(title);
    return view ? t(view.title) : title;
  };
  return {
    panelOpened: (title) => t('dock.opened', { panel: name(title) }),
    panelClosed: (title) => t('dock.closed', { panel: name(title) }),
    groupMaximized: (title) => `${name(title)}: ${t('panel.maximise')}`,
    groupRestored: (title) => `${name(title)}: ${t('panel.restore')}`,
    closeTab: (title) => `${name(title)}: ${t('dock.close')}`,
    closeTabPlain: () => t('dock.close'),
    movePickTarget: (source, target, at, count) =>
      t('dock.moveTarget', { panel: name(source), target: name(target), at, count }),
    movePickEdge: (edge, target) =>
      t('dock.moveEdge', { edge: t(`dock.edge.${edge}` as TextKey), target: name(target) }),
    moveCommitted: (source) => t('dock.moved', { panel: name(source) }),
    moveCancelled: () => t('dock.moveCancelled'),
    moveNotAllowed: () => t('dock.moveRefused'),
  };
}
