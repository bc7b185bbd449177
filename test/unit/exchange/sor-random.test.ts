/** SOR over two venues: any sequence of limit orders against a plain reading of how it chooses and splits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Route, Side, TimeInForce, VenueName } from '#shared/domain/index.ts';
import { listed, testExchange } from '#test/support/exchange.ts';

const PRICES = Array.from({ length: 9 }, (_, at) => 69_900 + at * 100);
/** Where two prices are equal: NXT's taker pays less (0.00182 % against 0.0023 %). */
const CHEAPER: VenueName = 'NXT';

interface Resting {
  readonly no: number;
  readonly side: Side;
  readonly price: number;
  readonly venue: VenueName;
  open: number;
}

interface Sent {
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  readonly route: Route;
  readonly time: TimeInForce;
}

const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');

/** Two venues as one list of orders in the order in which they came. */
class SlowVenues {
  orders: Resting[] = [];
  readonly trades: [venue: VenueName, price: number, quantity: number, buy: number, sell: number][] = [];

  send(no: number, sent: Sent): void {
    const { side, price, quantity, route, time } = sent;
    const reach = this.#reached(sent);
    const total = reach.reduce((sum, order) => sum + order.open, 0);
    let left = quantity;
    if (time !== 'fok' || total >= quantity) {
      for (const rest of reach) {
        const fill = Math.min(left, rest.open);
        if (fill === 0) break;
        rest.open -= fill;
        left -= fill;
        const [buy, sell] = side === 'buy' ? [no, rest.no] : [rest.no, no];
        this.trades.push([rest.venue, rest.price, fill, buy, sell]);
      }
    }
    this.orders = this.orders.filter((order) => order.open > 0);
    if (left > 0 && time === 'day')
      this.orders.push({ no, side, price, venue: route === 'NXT' ? 'NXT' : 'KRX', open: left });
  }

  /** What an order meets: the better price first, then the cheaper venue, then the earlier. */
  #reached({ side, price, route }: Sent): Resting[] {
    const meets = (order: Resting): boolean =>
      order.side === opposite(side) &&
      (route === 'SOR' || order.venue === route) &&
      (side === 'buy' ? order.price <= price : order.price >= price);
    const rank = (order: Resting): number => (side === 'buy' ? order.price : -order.price);
    const dear = (order: Resting): number => (route === 'SOR' && order.venue !== CHEAPER ? 1 : 0);
    return this.orders.filter(meets).sort((a, b) => rank(a) - rank(b) || dear(a) - dear(b));
  }
}

const sent = fc.record({
  side: fc.constantFrom<Side>('buy', 'sell'),
  price: fc.constantFrom(...PRICES),
  quantity: fc.integer({ min: 1, max: 30 }),
  route: fc.constantFrom<Route>('KRX', 'NXT', 'SOR', 'SOR'),
  time: fc.constantFrom<TimeInForce>('day', 'day', 'day', 'ioc', 'fok'),
});

describe('SOR', () => {
  it('takes level by level from the better venue, then the cheaper, and lets the rest wait on KRX', () => {
    let split = 0;
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 50, size: 'max' }), (list) => {
        const { exchange, order, of } = testExchange({ issues: [listed({ nxt: true })], nxt: true });
        exchange.setPhase('continuous');
        exchange.setPhase('continuous', 'NXT');
        const slow = new SlowVenues();
        for (const [at, { time, ...part }] of list.entries()) {
          const before = slow.trades.length;
          expect(order({ ...part, timeInForce: time })).toBe(at + 1);
          slow.send(at + 1, { ...part, time });
          if (new Set(slow.trades.slice(before).map(([venue]) => venue)).size > 1) split += 1;
          const trades = of('trade').map((t) => [t.venue, t.price, t.quantity, t.buyOrderNo, t.sellOrderNo]);
          expect(trades).toEqual(slow.trades);
          const rests = exchange.openOrders(1).map((open) => [open.orderNo, open.venue, open.openQty]);
          expect(rests).toEqual(
            slow.orders.map(({ no, venue, open }) => [no, venue, open]).sort((a, b) => Number(a[0]) - Number(b[0])),
          );
        }
      }),
      { numRuns: 400, seed: 20_261_126 },
    );
    expect(split).toBeGreaterThan(100);
  }, 60_000);
});
