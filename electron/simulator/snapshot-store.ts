/** Files that let the market continue where it was: whole snapshots now and then, and a small mark of time in between. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { MAX_SPEED, MIN_SPEED } from '#shared/domain/index.ts';
import { storageError } from '../storage/index.ts';
import type { RecordedDay } from '#shared/exchange/index.ts';
import type { RunSnapshot } from './market-run.ts';

/**
 * Version of everything a snapshot is made by: its form, and every rule and draw of the exchange and its participants.
 * Raise it with any change after which the same inputs give other events.
 */
export const SNAPSHOT_VERSION = 2;

/** Snapshots kept of the running day: the newest, and one before it. */
const KEPT = 2;
const HASH_BYTES = 32;
const NAME = /^run-(\d{8})-log-(\d{12})\.snap$/;
/** The recorded day of a replay: written once, since no snapshot changes it. */
const DAY_NAME = /^run-(\d{8})\.day$/;

export interface StoredSnapshot {
  readonly version: number;
  /** Number of the newest log entry whose effects are inside. */
  readonly logSeq: number;
  readonly market: RunSnapshot;
  /** What others keep along with the market, such as candles; opaque here. */
  readonly kept: unknown;
}

/** How far the clock had come when nothing else was worth an entry in the log. */
export interface Mark {
  readonly run: number;
  readonly at: number;
  readonly speed: number;
  /** false: the user had paused. */
  readonly running: boolean;
}

function isMark(value: unknown): value is Mark {
  const mark = value as Partial<Mark> | null;
  return (
    typeof mark === 'object' &&
    mark !== null &&
    Number.isSafeInteger(mark.run) &&
    Number.isSafeInteger(mark.at) &&
    typeof mark.speed === 'number' &&
    mark.speed >= MIN_SPEED &&
    mark.speed <= MAX_SPEED &&
    typeof mark.running === 'boolean'
  );
}

export class SnapshotStore {
  readonly #folder: string;
  readonly #markPath: string;
  #writing: Promise<void> | null = null;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#markPath = join(folder, 'clock.json');
  }

  /** true while a snapshot is on its way to the disk. */
  get busy(): boolean {
    return this.#writing !== null;
  }

  /** Turns the snapshot into bytes now and writes them in the background; settles when they are on the disk. */
  save(snapshot: StoredSnapshot): Promise<void> {
    const bytes = encode(snapshot);
    const path = this.#pathOf(snapshot);
    const before = this.#writing ?? Promise.resolve();
    const writing = before
      .then(async () => {
        const file = await open(`${path}.partial`, 'w');
        try {
          for (const part of bytes) await file.writeFile(part);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(`${path}.partial`, path);
        this.#prune(snapshot.market.run);
      })
      .finally(() => {
        if (this.#writing === writing) this.#writing = null;
      });
    this.#writing = writing;
    return writing;
  }

  /** The same at once, for the start of a day and the end of the program. */
  saveNow(snapshot: StoredSnapshot): void {
    this.#writeNow(this.#pathOf(snapshot), snapshot);
  }

  /** Keeps the recorded day of a run for as long as the run lasts. */
  saveDay(run: number, day: RecordedDay): void {
    this.#writeNow(this.#dayPath(run), { version: SNAPSHOT_VERSION, day });
  }

  /** The recorded day of a run; undefined where there is none of this version. */
  loadDay(run: number): RecordedDay | undefined {
    const names = readdirSync(this.#folder);
    const name = names.find((each) => Number(DAY_NAME.exec(each)?.[1]) === run);
    if (name === undefined) return undefined;
    const kept = decode(readFileSync(join(this.#folder, name))) as { version: number; day: RecordedDay } | undefined;
    return kept?.version === SNAPSHOT_VERSION ? kept.day : undefined;
  }

  #writeNow(path: string, value: unknown): void {
    try {
      const file = openSync(`${path}.partial`, 'w');
      try {
        for (const part of encode(value)) writeWhole(file, part);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${path}.partial`, path);
    } catch (error) {
      throw storageError(error, path);
    }
  }

  /** Settles when nothing is on its way to the disk; a failed write was its own caller's to report. */
  async idle(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  /** The newest whole snapshot of a run by this version that is not ahead of the log. */
  load(run: number, lastLogSeq: number): StoredSnapshot | undefined {
    const found = this.#files().filter((file) => file.run === run && file.logSeq <= lastLogSeq);
    for (const { name } of found.reverse()) {
      const snapshot = decode(readFileSync(join(this.#folder, name))) as StoredSnapshot | undefined;
      if (snapshot?.version === SNAPSHOT_VERSION) return snapshot;
    }
    return undefined;
  }

  /** Removes every snapshot of a run: a day that never began may have left one. */
  clear(run: number): void {
    for (const file of this.#files()) if (file.run === run) rmSync(join(this.#folder, file.name), { force: true });
    rmSync(this.#dayPath(run), { force: true });
  }

  /** Removes snapshots of a run that are ahead of the log: what they hold never happened. */
  clearAhead(run: number, lastLogSeq: number): void {
    for (const file of this.#files()) {
      if (file.run === run && file.logSeq > lastLogSeq) rmSync(join(this.#folder, file.name), { force: true });
    }
  }

  /** Removes what is older than the newest of a run, and every other run's. */
  prune(run: number): void {
    this.#prune(run);
  }

  /** Not forced to the disk: it survives the end of the process, and a power cut costs seconds of market, no record. */
  saveMark(mark: Mark): void {
    writeFileSync(`${this.#markPath}.partial`, JSON.stringify(mark));
    renameSync(`${this.#markPath}.partial`, this.#markPath);
  }

  loadMark(): Mark | undefined {
    try {
      const value: unknown = JSON.parse(readFileSync(this.#markPath, 'utf8'));
      return isMark(value) ? value : undefined;
    } catch {
      // Missing or torn by a power cut: the newest snapshot and the log say enough.
      return undefined;
    }
  }

  #dayPath(run: number): string {
    return join(this.#folder, `run-${String(run).padStart(8, '0')}.day`);
  }

  #pathOf(snapshot: StoredSnapshot): string {
    const run = String(snapshot.market.run).padStart(8, '0');
    return join(this.#folder, `run-${run}-log-${String(snapshot.logSeq).padStart(12, '0')}.snap`);
  }

  #files(): { readonly name: string; readonly run: number; readonly logSeq: number }[] {
    const names = readdirSync(this.#folder).sort();
    return names.flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ name, run: Number(match[1]), logSeq: Number(match[2]) }] : [];
    });
  }

  #prune(run: number): void {
    const files = this.#files();
    const kept = new Set(
      files
        .filter((file) => file.run === run)
        .slice(-KEPT)
        .map((file) => file.name),
    );
    // A later run's file was written before its day was entered in the log; it stays.
    for (const file of files)
      if (file.run <= run && !kept.has(file.name)) rmSync(join(this.#folder, file.name), { force: true });
    for (const name of readdirSync(this.#folder)) {
      if (Number(DAY_NAME.exec(name)?.[1] ?? run) < run) rmSync(join(this.#folder, name), { force: true });
    }
  }
}

function encode(value: unknown): Uint8Array[] {
  const body = serialize(value);
  return [createHash('sha256').update(body).digest(), body];
}

/** One write call may take less than it is given. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** undefined for a file that is cut, altered or of an unreadable form. */
function decode(bytes: Buffer): unknown {
  if (bytes.length <= HASH_BYTES) return undefined;
  const body = bytes.subarray(HASH_BYTES);
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(0, HASH_BYTES))) return undefined;
  try {
    return deserialize(body);
  } catch {
    return undefined;
  }
}
