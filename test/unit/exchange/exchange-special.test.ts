/** Issues with rules of their own: single prices, liquidation, first prices, new listings; and the official close. */
import { describe, expect, it } from 'vitest';
import { clock, continuous, listed, testExchange, type TestExchange } from '#test/support/exchange.ts';

describe('issues of single prices', () => {
  function single(singlePrice: 'overheated' | 'liquidation' = 'overheated'): TestExchange {
    const issues = [listed({ singlePrice, ...(singlePrice === 'liquidation' ? { unlimited: true } : {}) })];
    const test = continuous({ issues, vi: true });
    test.news();
    return test;
  }

  it('trade every thirty minutes, up to thirty seconds late, and at the close', () => {
    const { exchange, order, of } = single();
    expect(exchange.phase('005930')).toBe('periodicAuction');
    order({ price: 70_500, quantity: 3 });
    order({ side: 'sell', price: 70_100, quantity: 2 });
    expect(exchange.expected('005930')).toEqual({ price: 70_500, qty: 2 });
    exchange.advanceTo(clock('15:31'));
    const auctions = of('auction');
    expect(auctions.map(({ phase }) => phase)).toEqual([
      ...Array.from({ length: 12 }, () => 'periodicAuction'),
      'closeAuction',
    ]);
    auctions.slice(0, 12).forEach(({ ts }, at) => {
      const late = ts - clock('09:30') - at * 30 * 60_000;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(30_000);
    });
    expect(auctions[0]).toMatchObject({ price: 70_500, quantity: 2 });
    expect(of('close')).toMatchObject([{ price: 70_500, special: false }]);
  });

  it('take limit and market orders only', () => {
    const { order } = single();
    order({ price: 70_000 });
    order({ side: 'sell', price: 71_000 });
    expect(order({ type: 'market' })).toBe(3);
    expect(order({ type: 'conditionalLimit', price: 70_000 })).toBe('SINGLE_PRICE');
    expect(order({ type: 'mid' })).toBe('SINGLE_PRICE');
    expect(order({ type: 'stopLimit', stopPrice: 70_500, price: 70_500 })).toBe('SINGLE_PRICE');
    expect(order({ timeInForce: 'ioc' })).toBe('SINGLE_PRICE');
  });

  it('know no VI', () => {
    const { exchange, order, of } = single();
    order({ price: 90_000 });
    order({ side: 'sell', price: 90_000 });
    exchange.advanceTo(clock('09:31'));
    expect(of('vi')).toEqual([]);
    expect(exchange.issue('005930').last).toBe(90_000);
  });

  it('a liquidation has no limits and no market orders', () => {
    const { exchange, order } = single('liquidation');
    expect(order({ type: 'market' })).toBe('MARKET_BANNED');
    expect(order({ price: 5 })).toBe(1);
    expect(order({ side: 'sell', price: 5_000_000 })).toBe(2);
    expect(order({ price: 5_000_500 })).toBe('TICK');
    expect(exchange.issue('005930')).toMatchObject({ lowerLimit: 1, upperLimit: 100_000_000 });
    order({ side: 'sell', price: 5 });
    exchange.advanceTo(clock('09:31'));
    expect(exchange.issue('005930').last).toBe(5);
  });

  it('have no after-market', () => {
    const { exchange, order } = single();
    exchange.advanceTo(clock('16:30'));
    expect(exchange.phase('005930')).toBe('closed');
    expect(order({ session: 'after' })).toBe('SESSION');
  });
});

