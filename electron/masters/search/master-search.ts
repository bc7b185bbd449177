/** The search over all symbols as the core sees it: a worker that is started by the first question. */
import { Worker } from 'node:worker_threads';
import type { MasterProduct } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { SearchAnswer, SearchOrder, SearchWord } from './serve.ts';
import type { IndexedSymbol } from './symbol-index.ts';

export interface MasterSearchParts {
  /** The built worker entry. */
  readonly workerUrl: URL;
  /** The file of the store. */
  readonly path: string;
}

export interface MasterQuery {
  readonly query: string;
  readonly products: readonly MasterProduct[];
  readonly limit: number;
}

interface Waiting {
  readonly resolve: (found: readonly IndexedSymbol[]) => void;
  readonly reject: (error: Error) => void;
}

/** Questions that may wait at a time; a keystroke asks one. */
const MOST_WAITING = 100;
/** Half a million symbols take about 200 MB. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 1_024 } as const;

export class MasterSearch {
  readonly #parts: MasterSearchParts;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;
  #closed = false;

  constructor(parts: MasterSearchParts) {
    this.#parts = parts;
  }

  /** Throws MASTER_SEARCH_LOST where the worker ended; the next question starts another. */
  find(query: MasterQuery): Promise<readonly IndexedSymbol[]> {
    if (this.#closed || this.#waiting.size >= MOST_WAITING) return Promise.reject(new AppError('MASTER_SEARCH_LOST'));
    const worker = (this.#worker ??= this.#start());
    this.#asked += 1;
    const ask = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, { resolve, reject });
      worker.postMessage({ say: 'find', ask, ...query } satisfies SearchWord);
    });
  }

  /** Rows have changed: the next question reads them anew. */
  reload(): void {
    this.#worker?.postMessage({ say: 'reload' } satisfies SearchWord);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((done) => void worker.once('exit', () => done()));
    worker.postMessage({ say: 'close' } satisfies SearchWord);
    await ended;
  }

  #start(): Worker {
    const order: SearchOrder = { masters: 'search', path: this.#parts.path };
    const worker = new Worker(this.#parts.workerUrl, { workerData: order, resourceLimits: WORKER_LIMITS });
    let cause: unknown = null;
    worker.on('message', ({ ask, found }: SearchAnswer) => {
      this.#waiting.get(ask)?.resolve(found);
      this.#waiting.delete(ask);
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      this.#worker = null;
      const lost = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of lost) reject(new AppError('MASTER_SEARCH_LOST', {}, { cause }));
    });
    return worker;
  }
}
