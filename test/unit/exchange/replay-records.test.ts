/** Recorded minutes, trades and books through the book: exact while nobody trades, and fair to whoever waits in the queue. */
import { describe, expect, it } from 'vitest';
import {
  chooseRecord,
  daySchedule,
  Exchange,
  recordHours,
  ReplayMarket,
  replayExchange,
  rulesNotes,
  type ExchangeEvent,
  type RecordedBooks,
  type RecordedIssue,
  type RecordedMinutes,
  type RecordedTrades,
  type StoredIssue,
} from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { carriedRow } from '#test/support/krx-rows.ts';

const DATE = sessionDate('2025-06-10');
const SCHEDULE = daySchedule(krxCalendar, DATE);
const HOURS = recordHours(SCHEDULE);
const MINUTE_MS = 60_000;
const CODE = '005930';
const USER = 1;

const at = (time: string): number => timeOfDayMs(time);

type Trade = Extract<ExchangeEvent, { kind: 'trade' }>;

/** Random minutes of a day on the 100-won steps of a stock of sixty thousand won, with gaps and a closing auction. */
function madeMinutes(seed: number): RecordedMinutes {
  const rng = Rng.from(seed, 'minutes');
  const rows: number[][] = [];
  let price = 60_000;
  for (let minute = 0; minute < 380; minute += 1) {
    if (minute > 0 && rng.chance(0.1)) continue;
    const open = price + 100 * (rng.int(3) - 1);
    const close = open + 100 * (rng.int(7) - 3);
    const high = Math.max(open, close) + 100 * rng.int(3);
    const low = Math.min(open, close) - 100 * rng.int(3);
    rows.push([HOURS.openMs + minute * MINUTE_MS, open, high, low, close, 4 + rng.int(5_000)]);
    price = close;
  }
  const last = price + 200;
  rows.push([HOURS.closeToMs, last, last, last, last, 12_345]);
  const column = (place: number): Int32Array => Int32Array.from(rows, (row) => row[place] as number);
  return { atMs: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}

/** Random trades with an opening and a closing print. */
function madeTrades(seed: number, count = 3_000): RecordedTrades {
  const rng = Rng.from(seed, 'trades');
  const rows: number[][] = [[HOURS.openMs + 4_321, 60_000, 5_000, 0]];
  let price = 60_000;
  const gap = Math.floor((HOURS.closeFromMs - HOURS.openMs - 60_000) / count);
  for (let i = 0; i < count; i += 1) {
    price += 100 * (rng.int(3) - 1);
    rows.push([HOURS.openMs + 10_000 + i * gap + rng.int(gap), price, 1 + rng.int(900), 1 + rng.int(2)]);
  }
  rows.push([HOURS.closeToMs + 17_000, price - 100, 8_000, 0]);
  const column = (place: number): Int32Array => Int32Array.from(rows, (row) => row[place] as number);
  return { atMs: column(0), price: column(1), quantity: column(2), side: column(3) };
}

/** Trades written by hand: time, price, quantity, side. */
function trades(
  ...rows: readonly (readonly [time: string, price: number, quantity: number, side: 0 | 1 | 2])[]
): RecordedTrades {
  return {
    atMs: Int32Array.from(rows, ([time]) => at(time)),
    price: Int32Array.from(rows, ([, price]) => price),
    quantity: Int32Array.from(rows, ([, , quantity]) => quantity),
    side: Int32Array.from(rows, ([, , , side]) => side),
  };
}

/** Books of one level a side: time, ask, its size, bid, its size. */
function books(...rows: readonly (readonly [time: string, ...figures: number[]])[]): RecordedBooks {
  return {
    levels: 1,
    atMs: Int32Array.from(rows, ([time]) => at(time)),
    figures: Int32Array.from(rows.flatMap(([, ...figures]) => figures)),
  };
}

function stored(record: Partial<StoredIssue>, code = CODE): StoredIssue {
  return { code, market: 'KOSPI', date: DATE, listedShares: 5_919_637_922, base: 60_000, ...record };
}

const issueOf = (record: Partial<StoredIssue>, code = CODE): RecordedIssue =>
  chooseRecord(stored(record, code), HOURS).issue;

function stage(issues: readonly RecordedIssue[], seed = 5) {
  const day = { date: DATE, issues, indices: [], notes: [] };
  const tape: Trade[] = [];
  const watched: { market?: ReplayMarket } = {};
  const exchange = new Exchange(replayExchange(day, { schedule: SCHEDULE, seed, vi: false }), (event) => {
    watched.market?.observe(event);
    if (event.kind === 'trade') tape.push(event);
  });
  const market = new ReplayMarket({ day, seed, exchange });
  watched.market = market;
  const to = (time: string): void => market.advanceTo(kstInstant(DATE, at(time)));
  return { day, exchange, market, tape, to };
}

/** What the tape prints minute by minute. */
function barsOf(tape: readonly Trade[]): number[][] {
  const bars = new Map<number, number[]>();
  for (const { ts, price, quantity } of tape) {
    const start = ts - (ts % MINUTE_MS) - kstInstant(DATE, 0);
    const bar = bars.get(start);
    if (!bar) bars.set(start, [start, price, price, price, price, quantity]);
    else {
      bar[2] = Math.max(bar[2] as number, price);
      bar[3] = Math.min(bar[3] as number, price);
      bar[4] = price;
      bar[5] = (bar[5] as number) + quantity;
    }
  }
  return [...bars.values()];
}

describe('minutes', () => {
  it.each([1, 2, 3, 4, 5])('print every open, high, low, close and volume exactly (seed %i)', (seed) => {
    const minutes = madeMinutes(seed);
    const { market, tape, to } = stage([issueOf({ minutes })], seed);
    to('18:00');
    const { atMs, open, high, low, close, volume } = minutes;
    const recorded = [...atMs.keys()].map((i) => [atMs[i], open[i], high[i], low[i], close[i], volume[i]]);
    expect(barsOf(tape)).toEqual(recorded);
    expect(market.disturbed).toBe(false);
  });

  it.each([
    ['a price between the steps', { open: 60_050 }],
    ['too few shares', { volume: 1 }],
    ['a close above the high', { close: 61_000 }],
  ])('with %s are refused with the minute', (_what, change) => {
    const minutes = madeMinutes(1);
    const spoilt = { ...minutes };
    for (const [name, value] of Object.entries(change)) {
      const column = Int32Array.from(spoilt[name as 'open']);
      column[100] = value;
      spoilt[name as 'open'] = column;
    }
    expect(() => stage([issueOf({ minutes: spoilt })])).toThrow(/REPLAY_ROW_BAD.*"why":"\d\d:\d\d/);
  });

  it('of two prices in the closing auction are refused', () => {
    const minutes = madeMinutes(1);
    const high = Int32Array.from(minutes.high);
    high[high.length - 1] = (high.at(-1) as number) + 100;
    expect(() => stage([issueOf({ minutes: { ...minutes, high } })])).toThrow('REPLAY_ROW_BAD');
  });
});

describe('trades', () => {
  it.each([1, 2, 3])('print at their instant, price and size, the auctions at theirs (seed %i)', (seed) => {
    const record = madeTrades(seed);
    const { market, tape, to } = stage([issueOf({ trades: record })], seed);
    to('18:00');
    expect(market.disturbed).toBe(false);
    const bySecond = (rows: readonly (readonly [number, number, number])[]): Map<string, number> => {
      const sums = new Map<string, number>();
      for (const [ts, price, quantity] of rows) {
        const key = `${ts} ${price}`;
        sums.set(key, (sums.get(key) ?? 0) + quantity);
      }
      return sums;
    };
    const printed = tape.map(({ ts, price, quantity }) => [ts - kstInstant(DATE, 0), price, quantity] as const);
    const last = record.atMs.length - 1;
    const recorded = [...record.atMs.keys()].map((i) => {
      const ts = i === 0 ? HOURS.openMs : i === last ? HOURS.closeToMs : (record.atMs[i] as number);
      return [ts, record.price[i] as number, record.quantity[i] as number] as const;
    });
    expect(bySecond(printed)).toEqual(bySecond(recorded));
    // Who took liquidity is as recorded, too.
    const sells = tape.filter(({ aggressor }) => aggressor === 'sell').reduce((sum, { quantity }) => sum + quantity, 0);
    const soldInRecord = [...record.side.keys()]
      .filter((i) => record.side[i] === 2)
      .reduce((sum, i) => sum + (record.quantity[i] as number), 0);
    expect(sells).toBe(soldInRecord);
  });

  it('without sides take them from the price', () => {
    const record = trades(
      ['10:00:00', 60_000, 10, 0],
      ['10:00:01', 60_100, 10, 0],
      ['10:00:02', 60_100, 10, 0],
      ['10:00:03', 60_000, 10, 0],
    );
    const { tape, to } = stage([issueOf({ trades: record })]);
    to('10:01');
    expect(tape.map(({ aggressor }) => aggressor)).toEqual(['buy', 'buy', 'buy', 'sell']);
  });

  it('outside the hours are left out and said to be', () => {
    const record = trades(['08:35:00', 60_000, 10, 0], ['10:00:00', 60_100, 10, 1], ['16:30:00', 60_200, 10, 0]);
    const chosen = chooseRecord(stored({ trades: record }), HOURS);
    expect(chosen.issue.row).toMatchObject({ open: 60_100, close: 60_100, volume: 10 });
    expect(chosen.notes).toEqual(['leftOut']);
  });

  it('go before minutes, and minutes before the row', () => {
    const daily = carriedRow('005930', '2025-02-11');
    const minutes = madeMinutes(1);
    const record = madeTrades(1);
    expect(chooseRecord(stored({ daily, minutes, trades: record }), HOURS).source).toBe('ticks');
    expect(chooseRecord(stored({ daily, minutes }), HOURS).source).toBe('minutes');
    expect(chooseRecord(stored({ daily }), HOURS).source).toBe('daily');
    expect(() => chooseRecord(stored({}), HOURS)).toThrow('REPLAY_NO_DATA');
    expect(chooseRecord(stored({ trades: record, base: null }), HOURS)).toMatchObject({
      notes: ['baseFromOpen'],
      issue: { row: { base: 60_000 } },
    });
  });
});

describe('a recorded book', () => {
  const BOOK = books(
    ['10:00:00', 60_100, 500, 60_000, 700],
    ['10:05:00', 60_100, 500, 60_000, 450],
    ['10:10:00', 60_100, 500, 60_000, 900],
    ['10:20:00', 60_200, 300, 60_100, 200],
  );
  const QUIET = trades(['09:30:00', 60_000, 100, 2], ['15:00:00', 60_100, 100, 1]);

  const buy = (price: number, quantity: number) =>
    ({ owner: USER, code: CODE, side: 'buy', type: 'limit', timeInForce: 'day', price, quantity }) as const;

  it('stands in the market as recorded', () => {
    const { exchange, to } = stage([issueOf({ trades: QUIET, books: BOOK })]);
    const touch = (): number[] => {
      const { bestBid, bestBidQty, bestAsk, bestAskQty } = exchange.issue(CODE);
      return [bestAsk, bestAskQty, bestBid, bestBidQty];
    };
    const seen = ['10:01', '10:06', '10:11', '10:21'].map((time) => {
      to(time);
      return touch();
    });
    expect(seen).toEqual([
      [60_100, 500, 60_000, 700],
      [60_100, 500, 60_000, 450],
      [60_100, 500, 60_000, 900],
      [60_200, 300, 60_100, 200],
    ]);
  });

  it('lets an order fill only by what is traded beyond the shares ahead of it', () => {
    const record = trades(
      ['09:30:00', 60_000, 100, 2],
      ['10:01:00', 60_000, 600, 2],
      ['10:02:00', 60_000, 99, 2],
      ['10:03:00', 60_000, 31, 2],
      ['10:04:00', 60_000, 50, 2],
    );
    const { exchange, tape, to } = stage([
      issueOf({ trades: record, books: books(['10:00:00', 60_100, 500, 60_000, 700]) }),
    ]);
    to('10:00:30');
    const result = exchange.submit(buy(60_000, 40));
    if (!('orderNo' in result)) throw new Error(result.reason);
    const open = (): number => exchange.order(result.orderNo)?.openQty ?? 0;
    to('10:01:30');
    expect(open()).toBe(40);
    to('10:02:30');
    expect(open()).toBe(40);
    // 700 stood ahead; 600 + 99 + 31 is 30 beyond.
    to('10:03:30');
    expect(open()).toBe(10);
    to('10:04:30');
    expect(open()).toBe(0);
    expect(tape.filter(({ buyOwner }) => buyOwner === USER).map(({ price, quantity }) => [price, quantity])).toEqual([
      [60_000, 30],
      [60_000, 10],
    ]);
    // The tape prints what was recorded: the order took the place of others.
    expect(tape.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(880);
  });

  it('gives nobody a better place when it shrinks: the last to come are taken to leave first', () => {
    const record = trades(['09:30:00', 60_000, 100, 2], ['10:06:00', 60_000, 449, 2], ['10:07:00', 60_000, 6, 2]);
    const { exchange, to } = stage([issueOf({ trades: record, books: BOOK })]);
    to('10:00:30');
    const result = exchange.submit(buy(60_000, 40));
    if (!('orderNo' in result)) throw new Error(result.reason);
    to('10:06:30');
    expect(exchange.order(result.orderNo)?.openQty).toBe(40);
    to('10:07:30');
    expect(exchange.order(result.orderNo)?.openQty).toBe(35);
  });

  it('fills an order at once that the market trades through', () => {
    const record = trades(['09:30:00', 60_000, 100, 2], ['10:01:00', 59_900, 300, 2]);
    const { exchange, market, tape, to } = stage([
      issueOf({ trades: record, books: books(['10:00:00', 60_100, 500, 60_000, 700]) }),
    ]);
    to('10:00:30');
    exchange.submit(buy(60_000, 40));
    to('10:01:30');
    expect(tape.filter(({ buyOwner }) => buyOwner === USER)).toMatchObject([{ price: 60_000, quantity: 40 }]);
    expect(market.disturbed).toBe(true);
  });

  it('comes back after somebody swept it', () => {
    const { exchange, to } = stage([issueOf({ trades: QUIET, books: BOOK })]);
    to('10:00:30');
    exchange.submit(buy(60_100, 450));
    expect(exchange.issue(CODE).bestAskQty).toBe(50);
    to('10:05:01');
    expect(exchange.issue(CODE)).toMatchObject({ bestAsk: 60_100, bestAskQty: 500 });
  });
});

describe('several issues on one clock', () => {
  const many = (): RecordedIssue[] => [
    issueOf({ trades: madeTrades(1) }),
    issueOf({ minutes: madeMinutes(2) }, '000660'),
    { row: { ...carriedRow('035720', '2025-02-07'), date: DATE } },
  ];

  it('each print their own record', () => {
    const issues = many();
    const { market, exchange, to } = stage(issues);
    to('18:00');
    for (const { row } of issues) {
      const { open, high, low, close, volume } = exchange.issue(row.code);
      expect({ open, high, low, close, volume }).toEqual({
        open: row.open,
        high: row.high,
        low: row.low,
        close: row.close,
        volume: row.volume,
      });
      expect(market.disturbedIn(row.code)).toBe(false);
    }
  });

  it('do not depend on how the clock is cut, and continue from a snapshot', () => {
    const whole = stage(many());
    whole.to('18:00');
    const cut = stage(many());
    const end = kstInstant(DATE, at('18:00'));
    for (let ts = cut.exchange.now + 999; ts < end; ts += 99_991) cut.market.advanceTo(epochMs(ts));
    cut.to('18:00');
    expect(cut.exchange.hash()).toBe(whole.exchange.hash());
    const first = stage(many());
    first.to('11:11:11');
    const saved = structuredClone({ exchange: first.exchange.snapshot(), market: first.market.snapshot() });
    const exchange = Exchange.restore(saved.exchange, (event) => market.observe(event));
    const market: ReplayMarket = ReplayMarket.restore(saved.market, { exchange, day: first.day });
    market.advanceTo(end);
    expect(exchange.hash()).toBe(whole.exchange.hash());
  });

  it('run along with a recorded index', () => {
    const issues = many();
    const ts = Float64Array.of(kstInstant(DATE, at('09:30')), kstInstant(DATE, at('10:00')));
    const day = {
      date: DATE,
      issues,
      indices: [{ market: 'KOSPI', ts, changePpm: Int32Array.of(-9_000, 4_500) }] as const,
      notes: [],
    };
    const exchange = new Exchange(replayExchange(day, { schedule: SCHEDULE, seed: 1, vi: false }), (event) =>
      market.observe(event),
    );
    const market: ReplayMarket = new ReplayMarket({ day, seed: 1, exchange });
    const change = (): number | null | undefined =>
      exchange.markets().find((state) => state.market === 'KOSPI')?.indexChangePpm;
    market.advanceTo(epochMs(kstInstant(DATE, at('09:45'))));
    expect(change()).toBe(-9_000);
    market.advanceTo(epochMs(kstInstant(DATE, at('10:01'))));
    expect(change()).toBe(4_500);
  });
});

describe('the rules of a replayed day', () => {
  it('are those of its date, and what is not sure is said', () => {
    const row = carriedRow('005930', '2025-02-11');
    expect(rulesNotes(row.date, [{ row }], false)).toEqual(['viOff', 'breakersOff', 'booksMade']);
    expect(rulesNotes(sessionDate('2025-06-10'), [{ row }], true)).toContain('nxtMissing');
    expect(rulesNotes(sessionDate('2022-02-11'), [{ row }], false)).toContain('ticksComputed');
    expect(rulesNotes(sessionDate('2014-02-11'), [{ row }], false)).toContain('limitsUnconfirmed');
  });
});
