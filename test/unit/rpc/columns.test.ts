/** Tables on the wire. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columns, packColumns, readColumns } from '#shared/rpc/index.ts';

const def = columns(['ts', 'close'], z.strictObject({ name: z.string() }));
const table = {
  header: { name: '삼성전자' },
  length: 3,
  columns: { ts: Float64Array.of(1, 2, 3), close: Float64Array.of(70_000, 70_100, Number.MAX_SAFE_INTEGER) },
};

describe('columns', () => {
  it('come back as they were, also from an unaligned place', () => {
    const { value, bytes } = packColumns(def, table);
    expect(readColumns(def, value, bytes)).toEqual(table);
    const shifted = new Uint8Array(bytes.byteLength + 3);
    shifted.set(bytes, 3);
    expect(readColumns(def, value, shifted.subarray(3))).toEqual(table);
  });

  it('may be empty', () => {
    const empty = { header: { name: '' }, length: 0, columns: { ts: new Float64Array(0), close: new Float64Array(0) } };
    const { value } = packColumns(def, empty);
    expect(readColumns(def, value, null)).toEqual(empty);
  });

  it.each([
    ['a missing column', { ...table, columns: { ts: table.columns.ts } as never }],
    ['an unequal length', { ...table, columns: { ...table.columns, close: Float64Array.of(1) } }],
    ['a fraction', { ...table, columns: { ...table.columns, close: Float64Array.of(1, 2, 0.5) } }],
    ['a number that is none', { ...table, columns: { ...table.columns, close: Float64Array.of(1, 2, Number.NaN) } }],
    ['a number beyond exactness', { ...table, columns: { ...table.columns, close: Float64Array.of(1, 2, 2 ** 53) } }],
    ['another header', { ...table, header: { name: 7 } }],
  ])('do not leave with %s', (_, bad) => {
    expect(() => packColumns(def, bad)).toThrow('INTERNAL_BUG');
  });

  const { value, bytes } = packColumns(def, table);
  it.each([
    ['other names', { ...value, names: ['ts', 'open'] }, bytes],
    ['another order', { ...value, names: ['close', 'ts'] }, bytes],
    ['another length', { ...value, length: 4 }, bytes],
    ['another scale', { ...value, scale: 2 }, bytes],
    ['another header', { ...value, header: {} }, bytes],
    ['too few bytes', value, bytes.subarray(8)],
    ['no bytes', value, null],
    ['nothing', null, bytes],
  ])('do not arrive with %s', (_, wire, payload) => {
    expect(() => readColumns(def, wire, payload)).toThrow('FRAME_MALFORMED');
  });
});
