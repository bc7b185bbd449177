/** The user's documents on the screen: followed live from the core, changed only with the revision that was read. */
import {
  DOCUMENT_BODIES,
  type DocumentBody,
  type DocumentKind,
  type DocumentProblem,
  type StoredDocument,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CoreClient } from './supervisor.ts';

type Listener = () => void;

/** Documents of a kind by id; null until the core has told them. */
export type DocumentsOf<Kind extends DocumentKind> = ReadonlyMap<string, DocumentBody<Kind>> | null;

/** What is followed under one key: a kind, or one document of it. */
interface Followed {
  readonly kind: DocumentKind;
  readonly id: string | null;
  readonly listeners: Set<Listener>;
  bodies: ReadonlyMap<string, unknown> | null;
  readonly revisions: Map<string, number>;
  close: () => void;
}

function keyOf(kind: DocumentKind, id: string | null): string {
  return `${kind}|${id ?? ''}`;
}

/** One stream per followed key, opened with the first listener and closed after the last. */
export class Documents {
  readonly #followed = new Map<string, Followed>();
  readonly #saving = new Map<string, Promise<void>>();
  readonly #tell: (problem: DocumentProblem) => void;
  readonly #told = new Set<string>();
  #client: CoreClient | null = null;

  /** `tell` hears of each file that could not be read, once. */
  constructor(tell: (problem: DocumentProblem) => void = () => undefined) {
    this.#tell = tell;
  }

  attach(client: CoreClient): void {
    this.#client = client;
    for (const followed of this.#followed.values()) this.#open(followed);
  }

  /** Last bodies stay visible without a line. */
  detach(): void {
    for (const followed of this.#followed.values()) followed.close();
    this.#client = null;
  }

  /** Follows a kind, or one document; returns what ends that. */
  watch(kind: DocumentKind, id: string | null, listener: Listener): () => void {
    const key = keyOf(kind, id);
    const followed = this.#followed.get(key) ?? this.#begin(kind, id);
    followed.listeners.add(listener);
    return () => {
      followed.listeners.delete(listener);
      if (followed.listeners.size > 0) return;
      followed.close();
      if (this.#followed.get(key) === followed) this.#followed.delete(key);
    };
  }

  /** The documents of what is followed; null until they are known. */
  list<Kind extends DocumentKind>(kind: Kind, id: string | null = null): DocumentsOf<Kind> {
    return (this.#followed.get(keyOf(kind, id))?.bodies ?? null) as DocumentsOf<Kind>;
  }

  /** The documents of a kind, once the core has told them. */
  load<Kind extends DocumentKind>(
    kind: Kind,
    id: string | null = null,
  ): Promise<ReadonlyMap<string, DocumentBody<Kind>>> {
    return new Promise((resolve) => {
      const known = this.list(kind, id);
      if (known) {
        resolve(known);
        return;
      }
      const stop = this.watch(kind, id, () => {
        const bodies = this.list(kind, id);
        if (!bodies) return;
        resolve(bodies);
        queueMicrotask(() => stop());
      });
    });
  }

  /**
   * Saves a document over the one that was read; saves of one document go one after another. Throws what the core says,
   * such as DOCUMENT_CHANGED where another window was first.
   */
  save<Kind extends DocumentKind>(kind: Kind, id: string, body: DocumentBody<Kind>): Promise<void> {
    const key = keyOf(kind, id);
    const saved = (this.#saving.get(key) ?? Promise.resolve()).then(() => this.#save(kind, id, body));
    const settled = saved.catch(() => undefined);
    this.#saving.set(key, settled);
    void settled.then(() => {
      if (this.#saving.get(key) === settled) this.#saving.delete(key);
    });
    return saved;
  }

  async #save<Kind extends DocumentKind>(kind: Kind, id: string, body: DocumentBody<Kind>): Promise<void> {
    const client = this.#client;
    if (!client) throw new AppError('PIPE_CLOSED');
    this.#take(await client.documents.save({ kind, id, revision: this.#revisionOf(kind, id), body }));
  }

  async remove(kind: DocumentKind, id: string): Promise<void> {
    const client = this.#client;
    if (!client) throw new AppError('PIPE_CLOSED');
    await client.documents.remove({ kind, id, revision: this.#revisionOf(kind, id) });
    this.#take({ kind, id, revision: 0, body: null });
  }

  #revisionOf(kind: DocumentKind, id: string): number {
    const followed = this.#followed.get(keyOf(kind, id)) ?? this.#followed.get(keyOf(kind, null));
    return followed?.revisions.get(id) ?? 0;
  }

  #begin(kind: DocumentKind, id: string | null): Followed {
    const followed: Followed = {
      kind,
      id,
      listeners: new Set(),
      bodies: null,
      revisions: new Map(),
      close: () => undefined,
    };
    this.#followed.set(keyOf(kind, id), followed);
    this.#open(followed);
    return followed;
  }

  #open(followed: Followed): void {
    if (!this.#client) return;
    const { kind, id } = followed;
    followed.close = this.#client.documents.follow(
      { kind, id },
      {
        batch: (items, { snapshot }) => {
          if (snapshot) {
            followed.revisions.clear();
            followed.bodies = new Map();
          }
          for (const item of items) this.#put(followed, item);
          followed.bodies ??= new Map();
          if (snapshot) void this.#askProblems();
          for (const listener of [...followed.listeners]) listener();
        },
      },
    );
  }

  /** A kind is read when it is first followed, and only then shows what it could not read. */
  async #askProblems(): Promise<void> {
    // A line that breaks meanwhile is opened again, and asked again.
    const problems = (await this.#client?.documents.problems({}).catch(() => [])) ?? [];
    for (const problem of problems) {
      const key = `${problem.kind}|${problem.id}|${problem.code}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#tell(problem);
    }
  }

  /** An answer may come before the stream tells the same: both are taken, an older one is not. */
  #take(document: StoredDocument): void {
    for (const key of [keyOf(document.kind, document.id), keyOf(document.kind, null)]) {
      const followed = this.#followed.get(key);
      if (!followed) continue;
      this.#put(followed, document);
      for (const listener of [...followed.listeners]) listener();
    }
  }

  #put(followed: Followed, { id, revision, body }: StoredDocument): void {
    const bodies = new Map(followed.bodies ?? []);
    const checked = revision === 0 ? null : DOCUMENT_BODIES[followed.kind].safeParse(body);
    if (revision !== 0 && revision < (followed.revisions.get(id) ?? 0)) return;
    if (checked?.success) {
      bodies.set(id, checked.data);
      followed.revisions.set(id, revision);
    } else {
      bodies.delete(id);
      followed.revisions.delete(id);
    }
    followed.bodies = bodies;
  }
}
