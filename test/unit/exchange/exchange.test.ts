/** The exchange: phases, matching as the rules say, views, and the stream of events. */
import { describe, expect, it } from 'vitest';
import { Exchange } from '#shared/exchange/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { clock, continuous, line, listed, testExchange } from '#test/support/exchange.ts';

describe('phases', () => {
  it('follow the schedule; the auctions end up to 30 seconds late', () => {
    const { exchange, events } = testExchange();
    expect(exchange.phaseOf('KRX')).toBe('preOpen');
    expect(exchange.next()).toEqual({ phase: 'openAuction', ts: clock('08:30') });
    exchange.advanceTo(clock('15:31'));
    const phases = events.filter((e) => e.kind === 'phase');
    expect(phases.map((e) => e.phase)).toEqual(['openAuction', 'continuous', 'closeAuction', 'postClose']);
    expect(phases[0]?.ts).toBe(clock('08:30'));
    expect(phases[2]?.ts).toBe(clock('15:20'));
    for (const [at, scheduled] of [
      [1, '09:00'],
      [3, '15:30'],
    ] as const) {
      const late = (phases[at]?.ts ?? 0) - clock(scheduled);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(30_000);
    }
    expect(exchange.next()).toEqual({ phase: 'afterMarket', ts: clock('16:00') });
    exchange.advanceTo(clock('20:00'));
    expect(exchange.phaseOf('KRX')).toBe('closed');
    expect(exchange.next()).toBeNull();
  });

  it('the random end comes from the seed and spreads', () => {
    const lateness = (seed: number): number => {
      const { exchange, of } = testExchange({ seed });
      exchange.advanceTo(clock('09:01'));
      return (of('phase')[1]?.ts ?? 0) - clock('09:00');
    };
    const all = Array.from({ length: 60 }, (_, seed) => lateness(seed));
    expect(all.map((_, seed) => lateness(seed))).toEqual(all);
    expect(Math.min(...all)).toBeLessThan(5_000);
    expect(Math.max(...all)).toBeGreaterThan(25_000);
  });

  it('one long step equals many short ones', () => {
    const [long, short] = [testExchange(), testExchange()];
    long.exchange.advanceTo(clock('16:00'));
    for (let ts: number = clock('08:00'); ts <= clock('16:00'); ts += 7_000) short.exchange.advanceTo(epochMs(ts));
    short.exchange.advanceTo(clock('16:00'));
    expect(short.events).toEqual(long.events);
    expect(short.exchange.hash()).toBe(long.exchange.hash());
  });

  it('the clock never goes back', () => {
    const { exchange } = testExchange();
    exchange.advanceTo(clock('09:30'));
    expect(() => exchange.advanceTo(clock('09:29:59'))).toThrow(RangeError);
  });

  it('orders of the opening auction trade at one price when it ends, the rest goes on', () => {
    const { exchange, events, order } = testExchange();
    exchange.advanceTo(clock('08:40'));
    order({ side: 'sell', price: 70_300, quantity: 10 });
    order({ side: 'buy', price: 70_500, quantity: 4 });
    order({ side: 'buy', price: 70_400, quantity: 9 });
    expect(exchange.expected('005930')).toEqual({ price: 70_400, qty: 10 });
    events.length = 0;
    exchange.advanceTo(clock('09:00:30'));
    expect(events.map(line)).toEqual([
      'trade 4@70400 2x1 auction',
      'trade 6@70400 3x1 auction',
      'auction 10@70400',
      'openAuction > continuous',
    ]);
    expect(exchange.expected('005930')).toBeNull();
    expect(exchange.issue('005930')).toMatchObject({
      open: 70_400,
      last: 70_400,
      volume: 10,
      bestBid: 70_400,
      bestBidQty: 3,
    });
  });

  it('what is left at the close expires', () => {
    const { exchange, events, order } = continuous();
    order({ side: 'buy', price: 70_000, quantity: 5 });
    order({ side: 'sell', price: 71_000, quantity: 6 });
    exchange.advanceTo(clock('15:30'));
    events.length = 0;
    exchange.advanceTo(clock('15:30:30'));
    expect(events.map(line)).toEqual([
      'auction 0@0',
      'close 0',
      'canceled 1 5 expired',
      'canceled 2 6 expired',
      'closeAuction > postClose',
    ]);
  });

  it('set by hand, they no longer follow the schedule', () => {
    const { exchange, order } = testExchange();
    exchange.setPhase('continuous');
    exchange.advanceTo(clock('15:59'));
    expect(exchange.phaseOf('KRX')).toBe('continuous');
    expect(exchange.next()).toBeNull();
    expect(order({})).toBe(1);
  });
});

