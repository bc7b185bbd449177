/** Volatility interruptions: what triggers them, what they do to the order and the auction, and who is exempt. */
import { describe, expect, it } from 'vitest';
import {
  clock,
  continuous,
  listed,
  testExchange,
  type TestExchange,
  type TestOptions,
} from '#test/support/exchange.ts';

const LATE_MS = 30_000;
const kospi200 = listed({ viClass: 'kospi200' });

/** Base 70,300: dynamic 3 % at 72,409 → 72,500 and 68,191 → 68,100; static 10 % at 77,330 → 77,400 and 63,270 → 63,200. */
function trading(options: TestOptions = {}): TestExchange {
  const test = continuous({ vi: true, issues: [kospi200], ...options });
  test.news();
  return test;
}

describe('a dynamic VI', () => {
  it('stops the sweep before the price that would trigger; the rest waits in a two-minute auction', () => {
    const { exchange, order, news } = trading();
    order({ side: 'sell', price: 72_400, quantity: 5 });
    order({ side: 'sell', price: 72_500, quantity: 5 });
    news();
    order({ price: 73_000, quantity: 8 });
    expect(news()).toEqual([
      'accepted 3',
      'trade 5@72400 3x1 buy',
      'vi dynamic up 70300 > 72500',
      '005930 continuous > viAuction vi',
    ]);
    expect(exchange.phase('005930')).toBe('viAuction');
    expect(exchange.phaseOf('KRX')).toBe('continuous');
    expect(exchange.issue('005930').interruption).toEqual({
      kind: 'viDynamic',
      level: null,
      sinceTs: clock('09:00:30'),
      untilTs: clock('09:02:30'),
      reference: 70_300,
      price: 72_500,
      note: '',
    });
    expect(exchange.order(3)).toMatchObject({ openQty: 3 });
    expect(exchange.expected('005930')).toEqual({ price: 72_500, qty: 3 });
    exchange.advanceTo(clock('09:02:29'));
    expect(news()).toEqual([]);
    exchange.advanceTo(clock('09:03'));
    expect(news()).toEqual(['trade 3@72500 3x2 auction', 'auction 3@72500', '005930 viAuction > continuous vi']);
    expect(exchange.issue('005930')).toMatchObject({ interruption: null, last: 72_500 });
  });

  it('ends 0 to 30 seconds late, by a stream of its own', () => {
    const ends = Array.from({ length: 40 }, (_, seed) => {
      const { exchange, order, of } = trading({ seed });
      order({ side: 'sell', price: 72_500 });
      order({ price: 72_500 });
      exchange.advanceTo(clock('09:03:00'));
      return (of('phase').at(-1)?.ts ?? 0) - clock('09:02:30');
    });
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ends)).toBeLessThanOrEqual(LATE_MS);
    expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(15_000);
  });

  it('is measured from the last trade when the order came, not from what it trades on its way', () => {
    const { order, news } = trading();
    for (const price of [71_000, 72_000, 72_400, 72_500]) order({ side: 'sell', price });
    news();
    order({ price: 72_500, quantity: 4 });
    expect(news().slice(1, 5)).toEqual([
      'trade 1@71000 5x1 buy',
      'trade 1@72000 5x2 buy',
      'trade 1@72400 5x3 buy',
      'vi dynamic up 70300 > 72500',
    ]);
    const later = trading();
    later.order({ side: 'sell', price: 72_000 });
    later.order({ price: 72_000 });
    later.order({ side: 'sell', price: 74_100 });
    later.news();
    later.order({ price: 74_100 });
    // 3 % over 72,000 is 74,160.
    expect(later.news()).toEqual(['accepted 4', 'trade 1@74100 4x3 buy']);
  });

  it('goes down as well, exactly at the threshold', () => {
    const { order, news } = trading();
    order({ price: 68_200 });
    order({ price: 68_100 });
    news();
    order({ side: 'sell', price: 68_100, quantity: 2 });
    expect(news().slice(1)).toEqual([
      'trade 1@68200 1x3 sell',
      'vi dynamic down 70300 > 68100',
      '005930 continuous > viAuction vi',
    ]);
  });

  it('an IOC rest dies, a FOK counts only what trades before the trigger and triggers nothing', () => {
    const { exchange, order, news } = trading();
    order({ side: 'sell', price: 72_400, quantity: 5 });
    order({ side: 'sell', price: 72_500, quantity: 5 });
    news();
    order({ price: 72_500, quantity: 8, timeInForce: 'fok' });
    expect(news()).toEqual(['accepted 3', 'canceled 3 8 fok']);
    expect(exchange.phase('005930')).toBe('continuous');
    order({ price: 72_500, quantity: 5, timeInForce: 'fok' });
    expect(news()).toEqual(['accepted 4', 'trade 5@72400 4x1 buy']);
    order({ price: 74_800, quantity: 1, side: 'sell' });
    order({ type: 'market', quantity: 9, timeInForce: 'ioc' });
    expect(news().slice(1)).toEqual([
      'accepted 6',
      'trade 5@72500 6x2 buy',
      'vi dynamic up 72400 > 74800',
      '005930 continuous > viAuction vi',
      'canceled 6 4 ioc',
    ]);
  });

  it('6 % for other issues and for an issue of unknown class', () => {
    for (const viClass of ['general', 'unknown'] as const) {
      const { order, news } = trading({ issues: [listed({ viClass })] });
      order({ side: 'sell', price: 74_500 });
      order({ side: 'sell', price: 74_600, quantity: 2 });
      news();
      order({ price: 74_600, quantity: 2 });
      expect(news().slice(1, 3)).toEqual(['trade 1@74500 3x1 buy', 'vi dynamic up 70300 > 74600']);
    }
  });

  it('its own price triggers none, and the next is measured from it', () => {
    const { exchange, order, news } = trading();
    order({ side: 'sell', price: 72_500 });
    order({ price: 72_500 });
    order({ side: 'sell', price: 76_000, quantity: 5 });
    order({ price: 76_000, quantity: 5 });
    news();
    exchange.advanceTo(clock('09:03'));
    expect(news()).toEqual([
      'trade 1@76000 4x1 auction',
      'trade 4@76000 4x3 auction',
      'auction 5@76000',
      '005930 viAuction > continuous vi',
    ]);
    // 3 % over 76,000 is 78,280.
    expect(exchange.issue('005930')).toMatchObject({ viUp: 78_300 });
  });
});

