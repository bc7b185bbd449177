/** The foreign exchange: hours and crosses, lots and odd lots, refusals, and the same matching as at home. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OverseasExchange,
  type OverseasEntry,
  type OverseasEvent,
  type OverseasOptions,
} from '#shared/exchange/index.ts';
import { localInstant, type OverseasExchangeCode } from '#shared/market/index.ts';
import { sessionDate, timeOfDayMs } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-24');

class Stand {
  readonly events: OverseasEvent[] = [];
  readonly exchange: OverseasExchange;
  readonly #code: string;

  constructor(
    exchange: OverseasExchangeCode,
    basePrice: number,
    over: Partial<OverseasOptions['issues'][number]> = {},
    date = DATE,
  ) {
    this.#code = 'X';
    const issues = [{ code: 'X', basePrice, ...over }];
    this.exchange = new OverseasExchange({ exchange, date, issues }, (event) => this.events.push(event));
  }

  at(time: string): void {
    this.exchange.advanceTo(localInstant(this.exchange.exchange, this.exchange.date, timeOfDayMs(time)));
  }

  order(side: 'buy' | 'sell', price: number, quantity: number, over: Partial<OverseasEntry> = {}): number {
    const result = this.exchange.submit({ owner: 1, code: this.#code, side, price, quantity, ...over });
    if ('reason' in result) throw new Error(result.reason);
    return result.orderNo;
  }

  refusal(side: 'buy' | 'sell', price: number, quantity: number, over: Partial<OverseasEntry> = {}): string {
    const result = this.exchange.submit({ owner: 1, code: this.#code, side, price, quantity, ...over });
    return 'reason' in result ? result.reason : 'taken';
  }

  trades(): (number | null | string)[][] {
    return this.events.flatMap((e) => (e.kind === 'trade' ? [[e.price, e.quantity, e.aggressor]] : []));
  }
}

describe('New York', () => {
  it('takes orders from 04:00 to 20:00 by its own clock, and lets the rest go', () => {
    const stand = new Stand('NASD', 2_700_000);
    expect(stand.refusal('buy', 2_700_000, 1)).toBe('SESSION');
    stand.at('04:00');
    stand.order('buy', 2_700_000, 1);
    stand.at('20:00');
    expect(stand.refusal('buy', 2_700_000, 1)).toBe('SESSION');
    expect(stand.events.at(-2)).toMatchObject({ kind: 'canceled', cause: 'expired', quantity: 1 });
    expect(stand.events.filter(({ kind }) => kind === 'phase')).toMatchObject([
      { phase: 'preMarket', previous: 'preOpen' },
      { phase: 'continuous' },
      { phase: 'afterMarket' },
      { phase: 'closed' },
    ]);
  });

  it('crosses MOO and LOO with what waits at 09:30, and lets their rest go', () => {
    const stand = new Stand('NASD', 2_700_000);
    stand.at('09:00');
    stand.order('sell', 2_705_000, 30);
    stand.order('buy', 2_704_000, 10, { orderCode: '32', owner: 2 });
    stand.order('buy', 2_706_000, 20, { orderCode: '32', owner: 2 });
    const moo = stand.order('sell', 0, 15, { orderCode: '31', owner: 3 });
    expect(stand.trades()).toEqual([]);
    stand.at('09:30');
    // At 270.40 the market sale and nothing dearer would meet 30; at 270.50 20 meet 45.
    expect(stand.trades().reduce((sum, [, quantity]) => sum + Number(quantity), 0)).toBe(20);
    expect(new Set(stand.trades().map(([price]) => price))).toEqual(new Set([2_705_000]));
    const filled = stand.events.filter((e) => e.kind === 'trade' && e.sellOrderNo === moo);
    expect(filled).toMatchObject([{ quantity: 15, aggressor: null }]);
    expect(stand.events.filter(({ kind }) => kind === 'canceled')).toMatchObject([
      { owner: 2, quantity: 10, cause: 'expired' },
    ]);
    expect(stand.exchange.depth({ code: 'X', side: 'sell', levels: 5 })).toEqual([{ price: 2_705_000, qty: 25 }]);
  });

  it('crosses MOC and LOC at the close', () => {
    const stand = new Stand('NYSE', 1_000_000);
    stand.at('15:00');
    stand.order('buy', 1_000_000, 5, { orderCode: '34' });
    stand.order('sell', 0, 5, { orderCode: '33', owner: 2 });
    stand.at('15:59');
    expect(stand.trades()).toEqual([]);
    stand.at('16:00');
    expect(stand.trades()).toEqual([[1_000_000, 5, null]]);
  });

  it('knows who may use which code and until when', () => {
    const stand = new Stand('NASD', 2_700_000);
    stand.at('09:00');
    expect(stand.refusal('buy', 0, 1, { orderCode: '31' })).toBe('VENUE_TYPE');
    expect(stand.refusal('sell', 0, 1, { orderCode: '50' })).toBe('VENUE_TYPE');
    expect(stand.refusal('sell', 2_700_000, 1, { orderCode: '31' })).toBe('PRICE');
    stand.at('09:28');
    expect(stand.refusal('buy', 2_700_000, 1, { orderCode: '32' })).toBe('TYPE_HOURS');
    stand.at('15:50');
    expect(stand.refusal('buy', 2_700_000, 1, { orderCode: '34' })).toBe('TYPE_HOURS');
  });

  it('stays shut on Thanksgiving', () => {
    const stand = new Stand('NASD', 2_700_000, {}, sessionDate('2026-11-26'));
    stand.at('10:00');
    expect([stand.exchange.phase, stand.refusal('buy', 2_700_000, 1)]).toEqual(['closed', 'SESSION']);
  });

  it('ticks below a dollar are finer', () => {
    const stand = new Stand('NASD', 9_950);
    stand.at('10:00');
    expect(stand.refusal('buy', 10_050, 1)).toBe('TICK');
    stand.order('buy', 9_999, 1);
    stand.order('sell', 9_999, 1);
    expect(stand.trades()).toEqual([[9_999, 1, 'sell']]);
  });
});

describe('Asia', () => {
  it('Hong Kong: board lots, and odd lots apart that make no price', () => {
    const stand = new Stand('SEHK', 385_200, { lotSize: 500 });
    stand.at('10:00');
    expect(stand.refusal('buy', 385_200, 100)).toBe('QUANTITY');
    stand.order('buy', 385_200, 500);
    const odd = stand.order('sell', 385_000, 120, { orderCode: '50' });
    expect(stand.trades()).toEqual([]);
    expect(stand.exchange.depth({ code: 'X', side: 'sell', levels: 5, odd: true })).toEqual([
      { price: 385_000, qty: 120 },
    ]);
    expect(stand.refusal('sell', 385_000, 500, { orderCode: '50' })).toBe('QUANTITY');
    expect(stand.refusal('buy', 385_200, 120, { orderCode: '50' })).toBe('VENUE_TYPE');
    expect(stand.exchange.cancel(1, odd)).toEqual({ quantity: 120 });
    stand.at('12:30');
    expect(stand.refusal('buy', 385_200, 500)).toBe('SESSION');
    stand.at('13:00');
    stand.order('sell', 385_200, 500);
    expect(stand.exchange.issue('X')).toMatchObject({ last: 385_200, volume: 500 });
  });

  it('Tokyo: yen limits, hundreds, the wider tick behind 1,000 yen', () => {
    const stand = new Stand('TKSE', 9_990, { segment: 'topix500' });
    stand.at('10:00');
    expect(stand.exchange.issue('X')).toMatchObject({ upperLimit: 11_490, lowerLimit: 8_490 });
    expect(stand.refusal('buy', 11_495, 100)).toBe('LIMIT');
    expect(stand.refusal('buy', 10_002, 100)).toBe('TICK');
    expect(stand.refusal('buy', 10_000, 150)).toBe('QUANTITY');
    expect(stand.refusal('sell', 10_000, 100, { orderCode: '31' })).toBe('VENUE_TYPE');
    stand.order('buy', 10_000, 100);
    stand.order('buy', 10_005, 100);
    expect(stand.exchange.depth({ code: 'X', side: 'buy', levels: 5 })).toEqual([
      { price: 10_005, qty: 100 },
      { price: 10_000, qty: 100 },
    ]);
  });

  it('Tokyo opens by auction, morning and afternoon, and closes by one', () => {
    const stand = new Stand('TKSE', 25_000);
    stand.at('08:30');
    stand.order('buy', 25_500, 300);
    stand.order('sell', 24_500, 200);
    expect(stand.exchange.expected('X')).toEqual({ price: 25_500, qty: 200 });
    stand.at('09:00');
    expect(stand.trades()).toEqual([[25_500, 200, null]]);
    stand.at('12:10');
    stand.order('sell', 25_000, 100);
    stand.at('12:30');
    stand.at('15:26');
    stand.order('buy', 25_000, 100);
    stand.order('sell', 25_000, 100);
    stand.at('15:30');
    expect(stand.trades().map(([, quantity]) => quantity)).toEqual([200, 100, 100]);
    expect(stand.events.filter((e) => e.kind === 'auction').map((e) => 'phase' in e && e.phase)).toEqual([
      'openAuction',
      'reopenAuction',
      'closeAuction',
    ]);
  });

  it('Shanghai: bought in hundreds, sold in any number; STAR from 200', () => {
    const main = new Stand('SHAA', 10_000);
    main.at('10:00');
    expect(main.refusal('buy', 10_000, 50)).toBe('QUANTITY');
    expect(main.refusal('sell', 10_000, 50)).toBe('taken');
    const rest = main.order('buy', 10_000, 100);
    // A rest of 50 may still change its price.
    expect(main.exchange.replace(1, rest, { price: 9_990 })).toMatchObject({ orderNo: 3 });
    const star = new Stand('SHAA', 10_000, { segment: 'star' });
    star.at('10:00');
    expect(star.refusal('buy', 10_000, 199)).toBe('QUANTITY');
    expect(star.refusal('buy', 10_000, 201)).toBe('taken');
  });

  it('Ho Chi Minh: 7 %, and odd lots below 100 apart', () => {
    const stand = new Stand('VNSE', 25_000);
    stand.at('09:20');
    expect(stand.refusal('buy', 26_800, 100)).toBe('LIMIT');
    expect(stand.refusal('buy', 25_000, 150)).toBe('QUANTITY');
    stand.order('sell', 25_000, 100);
    stand.order('buy', 25_000, 30);
    expect(stand.trades()).toEqual([]);
    stand.order('sell', 25_000, 30);
    expect(stand.trades()).toEqual([[25_000, 30, 'sell']]);
    expect(stand.exchange.issue('X').last).toBe(0);
  });
});

describe('orders', () => {
  it('are refused where they are unknown, repeated or not mine', () => {
    const stand = new Stand('NASD', 2_700_000);
    stand.at('10:00');
    const no = stand.order('buy', 2_700_000, 5);
    expect(stand.exchange.cancel(2, no)).toEqual({ reason: 'UNKNOWN_ORDER' });
    expect(stand.exchange.cancel(1, 99)).toEqual({ reason: 'UNKNOWN_ORDER' });
    expect(stand.exchange.replace(1, no, { price: 2_700_000 })).toEqual({ reason: 'SAME_PRICE' });
    expect(stand.exchange.replace(1, no, { price: 2_700_050 })).toEqual({ reason: 'TICK' });
    expect(stand.refusal('buy', 2_700_000, 5, { code: 'Y' })).toBe('UNKNOWN_ISSUE');
    expect(stand.refusal('buy', 2_700_000, 0.5)).toBe('QUANTITY');
    expect(stand.refusal('buy', 7_700_100, 5)).toBe('LIMIT');
    expect(stand.refusal('buy', 7_700_000, 5)).toBe('taken');
    expect(stand.exchange.replace(1, no, { price: 2_700_100 })).toEqual({ orderNo: 3 });
    expect(stand.exchange.openOrders(1)).toMatchObject([{ orderNo: 2 }, { orderNo: 3, openQty: 5, price: 2_700_100 }]);
  });

  it('fill the book no further than its limit, orders that wait for a cross included', () => {
    const issues = [{ code: 'X', basePrice: 2_700_000 }];
    const exchange = new OverseasExchange({ exchange: 'NASD', date: DATE, issues, maxOpenOrders: 2 }, () => undefined);
    exchange.advanceTo(localInstant('NASD', DATE, timeOfDayMs('09:00')));
    const entry = { owner: 1, code: 'X', side: 'buy', price: 2_700_000, quantity: 1 } as const;
    exchange.submit({ ...entry, orderCode: '32' });
    exchange.submit({ ...entry, orderCode: '34' });
    expect(exchange.submit(entry)).toEqual({ reason: 'FULL' });
  });

  it('a clock does not go back, and an issue off tick is not listed', () => {
    const stand = new Stand('NASD', 2_700_000);
    stand.at('10:00');
    expect(() => stand.at('09:00')).toThrow('INTERNAL_BUG');
    expect(() => new Stand('NASD', 2_700_050)).toThrow(RangeError);
  });
});

describe('properties', () => {
  const acts = fc.record({
    act: fc.constantFrom('order', 'order', 'order', 'cancel', 'replace', 'advance'),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    steps: fc.integer({ min: -20, max: 20 }),
    quantity: fc.integer({ min: 1, max: 50 }),
    orderCode: fc.constantFrom(
      '00' as const,
      '00' as const,
      '31' as const,
      '32' as const,
      '33' as const,
      '34' as const,
    ),
    pick: fc.nat(40),
    minutes: fc.nat(40),
  });

  function play(steps: readonly (typeof acts extends fc.Arbitrary<infer T> ? T : never)[]): Stand {
    const stand = new Stand('NASD', 2_700_000);
    stand.at('09:00');
    let minute = 9 * 60;
    for (const s of steps) {
      const price = s.orderCode === '31' || s.orderCode === '33' ? 0 : 2_700_000 + s.steps * 100;
      if (s.act === 'order') stand.refusal(s.side, price, s.quantity, { orderCode: s.orderCode });
      else if (s.act === 'cancel') stand.exchange.cancel(1, s.pick);
      else if (s.act === 'replace') stand.exchange.replace(1, s.pick, { price });
      else {
        minute = Math.min(minute + s.minutes, 20 * 60);
        stand.at(`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
      }
    }
    return stand;
  }

  it('every unit is filled, canceled or open; the book never stands crossed; the same inputs give the same events', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 80 }), (steps) => {
        const stand = play(steps);
        const { exchange, events } = stand;
        const [bid, ask] = [exchange.issue('X').bestBid, exchange.issue('X').bestAsk];
        if (bid > 0 && ask > 0) expect(bid).toBeLessThan(ask);
        const left = new Map<number, number>();
        const move = (orderNo: number, by: number): void => void left.set(orderNo, (left.get(orderNo) ?? 0) + by);
        for (const e of events) {
          if (e.kind === 'accepted') move(e.orderNo, e.quantity);
          if (e.kind === 'canceled') move(e.orderNo, 0 - e.quantity);
          if (e.kind === 'trade') for (const no of [e.buyOrderNo, e.sellOrderNo]) move(no, 0 - e.quantity);
        }
        const open = new Map(exchange.openOrders(1).map(({ orderNo, openQty }) => [orderNo, openQty]));
        for (const [orderNo, units] of left) expect(units).toBe(open.get(orderNo) ?? 0);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
        expect(play(steps).exchange.hash()).toBe(exchange.hash());
      }),
      { numRuns: 60 },
    );
  });
});
