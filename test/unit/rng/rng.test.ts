/** The generator: repeatable, independent streams, unbiased. */
import { describe, expect, it } from 'vitest';
import { Rng } from '#shared/rng/index.ts';

describe('Rng', () => {
  it('follows xoshiro128** from a known state', () => {
    // Reference: the published recurrence, worked with 64-bit integers below.
    const rng = Rng.restore([1, 2, 3, 4]);
    let s = [1n, 2n, 3n, 4n];
    const mask = 0xffffffffn;
    const rotl = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask;
    for (let i = 0; i < 1_000; i += 1) {
      const [s0, s1, s2, s3] = s as [bigint, bigint, bigint, bigint];
      const expected = (rotl((s1 * 5n) & mask, 7n) * 9n) & mask;
      const n2 = s2 ^ s0;
      const n3 = s3 ^ s1;
      s = [s0 ^ n3, s1 ^ n2, n2 ^ ((s1 << 9n) & mask), rotl(n3, 11n)];
      expect(BigInt(rng.u32())).toBe(expected);
    }
  });

  it('repeats from a stored state and separates streams', () => {
    const rng = Rng.from(42, 'orders');
    rng.u32();
    const copy = Rng.restore(rng.state());
    expect([rng.u32(), rng.u32()]).toEqual([copy.u32(), copy.u32()]);
    expect(Rng.from(42, 'a').u32()).not.toBe(Rng.from(42, 'b').u32());
    expect(Rng.from(42, 'a').u32()).toBe(Rng.from(42, 'a').u32());
  });

  it('is uniform and has a unit normal', () => {
    const rng = Rng.from(7);
    const counts = [0, 0, 0, 0, 0, 0];
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 60_000; i += 1) {
      const k = rng.int(6);
      counts[k] = (counts[k] ?? 0) + 1;
      const z = rng.normal();
      sum += z;
      squares += z * z;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(Math.abs(sum / 60_000)).toBeLessThan(0.02);
    expect(Math.abs(squares / 60_000 - 1)).toBeLessThan(0.03);
  });
});
