/** The broker's official list of APIs, row by row, read from resources/kis at the first question. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of the list; some APIs stand in it under two names. */
export interface ListRow {
  /** "[국내주식]주문/계좌" */
  readonly group: string;
  readonly name: string;
  readonly paper: boolean;
  readonly apiId: string;
}

let loaded: readonly ListRow[] | undefined;

/** The rows in their order; the first call reads and parses them. */
export function officialList(): readonly ListRow[] {
  // Our own file, held against the catalogue by test/unit/catalogue.
  loaded ??= (
    JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'kis', 'coverage.json'), 'utf8')) as {
      readonly rows: readonly ListRow[];
    }
  ).rows;
  return loaded;
}
