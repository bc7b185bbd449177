/** Prices and amounts on the screen: won as ever, dollars to the ten-thousandth. */
import { describe, expect, it } from 'vitest';
import { cash, issuePrice, money, moneyOr, moneyShort, parseMoney, signedMoney } from '../../../renderer/ui/money.ts';
import { stepPrice, tableOf } from '../../../renderer/client/price-steps.ts';
import { FOREIGN_LISTING } from '#core/market/index.ts';

describe('money on the screen', () => {
  it('is won without places, and dollars with two to four', () => {
    expect(money(55_850, 'KRW')).toBe('55,850');
    expect(money(2_301_500, 'USD')).toBe('230.15');
    expect(money(1_234, 'USD')).toBe('0.1234');
    expect(issuePrice(2_301_500, 'NASD:AAPL')).toBe('230.15');
    expect(issuePrice(2_301_500, 'KRX:005930')).toBe('2,301,500');
  });

  it('writes prices of bonds, futures and options with two places, and their amounts as won', () => {
    expect(issuePrice(1_026_550, 'BOND:KR6000009A04')).toBe('10,265.50');
    expect(issuePrice(35_505, 'KRXF:A01612')).toBe('355.05');
    expect(signedMoney(-500, 'HUNDREDTH')).toBe('−5.00');
    expect(parseMoney('10,265.5', 'HUNDREDTH')).toBe(1_026_550);
    for (const text of ['10265.555', '', '-1', '3만']) expect(parseMoney(text, 'HUNDREDTH')).toBeNull();
  });

  it('names the dollar where no column does, and keeps the sign before it', () => {
    expect(cash(999_500_000, 'USD')).toBe('$99,950.00');
    expect(cash(-15_000, 'USD')).toBe('−$1.50');
    expect(moneyOr(null, 'USD')).toBe('—');
    expect(signedMoney(15_000, 'USD')).toBe('+1.50');
    expect(signedMoney(-300, 'KRW')).toBe('−300');
    expect(moneyShort(12_345_678_900_000, 'USD')).toBe('$12억');
  });

  it('is read back as it is written', () => {
    for (const minor of [1, 100, 2_301_500, 12_345_678_900]) {
      expect(parseMoney(money(minor, 'USD'), 'USD')).toBe(minor);
      expect(parseMoney(`$ ${money(minor, 'USD')}`, 'USD')).toBe(minor);
    }
    expect(parseMoney('3만', 'KRW')).toBe(30_000);
    for (const text of ['', '3만', '1.23456', '-1', 'x']) expect(parseMoney(text, 'USD')).toBeNull();
  });

  it('moves by a cent from a dollar on, and by a hundredth of one below', () => {
    const apple = FOREIGN_LISTING.find(({ code }) => code === 'AAPL');
    const table = tableOf(apple, '2026-11-25') ?? [];
    expect(stepPrice(table, 2_301_500, 1)).toBe(2_301_600);
    expect(stepPrice(table, 2_301_550, 1)).toBe(2_301_600);
    expect(stepPrice(table, 10_000, -1)).toBe(9_999);
    expect(stepPrice(table, 9_999, 1)).toBe(10_000);
  });
});
