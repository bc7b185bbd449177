/** Which view each region of the work area shows. A region without an entry shows its first. */
import { create } from 'zustand';

interface WorkStore {
  /** Names of views that were asked for, the newest last: a region shows the newest of its own. */
  readonly asked: readonly string[];
}

export const useWork = create<WorkStore>(() => ({ asked: [] }));

/** Brings a view to the front of its region. */
export function showView(id: string): void {
  useWork.setState(({ asked }) => ({ asked: [...asked.filter((each) => each !== id), id] }));
}

/** The view that a region shows out of its own, by what was asked for. */
export function frontOf(views: readonly string[], asked: readonly string[]): string | undefined {
  return asked.findLast((id) => views.includes(id)) ?? views[0];
}
