/** Fixed-price, after-market and off-hours trading: each where and when it is valid. */
import { describe, expect, it } from 'vitest';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { clock, continuous, listed, testExchange, type TestExchange } from '#test/support/exchange.ts';

function quoted(): TestExchange {
  const test = continuous();
  test.order({ price: 70_200, quantity: 10 });
  test.order({ side: 'sell', price: 70_500, quantity: 10 });
  test.news();
  return test;
}

describe('fixed-price orders', () => {
  it('05 trades at the previous close from 08:30 to 08:40, by time alone', () => {
    const { exchange, order, news, of } = testExchange();
    exchange.advanceTo(clock('08:29:59'));
    expect(order({ type: 'preClose' })).toBe('SESSION');
    exchange.advanceTo(clock('08:30'));
    news();
    order({ type: 'preClose', quantity: 5 });
    order({ type: 'preClose', quantity: 5 });
    order({ type: 'preClose', side: 'sell', quantity: 7 });
    expect(news()).toEqual([
      'accepted 1',
      'accepted 2',
      'accepted 3',
      'trade 5@70300 1x3 auction',
      'trade 2@70300 2x3 auction',
    ]);
    expect(exchange.totalQty('005930', 'buy')).toBe(0);
    expect(exchange.issue('005930')).toMatchObject({ volume: 7, last: 0, open: 0 });
    exchange.advanceTo(clock('08:40'));
    expect(news()).toEqual(['canceled 2 3 expired']);
    expect(order({ type: 'preClose' })).toBe('TYPE_HOURS');
    expect(of('trade').every((event) => event.aggressor === null)).toBe(true);
  });

  it('06 is taken from the close to 16:00 and trades from 15:40', () => {
    const { exchange, order, news } = continuous();
    order({ price: 70_900 });
    order({ side: 'sell', price: 70_900 });
    exchange.advanceTo(clock('15:29'));
    expect(order({ type: 'postClose' })).toBe('TYPE_HOURS');
    exchange.advanceTo(clock('15:31'));
    news();
    order({ type: 'postClose', quantity: 5 });
    order({ type: 'postClose', side: 'sell', quantity: 3 });
    exchange.advanceTo(clock('15:39:59'));
    expect(news()).toEqual(['accepted 3', 'accepted 4']);
    exchange.advanceTo(clock('15:40'));
    expect(news()).toEqual(['trade 3@70900 3x4 auction']);
    order({ type: 'postClose', side: 'sell', quantity: 1 });
    expect(news()).toEqual(['accepted 5', 'trade 1@70900 3x5 auction']);
    expect(order({ type: 'postClose', price: 70_900 })).toBe('PRICE');
    exchange.advanceTo(clock('16:00'));
    expect(news()).toEqual(['rejected PRICE', 'canceled 3 1 expired', 'postClose > afterMarket']);
    expect(exchange.issue('005930')).toMatchObject({ volume: 5, close: 70_900 });
  });

  it('need a trade in the session whose close they trade at', () => {
    const fresh = testExchange({ issues: [listed({ newListing: true, basePrice: 10_000 })] });
    fresh.exchange.advanceTo(clock('08:35'));
    expect(fresh.order({ type: 'preClose' })).toBe('NO_REFERENCE');
    const { exchange, order } = continuous();
    exchange.advanceTo(clock('15:31'));
    expect(order({ type: 'postClose' })).toBe('NO_REFERENCE');
  });
});

