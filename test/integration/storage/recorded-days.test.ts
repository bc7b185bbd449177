/** Recorded days in the candle file: kept whole, and brought into a file of before without touching what it holds. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CandleStore, openDatabase, type RecordedColumns } from '#core/storage/index.ts';
import { candles0020 } from '#core/storage/migrations/0020-daily-bars.ts';
import { sessionDate } from '#shared/time/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const DATE = sessionDate('2025-06-10');
const trades = (date = DATE): RecordedColumns => ({
  code: '005930',
  date,
  kind: 'trades',
  levels: 0,
  columns: [Int32Array.of(1, 2, 2_147_483_647), Int32Array.of(5, 6, 7), Int32Array.of(1, 1, 9), Int32Array.of(0, 1, 2)],
});

describe('recorded days', () => {
  it('come back column by column, replaced whole, and are gone after a rollback', () => {
    const store = CandleStore.open(join(tempFolder(), 'candles.db'));
    store.begin();
    store.putRecord(trades());
    store.commit();
    expect(store.record('005930', DATE, 'trades')).toEqual(trades());
    expect(store.record('005930', DATE, 'minutes')).toBeUndefined();
    expect(store.recordedOn(DATE)).toEqual(['005930']);
    store.begin();
    store.putRecord({ ...trades(), columns: trades().columns.map((column) => column.slice(0, 1)) });
    store.putRecord(trades(sessionDate('2025-06-11')));
    store.rollback();
    expect(store.recordCoverage()).toEqual([{ kind: 'trades', days: 1, rows: 3 }]);
    expect(store.recordedDays('005930', 10)).toEqual([DATE]);
    store.close();
  });

  it('come into a file of the version before, which is backed up and keeps its rows', () => {
    const path = join(tempFolder(), 'candles.db');
    const old = openDatabase({ path, role: 'candles', exclusive: false }, [candles0020]);
    old.exec(`INSERT INTO daily_bars (code, date, open, high, low, close, volume, suspended)
      VALUES ('005930', 20250610, 1, 2, 1, 2, 3, 0)`);
    old.close();
    const store = CandleStore.open(path);
    expect(store.bar('005930', DATE)).toMatchObject({ open: 1, close: 2, volume: 3 });
    store.begin();
    store.putRecord(trades());
    store.commit();
    expect(store.recordCoverage()).toHaveLength(1);
    store.close();
    expect(existsSync(`${path}.v20.bak`)).toBe(true);
  });
});
