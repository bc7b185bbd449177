/** The simulated market driven by hand: its clock, its days, its accounts. */
import { describe, expect, it } from 'vitest';
import type { Simulator } from '#core/simulator/index.ts';
import type { SimulationStatus } from '#shared/domain/index.ts';
import { epochMs, kstTimeText } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { openSimulator, SAMSUNG, testSimulator, WALL_MS } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const REPLAY = { mode: 'replay', instrumentId: SAMSUNG, date: '2025-06-10', seed: 7 } as const;

function timeOf(simulator: Simulator): string {
  return kstTimeText(epochMs(simulator.status().simTs));
}

describe('the first start', () => {
  it("stands at today's open, the opening auction done, and runs", async () => {
    const { simulator, time } = await openSimulator(tempFolder());
    const status = simulator.status();
    expect(status).toMatchObject({
      sessionDate: '2026-03-03',
      phase: 'continuous',
      running: true,
      speed: 1,
      busy: false,
      instruments: 3,
    });
    expect(timeOf(simulator) >= '09:00:00' && timeOf(simulator) <= '09:00:31').toBe(true);
    expect(simulator.issue(SAMSUNG)?.open).toBeGreaterThan(0);
    const before = simulator.status().simTs;
    await time.advance(5_000);
    expect(simulator.status().simTs - before).toBeGreaterThanOrEqual(4_950);
    expect(simulator.status().simTs - before).toBeLessThanOrEqual(5_000);
    await simulator.close();
  });

  it('opens on the day after the facts of the listing where the calendar does not know today', async () => {
    const { simulator, time } = testSimulator(tempFolder());
    await time.advance(Date.UTC(2031, 0, 6) - WALL_MS);
    await simulator.open();
    expect(simulator.status().sessionDate).toBe('2026-03-03');
    await simulator.close();
  });
});

