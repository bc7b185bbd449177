/** Asks a worker for the risk of what is held: the core goes on meanwhile. */
import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors/index.ts';
import type { PortfolioAnswer, PortfolioOrder } from './serve-portfolio.ts';

const WORKER_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 } as const;

/** Throws CANCELED where whoever asked has gone. */
export function askPortfolio(workerUrl: URL, order: PortfolioOrder, signal: AbortSignal): Promise<PortfolioAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData: order, resourceLimits: WORKER_LIMITS });
    const stop = (): void => {
      void worker.terminate();
      reject(new AppError('CANCELED'));
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (answer: PortfolioAnswer) => resolve(answer));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the worker ended without an answer'));
    });
    if (signal.aborted) stop();
  });
}
