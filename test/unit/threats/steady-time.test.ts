/** Time by a server's clock: what a wrong clock, a machine that slept and a user who sets the clock do to it. */
import { describe, expect, it } from 'vitest';
import { SteadyTime } from '#core/threats/steady-time.ts';
import { epochMs } from '#shared/time/index.ts';

const HOUR = 3_600_000;
const TEN = 1_772_672_400_000;

/** A machine, and a server whose clock is ours and `skewMs`; each step is a second. */
function machine() {
  const state = { wallMs: TEN, monotonicMs: 5_000, skewMs: 0 as number | null };
  const steady = new SteadyTime({
    told: () => state.wallMs + (state.skewMs ?? 0),
    clock: { now: () => epochMs(state.wallMs), monotonicMs: () => state.monotonicMs },
    skewMs: () => state.skewMs,
  });
  /** What it tells, from ten o'clock. */
  const after = (seconds: number): number => {
    for (let count = 0; count < seconds; count += 1) {
      state.wallMs += 1_000;
      state.monotonicMs += 1_000;
      steady.now();
    }
    return steady.now() - TEN;
  };
  return { state, after };
}

describe('steady time', () => {
  it('goes on while the server is nine hours wrong, either way, and with it again afterwards', () => {
    const { state, after } = machine();
    expect(after(10)).toBe(10_000);
    for (const hours of [-9, 9]) {
      state.skewMs = hours * HOUR;
      const before = after(0);
      expect(after(600) - before).toBe(600_000);
      state.skewMs = 0;
      expect(after(10) - before).toBe(610_000);
    }
  });

  it('leaps with a machine that slept, and believes the server when our own clock was set', () => {
    const { state, after } = machine();
    after(10);
    state.wallMs += HOUR;
    expect(after(1)).toBe(HOUR + 11_000);
    // The user sets the clock nine hours on; the server, asked next, knows better.
    state.wallMs += 9 * HOUR;
    after(5);
    state.skewMs = -9 * HOUR;
    expect(after(1)).toBe(HOUR + 17_000);
  });

  it('tells what it is told until the server has spoken', () => {
    const { state, after } = machine();
    state.skewMs = null;
    after(5);
    state.wallMs -= 9 * HOUR;
    expect(after(1)).toBe(6_000 - 9 * HOUR);
    // Our clock was wrong from the beginning.
    state.skewMs = 9 * HOUR;
    expect(after(1)).toBe(7_000);
  });
});
