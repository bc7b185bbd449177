/** Writes a table into a file that the browser downloads, with progress, and stopped at any moment. */
import { browserClock, browserTimers } from '../platform.ts';
import { gridSource, shownNodes } from './grid-rows.ts';
import type { TableState } from './handle.ts';
import { Pace, type Progress, type RowSource } from './row-source.ts';
import { csvPieces } from './written.ts';

export type FileKind = 'csv' | 'xlsx';

/** How long the browser may take to begin a download before its address is withdrawn, milliseconds. */
const ADDRESS_MS = 60_000;
const BAD_IN_NAMES = /[\\/:*?"<>|\s]+/g;

/** "주문 2025-02-11" → "주문-2025-02-11.csv". */
export function fileName(title: string, kind: FileKind): string {
  return `${title.replace(BAD_IN_NAMES, '-')}.${kind}`;
}

/** What a table hands out now; null where it has not been drawn yet. */
export function exportSource<Row>({ api, source }: TableState<Row>): RowSource | null {
  if (source) return source();
  return api && gridSource(api, shownNodes(api, false));
}

async function fileOf(
  kind: FileKind,
  title: string,
  source: RowSource,
  how: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<Blob> {
  const journey = { ...how, pace: new Pace({ clock: browserClock, timers: browserTimers }) };
  if (kind === 'csv') return new Blob(await csvPieces(source, journey), { type: 'text/csv;charset=utf-8' });
  const { xlsxFile } = await import('./xlsx.ts');
  return xlsxFile(title, source, journey);
}

/** Writes the file and hands it to the browser. Throws EXPORT_FAILED, or the signal's reason where it is cancelled. */
export async function exportTable(parts: {
  readonly kind: FileKind;
  readonly title: string;
  readonly source: RowSource;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}): Promise<void> {
  const file = await fileOf(parts.kind, parts.title, parts.source, parts);
  parts.signal.throwIfAborted();
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(parts.title, parts.kind);
  link.click();
  browserTimers.after(ADDRESS_MS, () => URL.revokeObjectURL(address));
}
