/** Imports as the core sees them: one at a time, each in a worker thread, with progress and cancellation. */
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CandleStore, Coverage, RecordCoverage, RecordKind } from '#core/storage/index.ts';
import type { CsvMapping, CsvPreview, FileRef, ImportProgress, ImportReport } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Ids } from '#shared/ports.ts';
import { previewCsv } from './csv.ts';
import type { ImportRequest, RecordRequest } from './run.ts';
import { CANCEL_IMPORT, type ImportNews, type ImportOrder } from './serve.ts';
import type { SourceFile } from './source.ts';
import type { UploadStore } from './upload.ts';

export interface ImportServiceParts {
  /** The built worker entry. */
  readonly workerUrl: URL;
  /** The core's own connection; the worker opens another on the same file. */
  readonly candles: CandleStore;
  readonly uploads: UploadStore;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Told after each import that changed something. */
  imported(report: ImportReport): void;
}

export type ProgressListener = (progress: ImportProgress) => void;

/** Imports that may wait for the running one. */
const MAX_WAITING = 10;
/** Bounds in megabytes: a hostile file cannot take the memory of the core, and short-lived rows are swept while small. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 } as const;

interface Running {
  readonly progress: ImportProgress;
  cancel(): void;
}

export class ImportService {
  readonly #parts: ImportServiceParts;
  readonly #listeners = new Set<ProgressListener>();
  #running: Running | null = null;
  #waiting = 0;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: ImportServiceParts) {
    this.#parts = parts;
  }

  /** Whole-market daily files; all of them or, on failure or cancellation, none. */
  async importKrxEod(files: readonly FileRef[], signal?: AbortSignal): Promise<ImportReport> {
    return this.#import({ kind: 'krx-eod', files: files.map((file) => this.#source(file)) }, files, signal);
  }

  /** One CSV by a mapping, or by the one remembered for its header. */
  async importCsv(file: FileRef, mapping: CsvMapping | null, signal?: AbortSignal): Promise<ImportReport> {
    return this.#import({ kind: 'csv', files: [this.#source(file)], mapping }, [file], signal);
  }

  /** Minutes, trades or books of single days; each day takes the place of what was stored of it. */
  async importRecords(kind: RecordKind, files: readonly FileRef[], signal?: AbortSignal): Promise<ImportReport> {
    const request = { kind: 'records', record: kind, files: files.map((file) => this.#source(file)) } as const;
    return this.#import(request, files, signal);
  }

  /** How much is stored of minutes, trades and books. */
  recordCoverage(): readonly RecordCoverage[] {
    return this.#parts.candles.recordCoverage();
  }

  /** First rows of a CSV, with the mapping remembered for its header or guessed from its names. */
  async csvPreview(file: FileRef): Promise<CsvPreview> {
    return previewCsv(this.#source(file), (header) => this.#parts.candles.csvMapping(header));
  }

  coverage(): Coverage {
    return this.#parts.candles.coverage();
  }

  /** Tells the state of the running import now and at each change; returns what stops it. */
  watch(listener: ProgressListener): () => void {
    this.#listeners.add(listener);
    if (this.#running) listener(this.#running.progress);
    return () => void this.#listeners.delete(listener);
  }

  /** Cancels what runs and waits, and returns when no worker is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.cancel();
    await this.#tail;
  }

  #source(file: FileRef): SourceFile {
    if ('path' in file) return { path: file.path, name: basename(file.path) };
    return this.#parts.uploads.source(file.uploadId);
  }

  async #import(
    request: ImportRequest | RecordRequest,
    files: readonly FileRef[],
    signal?: AbortSignal,
  ): Promise<ImportReport> {
    if (this.#waiting >= MAX_WAITING) throw new AppError('TOO_MANY_IMPORTS', { limit: MAX_WAITING });
    this.#waiting += 1;
    const turn = this.#tail.then(() => {
      this.#waiting -= 1;
      if (this.#closed || signal?.aborted) throw new AppError('IMPORT_INTERRUPTED');
      return this.#run(request, signal);
    });
    this.#tail = turn.catch(() => undefined);
    const report = await turn;
    for (const file of files) if ('uploadId' in file) await this.#parts.uploads.remove(file.uploadId);
    this.#parts.imported(report);
    return report;
  }

  async #run(request: ImportRequest | RecordRequest, signal?: AbortSignal): Promise<ImportReport> {
    const importId = this.#parts.ids.next();
    const startedMs = this.#parts.clock.monotonicMs();
    const order: ImportOrder = { candlesPath: this.#parts.candles.path, request };
    const worker = new Worker(this.#parts.workerUrl, { workerData: order, resourceLimits: WORKER_LIMITS });
    const cancel = (): void => worker.postMessage(CANCEL_IMPORT);
    let latest: ImportProgress = { importId, file: request.files[0]?.name ?? '', state: 'running', rows: 0 };
    const tell = (change: Partial<ImportProgress>): void => {
      latest = { ...latest, ...change };
      this.#running = latest.state === 'running' ? { progress: latest, cancel } : null;
      for (const listener of this.#listeners) listener(latest);
    };
    tell({});
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const report = await outcome(worker, ({ file, rows }) => tell({ file, rows }));
      tell({ state: 'done', rows: report.rows + report.rejectedRows });
      return { ...report, ms: Math.round(this.#parts.clock.monotonicMs() - startedMs) };
    } catch (error) {
      const canceled = error instanceof AppError && error.code === 'IMPORT_INTERRUPTED';
      tell({ state: canceled ? 'canceled' : 'failed' });
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}

/** The report or the error of a worker, after it has ended: its file lock and its memory are free by then. */
function outcome(
  worker: Worker,
  progress: (at: { readonly file: string; readonly rows: number }) => void,
): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    let report: ImportReport | null = null;
    // A worker that ends without a word (killed, out of memory) has rolled back with its connection.
    let failure: Error = new AppError('IMPORT_INTERRUPTED');
    worker.on('message', (news: ImportNews) => {
      if (news.say === 'progress') progress(news);
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
