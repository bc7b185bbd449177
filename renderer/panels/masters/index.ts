/** The broker's symbol files, and the search over every product (종목 마스터). */
import type { CoreClient } from '../../client/supervisor.ts';
import type { PanelView } from '../../ui/panel-view.ts';
import { openSymbol } from './parts/acts.ts';
import { MastersPanel } from './panel.tsx';
import { useMasters } from './slice.ts';

export const mastersView: PanelView = {
  id: 'masters',
  title: 'panel.masters',
  room: 'market',
  linked: true,
  wide: true,
  Body: MastersPanel,
};

/** Shows a symbol that was found elsewhere. */
export function showMasterSymbol(client: CoreClient | null, id: string): void {
  useMasters.setState({ tab: 'find' });
  void openSymbol(client, id);
}
