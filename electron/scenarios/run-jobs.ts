/** Runs as jobs: each in a worker of its own, a few at a time, with progress, pace and cancellation. */
import { Worker } from 'node:worker_threads';
import type { RunJob, RunRow, ScenarioDocument, ScenarioId, ScenarioRun } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Ids, Logger } from '#shared/ports.ts';
import type { RunStore } from './run-store.ts';
import type { RunNews, RunOrder, RunWord } from './serve-run.ts';

export interface RunJobsParts {
  /** The built worker entry. */
  readonly workerUrl: URL;
  readonly store: RunStore;
  readonly version: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
}

/** What a job is asked to do. */
export interface JobWish {
  readonly scenarioId: ScenarioId;
  readonly scenarioVersion: number;
  readonly document: ScenarioDocument;
  /** Issues and recorded days, asked for when the job begins. Throws what makes the scenario impossible. */
  readonly market: () => Pick<RunOrder, 'listing' | 'records'>;
  readonly seeds: readonly number[];
  readonly pace: number | null;
}

type Listener = (job: RunJob) => void;

/** Jobs under way and waiting together, workers at a time, and ended jobs that are still told of. */
const JOBS_LIMIT = 20;
const WORKERS = 2;
const ENDED_KEPT = 50;
const WORKER_LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 32 } as const;

interface Standing {
  job: RunJob;
  readonly wish: JobWish;
  worker: Worker | null;
}

export class RunJobs {
  readonly #parts: RunJobsParts;
  readonly #jobs = new Map<string, Standing>();
  readonly #listeners = new Set<Listener>();
  #closing: (() => void) | null = null;

  constructor(parts: RunJobsParts) {
    this.#parts = parts;
  }

