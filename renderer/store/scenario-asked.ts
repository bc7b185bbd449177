/** Which scenario another panel asked for: the scenario panel opens it and forgets the asking. */
import { create } from 'zustand';
import type { ScenarioId } from '#shared/domain/index.ts';
import { showView } from './work.ts';

export const useScenarioAsked = create<{ readonly id: ScenarioId | null }>(() => ({ id: null }));

/** Brings the scenario panel to the front with this one open. */
export function openScenario(id: ScenarioId): void {
  useScenarioAsked.setState({ id });
  showView('scenarios');
}
