/** The figures of a detector as it is given them: each is there, a number, and within its range. */
import type { DetectorParam } from '../../detector.ts';

/** Reads figures; what is missing or no number is the initial one, what is out of range its end. */
export function figureReader(
  params: readonly DetectorParam[],
  figures: Readonly<Record<string, number>>,
): (id: string) => number {
  return (id) => {
    const param = params.find((each) => each.id === id);
    if (!param) throw new RangeError(`no figure ${id}`);
    const given = figures[id];
    if (given === undefined || !Number.isFinite(given)) return param.initial;
    return Math.min(param.max, Math.max(param.min, given));
  };
}
