/** One import of recorded days: every row of every file in one transaction, with a report of what was left out. */
import type { CandleStore, RecordKind } from '#core/storage/index.ts';
import type { ImportReport } from '#shared/contract/index.ts';
import { AppError, envelope } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { isProblem, rowProblem, type RowProblem } from './fields.ts';
import type { RecordFault } from './lines.ts';
import { RecordCollector, recordMapper, type RecordMapper } from './records.ts';
import type { ImportWatch } from './run.ts';
import { readRecords, type SourceFile } from './source.ts';

const LISTED_REJECTIONS = 1_000;
const PROGRESS_ROWS = 20_000;

const FAULTS: Readonly<Record<RecordFault, RowProblem>> = {
  columns: rowProblem('ROW_COLUMNS'),
  quotes: rowProblem('ROW_QUOTES'),
};

interface Tally {
  readonly collector: RecordCollector;
  readonly rejected: { file: string; line: number; reason: string }[];
  rejectedRows: number;
  readRows: number;
  levels: number;
}

export interface RecordImport {
  readonly kind: RecordKind;
  readonly files: readonly SourceFile[];
}

async function readFile(request: RecordImport, file: SourceFile, tally: Tally, watch: ImportWatch): Promise<void> {
  const rowsBefore = tally.readRows;
  let mapper: RecordMapper | null = null;
  const reject = (line: number, { problem, params }: RowProblem): void => {
    tally.rejectedRows += 1;
    if (tally.rejected.length >= LISTED_REJECTIONS) return;
    tally.rejected.push({ file: file.name, line, reason: envelope(problem, params).messageKo });
  };
  const count = (): void => {
    tally.readRows += 1;
    if (tally.collector.full) throw new AppError('FILE_TOO_LARGE', { path: file.name, limit: tally.readRows });
    if (tally.readRows % PROGRESS_ROWS === 0) watch.progress?.({ file: file.name, rows: tally.readRows });
  };
  const options = watch.signal ? { signal: watch.signal } : {};
  await readRecords(
    file,
    {
      record: (fields, line) => {
        if (mapper === null) {
          mapper = recordMapper(request.kind, fields);
          if (tally.levels > 0 && mapper.levels !== tally.levels)
            throw new AppError('FILE_LEVELS', { path: file.name });
          tally.levels = mapper.levels;
          return true;
        }
        count();
        const row = mapper.map(fields);
        if (isProblem(row)) reject(line, row);
        else {
          const twin = tally.collector.add(row, request.kind, line);
          if (twin !== null) reject(line, rowProblem('ROW_MINUTE', { line: twin }));
        }
        return true;
      },
      fault: (fault, line) => {
        count();
        reject(line, FAULTS[fault]);
      },
    },
    options,
  );
  if (tally.readRows === rowsBefore) throw new AppError('FILE_EMPTY', { path: file.name });
}

/** Runs an import of recorded days to its end; on any failure, and when aborted, nothing of it stays. */
export async function runRecordImport(
  parts: { readonly store: CandleStore; readonly clock: Clock },
  request: RecordImport,
  watch: ImportWatch = {},
): Promise<ImportReport> {
  const { store, clock } = parts;
  const startedAt = clock.monotonicMs();
  const tally: Tally = { collector: new RecordCollector(), rejected: [], rejectedRows: 0, readRows: 0, levels: 0 };
  for (const file of request.files) await readFile(request, file, tally, watch);
  store.begin();
  try {
    for (const day of tally.collector.stored(request.kind, tally.levels)) store.putRecord(day);
    if (watch.signal?.aborted) throw new AppError('IMPORT_INTERRUPTED');
    store.commit();
  } catch (error) {
    store.rollback();
    throw error;
  }
  const { rows, codes, dates } = tally.collector.summary();
  return {
    rows,
    instruments: codes,
    days: dates.length,
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    rejected: tally.rejected,
    rejectedRows: tally.rejectedRows,
    ms: Math.round(clock.monotonicMs() - startedAt),
  };
}
