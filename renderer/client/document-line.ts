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

/** A change on its way: makes a document's next body of what it is, null where there is none yet. */
interface Edit {
  /** Pure, since it is called for the screen before its turn comes. */
  readonly act: (body: unknown) => unknown;
  /** What it has made, once it is being kept: the core may tell that before it answers. */
  made: { readonly body: unknown } | null;
}

/** Documents of a kind by id; null until the core has told them. */
export type DocumentsOf<Kind extends DocumentKind> = ReadonlyMap<string, DocumentBody<Kind>> | null;

/** What is followed under one key: a kind, or one document of it. */
interface Followed {
  readonly kind: DocumentKind;
  readonly id: string | null;
  readonly listeners: Set<Listener>;
  /** As the core has them; null until it has told them. */
  bodies: ReadonlyMap<string, unknown> | null;
  /** The same with the edits that are on their way. */
  shown: ReadonlyMap<string, unknown> | null;
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
  /** Edits that are on their way, by document, the oldest first. */
  readonly #edits = new Map<string, readonly Edit[]>();
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

  /** The documents of what is followed, edits on their way included; null until they are known. */
  list<Kind extends DocumentKind>(kind: Kind, id: string | null = null): DocumentsOf<Kind> {
    return (this.#followed.get(keyOf(kind, id))?.shown ?? null) as DocumentsOf<Kind>;
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
    return this.#inLine(keyOf(kind, id), () => this.#save(kind, id, body));
  }

  /**
   * Changes a document: shown at once, and kept after the changes before it, each made of what the one before has left,
   * so that two quick ones both stand. One that is not kept is no longer shown, and throws what the core says.
   */
  async edit<Kind extends DocumentKind>(
    kind: Kind,
    id: string,
    act: (body: DocumentBody<Kind> | null) => DocumentBody<Kind>,
  ): Promise<void> {
    const key = keyOf(kind, id);
    const edit: Edit = { act: (body) => act(body as DocumentBody<Kind> | null), made: null };
    // The revision must still be known when its turn comes, whoever has closed their panel meanwhile.
    const of = this.#followed.has(keyOf(kind, null)) ? null : id;
    const leave = this.watch(kind, of, () => undefined);
    this.#edits.set(key, [...(this.#edits.get(key) ?? []), edit]);
    this.#show(kind, id);
    try {
      await this.#inLine(key, async () => {
        if (!this.#client) throw new AppError('PIPE_CLOSED');
        await this.load(kind, of);
        const body = act((this.#knowing(kind, id)?.bodies?.get(id) ?? null) as DocumentBody<Kind> | null);
        edit.made = { body };
        await this.#save(kind, id, body, () => this.#leaveEdit(key, edit));
      });
    } finally {
      if (this.#leaveEdit(key, edit)) this.#show(kind, id);
      leave();
    }
  }

  /** true: it was still on its way. */
  #leaveEdit(key: string, edit: Edit): boolean {
    const all = this.#edits.get(key) ?? [];
    const left = all.filter((each) => each !== edit);
    if (left.length === 0) this.#edits.delete(key);
    else this.#edits.set(key, left);
    return left.length < all.length;
  }

  /** Shows a document anew to all who follow it. */
  #show(kind: DocumentKind, id: string): void {
    for (const followed of this.#following(kind, id)) {
      this.#overlay(followed);
      for (const listener of [...followed.listeners]) listener();
    }
  }

  /** What is kept, with the edits that are on their way. */
  #overlay(followed: Followed): void {
    const shown = followed.bodies && new Map(followed.bodies);
    followed.shown = shown;
    if (!shown) return;
    for (const [key, edits] of this.#edits) {
      const [kind, id] = [key.slice(0, key.indexOf('|')), key.slice(key.indexOf('|') + 1)];
      if (kind !== followed.kind || (followed.id !== null && id !== followed.id)) continue;
      shown.set(
        id,
        edits.reduce<unknown>((body, { act, made }) => (made ? made.body : act(body)), shown.get(id) ?? null),
      );
    }
  }

  #inLine(key: string, act: () => Promise<void>): Promise<void> {
    const saved = (this.#saving.get(key) ?? Promise.resolve()).then(act);
    const settled = saved.catch(() => undefined);
    this.#saving.set(key, settled);
    void settled.then(() => {
      if (this.#saving.get(key) === settled) this.#saving.delete(key);
    });
    return saved;
  }

  /** `kept` is called before what the core has kept is shown. */
  async #save<Kind extends DocumentKind>(
    kind: Kind,
    id: string,
    body: DocumentBody<Kind>,
    kept: () => void = () => undefined,
  ): Promise<void> {
    const client = this.#client;
    if (!client) throw new AppError('PIPE_CLOSED');
    const stored = await client.documents.save({ kind, id, revision: this.#revisionOf(kind, id), body });
    kept();
    this.#take(stored);
  }

  async remove(kind: DocumentKind, id: string): Promise<void> {
    // After the changes before it, whose revision it needs.
    await this.#inLine(keyOf(kind, id), async () => {
      const client = this.#client;
      if (!client) throw new AppError('PIPE_CLOSED');
      await client.documents.remove({ kind, id, revision: this.#revisionOf(kind, id) });
      this.#take({ kind, id, revision: 0, body: null });
    });
  }

  #revisionOf(kind: DocumentKind, id: string): number {
    return this.#knowing(kind, id)?.revisions.get(id) ?? 0;
  }

  /** The documents that follow one of them, and those of its kind. */
  #following(kind: DocumentKind, id: string): readonly Followed[] {
    return [keyOf(kind, id), keyOf(kind, null)].flatMap((key) => this.#followed.get(key) ?? []);
  }

  /** Where a document is known from: a stream that was just opened knows nothing yet. */
  #knowing(kind: DocumentKind, id: string): Followed | undefined {
    const all = this.#following(kind, id);
    return all.find(({ bodies }) => bodies !== null) ?? all[0];
  }

  #begin(kind: DocumentKind, id: string | null): Followed {
    const followed: Followed = {
      kind,
      id,
      listeners: new Set(),
      bodies: null,
      shown: null,
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
          this.#overlay(followed);
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
    for (const followed of this.#following(document.kind, document.id)) {
      this.#put(followed, document);
      this.#overlay(followed);
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
