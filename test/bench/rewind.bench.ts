/** Taking a running day of the bundled issues back: the state kept, the state found again, candles and the record included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MarketHub } from '#core/market/hub.ts';
import { BUNDLED } from '#core/market/listing.ts';
import { systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { Simulator } from '#core/simulator/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Logger } from '#shared/ports.ts';
import { PLAIN } from '#test/support/plain-order.ts';

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const MIB = 1_048_576;
const MINUTE_MS = 60_000;
/** Issue of the user's orders, and how often one is sent while the day runs. */
const TRADED = 'KRX:005930';
const ORDERS = 20;

const row = (metric: string, value: number, unit: string, most: number | null): Row => ({
  metric,
  value: Math.round(value * 100) / 100,
  unit,
  target: most === null ? 'shown' : `<= ${most}`,
  pass: most === null || value <= most,
});

const logger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => {
    throw new Error(message);
  },
  error: (message, facts) => {
    throw new Error(`${message} ${JSON.stringify(facts)}`);
  },
  child: () => logger,
};

/** Runs on, with an order of the user now and then, so that there is something to play again. */
async function trade(simulator: Simulator, accountId: string, ms: number): Promise<void> {
  for (let i = 0; i < ORDERS; i += 1) {
    await simulator.step(Math.floor(ms / ORDERS));
    const price = simulator.issue(TRADED)?.bestBid ?? 0;
    const order = { ...PLAIN, accountId, instrumentId: TRADED, type: 'limit', timeInForce: 'day' } as const;
    if (price > 0) simulator.submit({ ...order, side: 'buy', price, quantity: 3 });
  }
}

/** Wall and processor time, milliseconds; on a machine that does other things as well they differ. */
async function timed(work: () => Promise<unknown>): Promise<{ readonly wallMs: number; readonly cpuMs: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

export const bench = {
  name: 'rewind',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    const folder = mkdtempSync(join(tmpdir(), 'maru-rewind-'));
    const simulator = new Simulator({
      folder,
      clock: systemClock,
      timers: systemTimers,
      ids: systemIds,
      logger,
      calendar: krxCalendar,
      listing: () => BUNDLED,
      dailyRow: () => undefined,
      nextDailyDate: () => undefined,
    });
    const hub = new MarketHub({
      feed: simulator,
      clock: systemClock,
      timers: systemTimers,
      logger,
      instruments: () => BUNDLED,
      find: (id) => BUNDLED.find((issue) => issue.id === id),
      dailyCandles: () => ({ length: 0, columns: {} as never }),
    });
    simulator.keep(hub.keepsake);
    try {
      await simulator.open();
      const { accountId } = simulator.createAccount({ name: 'bench', startingCashKrw: 10_000_000_000 });
      const rows: Row[] = [];
      /** Back by so much, and forth again to where it was; the median of five. */
      const back = async (name: string, backMs: number): Promise<void> => {
        const here = simulator.status().simTs;
        const times: { readonly wallMs: number; readonly cpuMs: number }[] = [];
        for (let i = 0; i < 5; i += 1) {
          times.push(await timed(() => simulator.rewind(here - backMs - i * 777)));
          await simulator.step(backMs + i * 777);
        }
        rows.push(
          row(`${name}, median of 5`, median(times.map(({ wallMs }) => wallMs)), 'ms', 200),
          row(`${name}, processor time, median`, median(times.map(({ cpuMs }) => cpuMs)), 'ms', null),
        );
      };
      await trade(simulator, accountId, 30 * MINUTE_MS);
      await back('09:30, back by 5 s', 5_000);
      await back('09:30, back by 1 min', MINUTE_MS);
      await back('09:30, back by 10 min', 10 * MINUTE_MS);
      await simulator.step(60 * MINUTE_MS);
      await simulator.step(60 * MINUTE_MS);
      await back('11:30, back by 1 min', MINUTE_MS);
      const { count, bytes, events } = simulator.rewindState();
      const longest = await timed(() => simulator.rewind((simulator.status().rewindFromTs ?? 0) + 75 * MINUTE_MS));
      rows.push(
        row('11:30, back to 09:15', longest.wallMs, 'ms', 200),
        row('11:30, back to 09:15, processor time', longest.cpuMs, 'ms', null),
        row('states kept by 11:30', count, '', null),
        row('memory of them', bytes / MIB, 'MiB', 192),
        row('events by 11:30', events / 1e6, 'million', null),
      );
      return {
        measured: 'a synthetic day of the bundled issues, taken back with its candles, record and snapshot',
        rows,
      };
    } finally {
      hub.close();
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
