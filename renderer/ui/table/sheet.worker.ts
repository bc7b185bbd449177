/** Writes a workbook beside the screen: packing 100,000 rows takes seconds, and the page must not wait for them. */
import writeXlsxFile from 'write-excel-file/universal';
import type { OutRow } from './row-source.ts';
import { sheetsOf } from './sheet.ts';

/** What the page sends: the head once, rows in slices, then the end. */
export type ToWorker =
  | { readonly kind: 'start'; readonly name: string; readonly header: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: readonly OutRow[] }
  | { readonly kind: 'end' };

export type FromWorker =
  { readonly kind: 'done'; readonly file: Blob } | { readonly kind: 'failed'; readonly why: string };

let name = '';
let header: readonly string[] = [];
const rows: OutRow[] = [];

function answer(message: FromWorker): void {
  postMessage(message);
}

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind === 'start') ({ name, header } = message);
  else if (message.kind === 'rows') rows.push(...message.rows);
  else {
    Promise.resolve()
      .then(() => writeXlsxFile(sheetsOf(name, header, rows)).toBlob())
      .then((file) => answer({ kind: 'done', file }))
      .catch((error: unknown) => answer({ kind: 'failed', why: String(error) }));
  }
});
