/** Snapshots of a day in which everything happens: the restored exchange goes on byte for byte. */
import { describe, expect, it } from 'vitest';
import { Exchange, type ExchangeEvent, type OrderEntry } from '#shared/exchange/index.ts';
import type { OrderType, Route, TimeInForce } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { clock, listed, testExchange, type TestExchange } from '#test/support/exchange.ts';

const TYPES: readonly OrderType[] = [
  'limit',
  'limit',
  'limit',
  'limit',
  'market',
  'conditionalLimit',
  'bestOpposite',
  'bestSame',
  'mid',
  'stopLimit',
  'preClose',
  'postClose',
];

/** Small prices and a narrow spread, so that stops, mids and VIs are near. */
const issues = [
  listed({ code: '000001', basePrice: 3_000, listedShares: 1_000_000_000, viClass: 'kospi200', nxt: true }),
  listed({
    code: '000002',
    basePrice: 9_000,
    listedShares: 500_000_000,
    market: 'KOSDAQ',
    viClass: 'general',
    nxt: true,
  }),
  listed({ code: '000003', basePrice: 1_500, singlePrice: 'overheated' }),
  listed({ code: '000004', basePrice: 5_000, firstPrice: { lower: 2_500, upper: 10_000, reason: '재상장' } }),
];

function busy(seed: number): TestExchange {
  return testExchange({ issues, nxt: true, vi: true, breakers: true, seed });
}

function entryOf(exchange: Exchange, rng: Rng): OrderEntry {
  const { code, basePrice } = rng.pick(issues);
  const tick = basePrice < 2_000 ? 1 : basePrice < 5_000 ? 5 : 10;
  const { last } = exchange.issue(code);
  const around = Math.floor((last > 0 ? last : basePrice) / tick) * tick;
  const type = rng.pick(TYPES);
  const priced = type === 'limit' || type === 'conditionalLimit' || type === 'stopLimit';
  const price = priced ? around + (rng.int(25) - 12) * tick : 0;
  const timeInForce: TimeInForce = rng.chance(0.15) ? rng.pick<TimeInForce>(['ioc', 'fok', 'gtp']) : 'day';
  const route: Route = rng.chance(0.4) ? rng.pick<Route>(['NXT', 'SOR']) : 'KRX';
  return {
    owner: 1 + rng.int(3),
    code,
    side: rng.chance(0.5) ? 'buy' : 'sell',
    type,
    timeInForce,
    price,
    quantity: 1 + rng.int(40),
    route,
    session: exchange.now > clock('16:00') && route === 'KRX' ? 'after' : 'regular',
    program: rng.chance(0.2),
    ...(type === 'stopLimit' ? { stopPrice: around + (rng.int(9) - 4) * tick } : {}),
  };
}

/** One random thing to do; both exchanges of a pair draw the same. */
function act(exchange: Exchange, rng: Rng): void {
  const dice = rng.int(100);
  const owner = 1 + rng.int(3);
  const open = exchange.openOrders(owner);
  const target = open[rng.int(Math.max(1, open.length))];
  if (dice < 72 || !target) exchange.submit(entryOf(exchange, rng));
  else if (dice < 82) exchange.cancel(owner, target.orderNo, rng.chance(0.5) ? 1 + rng.int(target.openQty) : undefined);
  else if (dice < 92)
    exchange.replace(owner, target.orderNo, { price: target.price + 10, quantity: 1 + rng.int(target.openQty) });
  else if (dice < 94) exchange.halt({ code: target.code, note: '시험', until: epochMs(exchange.now + 300_000) });
  else if (dice < 96) exchange.resume({ code: target.code, auctionMs: 60_000 });
  else if (dice < 98) exchange.setFutures({ index: 'KOSPI200', changePpm: (rng.int(3) - 1) * 55_000 });
  else exchange.setIndex({ market: rng.pick(['KOSPI', 'KOSDAQ'] as const), changePpm: -rng.int(120_000) });
}

function play(exchange: Exchange, rng: Rng, steps: number): void {
  for (let step = 0; step < steps; step += 1) {
    if (rng.chance(0.3)) exchange.advanceTo(epochMs(Math.min(clock('20:10'), exchange.now + rng.int(120_000))));
    act(exchange, rng);
  }
}

describe('a snapshot', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))('taken anywhere in day %d continues exactly', (seed) => {
    const { exchange, events } = busy(seed);
    const rng = Rng.from(seed, 'busy day');
    for (let part = 0; part < 12; part += 1) {
      play(exchange, rng, 200);
      const resumed: ExchangeEvent[] = [];
      const copy = Exchange.restore(structuredClone(exchange.snapshot()), (event) => resumed.push(event));
      expect(copy.snapshot()).toEqual(exchange.snapshot());
      const [mine, its] = [rng.fork('next'), rng.fork('next')];
      const from = events.length;
      play(exchange, mine, 150);
      play(copy, its, 150);
      expect(resumed).toEqual(events.slice(from));
      expect(copy.hash()).toBe(exchange.hash());
      expect(copy.snapshot()).toEqual(exchange.snapshot());
    }
  });

  it('the days are busy enough to mean something', () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 12; seed += 1) {
      const { exchange, events } = busy(seed);
      play(exchange, Rng.from(seed, 'busy day'), 3_000);
      for (const event of events) seen.set(event.kind, (seen.get(event.kind) ?? 0) + 1);
    }
    for (const kind of [
      'accepted',
      'rejected',
      'trade',
      'canceled',
      'auction',
      'phase',
      'vi',
      'circuitBreaker',
      'sidecar',
      'triggered',
      'converted',
      'base',
      'close',
    ]) {
      expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(3);
    }
  });

  it('units are conserved whatever happens', () => {
    for (let seed = 20; seed < 26; seed += 1) {
      const { exchange, events } = busy(seed);
      play(exchange, Rng.from(seed, 'busy day'), 3_000);
      const open = new Map<number, number>();
      const less = (no: number, quantity: number): void => void open.set(no, (open.get(no) ?? 0) - quantity);
      for (const event of events) {
        if (event.kind === 'accepted') open.set(event.orderNo, event.quantity);
        if (event.kind === 'canceled') less(event.orderNo, event.quantity);
        if (event.kind === 'trade') {
          less(event.buyOrderNo, event.quantity);
          less(event.sellOrderNo, event.quantity);
        }
      }
      for (const [no, units] of open) {
        expect(units, `order ${no}`).toBeGreaterThanOrEqual(0);
        expect(exchange.order(no)?.openQty ?? 0, `order ${no}`).toBe(units);
      }
    }
  });

  it('the same seed and the same inputs give the same day, another seed another', () => {
    const day = (seed: number): string => {
      const { exchange } = busy(seed);
      play(exchange, Rng.from(7, 'busy day'), 1_500);
      return exchange.hash();
    };
    expect(day(1)).toBe(day(1));
    expect(day(1)).not.toBe(day(2));
  });

  it('at the end of the day nothing is open', () => {
    const { exchange } = busy(99);
    play(exchange, Rng.from(99, 'busy day'), 2_000);
    exchange.advanceTo(clock('20:30'));
    expect([1, 2, 3].flatMap((owner) => exchange.openOrders(owner))).toEqual([]);
  });
});
