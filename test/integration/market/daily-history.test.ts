/** Daily history and the listing over imported days. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DailyHistory } from '#core/market/history.ts';
import { runImport } from '#core/market/imports/index.ts';
import { BUNDLED, listing } from '#core/market/listing.ts';
import { CandleStore, type DailyBar } from '#core/storage/index.ts';
import { Instrument } from '#shared/domain/index.ts';
import { isOnTick, tickTable } from '#shared/market/index.ts';
import { kstInstant, sessionDate } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { EXTRACT_PATH } from '#test/support/krx-csv.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { clock } = createFakeTime();

async function importedExtract(): Promise<{ readonly candles: CandleStore; readonly history: DailyHistory }> {
  const candles = CandleStore.open(join(tempFolder(), 'candles.db'));
  onTestFinished(() => candles.close());
  await runImport({ store: candles, clock }, { kind: 'krx-eod', files: [{ path: EXTRACT_PATH, name: 'extract' }] });
  return { candles, history: new DailyHistory({ candles, marketOf: () => 'KOSPI' }) };
}

const BAR: DailyBar = {
  code: '005930',
  date: sessionDate('2025-02-12'),
  open: 100,
  high: 110,
  low: 90,
  close: 105,
  volume: 1,
  value: null,
  base: null,
  listedShares: null,
  market: null,
  nameKo: null,
  suspended: false,
};

describe('daily candles', () => {
  it('come as columns, oldest first, the newest when there are more', async () => {
    const { history } = await importedExtract();
    const { length, columns, lastDate } = history.dailyCandles('KRX:005930', 3);
    expect({ length, lastDate }).toEqual({ length: 3, lastDate: '2025-02-11' });
    expect([...columns.close]).toEqual([53700, 55600, 55700]);
    expect([...columns.volume]).toEqual([14476866, 27577591, 24596196]);
    expect([...columns.openTs]).toEqual(
      ['2025-02-07', '2025-02-10', '2025-02-11'].map((date) => kstInstant(sessionDate(date), 0)),
    );
    expect(history.dailyCandles('KRX:999999', 3)).toMatchObject({ length: 0, lastDate: null });
  });
});

describe('days for replay', () => {
  it('are listed newest first, suspended ones marked', async () => {
    const { history } = await importedExtract();
    const days = history.replayDays('KRX:455310', 4);
    expect(days.map(({ date, suspended }) => [date, suspended])).toEqual([
      ['2025-02-11', true],
      ['2025-02-10', true],
      ['2025-02-07', false],
      ['2025-02-06', false],
    ]);
  });

  it('carry the base price: close less change, or the close of the session before', async () => {
    const { history, candles } = await importedExtract();
    expect(history.dailyRow('KRX:005930', sessionDate('2025-02-11'))).toMatchObject({
      base: 55600,
      close: 55700,
      market: 'KOSPI',
      value: 1370657724557,
    });
    candles.begin();
    candles.put([BAR, { ...BAR, date: sessionDate('2025-02-14') }, { ...BAR, date: sessionDate('1999-02-12') }]);
    candles.commit();
    expect(history.dailyRow('KRX:005930', sessionDate('2025-02-12'))).toMatchObject({
      base: 55700,
      market: 'KOSPI',
      value: 0,
    });
    expect(history.dailyRow('KRX:005930', sessionDate('2025-02-14'))?.base).toBe(0);
    expect(history.dailyRow('KRX:005930', sessionDate('1999-02-12'))?.base).toBe(0);
    expect(history.dailyRow('KRX:005930', sessionDate('2025-02-13'))).toBeUndefined();
  });
});

describe('the bundled listing', () => {
  it('holds at least 420 real issues of every kind, each valid and on its tick', () => {
    expect(BUNDLED.length).toBeGreaterThanOrEqual(420);
    expect(new Set(BUNDLED.map(({ code }) => code)).size).toBe(BUNDLED.length);
    for (const instrument of BUNDLED) {
      expect(Instrument.parse(instrument)).toEqual(instrument);
      const table = tickTable(instrument.market, sessionDate(instrument.asOf));
      expect(isOnTick(table, instrument.basePrice), instrument.code).toBe(true);
      expect([instrument.nameEn, instrument.kospi200]).toEqual([null, null]);
    }
    const count = (wanted: (instrument: Instrument) => boolean): number => BUNDLED.filter(wanted).length;
    expect(count(({ market }) => market === 'KOSDAQ')).toBeGreaterThan(50);
    expect(count(({ market }) => market === 'KONEX')).toBeGreaterThan(3);
    expect(count(({ suspended }) => suspended)).toBeGreaterThan(0);
    expect(count(({ code }) => /[A-Z]/.test(code))).toBeGreaterThan(0);
    expect(BUNDLED.find(({ code }) => code === '005930')).toMatchObject({
      nameKo: '삼성전자',
      basePrice: 55700,
      asOf: '2025-02-11',
    });
  });
});

describe('the listing over imported days', () => {
  const find = (bars: readonly DailyBar[], code = '005930') =>
    listing(bars).find((instrument) => instrument.code === code);

  it('is the bundled one before any import', () => {
    expect(listing([])).toEqual(BUNDLED);
  });

  it('takes newer facts, keeps what the newer source does not know, and leaves older facts aside', () => {
    expect(find([BAR])).toMatchObject({
      basePrice: 105,
      nameKo: '삼성전자',
      listedShares: 5969782550,
      asOf: '2025-02-12',
    });
    expect(find([{ ...BAR, nameKo: '새이름', listedShares: 7, suspended: true }])).toMatchObject({
      nameKo: '새이름',
      listedShares: 7,
      suspended: true,
    });
    expect(find([{ ...BAR, date: sessionDate('2025-02-10') }])).toMatchObject({ basePrice: 55700, asOf: '2025-02-11' });
    expect(find([{ ...BAR, date: sessionDate('2025-02-11') }])).toMatchObject({ basePrice: 105 });
  });

  it('moves a close off its tick up to the next valid price', () => {
    expect(find([{ ...BAR, close: 55710 }])?.basePrice).toBe(55800);
    expect(
      find(
        [{ ...BAR, code: '000001', nameKo: '옛 종목', market: 'KOSPI', close: 55710, date: sessionDate('2001-01-02') }],
        '000001',
      )?.basePrice,
    ).toBe(55710);
  });

  it('adds an issue once its name and market are known', () => {
    const unknown = { ...BAR, code: '0193T0' };
    expect(find([unknown], '0193T0')).toBeUndefined();
    expect(find([{ ...unknown, nameKo: '새 종목', market: 'KOSDAQ' }], '0193T0')).toMatchObject({
      id: 'KRX:0193T0',
      market: 'KOSDAQ',
      listedShares: null,
      kospi200: null,
    });
  });

  it('covers the whole extract, in order', async () => {
    const { candles } = await importedExtract();
    const all = listing(candles.instrumentsSeen());
    expect(all.map(({ code }) => code)).toEqual(all.map(({ code }) => code).sort());
    for (const instrument of all) Instrument.parse(instrument);
    expect(all.find(({ code }) => code === '289860')).toMatchObject({ market: 'KONEX', suspended: true });
  });
});
