/** Ids: unique and in order, whatever the clock does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIds, systemIds } from '#core/platform/index.ts';
import { epochMs } from '#shared/time/index.ts';

describe('ids', () => {
  it('rise strictly while the clock runs, stands, or goes back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 ** 43 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 255 }),
        (times, byte) => {
          let turn = 0;
          const ids = createIds({
            clock: { now: () => epochMs(times[turn++ % times.length] ?? 0), monotonicMs: () => 0 },
            random: (size) => new Uint8Array(size).fill(byte),
          });
          const made = times.map(() => ids.next());
          expect(made.toSorted()).toEqual(made);
          expect(new Set(made).size).toBe(made.length);
          for (const id of made) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
        },
      ),
    );
  });

  it('roll over into the next millisecond when the random part is full', () => {
    const ids = createIds({
      clock: { now: () => epochMs(5), monotonicMs: () => 0 },
      random: (size) => new Uint8Array(size).fill(31),
    });
    expect([ids.next(), ids.next(), ids.next()]).toEqual([
      `0000000005${'Z'.repeat(16)}`,
      `0000000006${'0'.repeat(16)}`,
      `0000000006${'0'.repeat(15)}1`,
    ]);
  });

  it('of the system do not repeat', () => {
    const made = Array.from({ length: 10_000 }, () => systemIds.next());
    expect(new Set(made).size).toBe(10_000);
  });
});
