/** 400 issues live at 60x with a screen attached: how long the event loop keeps work waiting, and whether the market keeps up. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MarketHub } from '#core/market/hub.ts';
import { BUNDLED } from '#core/market/listing.ts';
import { systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { Simulator } from '#core/simulator/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Logger } from '#shared/ports.ts';
import { PLAIN } from '#test/support/plain-order.ts';

const ISSUES = 400;
const SPEED = 60;
const SECONDS = 10;
const RESOLUTION_MS = 10;
const WATCHED_QUOTES = 40;
const MIB = 1_048_576;
/** Orders of a lively user: one every so many milliseconds. */
const ORDER_EVERY_MS = 50;

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const row = (metric: string, value: number, unit: string, most: number | null): Row => ({
  metric,
  value: Math.round(value * 100) / 100,
  unit,
  target: most === null ? 'shown' : `<= ${most}`,
  pass: most === null || value <= most,
});

/** A market that complains is not the one to be measured. */
function fail(message: string, facts: unknown): never {
  throw new Error(`${message} ${JSON.stringify(facts)}`);
}

function quietLogger(blocked: number[]): Logger {
  const logger: Logger = {
    debug: (_message, facts) => {
      if (typeof facts?.blockedMs === 'number') blocked.push(facts.blockedMs);
    },
    info: () => undefined,
    warn: (message, facts) => fail(message, facts),
    error: (message, facts) => fail(message, facts),
    child: () => logger,
  };
  return logger;
}

/** What a full screen looks at. */
function attachScreen(hub: MarketHub, ids: readonly InstrumentId[]): { readonly heard: () => number } {
  let heard = 0;
  const hear = (): void => void (heard += 1);
  const [first = '', second = ''] = ids;
  hub.watchQuotes(ids.slice(0, WATCHED_QUOTES), hear);
  for (const id of [first, second]) hub.watchBook({ instrumentId: id, venue: 'KRX' }, hear);
  hub.watchTape(first, hear);
  hub.watchCandle({ instrumentId: first, interval: '1m' }, hear);
  hub.watchCandle({ instrumentId: first, interval: '10s' }, hear);
  return { heard: () => heard };
}

/** A user who buys and sells at market now and then; returns how long each order took. */
function startUser(simulator: Simulator, id: InstrumentId): { readonly tookMs: number[]; readonly stop: () => void } {
  const { accountId } = simulator.createAccount({ name: 'bench', startingCashKrw: 10_000_000_000 });
  const tookMs: number[] = [];
  let buys = true;
  const timer = systemTimers.every(ORDER_EVERY_MS, () => {
    const start = performance.now();
    const order = {
      accountId,
      instrumentId: id,
      type: 'market',
      timeInForce: 'ioc',
      ...PLAIN,
      price: null,
      quantity: 3,
    } as const;
    const answer = simulator.submit({ ...order, side: buys ? 'buy' : 'sell' });
    if (answer.ok) tookMs.push(performance.now() - start);
    buys = !buys;
  });
  return { tookMs, stop: () => timer.cancel() };
}

const wait = (ms: number): Promise<void> => new Promise((done) => void systemTimers.after(ms, done));

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function measure(folder: string): Promise<Row[]> {
  const blocked: number[] = [];
  const logger = quietLogger(blocked);
  const listing = BUNDLED.slice(0, ISSUES);
  const sources = {
    calendar: krxCalendar,
    listing: () => listing,
    dailyRow: () => undefined,
    nextDailyDate: () => undefined,
  };
  const common = { clock: systemClock, timers: systemTimers, logger };
  const simulator = new Simulator({ ...common, ...sources, folder, ids: systemIds });
  const hub = new MarketHub({
    ...common,
    feed: simulator,
    instruments: () => listing,
    find: (id) => listing.find((issue) => issue.id === id),
    dailyCandles: () => {
      throw new Error('no daily candles in this bench');
    },
  });
  simulator.keep(hub.keepsake);
  const openStart = performance.now();
  await simulator.open();
  const openMs = performance.now() - openStart;
  const ids = simulator.instrumentIds();
  const screen = attachScreen(hub, ids);
  simulator.setSpeed(SPEED);
  await wait(1_000);

  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const from = { simTs: simulator.status().simTs, wallMs: performance.now(), heard: screen.heard() };
  const user = startUser(simulator, ids[0] ?? '');
  await wait(SECONDS * 1_000);
  user.stop();
  delay.disable();
  const wallMs = performance.now() - from.wallMs;
  const trueSpeed = (simulator.status().simTs - from.simTs) / wallMs;
  const p99Ms = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS);
  const maxMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
  const perSecond = (screen.heard() - from.heard) / (wallMs / 1_000);

  // As a screen does with a jump: everything until the close, as fast as it can.
  simulator.pause();
  const jumpFrom = { simTs: simulator.status().simTs, wallMs: performance.now() };
  const jumpDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  jumpDelay.enable();
  await simulator.jump('close');
  jumpDelay.disable();
  const fastest = (simulator.status().simTs - jumpFrom.simTs) / (performance.now() - jumpFrom.wallMs);
  const rssMb = process.memoryUsage.rss() / MIB;
  hub.close();
  await simulator.close();
  return [
    row('event-loop delay p99', p99Ms, 'ms', 50),
    row('event-loop delay max', maxMs, 'ms', null),
    {
      metric: 'true speed',
      value: Math.round(trueSpeed * 10) / 10,
      unit: 'x',
      target: `>= ${SPEED * 0.98}`,
      pass: trueSpeed >= SPEED * 0.98,
    },
    row('updates to the screen', perSecond, '/s', null),
    row('order to durable answer p99', quantile(user.tookMs, 0.99), 'ms', null),
    row('snapshot blocks the loop, worst', blocked.length === 0 ? 0 : Math.max(...blocked), 'ms', 50),
    row('first market open', openMs, 'ms', null),
    row('jump to the close, speed', fastest, 'x', null),
    row(
      'jump to the close, event-loop delay p99',
      Math.max(0, jumpDelay.percentile(99) / 1e6 - RESOLUTION_MS),
      'ms',
      50,
    ),
    row('memory of the process', rssMb, 'MiB', null),
  ];
}

export const bench = {
  name: 'live-market',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    const folder = mkdtempSync(join(tmpdir(), 'maru-bench-'));
    try {
      const rows = await measure(folder);
      return {
        measured: `${ISSUES} issues at ${SPEED}x for ${SECONDS} s with ${WATCHED_QUOTES} quotes, books, tape and candles watched`,
        rows,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