describe('the after-market of KRX', () => {
  it('has its own codes and its own book, and dies at 20:00', () => {
    const { exchange, order, news } = quoted();
    exchange.advanceTo(clock('16:00:00'));
    news();
    expect(exchange.openOrders(1)).toEqual([]);
    order({ session: 'after', side: 'sell', price: 70_600, quantity: 5 });
    order({ session: 'after', type: 'bestOpposite', quantity: 2 });
    order({ session: 'after', price: 70_600, quantity: 9, timeInForce: 'ioc' });
    order({ session: 'after', type: 'bestOpposite', timeInForce: 'fok' });
    order({ session: 'after', price: 70_000, quantity: 4 });
    order({ session: 'after', type: 'bestSame', quantity: 1 });
    expect(news()).toEqual([
      'accepted 3',
      'accepted 4',
      'trade 2@70600 4x3 buy',
      'accepted 5',
      'trade 3@70600 5x3 buy',
      'canceled 5 6 ioc',
      'accepted 6',
      'canceled 6 1 fok',
      'accepted 7',
      'accepted 8',
    ]);
    expect(exchange.issue('005930')).toMatchObject({ last: 70_600, open: 0, close: 0 });
    exchange.advanceTo(clock('20:00'));
    expect(news()).toEqual(['canceled 7 4 expired', 'canceled 8 1 expired', 'afterMarket > closed']);
  });

  it('takes no regular code, no market order, no ETF', () => {
    const issues = [listed(), listed({ code: '069500', product: 'etp', basePrice: 35_000 })];
    const { exchange, order } = continuous({ issues });
    expect(order({ session: 'after' })).toBe('TYPE_HOURS');
    exchange.advanceTo(clock('16:30'));
    expect(order({})).toBe('TYPE_HOURS');
    expect(order({ type: 'market', session: 'after' })).toBe('TYPE_HOURS');
    expect(order({ session: 'after', code: '069500', price: 35_000 })).toBe('NO_ETP');
    expect(exchange.phase('069500')).toBe('closed');
  });

  it('moves neither open, high, low nor close', () => {
    const { exchange, order } = quoted();
    order({ price: 70_500 });
    exchange.advanceTo(clock('16:30'));
    order({ session: 'after', side: 'sell', price: 71_000 });
    order({ session: 'after', price: 71_000 });
    expect(exchange.issue('005930')).toMatchObject({
      last: 71_000,
      open: 70_500,
      high: 70_500,
      close: 70_500,
      volume: 2,
    });
  });
});

describe('the off-hours single price, to 2026-09-13', () => {
  const date = sessionDate('2026-09-11');
  const at = (text: string) => kstInstant(date, timeOfDayMs(text));

  it('trades every ten minutes within ten percent of the close', () => {
    const { exchange, order, news, of } = testExchange({ date });
    exchange.advanceTo(at('09:01'));
    order({ price: 71_000 });
    order({ side: 'sell', price: 71_000 });
    exchange.advanceTo(at('16:01'));
    expect(exchange.phaseOf('KRX')).toBe('offHours');
    expect(order({})).toBe('TYPE_HOURS');
    expect(order({ type: 'offHours', price: 78_200 })).toBe('LIMIT');
    expect(order({ type: 'offHours', price: 78_100, quantity: 3 })).toBe(3);
    expect(order({ type: 'offHours', side: 'sell', price: 72_000, quantity: 2 })).toBe(4);
    news();
    exchange.advanceTo(at('16:10:30'));
    expect(news()).toEqual(['trade 2@78100 3x4 auction', 'auction 2@78100']);
    exchange.advanceTo(at('16:20:30'));
    expect(news()).toEqual(['auction 0@0']);
    exchange.advanceTo(at('18:01'));
    expect(of('auction').filter((event) => event.phase === 'offHours')).toHaveLength(12);
    expect(news().at(-1)).toBe('offHours > closed');
    expect(exchange.issue('005930')).toMatchObject({ close: 71_000, high: 71_000, last: 78_100 });
  });

  it('is not for issues that NXT trades, and gone since', () => {
    const old = testExchange({ date, nxt: true });
    old.exchange.advanceTo(at('16:05'));
    expect(old.order({ type: 'offHours', price: 70_300 })).toBe('VENUE_TYPE');
    const { exchange, order } = continuous();
    exchange.advanceTo(clock('16:05'));
    expect(order({ type: 'offHours', price: 70_300 })).toBe('VENUE_TYPE');
  });
});
