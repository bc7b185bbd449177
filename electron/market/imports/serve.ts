/** The worker's side of an import: does the one it was started for and reports. */
import type { MessagePort } from 'node:worker_threads';
import { CandleStore } from '#core/storage/index.ts';
import type { ImportReport } from '#shared/contract/index.ts';
import { AppError, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { runRecordImport } from './run-records.ts';
import { runImport, type ImportRequest, type RecordRequest } from './run.ts';

/** What the worker is started with. */
export interface ImportOrder {
  readonly candlesPath: string;
  readonly request: ImportRequest | RecordRequest;
}

/** What the worker says; the last word is `done`, `refused` or `broken`. */
export type ImportNews =
  | { readonly say: 'progress'; readonly file: string; readonly rows: number }
  | { readonly say: 'done'; readonly report: ImportReport }
  | { readonly say: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams }
  | { readonly say: 'broken'; readonly what: string };

/** The only word the worker listens to. */
export const CANCEL_IMPORT = 'cancel';

/** Runs the import; a cancel takes effect between two pieces of the file and leaves nothing behind. */
export async function serveImport(port: MessagePort, order: ImportOrder, clock: Clock): Promise<void> {
  const say = (news: ImportNews): void => port.postMessage(news);
  const stop = new AbortController();
  port.on('message', (word: unknown) => {
    if (word === CANCEL_IMPORT) stop.abort();
  });
  let store: CandleStore | null = null;
  try {
    store = CandleStore.open(order.candlesPath);
    const watch = {
      signal: stop.signal,
      progress: (at: { readonly file: string; readonly rows: number }) => say({ say: 'progress', ...at }),
    };
    const { request } = order;
    const report =
      request.kind === 'records'
        ? await runRecordImport({ store, clock }, { kind: request.record, files: request.files }, watch)
        : await runImport({ store, clock }, request, watch);
    say({ say: 'done', report });
  } catch (error) {
    if (error instanceof AppError) say({ say: 'refused', code: error.code, params: error.params });
    else say({ say: 'broken', what: String((error as Error).stack ?? error) });
  } finally {
    store?.close();
    port.close();
  }
}
