/** The user's documents: one small file each, replaced whole, checked on every reading, never overwritten unseen. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  DOCUMENT_BODIES,
  DOCUMENT_SIZE_LIMIT,
  DOCUMENT_VERSION,
  DOCUMENTS_LIMIT,
  type DocumentKind,
  type DocumentProblem,
  type DocumentRef,
  type StoredDocument,
} from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { guarded } from './storage-error.ts';
import { readWhole, replaceFile, setAside } from './whole-file.ts';

const Head = z.object({ version: z.int().positive() });
const DocumentFile = z.strictObject({
  version: z.int().positive(),
  id: z.string(),
  revision: z.int().positive(),
  body: z.unknown(),
});

/** No name of a file may be one that an operating system keeps for itself, so each begins alike. */
const PREFIX = 'd-';
const SUFFIX = '.json';

type Listener = (document: StoredDocument) => void;

/** What a kind holds once it was read. */
interface Shelf {
  readonly documents: Map<string, StoredDocument>;
  /** Ids of files of a newer version: shown by nobody, overwritten by nobody. */
  readonly newer: Set<string>;
}

function fileName(id: string): string {
  return `${PREFIX}${encodeURIComponent(id)}${SUFFIX}`;
}

function whyOf(error: z.ZodError): { readonly where: string; readonly why: string } {
  const [issue] = error.issues;
  return { where: issue?.path.join('.') ?? '', why: issue?.message ?? '' };
}

/** The documents of a data folder; a kind is read when it is first asked for. */
export class DocumentStore {
  readonly #folder: string;
  readonly #shelves = new Map<DocumentKind, Shelf>();
  readonly #listeners = new Map<DocumentKind, Set<Listener>>();
  readonly #problems: DocumentProblem[] = [];

  /** `folder`: made when the first document is saved. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Documents of a kind, or the one with an id. */
  list(kind: DocumentKind, id: string | null): readonly StoredDocument[] {
    const { documents } = this.#shelf(kind);
    if (id === null) return [...documents.values()];
    const found = documents.get(id);
    return found ? [found] : [];
  }

  /** Told of every change of a kind; returns what ends that. */
  watch(kind: DocumentKind, listener: Listener): () => void {
    const set = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  /** What could not be read, of the kinds that were asked for so far. */
  problems(): readonly DocumentProblem[] {
    return this.#problems;
  }

  /** Puts a document on the disk. Throws DOCUMENT_CHANGED, DOCUMENT_NEWER, DOCUMENT_INVALID, DOCUMENT_TOO_LARGE, DOCUMENTS_FULL. */
  save({ kind, id, revision }: DocumentRef & { readonly revision: number }, body: unknown): StoredDocument {
    const shelf = this.#shelf(kind);
    this.#assertCurrent(shelf, { id, revision });
    const checked = DOCUMENT_BODIES[kind].safeParse(body);
    if (!checked.success) throw new AppError('DOCUMENT_INVALID', whyOf(checked.error));
    if (revision === 0 && shelf.documents.size >= DOCUMENTS_LIMIT)
      throw new AppError('DOCUMENTS_FULL', { limit: DOCUMENTS_LIMIT });
    const saved: StoredDocument = { kind, id, revision: revision + 1, body: checked.data };
    const text = `${JSON.stringify({ version: DOCUMENT_VERSION, id, revision: saved.revision, body: saved.body })}\n`;
    if (text.length > DOCUMENT_SIZE_LIMIT) throw new AppError('DOCUMENT_TOO_LARGE', { limit: DOCUMENT_SIZE_LIMIT });
    replaceFile(this.#path(kind, id), text);
    shelf.documents.set(id, saved);
    this.#tell(saved);
    return saved;
  }

  /** Removes a document; false where there was none. Throws DOCUMENT_CHANGED, DOCUMENT_NEWER. */
  remove({ kind, id, revision }: DocumentRef & { readonly revision: number }): boolean {
    const shelf = this.#shelf(kind);
    if (!shelf.documents.has(id) && !shelf.newer.has(id)) return false;
    this.#assertCurrent(shelf, { id, revision });
    const path = this.#path(kind, id);
    guarded(path, () => rmSync(path, { force: true }));
    shelf.documents.delete(id);
    this.#tell({ kind, id, revision: 0, body: null });
    return true;
  }

  /** Ids of documents of a kind whose file is not what this store read or wrote last. */
  altered(kind: DocumentKind): readonly string[] {
    const changed = ({ id, revision, body }: StoredDocument): boolean => {
      try {
        const file = DocumentFile.parse(JSON.parse(readWhole(this.#path(kind, id)) ?? ''));
        const found = DOCUMENT_BODIES[kind].parse(file.body);
        return file.revision !== revision || canonicalJson(found) !== canonicalJson(body);
      } catch {
        return true;
      }
    };
    return [...this.#shelf(kind).documents.values()].filter(changed).map(({ id }) => id);
  }

  #assertCurrent(shelf: Shelf, { id, revision }: { readonly id: string; readonly revision: number }): void {
    if (shelf.newer.has(id)) throw new AppError('DOCUMENT_NEWER', { id });
    if ((shelf.documents.get(id)?.revision ?? 0) !== revision) throw new AppError('DOCUMENT_CHANGED');
  }

  #tell(document: StoredDocument): void {
    for (const listener of this.#listeners.get(document.kind) ?? []) listener(document);
  }

  #path(kind: DocumentKind, id: string): string {
    return join(this.#folder, kind, fileName(id));
  }

  #shelf(kind: DocumentKind): Shelf {
    const known = this.#shelves.get(kind);
    if (known) return known;
    const shelf: Shelf = { documents: new Map(), newer: new Set() };
    this.#shelves.set(kind, shelf);
    for (const name of this.#files(kind)) this.#read(kind, name, shelf);
    return shelf;
  }

  #files(kind: DocumentKind): readonly string[] {
    const folder = join(this.#folder, kind);
    try {
      return readdirSync(folder).filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  #read(kind: DocumentKind, name: string, shelf: Shelf): void {
    const path = join(this.#folder, kind, name);
    let id = name.slice(PREFIX.length, -SUFFIX.length);
    try {
      id = decodeURIComponent(id);
      const data: unknown = JSON.parse(readWhole(path) ?? '');
      if (Head.parse(data).version > DOCUMENT_VERSION) {
        shelf.newer.add(id);
        this.#report({ kind, id }, new AppError('DOCUMENT_NEWER', { id }));
        return;
      }
      const { revision, body } = DocumentFile.parse(data);
      shelf.documents.set(id, { kind, id, revision, body: DOCUMENT_BODIES[kind].parse(body) });
    } catch (error) {
      if (error instanceof AppError) throw error;
      this.#report({ kind, id }, new AppError('DOCUMENT_CORRUPT', { kept: setAside(path) }, { cause: error }));
    }
  }

  #report({ kind, id }: DocumentRef, error: AppError): void {
    const { code, messageKo, actionKo } = toEnvelope(error);
    this.#problems.push({ kind, id, code, messageKo, actionKo });
  }
}
