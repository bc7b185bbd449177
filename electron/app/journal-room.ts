/** All journals of a data folder: the simulation's, one for each connection, and the record of switches and locks. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Journal } from '#core/storage/index.ts';
import { DESK_UPCASTERS } from '#core/trading/index.ts';

/** What walking one journal found. */
export interface NamedVerdict {
  /** "journal.db", "system.db", "journals/paper-….db" */
  readonly file: string;
  readonly ok: boolean;
  readonly entries: number;
  readonly hash: string;
  readonly brokenAt?: number | undefined;
}

/** Journal files of a folder's connections, in order. */
function connectionFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .toSorted()
    .map((name) => join(folder, name));
}

function verdictOf(file: string, journal: Journal): NamedVerdict {
  const { ok, entries, hash, brokenAt } = journal.verify();
  return { file, ok, entries, hash, ...(brokenAt === undefined ? {} : { brokenAt }) };
}

function walkFile(path: string, file: string, role: 'journal' | 'system'): NamedVerdict {
  const journal = Journal.open({ path, role, anyEnd: true });
  try {
    return verdictOf(file, journal);
  } finally {
    journal.close();
  }
}

export class JournalRoom {
  readonly simulation: Journal;
  /** Of switches and locks. */
  readonly system: Journal;
  readonly #folder: string;
  /** Of the connections in force. */
  readonly #open = new Map<string, Journal>();

  constructor(parts: { readonly folder: string; readonly simulation: Journal; readonly system: Journal }) {
    this.#folder = parts.folder;
    this.simulation = parts.simulation;
    this.system = parts.system;
  }

  /** Opens the journal of a connection; close it by the returned function. Throws as `Journal.open`. */
  openConnection(connectionId: string): { readonly journal: Journal; readonly close: () => void } {
    const path = join(this.#folder, `${connectionId}.db`);
    const journal = Journal.open({ path, role: 'journal', upcasters: DESK_UPCASTERS });
    this.#open.set(path, journal);
    return {
      journal,
      close: () => {
        this.#open.delete(path);
        journal.close();
      },
    };
  }

  /** Those that are open now, by the names of their files. */
  open(): readonly { readonly file: string; readonly journal: Journal }[] {
    return [
      { file: 'journal.db', journal: this.simulation },
      { file: 'system.db', journal: this.system },
      ...[...this.#open].map(([path, journal]) => ({ file: `journals/${basename(path)}`, journal })),
    ];
  }

  /** Walks every journal there is. */
  verify(): NamedVerdict[] {
    return [
      verdictOf('journal.db', this.simulation),
      verdictOf('system.db', this.system),
      ...connectionFiles(this.#folder).map((path) => {
        const file = `journals/${basename(path)}`;
        const open = this.#open.get(path);
        return open ? verdictOf(file, open) : walkFile(path, file, 'journal');
      }),
    ];
  }
}

/** Walks the journal files of a folder on which no core runs: no core opens on a broken chain. */
export function verifyFolder(dataDir: string): NamedVerdict[] {
  const system = join(dataDir, 'system.db');
  return [
    walkFile(join(dataDir, 'journal.db'), 'journal.db', 'journal'),
    ...(existsSync(system) ? [walkFile(system, 'system.db', 'system')] : []),
    ...connectionFiles(join(dataDir, 'journals')).map((path) =>
      walkFile(path, `journals/${basename(path)}`, 'journal'),
    ),
  ];
}
