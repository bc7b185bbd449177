/** Market-wide stops: circuit breakers on both venues, and the sidecar. */
import { describe, expect, it } from 'vitest';
import { epochMs } from '#shared/time/index.ts';
import { clock, continuous, listed, type TestExchange, type TestOptions } from '#test/support/exchange.ts';

const issues = [
  listed({ code: '000001', nxt: true }),
  listed({ code: '000002', nxt: true, market: 'KOSDAQ', basePrice: 10_000 }),
];

function market(options: TestOptions = {}): TestExchange {
  const test = continuous({ breakers: true, nxt: true, index: 'given', issues, ...options });
  test.news();
  return test;
}

describe('circuit breakers', () => {
  it('level 1: eight percent for a minute stops KOSPI on both venues, and only KOSPI', () => {
    const { exchange, order, news } = market();
    expect(order({ price: 70_000, quantity: 5 })).toBe(1);
    expect(order({ route: 'NXT', price: 70_000, quantity: 5 })).toBe(2);
    exchange.advanceTo(clock('11:00:00'));
    exchange.setIndex({ market: 'KOSPI', changePpm: -80_000 });
    exchange.advanceTo(clock('11:01:00'));
    news();
    exchange.advanceTo(clock('11:01:01'));
    expect(news()).toEqual([
      'breaker KOSPI 1',
      '000001 continuous > halted circuitBreaker',
      '000001 continuous > halted circuitBreaker NXT',
    ]);
    expect(exchange.markets()).toEqual([
      {
        market: 'KOSPI',
        indexChangePpm: -80_000,
        breaker: { level: 1, untilTs: clock('11:21:01') },
        breakersUsed: [1],
        sidecar: null,
      },
      { market: 'KOSDAQ', indexChangePpm: null, breaker: null, breakersUsed: [], sidecar: null },
    ]);
    expect(exchange.issue('000001').interruption).toMatchObject({ kind: 'circuitBreaker', level: 1 });
    expect(order({ price: 70_100 })).toBe('MARKET_HALTED');
    expect(order({ price: 70_100, route: 'NXT' })).toBe('MARKET_HALTED');
    expect(exchange.replace(1, 1, { price: 70_100 })).toEqual({ reason: 'MARKET_HALTED' });
    expect(exchange.cancel(1, 1, 2)).toEqual({ quantity: 2 });
    expect(order({ code: '000002', price: 10_000 })).toBe(3);
    expect(exchange.cancel(1, 2)).toEqual({ quantity: 5 });
    news();
    exchange.advanceTo(clock('11:21:01'));
    expect(news()).toEqual(['000001 halted > reopenAuction reopening']);
    expect(order({ side: 'sell', price: 69_000, quantity: 3 })).toBe(4);
    expect(order({ side: 'sell', price: 69_000, timeInForce: 'ioc' })).toBe('TYPE');
    expect(order({ price: 70_000, route: 'NXT' })).toBe('MARKET_HALTED');
    news();
    exchange.advanceTo(clock('11:31:00'));
    expect(news()).toEqual([]);
    exchange.advanceTo(clock('11:31:31'));
    expect(news()).toEqual([
      'trade 3@70000 1x4 auction',
      'auction 3@70000',
      '000001 reopenAuction > continuous reopening',
      '000001 halted > reopenAuction reopening NXT',
    ]);
    exchange.advanceTo(clock('11:32:01'));
    expect(news()).toEqual(['auction 0@0 NXT', '000001 reopenAuction > continuous reopening NXT']);
    expect(exchange.markets()[0]).toMatchObject({ breaker: null, breakersUsed: [1] });
  });

  it('a fall that lasts less than a minute stops nothing', () => {
    const { exchange, news } = market();
    exchange.advanceTo(clock('11:00:00'));
    for (let turn = 0; turn < 5; turn += 1) {
      exchange.setIndex({ market: 'KOSPI', changePpm: -90_000 });
      exchange.advanceTo(epochMs(exchange.now + 59_000));
      exchange.setIndex({ market: 'KOSPI', changePpm: -79_999 });
      exchange.advanceTo(epochMs(exchange.now + 1_000));
    }
    expect(news()).toEqual([]);
  });

  it('levels come in order, each once, and need one percent more than the halt before', () => {
    const { exchange, of } = market();
    const fall = (time: string, changePpm: number): void => {
      exchange.setIndex({ market: 'KOSPI', changePpm });
      exchange.advanceTo(clock(time));
    };
    fall('09:30', -155_000);
    expect(of('circuitBreaker')).toMatchObject([{ level: 1, indexChangePpm: -155_000 }]);
    // One percent below 84.5 % of the close is 83.655 %.
    fall('10:30', -163_449);
    expect(of('circuitBreaker')).toHaveLength(1);
    fall('11:30', -163_450);
    expect(of('circuitBreaker')).toMatchObject([{ level: 1 }, { level: 2 }]);
    fall('12:30', -190_000);
    fall('13:30', -80_000);
    expect(of('circuitBreaker')).toHaveLength(2);
    fall('13:32', -200_000);
    expect(of('circuitBreaker')[2]).toMatchObject({ level: 3, haltUntil: 0, auctionUntil: 0 });
  });

  it('level 3 closes the day: every order ends, the close is set, there is no after-market', () => {
    const { exchange, order, of, news } = market();
    order({ price: 70_000, quantity: 5 });
    order({ side: 'sell', price: 70_000, quantity: 2 });
    order({ price: 69_000, route: 'NXT' });
    for (const [time, changePpm] of [
      ['10:00', -85_000],
      ['11:00', -160_000],
      ['11:59', -210_000],
    ] as const) {
      exchange.setIndex({ market: 'KOSPI', changePpm });
      exchange.advanceTo(clock(time));
    }
    expect(of('circuitBreaker').map((event) => event.level)).toEqual([1, 2, 3]);
    expect(of('canceled').map(({ orderNo, quantity, cause }) => [orderNo, quantity, cause])).toEqual([
      [1, 3, 'expired'],
      [3, 1, 'expired'],
    ]);
    expect(of('close')).toMatchObject([{ code: '000001', price: 70_000 }]);
    expect(exchange.phase('000001')).toBe('closed');
    expect(exchange.phase('000001', 'NXT')).toBe('closed');
    expect(order({})).toBe('SESSION');
    news();
    exchange.advanceTo(clock('16:30'));
    expect(exchange.phase('000001')).toBe('closed');
    expect(exchange.phase('000002')).toBe('afterMarket');
    expect(order({ session: 'after' })).toBe('SESSION');
    expect(exchange.markets()[0]?.breaker).toEqual({ level: 3, untilTs: null });
  });

  it('not in the first minute, nor after 14:50', () => {
    const early = market();
    early.exchange.setIndex({ market: 'KOSPI', changePpm: -90_000 });
    early.exchange.advanceTo(clock('09:01:59'));
    expect(early.of('circuitBreaker')).toEqual([]);
    early.exchange.advanceTo(clock('09:02:00'));
    expect(early.of('circuitBreaker')).toHaveLength(1);
    for (const [from, halts] of [
      ['14:48:59', 1],
      ['14:49:00', 0],
    ] as const) {
      const late = market();
      late.exchange.advanceTo(clock(from));
      late.exchange.setIndex({ market: 'KOSPI', changePpm: -90_000 });
      late.exchange.advanceTo(clock('15:25'));
      expect(late.of('circuitBreaker')).toHaveLength(halts);
    }
  });

  it('one just before 14:50 reopens into the closing auction', () => {
    const { exchange, news } = market();
    exchange.advanceTo(clock('14:48:59'));
    exchange.setIndex({ market: 'KOSPI', changePpm: -90_000 });
    exchange.advanceTo(clock('15:19:50'));
    expect(exchange.phase('000001')).toBe('reopenAuction');
    news();
    exchange.advanceTo(clock('15:29'));
    expect(exchange.phase('000001')).toBe('closeAuction');
    expect(exchange.issue('000001').interruption).toBeNull();
    exchange.advanceTo(clock('16:00'));
    expect(exchange.phase('000001', 'NXT')).toBe('afterMarket');
  });

  it('the index comes from the listed shares and prices of the regular session', () => {
    const shares = [
      listed({ code: '000001', listedShares: 3_000_000 }),
      listed({ code: '000002', listedShares: 1_000_000 }),
      listed({ code: '000003', listedShares: null }),
      listed({ code: '000004', market: 'KOSDAQ' }),
    ];
    const { exchange, order } = market({ issues: shares, index: 'issues' });
    expect(exchange.markets().map((m) => m.indexChangePpm)).toEqual([0, null]);
    const trade = (code: string, price: number, session: 'regular' | 'after' = 'regular'): void => {
      order({ code, price, session });
      order({ code, price, session, side: 'sell' });
    };
    trade('000001', 63_300);
    expect(exchange.markets()[0]?.indexChangePpm).toBe(-74_680);
    trade('000002', 63_300);
    trade('000003', 50_000);
    expect(exchange.markets()[0]?.indexChangePpm).toBe(-99_573);
    exchange.advanceTo(clock('09:03'));
    expect(exchange.markets()[0]).toMatchObject({ breaker: { level: 1 } });
    exchange.advanceTo(clock('16:10'));
    const before = exchange.markets()[0]?.indexChangePpm;
    trade('000001', 70_300, 'after');
    expect(exchange.issue('000001').last).toBe(70_300);
    expect(exchange.markets()[0]?.indexChangePpm).toBe(before);
  });

  it('none where breakers are off', () => {
    const { exchange, of } = market({ breakers: false });
    exchange.setIndex({ market: 'KOSPI', changePpm: -250_000 });
    exchange.advanceTo(clock('15:00'));
    expect(of('circuitBreaker')).toEqual([]);
  });

  it('a VI under way gives way, an issue’s own halt stays', () => {
    const own = [...issues, listed({ code: '000003', viClass: 'kospi200' })];
    const { exchange, order } = market({ issues: own, vi: true });
    exchange.advanceTo(clock('11:00'));
    exchange.setIndex({ market: 'KOSPI', changePpm: -90_000 });
    exchange.advanceTo(clock('11:00:30'));
    order({ code: '000003', side: 'sell', price: 72_500 });
    order({ code: '000003', price: 72_500 });
    exchange.halt({ code: '000001', note: '조회공시' });
    exchange.advanceTo(clock('11:10'));
    expect(exchange.issue('000003')).toMatchObject({ phase: 'halted', interruption: { kind: 'circuitBreaker' } });
    expect(exchange.issue('000001')).toMatchObject({
      phase: 'halted',
      interruption: { kind: 'halt', note: '조회공시' },
    });
    exchange.resume({ code: '000001' });
    expect(exchange.issue('000001').interruption).toMatchObject({ kind: 'circuitBreaker', level: 1 });
    exchange.advanceTo(clock('11:35'));
    for (const code of ['000001', '000003']) expect(exchange.phase(code)).toBe('continuous');
    expect(exchange.issue('000003').last).toBe(72_500);
  });
});

