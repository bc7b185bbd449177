/** What each ladder keeps for itself: its venue, and the switch to send at once in the real environment. */
import { create } from 'zustand';

/** ALL 통합: both books in one ladder. */
export type LadderVenue = 'KRX' | 'NXT' | 'ALL';

export interface LadderPanel {
  readonly venue: LadderVenue;
  /** Never kept: every start of the program begins without it. */
  readonly realSend: boolean;
}

const START: LadderPanel = { venue: 'KRX', realSend: false };

const useLadders = create<Readonly<Record<string, LadderPanel>>>(() => ({}));

export function useLadder(panelId: string): LadderPanel {
  return useLadders((state) => state[panelId] ?? START);
}

export function ladderOf(panelId: string): LadderPanel {
  return useLadders.getState()[panelId] ?? START;
}

export function setLadder(panelId: string, change: Partial<LadderPanel>): void {
  useLadders.setState({ [panelId]: { ...ladderOf(panelId), ...change } });
}
