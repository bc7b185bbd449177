/** The text of a scenario in the editor: its colours, texts that are too long, files that are none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfFile } from '../../../renderer/panels/scenarios/parts/text-of-file.ts';
import { colouredLines } from '../../../renderer/panels/scenarios/parts/yaml-colours.ts';

const LIBRARY = join(import.meta.dirname, '../../../resources/scenarios');
const joined = (text: string): string =>
  colouredLines(text)
    .map((pieces) => pieces.map((piece) => piece.text).join(''))
    .join('\n');
const kinds = (text: string): readonly string[] =>
  colouredLines(text).flatMap((pieces) =>
    pieces.flatMap((piece) => (piece.kind ? [`${piece.kind} ${piece.text}`] : [])),
  );

describe('colours of a text', () => {
  it('tell names, texts, figures, comments and signs apart', () => {
    expect(kinds("name: 내 하루 # 이름\nat: '09:05'\n- { pct: -3, on: true, kind: 'x' }")).toEqual([
      'key name',
      'sign :',
      'text 내 하루',
      'comment # 이름',
      'key at',
      'sign :',
      "text '09:05'",
      'sign -',
      'sign {',
      'key pct',
      'sign :',
      'figure -3',
      'sign ,',
      'key on',
      'sign :',
      'figure true',
      'sign ,',
      'key kind',
      'sign :',
      "text 'x'",
      'sign }',
    ]);
  });

  it('leave every letter of every shipped scenario where it is', () => {
    for (const name of readdirSync(LIBRARY).filter((each) => each.endsWith('.yaml'))) {
      const text = readFileSync(join(LIBRARY, name), 'utf8');
      expect(joined(text) === text, name).toBe(true);
    }
  });

  it('leave every letter of any text where it is, half-typed and broken ones too', () => {
    const letters = fc.constantFrom(
      ...Array.from('ab: -\n  {}[],#\'"|>&*!?%@`\t\r\\ㄱ가\u0000\u0002\u001f\u0018\ufeff09.'),
    );
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 60 }), (text) => {
        expect(joined(text)).toBe(text);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

describe('a file that is handed over', () => {
  const bytes = (...parts: readonly number[]): Uint8Array => new Uint8Array(parts);

  it('is read as what it is written in', () => {
    expect(textOfFile(new TextEncoder().encode('name: 하루'))).toBe('name: 하루');
    expect(textOfFile(new Uint8Array(Buffer.from('\ufeffname: 하루', 'utf16le')))).toBe('name: 하루');
    // 하루 as older Korean programs write it.
    expect(textOfFile(bytes(0xc7, 0xcf, 0xb7, 0xe7))).toBe('하루');
  });

  it('is none where it is no text', () => {
    expect(textOfFile(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00))).toBeNull();
    expect(textOfFile(bytes(0x50, 0x4b, 0x03, 0x04))).toBeNull();
    expect(textOfFile(bytes(0xff, 0xff, 0xff))).toBeNull();
  });
});
