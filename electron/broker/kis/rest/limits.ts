/** What the broker allows per app key and how we keep within it, as settings of a date. */
import facts from '#resources/kis/limits.json' with { type: 'json' };
import type { SessionDate } from '#shared/time/index.ts';
import type { KisEnvironment } from '../ports.ts';

/** @source resources/kis/limits.json, which says where each number comes from. Rates a second, times in milliseconds. */
export interface KisLimits {
  /** Calls in any one second, 1 or more. */
  readonly callsPerSecond: number;
  /** Of them calls that reach the ledger: accounts and orders. */
  readonly ledgerPerSecond: number;
  readonly tokenLifeMs: number;
  /** Between two issues of an access token. */
  readonly tokenGuardMs: number;
  /** A token is renewed this long before its end, by server time. */
  readonly renewBeforeMs: number;
  readonly approvalLifeMs: number;
  /** Calls that may wait for a place. */
  readonly waitingLimit: number;
  /** Reads under way at once. */
  readonly inFlightLimit: number;
  /** How much later than we wrote it the server may count a call, and how far this may grow. */
  readonly jitterMs: number;
  readonly jitterMostMs: number;
  readonly timeoutMs: number;
  /** Tries of a read in all, and within which time. */
  readonly tries: number;
  readonly triesWithinMs: number;
  readonly backoffMs: number;
  readonly backoffMostMs: number;
}

interface DatedRate {
  readonly environment: string;
  readonly from: string;
  readonly to: string | null;
  readonly perSecond: number;
}

function rateOn(rates: readonly DatedRate[], environment: KisEnvironment, date: SessionDate): number {
  const known = rates.filter((rate) => rate.environment === environment);
  const inForce = known.findLast((rate) => rate.from <= date && (rate.to === null || date <= rate.to)) ?? known.at(-1);
  if (!inForce) throw new RangeError(`no limit of ${environment}`);
  return inForce.perSecond;
}

/** The limits of an environment on a date. */
export function kisLimits(environment: KisEnvironment, date: SessionDate): KisLimits {
  const { token, approval, manners } = facts;
  return {
    callsPerSecond: rateOn(facts.calls, environment, date),
    ledgerPerSecond: rateOn(facts.ledger, environment, date),
    tokenLifeMs: token.lifeMs.value,
    tokenGuardMs: token.guardMs.value,
    renewBeforeMs: token.renewBeforeMs.value,
    approvalLifeMs: approval.lifeMs.value,
    waitingLimit: manners.waitingLimit.value,
    inFlightLimit: manners.inFlightLimit.value,
    jitterMs: manners.jitterMs.value,
    jitterMostMs: manners.jitterMostMs.value,
    timeoutMs: manners.timeoutMs.value,
    tries: manners.tries.value,
    triesWithinMs: manners.triesWithinMs.value,
    backoffMs: manners.backoffMs.value,
    backoffMostMs: manners.backoffMostMs.value,
  };
}
