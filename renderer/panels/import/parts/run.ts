/** Sends the chosen files and imports them; every step is written to the slice. */
import type { CsvMapping, FileRef, ImportReport, RecordKind } from '#shared/contract/index.ts';
import type { CoreClient } from '../../../client/supervisor.ts';
import { uploadFile } from '../../../client/upload.ts';
import { type Workstation, wordsOf } from '../../../client/workstation.ts';
import { useImportSlice } from '../slice.ts';
import { missingColumns, startMapping } from './mapping.ts';

/** Files of one import; the contract's bound. */
export const FILES_LIMIT = 50;

let running: AbortController | null = null;

/** Stops what is under way; the core keeps its old state. */
export function cancelImport(): void {
  running?.abort();
}

async function guarded(
  workstation: Workstation,
  run: (client: CoreClient, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { client } = workstation;
  if (!client || running) return;
  const abort = new AbortController();
  running = abort;
  const unwatch = client.data.progress(
    {},
    {
      batch(items) {
        const item = items.findLast((entry) => entry.state === 'running');
        const { state } = useImportSlice.getState();
        if (item && state.step === 'reading') useImportSlice.setState({ state: { ...state, rows: item.rows } });
      },
    },
  );
  try {
    await run(client, abort.signal);
  } catch (error) {
    useImportSlice.setState({
      state: abort.signal.aborted ? { step: 'choose' } : { step: 'failed', error: wordsOf(error) },
    });
  } finally {
    unwatch();
    running = null;
  }
}

async function send(client: CoreClient, file: File, signal: AbortSignal): Promise<string> {
  useImportSlice.setState({ state: { step: 'sending', name: file.name, share: 0 } });
  return uploadFile(client, file, {
    signal,
    progress: (share) => useImportSlice.setState({ state: { step: 'sending', name: file.name, share } }),
  });
}

function reading(name: string): void {
  useImportSlice.setState({ state: { step: 'reading', name, rows: 0 } });
}

/** Issues and days may be new now. */
async function finished(workstation: Workstation, client: CoreClient): Promise<void> {
  await workstation.loadInstruments(client);
}

type Import = (client: CoreClient, files: FileRef[], signal: AbortSignal) => Promise<ImportReport>;

/** Sends all files and imports them in one go. */
async function importFiles(workstation: Workstation, files: readonly File[], run: Import): Promise<void> {
  await guarded(workstation, async (client, signal) => {
    const refs: FileRef[] = [];
    for (const file of files.slice(0, FILES_LIMIT)) refs.push({ uploadId: await send(client, file, signal) });
    reading(files.map((file) => file.name).join(', '));
    const report = await run(client, refs, signal);
    useImportSlice.setState({ state: { step: 'done', report } });
    await finished(workstation, client);
  });
}

export function importKrx(workstation: Workstation, files: readonly File[]): Promise<void> {
  return importFiles(workstation, files, (client, refs, signal) =>
    client.data.importKrxEod({ files: refs }, { signal }),
  );
}

/** Minutes, trades or books of single days. */
export function importRecords(workstation: Workstation, files: readonly File[], kind: RecordKind): Promise<void> {
  return importFiles(workstation, files, (client, refs, signal) =>
    client.data.importRecords({ kind, files: refs }, { signal }),
  );
}

/** Imports at once where the columns are known, else asks for them. */
export async function openCsv(workstation: Workstation, file: File): Promise<void> {
  await guarded(workstation, async (client, signal) => {
    const uploadId = await send(client, file, signal);
    const preview = await client.data.csvPreview({ file: { uploadId } }, { signal });
    const mapping = startMapping(preview);
    if (!preview.remembered || missingColumns(mapping).length > 0) {
      useImportSlice.setState({ state: { step: 'mapping', uploadId, name: file.name, preview, mapping } });
      return;
    }
    await runCsv(workstation, client, { uploadId, name: file.name, mapping: null, signal });
  });
}

async function runCsv(
  workstation: Workstation,
  client: CoreClient,
  job: {
    readonly uploadId: string;
    readonly name: string;
    readonly mapping: CsvMapping | null;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  reading(job.name);
  const report = await client.data.importCsv(
    { file: { uploadId: job.uploadId }, mapping: job.mapping },
    { signal: job.signal },
  );
  useImportSlice.setState({ state: { step: 'done', report } });
  await finished(workstation, client);
}

export async function importMapped(workstation: Workstation): Promise<void> {
  const { state } = useImportSlice.getState();
  if (state.step !== 'mapping') return;
  const { uploadId, name, mapping } = state;
  await guarded(workstation, (client, signal) => runCsv(workstation, client, { uploadId, name, mapping, signal }));
}
