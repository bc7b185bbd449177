/** The user's scenarios on the disk: every version a file of its own, and the unfinished change beside them. Nothing is overwritten. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readWhole, replaceFile, setAside } from '#core/storage/index.ts';
import { ScenarioVersionRow, type ScenarioId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Ids, Logger } from '#shared/ports.ts';

/** A version with the hash of its text; one that was saved before there were hashes has none. */
const KeptVersion = ScenarioVersionRow.extend({ sha256: z.string().length(64).optional() });
const Index = z.strictObject({
  version: z.literal(1),
  updatedTs: z.int(),
  /** Oldest first. */
  versions: z.array(KeptVersion).max(100_000),
});
type Index = z.infer<typeof Index>;

/** What a scenario of the user is on the disk. */
export interface KeptScenario {
  readonly id: ScenarioId;
  readonly version: number;
  readonly updatedTs: number;
  /** Of the newest version; of the draft where no version was saved. */
  readonly text: string;
  readonly draft: string | null;
}

const MINE = 'my:';
const NAME = /^[A-Za-z0-9_-]{1,60}$/;
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
const DIGITS = 6;
const fileOf = (version: number): string => `v${String(version).padStart(DIGITS, '0')}.yaml`;

export class ScenarioStore {
  readonly #folder: string;
  readonly #parts: { readonly clock: Clock; readonly ids: Ids; readonly logger: Logger };

  /** `folder`: made when the first scenario is. */
  constructor(folder: string, parts: { readonly clock: Clock; readonly ids: Ids; readonly logger: Logger }) {
    this.#folder = folder;
    this.#parts = parts;
  }

  list(): KeptScenario[] {
    return this.ids().map((id) => this.get(id));
  }

  /** Throws SCENARIO_UNKNOWN. */
  get(id: ScenarioId): KeptScenario {
    const { versions, updatedTs } = this.#index(id);
    const version = versions.at(-1)?.version ?? 0;
    const draft = readWhole(this.#path(id, DRAFT));
    const text = version === 0 ? (draft ?? '') : this.text(id, version);
    return { id, version, updatedTs, text, draft };
  }

  /** The text of a version. Throws SCENARIO_UNKNOWN. */
  text(id: ScenarioId, version: number): string {
    const text = readWhole(this.#path(id, fileOf(version)));
    if (text === null) throw new AppError('SCENARIO_UNKNOWN', { id: `${id} v${version}` });
    return text;
  }

  /** Newest first. */
  versions(id: ScenarioId): ScenarioVersionRow[] {
    return this.#index(id)
      .versions.map(({ version, ts, note }) => ({ version, ts, note }))
      .toReversed();
  }

  /** The ids there are. */
  ids(): ScenarioId[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => NAME.test(name) && name !== REMOVED)
        .sort()
        .map((name): ScenarioId => `${MINE}${name}`);
    } catch {
      return [];
    }
  }

  /** false: the newest version's file is not what was saved. */
  isWhole(id: ScenarioId): boolean {
    const newest = this.#index(id).versions.at(-1);
    if (newest?.sha256 === undefined) return true;
    const text = readWhole(this.#path(id, fileOf(newest.version)));
    return text !== null && sha256Of(text) === newest.sha256;
  }

  /** A scenario with a draft and no version yet. */
  create(text: string): KeptScenario {
    const id: ScenarioId = `${MINE}${this.#parts.ids.next().replaceAll(/[^A-Za-z0-9_-]/g, '')}`;
    mkdirSync(this.#path(id, ''), { recursive: true });
    this.#keep(id, { version: 1, updatedTs: this.#parts.clock.now(), versions: [] });
    this.saveDraft(id, text);
    return this.get(id);
  }

  saveDraft(id: ScenarioId, text: string | null): KeptScenario {
    this.#index(id);
    const path = this.#path(id, DRAFT);
    if (text === null) rmSync(path, { force: true });
    else replaceFile(path, text);
    return this.get(id);
  }

  /** A new version on the one named; the draft has become it. Throws SCENARIO_CHANGED. */
  save(
    id: ScenarioId,
    change: { readonly version: number; readonly text: string; readonly note: string },
  ): KeptScenario {
    const index = this.#index(id);
    const newest = index.versions.at(-1)?.version ?? 0;
    if (newest !== change.version) throw new AppError('SCENARIO_CHANGED');
    const version = newest + 1;
    const ts = this.#parts.clock.now();
    replaceFile(this.#path(id, fileOf(version)), change.text);
    // Only now it counts: a version that the index does not name is written over by the next.
    const saved = { version, ts, note: change.note, sha256: sha256Of(change.text) };
    this.#keep(id, { ...index, updatedTs: ts, versions: [...index.versions, saved] });
    rmSync(this.#path(id, DRAFT), { force: true });
    return this.get(id);
  }

  /** Puts it into the folder of removed ones. */
  remove(id: ScenarioId): void {
    this.#index(id);
    const away = join(this.#folder, REMOVED);
    mkdirSync(away, { recursive: true });
    renameSync(this.#path(id, ''), join(away, `${id.slice(MINE.length)}-${this.#parts.clock.now()}`));
  }

  #keep(id: ScenarioId, index: Index): void {
    replaceFile(this.#path(id, INDEX), JSON.stringify(index));
  }

  /** A damaged index is put aside and made again from the files of the versions. */
  #index(id: ScenarioId): Index {
    const path = this.#path(id, INDEX);
    const text = readWhole(path);
    if (text === null) {
      if (this.#versionFiles(id).length === 0) throw new AppError('SCENARIO_UNKNOWN', { id });
      return this.#rebuilt(id);
    }
    try {
      return Index.parse(JSON.parse(text));
    } catch (error) {
      this.#parts.logger.warn('scenario index damaged', { id, kept: setAside(path), error: String(error) });
      return this.#rebuilt(id);
    }
  }

  #rebuilt(id: ScenarioId): Index {
    const ts = this.#parts.clock.now();
    const versions = this.#versionFiles(id).map((version) => ({ version, ts, note: '' }));
    const index: Index = { version: 1, updatedTs: ts, versions };
    this.#keep(id, index);
    return index;
  }

  #versionFiles(id: ScenarioId): number[] {
    let names: string[];
    try {
      names = readdirSync(this.#path(id, ''));
    } catch {
      return [];
    }
    return names
      .flatMap((name) => /^v(\d+)\.yaml$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  #path(id: ScenarioId, name: string): string {
    if (!id.startsWith(MINE)) throw new AppError('SCENARIO_SHIPPED');
    return join(this.#folder, id.slice(MINE.length), name);
  }
}

const INDEX = 'index.json';
const DRAFT = 'draft.yaml';
const REMOVED = 'removed';
