/** What the rows of a file mean for a watchlist: which issues, in which folders, and which rows cannot be taken and why. */
import { InstrumentId, type Instrument } from '#shared/domain/index.ts';
import { WATCH_FILE_COLUMNS } from '../../../text/file-columns.ts';
import type { CsvRow, Delimiter, Encoding } from './csv.ts';
import { assertReadable, delimiterOf, rowsOf, textOf } from './csv.ts';

/** How an issue was recognised: as it stands, after zeros in front were put back, by its name, or as an id that this market does not know. */
export type Recognised = 'code' | 'zeros' | 'name' | 'foreign';
/** Why a row cannot be taken. */
export type Refused = 'unknown' | 'many' | 'twice' | 'listed';

export interface ImportRow {
  readonly line: number;
  /** As it stands in the file. */
  readonly text: string;
  readonly folder: string;
  readonly id: string | null;
  readonly how: Recognised | Refused;
  /** Line of the row that had the issue before; null: none. */
  readonly before: number | null;
}

export interface ImportPreview {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** The first row names the columns. */
  readonly header: boolean;
  readonly rows: readonly ImportRow[];
}

/** Issues by what files call them. */
export interface Naming {
  readonly byId: ReadonlyMap<string, Instrument>;
  readonly byCode: ReadonlyMap<string, readonly string[]>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

type Meaning = keyof typeof WATCH_FILE_COLUMNS;
type Columns = Readonly<Record<Meaning, number | null>>;

/** The longest name of a folder. */
const FOLDER_CHARS = 40;

function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s.,()·_-]/g, '');
}

export function namingOf(list: readonly Instrument[]): Naming {
  const byCode = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  const put = (map: Map<string, string[]>, key: string, id: string): void => {
    if (key === '') return;
    const ids = map.get(key);
    if (!ids) map.set(key, [id]);
    else if (!ids.includes(id)) ids.push(id);
  };
  for (const { id, code, nameKo, nameEn } of list) {
    put(byCode, code, id);
    put(byName, plain(nameKo), id);
    if (nameEn !== null) put(byName, plain(nameEn), id);
  }
  return { byId: new Map(list.map((each) => [each.id, each])), byCode, byName };
}

/** A code without what spreadsheets and other programs put around it: ="005930", '005930, A005930, 005930.KS, KR7005930003. */
export function bareCode(text: string): string {
  const inner = text
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .toUpperCase();
  return (
    /^A([0-9A-Z]{6})$/.exec(inner)?.[1] ??
    /^KR7([0-9A-Z]{6})\d{3}$/.exec(inner)?.[1] ??
    inner.replace(/\.(?:KS|KQ)$/, '').replace(/^(\d+)\.0+$/, '$1')
  );
}

interface Found {
  readonly ids: readonly string[];
  readonly how: Recognised;
}

function byCodeOf(text: string, naming: Naming): Found | null {
  const code = bareCode(text);
  if (code === '') return null;
  if (naming.byId.has(code)) return { ids: [code], how: 'code' };
  const exact = naming.byCode.get(code);
  if (exact) return { ids: exact, how: 'code' };
  const padded = /^\d{1,5}$/.test(code) ? naming.byCode.get(code.padStart(6, '0')) : undefined;
  if (padded) return { ids: padded, how: 'zeros' };
  return InstrumentId.safeParse(code).success ? { ids: [code], how: 'foreign' } : null;
}

