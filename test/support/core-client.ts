/** A client of a running core, through its local door: what the command line uses. */
import { connectLocal } from '#core/hosts/web/index.ts';
import { systemTimers } from '#core/platform/index.ts';
import { contract, PROTOCOL_VERSION, type Contract } from '#shared/contract/index.ts';
import { connect, type Connection } from '#shared/rpc/index.ts';

/** Connects to the core that runs on a data folder. */
export async function coreClient(dataDir: string): Promise<Connection<Contract>> {
  const pipe = await connectLocal(dataDir);
  if (!pipe) throw new Error(`No core runs on ${dataDir}.`);
  const connection = connect(contract, pipe, {
    protocol: PROTOCOL_VERSION,
    timers: systemTimers,
    report: (error) => {
      throw error;
    },
  });
  await connection.ready;
  return connection;
}
