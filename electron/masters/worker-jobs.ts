/** Master imports one after another, each in a worker thread, with progress and cancellation. */
import { Worker } from 'node:worker_threads';
import type { MasterReport } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { MasterImport } from './run.ts';
import { CANCEL_MASTERS, type MasterImportOrder, type MasterNews } from './serve.ts';

export interface WorkerJobsParts {
  /** The built worker entry. */
  readonly workerUrl: URL;
  /** The file of the store. */
  readonly path: string;
}

/** Bounds in megabytes: a hostile file cannot take the memory of the core. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 } as const;
/** Imports that may wait for the running one. */
const MOST_WAITING = 5;

export type RowsListener = (at: { readonly file: string; readonly rows: number }) => void;

export class WorkerJobs {
  readonly #parts: WorkerJobsParts;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #closed = false;
  #cancel: (() => void) | null = null;

  constructor(parts: WorkerJobsParts) {
    this.#parts = parts;
  }

  /** Runs an import in its turn. Throws TOO_MANY_IMPORTS, IMPORT_INTERRUPTED, and what the import throws. */
  run(
    request: MasterImport,
    how: { readonly rows: RowsListener; readonly signal?: AbortSignal },
  ): Promise<MasterReport> {
    if (this.#waiting >= MOST_WAITING) return Promise.reject(new AppError('TOO_MANY_IMPORTS', { limit: MOST_WAITING }));
    this.#waiting += 1;
    const turn = this.#tail.then(() => {
      this.#waiting -= 1;
      if (this.#closed || how.signal?.aborted === true) throw new AppError('IMPORT_INTERRUPTED');
      return this.#run(request, how);
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Cancels what runs and waits, and returns when no worker is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.#tail;
  }

  async #run(
    request: MasterImport,
    { rows, signal }: { readonly rows: RowsListener; readonly signal?: AbortSignal },
  ): Promise<MasterReport> {
    const order: MasterImportOrder = { masters: 'import', path: this.#parts.path, request };
    const worker = new Worker(this.#parts.workerUrl, { workerData: order, resourceLimits: WORKER_LIMITS });
    const cancel = (): void => worker.postMessage(CANCEL_MASTERS);
    this.#cancel = cancel;
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await outcome(worker, rows);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#cancel = null;
    }
  }
}

/** The report or the error of a worker, after it has ended: its memory is free by then. */
function outcome(worker: Worker, rows: RowsListener): Promise<MasterReport> {
  return new Promise((resolve, reject) => {
    let report: MasterReport | null = null;
    // A worker that ends without a word has rolled back with its connection.
    let failure: Error = new AppError('IMPORT_INTERRUPTED');
    worker.on('message', (news: MasterNews) => {
      if (news.say === 'progress') rows({ file: news.file, rows: news.rows });
      else if (news.say === 'done') report = news.report;
      else if (news.say === 'refused') failure = new AppError(news.code, news.params);
      else failure = new AppError('INTERNAL_BUG', { what: news.what });
    });
    worker.on('error', (error: Error & { readonly code?: unknown }) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      failure = isFull ? new AppError('IMPORT_INTERRUPTED', {}, { cause: error }) : error;
    });
    worker.on('exit', () => {
      if (report) resolve(report);
      else reject(failure);
    });
  });
}
