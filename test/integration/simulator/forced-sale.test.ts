/** A margin account in the running simulator: bought unpaid, called, sold by force in the opening auction of D+3, frozen. */
import { describe, expect, it } from 'vitest';
import type { Simulator } from '#core/simulator/index.ts';
import { openSimulator, PLAIN_ORDER, SAMSUNG } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

function buy(simulator: Simulator, accountId: string, quantity: number): { ok: boolean; code?: string } {
  const answer = simulator.submit({
    ...PLAIN_ORDER,
    accountId,
    instrumentId: SAMSUNG,
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    price: null,
    quantity,
  });
  return answer.ok ? { ok: true } : { ok: false, code: answer.code };
}

describe('an account that may leave purchases unpaid', () => {
  it('is sold out of what it owes on D+3 and then pays in full, over a restart', async () => {
    const folder = tempFolder();
    const { simulator } = await openSimulator(folder);
    simulator.pause();
    const { accountId } = simulator.createAccount({ name: '미수', kind: 'margin40', startingCashKrw: 10_000_000 });
    const price = simulator.issue(SAMSUNG)?.upperLimit ?? 0;
    // Twice the cash at the upper limit: an account that pays in full could not.
    const quantity = Math.floor(20_000_000 / price);
    const { accountId: cash } = simulator.createAccount({ name: '현금', startingCashKrw: 10_000_000 });
    expect(buy(simulator, cash, quantity)).toEqual({ ok: false, code: 'EXCH_CASH' });
    expect(buy(simulator, accountId, quantity)).toEqual({ ok: true });
    await simulator.step(60_000);
    expect(simulator.account(accountId).cashD2Krw).toBeLessThan(0);
    await simulator.jump('nextDay');
    await simulator.jump('nextDay');
    const due = simulator.account(accountId);
    expect(due.unpaidKrw).toBe(0 - due.cashD2Krw);
    expect(due.frozenUntil).toBeNull();
    await simulator.close();

    const again = (await openSimulator(folder)).simulator;
    expect(again.account(accountId)).toMatchObject({ kind: 'margin40', unpaidKrw: due.unpaidKrw });
    await again.jump('nextDay');
    // The day stands at its opening auction, the sale already in it.
    const { sessionDate, frozenUntil } = again.account(accountId);
    expect(frozenUntil).not.toBeNull();
    expect(again.orders(accountId, sessionDate)).toMatchObject([{ side: 'sell', type: 'market', status: 'open' }]);
    expect(buy(again, accountId, 1)).toEqual({ ok: false, code: 'EXCH_CASH' });
    await again.jump('open');
    const orders = again.orders(accountId, sessionDate);
    expect(orders).toMatchObject([{ side: 'sell', type: 'market', status: 'filled' }]);
    // Counted at the lower limit, so at the opening price it brought more than was owed.
    expect(again.account(accountId).cashD2Krw).toBeGreaterThanOrEqual(0);
    expect(orders[0]?.quantity).toBeLessThan(quantity);
    expect(again.positions(accountId)).toMatchObject([{ quantity: quantity - (orders[0]?.quantity ?? 0) }]);
    expect(again.account(cash).frozenUntil).toBeNull();
    await again.jump('nextDay');
    expect(again.orders(accountId, again.status().sessionDate as typeof sessionDate)).toEqual([]);
    await again.close();
  }, 120_000);
});
