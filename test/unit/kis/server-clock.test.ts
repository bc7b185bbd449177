/** The server's clock as the client learns it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createServerClock, type LearningServerClock } from '#core/broker/kis/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from '#test/support/fake-time.ts';

const HOUR_MS = 3_600_000;

/** A server whose clock is off by `skewMs` answers after `thereMs`, and the answer takes `backMs`. */
async function hear(
  time: FakeTime,
  server: LearningServerClock,
  answer: { readonly skewMs: number; readonly thereMs: number; readonly backMs: number },
): Promise<void> {
  const earliestTs = time.clock.now();
  await time.advance(answer.thereMs);
  const serverTs = epochMs(Math.floor((time.clock.now() + answer.skewMs) / 1_000) * 1_000);
  await time.advance(answer.backMs);
  server.learn({ serverTs, resolutionMs: 1_000, earliestTs, latestTs: time.clock.now() });
}

describe('the server clock', () => {
  it('is ours until the server has spoken', () => {
    const time = createFakeTime();
    const server = createServerClock(time);
    expect(server.now()).toBe(time.clock.now());
    expect(server.skewMs()).toBeNull();
  });

  it('is within a second after one answer and within the way there and back after many', async () => {
    const time = createFakeTime();
    const server = createServerClock(time);
    const skewMs = 9 * HOUR_MS + 123;
    await hear(time, server, { skewMs, thereMs: 20, backMs: 30 });
    expect(Math.abs((server.skewMs() ?? 0) - skewMs)).toBeLessThan(600);
    for (let i = 0; i < 60; i += 1) {
      await hear(time, server, { skewMs, thereMs: 20, backMs: 30 });
      await time.advance(137);
    }
    expect(Math.abs((server.skewMs() ?? 0) - skewMs)).toBeLessThan(60);
  });

  it('always holds the true difference, and never runs back by less than a minute', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -12 * HOUR_MS, max: 12 * HOUR_MS }),
        fc.array(fc.record({ waitMs: fc.nat(5_000), thereMs: fc.nat(400), backMs: fc.nat(400) }), {
          minLength: 1,
          maxLength: 20,
        }),
        async (skewMs, answers) => {
          const time = createFakeTime();
          const server = createServerClock(time);
          // Nobody has asked before the first answer, so the first correction is not seen as a step.
          let shown = -Infinity;
          for (const { waitMs, ...way } of answers) {
            await hear(time, server, { skewMs, ...way });
            expect(Math.abs((server.skewMs() ?? 0) - skewMs)).toBeLessThanOrEqual(501 + (way.thereMs + way.backMs) / 2);
            expect(server.now()).toBeGreaterThanOrEqual(shown);
            shown = server.now();
            await time.advance(waitMs);
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('follows a clock that was set, also back by hours', async () => {
    const time = createFakeTime();
    const server = createServerClock(time);
    await hear(time, server, { skewMs: 9 * HOUR_MS, thereMs: 5, backMs: 5 });
    const before = server.now();
    await hear(time, server, { skewMs: 0, thereMs: 5, backMs: 5 });
    expect(server.now()).toBeLessThan(before);
    expect(Math.abs(server.now() - time.clock.now())).toBeLessThan(600);
  });

  it('follows a clock that runs faster than ours', async () => {
    const time = createFakeTime();
    const server = createServerClock(time);
    for (let second = 0; second < 60; second += 1) {
      await hear(time, server, { skewMs: second * 59_000, thereMs: 5, backMs: 5 });
      await time.advance(990);
    }
    expect(Math.abs((server.skewMs() ?? 0) - 59 * 59_000)).toBeLessThan(600);
  });

  it('takes no notice of a time that cannot be', () => {
    const time = createFakeTime();
    const server = createServerClock(time);
    const now = time.clock.now();
    server.learn({ serverTs: now, resolutionMs: 0, earliestTs: now, latestTs: epochMs(now - 5_000) });
    expect(server.skewMs()).toBeNull();
  });
});
