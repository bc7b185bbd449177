/** The lock of the real environment: PIN, waits, the trading day, and everything that locks it again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PinFile } from '../../../electron/app/real-lock/pin-file.ts';
import { RealLock } from '../../../electron/app/real-lock/real-lock.ts';
import { tradingDayEnd } from '../../../electron/app/real-lock/trading-day.ts';
import { SystemRecord } from '../../../electron/app/system-record.ts';
import { Journal } from '#core/storage/index.ts';
import type { EndpointKind } from '#shared/domain/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';

const folder = mkdtempSync(join(tmpdir(), 'maru-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const at = (date: string, time: string): EpochMs => kstInstant(sessionDate(date), timeOfDayMs(time));
const NOON = at('2026-11-26', '12:00');

/** Clock and timers that can be set apart: wall time may jump, the other clock never does. */
function stand(options: { readonly allowReal?: boolean; readonly endpoint?: EndpointKind } = {}) {
  const time = createFakeTime(NOON);
  let jumpedMs = 0;
  let [serverAheadMs, halted, locked] = [0, false, false];
  const clock = { now: () => epochMs(time.clock.now() + jumpedMs), monotonicMs: () => time.clock.monotonicMs() };
  const path = join(folder, `pin-${(files += 1)}.json`);
  const journal = Journal.open({ path: join(folder, `system-${files}.db`), role: 'system' });
  const record = new SystemRecord(journal, clock);
  const openPin = () =>
    new PinFile({
      path,
      clock,
      cost: { N: 1_024, r: 1, p: 1 },
      missed: (facts) => record.add({ kind: 'pinFailed', ...facts }),
    });
  const pin = openPin();
  const lock = new RealLock({
    pin,
    record,
    clock,
    timers: time.timers,
    allowReal: options.allowReal === true,
    changed: () => undefined,
  });
  const target = {
    connectionId: 'real-0123456789ab',
    endpoint: options.endpoint ?? 'emulator',
    serverNow: () => epochMs(time.clock.now() + serverAheadMs),
    setLocked: (next: boolean) => void (locked = next),
    isHalted: () => halted,
  } as const;
  return {
    time,
    path,
    pin,
    lock,
    target,
    openPin,
    jump: (ms: number) => void (jumpedMs += ms),
    setServer: (ms: number) => void (serverAheadMs = ms),
    halt: () => void (halted = true),
    isLocked: () => locked,
    kinds: () => [...journal.read()].map(({ kind, data }) => [kind, (data as { cause?: string }).cause]),
  };
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error as { code: string }).code,
  );

describe('the PIN', () => {
  it('is kept as a slow hash, and waits grow with every wrong one, over restarts too', async () => {
    const { pin, path, time, openPin, jump } = stand();
    await pin.set('402817', null);
    expect(readFileSync(path, 'utf8')).not.toContain('402817');
    await pin.judge('402817');
    const waits: (number | null)[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await code(pin.judge('000000'))).toBe('PIN_WRONG');
      const wait = pin.retryAfterTs;
      waits.push(wait === null ? null : wait - time.clock.now());
      expect(await code(pin.judge('402817'))).toBe('PIN_WAIT');
      if (tries < 3) await time.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([1_000, 2_000, 5_000, 15_000]);
    expect(await code(openPin().judge('402817'))).toBe('PIN_WAIT');
    // A clock set forward does not shorten the wait of this run; one set back does not make it longer.
    jump(3_600_000);
    expect(await code(pin.judge('402817'))).toBe('PIN_WAIT');
    jump(-7_200_000);
    expect((pin.retryAfterTs ?? 0) - (time.clock.now() - 3_600_000)).toBe(15_000);
    jump(3_600_000);
    await time.advance(15_000);
    await pin.judge('402817');
    expect(pin.retryAfterTs).toBeNull();
  });

  it('is changed by the present one only, and guesses side by side are judged one by one', async () => {
    const { pin, time } = stand();
    await pin.set('1111', null);
    expect(await code(pin.set('2222', null))).toBe('PIN_CURRENT');
    expect(await code(pin.set('2222', '3333'))).toBe('PIN_WRONG');
    await time.advance(1_000);
    const guesses = await Promise.all(['0001', '0002', '1111'].map((guess) => code(pin.judge(guess))));
    expect(guesses).toEqual(['PIN_WRONG', 'PIN_WAIT', 'PIN_WAIT']);
    await time.advance(2_000);
    await pin.set('2222', '1111');
    await pin.judge('2222');
  });

  it('missing or damaged opens nothing', async () => {
    const { pin } = stand();
    expect(await code(pin.judge('1234'))).toBe('PIN_MISSING');
    const damaged = join(folder, 'damaged.json');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(damaged, '{');
    expect(() => new PinFile({ path: damaged, clock: createFakeTime().clock, missed: () => undefined })).toThrow(
      'DB_CORRUPT',
    );
  });
});

