/** Which view was asked for last: the dock brings it to the front, or places it. */
import { create } from 'zustand';

interface WorkStore {
  readonly asked: string | null;
  /** Rises with every asking, so that the same view can be asked for twice. */
  readonly count: number;
}

export const useWork = create<WorkStore>(() => ({ asked: null, count: 0 }));

/** Brings a view to the front, or adds it where it is not placed. */
export function showView(id: string): void {
  useWork.setState(({ count }) => ({ asked: id, count: count + 1 }));
}
