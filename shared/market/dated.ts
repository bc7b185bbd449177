/** Facts with a first and a last day: the one in force on a date. */
import type { SessionDate } from '../time/index.ts';

/** A fact in force from `from` to `to` inclusive; `to` null means still. */
export interface Dated {
  readonly from: string;
  readonly to: string | null;
}

/** The first fact in force on `date`, or undefined. */
export function inForce<T extends Dated>(facts: readonly T[], date: SessionDate): T | undefined {
  return facts.find((fact) => fact.from <= date && (fact.to === null || date <= fact.to));
}
