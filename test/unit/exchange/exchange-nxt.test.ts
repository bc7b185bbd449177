/** NXT beside KRX, and SOR between them. */
import { describe, expect, it } from 'vitest';
import { sessionDate } from '#shared/time/index.ts';
import { clock, continuous, listed, testExchange, type TestExchange } from '#test/support/exchange.ts';

const NXT = { route: 'NXT' } as const;
const SOR = { route: 'SOR' } as const;

/** Both venues trade. */
function both(): TestExchange {
  const test = continuous({ nxt: true });
  test.exchange.advanceTo(clock('09:01'));
  test.news();
  return test;
}

describe('the day of NXT', () => {
  it('runs by its own schedule', () => {
    const { exchange, of } = testExchange({ nxt: true });
    expect(exchange.phaseOf('NXT')).toBe('preMarket');
    expect(exchange.next('NXT')).toEqual({ phase: 'break', ts: clock('08:50') });
    exchange.advanceTo(clock('20:00'));
    const nxt = of('phase').filter((event) => event.venue === 'NXT');
    expect(nxt.map((event) => [event.phase, event.ts])).toEqual([
      ['break', clock('08:50')],
      ['continuous', clock('09:00:30')],
      ['break', clock('15:20')],
      ['afterAuction', clock('15:30')],
      ['afterMarket', nxt[4]?.ts],
      ['closed', clock('20:00')],
    ]);
  });

  it('orders of the pre-market live on to 20:00, good-till-pre-market ones die at 08:50', () => {
    const { exchange, order, news } = testExchange({ nxt: true });
    exchange.advanceTo(clock('08:10'));
    order({ ...NXT, price: 70_000, quantity: 3 });
    order({ ...NXT, price: 70_100, quantity: 2, timeInForce: 'gtp' });
    order({ ...NXT, type: 'bestSame', timeInForce: 'gtp' });
    expect(order({ price: 70_000 })).toBe('SESSION');
    news();
    exchange.advanceTo(clock('08:55'));
    expect(news().filter((text) => text.startsWith('canceled'))).toEqual([
      'canceled 2 2 expired',
      'canceled 3 1 expired',
    ]);
    expect(order({ ...NXT })).toBe('SESSION');
    exchange.advanceTo(clock('09:05'));
    expect(order({ ...NXT, timeInForce: 'gtp' })).toBe('TYPE_HOURS');
    order({ ...NXT, side: 'sell', price: 70_000, quantity: 1 });
    expect(news().at(-1)).toBe('trade 1@70000 1x4 sell NXT');
    exchange.advanceTo(clock('19:59'));
    expect(exchange.order(1)).toMatchObject({ venue: 'NXT', openQty: 2 });
    news();
    exchange.advanceTo(clock('20:00'));
    expect(news()).toContain('canceled 1 2 expired');
  });

  it('collects orders from 15:30 and trades them at one price at 15:40', () => {
    const { exchange, order, news } = both();
    exchange.advanceTo(clock('15:25'));
    expect(order({ ...NXT })).toBe('SESSION');
    exchange.advanceTo(clock('15:35'));
    order({ ...NXT, price: 70_400, quantity: 2 });
    order({ ...NXT, side: 'sell', price: 70_200, quantity: 2 });
    expect(order({ ...NXT, timeInForce: 'ioc' })).toBe('TYPE');
    expect(exchange.expected('005930', 'NXT')).toEqual({ price: 70_300, qty: 2 });
    news();
    exchange.advanceTo(clock('15:40:30'));
    expect(news().filter((text) => text.endsWith('NXT'))).toEqual([
      'trade 2@70300 1x2 auction NXT',
      'auction 2@70300 NXT',
      'afterAuction > afterMarket NXT',
    ]);
  });

  it('has its own book, prices and figures', () => {
    const { exchange, order } = both();
    order({ ...NXT, side: 'sell', price: 70_500, quantity: 2 });
    order({ ...NXT, price: 70_500 });
    expect(exchange.issue('005930', 'NXT')).toMatchObject({ last: 70_500, volume: 1, close: 0, venue: 'NXT' });
    expect(exchange.issue('005930')).toMatchObject({ last: 0, volume: 0 });
    expect(exchange.depth({ code: '005930', side: 'sell', levels: 1 })).toEqual([]);
    expect(exchange.depth({ code: '005930', side: 'sell', levels: 1, venue: 'NXT' })).toEqual([
      { price: 70_500, qty: 1 },
    ]);
  });

  it('refuses what it does not take', () => {
    const issues = [
      listed({ nxt: true }),
      listed({ code: '000660' }),
      listed({ code: '069500', product: 'etp', nxt: true }),
    ];
    const { exchange, order } = continuous({ nxt: true, issues });
    exchange.advanceTo(clock('09:05'));
    expect(order({ ...NXT, code: '000660' })).toBe('NOT_ON_NXT');
    expect(order({ ...NXT, code: '069500' })).toBe('NO_ETP');
    expect(order({ ...NXT, type: 'market' })).toBe('VENUE_TYPE');
    expect(order({ ...NXT, type: 'conditionalLimit' })).toBe('VENUE_TYPE');
    expect(order({ ...NXT, type: 'preClose' })).toBe('VENUE_TYPE');
    expect(order({ ...NXT, session: 'after' })).toBe('VENUE_TYPE');
    expect(order({ ...NXT, type: 'market', timeInForce: 'ioc' })).toBe(1);
    expect(exchange.has('000660', 'NXT')).toBe(false);
    expect(exchange.phase('000660', 'NXT')).toBe('closed');
    expect(() => exchange.issue('000660', 'NXT')).toThrow();
  });

  it('was not there before 2025-03-04', () => {
    const { exchange, order } = testExchange({ nxt: true, date: sessionDate('2025-02-28') });
    expect(exchange.phaseOf('NXT')).toBe('closed');
    expect(order({ ...NXT })).toBe('NOT_ON_NXT');
  });
});

