/** Any sequence of commands: against the slow exchange, with quantities conserved, and across snapshots. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exchange, type ExchangeEvent, type OrderChange, type OrderEntry } from '#shared/exchange/index.ts';
import type { OrderType, Side, TimeInForce } from '#shared/domain/index.ts';
import { isContinuous } from '#shared/time/index.ts';
import { listed, testExchange, type TestExchange } from '#test/support/exchange.ts';
import { SlowBook, type SlowTrade } from '#test/support/slow-exchange.ts';

/** Base 2,000: limits 1,400 and 2,600, and the tick changes at the base. */
const issue = listed({ code: '000001', basePrice: 2_000 });
const band = Array.from({ length: 21 }, (_, at) => (at < 10 ? 1_990 + at : 2_000 + (at - 10) * 5));
const asked = [...band, 1_400, 2_600];
const all = Array.from({ length: 600 + 121 }, (_, at) => (at < 600 ? 1_400 + at : 2_000 + (at - 600) * 5));

type Step =
  | {
      do: 'order';
      side: Side;
      type: OrderType;
      price: number;
      stop: number;
      quantity: number;
      time: TimeInForce;
      owner: number;
    }
  | { do: 'cancel'; pick: number; part: number }
  | { do: 'replace'; pick: number; part: number; price: number; type: OrderType | undefined }
  | { do: 'phase'; phase: 'openAuction' | 'continuous' | 'closeAuction' };

const TYPES: readonly OrderType[] = [
  'limit',
  'limit',
  'limit',
  'limit',
  'market',
  'mid',
  'bestOpposite',
  'bestSame',
  'stopLimit',
  'conditionalLimit',
];
const order = fc.record({
  do: fc.constant('order' as const),
  side: fc.constantFrom<Side>('buy', 'sell'),
  type: fc.constantFrom(...TYPES),
  price: fc.constantFrom(...asked),
  stop: fc.constantFrom(...band),
  quantity: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 900 }) },
  ),
  time: fc.constantFrom<TimeInForce>('day', 'day', 'day', 'ioc', 'fok'),
  owner: fc.integer({ min: 0, max: 2 }),
});
const cancel = fc.record({ do: fc.constant('cancel' as const), pick: fc.nat(99), part: fc.nat(3) });
const replace = fc.record({
  do: fc.constant('replace' as const),
  pick: fc.nat(99),
  part: fc.nat(3),
  price: fc.constantFrom(...asked),
  type: fc.constantFrom<OrderType | undefined>(undefined, undefined, 'limit', 'market', 'conditionalLimit', 'mid'),
});
const phase = fc.record({
  do: fc.constant('phase' as const),
  phase: fc.constantFrom('openAuction' as const, 'continuous' as const, 'closeAuction' as const),
});
const steps = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: order },
    { weight: 2, arbitrary: cancel },
    { weight: 2, arbitrary: replace },
    { weight: 1, arbitrary: phase },
  ),
  { maxLength: 60, size: 'max' },
);

const UNPRICED: ReadonlySet<OrderType> = new Set(['market', 'mid', 'bestOpposite', 'bestSame']);

function start(): TestExchange {
  const test = testExchange({ issues: [issue] });
  test.exchange.setPhase('continuous');
  return test;
}

/** The open orders of all owners by number. */
function openOrders(exchange: Exchange): ReturnType<Exchange['openOrders']> {
  return [0, 1, 2].flatMap((owner) => exchange.openOrders(owner)).sort((a, b) => a.orderNo - b.orderNo);
}

function play(exchange: Exchange, step: Step): void {
  if (step.do === 'phase') {
    exchange.setPhase(step.phase);
    return;
  }
  if (step.do === 'order') {
    const { owner, side, type, quantity, time: timeInForce, stop } = step;
    const price = UNPRICED.has(type) ? 0 : step.price;
    const entry: OrderEntry = { owner, code: issue.code, side, type, timeInForce, price, quantity };
    exchange.submit(type === 'stopLimit' ? { ...entry, stopPrice: stop } : entry);
    return;
  }
  const open = openOrders(exchange);
  const target = open[step.pick % Math.max(1, open.length)];
  if (!target) return;
  const part = step.part > 0 ? { quantity: Math.max(1, Math.floor(target.openQty / step.part)) } : {};
  if (step.do === 'cancel') exchange.cancel(target.owner, target.orderNo, part.quantity);
  else {
    const { type } = step;
    const change: OrderChange = {
      ...part,
      ...(type === 'market' ? {} : { price: step.price }),
      ...(type ? { type } : {}),
    };
    exchange.replace(target.owner, target.orderNo, change);
  }
}

