/** The worker-thread entry: does the import, the search or the run it was started for, then ends. Loads only what that needs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportOrder } from './market/imports/index.ts';
import type { MasterOrder } from './masters/index.ts';
import { silentLogger, systemClock, systemTimers } from './platform/index.ts';
import type { RunOrder, TuneOrder } from './scenarios/index.ts';
import type { PortfolioOrder } from './threats/index.ts';

const order = workerData as ImportOrder | RunOrder | TuneOrder | PortfolioOrder | MasterOrder;
if (parentPort) {
  if ('masters' in order) {
    const { serveMasters } = await import('./masters/serve.ts');
    await serveMasters(parentPort, order, systemClock);
  } else if ('kind' in order) {
    if (order.kind === 'portfolio') {
      const { servePortfolio } = await import('./threats/index.ts');
      servePortfolio(parentPort, order);
    } else {
      const { serveRun, serveTune } = await import('./scenarios/index.ts');
      const parts = { clock: systemClock, timers: systemTimers, logger: silentLogger };
      if (order.kind === 'scenario') await serveRun(parentPort, order, parts);
      else await serveTune(parentPort, order, parts);
    }
  } else {
    const { serveImport } = await import('./market/imports/index.ts');
    await serveImport(parentPort, order, systemClock);
  }
}