describe('SOR', () => {
  it('takes level by level from the better venue and waits on KRX', () => {
    const { exchange, order, news } = both();
    order({ side: 'sell', price: 70_500, quantity: 3 });
    order({ ...NXT, side: 'sell', price: 70_400, quantity: 2 });
    order({ ...NXT, side: 'sell', price: 70_600, quantity: 4 });
    order({ side: 'sell', price: 70_700, quantity: 4 });
    news();
    order({ ...SOR, price: 70_600, quantity: 12 });
    expect(news()).toEqual([
      'accepted 5',
      'trade 2@70400 5x2 buy NXT',
      'trade 3@70500 5x1 buy',
      'trade 4@70600 5x3 buy NXT',
    ]);
    expect(exchange.order(5)).toMatchObject({ venue: 'KRX', price: 70_600, openQty: 3 });
    expect(exchange.totalQty('005930', 'buy', 'NXT')).toBe(0);
  });

  it('at one price the cheaper venue comes first', () => {
    const { order, news } = both();
    order({ side: 'sell', price: 70_400, quantity: 1 });
    order({ ...NXT, side: 'sell', price: 70_400, quantity: 1 });
    news();
    order({ ...SOR, price: 70_400, quantity: 2 });
    expect(news()).toEqual(['accepted 3', 'trade 1@70400 3x2 buy NXT', 'trade 1@70400 3x1 buy']);
  });

  it('waits on NXT while KRX takes nothing, and stays there', () => {
    const { exchange, order, news } = testExchange({ nxt: true });
    exchange.advanceTo(clock('08:10'));
    order({ ...SOR, price: 70_000, quantity: 2 });
    expect(exchange.order(1)).toMatchObject({ venue: 'NXT' });
    exchange.advanceTo(clock('10:00'));
    expect(exchange.order(1)).toMatchObject({ venue: 'NXT' });
    news();
    expect(exchange.replace(1, 1, { price: 70_100 })).toEqual({ orderNo: 2 });
    expect(exchange.order(2)).toMatchObject({ venue: 'NXT' });
  });

  it('a market order sweeps both and waits on KRX; FOK counts both', () => {
    const { exchange, order, news } = both();
    order({ side: 'sell', price: 70_500, quantity: 3 });
    order({ ...NXT, side: 'sell', price: 70_400, quantity: 2 });
    news();
    order({ ...SOR, price: 70_500, quantity: 6, timeInForce: 'fok' });
    order({ ...SOR, price: 70_500, quantity: 5, timeInForce: 'fok' });
    expect(news()).toEqual([
      'accepted 3',
      'canceled 3 6 fok',
      'accepted 4',
      'trade 2@70400 4x2 buy NXT',
      'trade 3@70500 4x1 buy',
    ]);
    order({ ...NXT, side: 'sell', price: 70_400, quantity: 2 });
    news();
    order({ ...SOR, type: 'market', quantity: 3 });
    expect(news()).toEqual(['accepted 6', 'trade 2@70400 6x5 buy NXT']);
    expect(exchange.order(6)).toMatchObject({ venue: 'KRX', type: 'market', openQty: 1 });
  });

  it('best orders take the better price of both', () => {
    const { exchange, order } = both();
    order({ side: 'sell', price: 70_500 });
    order({ ...NXT, side: 'sell', price: 70_400 });
    order({ ...NXT, price: 70_200 });
    order({ price: 70_100 });
    order({ ...SOR, type: 'bestSame' });
    expect(exchange.order(5)).toMatchObject({ price: 70_200, venue: 'KRX' });
    order({ ...SOR, type: 'bestOpposite', quantity: 2 });
    expect(exchange.order(6)).toMatchObject({ price: 70_400, venue: 'KRX', openQty: 1 });
  });

  it('an IOC takes from both and its rest dies', () => {
    const { order, news } = both();
    order({ side: 'sell', price: 70_500, quantity: 3 });
    order({ ...NXT, side: 'sell', price: 70_400, quantity: 2 });
    news();
    order({ ...SOR, type: 'market', quantity: 9, timeInForce: 'ioc' });
    expect(news().slice(1)).toEqual(['trade 2@70400 3x2 buy NXT', 'trade 3@70500 3x1 buy', 'canceled 3 4 ioc']);
  });

  it('triggers stops on both venues it traded on', () => {
    const { order, news } = both();
    order({ ...NXT, type: 'stopLimit', stopPrice: 70_400, price: 70_500 });
    order({ type: 'stopLimit', stopPrice: 70_500, price: 70_600 });
    order({ side: 'sell', price: 70_500 });
    order({ ...NXT, side: 'sell', price: 70_400 });
    news();
    order({ ...SOR, price: 70_500, quantity: 2 });
    expect(news().slice(3)).toEqual(['triggered 2 at 70500', 'triggered 1 at 70400 NXT']);
  });

  it('takes few types', () => {
    const { order } = both();
    for (const type of ['conditionalLimit', 'mid', 'stopLimit', 'preClose', 'postClose'] as const) {
      expect(order({ ...SOR, type, ...(type === 'stopLimit' ? { stopPrice: 70_300 } : {}) })).toBe('VENUE_TYPE');
    }
  });

  it('passes by a level beyond a VI threshold and leaves it to the rest', () => {
    const issues = [listed({ nxt: true, viClass: 'kospi200' })];
    const { exchange, order, news } = continuous({ nxt: true, vi: true, issues });
    exchange.advanceTo(clock('09:01'));
    order({ side: 'sell', price: 72_500 });
    order({ ...NXT, side: 'sell', price: 72_400 });
    order({ ...NXT, side: 'sell', price: 72_500 });
    news();
    order({ ...SOR, price: 72_500, quantity: 3 });
    expect(news()).toEqual([
      'accepted 4',
      'trade 1@72400 4x2 buy NXT',
      'vi dynamic up 70300 > 72500',
      '005930 continuous > viAuction vi',
    ]);
    expect(exchange.phase('005930', 'NXT')).toBe('continuous');
    expect(exchange.order(4)).toMatchObject({ venue: 'KRX', openQty: 2 });
  });
});
