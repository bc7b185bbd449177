/** Order types: best, mid, stop-limit, conditional, short sales, each where it is valid. */
import { describe, expect, it } from 'vitest';
import { clock, continuous, listed, testExchange, type TestExchange } from '#test/support/exchange.ts';

function quoted(): TestExchange {
  const test = continuous();
  test.order({ price: 70_200, quantity: 10 });
  test.order({ side: 'sell', price: 70_500, quantity: 10 });
  test.news();
  return test;
}

describe('best orders', () => {
  it('best opposite takes the other side’s best price at receipt and waits there', () => {
    const { exchange, order, news, of } = quoted();
    expect(order({ type: 'bestOpposite', quantity: 15 })).toBe(3);
    expect(news()).toEqual(['accepted 3', 'trade 10@70500 3x2 buy']);
    expect(of('accepted').at(-1)).toMatchObject({ type: 'bestOpposite', price: 70_500 });
    expect(exchange.order(3)).toMatchObject({ type: 'bestOpposite', price: 70_500, openQty: 5 });
  });

  it('best same takes its own side’s best price', () => {
    const { exchange, order } = quoted();
    order({ type: 'bestSame', quantity: 5 });
    expect(exchange.order(3)).toMatchObject({ price: 70_200, openQty: 5 });
    expect(exchange.depth({ code: '005930', side: 'buy', levels: 1 })).toEqual([{ price: 70_200, qty: 15 }]);
  });

  it('as IOC and FOK', () => {
    const { order, news } = quoted();
    order({ type: 'bestOpposite', quantity: 15, timeInForce: 'fok' });
    order({ type: 'bestOpposite', quantity: 15, timeInForce: 'ioc' });
    expect(news()).toEqual([
      'accepted 3',
      'canceled 3 15 fok',
      'accepted 4',
      'trade 10@70500 4x2 buy',
      'canceled 4 5 ioc',
    ]);
    expect(order({ type: 'bestSame', timeInForce: 'ioc' })).toBe('BEST_SAME_NOW');
  });

  it('without a quote stand at the last price, or one tick beyond their own side, and carry no price', () => {
    const { exchange, order } = continuous();
    order({ type: 'bestSame' });
    order({ type: 'bestOpposite' });
    const bids = exchange.depth({ code: '005930', side: 'buy', levels: 2 });
    expect(bids.map(({ price }) => price)).toEqual([70_400, 70_300]);
    expect(order({ type: 'bestSame', price: 70_000 })).toBe('PRICE');
  });

  it('are refused while orders are collected', () => {
    const { exchange, order } = testExchange();
    exchange.advanceTo(clock('08:45'));
    order({ side: 'sell' });
    expect(order({ type: 'bestOpposite' })).toBe('TYPE');
    expect(order({ type: 'mid' })).toBe('TYPE');
  });
});

describe('mid-price orders', () => {
  it('trade at the mean of the best quotes, unseen, before the quote itself', () => {
    const { exchange, order, news } = quoted();
    order({ type: 'mid', side: 'sell', quantity: 4 });
    expect(exchange.depth({ code: '005930', side: 'sell', levels: 3 })).toEqual([{ price: 70_500, qty: 10 }]);
    expect(exchange.totalQty('005930', 'sell')).toBe(10);
    expect(exchange.openOrders(1).at(-1)).toMatchObject({ type: 'mid', price: 0, openQty: 4 });
    news();
    order({ price: 70_500, quantity: 6 });
    expect(news()).toEqual(['accepted 4', 'trade 4@70350 4x3 buy', 'trade 2@70500 4x2 buy']);
    expect(exchange.issue('005930')).toMatchObject({ last: 70_500, low: 70_350 });
  });

  it('of both sides meet each other; IOC and FOK forms', () => {
    const { order, news } = quoted();
    order({ type: 'mid', quantity: 4 });
    order({ type: 'mid', side: 'sell', quantity: 5, timeInForce: 'fok' });
    order({ type: 'mid', side: 'sell', quantity: 5, timeInForce: 'ioc' });
    expect(news()).toEqual([
      'accepted 3',
      'accepted 4',
      'canceled 4 5 fok',
      'accepted 5',
      'trade 4@70350 3x5 sell',
      'canceled 5 1 ioc',
    ]);
  });

  it('need both sides, and are void at 15:20', () => {
    const { exchange, order, news } = quoted();
    order({ type: 'mid', quantity: 4 });
    exchange.cancel(1, 2);
    expect(order({ type: 'mid' })).toBe('NO_QUOTE');
    news();
    exchange.advanceTo(clock('15:20'));
    expect(news()).toEqual(['continuous > closeAuction', 'canceled 3 4 void']);
  });

  it('that were suspended trade as soon as both sides are quoted again', () => {
    const { exchange, order, news } = quoted();
    order({ type: 'mid', quantity: 4 });
    exchange.cancel(1, 2);
    news();
    order({ side: 'sell', price: 70_300, quantity: 3 });
    expect(news()).toEqual(['accepted 4']);
    order({ type: 'mid', side: 'sell', quantity: 1 });
    expect(news()).toEqual(['accepted 5', 'trade 1@70250 3x5 sell']);
  });
});

