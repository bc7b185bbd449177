/** Canonical JSON: one spelling per value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/storage/index.ts';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonicalJson', () => {
  it('does not depend on the order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves out what is undefined and sorts by code unit', () => {
    expect(canonicalJson({ b: 1, a: undefined, B: -0, 가: '\n' })).toBe('{"B":0,"b":1,"가":"\\n"}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, new Date(0), new Map(), Symbol('x'), undefined])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson({ value: [value] })).toThrow(/canonical JSON/);
    },
  );
});
