/** Masters area: the broker's symbol files, and the search over everything that they name. */
import { z } from 'zod';
import { IsoDate, MasterProduct, Reason } from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';
import { FileRef } from './data.ts';

/** A master file by the name it has unpacked: "kospi_code.mst". */
const MasterFileId = z.string().min(1).max(64);
/** File, variant and code of a symbol: "kospi_code.mst::005930". */
export const MasterSymbolId = z.string().min(3).max(160);

/** What became of one file of an import. */
export const MasterFileReport = z.strictObject({
  file: MasterFileId,
  title: z.string(),
  /** refused: its old rows are still there. */
  state: z.enum(['taken', 'refused']),
  rows: z.int().nonnegative(),
  /** Rows before; null: there were none. */
  rowsBefore: z.int().nonnegative().nullable(),
  /** Lines that were left out. */
  faulty: z.int().nonnegative(),
  error: Reason.nullable(),
});
export type MasterFileReport = z.infer<typeof MasterFileReport>;

export const MasterReport = z.strictObject({ files: z.array(MasterFileReport), ms: z.number().nonnegative() });
export type MasterReport = z.infer<typeof MasterReport>;

/** How one file stands. */
export const MasterFileState = z.strictObject({
  file: MasterFileId,
  title: z.string(),
  /** null: never imported. */
  kept: z
    .strictObject({
      rows: z.int().nonnegative(),
      faulty: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      sha256: z.string(),
      /** Day on which the broker packed it, in Korea; null: the file does not tell. */
      fileDate: IsoDate.nullable(),
      importedTs: z.int(),
      source: z.enum(['file', 'download']),
      /** true: another layout than this program knows; its rows stay readable. */
      otherLayout: z.boolean(),
    })
    .nullable(),
  /** The last import or download that was not taken; null: it was. */
  refused: z.strictObject({ ts: z.int(), why: Reason }).nullable(),
});
export type MasterFileState = z.infer<typeof MasterFileState>;

/** The nightly download. */
export const MasterNightly = z.strictObject({
  on: z.boolean(),
  /** Where files come from: the official host, or this machine. */
  base: z.string(),
  official: z.boolean(),
  /** When it runs, "HH:MM" in Korea. */
  at: z.string(),
  /** When it runs next; null: it is off. */
  nextTs: z.int().nullable(),
  /** The last download that brought every file; null: none did. */
  doneTs: z.int().nullable(),
  /** Why the last one failed, and how often in a row; null: it did not. */
  failed: z.strictObject({ ts: z.int(), times: z.int().positive(), why: Reason }).nullable(),
});
export type MasterNightly = z.infer<typeof MasterNightly>;

export const MasterStatus = z.strictObject({
  files: z.array(MasterFileState),
  symbols: z.int().nonnegative(),
  nightly: MasterNightly,
});
export type MasterStatus = z.infer<typeof MasterStatus>;

export const MasterProgress = z.strictObject({
  state: z.enum(['downloading', 'reading', 'done', 'failed', 'canceled']),
  /** The file at hand; '' before the first. */
  file: z.string(),
  rows: z.int().nonnegative(),
  /** Files fetched of those asked for; null: nothing is downloaded. */
  fetched: z.strictObject({ done: z.int().nonnegative(), of: z.int().nonnegative() }).nullable(),
});
export type MasterProgress = z.infer<typeof MasterProgress>;

export const FoundMaster = z.strictObject({
  id: MasterSymbolId,
  code: z.string(),
  standard: z.string().nullable(),
  nameKo: z.string(),
  nameEn: z.string().nullable(),
  product: MasterProduct,
  market: z.string(),
  /** The issue that chart, book and ticket know it by; null: they do not know it. */
  instrumentId: z.string().nullable(),
});
export type FoundMaster = z.infer<typeof FoundMaster>;

export const MasterFieldValue = z.strictObject({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['code', 'text', 'choice', 'flag', 'number', 'date', 'filler']),
  /** As the file has it; '' where the row has nothing. */
  raw: z.string(),
  /** What a code means in Korean; null: the layout does not say. */
  meaningKo: z.string().nullable(),
});
export type MasterFieldValue = z.infer<typeof MasterFieldValue>;

export const MasterSymbol = z.strictObject({
  symbol: FoundMaster,
  file: MasterFileId,
  title: z.string(),
  fileDate: IsoDate.nullable(),
  importedTs: z.int(),
  fields: z.array(MasterFieldValue),
  /** Of a theme: its issues; of an issue: its themes. At most 500. */
  linked: z.array(FoundMaster).max(500),
});
export type MasterSymbol = z.infer<typeof MasterSymbol>;

export const masters = area({
  status: method({
    about: 'How each symbol master file stands, and the nightly download.',
    input: z.strictObject({}),
    output: MasterStatus,
  }),
  faults: method({
    about: 'Lines of a file that were left out, with the reason; at most 1,000.',
    input: z.strictObject({ file: MasterFileId }),
    output: z.array(z.strictObject({ line: z.int().nonnegative(), reason: z.string() })).max(1_000),
  }),
  importFiles: method({
    about:
      'Imports symbol master files as the broker gives them (plain or zip), or folders of them. Each file whole or not at all.',
    input: z.strictObject({ files: z.array(FileRef).min(1).max(50) }),
    output: MasterReport,
  }),
  download: method({
    about: 'Downloads symbol master files from the set address and imports them; all if none is named.',
    input: z.strictObject({ files: z.array(MasterFileId).min(1).max(50).nullable().default(null) }),
    output: MasterReport,
  }),
  configure: method({
    about: 'Switches the nightly download, or sets where files come from; null for the base means the official host.',
    input: z.strictObject({ nightly: z.boolean().optional(), base: z.string().max(200).nullable().optional() }),
    output: MasterNightly,
  }),
  progress: stream({
    about: 'Progress of the import or download under way.',
    input: z.strictObject({}),
    item: MasterProgress,
    mode: 'latest',
  }),
  search: method({
    about:
      'Symbols of every product and market by code, Korean or English name, or initial consonants; the best first.',
    input: z.strictObject({
      query: z.string().max(80),
      /** None: all. */
      products: z.array(MasterProduct).max(20).default([]),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.array(FoundMaster),
  }),
  symbol: method({
    about: 'One symbol with every field of its file, labelled.',
    input: z.strictObject({ id: MasterSymbolId }),
    output: MasterSymbol,
  }),
});
