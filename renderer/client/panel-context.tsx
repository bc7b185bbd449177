/** What a panel knows of itself: its name in the workspace, its link group, and so which issue it shows. */
import { createContext, useCallback, useContext } from 'react';
import type { LinkGroup } from '#shared/domain/index.ts';
import { FIRST_GROUP, issueOf, useGroupIssue } from '../store/links.ts';
import { useWorkstation } from './context.tsx';

export interface PanelFacts {
  /** Names the panel within its workspace; what a panel keeps for itself is kept under it. */
  readonly panelId: string;
  /** null: the panel keeps an issue of its own. */
  readonly group: LinkGroup | null;
  /** The issue of a panel without a group. */
  readonly instrumentId: string | null;
  /** Gives a panel without a group another issue. */
  readonly keepIssue: (instrumentId: string) => void;
  /** true: nothing can be sent from here; controls of orders are left out. */
  readonly looksOnly: boolean;
  /** false: another tab covers the panel, or the window is hidden; nothing needs drawing. */
  readonly visible: boolean;
}

const OUTSIDE: PanelFacts = {
  panelId: 'outside',
  group: FIRST_GROUP,
  instrumentId: null,
  keepIssue: () => undefined,
  looksOnly: false,
  visible: true,
};

const PanelContext = createContext<PanelFacts>(OUTSIDE);

export const PanelProvider = PanelContext.Provider;

/** The panel around; outside of a dock one of group A. */
export function usePanel(): PanelFacts {
  return useContext(PanelContext);
}

/** The issue that the panel around shows; null before any was chosen. */
export function useIssue(): string | null {
  const { group, instrumentId } = usePanel();
  const linked = useGroupIssue(group ?? FIRST_GROUP);
  return group === null ? (instrumentId ?? linked) : linked;
}

/** Reads the issue of the panel around as it is at this instant: a key pressed right after a click must not act on the one before. */
export function useIssueNow(): () => string | null {
  const { group, instrumentId } = usePanel();
  return useCallback(
    () => (group === null ? (instrumentId ?? issueOf(FIRST_GROUP)) : issueOf(group)),
    [group, instrumentId],
  );
}

/** Chooses the issue of the panel around, and so of every panel linked with it. */
export function useSelectIssue(): (instrumentId: string) => void {
  const workstation = useWorkstation();
  const { group, keepIssue } = usePanel();
  return useCallback(
    (instrumentId: string) => {
      if (group === null) keepIssue(instrumentId);
      else workstation.select(instrumentId, group);
    },
    [workstation, group, keepIssue],
  );
}