describe('a first price', () => {
  const firstPrice = { lower: 35_150, upper: 140_600, reason: '액면병합' };

  it('is found in its band, becomes the base, and the limits are drawn from it', () => {
    const { exchange, order, news } = testExchange({ issues: [listed({ firstPrice })], vi: true });
    exchange.advanceTo(clock('08:40'));
    expect(exchange.issue('005930')).toMatchObject({ lowerLimit: 35_150, upperLimit: 140_600 });
    expect(order({ type: 'market' })).toBe('MARKET_BANNED');
    order({ price: 100_000, quantity: 3 });
    order({ side: 'sell', price: 100_000, quantity: 2 });
    order({ price: 69_900, quantity: 1 });
    order({ price: 70_000, quantity: 1 });
    order({ side: 'sell', price: 140_000, quantity: 1 });
    news();
    exchange.advanceTo(clock('09:00:30'));
    expect(news()).toEqual([
      'trade 2@100000 1x2 auction',
      'auction 2@100000',
      'base 100000 70000-130000',
      'canceled 3 1 limits',
      'canceled 5 1 limits',
      'openAuction > continuous',
    ]);
    expect(exchange.issue('005930')).toMatchObject({ basePrice: 100_000, upperLimit: 130_000, lowerLimit: 70_000 });
    expect(exchange.depth({ code: '005930', side: 'buy', levels: 3 })).toEqual([
      { price: 100_000, qty: 1 },
      { price: 70_000, qty: 1 },
    ]);
    expect(order({ price: 130_100 })).toBe('LIMIT');
    expect(order({ type: 'market' })).toBeTypeOf('number');
  });

  it('may come in continuous trading where the opening found none', () => {
    const { exchange, order, news } = continuous({ issues: [listed({ firstPrice })] });
    order({ price: 50_000, quantity: 3 });
    order({ side: 'sell', price: 130_000 });
    news();
    order({ side: 'sell', price: 50_000, quantity: 1 });
    expect(news()).toEqual(['accepted 3', 'trade 1@50000 1x3 sell', 'base 50000 35000-65000', 'canceled 2 1 limits']);
    expect(exchange.totalQty('005930', 'buy')).toBe(2);
  });
});

describe('a new listing', () => {
  it('moves between 60 and 400 % of its offer price, without VI', () => {
    const issues = [listed({ newListing: true, basePrice: 20_000 })];
    const { exchange, order, of } = testExchange({ issues, vi: true });
    expect(exchange.issue('005930')).toMatchObject({ upperLimit: 80_000, lowerLimit: 12_000 });
    exchange.advanceTo(clock('08:40'));
    expect(order({ type: 'market' })).toBe('MARKET_BANNED');
    expect(order({ type: 'stopLimit', stopPrice: 30_000, price: 30_000 })).toBe('TYPE');
    order({ price: 80_000, quantity: 5 });
    order({ side: 'sell', price: 60_000, quantity: 5 });
    exchange.advanceTo(clock('09:01'));
    expect(of('vi')).toEqual([]);
    expect(order({ type: 'market' })).toBeTypeOf('number');
  });
});

describe('the official close', () => {
  it('is the last trade of the regular session, and the after-market leaves it', () => {
    const { exchange, order, of } = continuous();
    order({ price: 70_500 });
    order({ side: 'sell', price: 70_500 });
    exchange.advanceTo(clock('15:31'));
    expect(of('close')).toMatchObject([{ code: '005930', price: 70_500, special: false }]);
    expect(exchange.issue('005930').close).toBe(70_500);
  });

  it.each([
    ['the lowest offer below the base', 'sell', 69_000],
    ['the highest bid above the base', 'buy', 71_000],
  ] as const)('without a trade it is %s', (_, side, price) => {
    const { exchange, order, of } = continuous();
    order({ side, price });
    order({ side, price: side === 'sell' ? 69_500 : 70_500 });
    exchange.advanceTo(clock('15:31'));
    expect(of('close')).toMatchObject([{ price, special: true }]);
    expect(exchange.issue('005930')).toMatchObject({ close: price, last: 0, volume: 0 });
  });

  it('there is none where nobody asked less nor bid more', () => {
    const { exchange, order, of } = continuous();
    order({ side: 'sell', price: 71_000 });
    order({ price: 70_000 });
    exchange.advanceTo(clock('15:31'));
    expect(of('close')).toMatchObject([{ price: 0, special: false }]);
  });
});

it('an opening price at the limit is dealt out by size', () => {
  const { exchange, order, of } = testExchange();
  exchange.advanceTo(clock('08:40'));
  order({ price: 91_300, quantity: 150 });
  order({ price: 91_300, quantity: 500 });
  order({ side: 'sell', price: 80_000, quantity: 200 });
  exchange.advanceTo(clock('09:00:30'));
  expect(of('trade').map(({ buyOrderNo, quantity, price }) => [buyOrderNo, quantity, price])).toEqual([
    [2, 100, 91_300],
    [1, 100, 91_300],
  ]);
  // It lasts until those orders are filled: half of 400, then half of 50.
  order({ side: 'sell', price: 91_300, quantity: 210 });
  expect(
    of('trade')
      .slice(2)
      .map(({ buyOrderNo, quantity }) => [buyOrderNo, quantity]),
  ).toEqual([
    [2, 200],
    [1, 10],
  ]);
});
