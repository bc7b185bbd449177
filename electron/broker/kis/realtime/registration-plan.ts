/** What to ask of the server next, so that the few registrations go to those who need them most. */
import type { Registration } from './registration.ts';

export interface PlanFacts {
  /** Registrations that the server takes. */
  readonly budget: number;
  /** Monotonic. */
  readonly nowMs: number;
}

export type PlanStep =
  | { readonly kind: 'subscribe' | 'unsubscribe'; readonly registration: Registration }
  /** Nothing now; null: nothing until something changes. */
  | { readonly kind: 'wait'; readonly untilMs: number | null };

/** Rank first; within a rank who has a registration keeps it, so that nothing changes places without a reason. */
function compare(a: Registration, b: Registration): number {
  return a.rank - b.rank || Number(a.standing === 'idle') - Number(b.standing === 'idle') || a.order - b.order;
}

/** Those that should be registered, best first. */
export function registrationTarget(all: Iterable<Registration>, budget: number): readonly Registration[] {
  return [...all]
    .filter((one) => one.isWanted && one.refusal === null)
    .sort(compare)
    .slice(0, budget);
}

/** The one to withdraw when room is needed: what nobody wants first, then the least important, the newest among equals. */
function worst(all: readonly Registration[], target: ReadonlySet<Registration>): Registration | undefined {
  return all
    .filter((one) => one.standing === 'live' && !target.has(one))
    .sort(compare)
    .at(-1);
}

/** The next step; one at a time, and never more at the server than the budget. */
export function nextStep(all: readonly Registration[], facts: PlanFacts): PlanStep {
  const { budget, nowMs } = facts;
  const target = registrationTarget(all, budget);
  const targets = new Set(target);
  const atServer = all.filter((one) => one.standing !== 'idle');
  const missing = target.filter((one) => one.standing === 'idle');
  const due = missing.filter((one) => one.notBeforeMs <= nowMs);
  const first = due[0];
  if (first && atServer.length < budget) return { kind: 'subscribe', registration: first };
  const leaving = atServer.filter((one) => one.standing === 'leaving').length;
  const isRoomShort = atServer.length - leaving > budget || (first !== undefined && leaving < due.length);
  const victim = isRoomShort ? worst(atServer, targets) : undefined;
  if (victim) return { kind: 'unsubscribe', registration: victim };
  const unwanted = atServer.filter((one) => one.standing === 'live' && !one.isWanted);
  const over = unwanted.find((one) => one.lingerUntilMs <= nowMs);
  if (over) return { kind: 'unsubscribe', registration: over };
  const later = [...missing.map((one) => one.notBeforeMs), ...unwanted.map((one) => one.lingerUntilMs)].filter(
    (ms) => ms > nowMs,
  );
  return { kind: 'wait', untilMs: later.length > 0 ? Math.min(...later) : null };
}
