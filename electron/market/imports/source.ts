/** Reads the records of a CSV file, plain or gzip, in pieces: a year of the whole market never stands in memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '#shared/errors/index.ts';
import { Lines, type LinesState, type RecordReader } from './lines.ts';

/** A file on this machine and the name by which the user knows it. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
}

export interface ReadOptions {
  readonly delimiter?: string;
  readonly signal?: AbortSignal;
}

const PIECE_BYTES = 262_144;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Ends the reading early without being an error. */
const ENOUGH = new Error('enough');

/** The first bytes of a file; throws FILE_MISSING, FILE_EMPTY or FILE_UNREADABLE. */
async function openingBytes(file: SourceFile): Promise<Uint8Array> {
  try {
    const handle = await open(file.path, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(2), 0, 2, 0);
      if (bytesRead === 0) throw new AppError('FILE_EMPTY', { path: file.name });
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw sourceError(error, file);
  }
}

/** Bytes as text, a byte order mark left out; what is not UTF-8 is refused rather than bent. */
async function* utf8Text(pieces: AsyncIterable<Buffer>, file: SourceFile): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of pieces) {
    let text: string;
    try {
      text = decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw new AppError('FILE_ENCODING', { path: file.name }, { cause });
    }
    yield text;
  }
  try {
    decoder.decode();
  } catch (cause) {
    throw new AppError('FILE_TRUNCATED', { path: file.name }, { cause });
  }
}

/** Tells the records of a text; throws where the text is no table or has no end. */
async function readLines(pieces: AsyncIterable<string>, lines: Lines, file: SourceFile): Promise<void> {
  const go = (state: LinesState): void => {
    if (state === 'enough') throw ENOUGH;
    if (state === 'cut') throw new AppError('FILE_TRUNCATED', { path: file.name });
    if (state === 'endless') throw new AppError('FILE_UNREADABLE', { path: file.name, why: 'LINE_TOO_LONG' });
  };
  for await (const piece of pieces) go(lines.take(piece));
  go(lines.finish());
}

/** The AppError of a failure while reading; anything else is returned as it came. */
function sourceError(error: unknown, file: SourceFile): unknown {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  const code = String((error as { code?: unknown }).code);
  const path = file.name;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('FILE_MISSING', { path }, options);
  if (code === 'ABORT_ERR') return new AppError('IMPORT_INTERRUPTED', {}, options);
  if (code === 'Z_BUF_ERROR') return new AppError('FILE_TRUNCATED', { path }, options);
  if (/^(E[A-Z]+|Z_\w+)$/.test(code)) return new AppError('FILE_UNREADABLE', { path, why: code }, options);
  return error;
}

/** Opens a file and hands its text on in pieces; ENOUGH from `consume` closes it without an error. */
async function readPieces(
  file: SourceFile,
  consume: (pieces: AsyncGenerator<string>) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const opening = await openingBytes(file);
  const isGzip = opening[0] === GZIP_MAGIC[0] && opening[1] === GZIP_MAGIC[1];
  const bytes = createReadStream(file.path, { highWaterMark: PIECE_BYTES });
  const read = (pieces: AsyncIterable<Buffer>): Promise<void> => consume(utf8Text(pieces, file));
  const until = signal ? { signal } : {};
  try {
    if (isGzip) await pipeline(bytes, createGunzip({ chunkSize: PIECE_BYTES }), read, until);
    else await pipeline(bytes, read, until);
  } catch (error) {
    if (error !== ENOUGH) throw sourceError(error, file);
  }
}

/** Reads until the end, or until the reader has enough. Throws FILE_* errors that name the file, or IMPORT_INTERRUPTED. */
export function readRecords(file: SourceFile, reader: RecordReader, options: ReadOptions = {}): Promise<void> {
  const lines = new Lines(reader, options.delimiter ?? ',');
  return readPieces(file, (pieces) => readLines(pieces, lines, file), options.signal);
}

/** The first line of a file that is not empty, as it stands; '' where there is none. */
export async function firstLine(file: SourceFile): Promise<string> {
  let text = '';
  await readPieces(file, async (pieces) => {
    for await (const piece of pieces) {
      text = (text + piece).replace(/^[\r\n]+/, '');
      if (text.includes('\n') || text.length > PIECE_BYTES) throw ENOUGH;
    }
  });
  return text.split(/\r?\n/, 1)[0] ?? '';
}
