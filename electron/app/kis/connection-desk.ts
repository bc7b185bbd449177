/** Everything a person does with connections: enter, import, try, forget. */
import type { ConnectionCheck, Contract, NewKisConnection } from '#shared/contract/index.ts';
import type { EndpointKind, KisConnection } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { OutputOf } from '#shared/rpc/index.ts';
import type { Connections } from '../connections/connections.ts';
import type { Front } from '../environments/front.ts';
import { tryConnection } from './connection-trial.ts';
import type { KisLines } from './lines.ts';

export interface ConnectionDeskParts {
  readonly connections: Connections;
  readonly lines: KisLines;
  readonly front: Front;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** The keys of the connection in force have changed: builds its environment anew. */
  readonly renew: (connectionId: string) => Promise<void>;
  readonly changed: () => void;
}

export class ConnectionDesk {
  readonly #parts: ConnectionDeskParts;

  constructor(parts: ConnectionDeskParts) {
    this.#parts = parts;
  }

  list(): OutputOf<Contract['kis']['connections']['output']> {
    const { connections } = this.#parts;
    return { connections: connections.list(), keychain: { ...connections.keychain } };
  }

  async save(entry: NewKisConnection): Promise<KisConnection> {
    const connection = await this.#parts.connections.save(entry);
    await this.#keysChanged(connection.connectionId);
    return connection;
  }

  async importYaml(text: string, endpoint: EndpointKind) {
    const taken = await this.#parts.connections.importYaml(text, endpoint);
    for (const { connectionId } of taken.connections) await this.#keysChanged(connectionId);
    return taken;
  }

  /** Throws CONNECTION_IN_FORCE, KEYCHAIN_FAILED. */
  async remove(connectionId: string): Promise<{ readonly removed: boolean }> {
    const { connections, lines, front, changed } = this.#parts;
    if (front.inForceOrNull?.connectionId === connectionId) throw new AppError('CONNECTION_IN_FORCE');
    await lines.drop(connectionId);
    const removed = await connections.remove(connectionId);
    changed();
    return { removed };
  }

  /** Throws CONNECTION_UNKNOWN, KIS_NO_KEYS, KEYCHAIN_FAILED; what the broker says is in the steps. */
  async test(connectionId: string, signal: AbortSignal): Promise<ConnectionCheck[]> {
    const { lines, front, clock, timers, logger } = this.#parts;
    return tryConnection(await lines.of(connectionId), {
      clock,
      timers,
      logger,
      signal,
      inForce: front.inForceOrNull?.connectionId === connectionId ? (front.inForceOrNull.line ?? null) : null,
    });
  }

  async revokeToken(connectionId: string): Promise<boolean> {
    const { lines } = this.#parts;
    return (await lines.of(connectionId)).rest.revokeToken();
  }

  async #keysChanged(connectionId: string): Promise<void> {
    const { lines, front, renew, changed } = this.#parts;
    if (front.inForceOrNull?.connectionId === connectionId) await renew(connectionId);
    else await lines.drop(connectionId);
    changed();
  }
}
