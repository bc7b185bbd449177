/** A watchlist as a CSV file, which `import.ts` and spreadsheets read again. */
import { type Instrument, type Watchlist, codeOf } from '#shared/domain/index.ts';
import { CSV_END, CSV_START, csvLine } from '../../../ui/table/out-cell.ts';

/** The code where it says enough; in full where the market does not know the issue, or it is no Korean one. */
function written(id: string, byId: ReadonlyMap<string, Instrument>): string {
  return byId.has(id) && id.startsWith('KRX:') ? codeOf(id) : id;
}

/** `header`: words for code, name and folder. */
export function csvOf(
  list: Watchlist,
  byId: ReadonlyMap<string, Instrument>,
  header: readonly [string, string, string],
): string {
  const lines = list.folders.flatMap(({ name, instrumentIds }) =>
    instrumentIds.map((id) => csvLine([written(id, byId), byId.get(id)?.nameKo ?? '', name])),
  );
  return CSV_START + [csvLine(header), ...lines].map((line) => line + CSV_END).join('');
}
