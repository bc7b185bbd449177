/** The running machine behind the ports. */
import { describe, expect, it } from 'vitest';
import {
  contentPolicy,
  createSampleWindow,
  rssMb,
  startLoopDelay,
  systemClock,
  systemTimers,
} from '#core/platform/index.ts';
import { createFakeTime } from '../../support/fake-time.ts';

describe('the system clock and timers', () => {
  it('tell time and durations', async () => {
    const [wall, mono] = [systemClock.now(), systemClock.monotonicMs()];
    await new Promise<void>((resolve) => systemTimers.after(20, resolve));
    expect(systemClock.now() - wall).toBeGreaterThanOrEqual(15);
    expect(systemClock.monotonicMs() - mono).toBeGreaterThanOrEqual(15);
  });

  it('repeat until canceled, and let I/O in between turns', async () => {
    let count = 0;
    await new Promise<void>((resolve) => {
      const timer = systemTimers.every(1, () => {
        count += 1;
        if (count === 3) {
          timer.cancel();
          resolve();
        }
      });
    });
    await new Promise<void>((resolve) => systemTimers.yieldTurn(resolve));
    expect(count).toBe(3);
  });

  it('refuse a delay that would fire at once', () => {
    expect(() => systemTimers.after(2 ** 31, () => undefined)).toThrow(RangeError);
    expect(() => systemTimers.after(Number.NaN, () => undefined)).toThrow(RangeError);
    expect(() => systemTimers.every(-1, () => undefined)).toThrow(RangeError);
  });
});

describe('the loop delay', () => {
  it('shows a blocked loop', async () => {
    const delay = startLoopDelay(createFakeTime().timers);
    await new Promise<void>((resolve) => systemTimers.after(50, resolve));
    const until = systemClock.monotonicMs() + 120;
    while (systemClock.monotonicMs() < until);
    await new Promise<void>((resolve) => systemTimers.after(50, resolve));
    expect(delay.p99Ms()).toBeGreaterThan(60);
    delay.stop();
  });

  it('forgets after its window', async () => {
    const time = createFakeTime();
    const delay = startLoopDelay(time.timers);
    const until = systemClock.monotonicMs() + 120;
    await new Promise<void>((resolve) => systemTimers.after(20, resolve));
    while (systemClock.monotonicMs() < until);
    await new Promise<void>((resolve) => systemTimers.after(20, resolve));
    await time.advance(10_000);
    await new Promise<void>((resolve) => systemTimers.after(30, resolve));
    expect(delay.p99Ms()).toBeLessThan(60);
    delay.stop();
  });

  it('comes with the memory of the process', () => {
    expect(rssMb()).toBeGreaterThan(10);
  });
});

describe('a sample window', () => {
  it('gives quantiles of the newest samples only', () => {
    const window = createSampleWindow(100);
    expect(window.quantile(0.99)).toBeNull();
    for (let value = 1; value <= 250; value += 1) window.add(value);
    expect([window.count, window.quantile(0), window.quantile(0.5), window.quantile(0.99), window.quantile(1)]).toEqual(
      [100, 151, 200, 249, 250],
    );
    expect(() => createSampleWindow(0)).toThrow(RangeError);
  });
});

describe('the content policy', () => {
  it('allows own files and nothing inline but styles with the nonce', () => {
    const policy = contentPolicy({ nonce: 'abc', connect: ['ws://127.0.0.1:1'] });
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'; connect-src 'self' ws://127.0.0.1:1; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });
});
