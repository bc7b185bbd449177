/** Cash and settlement (현금 · 결제). */
import type { PanelView } from '../../ui/panel-view.ts';
import { CashPanel } from './panel.tsx';

export const cashView: PanelView = { id: 'cash', title: 'panel.cash', room: 'orders', Body: CashPanel };
