/** Daily rows of any CSV: the mapping of its columns is guessed from names, asked once, and remembered by the header. */
import { CsvMapping, type CsvPreview } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { dayOf, dayPrices, isProblem, issueCode, whole, type RowProblem } from './fields.ts';
import type { RowMapper } from './krx-eod.ts';
import { firstLine, readRecords, type SourceFile } from './source.ts';

const PREVIEW_ROWS = 20;
const DELIMITERS = [',', '\t', ';', '|'] as const;

type Meaning = 'date' | 'code' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'value';

/** Names seen in files of KRX, the public data portal, brokers and foreign sources; compared without spaces and case. */
const NAMES: Readonly<Record<Meaning, readonly string[]>> = {
  date: ['일자', '날짜', '거래일', '거래일자', '기준일자', 'date', 'day', 'trd_dd', 'basdt', 'bas_dd', 'yyyymmdd'],
  code: ['종목코드', '단축코드', '코드', 'code', 'symbol', 'ticker', 'isu_srt_cd', 'srtncd', 'isu_cd'],
  open: ['시가', '시초가', 'open', 'tdd_opnprc', 'mkp'],
  high: ['고가', 'high', 'tdd_hgprc', 'hipr'],
  low: ['저가', 'low', 'tdd_lwprc', 'lopr'],
  close: ['종가', '현재가', 'close', 'tdd_clsprc', 'clpr'],
  volume: ['거래량', 'volume', 'vol', 'acc_trdvol', 'trqu'],
  value: ['거래대금', 'value', 'amount', 'acc_trdval', 'trprc'],
};

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\(.*\)/, '')
    .replace(/\s/g, '');
}

/** The key under which a mapping is remembered. */
export function headerKey(header: readonly string[]): string {
  return JSON.stringify(header.map((name) => name.trim()));
}

/** The key under which the issue of one file is remembered: other files with the same columns hold other issues. */
export function fileKey(header: readonly string[], fileName: string): string {
  return JSON.stringify([headerKey(header), fileName]);
}

/**
 * The mapping remembered for a file: its own where it is one issue's file, else that of its columns, which names no
 * issue. null where there is none.
 */
export function rememberedMapping(
  file: { readonly header: readonly string[]; readonly name: string },
  stored: (key: string) => string | undefined,
): CsvMapping | null {
  const own = storedMapping(stored(fileKey(file.header, file.name)));
  if (own) return own;
  const shared = storedMapping(stored(headerKey(file.header)));
  return shared && { ...shared, code: null };
}

/** What to remember of a mapping that worked, by key. */
export function mappingsToKeep(
  file: { readonly header: readonly string[]; readonly name: string },
  mapping: CsvMapping,
): readonly (readonly [string, string])[] {
  const columns = [headerKey(file.header), JSON.stringify({ ...mapping, code: null })] as const;
  if (mapping.code === null) return [columns];
  return [columns, [fileKey(file.header, file.name), JSON.stringify(mapping)]];
}

/** The mapping that the column names suggest; null where one of the needed columns is not recognised. */
export function guessMapping(header: readonly string[]): CsvMapping | null {
  const find = (meaning: Meaning): string | null => {
    for (const known of NAMES[meaning]) {
      const name = header.find((candidate) => plainName(candidate) === known);
      if (name !== undefined) return name.trim();
    }
    return null;
  };
  const [date, open, high, low, close, volume] = (['date', 'open', 'high', 'low', 'close', 'volume'] as const).map(
    find,
  );
  if (!date || !open || !high || !low || !close || !volume) return null;
  return { date, codeColumn: find('code'), code: null, open, high, low, close, volume, value: find('value') };
}

/** The column separator of a first line: the one that occurs most outside quotes. */
export function delimiterOf(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** The separator of a file, from its first line. */
export async function fileDelimiter(file: SourceFile): Promise<string> {
  return delimiterOf(await firstLine(file));
}

/** Header and first rows of a file; `stored` gives the mapping kept under a key, as stored text. */
export async function previewCsv(file: SourceFile, stored: (key: string) => string | undefined): Promise<CsvPreview> {
  const rows: string[][] = [];
  await readRecords(
    file,
    {
      record: (fields) => rows.push([...fields]) <= PREVIEW_ROWS,
      fault: () => undefined,
    },
    { delimiter: await fileDelimiter(file) },
  );
  const header = (rows.shift() ?? []).map((name) => name.trim());
  if (rows.length === 0) throw new AppError('FILE_EMPTY', { path: file.name });
  const kept = rememberedMapping({ header, name: file.name }, stored);
  // Columns that are known do not say whose file it is: that is asked each time.
  const remembered = kept !== null && (kept.code !== null || kept.codeColumn !== null);
  return { header, rows, mapping: kept ?? guessMapping(header), remembered };
}

/** A remembered mapping; null where there is none or an older program wrote another form. */
export function storedMapping(text: string | undefined): CsvMapping | null {
  if (text === undefined) return null;
  const parsed = CsvMapping.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/** The mapper of a header by a mapping; throws FILE_COLUMNS for columns that the file lacks, CSV_MAPPING_NEEDED without a code. */
export function csvMapper(header: readonly string[], mapping: CsvMapping): RowMapper {
  const names = header.map((name) => name.trim());
  const { codeColumn, code } = mapping;
  if ((codeColumn === null) === (code === null))
    throw new AppError('CSV_MAPPING_NEEDED', { columns: names.join(', ') });
  const wanted = [mapping.date, mapping.open, mapping.high, mapping.low, mapping.close, mapping.volume];
  for (const optional of [codeColumn, mapping.value]) if (optional !== null) wanted.push(optional);
  const missing = wanted.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new AppError('FILE_COLUMNS', { columns: missing.join(', ') });
  const at = new Map(wanted.map((column) => [column, names.indexOf(column)]));
  const readCode = (text: (column: string) => string): string | RowProblem =>
    issueCode(codeColumn === null ? (code ?? '') : text(codeColumn));
  return (fields) => barOf((column) => fields[at.get(column) ?? -1] ?? '', mapping, readCode);
}

function barOf(
  text: (column: string) => string,
  mapping: CsvMapping,
  readCode: (text: (column: string) => string) => string | RowProblem,
): ReturnType<RowMapper> {
  const code = readCode(text);
  if (isProblem(code)) return code;
  const date = dayOf(text(mapping.date));
  if (isProblem(date)) return date;
  const figures: number[] = [];
  for (const column of [mapping.open, mapping.high, mapping.low, mapping.close, mapping.volume]) {
    const figure = whole(text(column), column);
    if (isProblem(figure)) return figure;
    figures.push(figure);
  }
  const [open = 0, high = 0, low = 0, close = 0, volume = 0] = figures;
  const prices = dayPrices({ open, high, low, close, volume }, mapping.close);
  if (isProblem(prices)) return prices;
  const value =
    mapping.value === null || text(mapping.value).trim() === '' ? null : whole(text(mapping.value), mapping.value);
  if (value !== null && isProblem(value)) return value;
  return { code, date, ...prices, value, base: null, listedShares: null, market: null, nameKo: null };
}
