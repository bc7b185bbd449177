/** An answer of the broker as the blocks of a sheet: typed rows, and notes of all that is not there or not known. */
import { derivativeId, InstrumentId, type SheetCell, type SheetNote, type SheetNoteKind } from '../domain/index.ts';
import type { Block, Coded, Column, ColumnMore, Sheet } from './define.ts';
import { orderExchange } from './exchanges.ts';
import { fieldsOf, readCell, type Fields } from './read-cell.ts';

export interface SheetRows {
  readonly name: string;
  readonly rows: readonly { readonly issue: string | null; readonly cells: readonly SheetCell[] }[];
  readonly heads: readonly (string | null)[] | null;
}

export interface ReadAnswer {
  readonly blocks: readonly SheetRows[];
  readonly notes: readonly SheetNote[];
}

/** Names of the fields that the catalogue knows, by block. */
export type KnownFields = (block: string) => readonly string[];

/** The column that names a row which has no name of its own. */
export const ROW_NAME = 'row';

/** What the rows of a block are called, by what stands in their first cell; empty: they have no names. */
function rowWords({ unroll, rowNames }: Block): readonly Coded[] {
  if (typeof unroll === 'object') return unroll;
  return (rowNames ?? []).map(([ko, en], place) => [String(place), ko, en]);
}

/** All columns of a block as they are shown: the name of the row before the others. */
export function columnsOf(block: Block): readonly Column[] {
  const words = rowWords(block);
  return words.length === 0 ? block.columns : [[ROW_NAME, 'choice', '항목', 'Item', { words }], ...block.columns];
}

/** The issue that a code means; null: charts know no such issue. */
export function issueOf(code: string, exchange: string | null): string | null {
  const bare = code.trim().toUpperCase();
  const market = exchange === null ? 'KRX' : orderExchange(exchange.trim().toUpperCase());
  if (market === null) return null;
  const short = market === 'KRX' && /^A[0-9A-Z]{6}$/.test(bare) ? bare.slice(1) : bare;
  const id = InstrumentId.safeParse(`${market}:${short}`);
  return id.success ? id.data : null;
}

/** The future or option that a code means; null: it is none. */
function derivativeOf(code: string, family: NonNullable<ColumnMore['family']>): string | null {
  const id = InstrumentId.safeParse(derivativeId(family, code.trim().toUpperCase()));
  return id.success ? id.data : null;
}

function records(block: unknown): readonly unknown[] {
  if (Array.isArray(block)) return block;
  return block === undefined || block === null ? [] : [block];
}

/** A row before it is read: its fields, what `#` stands for, and its name. */
interface Part {
  readonly fields: Fields;
  readonly item: string;
  readonly name: string | null;
}

function partsOf(block: Block, found: readonly unknown[]): readonly Part[] {
  const all = found.map(fieldsOf).filter((fields) => [...fields.values()].some((text) => text !== ''));
  const { unroll, rowNames } = block;
  if (unroll === undefined) {
    const named = (place: number): string | null => (rowNames?.[place] ? String(place) : null);
    return all.map((fields, place) => ({ fields, item: '', name: named(place) }));
  }
  const items =
    typeof unroll === 'number'
      ? Array.from({ length: unroll }, (_, place) => ({ item: String(place + 1), name: null }))
      : unroll.map(([item]) => ({ item, name: item }));
  return all.slice(0, 1).flatMap((fields) => items.map((each) => ({ fields, ...each })));
}

/** What a reading gathers about its gaps. */
class Notes {
  readonly #names = new Map<SheetNoteKind, Set<string>>();

  add(kind: SheetNoteKind, name?: string): void {
    const names = this.#names.get(kind) ?? new Set<string>();
    if (name !== undefined) names.add(name);
    this.#names.set(kind, names);
  }

  list(): SheetNote[] {
    return [...this.#names].map(([kind, names]) => ({ kind, names: [...names] }));
  }
}

const inItem = ([field, kind, ko, en, more]: Column, item: string): Column => {
  const name = field.replaceAll('#', item);
  return more === undefined ? [name, kind, ko, en] : [name, kind, ko, en, more];
};

function rowIssue(columns: readonly Column[], part: Part): string | null {
  for (const column of columns) {
    const [field, kind, , , more = {}] = inItem(column, part.item);
    if (kind !== 'issue') continue;
    const code = part.fields.get(field.toLowerCase()) ?? '';
    const exchange = more.exchange === undefined ? null : (part.fields.get(more.exchange.toLowerCase()) ?? '');
    const issue = code === '' ? null : more.family ? derivativeOf(code, more.family) : issueOf(code, exchange);
    if (issue !== null) return issue;
  }
  return null;
}

function readBlock(block: Block, found: readonly unknown[], notes: Notes): SheetRows['rows'] {
  const columns = columnsOf(block);
  return partsOf(block, found).map((part) => {
    const cells = columns.map((column): SheetCell => {
      if (column[0] === ROW_NAME) return part.name;
      const read = readCell(inItem(column, part.item), part.fields);
      if (read.value !== null) return read.value;
      notes.add(read.why, column[2]);
      return null;
    });
    return { issue: rowIssue(block.columns, part), cells };
  });
}

/** Whether rows came and none of them says anything: codes of another product are answered so. */
function saysNothing(sheet: Sheet, blocks: readonly SheetRows[]): boolean {
  let figures = 0;
  for (const [at, { rows }] of blocks.entries()) {
    const columns = columnsOf(sheet.blocks[at] as Block);
    for (const { cells } of rows) {
      for (const [place, cell] of cells.entries()) {
        const kind = columns[place]?.[1];
        if (kind === 'text' || kind === 'choice' || kind === 'issue') continue;
        if (cell !== null && cell !== 0 && cell !== false) return false;
        figures += 1;
      }
    }
  }
  return figures > 0;
}

function headsOf(block: Block, answer: Readonly<Record<string, unknown>>): SheetRows['heads'] {
  const { heads } = block;
  if (!heads) return null;
  const names = records(answer[heads.block]).map((each) => fieldsOf(each).get(heads.field.toLowerCase()) ?? null);
  const first = columnsOf(block).length - block.columns.length;
  return [...Array.from({ length: first }, () => null), ...block.columns.map((_, place) => names[place] ?? null)];
}

/** Fields that came and that the catalogue does not know, so that a change of the broker's is seen. */
function drift(block: Block, found: readonly unknown[], known: readonly string[], notes: Notes): void {
  if (known.length === 0) return;
  const names = new Set(known.map((name) => name.toLowerCase()));
  for (const record of found.slice(0, 1))
    for (const name of fieldsOf(record).keys()) if (!names.has(name)) notes.add('drift', `${block.block}.${name}`);
}

/** Reads an answer by the definition of its sheet. */
export function readAnswer(sheet: Sheet, answer: Readonly<Record<string, unknown>>, known: KnownFields): ReadAnswer {
  const notes = new Notes();
  const blocks = sheet.blocks.map((block): SheetRows => {
    const came = answer[block.block];
    const found = records(came);
    if (came === undefined) notes.add('block', block.block);
    drift(block, found, known(block.block), notes);
    const rows = readBlock(block, block.shape === 'facts' ? found.slice(0, 1) : found, notes);
    return { name: block.block, rows, heads: headsOf(block, answer) };
  });
  if (blocks.every(({ rows }) => rows.length === 0)) notes.add('empty');
  else if (saysNothing(sheet, blocks)) notes.add('blank');
  for (const block of sheet.blocks)
    for (const [, , ko, , more] of block.columns) if (more?.unsure === true) notes.add('unit', ko);
  return { blocks, notes: notes.list() };
}
