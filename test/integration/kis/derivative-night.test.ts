/** The night of futures and options at KIS before the offline KIS: its bell, its quotes, orders that are never the day's, and the morning after. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Cleared } from '#shared/domain/index.ts';
import type { ReplaceRequest, SubmitOrder } from '#core/broker/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import {
  CALL,
  FUTURE,
  FUTURES_ACCOUNT,
  openDerivativeStage,
  SHARE_FUTURE,
  type DerivativeStage,
} from '#test/support/derivative-stage.ts';
import { PLAIN } from '#test/support/plain-order.ts';

const MINUTE_MS = 60_000;
/** The stage is of 2026-11-24, a Tuesday: its evening belongs to the 25th. */
const TONIGHT = sessionDate('2026-11-25');
let stage: DerivativeStage;

afterEach(() => stage.close());

const order = (change: Partial<SubmitOrder>): Cleared<SubmitOrder> =>
  ({
    order: {
      accountId: FUTURES_ACCOUNT,
      instrumentId: FUTURE,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      ...PLAIN,
      session: 'night',
      price: null,
      quantity: 1,
      ...change,
    },
    epoch: stage.epoch,
  }) as Cleared<SubmitOrder>;

const submit = (change: Partial<SubmitOrder> = {}) => stage.drive(stage.broker.submit(order(change)));

