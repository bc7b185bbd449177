/** The worker-thread entry: does the import it was started for, then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveImport, type ImportOrder } from './market/imports/index.ts';
import { systemClock } from './platform/index.ts';

if (parentPort) await serveImport(parentPort, workerData as ImportOrder, systemClock);
