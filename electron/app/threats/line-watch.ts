/** What the line to KIS tells the detectors once a second: tokens, refusals for rate, reconnections. */
import type { KisRestClient } from '#core/broker/kis/index.ts';
import type { KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import type { ThreatEvent } from '#shared/threats/index.ts';

/** Too many calls a second. @source KIS protocol facts */
const RATE_CODE = 'EGW00201';
/** A token that has run out or is none. @source KIS protocol facts */
const TOKEN_CODES: readonly string[] = ['EGW00121', 'EGW00123'];

export interface LineWatchParts {
  readonly connectionId: string;
  readonly rest: Pick<KisRestClient, 'health'>;
  readonly realtime: Pick<KisRealtimeClient, 'health'>;
  /** Epoch milliseconds of now, as ages are counted from. */
  readonly now: () => number;
}

/** Kinds that it tells. */
export const LINE_KINDS = ['token', 'program', 'skew'] as const;

/** Returns the look: compares with the last one and tells what is new. The first look only remembers. */
export function lineWatch({ connectionId: connection, rest, realtime, now }: LineWatchParts) {
  let before: { counts: Map<string, number>; reconnects: number; issuedTs: number | null } | null = null;
  return (tell: (event: ThreatEvent) => void, ts: number): void => {
    const { errors, token } = rest.health();
    const { reconnects } = realtime.health().socket;
    const counts = new Map(errors.map(({ code, count }) => [code, count]));
    const issuedTs = token.ageMs === null ? null : now() - token.ageMs;
    const last = before;
    before = { counts, reconnects, issuedTs };
    if (token.expiresInMs !== null)
      tell({ kind: 'token', ts, what: 'expires', expiresTs: ts + token.expiresInMs, connection });
    if (last === null) return;
    const grown = (code: string): number => Math.max(0, (counts.get(code) ?? 0) - (last.counts.get(code) ?? 0));
    if (issuedTs !== null && (last.issuedTs === null || issuedTs - last.issuedTs > ISSUED_APART_MS))
      tell({ kind: 'token', ts, what: 'issued', expiresTs: null, connection });
    for (let count = TOKEN_CODES.reduce((sum, code) => sum + grown(code), 0); count > 0; count -= 1)
      tell({ kind: 'token', ts, what: 'refused', expiresTs: null, connection });
    const limited = grown(RATE_CODE);
    if (limited > 0) tell({ kind: 'program', ts, what: 'rateLimited', value: limited });
    if (reconnects > last.reconnects) tell({ kind: 'program', ts, what: 'reconnect', value: reconnects });
  };
}

/** Ages are rounded and clocks set: two tokens are at least a minute apart. */
const ISSUED_APART_MS = 30_000;
