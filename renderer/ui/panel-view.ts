/** What a panel offers to the work area, which alone decides where it stands. */
import type { ComponentType } from 'react';
import type { TextKey } from '../text/index.ts';

export interface PanelView {
  readonly id: string;
  readonly title: TextKey;
  readonly Body: ComponentType;
  /** Facts at the right of the head. */
  readonly Info?: ComponentType;
  /** A count after the name; a hook. null: none. */
  readonly useCount?: () => number | null;
}
