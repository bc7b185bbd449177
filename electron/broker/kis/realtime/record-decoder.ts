/** Turns the fields of a frame into records: numbers are read at once from the bytes, texts when somebody asks. */
import type { ChannelApi } from '../../../catalogue/index.ts';
import type { ChannelRecord } from '../ports.ts';
import { layoutOf, olderLayoutsOf, type RecordLayout } from './record-layout.ts';
import { fieldEnd, recordParser, type RecordParser } from './record-parser.ts';
import { shortText } from './short-text.ts';

const CARET = 0x5e;
/** Cells made at a time and shared by the records of many frames; a record that is kept holds no more than these. */
const CELLS_AT_ONCE = 8_192;

/** How the records differ from the columns we know; null: not at all. */
export type ColumnNote = 'extra' | 'fewer' | null;

/** Why nothing could be read. indivisible: the fields do not divide by the count · empty: there are none. */
export type FrameFault = 'indivisible' | 'empty';

export type DecodedFrame =
  | { readonly records: readonly ChannelRecord[]; readonly fields: number; readonly note: ColumnNote }
  | { readonly fault: FrameFault };

/** What a record is made of; its class is made per layout. */
interface RecordFields {
  readonly cells: Float64Array;
  readonly base: number;
  readonly bytes: Buffer;
}

type RecordClass = new (cells: Float64Array, base: number, bytes: Buffer) => ChannelRecord;

/**
 * A class with one getter a column. What the server did not send, or sent empty or unreadable where a number should be,
 * is absent: undefined, never 0 and never another column's value. `JSON.stringify` and `toJSON` give a plain object.
 */
function recordClass(layout: RecordLayout): RecordClass {
  class KisRecord implements RecordFields {
    readonly cells: Float64Array;
    readonly base: number;
    readonly bytes: Buffer;

    constructor(cells: Float64Array, base: number, bytes: Buffer) {
      this.cells = cells;
      this.base = base;
      this.bytes = bytes;
    }

    toJSON(): Record<string, string | number> {
      const values = this as unknown as ChannelRecord;
      const plain: Record<string, string | number> = {};
      for (const { name } of layout) {
        const value = values[name];
        if (value !== undefined) plain[name] = value;
      }
      return plain;
    }
  }
  layout.forEach(({ name, number }, place) => {
    const get = number
      ? function (this: RecordFields): number | undefined {
          const value = this.cells[this.base + place] as number;
          return Number.isNaN(value) ? undefined : value;
        }
      : function (this: RecordFields): string | undefined {
          const start = this.cells[this.base + place] as number;
          if (Number.isNaN(start)) return undefined;
          return shortText(this.bytes, start, fieldEnd(this.bytes, start, this.bytes.length));
        };
    Object.defineProperty(KisRecord.prototype, name, { get, enumerable: true });
  });
  return KisRecord as unknown as RecordClass;
}

/** One layout ready to read. */
class LayoutReader {
  readonly columns: number;
  readonly #parse: RecordParser;
  readonly #Record: RecordClass;
  #cells = new Float64Array(0);
  #used = 0;

  constructor(layout: RecordLayout, parserOf: (layout: RecordLayout) => RecordParser) {
    this.columns = layout.length;
    this.#parse = parserOf(layout);
    this.#Record = recordClass(layout);
  }

  /** Records that follow one another with exactly our columns; null where they do not. */
  exact(bytes: Buffer, at: number, count: number): readonly ChannelRecord[] | null {
    const end = bytes.length;
    const records: ChannelRecord[] = [];
    let place = at;
    for (let n = 0; n < count; n += 1) {
      if (n > 0) place += 1;
      if (place > end) return null;
      const record = this.#read(bytes, place, end);
      if (record === null) return null;
      place = this.#ended;
      // Between records stands a separator, after the last one nothing.
      if (n < count - 1 ? place >= end : place !== end) return null;
      records.push(record);
    }
    return records;
  }

  /** Records of `size` fields each, which may be more or fewer than our columns. */
  sized(
    bytes: Buffer,
    marks: Uint32Array,
    layoutOfTail: { readonly size: number; readonly count: number },
  ): ChannelRecord[] {
    const { size, count } = layoutOfTail;
    return Array.from({ length: count }, (_, n) => {
      const start = marks[n * size] ?? 0;
      const end = (marks[(n + 1) * size] ?? 0) - 1;
      return this.#read(bytes, start, end, true) as ChannelRecord;
    });
  }

  #ended = 0;

  #read(bytes: Buffer, start: number, end: number, isShortFine = false): ChannelRecord | null {
    if (this.#used + this.columns > this.#cells.length) {
      this.#cells = new Float64Array(Math.max(CELLS_AT_ONCE, this.columns));
      this.#used = 0;
    }
    const base = this.#used;
    if (isShortFine) this.#cells.fill(NaN, base, base + this.columns);
    this.#ended = this.#parse(bytes, start, end, this.#cells, base);
    if (this.#ended < 0 && !isShortFine) return null;
    this.#used += this.columns;
    return new this.#Record(this.#cells, base, bytes);
  }
}

/** Where each field begins, with one mark more behind the last. */
function fieldMarks(bytes: Buffer, at: number): Uint32Array {
  let fields = 1;
  for (let place = at; place < bytes.length; place += 1) if (bytes[place] === CARET) fields += 1;
  const marks = new Uint32Array(fields + 1);
  marks[0] = at;
  let next = 1;
  for (let place = at; place < bytes.length; place += 1) {
    if (bytes[place] !== CARET) continue;
    marks[next] = place + 1;
    next += 1;
  }
  marks[fields] = bytes.length + 1;
  return marks;
}

/** Reads the frames of one channel. */
export class RecordDecoder {
  readonly #reader: LayoutReader;
  readonly #older: ReadonlyMap<number, LayoutReader>;

  constructor(
    channel: Pick<ChannelApi, 'id' | 'columns'>,
    parserOf: (layout: RecordLayout) => RecordParser = recordParser,
  ) {
    this.#reader = new LayoutReader(layoutOf(channel), parserOf);
    this.#older = new Map(
      [...olderLayoutsOf(channel)].map(([fields, layout]) => [fields, new LayoutReader(layout, parserOf)]),
    );
  }

  /**
   * The records in `bytes` from `at` to its end. Their size is the number of fields through the count, not the length
   * of our list, as columns get appended over time: what is behind our columns is left, a missing tail is absent.
   */
  decode(bytes: Buffer, at: number, count: number): DecodedFrame {
    const { columns } = this.#reader;
    // As good as always the columns are ours, and one pass is enough.
    const exact = this.#reader.exact(bytes, at, count);
    if (exact) return { records: exact, fields: columns, note: null };
    if (at >= bytes.length) return { fault: 'empty' };
    const marks = fieldMarks(bytes, at);
    const size = (marks.length - 1) / count;
    if (!Number.isInteger(size)) return { fault: 'indivisible' };
    const older = this.#older.get(size);
    const records = (older ?? this.#reader).sized(bytes, marks, { size, count });
    if (older) return { records, fields: size, note: null };
    return { records, fields: size, note: size > columns ? 'extra' : 'fewer' };
  }
}
