/** The worker's side of master imports: does the one it was started for and reports. */
import type { MessagePort } from 'node:worker_threads';
import { MasterStore } from '#core/storage/index.ts';
import type { MasterReport } from '#shared/contract/index.ts';
import { AppError, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { runMasterImport, type MasterImport } from './run.ts';
import { serveSearch, type SearchOrder } from './search/serve.ts';

/** What the worker is started with. */
export interface MasterImportOrder {
  readonly masters: 'import';
  readonly path: string;
  readonly request: MasterImport;
}

export type MasterOrder = MasterImportOrder | SearchOrder;

/** What the worker says; the last word is `done`, `refused` or `broken`. */
export type MasterNews =
  | { readonly say: 'progress'; readonly file: string; readonly rows: number }
  | { readonly say: 'done'; readonly report: MasterReport }
  | { readonly say: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams }
  | { readonly say: 'broken'; readonly what: string };

/** The only word an import listens to. */
export const CANCEL_MASTERS = 'cancel';

async function serveImport(port: MessagePort, order: MasterImportOrder, clock: Clock): Promise<void> {
  const say = (news: MasterNews): void => port.postMessage(news);
  const stop = new AbortController();
  port.on('message', (word: unknown) => {
    if (word === CANCEL_MASTERS) stop.abort();
  });
  let store: MasterStore | null = null;
  try {
    store = MasterStore.open(order.path);
    const watch = {
      signal: stop.signal,
      progress: (at: { readonly file: string; readonly rows: number }) => say({ say: 'progress', ...at }),
    };
    say({ say: 'done', report: await runMasterImport({ store, clock }, order.request, watch) });
  } catch (error) {
    if (error instanceof AppError) say({ say: 'refused', code: error.code, params: error.params });
    else say({ say: 'broken', what: String((error as Error).stack ?? error) });
  } finally {
    store?.close();
    port.close();
  }
}

/** Serves an import to its end, or a search until it is closed. */
export async function serveMasters(port: MessagePort, order: MasterOrder, clock: Clock): Promise<void> {
  if (order.masters === 'search') serveSearch(port, order);
  else await serveImport(port, order, clock);
}
