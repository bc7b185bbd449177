/** Sheets area: reference data of the broker as typed tables, each read when it is asked for and never before. */
import { z } from 'zod';
import { EndpointKind, IsoDate, Reason, SheetCell, SheetGroup, SheetKind, SheetNote } from '../domain/index.ts';
import { area, method } from '../rpc/define.ts';

const SheetId = z.string().min(1).max(60);

const Words = z.strictObject({ value: z.string(), ko: z.string(), en: z.string() });

/** Something that is asked before a sheet is read. */
export const SheetInput = z.discriminatedUnion('kind', [
  /** The issue in view, or one that is typed: "KRX:005930", "005930", abroad "NASD:AAPL", "HKS:00700". */
  z.strictObject({ kind: z.literal('issue'), id: z.string(), market: z.enum(['krx', 'overseas']) }),
  /** A code of a product that charts do not know. */
  z.strictObject({ kind: z.literal('code'), id: z.string(), ko: z.string(), en: z.string(), start: z.string() }),
  z.strictObject({
    kind: z.literal('choice'),
    id: z.string(),
    ko: z.string(),
    en: z.string(),
    choices: z.array(Words),
  }),
  z.strictObject({ kind: z.literal('day'), id: z.string(), ko: z.string(), en: z.string(), start: IsoDate }),
  z.strictObject({
    kind: z.literal('text'),
    id: z.string(),
    ko: z.string(),
    en: z.string(),
    start: z.string(),
    max: z.int().positive(),
  }),
]);
export type SheetInput = z.infer<typeof SheetInput>;

export const SheetColumn = z.strictObject({
  id: z.string(),
  ko: z.string(),
  en: z.string(),
  kind: SheetKind,
  /** true: up and down have their colours, and a plus its sign. */
  signed: z.boolean(),
  /** What codes mean; empty: as they stand. */
  words: z.array(Words),
});
export type SheetColumn = z.infer<typeof SheetColumn>;

export const SheetBlock = z.strictObject({
  name: z.string(),
  ko: z.string(),
  en: z.string(),
  /** facts: one record, name beside value · rows: a table */
  shape: z.enum(['facts', 'rows']),
  columns: z.array(SheetColumn),
  /** Drawn above the table; null: nothing is. `x` and `ys` are ids of columns. */
  chart: z.strictObject({ kind: z.enum(['line', 'bars']), x: z.string(), ys: z.array(z.string()) }).nullable(),
});
export type SheetBlock = z.infer<typeof SheetBlock>;

/** One sheet, as it can be asked for now. */
export const SheetInfo = z.strictObject({
  id: SheetId,
  group: SheetGroup,
  ko: z.string(),
  en: z.string(),
  /** The API behind it, by its id and the broker's name. */
  api: z.strictObject({ id: z.string(), name: z.string() }),
  inputs: z.array(SheetInput),
  blocks: z.array(SheetBlock),
  /** How it is drawn: a table · the option board, calls and puts at their strikes · a curve over its rows */
  view: z.enum(['table', 'options', 'curve']),
  /** Calls that one reading costs. */
  calls: z.int().positive(),
  /** A row opens another sheet: input of that sheet by column of this one; null: it does not. */
  opens: z.strictObject({ sheet: SheetId, from: z.record(z.string(), z.string()) }).nullable(),
  /** Why it cannot be read where readings go now; null: it can. */
  unavailable: Reason.nullable(),
});
export type SheetInfo = z.infer<typeof SheetInfo>;

/** Where readings go now. */
export const SheetSource = z.strictObject({
  /** simulator: the offline KIS in this process · paper, real: over the connection in force */
  env: z.enum(['simulator', 'paper', 'real']),
  endpoint: EndpointKind,
  /** Name of the connection; null: none is asked. */
  label: z.string().nullable(),
});
export type SheetSource = z.infer<typeof SheetSource>;

export const SheetRow = z.strictObject({
  /** The issue of the row as chart and watchlist know it; null: none, or none that they know. */
  issue: z.string().nullable(),
  /** In the order of the columns. */
  cells: z.array(SheetCell),
});
export type SheetRow = z.infer<typeof SheetRow>;

export const SheetAnswer = z.strictObject({
  sheet: SheetId,
  source: SheetSource,
  /** When the broker answered, epoch ms. */
  at: z.number(),
  /** Calls that what is shown has cost; 0: it was kept from an earlier reading. */
  calls: z.int().nonnegative(),
  /** true: made up by an emulator. */
  synthetic: z.boolean(),
  /** Why nothing was asked; null: it was. */
  unavailable: Reason.nullable(),
  blocks: z.array(
    z.strictObject({
      name: z.string(),
      rows: z.array(SheetRow),
      /** Heads that the answer gives to its columns; null: their own. */
      heads: z.array(z.string().nullable()).nullable(),
    }),
  ),
  notes: z.array(SheetNote),
  /** true: `more` brings the next page. */
  incomplete: z.boolean(),
});
export type SheetAnswer = z.infer<typeof SheetAnswer>;

export const sheets = area({
  list: method({
    about: 'Every sheet of reference data, and where readings go now.',
    input: z.strictObject({}),
    output: z.strictObject({ source: SheetSource, sheets: z.array(SheetInfo) }),
  }),
  read: method({
    about: 'One sheet as typed rows; what was read a short while ago is given again without a call.',
    input: z.strictObject({
      sheet: SheetId,
      /** Inputs by id; those left out begin as the list says. */
      params: z.record(z.string().max(40), z.string().max(200)).default({}),
      /** true: asks anew. */
      refresh: z.boolean().default(false),
      /** true: adds the next page to what was read. */
      more: z.boolean().default(false),
    }),
    output: SheetAnswer,
  }),
});
