/** The threat centre (위협 센터): what is seen, what is done about it, what stands, how it went. */
import type { PanelView } from '../../ui/panel-view.ts';
import { ThreatPanel, useOpenThreatCount } from './panel.tsx';

export const threatsView: PanelView = {
  id: 'threats',
  title: 'panel.threats',
  room: 'watch',
  Body: ThreatPanel,
  useCount: useOpenThreatCount,
};
