/** Every panel by room, as the items of a menu. */
import type { JSX } from 'react';
import { useText } from '../../text/index.ts';
import { MenuItem } from '../../ui/controls.tsx';
import type { PanelRoom } from '../../ui/panel-view.ts';
import { PANEL_VIEWS } from '../panels.ts';

const ROOMS: readonly PanelRoom[] = ['issue', 'orders', 'market', 'watch'];

export function PanelChoices({ onChoose }: { readonly onChoose: (viewId: string) => void }): JSX.Element {
  const t = useText();
  return (
    <>
      {ROOMS.map((room) => {
        const views = PANEL_VIEWS.filter((view) => view.room === room);
        if (views.length === 0) return null;
        return (
          <div key={room} role="group" aria-label={t(`dock.room.${room}`)}>
            <span className="it l" aria-hidden="true">
              {t(`dock.room.${room}`)}
            </span>
            {views.map((view) => (
              <MenuItem key={view.id} testId={`add-${view.id}`} onClick={() => onChoose(view.id)}>
                {t(view.title)}
              </MenuItem>
            ))}
          </div>
        );
      })}
    </>
  );
}
