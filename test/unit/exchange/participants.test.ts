/** The synthetic market: always quoted, never crossed, the same for the same seed however it is sliced. */
import { describe, expect, it } from 'vitest';
import { Exchange, SyntheticMarket, type ListedIssue } from '#shared/exchange/index.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import { stage as open, stageAt as at, type Stage } from '#test/support/synthetic-stage.ts';

const USER = 1;

/** Issues of every size and price band, a few of them on KONEX. */
function issuesOf(count: number): ListedIssue[] {
  const prices = [880, 1_999, 4_500, 12_340, 33_350, 71_000, 187_500, 445_000, 1_174_000];
  return Array.from({ length: count }, (_, i) => ({
    code: `T${String(i).padStart(5, '0')}`,
    market: i % 10 === 9 ? ('KONEX' as const) : i % 2 === 0 ? ('KOSPI' as const) : ('KOSDAQ' as const),
    basePrice: prices[i % prices.length] ?? 1_000,
    lotSize: 1,
    listedShares: i % 17 === 16 ? null : 2_000_000 * (1 + (i % 13) * (i % 13) * 40),
  }));
}

function stage(issues: readonly ListedIssue[], seed = 3): Stage {
  return open(issues, { seed, exchange: { breakers: false } });
}

describe('synthetic market', () => {
  it('plays a whole day: quoted ten deep, never crossed, inside the limits, nothing refused', () => {
    const issues = issuesOf(10);
    const { exchange, market, trades, of } = stage(issues);
    market.advanceTo(at('09:01'));
    for (let ts: number = at('09:01'); ts < at('15:20'); ts += 10 * 60_000) {
      market.advanceTo(epochMs(ts));
      for (const { code } of issues) {
        const bids = exchange.depth({ code, side: 'buy', levels: 10 });
        const asks = exchange.depth({ code, side: 'sell', levels: 10 });
        expect([code, bids.length, asks.length]).toEqual([code, 10, 10]);
        expect(bids[0]?.price).toBeLessThan(asks[0]?.price ?? 0);
      }
    }
    market.advanceTo(at('16:00'));
    expect(of('rejected')).toEqual([]);
    for (const { code, market: board } of issues) {
      const { volume, open, high, low, last, upperLimit, lowerLimit } = exchange.issue(code);
      expect(volume).toBeGreaterThan(0);
      expect(high).toBeLessThanOrEqual(upperLimit);
      expect(low).toBeGreaterThanOrEqual(lowerLimit);
      expect(high).toBeGreaterThanOrEqual(Math.max(open, last));
      // Lively: the busiest board trades every few seconds, the quietest every few minutes.
      expect(trades.filter((t) => t.code === code).length).toBeGreaterThan(board === 'KONEX' ? 20 : 150);
    }
    expect(new Set(trades.filter((t) => t.aggressor === null).map((t) => t.code)).size).toBe(issues.length);
  }, 60_000);

  it('stays calm over many seeds: day ranges of a few percent, moves with a common part', () => {
    const issues = issuesOf(6).filter((issue) => issue.market !== 'KONEX');
    const squares: number[] = [];
    for (let seed = 1; seed <= 3; seed += 1) {
      const { exchange, market } = stage(issues, seed);
      market.advanceTo(at('15:31'));
      for (const { code, basePrice } of issues) {
        const { last, high, low } = exchange.issue(code);
        squares.push((last / basePrice - 1) ** 2);
        expect(high / low).toBeLessThan(1.25);
      }
    }
    const rms = Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
    expect(rms).toBeGreaterThan(0.012);
    expect(rms).toBeLessThan(0.045);
  }, 60_000);

  it('gives the same events for the same seed, and others for another', () => {
    const run = (seed: number): string => {
      const { exchange, market } = stage(issuesOf(20), seed);
      market.advanceTo(at('09:20'));
      return exchange.hash();
    };
    expect(run(5)).toBe(run(5));
    expect(run(6)).not.toBe(run(5));
  });

  it('does not depend on how the clock is cut, with orders of a user in it', () => {
    const run = (cutMs: number): string => {
      const issues = issuesOf(20);
      const { exchange, market } = stage(issues);
      const when = at('09:05:00.123');
      const to = (ts: EpochMs): void => {
        for (let next = exchange.now + cutMs; next < ts; next += cutMs) market.advanceTo(epochMs(next));
        market.advanceTo(ts);
      };
      to(when);
      const code = issues[4]?.code ?? '';
      exchange.submit({
        owner: USER,
        code,
        side: 'buy',
        type: 'market',
        timeInForce: 'day',
        price: 0,
        quantity: 5_000,
      });
      to(at('09:15'));
      return exchange.hash();
    };
    const whole = run(100_000_000);
    expect(run(777)).toBe(whole);
    expect(run(60_000)).toBe(whole);
  });

  it.each(['08:59:30', '09:00:05', '10:00:00.250', '15:24:00'])(
    'continues exactly from a snapshot taken at %s',
    (time) => {
      const issues = issuesOf(20);
      const first = stage(issues);
      first.market.advanceTo(at(time));
      const saved = structuredClone({ exchange: first.exchange.snapshot(), market: first.market.snapshot() });
      const later = epochMs(at(time) + 15 * 60_000);
      first.market.advanceTo(later);
      const exchange = Exchange.restore(saved.exchange, () => undefined);
      const market = SyntheticMarket.restore(saved.market, { exchange, issues });
      market.advanceTo(later);
      expect(exchange.hash()).toBe(first.exchange.hash());
      expect(market.snapshot()).toEqual(first.market.snapshot());
    },
  );

  it('feels a large order: the price moves with it and only part of the move comes back', () => {
    const issues = issuesOf(20);
    const quiet = stage(issues);
    const { exchange, market, trades } = stage(issues);
    const { code = '' } = issues[10] ?? {};
    for (const one of [quiet.market, market]) one.advanceTo(at('10:00'));
    const before = exchange.issue(code);
    const shown = exchange.depth({ code, side: 'sell', levels: 10 }).reduce((sum, level) => sum + level.qty, 0);
    exchange.submit({ owner: USER, code, side: 'buy', type: 'market', timeInForce: 'day', price: 0, quantity: shown });
    expect(trades.filter((t) => t.buyOwner === USER).reduce((sum, t) => sum + t.quantity, 0)).toBe(shown);
    expect(exchange.issue(code).last).toBeGreaterThan(before.bestAsk);
    for (const one of [quiet.market, market]) one.advanceTo(at('10:00:30'));
    expect(exchange.issue(code).bestBid).toBeGreaterThan(quiet.exchange.issue(code).bestBid);
    // The makers are back with a whole book.
    expect(exchange.depth({ code, side: 'sell', levels: 10 })).toHaveLength(10);
    // Another issue, whose participants draw from their own stream, has not noticed.
    const other = issues[11]?.code ?? '';
    expect(exchange.issue(other)).toEqual(quiet.exchange.issue(other));
  });

  it('lets the move fade: two minutes later a good part of it is gone, and not all', () => {
    const issues = issuesOf(9);
    const [quiet, pushed] = [stage(issues), stage(issues)];
    const meanGap = (): number => {
      const gaps = issues.map(
        ({ code }) =>
          (pushed.exchange.look(code)?.bestPrice('buy') ?? 0) / (quiet.exchange.look(code)?.bestPrice('buy') ?? 0) - 1,
      );
      return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    };
    for (const { market } of [quiet, pushed]) market.advanceTo(at('10:00'));
    for (let k = 0; k < 3; k += 1) {
      for (const { code } of issues) {
        const levels = pushed.exchange.depth({ code, side: 'sell', levels: 10 });
        const quantity = levels.reduce((sum, level) => sum + level.qty, 0);
        pushed.exchange.submit({
          owner: USER,
          code,
          side: 'buy',
          type: 'market',
          timeInForce: 'ioc',
          price: 0,
          quantity,
        });
      }
      for (const { market } of [quiet, pushed]) market.advanceTo(epochMs(at('10:00') + (k + 1) * 10_000));
    }
    const atOnce = meanGap();
    for (const { market } of [quiet, pushed]) market.advanceTo(at('10:02:30'));
    expect(atOnce).toBeGreaterThan(0.003);
    expect(meanGap()).toBeGreaterThan(0.1 * atOnce);
    expect(meanGap()).toBeLessThan(0.8 * atOnce);
  }, 60_000);

  it('serves those ahead in the queue first, and those behind not before', () => {
    const issues = issuesOf(12);
    const { exchange, market, trades } = stage(issues);
    const { code = '' } = issues.find((issue) => (issue.listedShares ?? 0) > 200_000_000) ?? {};
    let served = 0;
    for (let ts: number = at('09:30'); ts < at('10:30'); ts += 60_000) {
      market.advanceTo(epochMs(ts));
      const price = exchange.look(code)?.bestPrice('buy') ?? 0;
      const order = { owner: USER, code, side: 'buy', type: 'limit', timeInForce: 'day', price, quantity: 50 } as const;
      const result = exchange.submit(order);
      if (!('orderNo' in result)) throw new Error(result.reason);
      const { orderNo } = result;
      const from = trades.length;
      market.advanceTo(epochMs(ts + 59_000));
      const here = trades.slice(from).filter((t) => t.code === code && t.price === price && t.aggressor === 'sell');
      const numbers = here.map((t) => t.buyOrderNo);
      // At one price the queue is served in the order of arrival, the user's order among the others.
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      served += numbers.filter((number) => number < orderNo).length;
      if (exchange.isOpen(orderNo)) exchange.cancel(USER, orderNo);
    }
    expect(served).toBeGreaterThan(3);
    expect(trades.some((t) => t.buyOwner === USER)).toBe(true);
  }, 60_000);

  it('a resting order of a user waits its turn and is filled in parts', () => {
    const issues = issuesOf(20);
    const { exchange, market, trades } = stage(issues);
    const { code = '' } = issues.find((issue) => (issue.listedShares ?? 0) > 200_000_000) ?? {};
    market.advanceTo(at('09:30'));
    const { bestBid, bestBidQty } = exchange.issue(code);
    const entry = { owner: USER, code, side: 'buy' as const, type: 'limit' as const, timeInForce: 'day' as const };
    const result = exchange.submit({ ...entry, price: bestBid, quantity: 3_000 });
    if (!('orderNo' in result)) throw new Error(result.reason);
    expect(bestBidQty).toBeGreaterThan(0);
    for (let ts: number = at('09:30'); ts < at('15:19'); ts += 1_000) {
      market.advanceTo(epochMs(ts));
      if (exchange.order(result.orderNo) === undefined) break;
    }
    const fills = trades.filter((t) => t.buyOrderNo === result.orderNo);
    expect(fills.length).toBeGreaterThan(1);
    expect(fills.reduce((sum, t) => sum + t.quantity, 0)).toBe(3_000);
  });

  it('leaves a halted issue alone', () => {
    const issues = issuesOf(4).map((issue, i) => ({ ...issue, halted: i === 2 }));
    const { exchange, market, of } = stage(issues);
    market.advanceTo(at('09:10'));
    expect(exchange.depth({ code: issues[2]?.code ?? '', side: 'buy', levels: 1 })).toEqual([]);
    expect(of('rejected')).toEqual([]);
  });

  it('does nothing to an exchange without issues', () => {
    const { exchange, market } = stage([]);
    market.advanceTo(at('16:00'));
    expect(exchange.now).toBe(at('16:00'));
  });
});
