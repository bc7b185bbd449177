/** The list of connections on the disk, without any secret: replaced whole, checked on reading. */
import { z } from 'zod';
import { EndpointKind, IsoDate, KisKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { readWhole, replaceFile, setAside } from '#core/storage/index.ts';

/** A connection as the file knows it. */
export const StoredConnection = z.strictObject({
  connectionId: z.string(),
  label: z.string(),
  kind: KisKind,
  endpoint: EndpointKind,
  restUrl: z.string(),
  wsUrl: z.string(),
  accountMasked: z.string(),
  hasHtsId: z.boolean(),
  /** The HTS id has a sign that notices stumble over. */
  htsIdSigns: z.boolean(),
  /** Where its keys were put; those in memory are gone with the run that put them there. */
  kept: z.enum(['keychain', 'memory']),
  keyIssuedOn: IsoDate.nullable(),
  lastTradedOn: IsoDate.nullable(),
  savedOn: IsoDate,
});
export type StoredConnection = z.infer<typeof StoredConnection>;

const StoredFile = z.strictObject({
  version: z.literal(1),
  /** Sets this data folder apart in a keychain that several may share. */
  scope: z.string().min(1),
  connections: z.array(StoredConnection),
});

/** Only the owner: hosts and dates are nobody else's business either. */
const MODE = 0o600;

export class ConnectionFile {
  /** Set where the file could not be read: it was kept aside, and the list begins anew. */
  readonly problem: AppError | null;
  readonly #path: string;
  #value: z.infer<typeof StoredFile>;

  constructor(path: string, newScope: () => string) {
    this.#path = path;
    const text = readWhole(path);
    const read = text === null ? null : readStored(text);
    this.problem =
      text !== null && read === null ? new AppError('CONNECTIONS_CORRUPT', { kept: setAside(path) }) : null;
    this.#value = read ?? { version: 1, scope: newScope(), connections: [] };
    if (read === null) this.#write(this.#value);
  }

  get scope(): string {
    return this.#value.scope;
  }

  all(): readonly StoredConnection[] {
    return this.#value.connections;
  }

  find(connectionId: string): StoredConnection | undefined {
    return this.#value.connections.find((each) => each.connectionId === connectionId);
  }

  /** Adds a connection, or puts it in the place of the one with its name; on the disk when it returns. */
  put(connection: StoredConnection): void {
    const { connections } = this.#value;
    const known = connections.some((each) => each.connectionId === connection.connectionId);
    this.#write({
      ...this.#value,
      connections: known
        ? connections.map((each) => (each.connectionId === connection.connectionId ? connection : each))
        : [...connections, connection],
    });
  }

  remove(connectionId: string): boolean {
    const kept = this.#value.connections.filter((each) => each.connectionId !== connectionId);
    if (kept.length === this.#value.connections.length) return false;
    this.#write({ ...this.#value, connections: kept });
    return true;
  }

  #write(next: z.infer<typeof StoredFile>): void {
    replaceFile(this.#path, `${JSON.stringify(next, null, 2)}\n`, MODE);
    this.#value = next;
  }
}

function readStored(text: string): z.infer<typeof StoredFile> | null {
  try {
    return StoredFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