async function placed(change: Partial<SubmitOrder> = {}): Promise<string> {
  const answer = await submit(change);
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`);
  await stage.time.advance(4_000);
  return answer.brokerOrderNo;
}

/** A tick's multiple five points below the market, at which nothing trades. */
function lowPrice(): number {
  const seat = stage.emulator.contracts.seat('A01612');
  const about = (seat?.base ?? 0) - 500;
  return about - (about % 5);
}

const tonight = () => stage.drive(stage.broker.orders(FUTURES_ACCOUNT, TONIGHT));

async function position(): Promise<number> {
  const held = await stage.drive(stage.broker.positions(FUTURES_ACCOUNT));
  return held.find(({ instrumentId }) => instrumentId === FUTURE)?.quantity ?? 0;
}

const openNight = (startAt = '21:00', env: 'real' | 'paper' = 'real') =>
  openDerivativeStage({ env, emulator: { market: 'us', startAt, still: false } });

describe('the night at KIS real', () => {
  it('has a session, a phase, a quote, a book and trades of its own', async () => {
    stage = await openNight();
    const [account] = await stage.drive(stage.broker.accounts());
    expect(account?.sessionDate).toBe(TONIGHT);
    const stops = (['tape', 'book'] as const).map((what) =>
      stage.part.want({ instrumentId: FUTURE, what, rank: 'focus' }),
    );
    await stage.drive(stage.part.prepare(FUTURE));
    await stage.time.advance(30_000);
    expect(stage.part.issue(FUTURE)).toMatchObject({ phase: 'night', sessionDate: TONIGHT });
    expect(stage.part.issue(FUTURE)?.last).toBeGreaterThan(0);
    expect(stage.part.depth(FUTURE)?.asks.length).toBeGreaterThan(0);
    expect(stage.trades.length).toBeGreaterThan(3);
    expect(stage.emulator.registrations()).toEqual(
      expect.arrayContaining(['H0MFCNT0 A01612', 'H0MFASP0 A01612', expect.stringMatching(/^H0MFCNI0 /)]),
    );
    expect(stage.emulator.registrations().filter((name) => name.startsWith('H0IF'))).toEqual([]);
    const bars = await stage.drive(
      stage.part.candles({ instrumentId: FUTURE, interval: '1m', limit: 5 } as never, new AbortController().signal),
    );
    expect(bars.length).toBeGreaterThan(0);
    expect(Math.min(...bars.columns.openTs)).toBeGreaterThanOrEqual(Date.parse('2026-11-24T18:00:00+09:00'));
    await stage.drive(stage.part.prepare(SHARE_FUTURE));
    expect(stage.part.issue(SHARE_FUTURE)?.phase).toBe('closed');
    for (const stop of stops) stop();
  });

  it('sends, changes and withdraws orders by the night’s ids, and knows their numbers from the day’s', async () => {
    stage = await openNight();
    expect(await placed()).toMatch(/^N005/);
    expect(await position()).toBe(1);
    const low = lowPrice();
    const resting = await placed({ type: 'limit', price: low });
    const replace = { accountId: FUTURES_ACCOUNT, brokerOrderNo: resting, price: low - 5 };
    expect(
      await stage.drive(stage.broker.replace({ order: replace, epoch: stage.epoch } as Cleared<ReplaceRequest>)),
    ).toEqual({ ok: true });
    await stage.time.advance(4_000);
    const [open] = await stage.drive(stage.broker.openOrders(FUTURES_ACCOUNT));
    expect(open).toMatchObject({ session: 'night', sessionDate: TONIGHT, price: low - 5, originalOrderNo: resting });
    const no = open?.brokerOrderNo ?? '';
    // The same number of the day is another order, and there is none.
    const stranger = { accountId: FUTURES_ACCOUNT, brokerOrderNo: no.slice(1) };
    expect(await stage.drive(stage.broker.cancel(stranger))).toMatchObject({ ok: false, code: 'EXCH_UNKNOWN_ORDER' });
    expect(await stage.drive(stage.broker.cancel({ accountId: FUTURES_ACCOUNT, brokerOrderNo: no }))).toEqual({
      ok: true,
    });
    await stage.time.advance(4_000);
    expect(stage.emulator.contracts.orders.every(({ night }) => night)).toBe(true);
    expect((await tonight()).map(({ status }) => status)).toEqual(['filled', 'replaced', 'canceled']);
    expect(stage.events.filter(({ kind }) => kind === 'fill')).toHaveLength(1);
  });

  it('sends no order of the day at night, none on what has no night, and opens what the night lets be opened', async () => {
    stage = await openNight();
    expect(await submit({ session: 'regular' })).toMatchObject({ ok: false, code: 'EXCH_SESSION' });
    expect(await submit({ instrumentId: SHARE_FUTURE })).toMatchObject({ ok: false, code: 'EXCH_SESSION' });
    expect(stage.emulator.contracts.orders).toEqual([]);
    await stage.drive(stage.part.prepare(CALL));
    expect(stage.part.issue(CALL)).toMatchObject({ phase: 'night' });
    expect(stage.part.issue(CALL)?.openable?.buy).toBeGreaterThan(0);
  });

  it('finds an order of the night whose answer never came, and knows its kind', async () => {
    stage = await openNight();
    await stage.drive(stage.part.prepare(FUTURE));
    stage.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' }, 1);
    const price = lowPrice();
    await expect(submit({ type: 'limit', price })).rejects.toMatchObject({ code: 'KIS_OUTCOME_UNKNOWN' });
    expect(await tonight()).toMatchObject([{ session: 'night', price, status: 'open', type: 'limit' }]);
  });

  it('ends at six: what waited has expired, and the day begins with what the night has traded', async () => {
    stage = await openNight('05:58');
    await placed({ quantity: 2 });
    const resting = await placed({ type: 'limit', price: lowPrice() });
    await stage.time.advance(3 * MINUTE_MS);
    expect(await submit()).toMatchObject({ ok: false, code: 'EXCH_SESSION' });
    const rows = await tonight();
    expect(rows.find(({ brokerOrderNo }) => brokerOrderNo === resting)?.status).toBe('expired');
    expect(await position()).toBe(2);
    const [account] = await stage.drive(stage.broker.accounts());
    expect(account?.sessionDate).toBe(TONIGHT);
  });
});

describe('the evening at KIS', () => {
  it('turns quote, channels and session over at six o’clock, with the clock of the server', async () => {
    stage = await openDerivativeStage({ env: 'real', emulator: { startAt: '17:58', still: false } });
    stage.part.want({ instrumentId: FUTURE, what: 'tape', rank: 'focus' });
    await stage.drive(stage.part.prepare(FUTURE));
    expect(stage.part.issue(FUTURE)?.phase).toBe('closed');
    await stage.time.advance(3 * MINUTE_MS);
    expect(stage.part.issue(FUTURE)).toMatchObject({ phase: 'night', sessionDate: TONIGHT });
    expect(stage.emulator.registrations()).toContain('H0MFCNT0 A01612');
    expect(stage.events.filter(({ kind }) => kind === 'session')).toContainEqual(
      expect.objectContaining({ sessionDate: TONIGHT, phase: 'night' }),
    );
    expect(await placed()).toMatch(/^N/);
  });

  it('has no night on paper: the session stays the day’s, and nothing is sent', async () => {
    stage = await openNight('21:00', 'paper');
    const [account] = await stage.drive(stage.broker.accounts());
    expect(account?.sessionDate).toBe('2026-11-24');
    await stage.drive(stage.part.prepare(FUTURE));
    expect(stage.part.issue(FUTURE)?.phase).toBe('closed');
    expect(await submit()).toMatchObject({ ok: false, code: 'EXCH_SESSION' });
  });
});
