/** A table as text: CSV for a file, tab-separated for the clipboard. */
import { CSV_END, CSV_START, csvLine, tsvLine } from './out-cell.ts';
import { paced, type Journey, type RowSource } from './row-source.ts';

/** Pieces of a CSV file with header and byte order mark. Throws the signal's reason where it is cancelled. */
export async function csvPieces(source: RowSource, journey: Journey): Promise<string[]> {
  const pieces = [CSV_START + csvLine(source.header) + CSV_END];
  for await (const slice of paced(source, journey)) {
    pieces.push(slice.map((row) => csvLine(row) + CSV_END).join(''));
  }
  return pieces;
}

/** The rows as the clipboard takes them; `header` puts the names of the columns first. */
export async function tsvText(source: RowSource, journey: Journey, header: boolean): Promise<string> {
  const pieces = header ? [tsvLine(source.header)] : [];
  for await (const slice of paced(source, journey)) {
    for (const row of slice) pieces.push(tsvLine(row));
  }
  return pieces.join('\n');
}
