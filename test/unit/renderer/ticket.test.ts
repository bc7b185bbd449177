/** The ticket reads fields into an order and moves prices by ticks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instrument } from '#shared/domain/index.ts';
import { isOnTick } from '#shared/market/index.ts';
import { stepPrice, tableOf } from '../../../renderer/client/price-steps.ts';
import { readDraft, shareOfMost } from '../../../renderer/panels/order-ticket/parts/draft-order.ts';

const OF = { accountId: 'a', instrumentId: 'KRX:005930', route: 'KRX', session: 'regular' } as const;
const draft = {
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  priceText: '55,700',
  stopText: '',
  quantityText: '150',
  credit: null,
  mode: 'now',
} as const;
const samsung = { market: 'KOSPI', priceScale: 0 } as Instrument;
const table = tableOf(samsung, '2025-02-11')!;

describe('reading the draft', () => {
  it('makes an order of complete fields', () => {
    expect(readDraft(draft, OF).order).toEqual({
      ...OF,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      price: 55_700,
      stopPrice: null,
      quantity: 150,
    });
    expect(readDraft({ ...draft, priceText: '5만' }, OF).price).toBe(50_000);
  });

  it('gives a market order no price, whatever stands in the field', () => {
    expect(readDraft({ ...draft, type: 'market' }, OF).order?.price).toBeNull();
  });

  it.each(['bestOpposite', 'bestSame', 'mid', 'preClose', 'postClose'] as const)('gives %s no price either', (type) => {
    expect(readDraft({ ...draft, type, priceText: '' }, OF).order).toMatchObject({
      type,
      price: null,
      stopPrice: null,
    });
  });

  it('gives only a stop-limit order a stop price, and needs it there', () => {
    expect(readDraft({ ...draft, stopText: '56,000' }, OF).order?.stopPrice).toBeNull();
    expect(readDraft({ ...draft, type: 'stopLimit', stopText: '' }, OF).order).toBeNull();
    expect(readDraft({ ...draft, type: 'stopLimit', stopText: '56,000' }, OF).order).toMatchObject({
      price: 55_700,
      stopPrice: 56_000,
    });
  });

  it('carries the route and the market it is meant for', () => {
    const order = readDraft(draft, { ...OF, route: 'SOR', session: 'after' }).order;
    expect(order).toMatchObject({ route: 'SOR', session: 'after' });
  });

  it.each([
    { priceText: '' },
    { priceText: '0' },
    { priceText: '55.7' },
    { quantityText: '' },
    { quantityText: '0' },
    { quantityText: '-5' },
    { quantityText: '1.5' },
    { quantityText: '99,999,999,999' },
  ])('makes none of %j', (change) => {
    expect(readDraft({ ...draft, ...change }, OF).order).toBeNull();
  });

  it('makes none without an account', () => {
    expect(readDraft(draft, { ...OF, accountId: null }).order).toBeNull();
  });
});

describe('steps', () => {
  it('knows no table for a day or an issue that is not known', () => {
    expect(tableOf(undefined, '2025-02-11')).toBeNull();
    expect(tableOf(samsung, undefined)).toBeNull();
    expect(tableOf(samsung, '1800-01-01')).toBeNull();
  });

  it('moves by the tick, and by the next tick where the band changes', () => {
    expect(stepPrice(table, 55_700, 1)).toBe(55_800);
    expect(stepPrice(table, 55_700, -2)).toBe(55_500);
    expect(stepPrice(table, 49_950, 1)).toBe(50_000);
    expect(stepPrice(table, 50_000, 1)).toBe(50_100);
    expect(stepPrice(table, 50_000, -1)).toBe(49_950);
  });

  it('brings a price off the table onto it first', () => {
    expect(stepPrice(table, 55_555, 1)).toBe(55_600);
    expect(stepPrice(table, 55_555, -1)).toBe(55_500);
    expect(stepPrice(table, 1, -3)).toBe(1);
  });

  it('only ever names valid prices, and back is where it came from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1_000_000 }), fc.integer({ min: 1, max: 30 }), (from, steps) => {
        const up = stepPrice(table, from, steps);
        expect(isOnTick(table, up)).toBe(true);
        expect(up).toBeGreaterThan(from);
        if (isOnTick(table, from)) expect(stepPrice(table, up, -steps)).toBe(from);
      }),
    );
  });

  it('takes shares in whole lots', () => {
    expect(shareOfMost(237, 50, 1)).toBe(118);
    expect(shareOfMost(237, 100, 10)).toBe(230);
    expect(shareOfMost(3, 10, 1)).toBe(0);
  });
});
