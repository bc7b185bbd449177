/** The event hash: sensitive to every bit and to order, and able to continue. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHash } from '#shared/exchange/floor/event-hash.ts';

function hashOf(values: readonly number[]): string {
  const hash = new EventHash();
  for (const value of values) hash.add(value);
  return hash.text();
}

const values = fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 12 });

describe('event hash', () => {
  it('changes with any value', () => {
    fc.assert(
      fc.property(values, fc.nat(11), fc.integer({ min: 1, max: 4_000_000_000 }), (list, pick, by) => {
        const changed = [...list];
        const at = pick % list.length;
        changed[at] = ((list[at] ?? 0) + by) % Number.MAX_SAFE_INTEGER;
        fc.pre(changed[at] !== list[at]);
        expect(hashOf(changed)).not.toBe(hashOf(list));
      }),
      { numRuns: 2_000 },
    );
  });

  it('depends on the order', () => {
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
    expect(hashOf([0])).not.toBe(hashOf([0, 0]));
  });

  it('has few collisions among near inputs', () => {
    const seen = new Set<string>();
    for (let a = 0; a < 200; a += 1) for (let b = 0; b < 200; b += 1) seen.add(hashOf([a, b]));
    expect(seen.size).toBe(40_000);
  });

  it('continues from its state', () => {
    const hash = new EventHash();
    hash.add(123_456_789_012);
    const copy = new EventHash(hash.state());
    for (const each of [hash, copy]) each.add(42);
    expect(copy.text()).toBe(hash.text());
  });
});
