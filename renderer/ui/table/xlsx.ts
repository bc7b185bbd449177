/** Hands rows to the worker that writes workbooks; loaded with the first workbook. */
import { AppError } from '#shared/errors/index.ts';
import { paced, type Journey, type RowSource } from './row-source.ts';
import type { FromWorker, ToWorker } from './sheet.worker.ts';

/** The workbook of a table. Throws EXPORT_FAILED, or the signal's reason where it is cancelled. */
export async function xlsxFile(name: string, source: RowSource, journey: Journey): Promise<Blob> {
  const worker = new Worker(new URL('./sheet.worker.ts', import.meta.url), { type: 'module' });
  const tell = (message: ToWorker): void => worker.postMessage(message);
  const stop = new AbortController();
  try {
    const file = new Promise<Blob>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
        if (event.data.kind === 'done') resolve(event.data.file);
        else reject(new AppError('EXPORT_FAILED', { why: event.data.why }));
      });
      worker.addEventListener('error', (event) => reject(new AppError('EXPORT_FAILED', { why: event.message })));
      const cancelled = (): void => reject(journey.signal.reason as Error);
      journey.signal.addEventListener('abort', cancelled, { signal: stop.signal });
    });
    // Where the rows fail first, nobody waits for the file any more.
    file.catch(() => undefined);
    tell({ kind: 'start', name, header: source.header });
    for await (const slice of paced(source, journey)) tell({ kind: 'rows', rows: slice });
    tell({ kind: 'end' });
    return await file;
  } finally {
    stop.abort();
    worker.terminate();
  }
}
