/** What the exchange refuses and why, in the order in which it looks. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { clock, continuous, line, listed, testExchange } from '#test/support/exchange.ts';

describe('refusals', () => {
  it.each([
    ['08:10', 'SESSION'],
    ['15:45', 'TYPE_HOURS'],
    ['16:30', 'TYPE_HOURS'],
    ['20:00', 'SESSION'],
  ])('at %s a plain limit order is refused: %s', (time, reason) => {
    const { exchange, order } = testExchange();
    exchange.advanceTo(clock(time));
    expect(order({})).toBe(reason);
  });

  it.each(['ioc', 'fok'] as const)('%s is refused while orders are collected', (timeInForce) => {
    const { exchange, order } = testExchange();
    for (const time of ['08:45', '15:25']) {
      exchange.advanceTo(clock(time));
      expect(order({ timeInForce })).toBe('TYPE');
      expect(order({ timeInForce, type: 'market' })).toBe('TYPE');
    }
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_001])('quantity %d', (quantity) => {
    expect(continuous().order({ quantity })).toBe('QUANTITY');
  });

  it('a quantity that is no multiple of the trading unit', () => {
    const { order } = continuous({ issues: [listed({ lotSize: 10 })] });
    expect(order({ quantity: 15 })).toBe('QUANTITY');
    expect(order({ quantity: 20 })).toBe(1);
  });

  it.each([70_350, 70_301, 0, -100, 70_300.5, Number.NaN])('price %d is off tick', (price) => {
    expect(continuous().order({ price })).toBe('TICK');
  });

  it('prices outside the limits; the limits themselves are taken', () => {
    const { order } = continuous();
    expect(order({ price: 91_400 })).toBe('LIMIT');
    expect(order({ price: 49_250 })).toBe('LIMIT');
    expect(order({ price: 91_300 })).toBe(1);
    expect(order({ price: 49_300 })).toBe(2);
  });

  it('a market order with a price', () => {
    expect(continuous().order({ type: 'market', price: 70_300 })).toBe('PRICE');
  });

  it('more than one order may carry', () => {
    const { order } = continuous({ issues: [listed({ listedShares: 5_969_782_550 })] });
    expect(order({ quantity: 1_422_475 })).toBe(1);
    expect(order({ quantity: 1_422_476 })).toBe('QUANTITY_CAP');
  });

  it('looks at type, quantity, tick, limit and cap in this order', () => {
    const { exchange, order } = testExchange({ issues: [listed({ listedShares: 1_000_000 })] });
    exchange.advanceTo(clock('08:45'));
    const wrong = { timeInForce: 'ioc', quantity: 0, price: 1_000_001 } as const;
    expect(order(wrong)).toBe('TYPE');
    expect(order({ ...wrong, timeInForce: 'day' })).toBe('QUANTITY');
    expect(order({ ...wrong, timeInForce: 'day', quantity: 900_000 })).toBe('TICK');
    expect(order({ price: 1_000_000, quantity: 900_000 })).toBe('LIMIT');
    expect(order({ price: 70_300, quantity: 900_000 })).toBe('QUANTITY_CAP');
  });

  it('an unknown issue, an unknown order, another’s order', () => {
    const { exchange, order, events } = continuous();
    expect(order({ code: '999999' })).toBe('UNKNOWN_ISSUE');
    expect(order({})).toBe(1);
    expect(exchange.cancel(1, 7)).toEqual({ reason: 'UNKNOWN_ORDER' });
    expect(exchange.cancel(2, 1)).toEqual({ reason: 'UNKNOWN_ORDER' });
    expect(exchange.replace(2, 1, { price: 70_000 })).toEqual({ reason: 'UNKNOWN_ORDER' });
    expect(events.map(line).filter((text) => text.startsWith('rejected'))).toHaveLength(4);
    expect(() => exchange.issue('999999')).toThrow(AppError);
  });

  it('market orders before the first price of a new listing', () => {
    const { exchange, order } = testExchange({ issues: [listed({ basePrice: 10_000, newListing: true })] });
    expect(exchange.issue('005930')).toMatchObject({ upperLimit: 40_000, lowerLimit: 6_000 });
    exchange.advanceTo(clock('08:45'));
    expect(order({ type: 'market' })).toBe('MARKET_BANNED');
    order({ side: 'buy', price: 40_000, quantity: 2 });
    order({ side: 'sell', price: 30_000, quantity: 1 });
    exchange.advanceTo(clock('09:01'));
    expect(order({ type: 'market', side: 'sell' })).toBe(3);
  });

  it('more open orders than the exchange can hold', () => {
    const { exchange, order } = continuous({ maxOpenOrders: 2 });
    expect([order({}), order({}), order({})]).toEqual([1, 2, 'FULL']);
    exchange.cancel(1, 2);
    expect(order({})).toBe(3);
  });

  it('in a halted issue only cancels', () => {
    const { exchange, order } = continuous({ issues: [listed({ halted: true })] });
    expect(order({})).toBe('HALTED');
    exchange.setPhase('halted');
    expect(order({ code: '005930' })).toBe('HALTED');
    const other = continuous();
    other.order({});
    other.exchange.setPhase('halted');
    expect(other.order({})).toBe('HALTED');
    expect(other.exchange.replace(1, 1, { price: 70_000 })).toEqual({ reason: 'HALTED' });
    expect(other.exchange.cancel(1, 1)).toEqual({ quantity: 1 });
  });
});
