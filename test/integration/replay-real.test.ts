/** Real days of 2024 and 2025 replayed through the book: open, high, low, close exactly, volume within 1 %. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { daySchedule, replayDay, type ReplayRow } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { readKrxRows } from '#test/support/krx-rows.ts';

const ROWS_A_YEAR = 1_000;
/** Real files lie beside the project where they are at hand; they are not part of it. */
const files = [2024, 2025].map(
  (year) => new URL(`../../../shared/market/krx-eod/krx-eod-${year}.csv.gz`, import.meta.url).pathname,
);
const present = files.every((file) => existsSync(file));

/** Distinct rows that were traded, chosen by a fixed seed. */
function choose(rows: readonly ReplayRow[], count: number, seed: string): ReplayRow[] {
  const rng = Rng.from(seed);
  const traded = rows.filter((row) => row.volume > 0);
  const chosen = new Set<ReplayRow>();
  while (chosen.size < Math.min(count, traded.length)) chosen.add(rng.pick(traded));
  return [...chosen];
}

describe('replay of real days', () => {
  if (!present) {
    it('says that the yearly files are not at hand', ({ annotate }) =>
      annotate('krx-eod-2024/2025.csv.gz not found beside the project: only the carried extract is replayed'));
    return;
  }
  it.each(files.map((file) => [file.slice(-19, -7), file] as const))(
    `prints open, high, low, close and volume of ${ROWS_A_YEAR} random rows of %s`,
    (_name, file) => {
      const wrong: string[] = [];
      for (const row of choose(readKrxRows(file), ROWS_A_YEAR, `replay ${file.slice(-11)}`)) {
        const { open, high, low, close, volume } = replayDay(row, 20_250_211, daySchedule(krxCalendar, row.date));
        const same = open === row.open && high === row.high && low === row.low && close === row.close;
        if (!same || Math.abs(volume - row.volume) > row.volume / 100) {
          wrong.push(`${row.code} ${row.date}: ${open} ${high} ${low} ${close} ${volume}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
