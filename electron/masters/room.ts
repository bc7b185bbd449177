/** Symbol masters as the core sees them: files in, downloads, the nightly one, and the search over all of it. */
import { join } from 'node:path';
import { MasterStore, type KeptFault } from '#core/storage/index.ts';
import type {
  FileRef,
  FoundMaster,
  MasterFileReport,
  MasterFileState,
  MasterNightly,
  MasterProgress,
  MasterReport,
  MasterStatus,
  MasterSymbol,
} from '#shared/contract/index.ts';
import type { Instrument, InstrumentId, Reason } from '#shared/domain/index.ts';
import { AppError, envelope, type ErrorCode } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import { foundOf, isoDay, symbolDetails, TRADED_PRODUCTS } from './details.ts';
import { fetchMasters, type MissedFile, type OpenWays } from './download.ts';
import { masterSpecs, specOf, type MasterFileSpec } from './files.ts';
import { masterInstrument } from './instruments.ts';
import { masterIssues, type MasterIssue } from './issue-facts.ts';
import { Nightly } from './nightly.ts';
import { MasterSearch, type MasterQuery } from './search/master-search.ts';
import type { NamedPath } from './sources.ts';
import { WorkerJobs } from './worker-jobs.ts';

/** Files sent up by a browser. */
export interface UploadedFiles {
  source(uploadId: string): NamedPath;
  remove(uploadId: string): Promise<void>;
}

export interface MasterRoomParts {
  readonly dataDir: string;
  /** The built worker entry. */
  readonly workerUrl: URL;
  readonly uploads: UploadedFiles;
  readonly open: OpenWays;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Told after each import that changed something. */
  imported(): void;
}

/** Issues remembered, known or not: several times what anybody looks at in a day. */
const MOST_REMEMBERED = 20_000;

const IDLE: MasterProgress = { state: 'done', file: '', rows: 0, fetched: null };

/** The words of an error that was kept. */
function reasonOf({ code, params }: Pick<KeptFault, 'code' | 'params'>): Reason {
  const { messageKo, actionKo } = envelope(code as ErrorCode, params);
  return { code, messageKo, actionKo };
}

export class MasterRoom {
  readonly #parts: MasterRoomParts;
  readonly #store: MasterStore;
  readonly #jobs: WorkerJobs;
  readonly #search: MasterSearch;
  readonly #nightly: Nightly;
  readonly #listeners = new Set<(progress: MasterProgress) => void>();
  readonly #life = new AbortController();
  /** Issues by id as the files tell them; null: they do not. */
  readonly #remembered = new Map<InstrumentId, Instrument | null>();
  #progress: MasterProgress = IDLE;

