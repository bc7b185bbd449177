/** The threat events of a run on the disk: recorded once, read as often as figures are tried over them. */
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ThreatEvent } from '#shared/threats/index.ts';

/** Events to a chunk: some megabytes at a time while writing and reading. */
const CHUNK = 20_000;
const HEAD_BYTES = 4;
/** Fastest: the disk is not what is scarce. */
const LEVEL = 1;

/** The last chunk has the sessions that were played; a file without it was never finished. */
interface Chunk {
  readonly events: readonly ThreatEvent[];
  readonly days: readonly string[] | null;
}

/** Writes events as they come; the file is there once `finish` was called, and not before. */
export class EventWriter {
  readonly #path: string;
  readonly #file: number;
  #events: ThreatEvent[] = [];

  /** Throws what the file system throws. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(`${path}.part`, 'w');
  }

  add(event: ThreatEvent): void {
    this.#events.push(event);
    if (this.#events.length >= CHUNK) this.#write(null);
  }

  finish(days: readonly string[]): void {
    this.#write(days);
    closeSync(this.#file);
    renameSync(`${this.#path}.part`, this.#path);
  }

  /** Nothing is left of it. */
  abandon(): void {
    closeSync(this.#file);
    rmSync(`${this.#path}.part`, { force: true });
  }

  #write(days: readonly string[] | null): void {
    const body = gzipSync(serialize({ events: this.#events, days } satisfies Chunk), { level: LEVEL });
    this.#events = [];
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(body.length);
    writeSync(this.#file, head);
    writeSync(this.#file, body);
  }
}

/** The chunks of a finished file in order; null where there is none, or it is damaged: it is recorded anew then. */
export function readEvents(
  path: string,
): { readonly chunks: Iterable<readonly ThreatEvent[]>; readonly days: readonly string[] } | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const bodies: Buffer[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at);
    bodies.push(bytes.subarray(at + HEAD_BYTES, end));
    at = end;
  }
  try {
    const chunks = bodies.map(
      (body): (() => Chunk) =>
        () =>
          deserialize(gunzipSync(body)) as Chunk,
    );
    const days = chunks.at(-1)?.().days;
    if (!days) return null;
    return { days, chunks: eventsOf(chunks) };
  } catch {
    return null;
  }
}

function* eventsOf(chunks: readonly (() => Chunk)[]): Generator<readonly ThreatEvent[]> {
  for (const chunk of chunks) yield chunk().events;
}
