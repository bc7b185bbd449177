/** Reference data of the broker: every sheet by group (시장 자료). */
import type { PanelView } from '../../ui/panel-view.ts';
import { SheetsPanel } from './panel.tsx';

export const sheetsView: PanelView = {
  id: 'sheets',
  title: 'panel.sheets',
  room: 'market',
  linked: true,
  many: true,
  wide: true,
  Body: SheetsPanel,
};
