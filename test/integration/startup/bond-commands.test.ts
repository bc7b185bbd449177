/** The command line with bonds: the standard code, prices with two places, thousands of won, and the account that trades them. */
import { describe, expect, it } from 'vitest';
import { ACCEPTED, ACCOUNT, run, type Answers } from '#test/support/cli-run.ts';

const WON = { ...ACCOUNT, kind: 'cash' } as const;
const BONDS = { ...WON, accountId: 'a1-bond', name: '채권', product: 'bond' } as const;
const BOND = 'BOND:KR6000009A04';

const answers: Answers = {
  'trading.accounts': () => [WON, BONDS],
  'market.instruments': () => ({ instruments: [], inMarket: [] }),
  'trading.submit': () => ACCEPTED,
  'trading.replace': () => ACCEPTED,
  'system.preferences': () => ({ accountId: 'a1' }),
  'trading.orders': (input) =>
    (input as { accountId: string }).accountId === 'a1-bond' ? [{ orderId: 'o1', instrumentId: BOND }] : [],
  'trading.positions': () => [
    { instrumentId: BOND, quantity: 1_500, sellable: 500, costKrw: 1_539_750, realisedKrw: -20 },
  ],
};

const place = (code: string, price: string) =>
  run(['order', 'place', '--side', 'buy', '--quantity', '300', '--code', code, '--price', price], answers);

describe('orders on bonds', () => {
  it.each([
    ['KR6000009A04', '10265.5', 1_026_550],
    ['bond:kr6000009a04', '10265', 1_026_500],
  ])('%s at %s go to the bond account in hundredths', async (code, price, scaled) => {
    const { code: exit, calls } = await place(code, price);
    expect(exit).toBe(0);
    expect(calls.at(-1)).toEqual([
      'trading.submit',
      expect.objectContaining({ instrumentId: BOND, price: scaled, accountId: 'a1-bond', quantity: 300 }),
    ]);
  });

  it.each(['10265.555', '0', 'many'])('at %s are bad input, and nothing is sent', async (price) => {
    const { code: exit, calls } = await place('KR6000009A04', price);
    expect(exit).toBe(2);
    expect(calls.some(([name]) => name === 'trading.submit')).toBe(false);
  });

  it('change a price in hundredths, also one typed as a whole number', async () => {
    const { calls } = await run(['order', 'replace', '--order', 'o1', '--price', '10264'], answers);
    expect(calls.at(-1)).toEqual(['trading.replace', expect.objectContaining({ orderId: 'o1', price: 1_026_400 })]);
  });

  it('show what is held in thousands of won, and its cost in won', async () => {
    const { stdout } = await run(['balance', '--account', '채권'], answers);
    expect(stdout).toContain('1,500천원');
    expect(stdout).toContain('1,539,750');
  });
});
