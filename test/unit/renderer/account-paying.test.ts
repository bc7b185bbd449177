/** The account that comes into view with an issue. */
import { describe, expect, it } from 'vitest';
import { accountPaying } from '../../../renderer/client/account-paying.ts';

const WON = { accountId: 'won' };
const SECOND = { accountId: 'second', currency: 'KRW' as const };
const DOLLAR = { accountId: 'dollar', currency: 'USD' as const };

describe('the account of an issue', () => {
  it('is the one in view where it is in the currency of the issue', () => {
    expect(accountPaying('KRX:005930', [WON, SECOND, DOLLAR], 'second')).toBe('second');
    expect(accountPaying('KRX:005930', [WON, DOLLAR], null)).toBe(null);
  });

  it('is the first in the currency of the issue where the one in view is not', () => {
    expect(accountPaying('NASD:AAPL', [WON, SECOND, DOLLAR], 'second')).toBe('dollar');
    expect(accountPaying('NASD:AAPL', [WON, DOLLAR], null)).toBe('dollar');
    expect(accountPaying('KRX:005930', [WON, DOLLAR], 'dollar')).toBe('won');
  });

  it('is of the kind that trades the issue, among accounts of one currency', () => {
    const accounts = [
      WON,
      { accountId: 'bonds', product: 'bond' as const },
      { accountId: 'futures', product: 'derivative' as const },
    ];
    expect(accountPaying('BOND:KR2000001G18', accounts, 'won')).toBe('bonds');
    expect(accountPaying('KRXF:A01612', accounts, 'bonds')).toBe('futures');
    expect(accountPaying('KRX:005930', accounts, 'futures')).toBe('won');
  });

  it('stays where there is none', () => {
    expect(accountPaying('NASD:AAPL', [WON], 'won')).toBe('won');
    expect(accountPaying('NASD:AAPL', [], null)).toBe(null);
  });
});
