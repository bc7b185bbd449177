/** Undo and redo of drawings: each step says what became of which drawing, so that it holds whatever others have changed since. Pure. */
import type { Drawing } from '#shared/domain/index.ts';

export interface Change {
  readonly id: string;
  /** null: it was not there. */
  readonly before: Drawing | null;
  /** null: it is gone. */
  readonly after: Drawing | null;
}

export type Step = readonly Change[];

export interface Steps {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export const NO_STEPS: Steps = { done: [], undone: [] };

/** Steps that can be taken back. */
export const STEPS_LIMIT = 200;

/** The reverse of a step. */
export function reversed(step: Step): Step {
  return step.map(({ id, before, after }) => ({ id, before: after, after: before }));
}

/** The drawings after a step; a drawing that came back stands on top. */
export function stepped(drawings: readonly Drawing[], step: Step): Drawing[] {
  let result = [...drawings];
  for (const { id, after } of step) {
    const at = result.findIndex((each) => each.id === id);
    if (after === null) result = result.filter((each) => each.id !== id);
    else if (at < 0) result.push(after);
    else result[at] = after;
  }
  return result;
}

/** A new step ends what could be done again. */
export function taken({ done }: Steps, step: Step): Steps {
  return { done: [...done, step].slice(-STEPS_LIMIT), undone: [] };
}

/** The step that takes the last one back; null where there is none. */
export function undo({ done, undone }: Steps): { readonly steps: Steps; readonly step: Step } | null {
  const last = done.at(-1);
  return last ? { step: reversed(last), steps: { done: done.slice(0, -1), undone: [...undone, last] } } : null;
}

/** The step that does again what was taken back; null where there is none. */
export function redo({ done, undone }: Steps): { readonly steps: Steps; readonly step: Step } | null {
  const last = undone.at(-1);
  return last ? { step: last, steps: { done: [...done, last], undone: undone.slice(0, -1) } } : null;
}
