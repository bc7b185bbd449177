/** Everything about scenarios in one core: the library that came along, the user's own, their runs. */
import { join } from 'node:path';
import type { GuardedFile } from '#core/threats/index.ts';
import {
  krxId,
  type ArmedPlay,
  type KrxInstrument,
  type RunJob,
  type ScenarioDocument,
  type ScenarioId,
  type SimulationPlan,
  type StoredScenario,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Ids, Logger } from '#shared/ports.ts';
import { formatScenario, parseScenario, scenarioDays, storyOf, timelineOf } from '#shared/scenario/index.ts';
import { collectRecords, type RecordSources } from './recorded-days.ts';
import { RunJobs } from './run-jobs.ts';
import type { RunOrder } from './serve-run.ts';
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
  /** Issues of a synthetic market. */
  readonly listing: () => readonly KrxInstrument[];
  /** Issues and recorded days of replays. */
  readonly recorded: RecordSources & { readonly listing: () => readonly KrxInstrument[] };
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

  /** The newest version of each, as what only this program writes. */
  files(): GuardedFile[] {
    return this.#store.ids().map((id) => ({ what: 'scenario', name: id, whole: () => this.#store.isWhole(id) }));
  }

  versions(id: ScenarioId) {
    return this.#library.has(id) ? [] : this.#store.versions(id);
  }

  /** Throws SCENARIO_BROKEN, SCENARIO_ISSUE, SCENARIO_NO_RECORD, SCENARIO_RUNS_FULL, and what makes a record unplayable. */
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
    const market = (): ReturnType<typeof this.marketOf> => this.marketOf(document);
    const { id: scenarioId, pace } = wish;
    return this.jobs.start({ scenarioId, scenarioVersion: kept.version, document, market, seeds, pace });
  }

  /** The issues of a scenario and the recorded days of a replay. Throws as `collectRecords`. */
  marketOf(document: ScenarioDocument): Pick<RunOrder, 'listing' | 'records'> {
    const codes = new Set(document.market.issues);
    const listing = this.#listingOf(document).filter(({ code }) => codes.has(code));
    return { listing, records: collectRecords(document, this.#parts.recorded) };
  }

  /** The scenario as a plan for the practice market; of a replay its first day. Throws SCENARIO_BROKEN, SCENARIO_NO_RECORD. */
  plan(wish: { readonly id: ScenarioId; readonly text: string | null; readonly seed: number }): SimulationPlan {
    const document = this.#playable(wish.text ?? this.read(wish.id, null).text);
    const { seed } = wish;
    const story = storyOf(document, timelineOf(document), seed);
    if (story) return { mode: 'synthetic', seed, story };
    const [record] = collectRecords(document, this.#parts.recorded);
    const [front = '', ...others] = document.market.issues;
    if (!record) throw new AppError('SCENARIO_NO_RECORD', { date: '', code: front });
    return { mode: 'replay', instrumentId: krxId(front), others: others.map(krxId), date: record.date, seed };
  }

  /** Every scenario as it is kept, the user's own first. */
  texts(): { readonly scenarioId: ScenarioId; readonly own: boolean; readonly text: string }[] {
    return [
      ...this.#store
        .list()
        .map(({ id, text, draft }) => ({ scenarioId: id, own: true, text: text === '' ? (draft ?? '') : text })),
      ...[...this.#library.values()].map(({ id, text }) => ({ scenarioId: id, own: false, text })),
    ];
  }

  /** What a scenario arms. */
  armed(wish: { readonly id: ScenarioId; readonly text: string | null }): readonly ArmedPlay[] {
    return documentOf(wish.text ?? this.read(wish.id, null).text).plays;
  }

  async close(): Promise<void> {
    await this.jobs.close();
  }

  /** What can be played here; an unknown issue or a missing record is told at once, not by a worker later. */
  #playable(text: string): ScenarioDocument {
    const document = documentOf(text);
    const known = new Set(this.#listingOf(document).map(({ code }) => code));
    const code = document.market.issues.find((issue) => !known.has(issue));
    if (code !== undefined) throw new AppError('SCENARIO_ISSUE', { code });
    collectRecords(document, this.#parts.recorded);
    return document;
  }

  #listingOf({ market }: ScenarioDocument): readonly KrxInstrument[] {
    const { listing, recorded } = this.#parts;
    return market.kind === 'replay' ? recorded.listing() : listing();
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
