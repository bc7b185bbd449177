/** The protocol: a call's round trip, 100,000 candles as columns and as JSON, and a conflated stream under a flood. */
import { z } from 'zod';
import { systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import type { Logger } from '#shared/ports.ts';
import {
  area,
  columns,
  connect,
  decodeFrame,
  encodeFrame,
  memoryPipes,
  method,
  packColumns,
  readColumns,
  serve,
  stream,
  type StreamSink,
} from '#shared/rpc/index.ts';

const ROWS = 100_000;
const CALLS = 5_000;
const PUSHES = 1_000_000;
const KEYS = 400;
const NAMES = ['openTs', 'open', 'high', 'low', 'close', 'volume'] as const;

const candles = columns(NAMES, z.strictObject({ code: z.string() }));
const Quote = z.strictObject({ id: z.string(), last: z.int(), volume: z.int() });
const contract = {
  bench: area({
    echo: method({ about: 'Echo.', input: z.strictObject({ n: z.int() }), output: z.strictObject({ n: z.int() }) }),
    quotes: stream({
      about: 'Quotes.',
      input: z.strictObject({}),
      item: Quote,
      mode: 'latest',
      key: (quote) => quote.id,
    }),
  }),
} as const;

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/** Median of several runs after two to warm up, milliseconds. */
function medianMs(act: () => void): number {
  const samples: number[] = [];
  for (let turn = 0; turn < 13; turn += 1) {
    const began = systemClock.monotonicMs();
    act();
    if (turn >= 2) samples.push(systemClock.monotonicMs() - began);
  }
  return quantile(samples, 0.5);
}

function link() {
  const sinks: StreamSink<z.infer<typeof Quote>>[] = [];
  const quiet: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    child: () => quiet,
  };
  const [near, far] = memoryPipes();
  const server = serve(
    contract,
    {
      bench: {
        echo: (input) => input,
        quotes: (_, sink) => {
          sinks.push(sink);
          return () => undefined;
        },
      },
    },
    near,
    { protocol: 1, door: 'memory', timers: systemTimers, logger: quiet, ids: systemIds },
  );
  const connection = connect(contract, far, {
    protocol: 1,
    timers: systemTimers,
    report: (error) => {
      throw error;
    },
  });
  return { sinks, server, ...connection };
}

async function callRows(): Promise<readonly Row[]> {
  const { client, close } = link();
  const samples: number[] = [];
  for (let n = 0; n < CALLS; n += 1) {
    const began = systemClock.monotonicMs();
    await client.bench.echo({ n });
    if (n >= 500) samples.push(systemClock.monotonicMs() - began);
  }
  close();
  const p50 = quantile(samples, 0.5) * 1_000;
  const p99 = quantile(samples, 0.99) * 1_000;
  return [
    { metric: 'call round trip in memory, p50', value: p50, unit: 'µs', target: '≤ 200', pass: p50 <= 200 },
    { metric: 'call round trip in memory, p99', value: p99, unit: 'µs', target: '≤ 1,000', pass: p99 <= 1_000 },
  ];
}

function candleRows(): readonly Row[] {
  const table = {
    header: { code: '005930' },
    length: ROWS,
    columns: Object.fromEntries(
      NAMES.map((name, place) => [
        name,
        Float64Array.from({ length: ROWS }, (_, row) => 1_700_000_000_000 * Number(place === 0) + 70_000 + row * 7),
      ]),
    ) as Record<(typeof NAMES)[number], Float64Array>,
  };
  const viaColumns = medianMs(() => {
    const packed = packColumns(candles, table);
    const raw = decodeFrame(encodeFrame({ kind: 'result', id: 1, value: packed.value }, packed.bytes));
    readColumns(candles, (raw.frame as { readonly value: unknown }).value, raw.bytes);
  });
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Object.fromEntries(NAMES.map((name) => [name, table.columns[name][row]])),
  );
  const viaJson = medianMs(() => {
    decodeFrame(encodeFrame({ kind: 'result', id: 1, value: rows }, null, 64 * 1_048_576), 64 * 1_048_576);
  });
  const ratio = viaJson / viaColumns;
  return [
    {
      metric: '100,000 candles as columns, both ends',
      value: viaColumns,
      unit: 'ms',
      target: '≤ 10',
      pass: viaColumns <= 10,
    },
    { metric: '100,000 candles as JSON, for comparison', value: viaJson, unit: 'ms', target: '—', pass: true },
    { metric: 'columns faster than JSON by', value: ratio, unit: '×', target: '≥ 5', pass: ratio >= 5 },
  ];
}

async function streamRows(): Promise<readonly Row[]> {
  const { client, sinks, ready, close } = link();
  let batches = 0;
  let items = 0;
  let largest = 0;
  client.bench.quotes(
    {},
    {
      batch: (got) => {
        batches += 1;
        items += got.length;
        largest = Math.max(largest, got.length);
      },
    },
  );
  await ready;
  while (sinks.length === 0) await new Promise<void>((resolve) => systemTimers.yieldTurn(resolve));
  const ids = Array.from({ length: KEYS }, (_, key) => `KRX:${key}`);
  const began = systemClock.monotonicMs();
  for (let pushed = 0; pushed < PUSHES;) {
    for (let inTurn = 0; inTurn < 2_000; inTurn += 1, pushed += 1)
      sinks[0]?.push({ id: ids[pushed % KEYS] ?? '', last: 70_000, volume: pushed });
    await new Promise<void>((resolve) => systemTimers.yieldTurn(resolve));
  }
  const tookMs = systemClock.monotonicMs() - began;
  close();
  const perSecond = (PUSHES / tookMs) * 1_000;
  const batchRate = (batches / tookMs) * 1_000;
  return [
    {
      metric: 'items pushed into a conflated stream of 400 keys',
      value: perSecond,
      unit: '/s',
      target: '≥ 1,000,000',
      pass: perSecond >= 1_000_000,
    },
    { metric: 'batches that reached the client', value: batchRate, unit: '/s', target: '≤ 63', pass: batchRate <= 63 },
    { metric: 'largest batch', value: largest, unit: 'items', target: `≤ ${KEYS}`, pass: largest <= KEYS && items > 0 },
  ];
}

export const bench = {
  name: 'rpc',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    const rows = [...(await callRows()), ...candleRows(), ...(await streamRows())];
    return { measured: 'frames through their wire form, both ends in one process', rows };
  },
};
