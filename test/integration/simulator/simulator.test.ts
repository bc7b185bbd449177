/** The simulated market driven by hand: its clock, its days, its accounts. */
import { describe, expect, it } from 'vitest';
import type { ExchangeNotice, Simulator } from '#core/simulator/index.ts';
import type { SimulationStatus } from '#shared/domain/index.ts';
import { epochMs, kstTimeText, sessionDate } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { openSimulator, SAMSUNG, TEST_LISTING, TEST_ROWS, testSimulator, WALL_MS } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const REPLAY = { mode: 'replay', instrumentId: SAMSUNG, date: '2025-06-10', seed: 7 } as const;

function timeOf(simulator: Simulator): string {
  return kstTimeText(epochMs(simulator.status().simTs));
}

/** Buys at the lower limit, where nothing trades. */
function restingBuy(simulator: Simulator, accountId: string, quantity = 3): string {
  const price = simulator.issue(SAMSUNG)?.lowerLimit ?? 0;
  const answer = simulator.submit({
    accountId,
    instrumentId: SAMSUNG,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    price,
    quantity,
  });
  if (!answer.ok) throw new Error(answer.code);
  return answer.brokerOrderNo;
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
    await time.advance(4_000);
    expect(simulator.status()).toMatchObject({ phase: 'closed', running: false, nextPhase: null });
    const over = simulator.status().simTs;
    simulator.resume();
    await time.advance(1_000);
    expect(simulator.status().simTs).toBe(over);
    const close = simulator.issue(SAMSUNG)?.last;
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
    expect(simulator.status().phase).toBe('closed');
    await simulator.jump('close');
    await expect(simulator.jump('closeAuction')).rejects.toThrow('JUMP_PAST');
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

describe('another market', () => {
  it('expires open orders with notices and settles one session', async () => {
    const { simulator } = await openSimulator(tempFolder());
    simulator.pause();
    const { accountId } = simulator.createAccount({ name: '하나' });
    simulator.submit({
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 10,
    });
    const no = restingBuy(simulator, accountId);
    const heard: ExchangeNotice[] = [];
    simulator.watchNotices((notice) => heard.push(notice));
    const before = simulator.account(accountId);
    const status = await simulator.start(REPLAY, 5);
    expect(status).toMatchObject({
      plan: REPLAY,
      sessionDate: '2025-06-10',
      phase: 'continuous',
      speed: 5,
      running: true,
      disturbed: false,
    });
    expect(heard.find((notice) => notice.kind === 'expired')).toMatchObject({ brokerOrderNo: no, quantity: 3 });
    expect(heard.find((notice) => notice.kind === 'session')).toMatchObject({ sessionDate: '2025-06-10' });
    const after = simulator.account(accountId);
    expect(after).toMatchObject({
      sessionDate: '2025-06-10',
      d1Date: '2025-06-11',
      d2Date: '2025-06-12',
      reservedKrw: 0,
    });
    expect(after.cashD1Krw).toBe(before.cashD2Krw);
    expect(simulator.positions(accountId)).toMatchObject([{ instrumentId: SAMSUNG, quantity: 10 }]);
    expect(simulator.instrumentIds()).toEqual([SAMSUNG]);
    await simulator.close();
  });

  it('replays the recorded day to its close, undisturbed', async () => {
    const { simulator } = await openSimulator(tempFolder());
    await simulator.start(REPLAY);
    await simulator.jump('close');
    expect(simulator.issue(SAMSUNG)).toMatchObject({
      open: 59_900,
      high: 60_400,
      low: 59_100,
      last: 59_200,
      volume: 180_000,
      basePrice: 59_800,
    });
    expect(simulator.status().disturbed).toBe(false);
    await simulator.close();
  });

  it('says that the user disturbed the day, and still reaches its close', async () => {
    const { simulator } = await openSimulator(tempFolder());
    await simulator.start(REPLAY);
    const { accountId } = simulator.createAccount({ name: '하나', startingCashKrw: 10_000_000_000 });
    simulator.submit({
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 9_000,
    });
    await simulator.jump('close');
    expect(simulator.status().disturbed).toBe(true);
    expect(simulator.issue(SAMSUNG)?.last).toBe(59_200);
    await simulator.close();
  });

  it('goes from one recorded day to the next and says where the last is', async () => {
    const { simulator } = await openSimulator(tempFolder());
    await simulator.start(REPLAY);
    await simulator.jump('nextDay');
    expect(simulator.status()).toMatchObject({ sessionDate: '2025-06-12', plan: { date: '2025-06-12' } });
    expect(simulator.issue(SAMSUNG)?.basePrice).toBe(59_200);
    await expect(simulator.jump('nextDay')).rejects.toThrow('REPLAY_LAST_DAY');
    expect(simulator.status().phase).toBe('openAuction');
    await simulator.close();
  });

  it('passes over days without trading', async () => {
    const suspended = { ...(TEST_ROWS[1] as (typeof TEST_ROWS)[number]), date: sessionDate('2025-06-11'), volume: 0 };
    const rows = [...TEST_ROWS, suspended].toSorted((a, b) => (a.date < b.date ? -1 : 1));
    const { simulator } = await openSimulator(tempFolder(), {
      dailyRow: (_id, date) => rows.find((row) => row.date === date),
      nextDailyDate: (_id, date) => rows.find((row) => row.date > date)?.date,
    });
    await simulator.start(REPLAY);
    await simulator.jump('nextDay');
    expect(simulator.status().sessionDate).toBe('2025-06-12');
    await simulator.close();
  });

  it.each([
    [{ ...REPLAY, date: '2025-06-11' }, 'REPLAY_NO_DATA'],
    [{ ...REPLAY, date: '2025-02-30' }, 'DATE_INVALID'],
    [{ ...REPLAY, date: '1999-01-04' }, 'CALENDAR_UNKNOWN'],
  ] as const)('keeps the market that runs where a plan cannot be: %o %s', async (plan, code) => {
    const { simulator, time } = await openSimulator(tempFolder());
    const { accountId } = simulator.createAccount({ name: '하나' });
    restingBuy(simulator, accountId);
    await expect(simulator.start(plan)).rejects.toThrow(code);
    expect(simulator.openOrders(accountId)).toHaveLength(1);
    const before = simulator.status();
    await time.advance(1_000);
    expect(simulator.status()).toMatchObject({ plan: before.plan, running: true, busy: false });
    expect(simulator.status().simTs).toBeGreaterThan(before.simTs);
    await simulator.close();
  });

  it('lists suspended issues as halted', async () => {
    const { simulator } = await openSimulator(tempFolder(), {
      listing: () => TEST_LISTING.map((issue) => ({ ...issue, suspended: issue.id === SAMSUNG })),
    });
    const { accountId } = simulator.createAccount({ name: '하나' });
    expect(simulator.issue(SAMSUNG)).toMatchObject({ halted: true, last: 0 });
    expect(
      simulator.submit({
        accountId,
        instrumentId: SAMSUNG,
        side: 'buy',
        type: 'limit',
        timeInForce: 'day',
        price: 70_300,
        quantity: 1,
      }),
    ).toEqual({ ok: false, code: 'EXCH_HALTED' });
    await simulator.close();
  });
});

describe('accounts', () => {
  it('have a name of their own and the cash that was chosen', async () => {
    const { simulator } = await openSimulator(tempFolder());
    const heard: ExchangeNotice[] = [];
    simulator.watchNotices((notice) => heard.push(notice));
    const first = simulator.createAccount({ name: '하나' });
    expect(first).toMatchObject({ name: '하나', startingCashKrw: 100_000_000, cashD2Krw: 100_000_000 });
    expect(heard).toEqual([{ kind: 'account', account: first }]);
    expect(simulator.createAccount({ name: '둘', startingCashKrw: 10_000 }).cashD0Krw).toBe(10_000);
    expect(() => simulator.createAccount({ name: '하나' })).toThrow('ACCOUNT_NAME_TAKEN');
    expect(() => simulator.createAccount({ name: '셋', startingCashKrw: 9_999 })).toThrow('INTERNAL_BUG');
    expect(simulator.accounts()).toHaveLength(2);
    await simulator.close();
  });

  it('trade with each other through the book', async () => {
    const { simulator } = await openSimulator(tempFolder());
    simulator.pause();
    const one = simulator.createAccount({ name: '하나' }).accountId;
    const two = simulator.createAccount({ name: '둘' }).accountId;
    const buy = {
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 50,
    } as const;
    simulator.submit({ ...buy, accountId: one });
    const { bestAsk: price = 0, bestAskQty = 0 } = simulator.issue(SAMSUNG) ?? {};
    expect(simulator.submit({ ...buy, accountId: two, type: 'limit', price, quantity: bestAskQty + 30 }).ok).toBe(true);
    simulator.submit({ ...buy, accountId: one, side: 'sell', type: 'limit', price, quantity: 20 });
    const date = simulator.session().sessionDate;
    const sold = simulator.executions(one, date).filter((execution) => execution.side === 'sell');
    expect(sold.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(20);
    expect(simulator.positions(one)).toMatchObject([{ quantity: 30 }]);
    await simulator.close();
  });
});
