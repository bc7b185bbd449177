/** Orders prepared together (바스켓). */
import type { PanelView } from '../../ui/panel-view.ts';
import { BasketPanel } from './panel.tsx';

export const basketView: PanelView = { id: 'basket', title: 'panel.basket', room: 'orders', Body: BasketPanel };