  /** Opens the store. Throws DATA_NOT_WRITABLE, DISK_FULL, DB_CORRUPT, DB_NEWER. */
  constructor(parts: MasterRoomParts) {
    this.#parts = parts;
    const { clock, timers, logger, workerUrl } = parts;
    const path = join(parts.dataDir, 'masters.db');
    this.#store = MasterStore.open(path);
    this.#jobs = new WorkerJobs({ workerUrl, path });
    this.#search = new MasterSearch({ workerUrl, path });
    this.#nightly = new Nightly({
      path: join(parts.dataDir, 'masters.json'),
      clock,
      timers,
      logger,
      run: () => this.download(null, this.#life.signal),
    });
  }

  status(): MasterStatus {
    const files = this.#fileStates();
    const symbols = files.reduce((sum, { kept }) => sum + (kept?.rows ?? 0), 0);
    return { files, symbols, nightly: this.#nightly.state() };
  }

  /** Lines of a file that were left out. */
  faults(file: string): { readonly line: number; readonly reason: string }[] {
    return this.#store.faults(file).map((fault) => ({ line: fault.line, reason: reasonOf(fault).messageKo }));
  }

  /** Files, archives and folders of this machine, or files that were sent up. */
  async importFiles(refs: readonly FileRef[], signal?: AbortSignal): Promise<MasterReport> {
    const paths = refs.map((ref) =>
      'path' in ref ? { path: ref.path, name: ref.path } : this.#uploaded(ref.uploadId),
    );
    const report = await this.#told(() => this.#read({ paths, source: 'file' }, signal));
    for (const ref of refs) if ('uploadId' in ref) await this.#parts.uploads.remove(ref.uploadId);
    return report;
  }

  /** Fetches the named files, or all, and takes in those that came. Throws MASTER_DOWNLOAD where none can come. */
  async download(files: readonly string[] | null, signal?: AbortSignal): Promise<MasterReport> {
    const specs = files === null ? masterSpecs() : files.map((file) => this.#spec(file));
    try {
      const { report, missed } = await this.#told(() => this.#fetch(specs, signal));
      if (files === null) this.#nightly.told(missed.find(({ gone }) => !gone)?.error ?? null);
      return report;
    } catch (error) {
      const stopped = error instanceof AppError && error.code === 'IMPORT_INTERRUPTED';
      if (files === null && !stopped) this.#nightly.told(error);
      throw error;
    }
  }

  /** Throws MASTER_HOST. */
  configure(wish: Parameters<Nightly['configure']>[0]): MasterNightly {
    return this.#nightly.configure(wish);
  }

  async search(query: MasterQuery): Promise<FoundMaster[]> {
    return (await this.#search.find(query)).map(foundOf);
  }

  /** Ids under which chart, book and ticket may know what is found, the best first. */
  async searchIssues(query: string, limit: number): Promise<readonly InstrumentId[]> {
    const found = await this.search({ query, products: TRADED_PRODUCTS, limit });
    // A bond stands in a line for each market it is traded in.
    return [...new Set(found.flatMap(({ instrumentId }) => instrumentId ?? []))];
  }

  /** The issue of an id as the files tell it; undefined where they do not, and for a Korean share (`issues`). */
  instrument(id: InstrumentId): Instrument | undefined {
    const known = this.#remembered.get(id);
    if (known !== undefined) return known ?? undefined;
    const found = masterInstrument(this.#store, id);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, found ?? null);
    return found;
  }

  /** Throws MASTER_SYMBOL_UNKNOWN. */
  symbol(id: string): MasterSymbol {
    return symbolDetails(this.#store, id);
  }

  /** What the stock masters say of Korean issues. */
  issues(): readonly MasterIssue[] {
    return masterIssues(this.#store);
  }

  /** Tells the progress now and at each change; returns what stops it. */
  watch(listener: (progress: MasterProgress) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#progress);
    return () => void this.#listeners.delete(listener);
  }

  /** Cancels what runs, and returns when no worker is left. */
  async close(): Promise<void> {
    this.#life.abort();
    await this.#jobs.close();
    await this.#nightly.close();
    await this.#search.close();
    this.#store.close();
  }

  #fileStates(): MasterFileState[] {
    const kept = new Map(this.#store.files().map((file) => [file.file, file]));
    const refusals = new Map(this.#store.refusals().map((refusal) => [refusal.file, refusal]));
    return masterSpecs().map(({ id, title, layout }): MasterFileState => {
      const file = kept.get(id);
      const refusal = refusals.get(id);
      const names = layout.fields.map(({ name }) => name).join();
      return {
        file: id,
        title,
        kept: file
          ? {
              rows: file.rows,
              faulty: file.faulty,
              bytes: file.bytes,
              sha256: file.sha256,
              fileDate: isoDay(file.fileDate),
              importedTs: file.importedTs,
              source: file.source,
              otherLayout: file.columns.join() !== names,
            }
          : null,
        refused: refusal ? { ts: refusal.ts, why: reasonOf(refusal) } : null,
      };
    });
  }

  #spec(file: string): MasterFileSpec {
    const spec = specOf(file);
    if (!spec) throw new AppError('MASTER_FILE_UNKNOWN', { path: file });
    return spec;
  }

  #uploaded(uploadId: string): NamedPath {
    return this.#parts.uploads.source(uploadId);
  }

  /** Runs what tells its progress, and tells how it ended. */
  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.#tell({ state: 'done' });
      return result;
    } catch (error) {
      const canceled = error instanceof AppError && error.code === 'IMPORT_INTERRUPTED';
      this.#tell({ state: canceled ? 'canceled' : 'failed' });
      throw error;
    }
  }

  async #read(
    request: { readonly paths: readonly NamedPath[]; readonly source: 'file' | 'download' },
    signal?: AbortSignal,
  ): Promise<MasterReport> {
    if (request.paths.length === 0) return { files: [], ms: 0 };
    const startedMs = this.#parts.clock.monotonicMs();
    this.#tell({ state: 'reading', file: '', rows: 0, ...(request.source === 'file' ? { fetched: null } : {}) });
    try {
      const report = await this.#jobs.run(request, {
        rows: ({ file, rows }) => this.#tell({ state: 'reading', file, rows }),
        ...(signal ? { signal } : {}),
      });
      return { ...report, ms: Math.round(this.#parts.clock.monotonicMs() - startedMs) };
    } finally {
      // Files taken before a later one failed are there all the same.
      this.#search.reload();
      this.#remembered.clear();
      if (!this.#life.signal.aborted) this.#parts.imported();
    }
  }

  async #fetch(
    specs: readonly MasterFileSpec[],
    signal?: AbortSignal,
  ): Promise<{ readonly report: MasterReport; readonly missed: readonly MissedFile[] }> {
    const { dataDir, open, clock } = this.#parts;
    const { files, missed } = await fetchMasters({
      base: this.#nightly.base,
      specs,
      folder: join(dataDir, 'masters-download'),
      open,
      ...(signal ? { signal } : {}),
      fetched: (done, file) => this.#tell({ state: 'downloading', file, rows: 0, fetched: { done, of: specs.length } }),
    });
    const report = await this.#read({ paths: files, source: 'download' }, signal);
    const lost = missed.map(({ spec, error }): MasterFileReport => {
      this.#store.refuse({ file: spec.id, ts: clock.now(), code: error.code, params: error.params });
      const why = reasonOf({ code: error.code, params: error.params });
      const rowsBefore = this.#store.file(spec.id)?.rows ?? null;
      return { file: spec.id, title: spec.title, state: 'refused', rows: 0, rowsBefore, faulty: 0, error: why };
    });
    return { report: { ...report, files: [...report.files, ...lost] }, missed };
  }

  #tell(change: Partial<MasterProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    for (const listener of this.#listeners) listener(this.#progress);
  }
}