describe('stop-limit orders', () => {
  it('a buy enters as a limit order once the last price reaches its stop', () => {
    const { exchange, order, news } = quoted();
    order({ type: 'stopLimit', stopPrice: 70_500, price: 70_600, quantity: 3 });
    expect(exchange.order(3)).toMatchObject({ type: 'stopLimit', stopPrice: 70_500, price: 70_600 });
    expect(exchange.totalQty('005930', 'buy')).toBe(10);
    news();
    order({ price: 70_500, quantity: 2 });
    expect(news()).toEqual(['accepted 4', 'trade 2@70500 4x2 buy', 'triggered 3 at 70500', 'trade 3@70500 3x2 buy']);
  });

  it('sells fire from the highest stop down, buys from the lowest up, of one stop the earlier', () => {
    const { order, news } = quoted();
    for (const stopPrice of [70_000, 70_200, 70_100, 70_200]) {
      order({ type: 'stopLimit', side: 'sell', stopPrice, price: 71_000 });
    }
    for (const stopPrice of [70_600, 70_500, 70_500]) order({ type: 'stopLimit', stopPrice, price: 69_000 });
    news();
    order({ side: 'sell', price: 70_200 });
    expect(news().filter((text) => text.startsWith('triggered'))).toEqual([
      'triggered 4 at 70200',
      'triggered 6 at 70200',
    ]);
    order({ price: 70_500 });
    expect(news().filter((text) => text.startsWith('triggered'))).toEqual([
      'triggered 8 at 70500',
      'triggered 9 at 70500',
    ]);
  });

  it('one that trades may trigger the next', () => {
    const { order, news } = continuous();
    order({ price: 70_200, quantity: 1 });
    order({ price: 70_100, quantity: 1 });
    order({ price: 70_000, quantity: 1 });
    order({ type: 'stopLimit', side: 'sell', stopPrice: 70_100, price: 69_900 });
    order({ type: 'stopLimit', side: 'sell', stopPrice: 70_200, price: 70_100 });
    news();
    order({ side: 'sell', price: 70_200 });
    expect(news()).toEqual([
      'accepted 6',
      'trade 1@70200 1x6 sell',
      'triggered 5 at 70200',
      'trade 1@70100 2x5 sell',
      'triggered 4 at 70100',
      'trade 1@70000 3x4 sell',
    ]);
  });

  it('a sweep triggers by every price it prints', () => {
    const { order, news } = continuous();
    order({ side: 'sell', price: 70_000 });
    order({ side: 'sell', price: 70_600 });
    order({ type: 'stopLimit', side: 'sell', stopPrice: 70_100, price: 71_000 });
    news();
    order({ price: 70_600, quantity: 2 });
    expect(news().slice(1)).toEqual(['trade 1@70000 4x1 buy', 'trade 1@70600 4x2 buy', 'triggered 3 at 70600']);
  });

  it('one whose stop is reached already enters at once; an opening price triggers too', () => {
    const { exchange, order, news } = testExchange();
    exchange.advanceTo(clock('08:45'));
    order({ type: 'stopLimit', stopPrice: 70_400, price: 70_500 });
    order({ price: 70_400 });
    order({ side: 'sell', price: 70_400 });
    news();
    exchange.advanceTo(clock('09:00:30'));
    expect(news()).toEqual([
      'trade 1@70400 2x3 auction',
      'auction 1@70400',
      'openAuction > continuous',
      'triggered 1 at 70400',
    ]);
    order({ type: 'stopLimit', stopPrice: 70_300, price: 70_300 });
    expect(news()).toEqual(['accepted 4', 'triggered 4 at 70400']);
    expect(exchange.totalQty('005930', 'buy')).toBe(2);
  });

  it('need a stop price on tick and inside the limits; others may have none', () => {
    const { order } = quoted();
    expect(order({ type: 'stopLimit' })).toBe('STOP_PRICE');
    expect(order({ type: 'stopLimit', stopPrice: 70_350 })).toBe('STOP_PRICE');
    expect(order({ type: 'stopLimit', stopPrice: 91_400 })).toBe('STOP_PRICE');
    expect(order({ stopPrice: 70_500 })).toBe('STOP_PRICE');
    expect(order({ type: 'stopLimit', stopPrice: 70_500, price: 70_350 })).toBe('TICK');
  });

  it('that never fired expire at the close', () => {
    const { exchange, order, news } = quoted();
    order({ type: 'stopLimit', stopPrice: 80_000, price: 80_000 });
    exchange.advanceTo(clock('15:29'));
    news();
    exchange.advanceTo(clock('15:31'));
    expect(news()).toContain('canceled 3 1 expired');
  });
});

