/** How an action is written down: one line each. */
import type { Action, ActionRoom } from '../../client/actions.tsx';
import { type DialogName, openDialog } from '../../store/overlay.ts';
import type { TextKey } from '../../text/index.ts';
import type { IconName } from '../../ui/icons.tsx';

export const always = (): boolean => true;

interface Facts {
  readonly label: TextKey;
  readonly icon: IconName;
  readonly keys?: string;
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

/** Writes the actions of a room. */
export function roomOf(room: ActionRoom): (id: string, facts: Facts) => Action {
  return (id, { label, icon, keys, enabled = always, run }) => ({
    id,
    room,
    label,
    icon,
    keys: keys ?? null,
    enabled,
    run,
  });
}

/** An action that opens a dialog is named after it. */
export function opens(dialog: DialogName, facts: Omit<Facts, 'run'>): [string, Facts] {
  return [`open-${dialog}`, { ...facts, run: () => openDialog(dialog) }];
}
