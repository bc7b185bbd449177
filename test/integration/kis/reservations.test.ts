/** Reservation orders over the real client and the offline KIS: taken, listed, changed, cancelled, lost on the line, sent at the opening. */
import { afterEach, describe, expect, it } from 'vitest';
import { createKisReservations, type AccountReservations, type ReservationTerms } from '#core/broker/index.ts';
import type { Cleared } from '#shared/domain/index.ts';
import { addDays, sessionDate } from '#shared/time/index.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage } from '#test/support/kis-stage.ts';
import { SAMSUNG } from '#test/support/simulator.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const TODAY = sessionDate('2026-11-24');
const ABOUT = { accountId: KIS_ACCOUNT, from: TODAY, to: TODAY } as const;

function reservationsOf(stage: KisStage, environment: 'paper' | 'real' = 'real'): AccountReservations {
  const { rest, keys } = stage;
  return createKisReservations({ environment, connectionId: KIS_ACCOUNT, keys, rest });
}

/** After the close, when reservations are taken. */
async function evening(): Promise<{
  readonly stage: KisStage;
  readonly desk: AccountReservations;
  terms: ReservationTerms;
}> {
  const stage = await openKisStage();
  closers.push(() => stage.close());
  const { simulator } = stage.emulator;
  await stage.drive(simulator.jump('dayEnd'));
  const price = simulator.issue(SAMSUNG)?.basePrice ?? 0;
  const terms = {
    accountId: KIS_ACCOUNT,
    instrumentId: SAMSUNG,
    side: 'buy',
    type: 'limit',
    price,
    quantity: 3,
    endDate: null,
  } as const;
  return { stage, desk: reservationsOf(stage), terms };
}

describe('reservations of domestic shares', () => {
  it('are taken, listed, changed and cancelled', async () => {
    const { stage, desk, terms } = await evening();
    const placed = await stage.drive(desk.place(cleared(stage, terms)));
    expect(placed).toEqual({ ok: true, no: '1' });
    const [row] = await stage.drive(desk.list(ABOUT));
    expect(row).toMatchObject({ ...terms, no: '1', date: TODAY, state: 'waiting', brokerOrderNo: null, filledQty: 0 });
    if (!row) return;
    const to = { ...terms, quantity: 5, endDate: addDays(TODAY, 7) };
    expect(await stage.drive(desk.change(cleared(stage, { of: row, to })))).toEqual({ ok: true, no: '1' });
    const [changed] = await stage.drive(desk.list(ABOUT));
    expect(changed).toMatchObject({ ...to, state: 'waiting' });
    expect(await stage.drive(desk.cancel(row))).toEqual({ ok: true, no: '1' });
    expect(await stage.drive(desk.list(ABOUT))).toMatchObject([{ no: '1', state: 'canceled' }]);
    // What is cancelled can be cancelled no more, and says so.
    expect(await stage.drive(desk.cancel(row))).toMatchObject({ ok: false });
  });

  it('become orders at the next opening, once', async () => {
    const { stage, desk, terms } = await evening();
    const { simulator, accountId } = stage.emulator;
    await stage.drive(desk.place(cleared(stage, terms)));
    expect(simulator.orders(accountId, TODAY)).toEqual([]);
    await stage.drive(stage.emulator.nextDay());
    await stage.drive(stage.emulator.step(10_000));
    const next = simulator.session().sessionDate;
    const orders = simulator.orders(accountId, next);
    expect(orders).toMatchObject([
      { instrumentId: SAMSUNG, side: 'buy', type: 'limit', quantity: 3, price: terms.price },
    ]);
    const [row] = await stage.drive(desk.list(ABOUT));
    expect(row).toMatchObject({ state: 'sent', brokerOrderNo: orders[0]?.brokerOrderNo });
    if (row) expect(await stage.drive(desk.cancel(row))).toMatchObject({ ok: false });
  });

  it('are found in the list after a cut line, and were sent once', async () => {
    const { stage, desk, terms } = await evening();
    stage.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' }, 1);
    await expect(stage.drive(desk.place(cleared(stage, terms)))).rejects.toMatchObject({ code: 'KIS_OUTCOME_UNKNOWN' });
    expect(await stage.drive(desk.list(ABOUT))).toMatchObject([{ ...terms, no: '1', state: 'waiting' }]);
  });

  it('are refused while the market is open, in the broker’s words', async () => {
    const stage = await openKisStage();
    closers.push(() => stage.close());
    const terms = {
      accountId: KIS_ACCOUNT,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      price: null,
      quantity: 1,
      endDate: null,
    } as const;
    expect(await stage.drive(reservationsOf(stage).place(cleared(stage, terms)))).toMatchObject({ ok: false });
    expect(await stage.drive(reservationsOf(stage).list(ABOUT))).toEqual([]);
  });

  it('pass no halt but a cancel, and keep what has no kind or sense from leaving', async () => {
    const { stage, desk, terms } = await evening();
    await stage.drive(desk.place(cleared(stage, terms)));
    const old = cleared(stage, terms);
    stage.epoch += 1;
    expect(await stage.drive(desk.place(old))).toMatchObject({ ok: false });
    const [row, ...more] = await stage.drive(desk.list(ABOUT));
    expect(more).toEqual([]);
    if (row) expect(await stage.drive(desk.cancel(row))).toEqual({ ok: true, no: '1' });
    const bad = [
      [{ type: 'stopLimit' }, 'EXCH_TYPE'],
      [{ quantity: 0 }, 'EXCH_QUANTITY'],
      [{ price: null }, 'EXCH_TICK'],
      [{ type: 'market' }, 'EXCH_PRICE'],
    ] as const;
    for (const [wrong, code] of bad)
      expect(await stage.drive(desk.place(cleared(stage, { ...terms, ...wrong })))).toMatchObject({ ok: false, code });
  });

  it('do not exist on paper, and nothing is asked', async () => {
    const stage = await openKisStage({ env: 'paper' });
    closers.push(() => stage.close());
    const desk = reservationsOf(stage, 'paper');
    expect(desk.unavailable(KIS_ACCOUNT)).toMatchObject({ code: 'KIS_NOT_IN_PAPER' });
    await expect(desk.list(ABOUT)).rejects.toMatchObject({ code: 'KIS_NOT_IN_PAPER' });
  });
});

function cleared<T>(stage: KisStage, value: T): Cleared<T> {
  return { order: value, epoch: stage.epoch } as unknown as Cleared<T>;
}
