/** What a panel offers to the work area, which alone decides where it stands. */
import type { ComponentType } from 'react';
import type { TextKey } from '../text/index.ts';

/** Rooms of the list of panels, in its order. */
export type PanelRoom = 'issue' | 'orders' | 'market' | 'watch';

export interface PanelView {
  /** Saved workspaces name the view by it: never renamed. */
  readonly id: string;
  readonly title: TextKey;
  readonly room: PanelRoom;
  readonly Body: ComponentType;
  /** Facts at the right of the head. */
  readonly Info?: ComponentType;
  /** A count after the name; a hook. null: none. */
  readonly useCount?: () => number | null;
  /** The panel shows one issue, or chooses one for the others: it carries a link letter. */
  readonly linked?: boolean;
  /** Needs room: it is added to the widest group. */
  readonly wide?: boolean;
  /** Several may stand side by side. */
  readonly many?: boolean;
}
