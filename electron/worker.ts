/** The worker-thread entry: does the import or the run it was started for, then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveImport, type ImportOrder } from './market/imports/index.ts';
import { silentLogger, systemClock, systemTimers } from './platform/index.ts';
import { serveRun, type RunOrder } from './scenarios/index.ts';

const order = workerData as ImportOrder | RunOrder;
if (parentPort) {
  if ('kind' in order)
    await serveRun(parentPort, order, { clock: systemClock, timers: systemTimers, logger: silentLogger });
  else await serveImport(parentPort, order, systemClock);
}
