/** A recorded day through the book: exact when undisturbed, moved by the user, steered back to its close. */
import { describe, expect, it } from 'vitest';
import {
  daySchedule,
  replayDay,
  ReplayDriver,
  replayIssue,
  TapeReader,
  Exchange,
  type ExchangeEvent,
  type ReplayRow,
} from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { epochMs, kstInstant, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';
import { carriedRow, carriedRows } from '#test/support/krx-rows.ts';

const SAMSUNG = carriedRow('005930', '2025-02-11');
const USER = 1;

function at(row: ReplayRow, time: string): EpochMs {
  return kstInstant(row.date, timeOfDayMs(time));
}

function play(row: ReplayRow, seed = 7) {
  return replayDay(row, seed, daySchedule(krxCalendar, row.date));
}

/** A day with its exchange, driver and tape open to the test. */
function stage(row: ReplayRow, seed = 7) {
  const tape = new TapeReader();
  const trades: Extract<ExchangeEvent, { kind: 'trade' }>[] = [];
  const watched: { driver?: ReplayDriver } = {};
  const sink = (event: ExchangeEvent): void => {
    tape.read(event);
    watched.driver?.observe(event);
    if (event.kind === 'trade') trades.push(event);
  };
  const schedule = daySchedule(krxCalendar, row.date);
  const exchange = new Exchange(
    { date: row.date, schedule, issues: [replayIssue(row)], seed, vi: false, breakers: false, quietParticipants: true },
    sink,
  );
  const driver = new ReplayDriver({ row, seed, exchange });
  watched.driver = driver;
  const end = schedule.parts.at(-1)?.endTs ?? epochMs(0);
  return { tape, trades, exchange, driver, end };
}

function order(row: ReplayRow, side: 'buy' | 'sell', quantity: number, price = 0) {
  const type = price === 0 ? ('market' as const) : ('limit' as const);
  return { owner: USER, code: row.code, side, type, timeInForce: 'day' as const, price, quantity };
}

const played = carriedRows().filter((row) => row.volume > 0);
const suspended = carriedRows().filter((row) => row.volume === 0);

describe('replay of recorded days', () => {
  it.each(played.map((row) => [row.code, row.date, row] as const))('%s of %s hits its record', (_code, _date, row) => {
    const { tape, driver, end } = stage(row);
    driver.advanceTo(end);
    expect(driver.disturbed).toBe(false);
    const { open, high, low, close, volume } = tape;
    expect({ open, high, low, close, volume }).toEqual({
      open: row.open,
      high: row.high,
      low: row.low,
      close: row.close,
      volume: row.volume,
    });
  });

  it('refuses suspended days', () => {
    expect(suspended.length).toBeGreaterThan(5);
    for (const row of suspended) expect(() => play(row)).toThrow(/REPLAY_SUSPENDED/);
  });

  it.each([
    ['high below the close', { high: 55_600 }],
    ['low above the open', { low: 55_600 }],
    ['off the tick', { open: 55_550 }],
    ['fraction', { close: 55_700.5 }],
    ['negative', { low: -100 }],
    ['no base', { base: 0 }],
    ['volume without a price', { open: 0, low: 0 }],
    ['too few shares for four prices', { volume: 3 }],
    ['volume beyond all listed shares', { volume: 1e13 }],
    ['volume is not a number', { volume: Number.NaN }],
  ])('refuses a row with %s and says why', (_name, change) => {
    const act = (): unknown => play({ ...SAMSUNG, ...change });
    expect(act).toThrow(/REPLAY_ROW_BAD/);
    expect(act).toThrow(/"why":"[가-힣0-9]/);
  });

  it('lists wider limits only where the row needs them, with the reason', () => {
    expect(replayIssue(SAMSUNG).limits).toBeUndefined();
    expect(replayIssue(carriedRow('457550', '2024-01-24')).limits).toMatchObject({ upper: 21_200, lower: 3_180 });
    const liquidation = replayIssue(carriedRow('078940', '2025-02-10')).limits;
    expect(liquidation?.reason).toContain('정리매매');
    expect(liquidation?.lower).toBeLessThanOrEqual(41);
  });

  it('opens at ten on the first trading day of the year', () => {
    const row = carriedRow('005930', '2024-01-02');
    const { trades, driver, end } = stage(row);
    driver.advanceTo(at(row, '09:59:59'));
    expect(trades).toHaveLength(0);
    driver.advanceTo(end);
    expect(trades.length).toBeGreaterThan(1_000);
  });
});

describe('determinism of a replay', () => {
  it('gives the same events for the same seed and others for another', () => {
    const row = carriedRow('247540', '2025-02-11');
    expect(play(row, 1)).toEqual(play(row, 1));
    expect(play(row, 2).hash).not.toBe(play(row, 1).hash);
  });

  it('does not depend on how the clock is cut', () => {
    const row = carriedRow('090710', '2025-02-10');
    const whole = stage(row);
    whole.driver.advanceTo(whole.end);
    const cut = stage(row);
    for (let ts = cut.exchange.now + 777; ts < cut.end; ts += 7_777) cut.driver.advanceTo(epochMs(ts));
    cut.driver.advanceTo(cut.end);
    expect(cut.exchange.hash()).toBe(whole.exchange.hash());
  });

  it.each(['08:45:00', '09:00:10', '11:00:00.500', '15:19:59', '15:25:00', '15:30:05'])(
    'continues from a snapshot taken at %s as if nothing had happened',
    (time) => {
      const row = carriedRow('035720', '2025-02-07');
      const first = stage(row);
      first.driver.advanceTo(at(row, '09:10:00') < at(row, time) ? at(row, '09:10:00') : first.exchange.now);
      if (first.exchange.phaseOf('KRX') === 'continuous') first.exchange.submit(order(row, 'buy', 20_000));
      first.driver.advanceTo(at(row, time));
      const saved = structuredClone({ exchange: first.exchange.snapshot(), driver: first.driver.snapshot() });
      first.driver.advanceTo(first.end);
      const exchange = Exchange.restore(saved.exchange, (event) => driver.observe(event));
      const driver: ReplayDriver = ReplayDriver.restore(saved.driver, { row, seed: 7, exchange });
      driver.advanceTo(first.end);
      expect(exchange.hash()).toBe(first.exchange.hash());
      expect(driver.disturbed).toBe(first.driver.disturbed);
      expect(driver.snapshot()).toEqual(first.driver.snapshot());
    },
  );
});

describe('the book of a replay', () => {
  it('shows ten levels a side, never crossed, together one to three percent of the volume', () => {
    const { exchange, driver } = stage(SAMSUNG);
    const shares: number[] = [];
    for (let minute = 1; minute < 380; minute += 1) {
      driver.advanceTo(epochMs(at(SAMSUNG, '09:00') + minute * 60_000));
      const bids = exchange.depth({ code: SAMSUNG.code, side: 'buy', levels: 10 });
      const asks = exchange.depth({ code: SAMSUNG.code, side: 'sell', levels: 10 });
      expect([bids.length, asks.length]).toEqual([10, 10]);
      expect(bids[0]?.price).toBeLessThan(asks[0]?.price ?? 0);
      for (const side of [bids, asks]) shares.push(side.reduce((sum, level) => sum + level.qty, 0) / SAMSUNG.volume);
    }
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.01);
    expect(mean).toBeLessThan(0.035);
  });

  it('moves a tick or two from trade to trade, and quotes change between trades', () => {
    const row = carriedRow('000660', '2025-02-11');
    const { trades, exchange, driver, end } = stage(row);
    driver.advanceTo(end);
    const leaps = trades.filter((trade, i) => i > 0 && Math.abs(trade.price - (trades[i - 1]?.price ?? 0)) > 1_000);
    expect(trades.length).toBeGreaterThan(5_000);
    expect(leaps.length / trades.length).toBeLessThan(0.001);
    // Two events a trade are needed to trade; the rest are quotes that came and went.
    expect(exchange.events).toBeGreaterThan(3 * trades.length);
  });

  it('trades in a U over the day with sizeable auctions', () => {
    const { trades, driver, end } = stage(SAMSUNG);
    driver.advanceTo(end);
    const share = (from: string, to: string): number =>
      trades
        .filter((t) => t.ts >= at(SAMSUNG, from) && t.ts < at(SAMSUNG, to))
        .reduce((sum, t) => sum + t.quantity, 0) / SAMSUNG.volume;
    const auctions = trades.filter((t) => t.aggressor === null);
    const opening = auctions.filter((t) => t.ts < at(SAMSUNG, '12:00')).reduce((sum, t) => sum + t.quantity, 0);
    const closing = auctions.filter((t) => t.ts > at(SAMSUNG, '12:00')).reduce((sum, t) => sum + t.quantity, 0);
    expect(opening / SAMSUNG.volume).toBeGreaterThan(0.019);
    expect(opening / SAMSUNG.volume).toBeLessThan(0.041);
    expect(closing / SAMSUNG.volume).toBeGreaterThan(0.049);
    expect(closing / SAMSUNG.volume).toBeLessThan(0.081);
    expect(share('09:00', '09:30')).toBeGreaterThan(2 * share('12:00', '12:30'));
    expect(share('14:50', '15:20')).toBeGreaterThan(1.4 * share('12:00', '12:30'));
  });

  it('has no sellers in the book of a day that is locked at its upper limit', () => {
    const row = carriedRow('226950', '2025-02-11');
    const { exchange, driver } = stage(row);
    driver.advanceTo(at(row, '11:00'));
    expect(exchange.depth({ code: row.code, side: 'sell', levels: 10 })).toEqual([]);
    expect(exchange.depth({ code: row.code, side: 'buy', levels: 10 })[0]?.price).toBe(row.high);
  });
});

describe("a replay with somebody's orders in it", () => {
  it.each(['buy', 'sell'] as const)(
    'a market %s of 5 % of the volume moves the price, is reported, and the close holds',
    (side) => {
      const quiet = stage(SAMSUNG);
      quiet.driver.advanceTo(quiet.end);
      const { tape, trades, exchange, driver, end } = stage(SAMSUNG);
      driver.advanceTo(at(SAMSUNG, '10:30'));
      const before = exchange.issue(SAMSUNG.code).last;
      expect(driver.disturbed).toBe(false);
      exchange.submit(order(SAMSUNG, side, Math.floor(SAMSUNG.volume / 20)));
      const prices = new Set(trades.filter((t) => t.buyOwner === USER || t.sellOwner === USER).map((t) => t.price));
      expect(prices.size).toBeGreaterThan(4);
      expect(Math.abs(exchange.issue(SAMSUNG.code).last - before)).toBeGreaterThanOrEqual(500);
      driver.advanceTo(at(SAMSUNG, '10:31'));
      expect(driver.disturbed).toBe(true);
      // The price comes back by and by, not at once.
      const soon = exchange.issue(SAMSUNG.code).last;
      expect(side === 'buy' ? soon > before : soon < before).toBe(true);
      driver.advanceTo(end);
      expect(tape.close).toBe(SAMSUNG.close);
      expect(tape.open).toBe(SAMSUNG.open);
      expect(exchange.hash()).not.toBe(quiet.exchange.hash());
      expect(side === 'buy' ? tape.high > SAMSUNG.high : tape.low < SAMSUNG.low).toBe(true);
      expect(driver.disturbed).toBe(true);
    },
  );

  it('a limit order a few ticks away rests behind the queue, fills in parts, and fills whole', () => {
    const row = SAMSUNG;
    const { trades, exchange, driver, end } = stage(row);
    driver.advanceTo(at(row, '09:30'));
    const bid = exchange.issue(row.code).bestBid;
    const price = Math.max(row.low + 100, bid - 300);
    const ahead =
      exchange.depth({ code: row.code, side: 'buy', levels: 20 }).find((level) => level.price === price)?.qty ?? 0;
    expect(ahead).toBeGreaterThan(0);
    const result = exchange.submit(order(row, 'buy', 3_000, price));
    if (!('orderNo' in result)) throw new Error(result.reason);
    driver.advanceTo(epochMs(exchange.now + 1_000));
    expect(exchange.order(result.orderNo)?.openQty).toBe(3_000);
    expect(driver.disturbed).toBe(false);
    driver.advanceTo(end);
    const fills = trades.filter((t) => t.buyOrderNo === result.orderNo);
    expect(fills.length).toBeGreaterThan(1);
    expect(fills.every((t) => t.price === price)).toBe(true);
    expect(fills.reduce((sum, t) => sum + t.quantity, 0)).toBe(3_000);
    expect(driver.disturbed).toBe(true);
  });

  it('an order that never trades leaves the tape as it was', () => {
    const row = SAMSUNG;
    const quiet = stage(row);
    quiet.driver.advanceTo(quiet.end);
    const { trades, exchange, driver, end } = stage(row);
    driver.advanceTo(at(row, '10:00'));
    exchange.submit(order(row, 'buy', 10, row.low - 2_000));
    driver.advanceTo(end);
    expect(driver.disturbed).toBe(false);
    const bare = (list: typeof trades) => list.map((t) => [t.ts, t.price, t.quantity]);
    expect(bare(trades)).toEqual(bare(quiet.trades));
  });

  it('an order with a limit above the market is met by sellers and the price returns', () => {
    const row = SAMSUNG;
    const { exchange, driver } = stage(row);
    driver.advanceTo(at(row, '11:00'));
    const { bestAsk } = exchange.issue(row.code);
    const result = exchange.submit(order(row, 'buy', 400_000, bestAsk + 300));
    driver.advanceTo(at(row, '12:00'));
    expect('orderNo' in result && exchange.order(result.orderNo)).toBeUndefined();
    expect(driver.disturbed).toBe(true);
  });

  it.each([
    ['within the auction', 0.03],
    ['beyond the auction', 0.15],
  ])('the closing price holds against market orders %s', (_name, share) => {
    const row = carriedRow('035420', '2025-02-11');
    for (const side of ['buy', 'sell'] as const) {
      const { tape, exchange, driver, end } = stage(row);
      driver.advanceTo(at(row, '15:22'));
      let left = Math.floor(row.volume * share);
      for (; left > 0; left -= 50_000) exchange.submit(order(row, side, Math.min(left, 50_000)));
      driver.advanceTo(end);
      expect(tape.close).toBe(row.close);
      expect(driver.disturbed).toBe(true);
    }
  });

  it('notices others by itself, without being shown the tape', () => {
    const row = SAMSUNG;
    const schedule = daySchedule(krxCalendar, row.date);
    for (const time of ['08:50', '11:00']) {
      const options = { date: row.date, schedule, issues: [replayIssue(row)], seed: 7, vi: false };
      const exchange = new Exchange(options, () => undefined);
      const driver = new ReplayDriver({ row, seed: 7, exchange });
      driver.advanceTo(at(row, time));
      const { bestBid } = exchange.issue(row.code);
      exchange.submit(order(row, 'buy', 500, time === '08:50' ? row.open + 200 : bestBid));
      driver.advanceTo(at(row, '15:19'));
      expect([time, driver.disturbed]).toEqual([time, true]);
    }
  });

  it('an order in the opening auction takes its share of the opening price', () => {
    const row = SAMSUNG;
    const { tape, trades, exchange, driver, end } = stage(row);
    driver.advanceTo(at(row, '08:50'));
    exchange.submit(order(row, 'buy', 1_000));
    driver.advanceTo(end);
    expect(trades.filter((t) => t.buyOwner === USER).map((t) => t.price)).toEqual(
      trades.filter((t) => t.buyOwner === USER).map(() => row.open),
    );
    expect(tape.open).toBe(row.open);
    expect(driver.disturbed).toBe(true);
  });

  it('a day of a few shares survives an order a thousand times its volume', () => {
    const row = carriedRow('002600', '2025-02-11');
    const { tape, exchange, driver, end } = stage(row);
    driver.advanceTo(at(row, '13:00'));
    exchange.submit(order(row, 'buy', 5_000));
    driver.advanceTo(end);
    expect(driver.disturbed).toBe(true);
    expect(tape.volume).toBeGreaterThan(row.volume);
  });
});
