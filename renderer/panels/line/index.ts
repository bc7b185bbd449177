/** The health of the line to KIS. */
import type { PanelView } from '../../ui/panel-view.ts';
import { LineInfo, LinePanel, useLineCount } from './panel.tsx';

export { useLineLevel } from './parts/use-line-level.ts';

export const lineView: PanelView = {
  id: 'line',
  title: 'panel.line',
  room: 'orders',
  Body: LinePanel,
  Info: LineInfo,
  useCount: useLineCount,
};
