/** A small contract with one of everything, and both ends of it in memory. */
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import {
  area,
  type CallContext,
  columns,
  connect,
  type ConnectDeps,
  type Handlers,
  memoryPipes,
  method,
  type Pipe,
  serve,
  type ServeDeps,
  stream,
  type StreamSink,
} from '#shared/rpc/index.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog } from './memory-log.ts';

export const Price = z.strictObject({ id: z.string(), last: z.int() });
export type Price = z.infer<typeof Price>;

export const sampleContract = {
  desk: area({
    double: method({
      about: 'Twice a number.',
      input: z.strictObject({ n: z.int().min(0).max(1_000) }),
      output: z.strictObject({ n: z.int() }),
    }),
    wait: method({ about: 'Ends when told.', input: z.strictObject({}), output: z.string() }),
    submit: method({
      about: 'Ends when told, whoever listens.',
      input: z.strictObject({}),
      output: z.string(),
      cancellable: false,
    }),
    broken: method({
      about: 'Answers what it must not.',
      input: z.strictObject({}),
      output: z.strictObject({ n: z.int() }),
    }),
    denied: method({ about: 'Refuses.', input: z.strictObject({}), output: z.string() }),
    table: method({
      about: 'A table.',
      input: z.strictObject({ rows: z.int().nonnegative() }),
      output: columns(['ts', 'close'], z.strictObject({ name: z.string() })),
    }),
    upload: method({ about: 'Counts bytes.', input: z.strictObject({}), output: z.int(), bytes: true }),
    big: method({ about: 'A text of a length.', input: z.strictObject({ length: z.int() }), output: z.string() }),
    prices: stream({
      about: 'Newest price of each.',
      input: z.strictObject({}),
      item: Price,
      mode: 'latest',
      key: (price) => price.id,
    }),
    state: stream({
      about: 'All, then changes.',
      input: z.strictObject({}),
      item: z.int(),
      mode: 'every',
      snapshot: true,
    }),
    events: stream({ about: 'Changes only.', input: z.strictObject({}), item: z.int(), mode: 'every' }),
  }),
} as const;
export type SampleContract = typeof sampleContract;

/** A stream the test feeds. */
export interface Fed<Item> {
  readonly sink: StreamSink<Item>;
  stopped: number;
}

/** The handlers, and what they were told. */
export class SampleCore {
  readonly contexts: CallContext[] = [];
  readonly prices: Fed<Price>[] = [];
  readonly states: Fed<number>[] = [];
  readonly events: Fed<number>[] = [];
  /** Ends the waiting calls, oldest first. */
  readonly release: ((text: string) => void)[] = [];
  readonly finished: string[] = [];
  /** What `state` does when it is opened, besides being kept. */
  onState: (sink: StreamSink<number>) => void = (sink) => sink.snapshot([]);
  readonly handlers: Handlers<SampleContract>;

  constructor() {
    const feed = <Item>(list: Fed<Item>[], sink: StreamSink<Item>): (() => void) => {
      const fed = { sink, stopped: 0 };
      list.push(fed);
      return () => void (fed.stopped += 1);
    };
    const wait = async (name: string, context: CallContext): Promise<string> => {
      this.contexts.push(context);
      const text = await new Promise<string>((resolve, reject) => {
        this.release.push(resolve);
        context.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
      this.finished.push(`${name} ${text}`);
      return text;
    };
    this.handlers = {
      desk: {
        double: ({ n }) => ({ n: n * 2 }),
        wait: (_, context) => wait('wait', context),
        submit: (_, context) => wait('submit', context),
        broken: () => ({ n: 1.5 }),
        denied: () => {
          throw new AppError('GUARD_LOT', { lot: 10 });
        },
        table: ({ rows }) => ({
          header: { name: '표' },
          length: rows,
          columns: {
            ts: Float64Array.from({ length: rows }, (_, row) => row),
            close: new Float64Array(rows).fill(70_000),
          },
        }),
        upload: (_, context) => context.bytes.byteLength,
        big: ({ length }) => 'x'.repeat(length),
        prices: (_, sink) => feed(this.prices, sink),
        state: (_, sink) => {
          const stop = feed(this.states, sink);
          this.onState(sink);
          return stop;
        },
        events: (_, sink) => feed(this.events, sink),
      },
    };
  }
}

/** The core's end of a pipe on fake time; `far` is the other end. */
export function serveSample(options: { readonly limits?: ServeDeps['limits'] } = {}) {
  const time = createFakeTime();
  const log = createMemoryLog();
  const core = new SampleCore();
  const [near, far] = memoryPipes();
  let count = 0;
  const server = serve(sampleContract, core.handlers, near, {
    protocol: 1,
    door: 'memory',
    timers: time.timers,
    logger: log.logger,
    ids: { next: () => `trace-${(count += 1)}` },
    ...(options.limits ? { limits: options.limits } : {}),
  });
  return { time, log, core, far, server };
}

/** A client of the sample on fake time. */
export function connectSample(pipe: Pipe, time: FakeTime, deps: Partial<ConnectDeps> = {}) {
  const reports: unknown[] = [];
  const connection = connect(sampleContract, pipe, {
    protocol: 1,
    timers: time.timers,
    report: (error) => void reports.push(error),
    ...deps,
  });
  return { ...connection, reports };
}
