/** What the panel asks of the core: files in, downloads, settings, searches; every step is written to the slice. */
import type { FileRef, MasterReport } from '#shared/contract/index.ts';
import type { MasterProduct } from '#shared/domain/index.ts';
import type { CoreClient } from '../../../client/supervisor.ts';
import { uploadFile } from '../../../client/upload.ts';
import { type Workstation, wordsOf } from '../../../client/workstation.ts';
import { useMasters } from '../slice.ts';

/** Symbols shown at a time. */
export const FOUND_LIMIT = 100;
/** Below the number of uploads that the core keeps; past it the oldest gives way. */
const FILES_AT_ONCE = 6;

let running: AbortController | null = null;
let asked = 0;

/** Stops what is under way; the core keeps its old rows. */
export function cancelMasters(): void {
  running?.abort();
}

export async function loadStatus(client: CoreClient): Promise<void> {
  try {
    useMasters.setState({ status: await client.masters.status({}) });
  } catch (error) {
    useMasters.setState({ error: wordsOf(error) });
  }
}

/** Follows imports and downloads, the nightly one too; returns what stops it. */
export function followMasters(client: CoreClient): () => void {
  void loadStatus(client);
  return client.masters.progress(
    {},
    {
      batch(items) {
        const progress = items.at(-1);
        if (!progress) return;
        const before = useMasters.getState().progress;
        useMasters.setState({ progress });
        const ended = progress.state !== 'downloading' && progress.state !== 'reading';
        if (before && ended && before.state !== progress.state) void loadStatus(client);
      },
    },
  );
}

async function work(
  workstation: Workstation,
  run: (client: CoreClient, signal: AbortSignal) => Promise<MasterReport>,
): Promise<void> {
  const { client } = workstation;
  if (!client || running) return;
  const abort = new AbortController();
  running = abort;
  useMasters.setState({ running: { step: 'core' }, report: null, error: null });
  try {
    const report = await run(client, abort.signal);
    useMasters.setState({ report });
    // Issues may be new, and their facts.
    await workstation.loadInstruments(client);
  } catch (error) {
    useMasters.setState({ error: abort.signal.aborted ? null : wordsOf(error) });
  } finally {
    running = null;
    useMasters.setState({ running: null });
    await loadStatus(client);
    await find(client);
  }
}

/** Sends the chosen files up and takes them in, some at a time: the core keeps few uploads, and each file is whole by itself. */
export function importMasters(workstation: Workstation, files: readonly File[]): Promise<void> {
  return work(workstation, async (client, signal) => {
    const reports: MasterReport[] = [];
    for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
      const refs: FileRef[] = [];
      for (const file of files.slice(first, first + FILES_AT_ONCE)) {
        const progress = (share: number): void =>
          useMasters.setState({ running: { step: 'sending', name: file.name, share } });
        refs.push({ uploadId: await uploadFile(client, file, { signal, progress }) });
      }
      useMasters.setState({ running: { step: 'core' } });
      reports.push(await client.masters.importFiles({ files: refs }, { signal }));
    }
    return { files: reports.flatMap((report) => report.files), ms: reports.reduce((sum, { ms }) => sum + ms, 0) };
  });
}

/** Fetches every file, or one. */
export function downloadMasters(workstation: Workstation, file: string | null): Promise<void> {
  return work(workstation, (client, signal) =>
    client.masters.download({ files: file === null ? null : [file] }, { signal }),
  );
}

/** Switches the nightly download or sets where files come from; true: it is set. */
export async function configureMasters(
  client: CoreClient | null,
  wish: { readonly nightly?: boolean; readonly base?: string | null },
): Promise<boolean> {
  if (!client) return false;
  try {
    await client.masters.configure(wish);
    useMasters.setState({ error: null });
    await loadStatus(client);
    return true;
  } catch (error) {
    useMasters.setState({ error: wordsOf(error) });
    return false;
  }
}

/** Looks for what stands in the slice; only the newest answer counts. */
export async function find(client: CoreClient): Promise<void> {
  const { query, product } = useMasters.getState();
  asked += 1;
  const mine = asked;
  try {
    const products: MasterProduct[] = product === 'all' ? [] : [product];
    // An empty query makes the search ready.
    const found = await client.masters.search({ query, products, limit: FOUND_LIMIT });
    if (mine === asked) useMasters.setState({ found: query.trim() === '' ? null : found, findError: null });
  } catch (error) {
    if (mine === asked) useMasters.setState({ findError: wordsOf(error) });
  }
}

/** Shows the fields of a symbol; null closes them. */
export async function openSymbol(client: CoreClient | null, id: string | null): Promise<void> {
  useMasters.setState({ symbolId: id, symbol: null, symbolError: null });
  if (!client || id === null) return;
  try {
    const symbol = await client.masters.symbol({ id });
    if (useMasters.getState().symbolId === id) useMasters.setState({ symbol });
  } catch (error) {
    if (useMasters.getState().symbolId === id) useMasters.setState({ symbolError: wordsOf(error) });
  }
}

/** Shows the lines of a file that were left out; null closes them. */
export async function openFaults(client: CoreClient | null, file: string | null): Promise<void> {
  useMasters.setState({ file, faults: null });
  if (!client || file === null) return;
  try {
    const faults = await client.masters.faults({ file });
    if (useMasters.getState().file === file) useMasters.setState({ faults });
  } catch (error) {
    useMasters.setState({ error: wordsOf(error) });
  }
}
