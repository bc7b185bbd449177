/** Results of runs on the disk: one compressed file each, and a row of each in memory. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { RunRow, RUNS_KEPT, ScenarioRun } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';

const Kept = z.strictObject({ version: z.literal(1), row: RunRow, run: ScenarioRun });
const NAME = /^run-[A-Za-z0-9_-]{1,80}\.json\.gz$/;

export class RunStore {
  readonly #folder: string;
  readonly #logger: Logger;
  #rows: RunRow[] | null = null;

  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  /** Newest first. */
  rows(): readonly RunRow[] {
    return (this.#rows ??= this.#readAll());
  }

  /** Throws SCENARIO_UNKNOWN. */
  get(runId: string): ScenarioRun {
    const kept = this.#read(this.#path(runId));
    if (!kept) throw new AppError('SCENARIO_UNKNOWN', { id: runId });
    return kept.run;
  }

  /** Keeps a result; of a scenario the oldest beyond the number kept are let go. */
  add(row: RunRow, run: ScenarioRun): void {
    const rows = this.rows();
    mkdirSync(this.#folder, { recursive: true });
    const path = this.#path(row.runId);
    writeFileSync(`${path}.partial`, gzipSync(JSON.stringify({ version: 1, row, run } satisfies z.infer<typeof Kept>)));
    renameSync(`${path}.partial`, path);
    const all = [row, ...rows];
    const ofScenario = all.filter(({ scenarioId }) => scenarioId === row.scenarioId);
    const gone = new Set(ofScenario.slice(RUNS_KEPT).map(({ runId }) => runId));
    for (const runId of gone) rmSync(this.#path(runId), { force: true });
    this.#rows = all.filter(({ runId }) => !gone.has(runId));
  }

  #path(runId: string): string {
    return join(this.#folder, `run-${runId.replaceAll(/[^A-Za-z0-9_-]/g, '')}.json.gz`);
  }

  #readAll(): RunRow[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder).filter((name) => NAME.test(name));
    } catch {
      return [];
    }
    return names
      .flatMap((name) => this.#read(join(this.#folder, name))?.row ?? [])
      .sort((a, b) => b.ranTs - a.ranTs || (a.runId < b.runId ? 1 : -1));
  }

  /** null where the file is none of ours, damaged, or of another version: it stays where it is. */
  #read(path: string): z.infer<typeof Kept> | null {
    try {
      return Kept.parse(JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')));
    } catch (error) {
      this.#logger.warn('a run could not be read', { path, error: String(error) });
      return null;
    }
  }
}
