/** Any sequence of orders: against the naive book, with quantities conserved, and across snapshots. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Venue, type ExchangeEvent } from '#shared/exchange/index.ts';
import type { Side, TimeInForce } from '#shared/domain/index.ts';
import { NaiveBook, type NaiveTrade } from '#test/support/naive-exchange.ts';
import { listed, testVenue, type TestVenue } from '#test/support/exchange.ts';

/** Base 2,000: limits 1,400 and 2,600, and the tick changes at the base. */
const issue = listed({ code: '000001', basePrice: 2_000 });
const band = Array.from({ length: 21 }, (_, at) => (at < 10 ? 1_990 + at : 2_000 + (at - 10) * 5));
const all = Array.from({ length: 600 + 121 }, (_, at) => (at < 600 ? 1_400 + at : 2_000 + (at - 600) * 5));

type Step =
  | { readonly do: 'order'; side: Side; price: number | null; quantity: number; time: TimeInForce; owner: number }
  | { readonly do: 'cancel'; pick: number }
  | { readonly do: 'replace'; pick: number; price: number }
  | { readonly do: 'phase'; phase: 'continuous' | 'closeAuction' };

const order = fc.record({
  do: fc.constant('order' as const),
  side: fc.constantFrom<Side>('buy', 'sell'),
  price: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 7, arbitrary: fc.constantFrom(...band) }),
  quantity: fc.integer({ min: 1, max: 40 }),
  time: fc.constantFrom<TimeInForce>('day', 'day', 'day', 'ioc', 'fok'),
  owner: fc.integer({ min: 0, max: 2 }),
});
const cancel = fc.record({ do: fc.constant('cancel' as const), pick: fc.nat(99) });
const replace = fc.record({ do: fc.constant('replace' as const), pick: fc.nat(99), price: fc.constantFrom(...band) });
const phase = fc.record({
  do: fc.constant('phase' as const),
  phase: fc.constantFrom('continuous' as const, 'closeAuction' as const),
});
const steps = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: order },
    { weight: 3, arbitrary: cancel },
    { weight: 2, arbitrary: replace },
    { weight: 1, arbitrary: phase },
  ),
  { maxLength: 90 },
);

function start(): TestVenue {
  const test = testVenue({ issues: [issue] });
  test.venue.setPhase('continuous');
  return test;
}

/** The open orders of all owners by number. */
function openOrders(venue: Venue): ReturnType<Venue['openOrders']> {
  return [0, 1, 2].flatMap((owner) => venue.openOrders(owner)).sort((a, b) => a.orderNo - b.orderNo);
}

function play(venue: Venue, step: Step): void {
  if (step.do === 'phase') {
    venue.setPhase(step.phase);
    return;
  }
  if (step.do === 'order') {
    const { owner, side, price, quantity, time: timeInForce } = step;
    const type = price === null ? 'market' : 'limit';
    venue.submit({ owner, code: issue.code, side, type, timeInForce, price: price ?? 0, quantity });
    return;
  }
  const open = openOrders(venue);
  const target = open[step.pick % Math.max(1, open.length)];
  if (!target) return;
  if (step.do === 'cancel') venue.cancel(target.owner, target.orderNo);
  else venue.replace(target.owner, target.orderNo, step.price);
}

describe('any sequence', () => {
  it('trades exactly as the naive book does', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { venue, events } = start();
        const naive = new NaiveBook(all, issue.basePrice);
        let seen = 0;
        for (const step of list) {
          play(venue, step);
          // The naive book is driven by what the venue accepted and withdrew, never by its trades.
          for (const event of events.slice(seen)) drive(naive, event, venue.phase);
          seen = events.length;
          const open = openOrders(venue).map((o) => [o.orderNo, o.openQty]);
          const expected = naive.orders.map((o) => [o.no, o.open]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
          expect(open).toEqual(expected);
        }
        const trades = events.flatMap((e): NaiveTrade[] =>
          e.kind === 'trade'
            ? [{ price: e.price, quantity: e.quantity, buyNo: e.buyOrderNo, sellNo: e.sellOrderNo }]
            : [],
        );
        expect(trades).toEqual(naive.trades);
      }),
      { numRuns: 400 },
    );
  });

  it('never crosses in continuous trading, and every unit is accounted for', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { venue, events } = start();
        for (const step of list) {
          play(venue, step);
          const { bestBid, bestAsk, volume, value } = venue.issue(issue.code);
          if (venue.phase === 'continuous' && bestBid > 0 && bestAsk > 0) expect(bestBid).toBeLessThan(bestAsk);
          const books = (['buy', 'sell'] as const).map((side) => venue.totalQty(issue.code, side));
          const fate = ledger(events);
          for (const o of openOrders(venue)) expect(fate.get(o.orderNo)).toBe(o.openQty);
          const open = [...fate.values()].reduce((a, b) => a + b, 0);
          expect(open).toBe((books[0] ?? 0) + (books[1] ?? 0));
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
        const { venue, events } = start();
        for (const step of before) play(venue, step);
        const resumed: ExchangeEvent[] = [];
        const copy = Venue.restore(structuredClone(venue.snapshot()), (event) => resumed.push(event));
        expect(copy.hash()).toBe(venue.hash());
        const from = events.length;
        for (const step of after) {
          play(venue, step);
          play(copy, step);
        }
        expect(resumed).toEqual(events.slice(from));
        expect(copy.hash()).toBe(venue.hash());
        expect(copy.snapshot()).toEqual(venue.snapshot());
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

function drive(naive: NaiveBook, event: ExchangeEvent, phase: string): void {
  if (event.kind === 'phase' && event.previous === 'closeAuction') naive.auction();
  if (event.kind === 'canceled' && (event.cause === 'user' || event.cause === 'replaced')) naive.cancel(event.orderNo);
  if (event.kind !== 'accepted') return;
  const { orderNo: no, side, type, price, quantity, timeInForce } = event;
  const order = { no, side, price: type === 'market' ? null : price, open: quantity };
  if (phase === 'continuous') naive.submit(order, timeInForce);
  else naive.orders.push(order);
}
