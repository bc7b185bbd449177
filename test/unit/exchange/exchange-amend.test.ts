/** Changes and cancels: what keeps its place in the queue, what loses it, and what is refused. */
import { describe, expect, it } from 'vitest';
import { clock, continuous, listed, type TestExchange } from '#test/support/exchange.ts';

/** Three buys in one queue: 1, 2, 3. */
function queued(): TestExchange {
  const test = continuous();
  for (const quantity of [10, 10, 10]) test.order({ price: 70_000, quantity });
  test.news();
  return test;
}

const sold = (test: TestExchange, quantity: number): string[] => {
  test.news();
  test.order({ side: 'sell', price: 69_000, quantity });
  return test.news('accepted');
};

describe('a partial change', () => {
  it('gives the changed part a new number and the last place; the other part keeps its own', () => {
    const test = queued();
    expect(test.exchange.replace(1, 1, { price: 70_100, quantity: 4 })).toEqual({ orderNo: 4 });
    expect(test.news()).toEqual(['canceled 1 4 replaced', 'accepted 4 for 1']);
    expect(test.exchange.order(1)).toMatchObject({ openQty: 6, price: 70_000 });
    expect(sold(test, 12)).toEqual(['trade 4@70100 4x5 sell', 'trade 6@70000 1x5 sell', 'trade 2@70000 2x5 sell']);
  });

  it('of the whole rest is a whole change', () => {
    const { exchange, news } = queued();
    exchange.replace(1, 1, { price: 70_100, quantity: 10 });
    expect(news()).toEqual(['canceled 1 10 replaced', 'accepted 4 for 1']);
    expect(exchange.order(1)).toBeUndefined();
  });

  it('of more than the rest, of nothing, or of half a unit is refused', () => {
    const { exchange } = queued();
    expect(exchange.replace(1, 1, { price: 70_100, quantity: 11 })).toEqual({ reason: 'AMEND_QUANTITY' });
    expect(exchange.replace(1, 1, { price: 70_100, quantity: 0 })).toEqual({ reason: 'QUANTITY' });
    expect(exchange.replace(1, 1, { price: 70_100, quantity: 1.5 })).toEqual({ reason: 'QUANTITY' });
    expect(exchange.replace(1, 1, { quantity: 5 })).toEqual({ reason: 'SAME_PRICE' });
    expect(exchange.replace(1, 1, {})).toEqual({ reason: 'SAME_PRICE' });
  });
});

describe('a partial cancel', () => {
  it('keeps the place of the rest', () => {
    const test = queued();
    expect(test.exchange.cancel(1, 1, 7)).toEqual({ quantity: 7 });
    expect(test.news()).toEqual(['canceled 1 7 user']);
    expect(test.exchange.depth({ code: '005930', side: 'buy', levels: 1 })).toEqual([{ price: 70_000, qty: 23 }]);
    expect(sold(test, 4)).toEqual(['trade 3@70000 1x4 sell', 'trade 1@70000 2x4 sell']);
  });

  it('of all is a cancel; of more, of nothing, or of broken lots it is refused', () => {
    const { exchange, order } = continuous({ issues: [listed({ lotSize: 10 })] });
    order({ price: 70_000, quantity: 50 });
    expect(exchange.cancel(1, 1, 60)).toEqual({ reason: 'AMEND_QUANTITY' });
    expect(exchange.cancel(1, 1, 5)).toEqual({ reason: 'QUANTITY' });
    expect(exchange.cancel(1, 1, 0)).toEqual({ reason: 'QUANTITY' });
    expect(exchange.cancel(1, 1, 50)).toEqual({ quantity: 50 });
    expect(exchange.order(1)).toBeUndefined();
  });
});