describe('a static VI', () => {
  it('is measured from the last call-auction price of the day', () => {
    const { exchange, order, news } = testExchange({ vi: true, issues: [listed({ viClass: 'general' })] });
    exchange.advanceTo(clock('08:40'));
    order({ price: 73_000 });
    order({ side: 'sell', price: 73_000 });
    exchange.advanceTo(clock('09:00:30'));
    expect(exchange.issue('005930')).toMatchObject({ viUp: 77_400, viDown: 68_600 });
    // In steps below 6 %, up to 10 % over 73,000 = 80,300.
    for (const price of [76_000, 80_200]) {
      order({ side: 'sell', price });
      order({ price });
    }
    news();
    order({ side: 'sell', price: 80_300 });
    order({ price: 80_300 });
    expect(news().slice(2)).toEqual(['vi static up 73000 > 80300', '005930 continuous > viAuction vi']);
    exchange.advanceTo(clock('09:04'));
    // The auction's price is the new reference: 80,300 × 1.1 = 88,330.
    order({ side: 'sell', price: 85_000 });
    order({ price: 85_000 });
    order({ side: 'sell', price: 88_300 });
    order({ price: 88_300 });
    expect(exchange.issue('005930').last).toBe(88_300);
  });

  it('before the first auction price it is measured from the base', () => {
    const { exchange, order, news } = trading({ issues: [listed({ viClass: 'general' })] });
    for (const price of [74_000, 77_300]) {
      order({ side: 'sell', price });
      order({ price });
    }
    expect(exchange.issue('005930').last).toBe(77_300);
    news();
    order({ side: 'sell', price: 77_400 });
    order({ price: 77_400 });
    expect(news()[2]).toBe('vi static up 70300 > 77400');
  });
});