describe('the lock', () => {
  async function armed(options: Parameters<typeof stand>[0] = {}) {
    const made = stand(options);
    await made.pin.set('1234', null);
    made.lock.guard(made.target);
    expect(made.isLocked()).toBe(true);
    await made.lock.arm('1234', 'memory');
    expect(made.isLocked()).toBe(false);
    expect(made.lock.state.state).toBe('armed');
    return made;
  }

  it('is open until the end of the after-market by the server clock', async () => {
    const { lock, time, isLocked, kinds } = await armed();
    expect(lock.state.armedUntilTs).toBe(tradingDayEnd(NOON));
    await time.advance(tradingDayEnd(NOON) - NOON - 1_000);
    expect(isLocked()).toBe(false);
    await time.advance(1_000);
    expect(isLocked()).toBe(true);
    expect(lock.state).toMatchObject({ state: 'locked', armedUntilTs: null });
    expect(kinds()).toEqual([
      ['realArmed', undefined],
      ['realDisarmed', 'dayEnd'],
    ]);
  });

  it('is locked by hand, by a clock set back or forward, by a server clock set back, by a halt and by a switch', async () => {
    const causes = async (act: (made: Awaited<ReturnType<typeof armed>>) => void) => {
      const made = await armed();
      await made.time.advance(5_000);
      act(made);
      await made.time.advance(1_000);
      expect(made.isLocked()).toBe(true);
      return made.kinds().at(-1)?.[1];
    };
    expect(await causes(({ lock }) => void lock.disarm('user'))).toBe('user');
    expect(await causes(({ jump }) => jump(-3_000))).toBe('clock');
    expect(await causes(({ jump }) => jump(120_000))).toBe('clock');
    expect(await causes(({ setServer }) => setServer(-60_000))).toBe('clock');
    expect(await causes(({ setServer }) => setServer(86_400_000))).toBe('dayEnd');
    expect(await causes(({ halt }) => halt())).toBe('kill');
    expect(await causes(({ lock }) => lock.release('switch'))).toBe('switch');
  });

  it('is opened only where the real environment is in force, not halted, and not from the web on an official endpoint', async () => {
    const { pin, lock, target, halt } = stand({ endpoint: 'official' });
    await pin.set('1234', null);
    expect(await code(lock.arm('1234', 'memory'))).toBe('REAL_NOT_IN_FORCE');
    lock.guard(target);
    expect(await code(lock.arm('1234', 'web'))).toBe('REAL_WEB');
    expect((await lock.arm('1234', 'desktop')).state).toBe('armed');
    lock.disarm('user');
    halt();
    expect(await code(lock.arm('1234', 'desktop'))).toBe('REAL_HALTED');
    const allowed = stand({ endpoint: 'official', allowReal: true });
    await allowed.pin.set('1234', null);
    allowed.lock.guard(allowed.target);
    expect((await allowed.lock.arm('1234', 'web')).state).toBe('armed');
  });
});

describe('the trading day', () => {
  it.each([
    ['2026-11-26', '10:00', '2026-11-26', '20:00'],
    ['2026-11-26', '06:59', '2026-11-26', '07:00'],
    ['2026-11-26', '20:00', '2026-11-27', '07:00'],
    ['2026-11-28', '12:00', '2026-11-29', '07:00'],
  ])('of %s %s ends on %s at %s', (date, time, endDate, endTime) => {
    expect(tradingDayEnd(at(date, time))).toBe(at(endDate, endTime));
  });
});
