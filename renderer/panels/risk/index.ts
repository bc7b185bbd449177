/** Portfolio risk (포트폴리오 위험). */
import type { PanelView } from '../../ui/panel-view.ts';
import { RiskPanel } from './panel.tsx';

export const riskView: PanelView = { id: 'risk', title: 'panel.risk', room: 'watch', wide: true, Body: RiskPanel };