describe('auctions', () => {
  it('an opening price 10 % off the base extends the opening auction by two minutes, once', () => {
    const { exchange, order, news } = testExchange({ vi: true, issues: [kospi200] });
    exchange.advanceTo(clock('08:40'));
    order({ price: 78_000, quantity: 5 });
    order({ side: 'sell', price: 78_000, quantity: 5 });
    news();
    exchange.advanceTo(clock('09:00:30'));
    expect(news()).toEqual([
      'vi static up 70300 > 78000',
      '005930 openAuction > openAuction extension',
      'openAuction > continuous',
    ]);
    expect(exchange.issue('005930').interruption).toMatchObject({ kind: 'extension', price: 78_000 });
    expect(exchange.phase('005930')).toBe('openAuction');
    expect(order({ price: 70_000, timeInForce: 'ioc' })).toBe('TYPE');
    expect(order({ price: 70_000 })).toBe(3);
    news();
    exchange.advanceTo(clock('09:03:01'));
    expect(news()).toEqual([
      'trade 5@78000 1x2 auction',
      'auction 5@78000',
      '005930 openAuction > continuous extension',
    ]);
  });

  it('the opening knows no dynamic VI', () => {
    const { exchange, order } = testExchange({ vi: true, issues: [kospi200] });
    exchange.advanceTo(clock('08:40'));
    order({ price: 77_000 });
    order({ side: 'sell', price: 77_000 });
    exchange.advanceTo(clock('09:00:30'));
    expect(exchange.issue('005930')).toMatchObject({ phase: 'continuous', last: 77_000 });
  });

  it.each([
    ['2 % of a KOSPI 200 stock', 'kospi200', false, 71_700, 71_800],
    ['4 % of another', 'general', false, 73_100, 73_200],
    ['1 % of an underlying on the last day of derivatives', 'kospi200', true, 71_000, 71_100],
    ['4 % of another then too', 'general', true, 73_100, 73_200],
  ] as const)('the close: %s', (_, viClass, derivativesExpiry, calm, extended) => {
    for (const [price, extends_] of [
      [calm, false],
      [extended, true],
    ] as const) {
      const { exchange, order, news } = trading({ issues: [listed({ viClass })], derivativesExpiry });
      exchange.advanceTo(clock('15:25'));
      order({ price });
      order({ side: 'sell', price });
      news();
      exchange.advanceTo(clock('15:30:30'));
      const told = news();
      expect(told[0]).toBe(extends_ ? `vi dynamic up 70300 > ${price}` : `trade 1@${price} 1x2 auction`);
      exchange.advanceTo(clock('15:33:30'));
      expect(exchange.issue('005930')).toMatchObject({ close: price, phase: 'postClose', interruption: null });
    }
  });

  it('orders of an extended close end with it, not before', () => {
    const { exchange, order, news } = trading();
    exchange.advanceTo(clock('15:25'));
    order({ price: 72_000, quantity: 3 });
    order({ side: 'sell', price: 72_000, quantity: 2 });
    news();
    exchange.advanceTo(clock('15:31'));
    expect(news()).toEqual([
      'vi dynamic up 70300 > 72000',
      '005930 closeAuction > closeAuction extension',
      'closeAuction > postClose',
    ]);
    expect(order({ side: 'sell', price: 72_100 })).toBe(3);
    expect(order({ type: 'postClose' })).toBe('TYPE_HOURS');
    news();
    exchange.advanceTo(clock('15:33:30'));
    expect(news()).toEqual([
      'trade 2@72000 1x2 auction',
      'auction 2@72000',
      'close 72000',
      'canceled 1 1 expired',
      'canceled 3 1 expired',
      '005930 closeAuction > postClose extension',
    ]);
    expect(order({ type: 'postClose' })).toBe(4);
  });

  it('one that runs at 15:20 merges into the closing auction', () => {
    const { exchange, order, news } = trading();
    exchange.advanceTo(clock('15:19'));
    order({ side: 'sell', price: 72_500 });
    order({ price: 72_500 });
    news();
    exchange.advanceTo(clock('15:25'));
    expect(news()).toEqual(['continuous > closeAuction']);
    expect(exchange.issue('005930')).toMatchObject({ phase: 'closeAuction', interruption: null });
    expect(exchange.totalQty('005930', 'buy')).toBe(1);
  });
});

