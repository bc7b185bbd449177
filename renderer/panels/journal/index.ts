/** What was recorded (기록). */
import type { PanelView } from '../../ui/panel-view.ts';
import { JournalPanel } from './panel.tsx';

export const journalView: PanelView = {
  id: 'journal',
  title: 'panel.journal',
  room: 'orders',
  linked: true,
  Body: JournalPanel,
};
