/** Splits CSV text into records, one a line: no table of prices breaks a line within a field, so a stray quote costs its own
 * line and nothing after it. (A general parser reads on to the next quote; on whole-market files it is also four times
 * slower. The tests hold this one against csv-parse.)
 */

/** Longest line in characters that is still taken for a record. */
const MAX_LINE_CHARS = 65_536;

/** Why a line could not be read: other number of fields than the header, or quotes that do not match. */
export type RecordFault = 'columns' | 'quotes';

export interface RecordReader {
  /** The fields of a line, the header first, and its number from 1; false: enough has been read. */
  record(fields: readonly string[], line: number): boolean;
  /** A line that was skipped. */
  fault(fault: RecordFault, line: number): void;
}

/** `more` may follow · `enough` was asked by the reader · `endless`: a line longer than any record · `cut`: the end is missing. */
export type LinesState = 'more' | 'enough' | 'endless' | 'cut';

const QUOTE = '"';
const QUOTE_CODE = 34;

/** The fields of one line; null where its quotes do not match. `delimiter` is one character. */
export function splitLine(line: string, delimiter: string): readonly string[] | null {
  const fields = line.split(delimiter);
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] ?? '';
    if (field.charCodeAt(0) === QUOTE_CODE) {
      // A separator or a quote within the quotes: rare enough to start over with care.
      if (field.length < 2 || field.indexOf(QUOTE, 1) !== field.length - 1) return splitWithCare(line, delimiter);
      fields[i] = field.slice(1, -1);
    } else if (field.includes(QUOTE)) {
      return splitWithCare(line, delimiter);
    }
  }
  return fields;
}

function splitWithCare(line: string, delimiter: string): readonly string[] | null {
  const fields: string[] = [];
  for (let at = 0; ; at += 1) {
    const field = line.charCodeAt(at) === QUOTE_CODE ? quotedField(line, at) : bareField(line, at, delimiter);
    if (!field) return null;
    fields.push(field.text);
    at = field.end;
    if (at === line.length) return fields;
    if (line[at] !== delimiter) return null;
  }
}

interface Field {
  readonly text: string;
  /** Where the separator or the end of the line should be. */
  readonly end: number;
}

function bareField(line: string, start: number, delimiter: string): Field | null {
  const next = line.indexOf(delimiter, start);
  const end = next === -1 ? line.length : next;
  const text = line.slice(start, end);
  return text.includes(QUOTE) ? null : { text, end };
}

function quotedField(line: string, start: number): Field | null {
  let text = '';
  for (let from = start + 1; ;) {
    const quote = line.indexOf(QUOTE, from);
    if (quote === -1) return null;
    text += line.slice(from, quote);
    if (line[quote + 1] !== QUOTE) return { text, end: quote + 1 };
    text += QUOTE;
    from = quote + 2;
  }
}

export class Lines {
  readonly #reader: RecordReader;
  readonly #delimiter: string;
  /** Fields of the header; 0 before it. */
  #columns = 0;
  #line = 0;
  #rest = '';

  constructor(reader: RecordReader, delimiter: string) {
    this.#reader = reader;
    this.#delimiter = delimiter;
  }

  /** Reads the whole lines of a piece of text; an unfinished one waits for the next piece. */
  take(piece: string): LinesState {
    const text = this.#rest + piece;
    let from = 0;
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      const state = this.#takeLine(text.slice(from, to), true);
      if (state !== 'more') return state;
      from = to + 1;
    }
    this.#rest = text.slice(from);
    return this.#rest.length > MAX_LINE_CHARS ? 'endless' : 'more';
  }

  /** Reads a last line that has no end. */
  finish(): LinesState {
    return this.#takeLine(this.#rest, false);
  }

  #takeLine(raw: string, isEnded: boolean): LinesState {
    if (raw.length > MAX_LINE_CHARS) return 'endless';
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    this.#line += 1;
    if (line === '') return 'more';
    const fields = splitLine(line, this.#delimiter);
    const isWhole = fields !== null && (this.#columns === 0 || fields.length === this.#columns);
    if (isWhole) {
      this.#columns = fields.length;
      return this.#reader.record(fields, this.#line) ? 'more' : 'enough';
    }
    // A last line that stops before its last field was cut off, and who knows how many more with it.
    if (!isEnded) return 'cut';
    this.#reader.fault(fields ? 'columns' : 'quotes', this.#line);
    return 'more';
  }
}
