/** What the right button opens in a chart: an alert at the price, and what is done to the drawing there. */
import type { JSX } from 'react';
import type { Drawing } from '#shared/domain/index.ts';
import { useIssue } from '../../../client/panel-context.tsx';
import { useText } from '../../../text/index.ts';
import { ContextMenu } from '../../../ui/context-menu.tsx';
import { MenuItem } from '../../../ui/controls.tsx';
import { issuePrice } from '../../../ui/money.ts';
import type { DrawingsOf } from './drawing/use-drawings.ts';

export interface ChartMenuPlace {
  readonly at: { readonly left: number; readonly top: number };
  /** A valid price; null: no alert can be set from here. */
  readonly price: number | null;
  readonly over: Drawing | null;
}

export function ChartMenu({
  menu,
  drawings,
  onAlert,
  onClose,
}: {
  readonly menu: ChartMenuPlace;
  readonly drawings: DrawingsOf;
  readonly onAlert: (price: number) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const t = useText();
  const instrumentId = useIssue() ?? '';
  const { hand, sheet, kept } = drawings;
  const { at, price, over } = menu;
  const act = (run: () => void) => (): void => {
    onClose();
    run();
  };
  return (
    <ContextMenu label={t('chart.more')} at={at} onClose={onClose} testId="chart-menu">
      {price !== null && (
        <MenuItem testId="chart-alert-here" onClick={act(() => onAlert(price))}>
          {t('chart.alertHere', { price: issuePrice(price, instrumentId) })}
        </MenuItem>
      )}
      {over && (
        <>
          {over.tool === 'text' && !over.locked && (
            <MenuItem testId="draw-edit" onClick={act(() => void hand.edit(over))}>
              {t('draw.edit')}
            </MenuItem>
          )}
          <MenuItem testId="draw-lock" onClick={act(() => hand.lock(over))}>
            {t(over.locked ? 'draw.unlock' : 'draw.lock')}
          </MenuItem>
          <MenuItem testId="draw-remove" disabled={over.locked} onClick={act(() => void hand.remove(over))}>
            {t('draw.remove')}
          </MenuItem>
        </>
      )}
      <MenuItem
        testId="chart-menu-hide"
        disabled={kept.drawings.length === 0}
        onClick={act(() => sheet.hide(!kept.hidden))}
      >
        {t(kept.hidden ? 'draw.show' : 'draw.hide')}
      </MenuItem>
    </ContextMenu>
  );
}