describe('a change of type', () => {
  it('limit to market and to conditional, market to limit, conditional to limit', () => {
    const { exchange, news } = queued();
    expect(exchange.replace(1, 1, { type: 'market', price: 0 })).toEqual({ orderNo: 4 });
    expect(exchange.order(4)).toMatchObject({ type: 'market', price: 0 });
    expect(exchange.replace(1, 2, { type: 'conditionalLimit', price: 70_000 })).toEqual({ orderNo: 5 });
    expect(exchange.replace(1, 5, { type: 'limit', price: 70_000 })).toEqual({ orderNo: 6 });
    expect(exchange.replace(1, 4, { price: 69_900 })).toEqual({ orderNo: 7 });
    expect(exchange.order(7)).toMatchObject({ type: 'limit', price: 69_900 });
    expect(news().filter((text) => text.startsWith('accepted'))).toEqual([
      'accepted 4 for 1',
      'accepted 5 for 2',
      'accepted 6 for 5',
      'accepted 7 for 4',
    ]);
  });

  it('never to or from mid-price and stop-limit', () => {
    const { exchange, order } = queued();
    order({ side: 'sell', price: 71_000 });
    const stop = order({ type: 'stopLimit', stopPrice: 72_000, price: 72_000 }) as number;
    const mid = order({ type: 'mid' }) as number;
    expect(exchange.replace(1, 1, { type: 'mid', price: 0 })).toEqual({ reason: 'AMEND_TYPE' });
    expect(exchange.replace(1, 1, { type: 'stopLimit', price: 70_000 })).toEqual({ reason: 'AMEND_TYPE' });
    expect(exchange.replace(1, stop, { type: 'limit', price: 70_000 })).toEqual({ reason: 'AMEND_TYPE' });
    expect(exchange.replace(1, mid, { type: 'limit', price: 70_000 })).toEqual({ reason: 'AMEND_TYPE' });
    expect(exchange.replace(1, mid, { quantity: 1 })).toEqual({ reason: 'SAME_PRICE' });
  });

  it('the price of a stop order may change; its stop stays', () => {
    const { exchange, order } = queued();
    order({ type: 'stopLimit', stopPrice: 72_000, price: 72_000, quantity: 5 });
    expect(exchange.replace(1, 4, { price: 72_500, quantity: 2 })).toEqual({ orderNo: 5 });
    expect(exchange.order(5)).toMatchObject({ type: 'stopLimit', stopPrice: 72_000, price: 72_500, openQty: 2 });
    expect(exchange.order(4)).toMatchObject({ openQty: 3, price: 72_000 });
    expect(exchange.cancel(1, 4, 1)).toEqual({ quantity: 1 });
    expect(exchange.order(4)).toMatchObject({ openQty: 2 });
  });

  it('a best order must change its price', () => {
    const { exchange, order } = queued();
    order({ type: 'bestSame', quantity: 5 });
    expect(exchange.replace(1, 4, {})).toEqual({ reason: 'SAME_PRICE' });
    expect(exchange.replace(1, 4, { price: 70_000 })).toEqual({ reason: 'SAME_PRICE' });
    expect(exchange.replace(1, 4, { price: 70_100 })).toEqual({ orderNo: 5 });
    expect(exchange.order(5)).toMatchObject({ type: 'limit', price: 70_100 });
  });

  it('is refused where the new type is not valid now', () => {
    const { exchange } = queued();
    exchange.advanceTo(clock('15:25'));
    expect(exchange.replace(1, 1, { type: 'bestOpposite' })).toEqual({ reason: 'TYPE' });
    expect(exchange.replace(1, 1, { type: 'conditionalLimit', price: 70_100 })).toEqual({ reason: 'TYPE' });
    expect(exchange.replace(1, 1, { type: 'market', price: 0 })).toEqual({ orderNo: 4 });
  });
});

it('a full exchange still changes an order as a whole', () => {
  const { exchange, order } = continuous({ maxOpenOrders: 2 });
  order({ price: 70_000, quantity: 5 });
  order({ price: 70_100 });
  expect(order({})).toBe('FULL');
  expect(exchange.replace(1, 1, { price: 69_900, quantity: 2 })).toEqual({ reason: 'FULL' });
  expect(exchange.replace(1, 1, { price: 69_900 })).toEqual({ orderNo: 3 });
});
