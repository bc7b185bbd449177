/** A simulated market for tests: a few real issues, a folder of its own, time that stands until it is moved. */
import { Simulator, type SimulatorOptions } from '#core/simulator/index.ts';
import type { KrxInstrument } from '#shared/domain/index.ts';
import type { ReplayRow } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog, type LogLine } from './memory-log.ts';

/** Wall time at which test markets open: a Tuesday, 2026-03-03 in Korea. */
export const WALL_MS = Date.UTC(2026, 2, 3, 3);
/** The same on a day with the after-market: 2026-11-24. */
export const WALL_AFTER_MS = Date.UTC(2026, 10, 24, 3);
export const SAMSUNG = 'KRX:005930';
export const HYNIX = 'KRX:000660';
export const ALTEOGEN = 'KRX:196170';

function instrument(
  code: string,
  nameKo: string,
  basePrice: number,
  market: KrxInstrument['market'] = 'KOSPI',
): KrxInstrument {
  return {
    id: `KRX:${code}`,
    code,
    nameKo,
    nameEn: null,
    market,
    priceScale: 0,
    lotSize: 1,
    basePrice,
    listedShares: 100_000_000,
    suspended: false,
    kospi200: null,
    asOf: '2026-02-27',
  };
}

/** Prices are made up; three issues keep a whole simulated day within a second. */
export const TEST_LISTING: readonly KrxInstrument[] = [
  instrument('005930', '삼성전자', 70_300),
  instrument('000660', 'SK하이닉스', 205_000),
  instrument('196170', '알테오젠', 315_500, 'KOSDAQ'),
];

/** 삼성전자 on two days of 2025. @source test/fixtures/krx-eod-extract.csv for the form; figures made up */
export const TEST_ROWS: readonly ReplayRow[] = [
  row('2025-06-10', { open: 59_900, high: 60_400, low: 59_100, close: 59_200, volume: 180_000, base: 59_800 }),
  row('2025-06-12', { open: 59_300, high: 60_000, low: 59_000, close: 59_500, volume: 150_000, base: 59_200 }),
];

function row(date: string, figures: Pick<ReplayRow, 'open' | 'high' | 'low' | 'close' | 'volume' | 'base'>): ReplayRow {
  const value = figures.close * figures.volume;
  return { code: '005930', market: 'KOSPI', date: sessionDate(date), value, listedShares: 5_919_637_922, ...figures };
}

export { PLAIN as PLAIN_ORDER } from './plain-order.ts';

export interface TestSimulator {
  readonly simulator: Simulator;
  readonly time: FakeTime;
  readonly lines: readonly LogLine[];
}

/** Opened, not started. */
export function testSimulator(
  folder: string,
  { wallMs = WALL_MS, ...overrides }: Partial<SimulatorOptions> & { readonly wallMs?: number } = {},
): TestSimulator {
  const time = createFakeTime(wallMs);
  const { logger, lines } = createMemoryLog();
  let ids = 0;
  const options: SimulatorOptions = {
    folder,
    clock: time.clock,
    timers: time.timers,
    ids: { next: () => `account-${(ids += 1)}-${time.clock.now()}` },
    logger,
    calendar: krxCalendar,
    listing: () => TEST_LISTING,
    dailyRow: (id, date) => TEST_ROWS.find((each) => `KRX:${each.code}` === id && each.date === date),
    nextDailyDate: (_id, date) => TEST_ROWS.find((each) => each.date > date)?.date,
    ...overrides,
  };
  return { simulator: new Simulator(options), time, lines };
}

/** The same, with its market open at 09:00 and the clock running. */
export async function openSimulator(
  folder: string,
  overrides: Parameters<typeof testSimulator>[1] = {},
): Promise<TestSimulator> {
  const test = testSimulator(folder, overrides);
  await test.simulator.open();
  return test;
}
