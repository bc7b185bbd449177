/** Reads a master file in pieces, record by record: a file of a hundred megabytes never stands in memory. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AppError } from '#shared/errors/index.ts';
import { entriesOf, openZip, readError, type MasterSource } from './sources.ts';

/** What is known of a file once it has been read to its end. */
export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
  /** YYYYMMDD on which the broker packed it; null: the file does not tell. */
  readonly fileDate: number | null;
}

/** A record without its line end, and the number of its line, the first being 1. */
export type TakeRecord = (record: Buffer, line: number) => void;

/** Unpacked; far above the largest of the files, far below what a hostile archive could unpack to. */
const MOST_BYTES = 512 * 1_048_576;
const PIECE_BYTES = 262_144;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** Marks the end of a text in old systems; stands alone in the last line. */
const END_OF_TEXT = 0x1a;
/** Archives made without a date carry 1980. */
const FIRST_YEAR = 2000;

/** Cuts pieces into records. */
class Records {
  readonly #take: TakeRecord;
  #rest: Buffer = Buffer.alloc(0);
  #line = 0;

  constructor(take: TakeRecord) {
    this.#take = take;
  }

  piece(bytes: Buffer): void {
    const whole = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (let end = whole.indexOf(LINE_FEED, at); end !== -1; end = whole.indexOf(LINE_FEED, at)) {
      this.#record(whole.subarray(at, end));
      at = end + 1;
    }
    this.#rest = whole.subarray(at);
  }

  end(): void {
    if (this.#rest.length > 0) this.#record(this.#rest);
  }

  #record(bytes: Buffer): void {
    this.#line += 1;
    const record = bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes;
    if (record.length === 0 || (record.length === 1 && record[0] === END_OF_TEXT)) return;
    this.#take(record, this.#line);
  }
}

interface Opened {
  readonly stream: Readable;
  readonly fileDate: number | null;
  /** Of the archive's directory; null: plain. */
  readonly crc: number | null;
  close(): void;
}

/** The date as the archive writes it, whatever this machine's zone. */
function dateOf(packed: Date): number | null {
  const year = packed.getUTCFullYear();
  return year < FIRST_YEAR ? null : year * 10_000 + (packed.getUTCMonth() + 1) * 100 + packed.getUTCDate();
}

async function opened(source: MasterSource): Promise<Opened> {
  const { path, name, entry: wanted } = source;
  if (wanted === null) {
    const stream = createReadStream(path, { highWaterMark: PIECE_BYTES });
    return { stream, fileDate: null, crc: null, close: () => stream.destroy() };
  }
  const zip = await openZip(source);
  const entry = (await entriesOf(zip, source)).find(({ fileName }) => fileName === wanted);
  if (!entry || entry.isEncrypted()) {
    zip.close();
    throw new AppError('MASTER_ZIP', { path: name });
  }
  const stream = await zip.openReadStreamPromise(entry);
  return {
    stream,
    fileDate: dateOf(entry.getLastModDate({ timezone: 'UTC' })),
    crc: entry.crc32,
    close: () => {
      stream.destroy();
      zip.close();
    },
  };
}

/**
 * Hands on every record of a file; blank lines are passed over. Throws FILE_MISSING, FILE_UNREADABLE, MASTER_ZIP,
 * MASTER_TOO_LARGE, IMPORT_INTERRUPTED.
 */
export async function readMasterFile(
  source: MasterSource,
  take: TakeRecord,
  options: { readonly signal?: AbortSignal; readonly mostBytes?: number } = {},
): Promise<FileFacts> {
  const { signal, mostBytes = MOST_BYTES } = options;
  const hash = createHash('sha256');
  const records = new Records(take);
  let bytes = 0;
  let crc = 0;
  let file: Opened | null = null;
  try {
    file = await opened(source);
    for await (const piece of file.stream as AsyncIterable<Buffer>) {
      if (signal?.aborted === true) throw new AppError('IMPORT_INTERRUPTED');
      bytes += piece.length;
      if (bytes > mostBytes)
        throw new AppError('MASTER_TOO_LARGE', { path: source.name, limit: Math.floor(mostBytes / 1_048_576) });
      hash.update(piece);
      if (file.crc !== null) crc = crc32(piece, crc);
      records.piece(piece);
    }
    records.end();
    if (file.crc !== null && file.crc !== crc) throw new AppError('MASTER_ZIP', { path: source.name });
  } catch (error) {
    const known = readError(error, source.name);
    // Whatever else yauzl says is about a broken archive.
    if (known instanceof AppError || source.entry === null) throw known;
    throw new AppError('MASTER_ZIP', { path: source.name }, { cause: error });
  } finally {
    file?.close();
  }
  return { bytes, sha256: hash.digest('hex'), fileDate: file.fileDate };
}
