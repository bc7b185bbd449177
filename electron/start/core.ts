/** The running core as the entries hold it: composed, with its local door, and a client in the same process. */
import { mkdirSync } from 'node:fs';
import { composeApp, type App } from '#core/app/index.ts';
import { startLocalDoor } from '#core/hosts/web/index.ts';
import { createLogger, systemTimers } from '#core/platform/index.ts';
import { contract, PROTOCOL_VERSION, type Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { connect, memoryPipes, type Connection, type Pipe } from '#shared/rpc/index.ts';

/** A composed core with what belongs to it. */
export interface RunningCore {
  readonly app: App;
  readonly logger: Logger;
  /** A client of the core in this process. */
  connect(): Connection<Contract>;
  /** Closes the doors, the core and the log, in this order. Safe to call twice. */
  close(): Promise<void>;
}

/** Speaks the contract over a pipe. */
export function connectPipe(pipe: Pipe, report: (error: unknown) => void): Connection<Contract> {
  return connect(contract, pipe, { protocol: PROTOCOL_VERSION, timers: systemTimers, report });
}

/** The core as doors take it: serves a pipe, returns what ends it. */
export function serveOn(app: App): (pipe: Pipe, door: 'web' | 'local') => () => void {
  return (pipe, door) => {
    const served = app.serve(pipe, door);
    return () => served.dispose();
  };
}

/** A data folder only this user can read; throws DATA_NOT_WRITABLE. */
function prepareFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError('DATA_NOT_WRITABLE', { path: dataDir }, { cause: error });
  }
}

/** Opens the core on a data folder; throws DATA_IN_USE where another one holds it. */
export async function openCore(options: {
  readonly dataDir: string;
  readonly host: 'desktop' | 'web' | 'cli';
  /** true: the web door may open an official real endpoint for orders. */
  readonly allowReal?: boolean;
  /** keychain if absent. */
  readonly keys?: 'keychain' | 'memory';
}): Promise<RunningCore> {
  const { dataDir, host, allowReal = false, keys = 'keychain' } = options;
  prepareFolder(dataDir);
  const logger = createLogger(dataDir);
  let app: App | null = null;
  try {
    const core: App = await composeApp({ dataDir, host, logger, allowReal, keys });
    app = core;
    // A core that lives for one command opens no door: it would close on whoever came in.
    const door = host === 'cli' ? null : await startLocalDoor({ dataDir, serve: serveOn(core) });
    let closing: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      await door?.close();
      await core.close();
      logger.close();
    };
    return {
      app: core,
      logger,
      connect() {
        const [near, far] = memoryPipes();
        core.serve(far, 'memory');
        return connectPipe(near, (error) => logger.warn('client in this process', { error }));
      },
      close: () => (closing ??= close()),
    };
  } catch (error) {
    logger.error('core not opened', { error });
    await app?.close();
    logger.close();
    throw error;
  }
}
