/** Cells as they leave the program: numbers stay numbers, and no text can act as a formula in a spreadsheet. */

/** null: empty. Numbers are finite and in the unit that a person reads (won, dollars). */
export type OutCell = string | number | null;

/** Signs with which a spreadsheet begins a formula; tab and line ends are dropped before one. */
const FORMULA_START = /^[\t\r\n]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The text with an apostrophe before it where a spreadsheet would take it for a formula. @source OWASP, CSV Injection */
export function guarded(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** A cell as plain text; a figure in full, without separators. */
export function plain(cell: OutCell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : guarded(cell);
}

const NEEDS_QUOTES = /[",\r\n]/;

/** One line of CSV without its end (RFC 4180). */
export function csvLine(cells: readonly OutCell[]): string {
  let line = '';
  for (const [at, cell] of cells.entries()) {
    const text = plain(cell);
    const out = NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    line += at === 0 ? out : `,${out}`;
  }
  return line;
}

/** What a CSV file begins with, so that Excel reads it as UTF-8. */
export const CSV_START = '\uFEFF';
export const CSV_END = '\r\n';

/** One line of the clipboard without its end; a tab or line end within a cell would tear it, so it becomes a space. */
export function tsvLine(cells: readonly OutCell[]): string {
  return cells.map((cell) => plain(cell).replace(/[\t\r\n]+/g, ' ')).join('\t');
}
