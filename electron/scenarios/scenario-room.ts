/** Everything about scenarios in one core: the library that came along, the user's own, their runs. */
import { join } from 'node:path';
import type {
  KrxInstrument,
  RunJob,
  ScenarioDocument,
  ScenarioId,
  SimulationPlan,
  StoredScenario,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Ids, Logger } from '#shared/ports.ts';
import { formatScenario, parseScenario, scenarioDays, storyOf, timelineOf } from '#shared/scenario/index.ts';
import { RunJobs } from './run-jobs.ts';
import { RunStore } from './run-store.ts';
import { ScenarioStore, type KeptScenario } from './scenario-store.ts';

/** A scenario that came along. */
export interface ShippedScenario {
  readonly id: ScenarioId;
  readonly text: string;
}

export interface ScenarioRoomParts {
  readonly dataDir: string;
  readonly workerUrl: URL;
  readonly library: readonly ShippedScenario[];
  readonly listing: () => readonly KrxInstrument[];
  readonly version: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
}

type Listener = (scenario: StoredScenario) => void;

export class ScenarioRoom {
  readonly #parts: ScenarioRoomParts;
  readonly #store: ScenarioStore;
  readonly #library: ReadonlyMap<ScenarioId, ShippedScenario>;
  readonly #listeners = new Set<Listener>();
  readonly runs: RunStore;
  readonly jobs: RunJobs;

  constructor(parts: ScenarioRoomParts) {
    this.#parts = parts;
    const { dataDir, library, logger } = parts;
    this.#store = new ScenarioStore(join(dataDir, 'scenarios'), parts);
    this.#library = new Map(library.map((shipped) => [shipped.id, shipped]));
    this.runs = new RunStore(join(dataDir, 'scenario-runs'), logger);
    this.jobs = new RunJobs({ ...parts, store: this.runs });
  }

  /** The user's own first, then the library. */
  list(): StoredScenario[] {
    const own = this.#store.list().map((kept) => described(kept));
    return [...own, ...[...this.#library.values()].map((shipped) => this.#described(shipped.id))];
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Throws SCENARIO_UNKNOWN. */
  read(id: ScenarioId, version: number | null) {
    const shipped = this.#library.get(id);
    if (shipped) return { id, version: 1, text: shipped.text, draft: null };
    const kept = this.#store.get(id);
    if (version === null || version === kept.version)
      return { id, version: kept.version, text: kept.text, draft: kept.draft };
    return { id, version, text: this.#store.text(id, version), draft: kept.draft };
  }

  saveDraft(id: ScenarioId, text: string | null): StoredScenario {
    return this.#told(described(this.#store.saveDraft(id, text)));
  }

  /** Throws SCENARIO_BROKEN for a text that is no scenario, SCENARIO_CHANGED. */
  save(
    id: ScenarioId,
    change: { readonly version: number; readonly text: string; readonly note: string },
  ): StoredScenario {
    documentOf(change.text);
    return this.#told(described(this.#store.save(id, change)));
  }

  create(wish: {
    readonly from: ScenarioId | null;
    readonly text: string | null;
    readonly name: string | null;
  }): StoredScenario {
    const text = wish.text ?? (wish.from === null ? '' : this.read(wish.from, null).text);
    return this.#told(described(this.#store.create(wish.name === null ? text : renamed(text, wish.name))));
  }

  remove(id: ScenarioId): boolean {
    const gone = described(this.#store.get(id));
    this.#store.remove(id);
    this.#told({ ...gone, removed: true });
    return true;
  }

  versions(id: ScenarioId) {
    return this.#library.has(id) ? [] : this.#store.versions(id);
  }

  /** Throws SCENARIO_BROKEN, SCENARIO_ISSUE, SCENARIO_RUNS_FULL. */
  run(wish: {
    readonly id: ScenarioId;
    readonly text: string | null;
    readonly seed: number;
    readonly seeds: number;
    readonly pace: number | null;
  }): RunJob {
    const kept = this.read(wish.id, null);
    const document = this.#playable(wish.text ?? kept.text);
    const seeds = Array.from({ length: wish.seeds }, (_, place) => (wish.seed + place) % 4_294_967_296);
    return this.jobs.start({ scenarioId: wish.id, scenarioVersion: kept.version, document, seeds, pace: wish.pace });
  }

  /** The scenario as a plan for the practice market. Throws SCENARIO_BROKEN, SCENARIO_NO_RECORD. */
  plan(wish: { readonly id: ScenarioId; readonly text: string | null; readonly seed: number }): SimulationPlan {
    const document = this.#playable(wish.text ?? this.read(wish.id, null).text);
    const story = storyOf(document, timelineOf(document), wish.seed);
    if (!story) throw new AppError('SCENARIO_NO_RECORD', { date: '' });
    return { mode: 'synthetic', seed: wish.seed, story };
  }

  async close(): Promise<void> {
    await this.jobs.close();
  }

  /** What can be played here; an unknown issue is told at once, not by a worker later. */
  #playable(text: string): ScenarioDocument {
    const document = documentOf(text);
    const known = new Set(this.#parts.listing().map(({ code }) => code));
    const code = document.market.issues.find((issue) => !known.has(issue));
    if (code !== undefined) throw new AppError('SCENARIO_ISSUE', { code });
    return document;
  }

  #described(id: ScenarioId): StoredScenario {
    const { text } = this.read(id, null);
    return described({ id, version: 1, updatedTs: 0, text, draft: null });
  }

  #told(scenario: StoredScenario): StoredScenario {
    for (const listener of this.#listeners) listener(scenario);
    return scenario;
  }
}

function documentOf(text: string): ScenarioDocument {
  const parsed = parseScenario(text);
  if ('document' in parsed) return parsed.document;
  throw new AppError('SCENARIO_BROKEN', { count: parsed.problems.length, first: parsed.problems[0]?.ko ?? '' });
}

/** The same under another name; a text that cannot be read stays as it is. */
function renamed(text: string, name: string): string {
  const parsed = parseScenario(text);
  return 'document' in parsed ? formatScenario({ ...parsed.document, name }) : text;
}

function described({ id, version, updatedTs, text, draft }: KeptScenario): StoredScenario {
  const parsed = parseScenario(draft ?? text);
  const kept = { id, version, updatedTs, draft: draft !== null, removed: false };
  if (!('document' in parsed)) return { ...kept, name: id, summary: '', tags: [], days: 0, issues: 0 };
  const { document } = parsed;
  const { name, summary, tags, market } = document;
  return { ...kept, name, summary, tags, days: scenarioDays(document), issues: market.issues.length };
}
