/** Whole-market daily files made to measure, in the form of the source. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const EXTRACT_PATH = fileURLToPath(new URL('../fixtures/krx-eod-extract.csv', import.meta.url));

export const EOD_HEADER =
  '"Code","Name","Close","Dept","ChangeCode","Changes","ChagesRatio","Volume","Amount","Open","High","Low","Marcap","Stocks","Market","MarketId","Rank","Date"';

export interface EodRow {
  readonly code?: string;
  readonly name?: string;
  readonly open?: string;
  readonly high?: string;
  readonly low?: string;
  readonly close?: string;
  readonly changes?: string;
  readonly volume?: string;
  readonly amount?: string;
  readonly stocks?: string;
  readonly market?: string;
  readonly date?: string;
}

/** A line of the source; what is not given is a plain day of one issue. */
export function eodLine(row: EodRow = {}): string {
  const { code = '005930', name = '삼성전자', market = 'KOSPI', date = '2025-02-11' } = row;
  const { open = '100.0', high = '110.0', low = '90.0', close = '105.0', changes = '5.0' } = row;
  const { volume = '10.0', amount = '1000.0', stocks = '1000' } = row;
  return `"${code}","${name}",${close},"",1,${changes},0.1,${volume},${amount},${open},${high},${low},1.0,${stocks},"${market}","STK",1,"${date}"`;
}

/** Writes a file of these lines under the header and returns where it and its name are. */
export function writeCsv(
  folder: string,
  lines: readonly string[],
  options: { readonly name?: string; readonly header?: string; readonly end?: string } = {},
): { readonly path: string; readonly name: string } {
  const { name = 'eod.csv', header = EOD_HEADER, end = '\r\n' } = options;
  const path = join(folder, name);
  writeFileSync(path, [header, ...lines].map((line) => line + end).join(''));
  return { path, name };
}
