/** Scenarios (시나리오): days that are written down, played and judged. */
import type { PanelView } from '../../ui/panel-view.ts';
import { ScenariosPanel } from './panel.tsx';

export { askScenario, hasScenario } from './slice.ts';

export const scenariosView: PanelView = {
  id: 'scenarios',
  title: 'panel.scenarios',
  room: 'market',
  Body: ScenariosPanel,
};
