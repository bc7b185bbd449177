/** Trying out figures as jobs: over the library or the last recorded sessions, in two workers, one job at a time. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ScenarioDocument, TuneJob, TuneWish } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Ids, Logger } from '#shared/ports.ts';
import { parseScenario } from '#shared/scenario/index.ts';
import { ALL_DETECTORS, type DetectorSetting } from '#shared/threats/index.ts';
import { documentHash } from '../run.ts';
import type { ScenarioRoom } from '../scenario-room.ts';
import type { ShippedScenario } from '../scenario-room.ts';
import { monthOf, type MonthWish } from './month.ts';
import type { TuneNews, TuneOrder, TuneStep } from './serve-tune.ts';

export interface TuneRoomParts {
  /** Where recorded events are kept; made if absent, and emptied of those of other versions. */
  readonly folder: string;
  readonly workerUrl: URL;
  readonly library: readonly ShippedScenario[];
  readonly scenarios: Pick<ScenarioRoom, 'marketOf'>;
  readonly version: string;
  readonly ids: Ids;
  readonly logger: Logger;
}

type Listener = (job: TuneJob) => void;

/** Detectors were tuned on odd seeds; even ones are for judging the whole. */
const SEED = 1;
const WORKERS = 2;
const WORKER_LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 32 } as const;
const ENDED_KEPT = 10;
/** Recorded events on the disk, bytes: the whole library has some 200 MB. */
const KEPT_BYTES = 600_000_000;
const HASH_DIGITS = 16;

interface Standing {
  job: TuneJob;
  /** Part of the step under way, by worker. */
  readonly parts: Map<Worker, number>;
  problem: TuneJob['problem'];
  canceled: boolean;
}

export class TuneRoom {
  readonly #parts: TuneRoomParts;
  readonly #jobs = new Map<string, Standing>();
  readonly #listeners = new Set<Listener>();
  #closed: (() => void) | null = null;

