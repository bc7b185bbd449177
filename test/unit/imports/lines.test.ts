/** Splitting CSV text into records, held against csv-parse. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lines, splitLine, type LinesState, type RecordFault } from '#core/market/imports/lines.ts';

type Event = readonly [line: number, what: RecordFault | readonly string[]];

/** What a reader is told when the text comes in these pieces. */
function read(
  pieces: readonly string[],
  delimiter = ',',
): { readonly events: readonly Event[]; readonly state: LinesState } {
  const events: Event[] = [];
  const reader = {
    record: (fields: readonly string[], line: number) => events.push([line, [...fields]]) > 0,
    fault: (fault: RecordFault, line: number) => void events.push([line, fault]),
  };
  const lines = new Lines(reader, delimiter);
  for (const piece of pieces) {
    const state = lines.take(piece);
    if (state !== 'more') return { events, state };
  }
  return { events, state: lines.finish() };
}

const LINE = fc.string({ unit: fc.constantFrom('a', '1', '가', ' ', ',', ',', '"', '"', ';'), maxLength: 14 });

describe('splitLine', () => {
  it('reads a line exactly as csv-parse does, or refuses it where csv-parse does', () => {
    fc.assert(
      fc.property(LINE, fc.constantFrom(',', ';'), (line, delimiter) => {
        fc.pre(line !== '');
        let expected: unknown = null;
        try {
          expected = (parse(line, { delimiter }) as unknown[])[0] ?? null;
        } catch {
          expected = null;
        }
        expect(splitLine(line, delimiter)).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['a,b', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"55,500","다 ""따옴표""",', ['55,500', '다 "따옴표"', '']],
    [',', ['', '']],
    ['""', ['']],
    ['"a"b,c', null],
    ['a"b,c', null],
    ['"a,b', null],
    ['"', null],
  ])('reads %s', (line, fields) => {
    expect(splitLine(line, ',')).toEqual(fields);
  });
});

describe('Lines', () => {
  it('tells each record and fault by its line, past empty lines, and loses nothing after a stray quote', () => {
    const text = ['h,"i"', '1,2', '', '3', '"4",5', '6,7,8', '"9"x,0', 'a,"b', 'd,e', ''].join('\r\n');
    expect(read([text])).toEqual({
      events: [
        [1, ['h', 'i']],
        [2, ['1', '2']],
        [4, 'columns'],
        [5, ['4', '5']],
        [6, 'columns'],
        [7, 'quotes'],
        [8, 'quotes'],
        [9, ['d', 'e']],
      ],
      state: 'more',
    });
  });

  it('reads text cut into any pieces as if it came whole', () => {
    const text = '"a",b\r\n1,"둘"\r\n\r\n3,4';
    const whole = read([text]);
    expect(whole.events).toHaveLength(3);
    for (let at = 0; at <= text.length; at += 1) expect(read([text.slice(0, at), text.slice(at)])).toEqual(whole);
    expect(read(Array.from(text))).toEqual(whole);
  });

  it('sees where the end is missing', () => {
    expect(read(['a,b\n1,2\n3']).state).toBe('cut');
    expect(read(['a,b\n1,2\n"3,4']).state).toBe('cut');
    expect(read(['a,b\n1,2\n3,4']).state).toBe('more');
  });

  it('never holds more than one longest line', () => {
    const long = 'x'.repeat(40_000);
    expect(read(['a,b\n', long, long]).state).toBe('endless');
    expect(read([`a,b\n${long}${long}\n`]).state).toBe('endless');
    expect(read(['a,b\n', long, ',1\n']).state).toBe('more');
  });

  it('stops when the reader has enough', () => {
    let told = 0;
    const lines = new Lines({ record: () => (told += 1) < 2, fault: () => undefined }, ',');
    expect(lines.take('a,b\n1,2\n3,4\n')).toBe('enough');
    expect(told).toBe(2);
  });
});
