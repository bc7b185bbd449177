/** What a docked panel knows of itself, for its body and for its head. */
import { useMemo } from 'react';
import type { PanelFacts } from '../../client/panel-context.tsx';
import { FIRST_GROUP } from '../../store/links.ts';
import { changePanel, useWorkspaces } from '../../store/workspaces.ts';

export function usePanelFacts(panelId: string, visible: boolean): PanelFacts {
  const panel = useWorkspaces((state) => state.panels[panelId]);
  return useMemo(
    () => ({
      panelId,
      group: panel ? panel.group : FIRST_GROUP,
      instrumentId: panel?.instrumentId ?? null,
      keepIssue: (instrumentId: string) => changePanel(panelId, { instrumentId }),
      looksOnly: false,
      visible,
    }),
    [panelId, panel, visible],
  );
}
