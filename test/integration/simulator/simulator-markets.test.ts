/** The simulated market started anew: other plans, other days, and its accounts. */
import { describe, expect, it } from 'vitest';
import type { ExchangeNotice, Simulator } from '#core/simulator/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { openSimulator, SAMSUNG, TEST_LISTING, TEST_ROWS, PLAIN_ORDER } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const REPLAY = { mode: 'replay', instrumentId: SAMSUNG, date: '2025-06-10', seed: 7 } as const;

/** Buys at the lower limit, where nothing trades. */
function restingBuy(simulator: Simulator, accountId: string, quantity = 3): string {
  const price = simulator.issue(SAMSUNG)?.lowerLimit ?? 0;
  const answer = simulator.submit({
    ...PLAIN_ORDER,
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

describe('another market', () => {
  it('expires open orders with notices and settles one session', async () => {
    const { simulator } = await openSimulator(tempFolder());
    simulator.pause();
    const { accountId } = simulator.createAccount({ name: '하나' });
    simulator.submit({
      ...PLAIN_ORDER,
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
      ...PLAIN_ORDER,
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
        ...PLAIN_ORDER,
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
      ...PLAIN_ORDER,
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
