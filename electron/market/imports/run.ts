/** One import: every row of every file in one transaction, with a report of what was taken and what was left out. */
import type { CandleStore, DailyBar, RecordKind } from '#core/storage/index.ts';
import type { CsvMapping, ImportReport } from '#shared/contract/index.ts';
import { AppError, envelope } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { csvMapper, fileDelimiter, mappingsToKeep, rememberedMapping } from './csv.ts';
import { isProblem, rowProblem, type RowProblem } from './fields.ts';
import { krxEodMapper, type RowMapper } from './krx-eod.ts';
import type { RecordFault } from './lines.ts';
import { readRecords, type SourceFile } from './source.ts';

export type ImportRequest =
  | { readonly kind: 'krx-eod'; readonly files: readonly SourceFile[] }
  | { readonly kind: 'csv'; readonly files: readonly SourceFile[]; readonly mapping: CsvMapping | null };

/** Minutes, trades or books of single days. */
export interface RecordRequest {
  readonly kind: 'records';
  readonly record: RecordKind;
  readonly files: readonly SourceFile[];
}

export interface ImportWatch {
  readonly signal?: AbortSignal;
  /** Rows read so far, all files together. */
  progress?(at: { readonly file: string; readonly rows: number }): void;
}

const LISTED_REJECTIONS = 1_000;
const PROGRESS_ROWS = 5_000;
/** Bars written together: enough that one issue's days fall on one page, few enough to stay small in memory. */
const BATCH_ROWS = 20_000;
/** All of KRX since 1995 is about seventeen million rows; they fit in two calls. */
const MAX_ROWS = 10_000_000;
const LINES_PER_FILE = 2 ** 27;

const FAULTS: Readonly<Record<RecordFault, RowProblem>> = {
  columns: rowProblem('ROW_COLUMNS'),
  quotes: rowProblem('ROW_QUOTES'),
};

/** Counts, and finds rows that come twice. */
class Tally {
  readonly rejected: { file: string; line: number; reason: string }[] = [];
  rejectedRows = 0;
  readRows = 0;
  #rows = 0;
  readonly #codes = new Map<string, number>();
  readonly #days = new Map<string, number>();
  /** By issue, then day: the file and line where it was last seen, 0 where never. Arrays, since a year is a million rows. */
  readonly #seen: Float64Array[] = [];

  reject(at: { readonly file: SourceFile; readonly line: number }, { problem, params }: RowProblem): void {
    this.rejectedRows += 1;
    if (this.rejected.length >= LISTED_REJECTIONS) return;
    this.rejected.push({ file: at.file.name, line: at.line, reason: envelope(problem, params).messageKo });
  }

  /** Notes a row; tells the line in the same file that already had its issue and day. Another file may have it again. */
  note(
    bar: { readonly code: string; readonly date: string },
    at: { readonly fileNumber: number; readonly line: number },
  ): number | null {
    const day = numberOf(this.#days, bar.date);
    const days = this.#daysOf(numberOf(this.#codes, bar.code), day);
    const before = days[day] ?? 0;
    if (before !== 0 && Math.floor(before / LINES_PER_FILE) === at.fileNumber) return before % LINES_PER_FILE;
    if (before === 0) this.#rows += 1;
    days[day] = at.fileNumber * LINES_PER_FILE + at.line;
    return null;
  }

  report(ms: number): ImportReport {
    const days = [...this.#days.keys()].sort();
    return {
      rows: this.#rows,
      instruments: this.#codes.size,
      days: days.length,
      from: days[0] ?? null,
      to: days.at(-1) ?? null,
      rejected: this.rejected,
      rejectedRows: this.rejectedRows,
      ms,
    };
  }

  #daysOf(code: number, day: number): Float64Array {
    const days = this.#seen[code] ?? new Float64Array(32);
    if (day >= days.length) {
      const longer = new Float64Array(2 * day);
      longer.set(days);
      this.#seen[code] = longer;
      return longer;
    }
    this.#seen[code] = days;
    return days;
  }
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

/** The mapper of a file of the request, once its header is known. */
function mapperOf({ store, request }: Run, file: SourceFile, header: readonly string[]): RowMapper {
  if (request.kind === 'krx-eod') return krxEodMapper(header);
  const named = { header, name: file.name };
  const mapping = request.mapping ?? rememberedMapping(named, (key) => store.csvMapping(key));
  if (!mapping) throw new AppError('CSV_MAPPING_NEEDED', { columns: header.join(', ') });
  if (mapping.code === null && mapping.codeColumn === null) throw new AppError('CSV_CODE_NEEDED', { path: file.name });
  const mapper = csvMapper(header, mapping);
  if (request.mapping) for (const [key, text] of mappingsToKeep(named, request.mapping)) store.putCsvMapping(key, text);
  return mapper;
}

interface Run {
  readonly store: CandleStore;
  readonly request: ImportRequest;
  readonly watch: ImportWatch;
  readonly tally: Tally;
}

async function importFile(run: Run, file: SourceFile, fileNumber: number): Promise<void> {
  const { store, request, watch, tally } = run;
  const rowsBefore = tally.readRows;
  let mapper: RowMapper | null = null;
  let batch: DailyBar[] = [];
  const count = (): void => {
    tally.readRows += 1;
    if (tally.readRows > MAX_ROWS) throw new AppError('FILE_TOO_LARGE', { path: file.name, limit: MAX_ROWS });
    if (tally.readRows % PROGRESS_ROWS === 0) watch.progress?.({ file: file.name, rows: tally.readRows });
  };
  const delimiter = request.kind === 'csv' ? await fileDelimiter(file) : ',';
  await readRecords(
    file,
    {
      record: (fields, line) => {
        if (mapper === null) {
          mapper = mapperOf(run, file, fields);
          return true;
        }
        count();
        const bar = mapper(fields);
        if (isProblem(bar)) {
          tally.reject({ file, line }, bar);
          return true;
        }
        const twin = tally.note(bar, { fileNumber, line });
        if (twin !== null) {
          tally.reject({ file, line }, rowProblem('ROW_DUPLICATE', { line: twin }));
          return true;
        }
        batch.push(bar);
        if (batch.length === BATCH_ROWS) {
          store.put(batch);
          batch = [];
        }
        return true;
      },
      fault: (fault, line) => {
        count();
        tally.reject({ file, line }, FAULTS[fault]);
      },
    },
    { delimiter, ...(watch.signal ? { signal: watch.signal } : {}) },
  );
  store.put(batch);
  if (tally.readRows === rowsBefore) throw new AppError('FILE_EMPTY', { path: file.name });
}

/** Runs an import to its end; on any failure, and when aborted, nothing of it stays. */
export async function runImport(
  parts: { readonly store: CandleStore; readonly clock: Clock },
  request: ImportRequest,
  watch: ImportWatch = {},
): Promise<ImportReport> {
  const { store, clock } = parts;
  const startedAt = clock.monotonicMs();
  const tally = new Tally();
  store.begin();
  try {
    for (const [fileNumber, file] of request.files.entries()) {
      await importFile({ store, request, watch, tally }, file, fileNumber);
    }
    if (watch.signal?.aborted) throw new AppError('IMPORT_INTERRUPTED');
    store.commit();
  } catch (error) {
    store.rollback();
    throw error;
  }
  return tally.report(Math.round(clock.monotonicMs() - startedAt));
}