/** Does to the slow book what the exchange said it accepted and withdrew, never what it said it traded. */
function follow(slow: SlowBook, events: readonly ExchangeEvent[], at: { from: string; to: string }): void {
  if (at.from !== at.to) {
    const auction = at.from === 'openAuction' || at.from === 'closeAuction';
    if (auction) slow.auction({ inside: 'above', sizeFirst: at.from === 'openAuction' ? 'lasting' : 'no' });
    if (at.to === 'closeAuction') {
      slow.voidMids();
      slow.convert();
    }
    slow.resume(at.to === 'continuous');
  }
  for (const event of events) {
    if (event.kind === 'canceled' && (event.cause === 'user' || event.cause === 'replaced'))
      slow.cancel(event.orderNo, event.quantity);
    if (event.kind !== 'accepted') continue;
    const { orderNo: no, side, type, price, stopPrice, quantity: open, timeInForce } = event;
    const kind = type === 'market' || type === 'mid' ? type : type === 'conditionalLimit' ? 'conditional' : 'limit';
    const time = timeInForce === 'gtp' ? 'day' : timeInForce;
    const stop = type === 'stopLimit' ? { stop: stopPrice } : {};
    const entry = { no, side, kind, price: price === 0 ? null : price, open, time, ...stop } as const;
    if (at.to === 'continuous') slow.submit(entry);
    else slow.collect(entry);
  }
}

const tradesOf = (events: readonly ExchangeEvent[]): SlowTrade[] =>
  events.flatMap((e) =>
    e.kind === 'trade' ? [{ price: e.price, quantity: e.quantity, buyNo: e.buyOrderNo, sellNo: e.sellOrderNo }] : [],
  );

describe('any sequence', () => {
  it('trades exactly as the slow exchange does, with every type of order', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (list) => {
        const { exchange, events } = start();
        const slow = new SlowBook(all, issue.basePrice);
        let told = 0;
        for (const step of list) {
          const from = exchange.phaseOf('KRX');
          play(exchange, step);
          follow(slow, events.slice(told), { from, to: exchange.phaseOf('KRX') });
          for (const event of events.slice(told)) seen.add(event.kind === 'canceled' ? event.cause : event.kind);
          told = events.length;
          const rests = [...slow.orders, ...slow.stops].map((o) => [o.no, o.open]);
          expect(openOrders(exchange).map((o) => [o.orderNo, o.openQty])).toEqual(
            rests.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
          );
          expect(tradesOf(events)).toEqual(slow.trades);
        }
      }),
      { numRuns: 1_000, seed: 20_261_126 },
    );
    expect([...seen].sort()).toEqual(
      [
        'accepted',
        'auction',
        'converted',
        'fok',
        'ioc',
        'phase',
        'rejected',
        'replaced',
        'trade',
        'triggered',
        'user',
        'void',
      ].sort(),
    );
  }, 120_000);

  it('never crosses in continuous trading, and every unit is accounted for', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { exchange, events } = start();
        for (const step of list) {
          play(exchange, step);
          const { bestBid, bestAsk, volume, value } = exchange.issue(issue.code);
          if (isContinuous(exchange.phaseOf('KRX')) && bestBid > 0 && bestAsk > 0)
            expect(bestBid).toBeLessThan(bestAsk);
          const fate = ledger(events);
          const open = openOrders(exchange);
          for (const o of open) expect(fate.get(o.orderNo)).toBe(o.openQty);
          const rest = [...fate.values()].reduce((a, b) => a + b, 0);
          expect(rest).toBe(open.reduce((total, o) => total + o.openQty, 0));
          const trades = events.filter((e) => e.kind === 'trade');
          expect(volume).toBe(trades.reduce((total, t) => total + t.quantity, 0));
          expect(value).toBe(trades.reduce((total, t) => total + t.quantity * t.price, 0));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('goes on alike from a snapshot taken anywhere, even one that was cloned', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const { exchange, events } = start();
        for (const step of before) play(exchange, step);
        const resumed: ExchangeEvent[] = [];
        const copy = Exchange.restore(structuredClone(exchange.snapshot()), (event) => resumed.push(event));
        expect(copy.hash()).toBe(exchange.hash());
        const from = events.length;
        for (const step of after) {
          play(exchange, step);
          play(copy, step);
        }
        expect(resumed).toEqual(events.slice(from));
        expect(copy.hash()).toBe(exchange.hash());
        expect(copy.snapshot()).toEqual(exchange.snapshot());
      }),
      { numRuns: 150 },
    );
  });
});

/** What remains open of each order, from the events alone; throws nothing, goes below zero if units were invented. */
function ledger(events: readonly ExchangeEvent[]): Map<number, number> {
  const open = new Map<number, number>();
  const less = (no: number, quantity: number): void => {
    const rest = (open.get(no) ?? 0) - quantity;
    expect(rest).toBeGreaterThanOrEqual(0);
    open.set(no, rest);
  };
  for (const event of events) {
    if (event.kind === 'accepted') open.set(event.orderNo, event.quantity);
    if (event.kind === 'canceled') less(event.orderNo, event.quantity);
    if (event.kind === 'trade') {
      less(event.buyOrderNo, event.quantity);
      less(event.sellOrderNo, event.quantity);
    }
  }
  return open;
}
