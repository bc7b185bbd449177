/** Reads the text of a small table: which encoding, which separator, which cells on which line. */
import { WATCHED_LIMIT } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** Bytes of a file that are read; a list of the most issues takes a tenth of it. */
export const FILE_BYTES = 4_000_000;
/** Rows that are read: as many as one list holds, and a head. */
export const FILE_ROWS = WATCHED_LIMIT;

export type Encoding = 'UTF-8' | 'CP949' | 'UTF-16';
export type Delimiter = ',' | '\t' | ';' | '|';
const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|'];
/** Lines by which the separator is told. */
const SNIFFED = 20;

/** Throws WATCH_FILE_LARGE before a byte is read. */
export function assertReadable(bytes: number): void {
  if (bytes > FILE_BYTES) {
    const mega = (size: number): string => (size / 1_000_000).toFixed(1).replace(/\.0$/, '');
    throw new AppError('WATCH_FILE_LARGE', { size: mega(bytes), limit: mega(FILE_BYTES), rows: WATCHED_LIMIT });
  }
}

function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Text of a file. UTF-8 is tried first, since text in CP949 is hardly ever valid in it. Throws WATCH_FILE_TEXT. */
export function textOf(bytes: Uint8Array, name: string): { readonly text: string; readonly encoding: Encoding } {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  const wide = little || big ? decoded(bytes, little ? 'utf-16le' : 'utf-16be') : null;
  if (wide !== null) return { text: wide, encoding: 'UTF-16' };
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== null && !utf8.includes('\0')) return { text: utf8, encoding: 'UTF-8' };
  // The standard's euc-kr is CP949 with all of its syllables.
  const korean = utf8 === null ? decoded(bytes, 'euc-kr') : null;
  if (korean !== null && !korean.includes('\0')) return { text: korean, encoding: 'CP949' };
  throw new AppError('WATCH_FILE_TEXT', { name });
}

/** The separator that parts the first lines most evenly; a comma where none does. */
export function delimiterOf(text: string): Delimiter {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, SNIFFED)
    .map((line) => line.replace(/"(?:[^"]|"")*"/g, ''));
  let best: Delimiter = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = counts[counts.length - 1] ?? 0;
    const even = counts.filter((count) => count === usual && count > 0).length;
    if (even > most) {
      best = delimiter;
      most = even;
    }
  }
  return best;
}

/** A row as it stands in the file; `line` counts from 1 and is where the row begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a text, empty ones left out (RFC 4180: quotes double themselves, and may hold separators and line ends).
 * Throws WATCH_FILE_QUOTE, and WATCH_FILE_ROWS where there are more than `limit`.
 */
export function rowsOf(text: string, delimiter: Delimiter, limit = FILE_ROWS + 1): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let closed = false;
  let line = 1;
  let began = 1;
  let openedAt = 1;
  const endCell = (): void => {
    cells.push(closed ? cell : cell.trim());
    cell = '';
    closed = false;
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((each) => each !== '')) rows.push({ line: began, cells });
    cells = [];
    began = line;
  };
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    const breaks = char === '\n' || (char === '\r' && text.charAt(at + 1) !== '\n');
    if (breaks) line += 1;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else {
        quoted = false;
        closed = true;
      }
    } else if (char === '"' && cell.trim() === '' && !closed) {
      quoted = true;
      openedAt = line;
      cell = '';
    } else if (char === delimiter) endCell();
    else if (breaks) endRow();
    else if (char !== '\r' && !(closed && char === ' ')) cell += char;
  }
  if (quoted) throw new AppError('WATCH_FILE_QUOTE', { line: openedAt });
  endRow();
  if (rows.length > limit) throw new AppError('WATCH_FILE_ROWS', { count: rows.length, limit: limit - 1 });
  return rows;
}