describe('conditional limit orders', () => {
  it('become market orders at 15:20, the better price first', () => {
    const { exchange, order, news } = continuous();
    order({ type: 'conditionalLimit', price: 70_000, quantity: 3 });
    order({ type: 'conditionalLimit', side: 'sell', price: 71_000, quantity: 2 });
    order({ type: 'conditionalLimit', price: 70_100, quantity: 1 });
    expect(exchange.depth({ code: '005930', side: 'buy', levels: 1 })).toEqual([{ price: 70_100, qty: 1 }]);
    news();
    exchange.advanceTo(clock('15:20'));
    expect(news()).toEqual(['continuous > closeAuction', 'converted 3 1', 'converted 1 3', 'converted 2 2']);
    expect(exchange.order(1)).toMatchObject({ type: 'market', price: 0 });
    expect(order({ type: 'conditionalLimit', price: 70_000 })).toBe('TYPE');
    news();
    exchange.advanceTo(clock('15:31'));
    expect(news().slice(0, 2)).toEqual(['trade 1@70400 3x2 auction', 'trade 1@70400 1x2 auction']);
  });

  it('may not buy at the upper nor sell at the lower limit', () => {
    const { order } = continuous();
    expect(order({ type: 'conditionalLimit', price: 91_300 })).toBe('CONDITIONAL_LIMIT');
    expect(order({ type: 'conditionalLimit', side: 'sell', price: 49_300 })).toBe('CONDITIONAL_LIMIT');
    expect(order({ type: 'conditionalLimit', side: 'sell', price: 91_300 })).toBe(1);
    expect(order({ type: 'conditionalLimit', timeInForce: 'ioc' })).toBe('TYPE');
  });
});

describe('short sales', () => {
  it('ask the last price or more, and exactly it only after a rise', () => {
    const { order } = continuous();
    const trade = (price: number): void => {
      order({ price });
      order({ side: 'sell', price });
    };
    const short = { side: 'sell', shortSale: true } as const;
    expect(order({ ...short, price: 70_000 })).toBe(1);
    order({ price: 70_000 });
    trade(70_500);
    expect(order({ ...short, price: 70_400 })).toBe('SHORT_PRICE');
    expect(order({ ...short, price: 70_500 })).toBeTypeOf('number');
    order({ price: 70_500 });
    trade(70_400);
    expect(order({ ...short, price: 70_400 })).toBe('SHORT_PRICE');
    expect(order({ ...short, price: 70_500 })).toBeTypeOf('number');
    expect(order({ ...short, type: 'market' })).toBe('MARKET_BANNED');
  });

  it('of ETF and ETN are free', () => {
    const { order } = continuous({ issues: [listed({ product: 'etp', basePrice: 35_000 })] });
    order({ price: 35_000 });
    order({ side: 'sell', price: 35_000 });
    expect(order({ side: 'sell', shortSale: true, price: 34_900 })).toBe(3);
  });
});

describe('kinds without a code', () => {
  it.each([
    [{ timeInForce: 'gtp' }, 'VENUE_TYPE'],
    [{ type: 'market', timeInForce: 'gtp' }, 'TYPE'],
    [{ type: 'mid', session: 'after' }, 'TYPE'],
    [{ type: 'stopLimit', stopPrice: 70_300, timeInForce: 'fok' }, 'TYPE'],
  ] as const)('%j: %s', (part, reason) => {
    expect(quoted().order(part)).toBe(reason);
  });
});
