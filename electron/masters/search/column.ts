/** One kind of text of many symbols, ready to be searched: beginnings by a sorted order, the inside by one long string. */
import { standAt, type Unit } from '#shared/hangul/index.ts';

/** Tells a line; false: there are enough. */
export type Take = (line: number) => boolean;

/** First place of a sorted order for which `isBefore` no longer holds. */
function firstNot(length: number, isBefore: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stands in a class of a regular expression for a unit. */
function classOf({ from, to }: Unit): string {
  const letter = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
  return from === to ? letter(from) : `[${letter(from)}-${letter(to)}]`;
}

/** Lines are numbered by the worth of their symbols: the smaller number goes first. */
export class Column {
  readonly #values: readonly string[];
  /** Lines in order of their values; those without one are left out. */
  readonly #order: Int32Array;
  /** All lines as one text: the machine's own search runs over it. */
  readonly #text: string;
  /** Where each line begins in it. */
  readonly #starts: Int32Array;

  constructor(values: readonly string[]) {
    this.#values = values;
    const lines: number[] = [];
    for (const [line, value] of values.entries()) if (value !== '') lines.push(line);
    const of = (line: number): string => values[line] ?? '';
    lines.sort((a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : a - b));
    this.#order = Int32Array.from(lines);
    this.#text = `${values.join('\n')}\n`;
    this.#starts = new Int32Array(values.length);
    let at = 0;
    for (const [line, value] of values.entries()) {
      this.#starts[line] = at;
      at += value.length + 1;
    }
  }

  /** Lines that are exactly this. */
  equal(text: string, take: Take): boolean {
    return this.#tell(this.#from(text), this.#from(`${text}\0`), null, take);
  }

  /** Lines that begin with this. */
  starting(text: string, take: Take): boolean {
    return this.#tell(this.#from(text), this.#from(`${text}\uFFFF`), null, take);
  }

  /** Lines that begin with letters of these ranges. */
  startingUnits(units: readonly Unit[], take: Take): boolean {
    const exact = units.findIndex(({ from, to }) => from !== to);
    const fixed = exact < 0 ? units : units.slice(0, exact);
    const prefix = fixed.map(({ from }) => String.fromCharCode(from)).join('');
    const range = units[fixed.length];
    const low = range ? prefix + String.fromCharCode(range.from) : prefix;
    const high = range ? `${prefix}${String.fromCharCode(range.to)}\uFFFF` : `${prefix}\uFFFF`;
    return this.#tell(this.#from(low), this.#from(high), (value) => standAt(value, units, 0), take);
  }

  /** Lines that hold this anywhere. */
  holding(text: string, take: Take): boolean {
    const whole = this.#text;
    for (let at = whole.indexOf(text); at !== -1;) {
      const line = this.#lineAt(at);
      if (!take(line)) return false;
      at = whole.indexOf(text, this.#endOf(line));
    }
    return true;
  }

  /** Lines that hold letters of these ranges one after another. */
  holdingUnits(units: readonly Unit[], take: Take): boolean {
    const wanted = new RegExp(units.map(classOf).join(''), 'g');
    for (let hit = wanted.exec(this.#text); hit; hit = wanted.exec(this.#text)) {
      const line = this.#lineAt(hit.index);
      if (!take(line)) return false;
      wanted.lastIndex = this.#endOf(line);
    }
    return true;
  }

  #from(text: string): number {
    return firstNot(this.#order.length, (place) => (this.#values[this.#order[place] ?? 0] ?? '') < text);
  }

  /** Tells the lines of a part of the order, the worthier first. */
  #tell(from: number, to: number, fits: ((value: string) => boolean) | null, take: Take): boolean {
    const part = this.#order.subarray(from, to);
    const lines = fits === null ? part.slice() : part.filter((line) => fits(this.#values[line] ?? ''));
    lines.sort();
    for (const line of lines) if (!take(line)) return false;
    return true;
  }

  #lineAt(place: number): number {
    const starts = this.#starts;
    return firstNot(starts.length, (line) => (starts[line] ?? 0) <= place) - 1;
  }

  #endOf(line: number): number {
    return (this.#starts[line + 1] ?? this.#text.length) - 1;
  }
}
