/** Halts and resumptions of one issue, on both venues, and what they do at the edges of the day. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import {
  clock,
  continuous,
  listed,
  testExchange,
  type TestExchange,
  type TestOptions,
} from '#test/support/exchange.ts';

function trading(options: TestOptions = {}): TestExchange {
  const test = continuous({ nxt: true, ...options });
  test.news();
  return test;
}

describe('a halted issue', () => {
  it('takes only cancels, on both venues at once', () => {
    const { exchange, order, news } = trading();
    order({ price: 70_000, quantity: 5 });
    order({ price: 70_000, quantity: 5, route: 'NXT' });
    news();
    exchange.halt({ code: '005930', note: '조회공시 요구', until: clock('10:00') });
    expect(news()).toEqual(['005930 continuous > halted halt', '005930 continuous > halted halt NXT']);
    for (const route of ['KRX', 'NXT', 'SOR'] as const) expect(order({ route })).toBe('HALTED');
    expect(exchange.replace(1, 1, { price: 70_100 })).toEqual({ reason: 'HALTED' });
    expect(exchange.cancel(1, 1)).toEqual({ quantity: 5 });
    expect(exchange.issue('005930')).toMatchObject({
      halted: true,
      interruption: { kind: 'halt', untilTs: clock('10:00'), note: '조회공시 요구' },
    });
    expect(exchange.issue('005930', 'NXT').interruption).toMatchObject({ kind: 'halt', note: '조회공시 요구' });
  });

  it('reopens by an auction at the given instant, NXT half a minute after KRX', () => {
    const { exchange, order, news } = trading();
    order({ price: 70_000, quantity: 5 });
    exchange.halt({ code: '005930', note: '', until: clock('10:00') });
    news();
    exchange.advanceTo(clock('10:00'));
    expect(news()).toEqual(['005930 halted > reopenAuction reopening']);
    expect(order({ side: 'sell', price: 69_900, quantity: 5 })).toBe(2);
    expect(order({ route: 'NXT' })).toBe('HALTED');
    news();
    exchange.advanceTo(clock('10:11:01'));
    expect(news()).toEqual([
      'trade 5@70000 1x2 auction',
      'auction 5@70000',
      '005930 reopenAuction > continuous reopening',
      '005930 halted > reopenAuction reopening NXT',
      'auction 0@0 NXT',
      '005930 reopenAuction > continuous reopening NXT',
    ]);
  });

  it('collects until the close when it reopens in the last twenty minutes', () => {
    const { exchange, order, news } = trading();
    exchange.halt({ code: '005930', note: '', until: clock('15:12') });
    exchange.advanceTo(clock('15:12'));
    expect(exchange.issue('005930').interruption).toMatchObject({ kind: 'reopening', untilTs: clock('15:30') });
    order({ price: 70_000, quantity: 5 });
    order({ side: 'sell', price: 69_900, quantity: 5 });
    news();
    exchange.advanceTo(clock('15:29:59'));
    expect(exchange.phase('005930')).toBe('closeAuction');
    expect(news().filter((line) => line.startsWith('trade'))).toEqual([]);
    exchange.advanceTo(clock('15:30:31'));
    expect(exchange.issue('005930')).toMatchObject({ last: 70_000, close: 70_000 });
  });

  it('can be let go by hand, with an auction of another length', () => {
    const { exchange, news } = trading();
    exchange.halt({ code: '005930', note: '' });
    exchange.advanceTo(clock('11:00'));
    news();
    exchange.resume({ code: '005930', auctionMs: 60_000 });
    expect(exchange.issue('005930').interruption).toMatchObject({ kind: 'reopening', untilTs: clock('11:01') });
    exchange.advanceTo(clock('11:02'));
    expect(exchange.phase('005930')).toBe('continuous');
    expect(exchange.phase('005930', 'NXT')).toBe('continuous');
    exchange.resume({ code: '005930' });
    expect(exchange.phase('005930')).toBe('continuous');
  });

  it('has no VI at its reopening', () => {
    const { exchange, order } = trading({ vi: true, issues: [listed({ viClass: 'kospi200' })] });
    exchange.halt({ code: '005930', note: '' });
    exchange.resume({ code: '005930', auctionMs: 60_000 });
    order({ price: 85_000 });
    order({ side: 'sell', price: 85_000 });
    exchange.advanceTo(clock('09:03'));
    expect(exchange.issue('005930')).toMatchObject({ phase: 'continuous', last: 85_000, viUp: 87_600 });
  });

  it('joins an auction or a pause that is on when it is let go', () => {
    const { exchange, order } = trading();
    order({ type: 'conditionalLimit', price: 70_000 });
    exchange.halt({ code: '005930', note: '' });
    exchange.advanceTo(clock('15:22'));
    expect(exchange.phase('005930')).toBe('halted');
    exchange.resume({ code: '005930' });
    expect(exchange.phase('005930')).toBe('closeAuction');
    expect(exchange.phase('005930', 'NXT')).toBe('break');
    expect(exchange.order(1)).toMatchObject({ type: 'market' });
    expect(order({ price: 70_000 })).toBe(2);
  });

  it('still ends its orders with the regular session, and trades nothing until the evening', () => {
    const { exchange, order, news } = trading();
    order({ price: 70_000, quantity: 5 });
    exchange.halt({ code: '005930', note: '' });
    news();
    exchange.advanceTo(clock('15:31'));
    expect(news()).toContain('canceled 1 5 expired');
    exchange.advanceTo(clock('16:30'));
    expect(order({ session: 'after' })).toBe('HALTED');
    exchange.advanceTo(clock('20:00'));
    expect(exchange.issue('005930')).toMatchObject({ phase: 'closed', interruption: null });
  });

  it('from the start of the day, until it is let go', () => {
    const { exchange, order } = testExchange({ issues: [listed({ halted: true }), listed({ code: '000660' })] });
    exchange.advanceTo(clock('09:10'));
    expect(order({})).toBe('HALTED');
    expect(order({ code: '000660' })).toBe(1);
    exchange.resume({ code: '005930' });
    expect(exchange.phase('005930')).toBe('reopenAuction');
    expect(order({})).toBe(2);
  });

  it('a VI under way is over, and the reopening is timed anew', () => {
    const { exchange, order, news } = trading({ vi: true, issues: [listed({ viClass: 'kospi200' })] });
    order({ side: 'sell', price: 72_500 });
    order({ price: 72_500 });
    exchange.halt({ code: '005930', note: '' });
    news();
    exchange.advanceTo(clock('09:10'));
    expect(news()).toEqual([]);
    expect(exchange.phase('005930')).toBe('halted');
  });

  it('an unknown code is a mistake of the caller', () => {
    const { exchange } = trading();
    expect(() => exchange.halt({ code: '999999', note: '' })).toThrow(AppError);
    expect(() => exchange.resume({ code: '999999' })).toThrow(AppError);
  });
});

describe('size first', () => {
  it('a reopening price at the limit is dealt out by size, 100 units first, then half of the rest', () => {
    const { exchange, order, of } = trading();
    exchange.halt({ code: '005930', note: '' });
    exchange.resume({ code: '005930', auctionMs: 60_000 });
    order({ price: 91_300, quantity: 150 });
    order({ price: 91_300, quantity: 500 });
    order({ price: 91_300, quantity: 300 });
    order({ side: 'sell', price: 80_000, quantity: 620 });
    exchange.advanceTo(clock('09:03'));
    const got = new Map<number, number>();
    for (const { buyOrderNo, quantity } of of('trade')) got.set(buyOrderNo, (got.get(buyOrderNo) ?? 0) + quantity);
    // 100 each = 300; then half of 400 and half of 200 = 300 to the larger two; 20 of the 25 of the smallest.
    expect([...got].sort((a, b) => a[0] - b[0])).toEqual([
      [1, 120],
      [2, 300],
      [3, 200],
    ]);
  });

  it('not at the close, not after a VI', () => {
    const { exchange, order, of } = trading();
    exchange.advanceTo(clock('15:25'));
    order({ price: 91_300, quantity: 150 });
    order({ price: 91_300, quantity: 500 });
    order({ side: 'sell', price: 80_000, quantity: 300 });
    exchange.advanceTo(clock('15:31'));
    expect(of('trade').map(({ buyOrderNo, quantity }) => [buyOrderNo, quantity])).toEqual([
      [1, 150],
      [2, 150],
    ]);
  });
});
