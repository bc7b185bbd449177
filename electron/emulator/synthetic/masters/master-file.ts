/** Symbol master files (종목정보) by their layouts, byte for byte in cp949. */
import type { Instrument } from '#shared/domain/index.ts';
import { masterLayouts, type MarketMasterFile, type MasterField, type MasterLayout } from '../../../catalogue/index.ts';
import { sessionDate, type SessionDate } from '#shared/time/index.ts';
import { cp949Field, toCp949 } from './cp949.ts';
import { masterRows, type MasterRow } from './master-rows.ts';
import { zipped } from './zip.ts';

interface Found {
  readonly layout: MasterLayout;
  readonly file: string;
  readonly market: MarketMasterFile | null;
}

function find(name: string): Found | null {
  for (const layout of masterLayouts().masters) {
    if (layout.file === name) return { layout, file: name, market: null };
    const market = layout.files?.find(({ file }) => file === name);
    if (market) return { layout, file: name, market };
  }
  return null;
}

/** Names of the files there are, without ".zip". */
export function masterFileNames(): readonly string[] {
  return masterLayouts().masters.flatMap(({ file, files }) =>
    file === undefined ? (files ?? []).map((each) => each.file) : [file],
  );
}

const NUMBER =
  /price|prc|sdpr|unit|rate|days|vol|fcam|stcn|cpfn|month|account|prfi|ntin|roe|avls|scal|limt|acpr|dynu|desz|tick|ctrt|multiplier/i;
const FLAG = /_yn\d*$|YN$|_able$|hot|runup/;

/** What stands in a field that nothing is known of. */
function blank({ name, values }: MasterField): string {
  const codes = Object.keys(values ?? {}).filter((key) => !key.includes(':'));
  if (codes.length > 0) return codes[0] ?? '';
  if (FLAG.test(name)) return 'N';
  if (NUMBER.test(name)) return '0';
  return /date$/.test(name) ? '20000101' : '';
}

function fixed(layout: MasterLayout, row: MasterRow): Buffer {
  const fields = layout.fields.map((field) => {
    const width = field.width ?? 0;
    const text = row[field.name] ?? blank(field);
    // Numbers have zeroes in front, words blanks behind.
    return cp949Field(NUMBER.test(field.name) && /^\d+$/.test(text) ? text.padStart(width, '0') : text, width);
  });
  return Buffer.concat([...fields, Buffer.from('\n')]);
}

function delimited(layout: MasterLayout, row: MasterRow): Buffer {
  const fields = layout.fields.map((field) => {
    const bytes = toCp949(row[field.name] ?? blank(field));
    return field.maxBytes === undefined ? bytes : bytes.subarray(0, field.maxBytes);
  });
  const parts = fields.flatMap((bytes, place) =>
    place === 0 ? [bytes] : [Buffer.from(layout.delimiter ?? '|'), bytes],
  );
  return Buffer.concat([...parts, Buffer.from('\n')]);
}

/** The day of a file that is made without a running market. */
const SAMPLE_DAY = sessionDate('2026-11-27');

/**
 * A master file by its name, "kospi_code.mst" as it is or "kospi_code.mst.zip" packed, with the issues of a listing and
 * the contracts of a day; null: there is no such file.
 */
export function masterFile(
  name: string,
  listing: readonly Instrument[],
  date: SessionDate = SAMPLE_DAY,
): Buffer | null {
  const found = find(name.replace(/\.zip$/, ''));
  return found && masterFileOf(name, masterRows(found.layout, found.market, { listing, date }));
}

/** The same with rows of one's own, as values by field name; what a row does not name is filled by its type. */
export function masterFileOf(name: string, rows: readonly MasterRow[]): Buffer | null {
  const found = find(name.replace(/\.zip$/, ''));
  if (found === null) return null;
  const { layout, file } = found;
  const write = layout.format === 'fixed' ? fixed : delimited;
  const content = Buffer.concat(rows.map((row) => write(layout, row)));
  return name.endsWith('.zip') ? zipped(file, content) : content;
}
