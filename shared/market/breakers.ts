/** Rules of market-wide stops: circuit breakers (서킷브레이커) and the sidecar (사이드카). */
import facts from '#resources/krx/breakers.json' with { type: 'json' };
import type { Market } from '../domain/index.ts';
import { MINUTE_MS, SECOND_MS, type SessionDate } from '../time/index.ts';
import { inForce } from './dated.ts';

/** One level of the circuit breaker. Parts per million of the previous close of the index; milliseconds. */
export interface BreakerLevel {
  readonly level: 1 | 2 | 3;
  readonly dropPpm: number;
  /** Further fall needed below the index at the halt before, ppm of that index. */
  readonly furtherPpm: number;
  /** null: the market closes for the day. */
  readonly haltMs: number | null;
  readonly auctionMs: number | null;
}

export interface BreakerRules {
  readonly levels: readonly BreakerLevel[];
  /** The fall must last this long. */
  readonly sustainMs: number;
  /** Not judged before this long after the open. */
  readonly afterOpenMs: number;
  /** Levels 1 and 2 are not triggered in the last so many milliseconds before the close; level 3 always. */
  readonly beforeCloseMs: number;
  readonly notAfterLevels: readonly number[];
  readonly status: string;
  readonly source: string;
}

/** First day on which the rule text itself was read. */
export const BREAKER_TEXT_FROM = facts.textKnownFrom;
const PPM_OF_PERCENT = 10_000;

/**
 * The circuit breaker of a market, or null where it has none or none is known on the date. Each level once a day.
 * @source resources/krx/breakers.json
 */
export function breakerRules(market: Market, date: SessionDate): BreakerRules | null {
  const rule = inForce([facts.circuitBreaker], date);
  if (!rule?.markets.includes(market)) return null;
  return {
    levels: rule.levels.map((each) => ({
      level: each.level as 1 | 2 | 3,
      dropPpm: each.dropPercent * PPM_OF_PERCENT,
      furtherPpm: each.furtherPercent * PPM_OF_PERCENT,
      haltMs: each.haltMin === null ? null : each.haltMin * MINUTE_MS,
      auctionMs: each.auctionMin === null ? null : each.auctionMin * MINUTE_MS,
    })),
    sustainMs: rule.sustainS * SECOND_MS,
    afterOpenMs: rule.firstCheckAfterOpenS * SECOND_MS,
    beforeCloseMs: rule.notAfterBeforeCloseMin * MINUTE_MS,
    notAfterLevels: rule.notAfterLevels,
    status: date >= facts.textKnownFrom ? rule.status : 'U',
    source: rule.source,
  };
}

/** Rules of the sidecar of a market, parts per million and milliseconds. Once a day. */
export interface SidecarRules {
  /** KOSPI200 or KOSDAQ150: whose futures are watched. */
  readonly index: 'KOSPI200' | 'KOSDAQ150';
  readonly futuresPpm: number;
  /** Change of the index itself needed beside the futures'; null: none. */
  readonly spotPpm: number | null;
  readonly sustainMs: number;
  /** Program orders of that side are frozen for so long. */
  readonly freezeMs: number;
  readonly afterOpenMs: number;
  readonly beforeCloseMs: number;
  readonly status: string;
  readonly source: string;
}

/**
 * The sidecar of a market, or null where it has none.
 * @source resources/krx/breakers.json
 */
export function sidecarRules(market: Market, date: SessionDate): SidecarRules | null {
  const { sidecar } = facts;
  const rule = sidecar.rules.find((each) => each.market === market);
  if (!rule) return null;
  return {
    index: rule.futures as SidecarRules['index'],
    futuresPpm: rule.futuresPercent * PPM_OF_PERCENT,
    spotPpm: rule.spotPercent === null ? null : rule.spotPercent * PPM_OF_PERCENT,
    sustainMs: sidecar.sustainS * SECOND_MS,
    freezeMs: sidecar.freezeMin * MINUTE_MS,
    afterOpenMs: sidecar.notBeforeAfterOpenMin * MINUTE_MS,
    beforeCloseMs: sidecar.notAfterBeforeCloseMin * MINUTE_MS,
    status: date >= facts.textKnownFrom ? sidecar.status : 'U',
    source: sidecar.source,
  };
}
