/** How the line to KIS stands, put together from REST, socket and clock. */
import type { KisRestClient, ServerClock } from '#core/broker/kis/index.ts';
import type { KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import type { KisHealth } from '#shared/domain/index.ts';

export function kisHealth(parts: {
  readonly connectionId: string;
  readonly rest: Pick<KisRestClient, 'health'>;
  readonly realtime: Pick<KisRealtimeClient, 'health'>;
  readonly serverClock: ServerClock;
}): KisHealth {
  const { connectionId, serverClock } = parts;
  const { callsPerSecond, callLimit, waitingCalls, token, restP50Ms, errors } = parts.rest.health();
  const { registrations, registrationLimit, polled, socket, gaps, streams } = parts.realtime.health();
  return {
    connectionId,
    callsPerSecond,
    callLimit,
    waitingCalls,
    registrations,
    registrationLimit,
    polled,
    token: { ...token },
    socket: { ...socket },
    gaps,
    skewMs: serverClock.skewMs(),
    restP50Ms,
    errors: errors.map((error) => ({ ...error })),
    streams: streams.map((stream) => ({ ...stream })),
  };
}
