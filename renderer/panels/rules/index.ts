/** What applies to an issue now (적용 규칙), each line with its source. */
import type { PanelView } from '../../ui/panel-view.ts';
import { RulesInfo, RulesPanel } from './panel.tsx';

export const rulesView: PanelView = {
  id: 'rules',
  title: 'panel.rules',
  room: 'issue',
  linked: true,
  many: true,
  Body: RulesPanel,
  Info: RulesInfo,
};
