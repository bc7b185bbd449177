/** Clients of KIS over REST, one for each connection, kept over switches: so are its token and its place within the limits. */
import type { StoredConnection } from '../connections/connection-file.ts';
import type { Connections } from '../connections/connections.ts';
import type { ConnectionKeys } from '../connections/entry.ts';
import {
  createKisRest,
  createServerClock,
  kisLimits,
  type KisEndpoint,
  type KisRestClient,
  type LearningServerClock,
} from '#core/broker/kis/index.ts';
import { ConnectGovernor, REALTIME_SETTINGS } from '#core/broker/kis/realtime/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { placeOf } from '#core/platform/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import { kstDate } from '#shared/time/index.ts';
import type { OpenTransport, OwnTransport } from './way.ts';

/** What speaks to the broker for one connection. */
export interface KisLineParts {
  readonly connection: StoredConnection;
  readonly endpoint: KisEndpoint;
  readonly keys: ConnectionKeys;
  readonly transport: OwnTransport;
  readonly rest: KisRestClient;
  readonly serverClock: LearningServerClock;
  /** Counts connections of the socket, so that switching to and fro cannot loop fast enough to be blocked. */
  readonly governor: ConnectGovernor;
  readonly rng: Rng;
  /** Whose epoch an order is compared with just before it is written. */
  useEpoch(epoch: () => number): void;
}

export interface KisLinesParts {
  readonly connections: Connections;
  readonly openTransport: OpenTransport;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rng: Rng;
  readonly logger: Logger;
}

export class KisLines {
  readonly #parts: KisLinesParts;
  readonly #open = new Map<string, Promise<KisLineParts>>();

  constructor(parts: KisLinesParts) {
    this.#parts = parts;
  }

  /** The line of a connection. Throws CONNECTION_UNKNOWN, KIS_NO_KEYS, KEYCHAIN_FAILED. */
  of(connectionId: string): Promise<KisLineParts> {
    const open = this.#open.get(connectionId);
    if (open) return open;
    const opening = this.#build(connectionId);
    this.#open.set(connectionId, opening);
    // A keychain that was shut may be open the next time.
    opening.catch(() => this.#open.delete(connectionId));
    return opening;
  }

  /** Forgets a line whose keys have changed or gone. */
  async drop(connectionId: string): Promise<void> {
    const open = this.#open.get(connectionId);
    this.#open.delete(connectionId);
    const line = await open?.catch(() => null);
    line?.rest.close();
    await line?.transport.close();
  }

  async close(): Promise<void> {
    for (const connectionId of [...this.#open.keys()]) await this.drop(connectionId);
  }

  async #build(connectionId: string): Promise<KisLineParts> {
    const { connections, openTransport, clock, timers, rng, logger } = this.#parts;
    const connection = connections.stored(connectionId);
    const keys = await connections.keys(connectionId);
    const { kind, endpoint: where, restUrl, wsUrl } = connection;
    const endpoint: KisEndpoint = { environment: kind, kind: where, restUrl, wsUrl };
    // Only what a person saved as official, and exactly its two addresses.
    const ways = where === 'official' ? [restUrl, wsUrl].map((url) => placeOf(new URL(url))) : [];
    const transport = openTransport(ways);
    const serverClock = createServerClock({ clock });
    let epochOf: () => number = () => -1;
    const rest = createKisRest({
      endpoint,
      keys: () => keys,
      tokenStore: connections.tokens,
      transport,
      catalogue: kisCatalogue(),
      clock,
      timers,
      serverClock,
      rng,
      logger: logger.child('kis'),
      limits: kisLimits(kind, kstDate(clock.now())),
      epoch: () => epochOf(),
    });
    const governor = new ConnectGovernor({ clock, rng, settings: REALTIME_SETTINGS });
    return {
      connection,
      endpoint,
      keys,
      transport,
      rest,
      serverClock,
      governor,
      rng,
      useEpoch: (epoch) => {
        epochOf = epoch;
      },
    };
  }
}
