/** One import of master files: each whole or not at all, with what was left out and why. */
import type { KeptFault, MasterStore } from '#core/storage/index.ts';
import type { MasterFileReport, MasterReport } from '#shared/contract/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { readMasterFile } from './read-file.ts';
import { isFault, recordReader } from './record-reader.ts';
import { findSources, type MasterSource, type NamedPath } from './sources.ts';
import { fieldsBy, symbolMaker, variantOf } from './symbol.ts';

export interface MasterImport {
  readonly paths: readonly NamedPath[];
  readonly source: 'file' | 'download';
}

export interface MasterWatch {
  readonly signal?: AbortSignal;
  /** Rows read so far of a file. */
  progress?(at: { readonly file: string; readonly rows: number }): void;
}

interface Parts {
  readonly store: MasterStore;
  readonly clock: Clock;
}

const LISTED_FAULTS = 1_000;
const PROGRESS_ROWS = 5_000;
/** One line in ten that does not fit is no broken line any more: the columns have moved. */
const DRIFT_SHARE = 10;

/** Lines that were left out, and whether they are so many that the file is another than the layout says. */
class Faults {
  readonly listed: KeptFault[] = [];
  count = 0;
  #drifted = 0;
  #first: { readonly line: number; readonly field: string } | null = null;

  /** `field`: of a line that does not fit the layout; null: of a twin, which fits. */
  add(fault: KeptFault, field: string | null): void {
    this.count += 1;
    if (this.listed.length < LISTED_FAULTS) this.listed.push(fault);
    if (field === null) return;
    this.#drifted += 1;
    this.#first ??= { line: fault.line, field };
  }

  /** Throws MASTER_DRIFT. `rows`: lines that fit. */
  assertNoDrift(rows: number): void {
    const total = rows + this.#drifted;
    if (this.#first === null || this.#drifted * DRIFT_SHARE < total) return;
    throw new AppError('MASTER_DRIFT', { total, faulty: this.#drifted, ...this.#first });
  }
}

async function readRows(
  parts: Parts,
  source: MasterSource,
  watch: MasterWatch,
): Promise<{
  readonly rows: number;
  readonly faults: Faults;
  readonly facts: Awaited<ReturnType<typeof readMasterFile>>;
}> {
  const { spec } = source;
  const { id, layout } = spec;
  const read = recordReader(layout);
  const symbolOf = symbolMaker(spec);
  const access = fieldsBy(layout);
  const faults = new Faults();
  const seen = new Map<string, number>();
  let rows = 0;
  const facts = await readMasterFile(
    source,
    (record, line) => {
      if ((rows + faults.count + 1) % PROGRESS_ROWS === 0)
        watch.progress?.({ file: id, rows: rows + faults.count + 1 });
      const values = read(record);
      if (isFault(values)) return faults.add({ line, code: values.code, params: values.params }, values.field);
      const { member: _member, ...symbol } = symbolOf(values);
      const variant = variantOf(spec, access(values));
      const key = `${variant}:${symbol.code}`;
      const twin = seen.get(key);
      if (twin !== undefined)
        return faults.add({ line, code: 'MASTER_ROW_TWIN', params: { line: twin, code: symbol.code } }, null);
      seen.set(key, line);
      rows += 1;
      parts.store.add(id, { ...symbol, variant, fields: values });
    },
    watch.signal ? { signal: watch.signal } : {},
  );
  return { rows, faults, facts };
}

/** Takes one file in, or leaves everything as it was and throws. */
async function takeFile(
  parts: Parts,
  source: MasterSource,
  how: { readonly from: 'file' | 'download'; readonly watch: MasterWatch },
): Promise<MasterFileReport> {
  const { store, clock } = parts;
  const { spec, name } = source;
  const before = store.file(spec.id)?.rows ?? null;
  store.begin(spec.id);
  try {
    const { rows, faults, facts } = await readRows(parts, source, how.watch);
    if (rows + faults.count === 0) throw new AppError('FILE_EMPTY', { path: name });
    faults.assertNoDrift(rows);
    if (how.watch.signal?.aborted === true) throw new AppError('IMPORT_INTERRUPTED');
    const columns = spec.layout.fields.map((field) => field.name);
    const { id: file, layout } = spec;
    const kept = { file, layout: layout.id, columns, rows, faulty: faults.count, importedTs: clock.now() };
    store.commit({ ...kept, ...facts, source: how.from }, faults.listed);
    return { file, title: spec.title, state: 'taken', rows, rowsBefore: before, faulty: faults.count, error: null };
  } catch (error) {
    store.rollback();
    throw error;
  }
}

/** A file that was not taken; the reason is remembered, so that the user can still read it tomorrow. */
function refusedFile(parts: Parts, { spec }: MasterSource, error: unknown): MasterFileReport {
  if (!(error instanceof AppError)) throw error;
  const { store, clock } = parts;
  store.refuse({ file: spec.id, ts: clock.now(), code: error.code, params: error.params });
  const before = store.file(spec.id)?.rows ?? null;
  const { code, messageKo, actionKo } = toEnvelope(error);
  const named = { file: spec.id, title: spec.title, state: 'refused', rowsBefore: before } as const;
  return { ...named, rows: 0, faulty: 0, error: { code, messageKo, actionKo } };
}

/** What ends the whole import: the disk, or the user. */
function endsAll(error: unknown): boolean {
  return !(error instanceof AppError) || /^(?:IMPORT_INTERRUPTED|DISK_|DATA_|DB_)/.test(error.code);
}

/**
 * Takes in every master file of what was named. A file that is refused leaves its old rows and does not hinder the others.
 * Throws what ends it all: IMPORT_INTERRUPTED, storage errors, and what is wrong with a path; files taken before stay.
 */
export async function runMasterImport(
  parts: Parts,
  request: MasterImport,
  watch: MasterWatch = {},
): Promise<MasterReport> {
  const startedMs = parts.clock.monotonicMs();
  const sources: MasterSource[] = [];
  for (const path of request.paths) sources.push(...(await findSources(path)));
  const files: MasterFileReport[] = [];
  for (const source of sources) {
    if (watch.signal?.aborted === true) throw new AppError('IMPORT_INTERRUPTED');
    watch.progress?.({ file: source.spec.id, rows: 0 });
    try {
      if (source.broken) throw source.broken;
      files.push(await takeFile(parts, source, { from: request.source, watch }));
    } catch (error) {
      if (endsAll(error)) throw error;
      files.push(refusedFile(parts, source, error));
    }
  }
  return { files, ms: Math.round(parts.clock.monotonicMs() - startedMs) };
}
