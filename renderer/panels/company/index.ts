/** The company behind the issue in view (기업 정보). */
import type { PanelView } from '../../ui/panel-view.ts';
import { CompanyInfo, CompanyPanel } from './panel.tsx';

export const companyView: PanelView = {
  id: 'company',
  title: 'panel.company',
  room: 'issue',
  linked: true,
  many: true,
  wide: true,
  Body: CompanyPanel,
  Info: CompanyInfo,
};
