/** The command line with foreign issues: symbols, currencies, and the account that pays. */
import { describe, expect, it } from 'vitest';
import { ACCEPTED, ACCOUNT, run, type Answers } from '#test/support/cli-run.ts';
import { FOREIGN_LISTING } from '#core/market/index.ts';

const DOLLARS = { ...ACCOUNT, accountId: 'a1-usd', name: '달러', currency: 'USD', kind: 'cash' } as const;
const WON = { ...ACCOUNT, kind: 'cash' } as const;
const AAPL = 'NASD:AAPL';

const answers: Answers = {
  'trading.accounts': () => [WON, DOLLARS],
  'market.instruments': () => ({ instruments: FOREIGN_LISTING, inMarket: [] }),
  'trading.submit': () => ACCEPTED,
  'trading.replace': () => ACCEPTED,
  'system.preferences': () => ({ accountId: 'a1' }),
};

const place = (...more: string[]) => run(['order', 'place', '--side', 'buy', '--quantity', '3', ...more], answers);

describe('orders in dollars', () => {
  it.each([
    ['AAPL', '230.15', AAPL, 2_301_500],
    ['nasd:aapl', '230', AAPL, 2_300_000],
    ['BRK/B', '0.0001', 'NYSE:BRK/B', 1],
  ])('%s at %s go to the dollar account to the ten-thousandth', async (code, price, instrumentId, scaled) => {
    const { code: exit, calls } = await place('--code', code, '--price', price);
    expect(exit).toBe(0);
    expect(calls.at(-1)).toEqual([
      'trading.submit',
      expect.objectContaining({ instrumentId, price: scaled, accountId: 'a1-usd', quantity: 3 }),
    ]);
  });

  it.each([
    ['SEHK:00700', '380.2', 'SEHK:00700', 3_802_000, 'a1-hkd'],
    ['TKSE:7203', '2,700', 'TKSE:7203', 27_000_000, 'a1-jpy'],
    ['SHAA:600519', '1500.01', 'SHAA:600519', 15_000_100, 'a1-cny'],
    ['VNM', '62000', 'VNSE:VNM', 620_000_000, 'a1-vnd'],
  ])('%s at %s go to the account of their own currency', async (code, price, instrumentId, scaled, accountId) => {
    const asian = (['HKD', 'JPY', 'CNY', 'VND'] as const).map((currency) => ({
      ...DOLLARS,
      accountId: `a1-${currency.toLowerCase()}`,
      name: currency,
      currency,
    }));
    const { calls } = await run(
      ['order', 'place', '--side', 'buy', '--quantity', '100', '--code', code, '--price', price],
      { ...answers, 'trading.accounts': () => [WON, DOLLARS, ...asian] },
    );
    expect(calls.at(-1)).toEqual([
      'trading.submit',
      expect.objectContaining({ instrumentId, price: scaled, accountId, quantity: 100 }),
    ]);
  });

  it('leave a Korean order in the won account', async () => {
    const { calls } = await place('--code', '005930', '--price', '70,000');
    expect(calls.at(-1)).toEqual([
      'trading.submit',
      expect.objectContaining({ instrumentId: 'KRX:005930', price: 70_000, accountId: 'a1' }),
    ]);
  });

  it.each([
    ['AAPL', '230.00005'],
    ['AAPL', '-1'],
    ['AAPL', 'many'],
    ['ZZZZ', '1'],
    ['LSE:VOD', '1'],
  ])('refuse %s at %s as bad input, and send nothing', async (code, price) => {
    const { code: exit, calls } = await place('--code', code, '--price', price);
    expect(exit).toBe(2);
    expect(calls.some(([name]) => name === 'trading.submit')).toBe(false);
  });

  it('change a price in the currency of the order', async () => {
    const open: Answers = {
      ...answers,
      'trading.orders': (input) =>
        (input as { accountId: string }).accountId === 'a1-usd' ? [{ orderId: 'o1', instrumentId: AAPL }] : [],
    };
    const { calls } = await run(['order', 'replace', '--order', 'o1', '--price', '231'], open);
    expect(calls.at(-1)).toEqual(['trading.replace', { requestId: 'request-1', orderId: 'o1', price: 2_310_000 }]);
  });
});

describe('what is told in dollars', () => {
  it('is the balance of a dollar account', async () => {
    const account = {
      ...DOLLARS,
      cashD0Krw: 1_000_000_000,
      cashD1Krw: 1_000_000_000,
      cashD2Krw: 999_500_000,
      reservedKrw: 0,
      buyingPowerKrw: 999_500_000,
      d1Date: '2026-11-27',
      d2Date: '2026-11-30',
    };
    const held = { instrumentId: AAPL, quantity: 2, sellable: 2, costKrw: 4_603_000, realisedKrw: -15_000 };
    const { stdout } = await run(['balance', '--account', '달러'], {
      ...answers,
      'trading.accounts': () => [WON, account],
      'trading.positions': () => [held],
    });
    expect(stdout).toContain('$99,950.00');
    expect(stdout).toMatch(/AAPL\s+2\s+2\s+\$460\.30\s+−\$1\.50/);
  });

  it('are accounts side by side, each in its currency', async () => {
    const { stdout } = await run(['account', 'list'], answers);
    expect(stdout).toContain('KRW');
    expect(stdout).toMatch(/USD\s+\$0\.0001/);
  });
});

describe("taking over the broker's holdings", () => {
  it('passes the typed phrase on', async () => {
    const { calls, stdout } = await run(['account', 'adopt', '--account', 'a1', '--phrase', '증권사 잔고로 맞춤'], {
      ...answers,
      'trading.adoptHoldings': () => ({ differing: 2 }),
    });
    expect(calls.at(-1)).toEqual(['trading.adoptHoldings', { accountId: 'a1', phrase: '증권사 잔고로 맞춤' }]);
    expect(stdout).toContain('2');
  });
});
