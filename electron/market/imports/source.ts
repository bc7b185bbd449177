/** Reads the records of a CSV file, plain or gzip, in pieces: a year of the whole market never stands in memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse, type CsvError, type Parser } from 'csv-parse';
import { AppError } from '#shared/errors/index.ts';
import { MAX_RECORD_CHARS, PlainLines, type LineReader, type PlainEnd } from './plain-lines.ts';

/** A file on this machine and the name by which the user knows it. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
}

/** Why a record could not be read at all. */
export type RecordFault = 'columns' | 'quotes';

/** Told every record in order, the header first; `line` is where it ends. */
export interface RecordReader extends LineReader {
  /** A record that was skipped. */
  fault(fault: RecordFault, line: number): void;
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

/** The full parser, for what is not plain. `repeated`: its first record has been told before and is passed over. */
function fullParser(reader: RecordReader, at: { readonly delimiter: string; readonly lineOffset: number; readonly repeated: boolean }): Parser {
  let pass = at.repeated;
  return parse({
    delimiter: at.delimiter,
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARS,
    skip_records_with_error: true,
    on_record: (fields: string[], context) => {
      if (!pass && !reader.record(fields, context.lines + at.lineOffset)) throw ENOUGH;
      pass = false;
      // Nothing is passed on: the reader has it, and an unread output would stop the pipeline.
      return null;
    },
    on_skip: (error: CsvError | undefined) => {
      if (!error) return;
      // A quote still open at the end means that the end is missing; an endless line, that this is no table.
      if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') throw error;
      const fault = error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH' ? 'columns' : 'quotes';
      reader.fault(fault, Number(error.lines) + at.lineOffset);
    },
  });
}

/** The odd text and all that follows it, below the header that it stands under. */
async function* oddText(header: string | null, odd: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  if (header !== null) yield `${header}\n`;
  yield odd;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Reads plain lines as they come; from the first odd one on, the full parser reads the rest. */
async function readText(pieces: AsyncGenerator<string>, reader: RecordReader, delimiter: string): Promise<void> {
  const plain = new PlainLines(reader, delimiter);
  let end: PlainEnd = 'more';
  while (end === 'more') {
    const next = await pieces.next();
    end = next.done === true ? plain.finish() : plain.take(next.value);
    if (next.done === true) break;
  }
  if (end === 'more') return;
  if (end === 'enough') throw ENOUGH;
  const { header } = plain;
  // The header told again stands one line above the odd one.
  const lineOffset = header === null ? end.line - 1 : end.line - 2;
  const parser = fullParser(reader, { delimiter, lineOffset, repeated: header !== null });
  await pipeline(Readable.from(oddText(header, end.odd, pieces)), parser);
}

/** The AppError of a failure while reading; anything else is returned as it came. */
function sourceError(error: unknown, file: SourceFile): unknown {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  const code = String((error as { code?: unknown }).code);
  const path = file.name;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('FILE_MISSING', { path }, options);
  if (code === 'ABORT_ERR') return new AppError('IMPORT_INTERRUPTED', {}, options);
  if (code === 'Z_BUF_ERROR' || code === 'CSV_QUOTE_NOT_CLOSED') return new AppError('FILE_TRUNCATED', { path }, options);
  if (/^(E[A-Z]+|Z_\w+|CSV_\w+)$/.test(code)) return new AppError('FILE_UNREADABLE', { path, why: code }, options);
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
  return readPieces(file, (pieces) => readText(pieces, reader, options.delimiter ?? ','), options.signal);
}

/** The first line of a file that is not empty, as it stands; '' where there is none. */
export async function firstLine(file: SourceFile): Promise<string> {
  let text = '';
  await readPieces(file, async (pieces) => {
    for await (const piece of pieces) {
      text = (text + piece).replace(/^[\r\n]+/, '');
      if (text.includes('\n') || text.length > MAX_RECORD_CHARS) throw ENOUGH;
    }
  });
  return text.split(/\r?\n/, 1)[0] ?? '';
}
