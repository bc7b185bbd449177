/** The account's figures between a fill's notice and the broker's own word. */
import { describe, expect, it } from 'vitest';
import { accountView, afterFill } from '#core/broker/kis/domestic/account-view.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';

const today = sessionDate('2026-11-26');

function view(figures: { readonly d2: number; readonly power: number; readonly hasOpenBuys: boolean }) {
  return accountView({
    accountId: 'A',
    name: '시험',
    cash: { d0: figures.d2, d1: figures.d2, d2: figures.d2, net: figures.d2 } as never,
    buyingPower: figures.power,
    hasOpenBuys: figures.hasOpenBuys,
    createdTs: epochMs(0),
    dates: { today, d1: today, d2: today },
  });
}

describe('figures after a fill', () => {
  it('take the price of a buy from the cash and from what it held', () => {
    const before = view({ d2: 1_000_000, power: 700_000, hasOpenBuys: true });
    expect(before.reservedKrw).toBe(300_000);
    const after = afterFill(before, { side: 'buy', value: 299_000, charges: 42 });
    expect(after).toMatchObject({
      cashD2Krw: 700_958,
      reservedKrw: 958,
      buyingPowerKrw: 700_000,
      cashD0Krw: 1_000_000,
    });
  });

  it('take a buy that they did not know of from what may be spent', () => {
    const before = view({ d2: 1_000_000, power: 1_000_000, hasOpenBuys: false });
    const after = afterFill(before, { side: 'buy', value: 299_000, charges: 42 });
    expect(after).toMatchObject({
      cashD2Krw: 700_958,
      reservedKrw: 0,
      buyingPowerKrw: 700_958,
      marginPowerKrw: 700_958,
    });
  });

  it('give the proceeds of a sale less its charges', () => {
    const before = view({ d2: 0, power: 0, hasOpenBuys: false });
    const after = afterFill(before, { side: 'sell', value: 100_000, charges: 214 });
    expect(after).toMatchObject({ cashD2Krw: 99_786, buyingPowerKrw: 99_786 });
  });
});