describe('continuous trading', () => {
  it('price, then time; the trade price is the resting order’s', () => {
    const { events, order } = continuous();
    order({ side: 'sell', price: 70_500, quantity: 5 });
    order({ side: 'sell', price: 70_400, quantity: 3 });
    order({ side: 'sell', price: 70_400, quantity: 4 });
    events.length = 0;
    order({ side: 'buy', price: 70_500, quantity: 9 });
    expect(events.map(line)).toEqual([
      'accepted 4',
      'trade 3@70400 4x2 buy',
      'trade 4@70400 4x3 buy',
      'trade 2@70500 4x1 buy',
    ]);
  });

  it('a market order sweeps and its rest waits, a tick above the best buy', () => {
    const { exchange, events, order } = continuous();
    order({ side: 'sell', price: 70_400, quantity: 3 });
    order({ side: 'buy', price: 70_000, quantity: 3 });
    order({ side: 'buy', type: 'market', quantity: 10 });
    expect(exchange.order(3)).toMatchObject({ type: 'market', price: 0, openQty: 7 });
    events.length = 0;
    order({ side: 'sell', price: 69_000, quantity: 2 });
    order({ side: 'sell', price: 70_700, quantity: 2 });
    order({ side: 'sell', type: 'market', quantity: 4 });
    expect(events.filter((e) => e.kind === 'trade').map(line)).toEqual([
      'trade 2@70100 3x4 sell',
      'trade 2@70700 3x5 sell',
      'trade 3@70100 3x6 sell',
      'trade 1@70000 2x6 sell',
    ]);
  });

  it('with nothing on its own side a waiting market order stands at the last price', () => {
    const { events, order } = continuous();
    order({ side: 'sell', type: 'market', quantity: 2 });
    order({ side: 'buy', price: 70_900, quantity: 1 });
    order({ side: 'buy', price: 69_900, quantity: 1 });
    expect(events.filter((e) => e.kind === 'trade').map(line)).toEqual([
      'trade 1@70300 2x1 buy',
      'trade 1@69900 3x1 buy',
    ]);
  });

  it('at the upper limit a waiting market order stands at the limit', () => {
    const { events, order } = continuous();
    order({ side: 'buy', price: 91_300, quantity: 1 });
    order({ side: 'buy', type: 'market', quantity: 1 });
    order({ side: 'sell', price: 80_000, quantity: 2 });
    // At the limit price a market order is at the same price as a limit order, so that time decides.
    expect(events.filter((e) => e.kind === 'trade').map(line)).toEqual([
      'trade 1@91300 1x3 sell',
      'trade 1@91300 2x3 sell',
    ]);
  });

  it('IOC takes what is there and drops the rest; FOK takes all or nothing', () => {
    const { exchange, events, order } = continuous();
    order({ side: 'sell', price: 70_400, quantity: 5 });
    order({ side: 'sell', price: 70_500, quantity: 5 });
    events.length = 0;
    order({ side: 'buy', price: 70_400, quantity: 6, timeInForce: 'fok' });
    order({ side: 'buy', price: 70_500, quantity: 10, timeInForce: 'fok' });
    order({ side: 'sell', price: 70_400, quantity: 5 });
    order({ side: 'buy', price: 70_400, quantity: 8, timeInForce: 'ioc' });
    order({ side: 'buy', type: 'market', quantity: 8, timeInForce: 'ioc' });
    expect(events.map(line)).toEqual([
      'accepted 3',
      'canceled 3 6 fok',
      'accepted 4',
      'trade 5@70400 4x1 buy',
      'trade 5@70500 4x2 buy',
      'accepted 5',
      'accepted 6',
      'trade 5@70400 6x5 buy',
      'canceled 6 3 ioc',
      'accepted 7',
      'canceled 7 8 ioc',
    ]);
    expect(exchange.openOrders(1)).toEqual([]);
  });

  it('a replaced order has a new number, its rest, and the last place in the queue', () => {
    const { exchange, events, order } = continuous();
    order({ side: 'buy', price: 70_000, quantity: 5 });
    order({ side: 'buy', price: 70_100, quantity: 5 });
    order({ side: 'sell', price: 70_100, quantity: 2 });
    events.length = 0;
    expect(exchange.replace(1, 2, { price: 70_000 })).toEqual({ orderNo: 4 });
    expect(exchange.replace(1, 2, { price: 70_200 })).toEqual({ reason: 'UNKNOWN_ORDER' });
    expect(exchange.replace(1, 4, { price: 70_000 })).toEqual({ reason: 'SAME_PRICE' });
    expect(exchange.replace(1, 4, { price: 70_050 })).toEqual({ reason: 'TICK' });
    expect(exchange.replace(1, 4, { price: 99_900 })).toEqual({ reason: 'LIMIT' });
    order({ side: 'sell', price: 70_000, quantity: 6 });
    expect(events.map(line)).toEqual([
      'canceled 2 3 replaced',
      'accepted 4 for 2',
      'rejected UNKNOWN_ORDER',
      'rejected SAME_PRICE',
      'rejected TICK',
      'rejected LIMIT',
      'accepted 5',
      'trade 5@70000 1x5 sell',
      'trade 1@70000 4x5 sell',
    ]);
  });

  it('a replacement may trade at once, and turns a market order into a limit', () => {
    const { exchange, events, order } = continuous();
    order({ side: 'buy', type: 'market', quantity: 2 });
    exchange.replace(1, 1, { price: 70_000 });
    order({ side: 'sell', price: 70_200, quantity: 1 });
    events.length = 0;
    exchange.replace(1, 2, { price: 70_200 });
    expect(events.map(line)).toEqual(['canceled 2 2 replaced', 'accepted 4 for 2', 'trade 1@70200 4x3 buy']);
  });
});

