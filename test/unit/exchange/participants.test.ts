/** The synthetic market: always quoted, never crossed, the same for the same seed however it is sliced. */
import { describe, expect, it } from 'vitest';
import { daySchedule, SyntheticMarket, Venue, type ExchangeEvent, type ListedIssue } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-23');
const USER = 1;

function at(time: string): EpochMs {
  return kstInstant(DATE, timeOfDayMs(time));
}

/** Issues of every size and price band, a few of them on KONEX. */
function issuesOf(count: number): ListedIssue[] {
  const prices = [880, 1_999, 4_500, 12_340, 33_350, 71_000, 187_500, 445_000, 1_174_000];
  return Array.from({ length: count }, (_, i) => ({
    code: `T${String(i).padStart(5, '0')}`,
    market: i % 20 === 19 ? ('KONEX' as const) : i % 2 === 0 ? ('KOSPI' as const) : ('KOSDAQ' as const),
    basePrice: prices[i % prices.length] ?? 1_000,
    lotSize: 1,
    listedShares: i % 17 === 16 ? null : 2_000_000 * (1 + (i % 13) * (i % 13) * 40),
  }));
}

function stage(issues: readonly ListedIssue[], seed = 3) {
  const trades: Extract<ExchangeEvent, { kind: 'trade' }>[] = [];
  const rejected: ExchangeEvent[] = [];
  const sink = (event: ExchangeEvent): void => {
    if (event.kind === 'trade') trades.push(event);
    if (event.kind === 'rejected') rejected.push(event);
  };
  const schedule = daySchedule(krxCalendar, DATE);
  const venue = new Venue({ date: DATE, schedule, issues, seed, quietParticipants: true }, sink);
  return { trades, rejected, venue, market: new SyntheticMarket({ venue, issues, seed }) };
}

