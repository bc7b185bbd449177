/** Data area: files in, rows stored. */
import { z } from 'zod';
import { IsoDate } from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

/** A file the core can open (desktop, command line), or one sent up in chunks (browser). */
export const FileRef = z.union([
  z.strictObject({ path: z.string().min(1).max(4_096) }),
  z.strictObject({ uploadId: z.string().min(1).max(64) }),
]);
export type FileRef = z.infer<typeof FileRef>;

export const RejectedRow = z.strictObject({ file: z.string(), line: z.int().nonnegative(), reason: z.string() });

export const ImportReport = z.strictObject({
  rows: z.int().nonnegative(),
  instruments: z.int().nonnegative(),
  days: z.int().nonnegative(),
  from: IsoDate.nullable(),
  to: IsoDate.nullable(),
  /** At most 1,000 are listed; `rejectedRows` counts all. */
  rejected: z.array(RejectedRow).max(1_000),
  rejectedRows: z.int().nonnegative(),
  ms: z.number().nonnegative(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** Which column of a CSV holds what; null where the file has none. Asked once, remembered by the header line. */
export const CsvMapping = z.strictObject({
  date: z.string(),
  /** null: the whole file is one instrument, given as `code`. */
  codeColumn: z.string().nullable(),
  code: z.string().length(6).nullable(),
  open: z.string(),
  high: z.string(),
  low: z.string(),
  close: z.string(),
  volume: z.string(),
  value: z.string().nullable(),
});
export type CsvMapping = z.infer<typeof CsvMapping>;

export const CsvPreview = z.strictObject({
  header: z.array(z.string()),
  rows: z.array(z.array(z.string())).max(20),
  /** Remembered for this header, or guessed from the names; null where neither. */
  mapping: CsvMapping.nullable(),
  remembered: z.boolean(),
});
export type CsvPreview = z.infer<typeof CsvPreview>;

/** minutes 분봉 · trades 체결 · books 호가 */
export const RecordKind = z.enum(['minutes', 'trades', 'books']);
export type RecordKind = z.infer<typeof RecordKind>;

export const ImportProgress = z.strictObject({
  importId: z.string(),
  file: z.string(),
  state: z.enum(['running', 'done', 'failed', 'canceled']),
  rows: z.int().nonnegative(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

export const data = area({
  uploadBegin: method({
    about: 'Opens an upload of a file from a browser, at most 256 MiB.',
    input: z.strictObject({ name: z.string().min(1).max(255), size: z.int().positive().max(268_435_456) }),
    output: z.strictObject({ uploadId: z.string() }),
  }),
  uploadChunk: method({
    about: 'Appends one chunk (at most 4 MiB) at its offset.',
    input: z.strictObject({ uploadId: z.string(), offset: z.int().nonnegative() }),
    output: z.strictObject({ received: z.int().nonnegative() }),
    bytes: true,
  }),
  importKrxEod: method({
    about: 'Imports whole-market daily files (CSV, plain or gzip). All or nothing per call; bad rows are reported.',
    input: z.strictObject({ files: z.array(FileRef).min(1).max(50) }),
    output: ImportReport,
  }),
  csvPreview: method({
    about: 'First rows of any CSV and the mapping remembered for its header.',
    input: z.strictObject({ file: FileRef }),
    output: CsvPreview,
  }),
  importCsv: method({
    about: 'Imports daily rows of any CSV by a mapping; without one, the mapping remembered for the header is used.',
    input: z.strictObject({ file: FileRef, mapping: CsvMapping.nullable() }),
    output: ImportReport,
  }),
  importRecords: method({
    about:
      'Imports minutes, trades or books of single days (CSV, plain or gzip). A day takes the place of what was stored of it; all or nothing per call; bad rows are reported.',
    input: z.strictObject({ kind: RecordKind, files: z.array(FileRef).min(1).max(50) }),
    output: ImportReport,
  }),
  recordCoverage: method({
    about: 'How much is stored of minutes, trades and books: days of issues, and rows.',
    input: z.strictObject({}),
    output: z.array(z.strictObject({ kind: RecordKind, days: z.int().nonnegative(), rows: z.int().nonnegative() })),
  }),
  progress: stream({
    about: 'Progress of running imports.',
    input: z.strictObject({}),
    item: ImportProgress,
    mode: 'latest',
    key: (item) => item.importId,
  }),
  coverage: method({
    about: 'What has been imported.',
    input: z.strictObject({}),
    output: z.strictObject({
      rows: z.int().nonnegative(),
      instruments: z.int().nonnegative(),
      days: z.int().nonnegative(),
      from: IsoDate.nullable(),
      to: IsoDate.nullable(),
    }),
  }),
});
