/** Watchlists out to CSV files and in again, from whatever program wrote them. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Watchlist, WATCHED_LIMIT } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  assertReadable,
  delimiterOf,
  FILE_BYTES,
  rowsOf,
  textOf,
} from '../../../renderer/panels/watchlist/parts/csv.ts';
import { csvOf } from '../../../renderer/panels/watchlist/parts/export.ts';
import { bareCode, namingOf, previewOf, takenRows } from '../../../renderer/panels/watchlist/parts/import.ts';
import { addSorted, newWatchlist } from '../../../renderer/client/watchlist-ops.ts';
import { namedIssues, plainIssue } from '../../support/issue-names.ts';

const MARKET = [...namedIssues(), plainIssue('900001', '쌍둥이'), plainIssue('900002', '쌍둥이')];
const NAMING = namingOf(MARKET);
const NONE: ReadonlySet<string> = new Set();
const HEADER = ['종목코드', '종목명', '폴더'] as const;

const codeThrown = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing';
};
const preview = (text: string, listed = NONE): ReturnType<typeof previewOf> =>
  previewOf({ name: 'list.csv', bytes: new TextEncoder().encode(text) }, NAMING, listed);
const says = (text: string, listed = NONE): readonly (readonly [number, string | null, string])[] =>
  preview(text, listed).rows.map(({ line, id, how }) => [line, id, how]);

/** 종목코드,종목명 / 005930,삼성전자 in CP949. What only CP949 has, and not the EUC-KR of this runtime, is read in test/e2e/watchlists.test.ts. */
const CP949 = Uint8Array.from([
  0xc1, 0xbe, 0xb8, 0xf1, 0xc4, 0xda, 0xb5, 0xe5, 0x2c, 0xc1, 0xbe, 0xb8, 0xf1, 0xb8, 0xed, 0x0d, 0x0a, 0x30, 0x30,
  0x35, 0x39, 0x33, 0x30, 0x2c, 0xbb, 0xef, 0xbc, 0xba, 0xc0, 0xfc, 0xc0, 0xda,
]);

describe('the text of a file', () => {
  it('is read in UTF-8, CP949 and UTF-16', () => {
    expect(textOf(new TextEncoder().encode('삼성'), 'a').encoding).toBe('UTF-8');
    expect(textOf(CP949, 'a')).toEqual({ text: '종목코드,종목명\r\n005930,삼성전자', encoding: 'CP949' });
    expect(textOf(Uint8Array.from([0xff, 0xfe, 0x35, 0x00]), 'a')).toEqual({ text: '5', encoding: 'UTF-16' });
  });

  it('is refused where it is none', () => {
    expect(codeThrown(() => textOf(Uint8Array.from([0xff, 0x00, 0x81]), 'picture.png'))).toBe('WATCH_FILE_TEXT');
    expect(codeThrown(() => textOf(Uint8Array.from([0x41, 0x00, 0x42]), 'a.bin'))).toBe('WATCH_FILE_TEXT');
  });

  it('is not even read where it is too large', () => {
    expect(codeThrown(() => assertReadable(FILE_BYTES + 1))).toBe('WATCH_FILE_LARGE');
    expect(codeThrown(() => assertReadable(FILE_BYTES))).toBe('nothing');
  });

  it('has no more rows than a list holds issues', () => {
    const rows = '005930\n'.repeat(WATCHED_LIMIT + 2);
    expect(codeThrown(() => preview(rows))).toBe('WATCH_FILE_ROWS');
    expect(codeThrown(() => preview('종목코드\n' + '005930\n'.repeat(WATCHED_LIMIT)))).toBe('nothing');
  });

  it.each([
    ['a,b\nc,d', ','],
    ['a\tb\nc\td', '\t'],
    ['a;b\n"x,y";d', ';'],
    ['a|b', '|'],
    ['삼성전자', ','],
    ['"1,2";"3,4"\n"5,6";"7,8"', ';'],
  ])('%j is parted by %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });

  it('counts lines as the user sees them', () => {
    expect(rowsOf('a\r\n\r\n"b\nc",d\re', ',')).toEqual([
      { line: 1, cells: ['a'] },
      { line: 3, cells: ['b\nc', 'd'] },
      { line: 5, cells: ['e'] },
    ]);
    expect(codeThrown(() => rowsOf('a\n"b', ','))).toBe('WATCH_FILE_QUOTE');
  });

  it('gives the cells that a CSV library gives', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '0', '"', ',', '\n', '삼', "'"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), (table) => {
        const text = table.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const parsed: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true });
        const theirs = parsed.filter((row) => row.some((each) => each !== ''));
        expect(rowsOf(text, ',').map((row) => row.cells)).toEqual(theirs);
      }),
    );
  });
});