describe('views', () => {
  it('show depth, totals, one’s open orders', () => {
    const { exchange, order } = continuous();
    order({ side: 'buy', price: 70_000, quantity: 5 });
    order({ side: 'buy', price: 70_000, quantity: 2, owner: 2 });
    order({ side: 'buy', price: 69_000, quantity: 1 });
    order({ side: 'buy', price: 49_300, quantity: 1 });
    expect(exchange.depth({ code: '005930', side: 'buy', levels: 2 })).toEqual([
      { price: 70_000, qty: 7 },
      { price: 69_000, qty: 1 },
    ]);
    expect(exchange.totalQty('005930', 'buy')).toBe(9);
    expect(exchange.depth({ code: '005930', side: 'sell', levels: 10 })).toEqual([]);
    expect(exchange.openOrders(1).map((o) => o.orderNo)).toEqual([1, 3, 4]);
    exchange.cancel(1, 1);
    expect(exchange.depth({ code: '005930', side: 'buy', levels: 1 })).toEqual([{ price: 70_000, qty: 2 }]);
    expect(exchange.order(1)).toBeUndefined();
  });

  it('limits given for the day are drawn in to valid prices', () => {
    const limits = { upper: 120_050, lower: 35_010, reason: 'resumption' };
    const { exchange } = continuous({ issues: [listed({ limits })] });
    expect(exchange.issue('005930')).toMatchObject({ upperLimit: 120_000, lowerLimit: 35_050 });
  });
});

describe('the stream', () => {
  it('numbers every event, also those not delivered, and hashes them alike', () => {
    const run = (quietParticipants: boolean): ReturnType<typeof testExchange> => {
      const test = testExchange({ quietParticipants });
      test.exchange.advanceTo(clock('09:01'));
      test.order({ owner: 0, side: 'sell', price: 70_500, quantity: 5 });
      test.order({ owner: 0, side: 'sell', price: 70_600, quantity: 5 });
      test.order({ owner: 3, side: 'buy', price: 70_500, quantity: 2 });
      test.order({ owner: 0, price: 1 });
      test.exchange.cancel(0, 2);
      test.exchange.advanceTo(clock('16:00'));
      return test;
    };
    const [loud, quiet] = [run(false), run(true)];
    expect(quiet.exchange.hash()).toBe(loud.exchange.hash());
    expect(quiet.exchange.events).toBe(loud.exchange.events);
    expect(loud.events.map((e) => e.seq)).toEqual(loud.events.map((_, at) => at + 1));
    const hidden = loud.events.filter((e) => (e.kind === 'accepted' || e.kind === 'canceled') && e.owner === 0);
    expect(hidden.length).toBeGreaterThan(0);
    expect(quiet.events).toEqual(loud.events.filter((e) => !hidden.includes(e)));
    expect(loud.exchange.hash()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('a command from inside an event is a bug and says so', () => {
    const { exchange } = testExchange();
    const inside: Exchange = Exchange.restore(exchange.snapshot(), () => inside.cancel(1, 1));
    expect(() => inside.advanceTo(clock('08:30'))).toThrow(AppError);
  });
});
