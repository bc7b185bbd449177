/** What each sheets panel shows, as long as the window lives: its sheet, its inputs, and the way it came there. */
import { create } from 'zustand';

export interface PanelState {
  /** The sheet in view; null: none was chosen. */
  readonly sheet: string | null;
  /** Sheets that led to it, the last one last. */
  readonly back: readonly string[];
  /** Inputs as typed, by sheet. */
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly search: string;
  /** Groups that are unfolded. */
  readonly open: Readonly<Record<string, boolean>>;
}

export const FIRST: PanelState = {
  sheet: null,
  back: [],
  typed: {},
  search: '',
  open: { flows: true, rankings: true },
};

const usePanels = create<{ readonly byPanel: Readonly<Record<string, PanelState>> }>(() => ({ byPanel: {} }));

export function usePanelState(panelId: string): PanelState {
  return usePanels((state) => state.byPanel[panelId] ?? FIRST);
}

export function setPanel(panelId: string, change: (old: PanelState) => Partial<PanelState>): void {
  usePanels.setState(({ byPanel }) => {
    const old = byPanel[panelId] ?? FIRST;
    return { byPanel: { ...byPanel, [panelId]: { ...old, ...change(old) } } };
  });
}

/** Inputs of a sheet that were typed. An issue that was typed stands until the panel shows another one. */
export function typedOf(state: PanelState, sheet: string, issue: string | null): Readonly<Record<string, string>> {
  const { [`issue of ${issue ?? ''}`]: own, ...rest } = state.typed[sheet] ?? {};
  const others = Object.fromEntries(Object.entries(rest).filter(([id]) => !id.startsWith('issue of ')));
  return own === undefined || own.trim() === '' ? others : { ...others, issue: own };
}

export function typeInto(
  panelId: string,
  sheet: string,
  change: Readonly<Record<string, string>>,
  issue: string | null,
): void {
  const named = Object.fromEntries(
    Object.entries(change).map(([id, value]) => [id === 'issue' ? `issue of ${issue ?? ''}` : id, value]),
  );
  setPanel(panelId, ({ typed }) => ({ typed: { ...typed, [sheet]: { ...typed[sheet], ...named } } }));
}

/** Shows a sheet that a row of another one leads to. */
export function openFrom(panelId: string, from: string, to: string, inputs: Readonly<Record<string, string>>): void {
  setPanel(panelId, ({ back, typed }) => ({
    sheet: to,
    back: [...back, from],
    typed: { ...typed, [to]: { ...typed[to], ...inputs } },
  }));
}