function byNameOf(text: string, naming: Naming): Found | null {
  const ids = naming.byName.get(plain(text.replace(/^'(?=[=+\-@])/, '')));
  return ids ? { ids, how: 'name' } : null;
}

function headerOf(row: CsvRow, naming: Naming): Columns | null {
  if (row.cells.some((cell) => byCodeOf(cell, naming) !== null)) return null;
  const find = (meaning: Meaning): number | null => {
    const names: readonly string[] = WATCH_FILE_COLUMNS[meaning].map(plain);
    const at = row.cells.findIndex((cell) => names.includes(plain(cell)));
    return at === -1 ? null : at;
  };
  const columns = { code: find('code'), name: find('name'), folder: find('folder') };
  return columns.code === null && columns.name === null ? null : columns;
}

/** Columns of a file without a head: the one with most codes, and the one with most names; no folder is guessed. */
function guessed(rows: readonly CsvRow[], naming: Naming): Columns {
  const width = Math.max(0, ...rows.slice(0, 200).map((row) => row.cells.length));
  const best = (find: (text: string) => Found | null): number | null => {
    let at: number | null = null;
    let most = 0;
    for (let column = 0; column < width; column += 1) {
      const count = rows.slice(0, 200).filter((row) => find(row.cells[column] ?? '') !== null).length;
      if (count > most) [at, most] = [column, count];
    }
    return at;
  };
  const code = best((text) => byCodeOf(text, naming));
  const name = best((text) => byNameOf(text, naming));
  return code === null && name === null ? { code: 0, name: null, folder: null } : { code, name, folder: null };
}

function folderOf(text: string): string {
  return text
    .replace(/^'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/, '')
    .trim()
    .slice(0, FOLDER_CHARS);
}

/** Reads rows against the issues that are known and those that the list holds already. */
export function readRows(
  rows: readonly CsvRow[],
  naming: Naming,
  listed: ReadonlySet<string>,
): Pick<ImportPreview, 'header' | 'rows'> {
  const [first, ...rest] = rows;
  const head = first ? headerOf(first, naming) : null;
  const body = head ? rest : rows;
  const columns = head ?? guessed(body, naming);
  const cell = (row: CsvRow, meaning: Meaning): string => {
    const at = columns[meaning];
    return at === null ? '' : (row.cells[at] ?? '');
  };
  const seen = new Map<string, number>();
  const out = body.map((row): ImportRow => {
    const [code, name] = [cell(row, 'code'), cell(row, 'name')];
    const found =
      byCodeOf(code, naming) ?? byNameOf(name, naming) ?? byNameOf(code, naming) ?? byCodeOf(name, naming) ?? null;
    const text = [code, name].filter((part) => part !== '').join(' · ') || row.cells.filter(Boolean).join(' · ');
    const common = { line: row.line, text, folder: folderOf(cell(row, 'folder')), before: null };
    const [id, other] = found?.ids ?? [];
    if (!found || id === undefined) return { ...common, id: null, how: 'unknown' };
    if (other !== undefined) return { ...common, id: null, how: 'many' };
    const before = seen.get(id);
    if (before !== undefined) return { ...common, id, how: 'twice', before };
    seen.set(id, row.line);
    return { ...common, id, how: listed.has(id) ? 'listed' : found.how };
  });
  return { header: head !== null, rows: out };
}

/** A file as it would be taken. Throws WATCH_FILE_LARGE, WATCH_FILE_TEXT, WATCH_FILE_QUOTE, WATCH_FILE_ROWS. */
export function previewOf(
  file: { readonly name: string; readonly bytes: Uint8Array },
  naming: Naming,
  listed: ReadonlySet<string>,
): ImportPreview {
  assertReadable(file.bytes.length);
  const { text, encoding } = textOf(file.bytes, file.name);
  const delimiter = delimiterOf(text);
  return { encoding, delimiter, ...readRows(rowsOf(text, delimiter), naming, listed) };
}

const TAKEN: ReadonlySet<string> = new Set<Recognised>(['code', 'zeros', 'name', 'foreign']);

/** The rows that can be taken; without `zeros` those stay out whose code had lost its zeros. */
export function takenRows(
  rows: readonly ImportRow[],
  zeros: boolean,
): readonly { readonly id: string; readonly folder: string }[] {
  return rows.flatMap(({ id, folder, how }) =>
    id !== null && TAKEN.has(how) && (zeros || how !== 'zeros') ? [{ id, folder }] : [],
  );
}
