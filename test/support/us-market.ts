/**
 * Real minutes and trades of an American ETF, dressed as a Korean one: the first 380 minutes of the session begin at 09:00,
 * half a cent is 25 won. The files lie beside the project where they are at hand; they are not part of it.
 * @source QuantConnect/Lean sample data: spy-minute-20131007.zip, spy-ticks-20131007.zip
 */
import { existsSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { RecordedMinutes, RecordedTrades, StoredIssue } from '#shared/exchange/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const FOLDER = new URL('../../../shared/market/us/', import.meta.url);
const US_OPEN_MS = 34_200_000;
const KRX_OPEN_MS = 32_400_000;
const SESSION_MS = 380 * 60_000;
/** Prices of the files are in hundredths of a cent. */
const HALF_CENT = 50;

export const US_DATE = sessionDate('2025-06-10');

export function usFilesPresent(): boolean {
  return ['spy-minute-20131007.zip', 'spy-ticks-20131007.zip'].every((name) => existsSync(new URL(name, FOLDER)));
}

/** The one file in a zip archive, as numbers by line. */
function rowsOf(name: string): number[][] {
  const bytes = readFileSync(new URL(name, FOLDER));
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const directory = bytes.readUInt32LE(end + 16);
  const size = bytes.readUInt32LE(directory + 20);
  const local = bytes.readUInt32LE(directory + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const text = inflateRawSync(bytes.subarray(start, start + size)).toString('latin1');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(',').map((cell) => Number.parseInt(cell, 10)));
}

const won = (price: number): number => (price / HALF_CENT) * 25;
const inSession = ([ms = 0]: readonly number[]): boolean => ms >= US_OPEN_MS && ms < US_OPEN_MS + SESSION_MS;
const koreanMs = ([ms = 0]: readonly number[]): number => ms - US_OPEN_MS + KRX_OPEN_MS;
const column = (rows: readonly number[][], of: (row: number[]) => number): Int32Array => Int32Array.from(rows, of);

/** Minutes whose prices are whole half cents. */
export function usMinutes(): RecordedMinutes {
  const rows = rowsOf('spy-minute-20131007.zip').filter(
    (row) => inSession(row) && row.slice(1, 5).every((price) => price % HALF_CENT === 0),
  );
  const price = (place: number): Int32Array => column(rows, (row) => won(row[place] as number));
  return {
    atMs: column(rows, koreanMs),
    open: price(1),
    high: price(2),
    low: price(3),
    close: price(4),
    volume: column(rows, (row) => row[5] as number),
  };
}

/** Trades at whole half cents; who took is not in the files. */
export function usTrades(): RecordedTrades {
  const rows = rowsOf('spy-ticks-20131007.zip').filter((row) => inSession(row) && (row[1] as number) % HALF_CENT === 0);
  return {
    atMs: column(rows, koreanMs),
    price: column(rows, (row) => won(row[1] as number)),
    quantity: column(rows, (row) => row[2] as number),
    side: column(rows, () => 0),
  };
}

/** The ETF as it would be stored. */
export function usIssue(record: Partial<StoredIssue>, base: number): StoredIssue {
  return { code: 'SPY000', market: 'KOSPI', product: 'etp', date: US_DATE, listedShares: 900_000_000, base, ...record };
}
