/** The issue that each link group shows. Group A is the one that preferences keep: store/view.ts has it. */
import { create } from 'zustand';
import type { LinkGroup } from '#shared/domain/index.ts';
import { useView } from './view.ts';

interface LinkStore {
  /** Of the groups after A; one that is absent shows the issue of A. */
  readonly issues: Readonly<Partial<Record<LinkGroup, string>>>;
}

export const useLinks = create<LinkStore>(() => ({ issues: {} }));

/** The first group; panels outside of a dock belong to it. */
export const FIRST_GROUP: LinkGroup = 'A';

/** The issue of a group now. */
export function issueOf(group: LinkGroup): string | null {
  return useLinks.getState().issues[group] ?? useView.getState().instrumentId;
}

/** The issue of a group; null before any was chosen. */
export function useGroupIssue(group: LinkGroup): string | null {
  const first = useView((state) => state.instrumentId);
  const own = useLinks((state) => state.issues[group]);
  return group === FIRST_GROUP ? first : (own ?? first);
}

/** Puts an issue into a group after A. */
export function setGroupIssue(group: LinkGroup, instrumentId: string): void {
  useLinks.setState((state) => ({ issues: { ...state.issues, [group]: instrumentId } }));
}