describe('the clock', () => {
  it('runs at the speed asked for and measures it', async () => {
    const { simulator, time } = await openSimulator(tempFolder());
    simulator.setSpeed(60);
    const before = simulator.status().simTs;
    await time.advance(2_000);
    expect(simulator.status().simTs - before).toBeGreaterThan(117_000);
    expect(simulator.status().trueSpeed).toBeCloseTo(60, 0);
    simulator.pause();
    const paused = simulator.status();
    expect(paused).toMatchObject({ running: false, trueSpeed: null, speed: 60 });
    await time.advance(10_000);
    expect(simulator.status().simTs).toBe(paused.simTs);
    simulator.resume();
    await time.advance(1_000);
    expect(simulator.status().simTs - paused.simTs).toBeGreaterThan(58_000);
    await simulator.close();
  });

  it.each([0, 0.5, 10_001, Number.NaN])('refuses a speed of %s', async (speed) => {
    const { simulator } = await openSimulator(tempFolder());
    expect(() => simulator.setSpeed(speed)).toThrow('SPEED_INVALID');
    await simulator.close();
  });

  it('does not run after a machine that slept, and catches up with a short stall', async () => {
    let stallMs = 0;
    const time = createFakeTime(WALL_MS);
    const { clock } = time;
    const { simulator } = await openSimulator(tempFolder(), {
      timers: time.timers,
      clock: { now: () => clock.now(), monotonicMs: () => clock.monotonicMs() + stallMs },
    });
    await time.advance(1_000);
    const before = simulator.status().simTs;
    stallMs += 300;
    await time.advance(100);
    expect(simulator.status().simTs - before).toBeGreaterThan(380);
    const awake = simulator.status().simTs;
    stallMs += 3_600_000;
    await time.advance(100);
    expect(simulator.status().simTs - awake).toBeLessThanOrEqual(620);
    await simulator.close();
  });

  it('steps by exactly what was asked, and pauses', async () => {
    const { simulator, time } = await openSimulator(tempFolder());
    const before = simulator.status().simTs;
    await simulator.step(1_234);
    await time.advance(500);
    expect(simulator.status()).toMatchObject({ simTs: before + 1_234, running: false });
    await simulator.close();
  });

  it('stops at the end of the day until the next one', async () => {
    const { simulator, time } = await openSimulator(tempFolder());
    simulator.setSpeed(10_000);
    await time.advance(5_000);
    expect(simulator.status()).toMatchObject({ phase: 'closed', running: false, nextPhase: null });
    const over = simulator.status().simTs;
    simulator.resume();
    await time.advance(1_000);
    expect(simulator.status().simTs).toBe(over);
    const close = simulator.issue(SAMSUNG)?.close;
    await simulator.jump('nextDay');
    expect(simulator.status()).toMatchObject({ sessionDate: '2026-03-04', phase: 'openAuction', running: true });
    expect(simulator.issue(SAMSUNG)).toMatchObject({ basePrice: close, last: 0 });
    await simulator.close();
  });

  it('jumps within the day, and not back', async () => {
    const { simulator } = await openSimulator(tempFolder());
    simulator.pause();
    await simulator.jump('closeAuction');
    expect(simulator.status()).toMatchObject({ phase: 'closeAuction', running: false });
    expect(timeOf(simulator)).toBe('15:20:00');
    await expect(simulator.jump('open')).rejects.toThrow('JUMP_PAST');
    await simulator.jump('close');
    expect(simulator.status().phase).toBe('postClose');
    expect(simulator.issue(SAMSUNG)?.close).toBeGreaterThan(0);
    await simulator.jump('close');
    await expect(simulator.jump('closeAuction')).rejects.toThrow('JUMP_PAST');
    // On that date the single price of 16:00 came after the close; only NXT had an after-market.
    await simulator.jump('afterMarket');
    expect(simulator.status()).toMatchObject({ nxtPhase: 'afterMarket' });
    await simulator.jump('dayEnd');
    expect(simulator.status()).toMatchObject({ phase: 'closed', nxtPhase: 'closed', running: false });
    await expect(simulator.jump('close')).rejects.toThrow('JUMP_PAST');
    await simulator.close();
  });

  it('knows both venues by their hours, and the after-market where there is one', async () => {
    const { simulator, time } = testSimulator(tempFolder());
    await time.advance(Date.UTC(2026, 8, 15, 3) - WALL_MS);
    await simulator.open();
    const { schedule, nxtSchedule, sessionDate: date } = simulator.status();
    expect(date).toBe('2026-09-15');
    expect(schedule.map(({ phase }) => phase)).toContain('afterMarket');
    expect(nxtSchedule.map(({ phase }) => phase)).toContain('preMarket');
    expect(simulator.listed(SAMSUNG)).toMatchObject({ nxt: true, viClass: 'unknown', product: 'stock' });
    expect(simulator.issue(SAMSUNG, 'NXT')).toMatchObject({ venue: 'NXT' });
    expect(simulator.markets().map(({ market }) => market)).toEqual(['KOSPI', 'KOSDAQ']);
    await simulator.jump('close');
    const close = simulator.issue(SAMSUNG)?.close ?? 0;
    await simulator.jump('afterMarket');
    expect(simulator.status()).toMatchObject({ phase: 'afterMarket', nxtPhase: 'afterMarket' });
    expect(simulator.session()).toMatchObject({ phase: 'afterMarket', nextOpen: null });
    await simulator.jump('nextDay');
    // The after-market does not change the base.
    expect(simulator.issue(SAMSUNG)?.basePrice).toBe(close);
    await simulator.close();
  });

  it('does one thing at a time, and a jump can be broken off', async () => {
    let ms = 0;
    let lookMs = 0;
    // From the open on, every look at the clock takes time, so that the jump needs many turns.
    const slow = { now: () => epochMs(WALL_MS), monotonicMs: () => (ms += lookMs) };
    const turns: (() => void)[] = [];
    const { simulator } = testSimulator(tempFolder(), {
      clock: slow,
      timers: {
        after: () => ({ cancel: () => undefined }),
        every: () => ({ cancel: () => undefined }),
        yieldTurn: (run) => void turns.push(run),
      },
    });
    const pump = async (done: () => boolean): Promise<void> => {
      for (let i = 0; i < 100_000 && !done(); i += 1) {
        turns.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await simulator.open();
    lookMs = 1.5;
    const stop = new AbortController();
    const outcome = simulator.jump('close', stop.signal).then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
    const seen: boolean[] = [];
    simulator.watchStatus((status) => seen.push(status.busy));
    await expect(simulator.jump('open')).rejects.toThrow('SIMULATION_BUSY');
    await expect(simulator.step(1_000)).rejects.toThrow('SIMULATION_BUSY');
    await expect(simulator.start(REPLAY)).rejects.toThrow('SIMULATION_BUSY');
    await pump(() => seen.length > 3);
    expect(simulator.status().busy).toBe(true);
    stop.abort();
    let result = '';
    void outcome.then((value) => (result = value));
    await pump(() => result !== '');
    expect(result).toBe('CANCELED');
    expect(simulator.status()).toMatchObject({ busy: false, phase: 'continuous' });
    await simulator.close();
  });

  it('tells its watchers of changes by hand at once', async () => {
    const { simulator, time } = await openSimulator(tempFolder());
    const seen: SimulationStatus[] = [];
    const stop = simulator.watchStatus((status) => seen.push(status));
    simulator.pause();
    expect(seen.at(-1)?.running).toBe(false);
    simulator.setSpeed(10);
    expect(seen.at(-1)?.speed).toBe(10);
    simulator.resume();
    const before = seen.length;
    await time.advance(1_000);
    expect(seen.length - before).toBeGreaterThanOrEqual(4);
    expect(seen.length - before).toBeLessThanOrEqual(6);
    stop();
    simulator.pause();
    expect(seen.at(-1)?.running).toBe(true);
    await simulator.close();
  });
});
