/** Recorded days out of the carried extract (or a whole yearly file) as the replay wants them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ReplayRow } from '#shared/exchange/index.ts';
import { sessionDate } from '#shared/time/index.ts';

/** Cells of a line whose quoted cells hold no quotes. */
function cells(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** Every row of a marcap file, suspended days included. */
export function readKrxRows(path: string): ReplayRow[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = cells(head);
  return lines.map((line): ReplayRow => {
    const row = cells(line);
    const at = (name: string): string => row[names.indexOf(name)] ?? '';
    const market = at('Market');
    return {
      code: at('Code'),
      market: market === 'KONEX' ? 'KONEX' : market === 'KOSPI' ? 'KOSPI' : 'KOSDAQ',
      date: sessionDate(at('Date')),
      open: Number(at('Open')),
      high: Number(at('High')),
      low: Number(at('Low')),
      close: Number(at('Close')),
      volume: Number(at('Volume')),
      value: Number(at('Amount')),
      base: Number(at('Close')) - Number(at('Changes')),
      listedShares: Number(at('Stocks')),
    };
  });
}

/** The carried rows: 25 issues of five days, and 25 rows that are hard to replay. */
export function carriedRows(): ReplayRow[] {
  const file = (name: string): string => new URL(`../fixtures/${name}`, import.meta.url).pathname;
  return [...readKrxRows(file('krx-eod-extract.csv')), ...readKrxRows(file('krx-eod-hard.csv'))];
}

/** One carried row; throws if it is not carried. */
export function carriedRow(code: string, date: string): ReplayRow {
  const row = carriedRows().find((r) => r.code === code && r.date === date);
  if (!row) throw new Error(`${code} of ${date} is not in the extract`);
  return row;
}
