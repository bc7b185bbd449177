/** Reading records: the quick reader of plain lines and the full parser give one result. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlainLines } from '#core/market/imports/plain-lines.ts';
import { firstLine, readRecords, type RecordFault } from '#core/market/imports/source.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

type Event = readonly [line: number, what: RecordFault | readonly string[]];

async function read(path: string, limit = Number.POSITIVE_INFINITY): Promise<readonly Event[]> {
  const events: Event[] = [];
  await readRecords(
    { path, name: 'x' },
    {
      record: (fields, line) => events.push([line, [...fields]]) < limit,
      fault: (fault, line) => void events.push([line, fault]),
    },
  );
  return events;
}

const PLAIN = fc.string({ unit: fc.constantFrom('a', '1', '가', ' ', '.', '-'), maxLength: 6 });
const ANY = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '가', ' '), minLength: 1, maxLength: 5 });
const FIELD = fc.record({
  text: fc.oneof({ weight: 9, arbitrary: PLAIN }, { weight: 1, arbitrary: ANY }),
  quoted: fc.boolean(),
});
type Field = { readonly text: string; readonly quoted: boolean };

function written({ text, quoted }: Field): string {
  return quoted || /[",\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}

describe('readRecords', () => {
  it('gives back every well-formed table with its line numbers, wherever the quick reader ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maru-test-'));
    const path = join(folder, 'table.csv');
    const table = fc.array(fc.tuple(FIELD, FIELD, FIELD), { minLength: 1, maxLength: 12 });
    try {
      await fc.assert(
        fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, end, ended) => {
          const lines = rows.map((row) => row.map(written).join(','));
          writeFileSync(path, lines.join(end) + (ended ? end : ''));
          let line = 0;
          const expected = rows.map((row): Event => {
            line += 1 + row.reduce((count, { text }) => count + text.split('\n').length - 1, 0);
            return [line, row.map(({ text }) => text)];
          });
          expect(await read(path)).toEqual(expected);
        }),
        { numRuns: 300 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('goes on after faults with right line numbers, past empty lines, and stops when asked', async () => {
    const path = join(tempFolder(), 'x.csv');
    writeFileSync(path, ['h,"i"', '1,2', '', '3', '"4",5', '6,7,8', '"9"x,0', '', 'a,"b\nc"', 'd,e'].join('\r\n'));
    const events: readonly Event[] = [
      [1, ['h', 'i']],
      [2, ['1', '2']],
      [4, 'columns'],
      [5, ['4', '5']],
      [6, 'columns'],
      [7, 'quotes'],
      [10, ['a', 'b\nc']],
      [11, ['d', 'e']],
    ];
    expect(await read(path)).toEqual(events);
    expect(await read(path, 2)).toEqual(events.slice(0, 2));
    expect(await read(path, 4)).toEqual(events.slice(0, 4));
  });

  it('reads a file whose very header is not plain', async () => {
    const path = join(tempFolder(), 'x.csv');
    writeFileSync(path, '\n"a,b",c\n1,2\n');
    expect(await read(path)).toEqual([
      [2, ['a,b', 'c']],
      [3, ['1', '2']],
    ]);
    expect(await firstLine({ path, name: 'x' })).toBe('"a,b",c');
  });
});

describe('PlainLines', () => {
  it('reads lines cut at any place as if they came whole', () => {
    const text = '"a",b\r\n1,"둘"\r\n\r\n3,4';
    for (let at = 0; at <= text.length; at += 1) {
      const seen: unknown[] = [];
      const lines = new PlainLines({ record: (fields, line) => seen.push([line, ...fields]) > 0 }, ',');
      expect([lines.take(text.slice(0, at)), lines.take(text.slice(at)), lines.finish()]).toEqual(['more', 'more', 'more']);
      expect(seen).toEqual([
        [1, 'a', 'b'],
        [2, '1', '둘'],
        [4, '3', '4'],
      ]);
    }
  });

  it('never holds more than one longest line', () => {
    const lines = new PlainLines({ record: () => true }, ',');
    expect(lines.take('a,b\n')).toBe('more');
    expect(lines.take('x'.repeat(60_000))).toBe('more');
    expect(lines.take('x'.repeat(60_000))).toMatchObject({ line: 2 });
  });
});