describe('synthetic market', () => {
  it('plays a whole day: quoted ten deep, never crossed, inside the limits, nothing refused', () => {
    const issues = issuesOf(40);
    const { venue, market, trades, rejected } = stage(issues);
    market.advanceTo(at('09:01'));
    for (let ts: number = at('09:01'); ts < at('15:20'); ts += 10 * 60_000) {
      market.advanceTo(epochMs(ts));
      for (const { code } of issues) {
        const bids = venue.depth(code, 'buy', 10);
        const asks = venue.depth(code, 'sell', 10);
        expect([code, bids.length, asks.length]).toEqual([code, 10, 10]);
        expect(bids[0]?.price).toBeLessThan(asks[0]?.price ?? 0);
      }
    }
    market.advanceTo(at('16:00'));
    expect(rejected).toEqual([]);
    for (const { code, market: board } of issues) {
      const { volume, open, high, low, last, upperLimit, lowerLimit } = venue.issue(code);
      expect(volume).toBeGreaterThan(0);
      expect(high).toBeLessThanOrEqual(upperLimit);
      expect(low).toBeGreaterThanOrEqual(lowerLimit);
      expect(high).toBeGreaterThanOrEqual(Math.max(open, last));
      // Lively: the busiest board trades every few seconds, the quietest every few minutes.
      expect(trades.filter((t) => t.code === code).length).toBeGreaterThan(board === 'KONEX' ? 20 : 300);
    }
    expect(new Set(trades.filter((t) => t.aggressor === null).map((t) => t.code)).size).toBe(issues.length);
  });

  it('stays calm over many seeds: day ranges of a few percent, moves with a common part', () => {
    const issues = issuesOf(12).filter((issue) => issue.market !== 'KONEX');
    const squares: number[] = [];
    for (let seed = 1; seed <= 6; seed += 1) {
      const { venue, market } = stage(issues, seed);
      market.advanceTo(at('16:00'));
      for (const { code, basePrice } of issues) {
        const { last, high, low } = venue.issue(code);
        squares.push((last / basePrice - 1) ** 2);
        expect(high / low).toBeLessThan(1.25);
      }
    }
    const rms = Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
    expect(rms).toBeGreaterThan(0.012);
    expect(rms).toBeLessThan(0.045);
  });

  it('gives the same events for the same seed, and others for another', () => {
    const run = (seed: number): string => {
      const { venue, market } = stage(issuesOf(20), seed);
      market.advanceTo(at('09:20'));
      return venue.hash();
    };
    expect(run(5)).toBe(run(5));
    expect(run(6)).not.toBe(run(5));
  });

  it('does not depend on how the clock is cut, with orders of a user in it', () => {
    const run = (cutMs: number): string => {
      const issues = issuesOf(20);
      const { venue, market } = stage(issues);
      const when = at('09:05:00.123');
      const to = (ts: EpochMs): void => {
        for (let next = venue.now + cutMs; next < ts; next += cutMs) market.advanceTo(epochMs(next));
        market.advanceTo(ts);
      };
      to(when);
      const code = issues[4]?.code ?? '';
      venue.submit({ owner: USER, code, side: 'buy', type: 'market', timeInForce: 'day', price: 0, quantity: 5_000 });
      to(at('09:15'));
      return venue.hash();
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
      const saved = structuredClone({ venue: first.venue.snapshot(), market: first.market.snapshot() });
      const later = epochMs(at(time) + 15 * 60_000);
      first.market.advanceTo(later);
      const venue = Venue.restore(saved.venue, () => undefined);
      const market = SyntheticMarket.restore(saved.market, { venue, issues });
      market.advanceTo(later);
      expect(venue.hash()).toBe(first.venue.hash());
      expect(market.snapshot()).toEqual(first.market.snapshot());
    },
  );

  it('feels a large order: the price moves with it and only part of the move comes back', () => {
    const issues = issuesOf(20);
    const quiet = stage(issues);
    const { venue, market, trades } = stage(issues);
    const { code = '' } = issues[10] ?? {};
    for (const one of [quiet.market, market]) one.advanceTo(at('10:00'));
    const before = venue.issue(code);
    const shown = venue.depth(code, 'sell', 10).reduce((sum, level) => sum + level.qty, 0);
    venue.submit({ owner: USER, code, side: 'buy', type: 'market', timeInForce: 'day', price: 0, quantity: shown });
    expect(trades.filter((t) => t.buyOwner === USER).reduce((sum, t) => sum + t.quantity, 0)).toBe(shown);
    expect(venue.issue(code).last).toBeGreaterThan(before.bestAsk);
    for (const one of [quiet.market, market]) one.advanceTo(at('10:00:30'));
    expect(venue.issue(code).bestBid).toBeGreaterThan(quiet.venue.issue(code).bestBid);
    // The makers are back with a whole book.
    expect(venue.depth(code, 'sell', 10)).toHaveLength(10);
    // Another issue, whose participants draw from their own stream, has not noticed.
    const other = issues[11]?.code ?? '';
    expect(venue.issue(other)).toEqual(quiet.venue.issue(other));
  });

  it('a resting order of a user waits its turn and is filled in parts', () => {
    const issues = issuesOf(20);
    const { venue, market, trades } = stage(issues);
    const { code = '' } = issues.find((issue) => (issue.listedShares ?? 0) > 200_000_000) ?? {};
    market.advanceTo(at('09:30'));
    const { bestBid, bestBidQty } = venue.issue(code);
    const entry = { owner: USER, code, side: 'buy' as const, type: 'limit' as const, timeInForce: 'day' as const };
    const result = venue.submit({ ...entry, price: bestBid, quantity: 3_000 });
    if (!('orderNo' in result)) throw new Error(result.reason);
    expect(bestBidQty).toBeGreaterThan(0);
    for (let ts: number = at('09:30'); ts < at('15:19'); ts += 1_000) {
      market.advanceTo(epochMs(ts));
      if (venue.order(result.orderNo) === undefined) break;
    }
    const fills = trades.filter((t) => t.buyOrderNo === result.orderNo);
    expect(fills.length).toBeGreaterThan(1);
    expect(fills.reduce((sum, t) => sum + t.quantity, 0)).toBe(3_000);
  });

  it('leaves a halted issue alone', () => {
    const issues = issuesOf(4).map((issue, i) => ({ ...issue, halted: i === 2 }));
    const { venue, market, rejected } = stage(issues);
    market.advanceTo(at('09:10'));
    expect(venue.depth(issues[2]?.code ?? '', 'buy', 1)).toEqual([]);
    expect(rejected).toEqual([]);
  });

  it('does nothing to an exchange without issues', () => {
    const { venue, market } = stage([]);
    market.advanceTo(at('16:00'));
    expect(venue.now).toBe(at('16:00'));
  });
});
