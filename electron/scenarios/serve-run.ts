/** The worker's side of a run: plays the seeds it was started with, and tells how it goes. */
import type { MessagePort } from 'node:worker_threads';
import type { KrxInstrument, RunLine, ScenarioDocument, ScenarioRun } from '#shared/domain/index.ts';
import { AppError, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { RunRecord } from './recorded-days.ts';
import { runScenario, type RunNow } from './run.ts';

/** What the worker is started with. */
export interface RunOrder {
  readonly kind: 'scenario';
  readonly document: ScenarioDocument;
  readonly listing: readonly KrxInstrument[];
  /** The days of a replay; none of another market. */
  readonly records: readonly RunRecord[];
  readonly seeds: readonly number[];
  readonly version: string;
  readonly pace: number | null;
}

/** How a seed stands. */
export interface RunStand {
  readonly seed: number;
  readonly part: number;
  readonly ts: number;
  readonly kospiPct: number | null;
  readonly kosdaqPct: number | null;
  readonly score: number;
  readonly equityKrw: Readonly<Record<string, number>>;
  readonly lines: readonly RunLine[];
}

/** What the worker says; the last word is `done`, `refused` or `broken`. */
export type RunNews =
  | { readonly say: 'stand'; readonly stand: RunStand }
  | { readonly say: 'result'; readonly run: ScenarioRun }
  | { readonly say: 'done' }
  | { readonly say: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams }
  | { readonly say: 'broken'; readonly what: string };

/** What the worker listens to. */
export type RunWord = { readonly word: 'cancel' } | { readonly word: 'pace'; readonly pace: number | null };

/** A stand is told so often, wall milliseconds. */
const TELL_EVERY_MS = 100;
const LINES = 50;

/** Plays seed after seed; a cancel takes effect between two steps. */
export async function serveRun(
  port: MessagePort,
  order: RunOrder,
  { clock, timers, logger }: { readonly clock: Clock; readonly timers: Timers; readonly logger: Logger },
): Promise<void> {
  const say = (news: RunNews): void => port.postMessage(news);
  const stop = new AbortController();
  let { pace } = order;
  let toldMs = Number.NEGATIVE_INFINITY;
  port.on('message', (said: RunWord) => {
    if (said.word === 'cancel') stop.abort();
    else pace = said.pace;
  });
  const { document, listing, records, version, seeds } = order;
  try {
    for (const seed of seeds) {
      const progressed = (now: RunNow): void => {
        if (clock.monotonicMs() - toldMs < TELL_EVERY_MS) return;
        toldMs = clock.monotonicMs();
        say({ say: 'stand', stand: standOf(now, seed) });
      };
      const how = { clock, timers, logger, pace: () => pace, progressed, signal: stop.signal };
      say({ say: 'result', run: await runScenario({ document, seed, version, listing, records, ...how }) });
    }
    say({ say: 'done' });
  } catch (error) {
    if (error instanceof AppError) say({ say: 'refused', code: error.code, params: error.params });
    else say({ say: 'broken', what: String((error as Error).stack ?? error) });
  } finally {
    port.close();
  }
}

function standOf({ ts, part, diary, books, world, watch }: RunNow, seed: number): RunStand {
  const change = (name: string): number | null => {
    const ppm = world.simulator.markets().find(({ market }) => market === name)?.indexChangePpm ?? null;
    return ppm === null ? null : ppm / 10_000;
  };
  return {
    seed,
    part,
    ts,
    kospiPct: change('KOSPI'),
    kosdaqPct: change('KOSDAQ'),
    score: watch.score(),
    equityKrw: books.equity(),
    lines: diary.all.slice(-LINES),
  };
}