  constructor(parts: TuneRoomParts) {
    this.#parts = parts;
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(parts.folder))
      if (!name.startsWith(`${parts.version}-`) || name.endsWith('.part'))
        rmSync(join(parts.folder, name), { force: true });
  }

  list(): TuneJob[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  /** Told of every change; returns what ends that. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Throws DETECTOR_UNKNOWN, DETECTOR_PARAM for a figure out of range, THREAT_TUNE_BUSY while another is under way, and
   * THREAT_TUNE_NO_DAYS where nothing was recorded of what is followed.
   */
  start(wish: TuneWish, followed: MonthWish): TuneJob {
    const detector = ALL_DETECTORS.find(({ id }) => id === wish.detector);
    if (!detector) throw new AppError('DETECTOR_UNKNOWN', { id: wish.detector });
    for (const { id, labelKo: label, min, max } of detector.params) {
      const value = wish.params[id];
      if (value !== undefined && !(value >= min && value <= max))
        throw new AppError('DETECTOR_PARAM', { label, min, max, value });
    }
    if (this.list().some(({ state }) => state === 'running')) throw new AppError('THREAT_TUNE_BUSY');
    const steps = wish.over === 'library' ? this.#librarySteps(wish) : this.#monthSteps(followed);
    if (steps.length === 0) throw new AppError('THREAT_TUNE_NO_DAYS');
    this.#prune();
    const jobId = this.#parts.ids.next();
    const job: TuneJob = { jobId, ...wish, state: 'running', cases: steps.length, part: 0, results: [], problem: null };
    const standing: Standing = { job, parts: new Map(), problem: null, canceled: false };
    this.#jobs.set(jobId, standing);
    for (const old of [...this.#jobs.keys()].slice(0, -ENDED_KEPT)) this.#jobs.delete(old);
    this.#tell(standing, {});
    const before: DetectorSetting = { on: true, params: {} };
    const after: DetectorSetting = { on: wish.on, params: wish.params };
    for (let lane = 0; lane < Math.min(WORKERS, steps.length); lane += 1) {
      const own = steps.filter((_, place) => place % WORKERS === lane);
      const { version } = this.#parts;
      this.#begin(standing, { kind: 'tune', detector: wish.detector, before, after, steps: own, seed: SEED, version });
    }
    return standing.job;
  }

  cancel(jobId: string): void {
    const standing = this.#jobs.get(jobId);
    if (!standing) throw new AppError('THREAT_TUNE_UNKNOWN', { jobId });
    standing.canceled = true;
    for (const worker of standing.parts.keys()) worker.postMessage('cancel');
  }

  /** Cancels what runs, and returns when no worker is left. */
  async close(): Promise<void> {
    const running = [...this.#jobs.values()].filter(({ parts }) => parts.size > 0);
    if (running.length === 0) return;
    const ended = new Promise<void>((done) => (this.#closed = done));
    for (const { job } of running) this.cancel(job.jobId);
    await ended;
  }

  /** Scenarios that say when it has to fire, and those in which nothing has to. */
  #librarySteps({ detector }: TuneWish): TuneStep[] {
    return this.#parts.library.flatMap(({ id, text }) => {
      const parsed = parseScenario(text);
      if (!('document' in parsed)) return [];
      const { document } = parsed;
      const labelled = document.labels.some((label) => label.detector === detector && label.required);
      const calm = !document.labels.some(({ required }) => required);
      return labelled || calm ? [this.#step(id, document)] : [];
    });
  }

  #monthSteps(followed: MonthWish): TuneStep[] {
    return monthOf(followed).map((document) => this.#step(null, document));
  }

  #step(scenarioId: string | null, document: ScenarioDocument): TuneStep {
    const { scenarios, version, folder } = this.#parts;
    const market = scenarios.marketOf(document);
    // Another import of the same day is another day.
    const records = createHash('sha256').update(serialize(market.records)).digest('hex').slice(0, HASH_DIGITS);
    const name = `${version}-${documentHash(document)}-${records}-${SEED}.events`;
    return { scenarioId, document, ...market, path: join(folder, name) };
  }

  #begin(standing: Standing, order: TuneOrder): void {
    const worker = new Worker(this.#parts.workerUrl, { workerData: order, resourceLimits: WORKER_LIMITS });
    standing.parts.set(worker, 0);
    worker.on('message', (news: TuneNews) => {
      if (news.say === 'part') standing.parts.set(worker, news.part);
      else if (news.say === 'case') {
        standing.parts.set(worker, 0);
        this.#tell(standing, { results: [...standing.job.results, news.result] });
        return;
      } else if (news.say === 'refused' && news.code !== 'CANCELED')
        standing.problem = problemOf(new AppError(news.code, news.params));
      else if (news.say === 'broken') this.#broke(standing, news.what);
      this.#tell(standing, {});
    });
    worker.on('error', (error: Error) => this.#broke(standing, error.message));
    worker.on('exit', () => {
      standing.parts.delete(worker);
      // One that failed leaves the other nothing to finish for.
      if (standing.problem) for (const other of standing.parts.keys()) other.postMessage('cancel');
      if (standing.parts.size === 0) this.#ended(standing);
    });
  }

  #broke(standing: Standing, what: string): void {
    this.#parts.logger.error('trying out figures broke', { what });
    standing.problem = problemOf(new AppError('INTERNAL_BUG', { what }));
  }

  #ended(standing: Standing): void {
    const { job, problem, canceled } = standing;
    const whole = job.results.length === job.cases;
    const state = problem ? 'failed' : canceled && !whole ? 'canceled' : 'done';
    this.#tell(standing, { state, problem });
    this.#closed?.();
  }

  #tell(standing: Standing, change: Partial<TuneJob>): void {
    const { job, parts } = standing;
    const results = change.results ?? job.results;
    const under = [...parts.values()].reduce((sum, part) => sum + part, 0);
    const part = job.cases === 0 ? 0 : Math.min(1, (results.length + under) / job.cases);
    standing.job = { ...job, part, ...change };
    for (const listener of this.#listeners) listener(standing.job);
  }

  /** The oldest recordings go first. */
  #prune(): void {
    const { folder } = this.#parts;
    const files = readdirSync(folder)
      .map((name) => ({ path: join(folder, name), ...sizeAndTime(join(folder, name)) }))
      .sort((a, b) => b.ms - a.ms);
    let bytes = 0;
    for (const { path, size } of files) {
      bytes += size;
      if (bytes > KEPT_BYTES) rmSync(path, { force: true });
    }
  }
}

function sizeAndTime(path: string): { readonly size: number; readonly ms: number } {
  const { size, mtimeMs } = statSync(path);
  return { size, ms: mtimeMs };
}

function problemOf(error: unknown): NonNullable<TuneJob['problem']> {
  const { code, messageKo, actionKo } = toEnvelope(error);
  return { code, messageKo, actionKo };
}
