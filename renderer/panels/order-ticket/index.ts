/** Order ticket (주문). */
import type { PanelView } from '../../ui/panel-view.ts';
import { OrderTicket } from './panel.tsx';

export const orderTicketView: PanelView = {
  id: 'order-ticket',
  title: 'panel.orderTicket',
  room: 'issue',
  linked: true,
  many: true,
  Body: OrderTicket,
};
