/** Recorded days in from files, and out into replays: minutes, trades, books, indices. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Front } from '#core/app/environments/front.ts';
import { simulationHandlers } from '#core/app/handlers/simulation.ts';
import { DailyHistory, RecordHistory, runRecordImport } from '#core/market/index.ts';
import { type Simulator } from '#core/simulator/index.ts';
import { CandleStore, type RecordKind } from '#core/storage/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { HYNIX, SAMSUNG, TEST_LISTING, TEST_ROWS, testSimulator } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { clock } = createFakeTime();
const DATE = sessionDate('2025-06-11');

const MINUTES = [
  'code,date,time,open,high,low,close,volume',
  '005930,2025-06-11,0900,59900,60000,59800,59900,12034',
  '005930,2025-06-11,0901,59900,59900,59900,59900,20',
  '005930,2025-06-11,1000,60100,60200,60000,60000,900',
  '005930,2025-06-11,1530,60100,60100,60100,60100,5000',
  '005930,2025-06-11,1600,60300,60300,60300,60300,7',
  'KOSPI,2025-06-10,1530,2850.00,2850.00,2850.00,2850.00,0',
  'KOSPI,2025-06-11,0900,2855.70,2860.00,2850.00,2855.70,0',
];
const TRADES = [
  'code,date,time,price,quantity,side',
  '000660,2025-06-11,09:00:11.250,205000,3000,',
  '000660,2025-06-11,09:30:00.000,205500,40,buy',
  '000660,2025-06-11,09:30:00.500,205000,60,sell',
  '000660,2025-06-11,15:30:17.000,205500,2000,',
];

function newStore(): CandleStore {
  const store = CandleStore.open(join(tempFolder(), 'candles.db'));
  onTestFinished(() => store.close());
  return store;
}

async function bring(store: CandleStore, kind: RecordKind, lines: readonly string[]) {
  const path = join(tempFolder(), `${kind}.csv.gz`);
  writeFileSync(path, gzipSync(`${lines.join('\n')}\n`));
  return runRecordImport({ store, clock }, { kind, files: [{ path, name: `${kind}.csv.gz` }] });
}

function historyOf(store: CandleStore): RecordHistory {
  const identify = (id: string) => TEST_LISTING.find((issue) => issue.id === id);
  const daily = new DailyHistory({ candles: store, marketOf: (id) => identify(id)?.market });
  return new RecordHistory({ candles: store, daily, identify });
}

describe('an import of recorded days', () => {
  it('stores each day, reports what is wrong, and takes the place of what was there', async () => {
    const store = newStore();
    const bad = ['005930,2025-06-11,0901,1,1,1,1,1', '005930,2025-06-11,9am,1,1,1,1,1', '005930,2025-06-11'];
    expect(await bring(store, 'minutes', [...MINUTES, ...bad])).toMatchObject({
      rows: 7,
      instruments: 2,
      days: 2,
      from: '2025-06-10',
      to: '2025-06-11',
      rejectedRows: 3,
      rejected: [
        { line: 9, reason: '같은 종목과 분이 3번째 줄에 이미 있습니다.' },
        { line: 10, reason: '시각이 아닙니다: 9am' },
        { line: 11, reason: '칸의 수가 첫 줄과 다릅니다.' },
      ],
    });
    expect(store.record('005930', DATE, 'minutes')?.columns.map((column) => column.length)).toEqual([5, 5, 5, 5, 5, 5]);
    await bring(store, 'minutes', MINUTES.slice(0, 2));
    expect(store.record('005930', DATE, 'minutes')?.columns[5]).toEqual(Int32Array.of(12_034));
    expect(store.recordCoverage()).toEqual([{ kind: 'minutes', days: 3, rows: 3 }]);
  });

  it('leaves nothing behind where a file is not what it says', async () => {
    const store = newStore();
    await expect(bring(store, 'trades', MINUTES)).rejects.toThrow('FILE_COLUMNS');
    await expect(bring(store, 'minutes', MINUTES.slice(0, 1))).rejects.toThrow('FILE_EMPTY');
    expect(store.recordCoverage()).toEqual([]);
  });

  it('gives days to replay, with the base of the session before', async () => {
    const store = newStore();
    await bring(store, 'minutes', MINUTES);
    await bring(store, 'trades', TRADES);
    const history = historyOf(store);
    expect(history.importedOn(DATE)).toEqual([HYNIX, SAMSUNG].sort((a, b) => (a < b ? -1 : 1)));
    expect(history.stored(SAMSUNG, DATE)).toMatchObject({ code: '005930', market: 'KOSPI', base: null });
    expect(history.replayDays(SAMSUNG, 10)).toMatchObject([{ date: DATE, open: 59_900, high: 60_300, volume: 17_961 }]);
    expect(history.nextDate(HYNIX, sessionDate('2025-06-10'))).toBe(DATE);
    expect(history.nextDate(HYNIX, DATE)).toBeUndefined();
    expect(history.indices(DATE)).toMatchObject([{ market: 'KOSPI', changePpm: Int32Array.of(2_000) }]);
    expect(() => history.stored('KRX:999999', DATE)).not.toThrow();
    await bring(store, 'trades', ['code,date,time,price,quantity', '999999,2025-06-11,0930,1000,5']);
    expect(() => history.stored('KRX:999999', DATE)).toThrow('REPLAY_MARKET_UNKNOWN');
  });
});

describe('a market of recorded days', () => {
  async function market(): Promise<{ simulator: Simulator; folder: string }> {
    const store = newStore();
    await bring(store, 'minutes', MINUTES);
    await bring(store, 'trades', TRADES);
    const history = historyOf(store);
    const folder = tempFolder();
    const { simulator } = testSimulator(folder, {
      calendar: krxCalendar,
      dailyRow: (id, date) => TEST_ROWS.find((row) => `KRX:${row.code}` === id && row.date === date),
      nextDailyDate: (id, date) => history.nextDate(id, date),
      stored: (id, date) => history.stored(id, date),
      importedOn: (date) => history.importedOn(date),
      indices: (date) => history.indices(date),
    });
    await simulator.open();
    return { simulator, folder };
  }

  it('plays the issues named on one clock, by the best record of each, and says what it does without', async () => {
    const { simulator } = await market();
    const status = await simulator.start({
      mode: 'replay',
      instrumentId: SAMSUNG,
      others: [HYNIX],
      date: DATE,
      seed: 3,
    });
    expect(status).toMatchObject({
      instruments: 2,
      sources: { ticks: 1, minutes: 1, daily: 0 },
      nxtPhase: null,
      nxtSchedule: [],
    });
    expect([...status.rulesNote].sort()).toEqual(
      ['baseFromOpen', 'booksMade', 'breakersOff', 'leftOut', 'nxtMissing', 'viOff'].sort(),
    );
    await simulator.jump('close');
    expect(simulator.markets()).toMatchObject([{ market: 'KOSPI', indexChangePpm: 2_000 }]);
    expect(simulator.issue(SAMSUNG)).toMatchObject({
      open: 59_900,
      high: 60_200,
      low: 59_800,
      close: 60_100,
      volume: 17_954,
    });
    expect(simulator.issue(HYNIX)).toMatchObject({
      open: 205_000,
      high: 205_500,
      low: 205_000,
      close: 205_500,
      volume: 5_100,
    });
    expect(simulator.status().disturbed).toBe(false);
    await simulator.close();
  });

  it('plays all that was imported for the date, leaves out what cannot be played, and survives a restart', async () => {
    const { simulator, folder } = await market();
    await simulator.start({ mode: 'replay', instrumentId: HYNIX, others: 'market', date: DATE, seed: 3 });
    expect(simulator.instrumentIds()).toEqual([HYNIX, SAMSUNG]);
    simulator.pause();
    await simulator.step(3_600_000);
    const view = [simulator.issue(HYNIX), simulator.depth(SAMSUNG)];
    await simulator.close();
    // The record itself is kept with the run: nothing needs to be in the store any more.
    const again = testSimulator(folder);
    await again.simulator.open();
    expect([again.simulator.issue(HYNIX), again.simulator.depth(SAMSUNG)]).toEqual(view);
    await again.simulator.jump('close');
    expect(again.simulator.issue(SAMSUNG)?.volume).toBe(17_954);
    await again.simulator.close();
  });

  it('is played whole through the contract, apart from the market that runs', async () => {
    const store = newStore();
    await bring(store, 'minutes', MINUTES);
    await bring(store, 'trades', TRADES);
    const records = historyOf(store);
    const { simulator, time } = testSimulator(tempFolder());
    await simulator.open();
    simulator.pause();
    const sources = {
      calendar: krxCalendar,
      listing: () => TEST_LISTING,
      dailyRow: () => undefined,
      nextDailyDate: () => undefined,
      stored: (id: string, date: typeof DATE) => records.stored(id, date),
    };
    const { clock: still, timers } = time;
    const handlers = simulationHandlers({
      front: new Front({ timers, logger: createMemoryLog().logger }),
      simulator,
      records,
      sources,
      clock: still,
      timers: { ...timers, yieldTurn: setImmediate },
    });
    const context = { signal: new AbortController().signal } as never;
    const report = await handlers.replayMarket({ codes: ['005930', '000660'], date: DATE, seed: 1 }, context);
    expect(report).toMatchObject({
      date: DATE,
      issues: [
        {
          code: '005930',
          source: 'minutes',
          open: 59_900,
          high: 60_200,
          low: 59_800,
          close: 60_100,
          volume: 17_954,
          disturbed: false,
        },
        {
          code: '000660',
          source: 'ticks',
          open: 205_000,
          high: 205_500,
          low: 205_000,
          close: 205_500,
          volume: 5_100,
          disturbed: false,
        },
      ],
    });
    expect(report.rulesNote).toContain('leftOut');
    const one = await handlers.replayDay({ code: '000660', date: DATE, seed: 1 }, context);
    expect(one).toMatchObject({ code: '000660', close: 205_500, volume: 5_100 });
    expect(simulator.status()).toMatchObject({ plan: { mode: 'synthetic' }, sources: null, rulesNote: [] });
    await simulator.close();
  });

  it('refuses an issue that was named and has no record', async () => {
    const { simulator } = await market();
    const plan = { mode: 'replay', instrumentId: SAMSUNG, others: ['KRX:196170'], date: DATE, seed: 3 } as const;
    await expect(simulator.start({ ...plan, others: [...plan.others] })).rejects.toThrow('REPLAY_NO_DATA');
    await simulator.close();
  });
});