describe('exempt are', () => {
  it('new listings, issues of single prices, liquidations, and every issue where VI is off', () => {
    const issues = [
      listed({ code: '000001', newListing: true, limits: { upper: 200_000, lower: 40_000, reason: '' } }),
      listed({ code: '000002', viClass: 'kospi200' }),
    ];
    const { exchange } = trading({ issues });
    expect(exchange.issue('000001')).toMatchObject({ viUp: 0, viDown: 0 });
    expect(exchange.issue('000002')).toMatchObject({ viUp: 72_500, viDown: 68_100 });
    expect(trading({ vi: false }).exchange.issue('005930').viUp).toBe(0);
  });

  it.each([
    ['KOSPI', 104],
    ['KOSDAQ', 106],
  ] as const)('moves below 1,000 won within the exempt ticks of %s', (market, up) => {
    const issues = [listed({ market, basePrice: 100, viClass: 'general' })];
    // Static 10 % is nearer than nothing: 110; dynamic 6 % would be 106.
    const { exchange } = trading({ issues });
    expect(exchange.issue('005930').viUp).toBe(Math.max(106, up));
    const cheap = trading({ issues: [listed({ market, basePrice: 30, viClass: 'general' })] });
    expect(cheap.exchange.issue('005930').viUp).toBe(market === 'KOSPI' ? 34 : 36);
  });
});

describe('a VI and the orders that wait', () => {
  it('a stop order it triggers enters the auction', () => {
    const { exchange, order, news } = trading();
    order({ type: 'stopLimit', stopPrice: 72_000, price: 72_300 });
    order({ side: 'sell', price: 72_000 });
    order({ side: 'sell', price: 72_500 });
    news();
    order({ price: 72_500, quantity: 2 });
    expect(news()).toEqual([
      'accepted 4',
      'trade 1@72000 4x2 buy',
      'vi dynamic up 70300 > 72500',
      '005930 continuous > viAuction vi',
      'triggered 1 at 72000',
    ]);
    expect(exchange.order(1)).toMatchObject({ type: 'limit', price: 72_300, openQty: 1 });
  });

  it('the after-market and NXT have VIs since 2026-09-14', () => {
    const { exchange, order, news } = trading({ nxt: true, issues: [listed({ viClass: 'kospi200', nxt: true })] });
    order({ route: 'NXT', side: 'sell', price: 72_500 });
    order({ route: 'NXT', price: 72_500 });
    expect(news().slice(2)).toEqual(['vi dynamic up 70300 > 72500 NXT', '005930 continuous > viAuction vi NXT']);
    expect(exchange.phase('005930')).toBe('continuous');
    exchange.advanceTo(clock('16:30'));
    news();
    order({ session: 'after', side: 'sell', price: 72_500 });
    order({ session: 'after', price: 72_500 });
    expect(news().slice(2)).toEqual(['vi dynamic up 70300 > 72500', '005930 afterMarket > viAuction vi']);
    exchange.advanceTo(clock('16:33'));
    expect(news().map((text) => text.replace(/^trade.*/, 'trade'))).toEqual([
      'trade',
      'auction 1@72500',
      '005930 viAuction > afterMarket vi',
    ]);
    // An auction of the after-market makes no high and no close.
    expect(exchange.issue('005930')).toMatchObject({ last: 72_500, open: 0, high: 0, close: 0 });
  });
});