describe('the rows of a file', () => {
  it('are codes with or without a head, in any column', () => {
    expect(says('종목코드,종목명\n005930,삼성전자')).toEqual([[2, 'KRX:005930', 'code']]);
    expect(says('005930\n000660')).toEqual([
      [1, 'KRX:005930', 'code'],
      [2, 'KRX:000660', 'code'],
    ]);
    expect(says('1\t삼성전자\t005930')).toEqual([[1, 'KRX:005930', 'code']]);
  });

  it('may have lost the zeros in front', () => {
    expect(says('5930\n660\n"=""000270"""')).toEqual([
      [1, 'KRX:005930', 'zeros'],
      [2, 'KRX:000660', 'zeros'],
      [3, 'KRX:000270', 'code'],
    ]);
    const { rows } = preview('5930\n000660');
    expect(takenRows(rows, true).map((row) => row.id)).toEqual(['KRX:005930', 'KRX:000660']);
    expect(takenRows(rows, false).map((row) => row.id)).toEqual(['KRX:000660']);
  });

  it('may be names', () => {
    expect(says('삼성전자\nSK 하이닉스')).toEqual([
      [1, 'KRX:005930', 'name'],
      [2, 'KRX:000660', 'name'],
    ]);
    expect(says('code,name\n999998,삼성전자')).toEqual([[2, 'KRX:005930', 'name']]);
  });

  it('are told with their line where they are unknown, ambiguous, doubled or on the list', () => {
    expect(says('code\n005930\n모르는이름\n쌍둥이\n5930\n000660', new Set(['KRX:000660']))).toEqual([
      [2, 'KRX:005930', 'code'],
      [3, null, 'unknown'],
      [4, null, 'many'],
      [5, 'KRX:005930', 'twice'],
      [6, 'KRX:000660', 'listed'],
    ]);
    expect(preview('005930\n5930').rows[1]?.before).toBe(1);
  });

  it('keep an issue that this market does not know, where its id is in full', () => {
    expect(says('KRX:777777\nNASD:ZZZZ\n777777')).toEqual([
      [1, 'KRX:777777', 'foreign'],
      [2, 'NASD:ZZZZ', 'foreign'],
      [3, null, 'unknown'],
    ]);
  });

  it('lose none: every row is taken or told', () => {
    const row = fc.oneof(
      fc.constantFrom('005930', '5930', '삼성전자', 'A000660', '없음', '"a,b"', '000660.KS', 'KR7005930003'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }).filter((each) => /^[\p{L}\p{N}]+$/u.test(each)),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const read = preview(`code\n${rows.join('\n')}`).rows;
        expect(read.map((each) => each.line)).toEqual(rows.map((_, at) => at + 2));
        const taken = takenRows(read, true);
        expect(new Set(taken.map((each) => each.id)).size).toBe(taken.length);
        expect(taken.length + read.filter((each) => ['unknown', 'many', 'twice'].includes(each.how)).length).toBe(
          rows.length,
        );
      }),
    );
  });

  it.each([
    ['="005930"', '005930'],
    ["'005930", '005930'],
    ['A005930', '005930'],
    ['KR7005930003', '005930'],
    ['005930.KS', '005930'],
    ['5930.0', '5930'],
    ['nasd:aapl', 'NASD:AAPL'],
  ])('%s is the code %s', (text, code) => {
    expect(bareCode(text)).toBe(code);
  });
});

describe('a list written and read again', () => {
  it('is the same list', () => {
    const ids = [...MARKET.slice(0, 40).map((each) => each.id), 'KRX:777777', 'NASD:AAPL'];
    const folder = fc.record({
      name: fc
        .string({ unit: fc.constantFrom('가', '-', '=', ',', '"', 'A', ' '), maxLength: 8 })
        .map((name) => name.trim()),
      ids: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(folder, { selector: (each) => each.name, maxLength: 4 }), (folders) => {
        const seen = new Set<string>();
        const list: Watchlist = {
          name: '목록',
          place: 0,
          folders: folders
            .map(({ name, ids: own }) => ({
              name,
              collapsed: false,
              instrumentIds: own.filter((id) => !seen.has(id) && seen.add(id).has(id)),
            }))
            .filter((each) => each.instrumentIds.length > 0),
        };
        const { rows } = preview(csvOf(list, NAMING.byId, HEADER));
        const again = addSorted({ ...newWatchlist('목록', 0), folders: [] }, takenRows(rows, true));
        expect(again.folders).toEqual(list.folders);
      }),
    );
  });
});
