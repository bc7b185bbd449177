/** The worker's side of trying out figures: plays a case where its events are not recorded yet, and judges both settings over them. */
import type { MessagePort } from 'node:worker_threads';
import { type DetectorId, type KrxInstrument, type ScenarioDocument, type TuneCase } from '#shared/domain/index.ts';
import { AppError, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { DetectorSetting, ThreatEvent } from '#shared/threats/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { spanOf } from '../labels.ts';
import type { RunRecord } from '../recorded-days.ts';
import { runScenario } from '../run.ts';
import { EventWriter, readEvents } from './event-file.ts';
import { Trial } from './trial.ts';

/** One scenario or session to be judged. */
export interface TuneStep {
  readonly scenarioId: string | null;
  readonly document: ScenarioDocument;
  readonly listing: readonly KrxInstrument[];
  readonly records: readonly RunRecord[];
  /** Where its events are kept. */
  readonly path: string;
}

/** What the worker is started with. */
export interface TuneOrder {
  readonly kind: 'tune';
  readonly detector: DetectorId;
  readonly before: DetectorSetting;
  readonly after: DetectorSetting;
  readonly steps: readonly TuneStep[];
  readonly seed: number;
  readonly version: string;
}

/** What the worker says; the last word is `done`, `refused` or `broken`. */
export type TuneNews =
  /** How far the step under way is, 0 … 1. */
  | { readonly say: 'part'; readonly part: number }
  | { readonly say: 'case'; readonly result: TuneCase }
  | { readonly say: 'done' }
  | { readonly say: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams }
  | { readonly say: 'broken'; readonly what: string };

/** A part is told so often, wall milliseconds. */
const TELL_EVERY_MS = 200;

interface Parts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

/** Judges case after case; whatever is said to it means: stop. */
export async function serveTune(port: MessagePort, order: TuneOrder, parts: Parts): Promise<void> {
  const say = (news: TuneNews): void => port.postMessage(news);
  const stop = new AbortController();
  port.on('message', () => stop.abort());
  let toldMs = Number.NEGATIVE_INFINITY;
  const progressed = (part: number): void => {
    if (parts.clock.monotonicMs() - toldMs < TELL_EVERY_MS) return;
    toldMs = parts.clock.monotonicMs();
    say({ say: 'part', part });
  };
  try {
    for (const step of order.steps)
      say({ say: 'case', result: await caseOf(step, order, { ...parts, signal: stop.signal, progressed }) });
    say({ say: 'done' });
  } catch (error) {
    if (error instanceof AppError) say({ say: 'refused', code: error.code, params: error.params });
    else say({ say: 'broken', what: String((error as Error).stack ?? error) });
  } finally {
    port.close();
  }
}

type How = Parts & { readonly signal: AbortSignal; readonly progressed: (part: number) => void };

async function caseOf(step: TuneStep, order: TuneOrder, how: How): Promise<TuneCase> {
  const { document, scenarioId } = step;
  const { detector } = order;
  const [before, after] = [new Trial(detector, order.before), new Trial(detector, order.after)];
  const hear = (event: ThreatEvent): void => {
    before.take(event);
    after.take(event);
  };
  const days = (await heard(step.path, hear, how)) ?? (await played(step, order, { ...how, hear }));
  const spans = document.labels
    .filter((label) => label.detector === detector)
    .map((label) => spanOf(label, days.map(sessionDate)));
  return {
    scenarioId,
    name: document.name,
    days: [...days],
    expected: spans.filter(({ required }) => required !== false).map(({ fromTs, toTs }) => [fromTs, toTs]),
    before: before.side(spans),
    after: after.side(spans),
  };
}

/** Goes through recorded events; the sessions they are of, or null where there are none. */
async function heard(
  path: string,
  hear: (event: ThreatEvent) => void,
  { timers, signal }: How,
): Promise<readonly string[] | null> {
  const recorded = readEvents(path);
  if (!recorded) return null;
  for (const chunk of recorded.chunks) {
    // A cancel is heard between two chunks.
    await new Promise<void>((go) => timers.yieldTurn(go));
    if (signal.aborted) throw new AppError('CANCELED');
    for (const event of chunk) hear(event);
  }
  return recorded.days;
}

/** Plays the scenario without anything that answers, and keeps what the detectors were told. */
async function played(
  { document, listing, records, path }: TuneStep,
  { seed, version }: TuneOrder,
  how: How & { readonly hear: (event: ThreatEvent) => void },
): Promise<readonly string[]> {
  const { clock, timers, logger, signal, hear, progressed } = how;
  const writer = new EventWriter(path);
  try {
    const run = await runScenario({
      document: { ...document, plays: [] },
      seed,
      version,
      listing,
      records,
      clock,
      timers,
      logger,
      signal,
      pace: () => null,
      progressed: ({ part }) => progressed(part),
      heard: (event) => {
        hear(event);
        writer.add(event);
      },
    });
    writer.finish(run.days);
    return run.days;
  } catch (error) {
    writer.abandon();
    throw error;
  }
}