  list(): RunJob[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  /** Told of every change; returns what ends that. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Throws SCENARIO_RUNS_FULL. */
  start(wish: JobWish): RunJob {
    const waiting = this.list().filter(({ state }) => state === 'waiting' || state === 'running');
    if (waiting.length >= JOBS_LIMIT) throw new AppError('SCENARIO_RUNS_FULL', { limit: JOBS_LIMIT });
    const job: RunJob = {
      jobId: this.#parts.ids.next(),
      scenarioId: wish.scenarioId,
      name: wish.document.name,
      version: wish.scenarioVersion,
      state: 'waiting',
      done: 0,
      seeds: wish.seeds.length,
      part: 0,
      pace: wish.pace,
      ts: 0,
      kospiPct: null,
      kosdaqPct: null,
      score: 0,
      equityKrw: {},
      lines: [],
      problem: null,
      runIds: [],
    };
    const standing: Standing = { job, wish, worker: null };
    this.#jobs.set(job.jobId, standing);
    this.#tell(standing, {});
    this.#next();
    return standing.job;
  }

  setPace(jobId: string, pace: number | null): void {
    const standing = this.#get(jobId);
    standing.worker?.postMessage({ word: 'pace', pace } satisfies RunWord);
    this.#tell(standing, { pace });
  }

  cancel(jobId: string): void {
    const standing = this.#get(jobId);
    if (standing.worker) standing.worker.postMessage({ word: 'cancel' } satisfies RunWord);
    else if (standing.job.state === 'waiting') this.#tell(standing, { state: 'canceled' });
  }

  /** Cancels what runs and waits, and returns when no worker is left. */
  async close(): Promise<void> {
    const running = [...this.#jobs.values()].filter(({ worker }) => worker !== null);
    for (const standing of this.#jobs.values())
      if (standing.job.state === 'waiting') this.#tell(standing, { state: 'canceled' });
    for (const { worker } of running) worker?.postMessage({ word: 'cancel' } satisfies RunWord);
    if (running.length > 0) await new Promise<void>((done) => (this.#closing = done));
  }

  #get(jobId: string): Standing {
    const standing = this.#jobs.get(jobId);
    if (!standing) throw new AppError('SCENARIO_UNKNOWN', { id: jobId });
    return standing;
  }

  #next(): void {
    const all = [...this.#jobs.values()];
    const busy = all.filter(({ worker }) => worker !== null).length;
    if (busy === 0 && this.#closing) this.#closing();
    const waiting = all.find(({ job }) => job.state === 'waiting');
    if (!waiting || this.#closing || busy >= WORKERS) return;
    this.#begin(waiting);
    this.#next();
  }

  #begin(standing: Standing): void {
    const { workerUrl, version } = this.#parts;
    const { document, seeds, market } = standing.wish;
    let order: RunOrder;
    try {
      order = { kind: 'scenario', document, ...market(), seeds, version, pace: standing.job.pace };
    } catch (error) {
      // A record may have been removed while the job waited.
      this.#tell(standing, { state: 'failed', problem: problemOf(error) });
      return;
    }
    const worker = new Worker(workerUrl, { workerData: order, resourceLimits: WORKER_LIMITS });
    standing.worker = worker;
    this.#tell(standing, { state: 'running' });
    let ended = false;
    worker.on('message', (news: RunNews) => {
      if (news.say === 'stand')
        this.#tell(standing, { ...news.stand, lines: [...news.stand.lines], equityKrw: { ...news.stand.equityKrw } });
      else if (news.say === 'result') this.#keep(standing, news.run);
      else {
        ended = true;
        this.#ended(standing, news);
      }
    });
    worker.on('error', (error: Error) => {
      ended = true;
      this.#ended(standing, { say: 'broken', what: error.message });
    });
    worker.on('exit', () => {
      standing.worker = null;
      if (!ended) this.#ended(standing, { say: 'broken', what: 'the worker ended without a word' });
      this.#next();
    });
  }

  #keep(standing: Standing, run: ScenarioRun): void {
    const { ids, clock, store, logger } = this.#parts;
    const { job, wish } = standing;
    const row: RunRow = {
      runId: ids.next(),
      jobId: job.jobId,
      scenarioId: wish.scenarioId,
      scenario: run.scenario,
      scenarioVersion: wish.scenarioVersion,
      seed: run.seed,
      hash: run.hash,
      document: run.document,
      version: run.version,
      ranTs: clock.now(),
      ms: run.ms,
      passed: run.passed,
      criteria: run.criteria.length,
      criteriaPassed: run.criteria.filter(({ pass }) => pass).length,
      threats: run.threats.length,
      plays: run.plays.length,
      accounts: run.accounts.map(({ id, returnPct, maxDrawdownPct, endKrw }) => ({
        id,
        returnPct,
        maxDrawdownPct,
        endKrw,
      })),
    };
    try {
      store.add(row, run);
    } catch (error) {
      logger.error('a run was not kept', { error: String(error) });
      this.#tell(standing, { problem: problemOf(error) });
      return;
    }
    this.#tell(standing, { done: job.done + 1, part: 1, runIds: [...job.runIds, row.runId] });
  }

  #ended(standing: Standing, news: Extract<RunNews, { readonly say: 'done' | 'refused' | 'broken' }>): void {
    if (news.say === 'done') return this.#tell(standing, { state: standing.job.problem ? 'failed' : 'done' });
    if (news.say === 'refused') {
      const canceled = news.code === 'CANCELED';
      const problem = canceled ? null : problemOf(new AppError(news.code, news.params));
      return this.#tell(standing, { state: canceled ? 'canceled' : 'failed', problem });
    }
    this.#parts.logger.error('a run broke', { what: news.what });
    this.#tell(standing, { state: 'failed', problem: problemOf(new AppError('INTERNAL_BUG', { what: news.what })) });
  }

  #tell(standing: Standing, change: Partial<RunJob>): void {
    standing.job = { ...standing.job, ...change };
    for (const listener of this.#listeners) listener(standing.job);
    const ended = [...this.#jobs.values()].filter(({ job }) => job.state !== 'waiting' && job.state !== 'running');
    for (const { job } of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) this.#jobs.delete(job.jobId);
  }
}

function problemOf(error: unknown): NonNullable<RunJob['problem']> {
  const { code, messageKo, actionKo } = toEnvelope(error);
  return { code, messageKo, actionKo };
}
