/** Executions of one order number from notices that may be repeated, late or lost, and from totals. */
import { describe, expect, it } from 'vitest';
import { FillAccount, splitRemainder } from '#core/broker/kis/domestic/fill-account.ts';
import { Rng } from '#shared/rng/index.ts';
import { epochMs } from '#shared/time/index.ts';

const at = { venue: 'KRX', exchangeTs: epochMs(1) } as const;
const told = (print: string, quantity: number, price = 100) => ({ ...at, print, quantity, price });
const sums = (account: FillAccount): [number, number] => [account.quantity, account.value];

describe('what nobody told one by one', () => {
  it('has whole prices whose sum is exact', () => {
    const rng = Rng.from(7, 'split');
    for (let i = 0; i < 500; i += 1) {
      const quantity = 1 + rng.int(1_000);
      const value = quantity * (1 + rng.int(900_000)) + rng.int(quantity);
      const parts = splitRemainder({ quantity, value });
      expect(parts.reduce((sum, part) => sum + part.quantity, 0)).toBe(quantity);
      expect(parts.reduce((sum, part) => sum + part.quantity * part.price, 0)).toBe(value);
    }
  });
});

describe('notices', () => {
  it('are counted once, however often they are told', () => {
    const account = new FillAccount();
    expect(account.hear(told('a', 10), 100)).toBe(true);
    expect(account.hear(told('a', 10), 90)).toBe(false);
    account.settle({ quantity: 10, value: 1_000 }, at);
    expect(sums(account)).toEqual([10, 1_000]);
    expect(account.isDoubtful).toBe(false);
  });

  it('alike that both happened are counted when the total says so', () => {
    const account = new FillAccount();
    account.hear(told('a', 10), 100);
    account.hear(told('a', 10), 90);
    expect(account.settle({ quantity: 20, value: 2_000 }, at)).toBe(1);
    expect(sums(account)).toEqual([20, 2_000]);
  });

  it('that come after their total, and again, are counted no more', () => {
    const account = new FillAccount();
    account.settle({ quantity: 5, value: 505 }, at);
    expect(account.hear(told('late', 5, 101), 95)).toBe(false);
    account.settle({ quantity: 5, value: 505 }, at);
    expect(account.hear(told('late', 5, 101), 95)).toBe(false);
    account.settle({ quantity: 5, value: 505 }, at);
    expect(sums(account)).toEqual([5, 505]);
    expect(account.hear(told('new', 3, 100), 95)).toBe(true);
  });

  it('are not taken back by a total that is older than they', () => {
    const account = new FillAccount();
    account.hear(told('a', 10), 100);
    account.settle({ quantity: 0, value: 0 }, at);
    expect(sums(account)).toEqual([10, 1_000]);
  });

  it('for more than the order can trade wait for the total', () => {
    const account = new FillAccount();
    expect(account.hear(told('a', 10), 9)).toBe(false);
    expect(account.isDoubtful).toBe(true);
  });
});
