/** Parsers that take the fields of one record from the bytes of a frame: one made for its columns, one that goes through a list. */
import { fieldNumber } from './field-number.ts';
import type { RecordLayout } from './record-layout.ts';

const CARET = 0x5e;
/** Digits that a number surely holds exactly; longer ones are read the slow way. */
const EXACT_DIGITS = 15;
/** Powers of ten are exact, so one division rounds once, as Number(text) does. */
const TENS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => Number(`1e${power}`));

/**
 * Reads one record of `bytes` from `at`, not going past `end`, into `cells` from `base`, a cell a column: the number
 * (NaN: absent), or where the text starts. Returns where the last known field ended, or -1 where the bytes ended before.
 */
export type RecordParser = (bytes: Buffer, at: number, end: number, cells: Float64Array, base: number) => number;

/** The end of the field that starts at `at`. */
export function fieldEnd(bytes: Buffer, at: number, end: number): number {
  let place = at;
  while (place < end && bytes[place] !== CARET) place += 1;
  return place;
}

/** One function for all layouts; slower, and what the made one is held against. */
export function listParser(layout: RecordLayout): RecordParser {
  const isNumber = layout.map(({ number }) => number);
  const last = layout.length - 1;
  return (bytes, at, end, cells, base) => {
    let start = at;
    for (let column = 0; column <= last; column += 1) {
      const stop = fieldEnd(bytes, start, end);
      cells[base + column] = isNumber[column] ? fieldNumber(bytes, start, stop) : start;
      if (column === last) return stop;
      if (stop >= end) return -1;
      start = stop + 1;
    }
    return -1;
  };
}

/** Digits taken by a line each before the loop: a branch of its own for each is foretold better, as columns keep their length. */
const UNROLLED_DIGITS = 6;

function digitsCode(next: string): string {
  const one = `{ v = v * 10 + g; c = ${next};`;
  const each = `if ((g = c ^ 48) < 10) ${one}\n`.repeat(UNROLLED_DIGITS);
  return `${each} while ((g = c ^ 48) < 10) ${one} }${' }'.repeat(UNROLLED_DIGITS)}`;
}

/** Whole digits, a point and digits run through once; anything else is handed to `slow` with its ends. */
function numberCode(cell: number, isLast: boolean): string {
  const next = isLast ? '(++p < e ? b[p] : 94)' : 'b[++p]';
  return `
    s = p; v = 0; c = ${isLast ? '(p < e ? b[p] : 94)' : 'b[p]'};
    if (c === 45) c = ${next};
    d = p;
    ${digitsCode(next)}
    k = p - d;
    if (c === 46) {
      d = p;
      c = ${next};
      while ((g = c ^ 48) < 10) { v = v * 10 + g; c = ${next}; }
      d = p - d - 1; k += d;
      if (k <= ${EXACT_DIGITS}) v /= tens[d];
    }
    if (c === 94 && p <= e && k > 0 && k <= ${EXACT_DIGITS}) f[o + ${cell}] = b[s] === 45 ? 0 - v : v;
    else { p = fieldEnd(b, s, e); f[o + ${cell}] = slow(b, s, p); }`;
}

function textCode(cell: number): string {
  return `
    f[o + ${cell}] = p;
    while (p < e && b[p] !== 94) p++;`;
}

/**
 * A parser written for one layout: no list, no test of what a column is. Only numbers made here go into its text, never
 * a name or a value from outside, and it runs in the core, which has no content security policy. Where a runtime
 * forbids making code, the caller takes `listParser`.
 */
export function madeParser(layout: RecordLayout): RecordParser {
  const lines = layout.map(({ number }, column) => {
    const isLast = column === layout.length - 1;
    const read = number ? numberCode(column, isLast) : textCode(column);
    return isLast ? `${read}\n    return p;` : `${read}\n    if (p >= e) return -1;\n    p++;`;
  });
  const body = `'use strict';
  return (b, p, e, f, o) => {
    let s = 0, v = 0, c = 0, d = 0, k = 0, g = 0;
    ${lines.join('\n')}
  };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see above: only column kinds and places go in
  const make = new Function('fieldEnd', 'slow', 'tens', body) as (
    ends: typeof fieldEnd,
    slow: typeof fieldNumber,
    tens: Float64Array,
  ) => RecordParser;
  return make(fieldEnd, fieldNumber, TENS);
}

/** The made parser, or the list where code cannot be made. */
export function recordParser(layout: RecordLayout): RecordParser {
  try {
    return madeParser(layout);
  } catch {
    return listParser(layout);
  }
}
