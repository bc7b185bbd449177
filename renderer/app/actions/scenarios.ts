/** Scenarios: a new one, and what is done with the one that is open. */
import type { Action } from '../../client/actions.tsx';
import { askScenario, hasScenario } from '../../panels/scenarios/index.ts';
import { roomOf } from './make.ts';

const action = roomOf('market');

export function scenarioActions(): readonly Action[] {
  return [
    action('scenario-new', { label: 'action.scenarioNew', icon: 'flask', run: () => askScenario('new') }),
    action('scenario-run', {
      label: 'action.scenarioRun',
      icon: 'play',
      enabled: hasScenario,
      run: () => askScenario('run'),
    }),
    action('scenario-save', {
      label: 'action.scenarioSave',
      icon: 'flask',
      enabled: hasScenario,
      run: () => askScenario('save'),
    }),
    action('scenario-play', {
      label: 'action.scenarioPlay',
      icon: 'candle',
      enabled: hasScenario,
      run: () => askScenario('play'),
    }),
  ];
}
