/** A real-time session of its own on the line of a connection that is not in force. */
import { heardBy } from '#core/broker/kis/index.ts';
import { createKisRealtime, type KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { KisLineParts } from './lines.ts';

/** The broker allows one session an app key: never open it for the connection in force. */
export function openSession(
  line: KisLineParts,
  facts: { readonly clock: Clock; readonly timers: Timers; readonly logger: Logger },
): KisRealtimeClient {
  const { clock, timers, logger } = facts;
  const { rest, endpoint, transport, serverClock, governor, rng } = line;
  return createKisRealtime({
    endpoint,
    approvalKey: async (renew) => {
      if (renew === true) rest.dropApprovalKey();
      return rest.approvalKey();
    },
    transport,
    catalogue: kisCatalogue(),
    clock,
    timers,
    rng,
    logger,
    serverClock: heardBy(serverClock, clock),
    governor,
  });
}