describe('the sidecar', () => {
  const program = { code: '000001', program: true } as const;

  it('freezes program orders of one side for five minutes, then lets them in in order', () => {
    const { exchange, order, news } = market();
    exchange.advanceTo(clock('10:00'));
    order({ side: 'sell', price: 70_300, quantity: 3 });
    exchange.setFutures({ index: 'KOSPI200', changePpm: 50_000 });
    exchange.advanceTo(clock('10:01:01'));
    expect(news()).toEqual(['accepted 1', 'sidecar KOSPI buy on']);
    expect(exchange.markets()[0]?.sidecar).toEqual({ side: 'buy', untilTs: clock('10:06:01') });
    order({ ...program, quantity: 2 });
    order({ ...program, quantity: 1, timeInForce: 'ioc' });
    order({ ...program, price: 70_200, quantity: 4 });
    order({ ...program, side: 'sell', price: 70_400 });
    order({ price: 70_100 });
    expect(news()).toEqual(['accepted 2', 'accepted 3', 'accepted 4', 'accepted 5', 'accepted 6']);
    expect(exchange.totalQty('000001', 'buy')).toBe(1);
    expect(exchange.openOrders(1).map((each) => each.orderNo)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(exchange.cancel(1, 4, 3)).toEqual({ quantity: 3 });
    news();
    exchange.advanceTo(clock('10:06:01'));
    expect(news()).toEqual(['sidecar KOSPI buy off', 'trade 2@70300 2x1 buy', 'trade 1@70300 3x1 buy']);
    expect(exchange.depth({ code: '000001', side: 'buy', levels: 5 })).toEqual([
      { price: 70_200, qty: 1 },
      { price: 70_100, qty: 1 },
    ]);
  });

  it('not while a circuit breaker has stopped its market', () => {
    const { exchange, of } = market();
    exchange.advanceTo(clock('10:00'));
    exchange.setIndex({ market: 'KOSPI', changePpm: -85_000 });
    exchange.advanceTo(clock('10:01:01'));
    expect(of('circuitBreaker')).toHaveLength(1);
    exchange.setFutures({ index: 'KOSPI200', changePpm: -90_000 });
    exchange.advanceTo(clock('10:20'));
    expect(of('sidecar')).toEqual([]);
    exchange.advanceTo(clock('10:23'));
    expect(of('sidecar')).toMatchObject([{ side: 'sell', state: 'on' }]);
  });

  it('once a day, not in the first five nor the last forty minutes', () => {
    const { exchange, of } = market();
    exchange.setFutures({ index: 'KOSPI200', changePpm: -60_000 });
    exchange.advanceTo(clock('09:05:59'));
    expect(of('sidecar')).toEqual([]);
    exchange.advanceTo(clock('09:06:00'));
    expect(of('sidecar')).toMatchObject([{ side: 'sell', state: 'on' }]);
    exchange.advanceTo(clock('15:20'));
    expect(of('sidecar').map((event) => event.state)).toEqual(['on', 'off']);
    const late = market();
    late.exchange.advanceTo(clock('14:49:30'));
    late.exchange.setFutures({ index: 'KOSPI200', changePpm: -60_000 });
    late.exchange.advanceTo(clock('15:20'));
    expect(late.of('sidecar')).toEqual([]);
  });

  it('KOSDAQ needs six percent of the futures and three of the index itself', () => {
    const { exchange, of } = market();
    exchange.advanceTo(clock('10:00'));
    exchange.setFutures({ index: 'KOSDAQ150', changePpm: 60_000, spotChangePpm: 29_999 });
    exchange.advanceTo(clock('10:05'));
    expect(of('sidecar')).toEqual([]);
    exchange.setFutures({ index: 'KOSDAQ150', changePpm: 60_000, spotChangePpm: 30_000 });
    exchange.advanceTo(clock('10:07'));
    expect(of('sidecar')).toMatchObject([{ market: 'KOSDAQ', side: 'buy' }]);
  });
});
