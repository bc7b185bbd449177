/** A table as an Excel workbook. Cells of a sheet carry their type, so no text is ever taken for a formula. */
import type { Sheet } from 'write-excel-file/universal';
import type { OutRow } from './row-source.ts';

/** Rows of a sheet besides its header; Excel takes 1,048,576. */
const SHEET_ROWS = 1_000_000;
/** Letters of a sheet's name, and those that Excel refuses in it. */
const NAME_LIMIT = 28;
const NAME_BAD = /[\\/?*[\]:]/g;
/** Least and greatest width of a column, letters. */
const WIDTH = { least: 8, most: 48 };
/** Rows that the widths are taken from. */
const WIDTH_ROWS = 200;

/** Width of a text in letters; Korean ones take two. */
function lettersOf(text: string): number {
  let letters = 0;
  for (const letter of text) letters += letter > '\u10FF' ? 2 : 1;
  return letters;
}

function widthsOf(header: readonly string[], rows: readonly OutRow[]): readonly { readonly width: number }[] {
  return header.map((name, at) => {
    const longest = rows
      .slice(0, WIDTH_ROWS)
      .reduce((most, row) => Math.max(most, lettersOf(String(row[at] ?? ''))), lettersOf(name));
    return { width: Math.min(WIDTH.most, Math.max(WIDTH.least, longest + 2)) };
  });
}

/** The sheets of a workbook: one, or several where the rows are more than a sheet takes. */
export function sheetsOf(name: string, header: readonly string[], rows: readonly OutRow[]): Sheet<Blob>[] {
  const title = name.replace(NAME_BAD, ' ').slice(0, NAME_LIMIT).trim() || 'Maru';
  const head = header.map((text) => ({ value: text, type: String, fontWeight: 'bold' as const }));
  const columns = widthsOf(header, rows).map(({ width }) => ({ width }));
  const sheets: Sheet<Blob>[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += SHEET_ROWS) {
    const part = rows.length <= SHEET_ROWS ? rows : rows.slice(from, from + SHEET_ROWS);
    sheets.push({
      sheet: from === 0 ? title : `${title} ${from / SHEET_ROWS + 1}`,
      stickyRowsCount: 1,
      columns,
      data: [head, ...part.map((row) => [...row])],
    });
  }
  return sheets;
}
