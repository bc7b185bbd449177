/** The board of a running market, on a feed moved by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOARD_GAP_MS, historyOf, MarketBoard, type FeedIssue } from '#core/market/index.ts';
import type { DailyBar } from '#core/storage/index.ts';
import { BOARD_COLUMNS, BOARD_FLAGS, BoardItem, type Instrument } from '#shared/domain/index.ts';
import { BoardTable } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { StubFeed } from '#test/support/stub-feed.ts';

const IDS = ['KRX:005930', 'KRX:000660', 'KRX:035720', 'KRX:035420'] as const;
const [A, B] = IDS;

const BAR: DailyBar = {
  code: '000660',
  date: sessionDate('2026-02-27'),
  open: 190_000,
  high: 201_000,
  low: 189_000,
  close: 200_000,
  volume: 10,
  value: 2_000_000,
  base: 195_000,
  listedShares: 100,
  market: 'KOSPI',
  nameKo: null,
  suspended: false,
};

function openBoard(feed: StubFeed = new StubFeed(IDS), newest?: () => ReadonlyMap<string, DailyBar>) {
  const time = createFakeTime();
  let stale: number | null = null;
  const hub = { feed, instruments: (): readonly Instrument[] => [], staleSince: () => stale };
  const board = new MarketBoard({ hub, timers: time.timers, ...(newest ? { newest } : {}) });
  return {
    feed,
    time,
    board,
    goStale: (since: number | null) => {
      stale = since;
    },
  };
}

/** A reader of the stream; every item is checked against the contract. */
function reader(board: MarketBoard) {
  const table = new BoardTable();
  const batches: BoardItem[][] = [];
  let snapshots = 0;
  const stop = board.watch({
    snapshot(items) {
      snapshots += 1;
      table.apply(
        items.map((item) => BoardItem.parse(item)),
        true,
      );
    },
    push(item) {
      batches.push([BoardItem.parse(item)]);
      table.apply([item], false);
    },
    end: () => undefined,
  });
  return { table, batches, stop, snapshots: () => snapshots };
}

function figures(table: BoardTable): readonly (readonly number[])[] {
  return Array.from({ length: table.length }, (_, place) =>
    BOARD_COLUMNS.map((name) => table.columns[name][place] ?? Number.NaN),
  );
}

function change(feed: StubFeed, id: string, part: Partial<FeedIssue>): void {
  const before = feed.issues.get(id);
  if (before) feed.issues.set(id, { ...before, ...part });
}

describe('the board', () => {
  it('tells all once, then only what changed, at most four times a second', async () => {
    const { feed, board, time } = openBoard();
    const seen = reader(board);
    expect(seen.table.head?.instrumentIds).toEqual(IDS);
    expect(seen.table.head?.coverage).toBe('all');
    for (let n = 1; n <= 20; n += 1) {
      feed.trade(A, '09:00:01', 70_000 + n * 100, 5);
      await time.advance(BOARD_GAP_MS / 10);
    }
    const rows = seen.batches.flat().filter((item) => Array.isArray(item));
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => row[0] === 0)).toBe(true);
    expect(seen.table.columns.last[0]).toBe(72_000);
    seen.stop();
    feed.trade(A, '09:00:02', 73_000, 5);
    await time.advance(1_000);
    expect(seen.table.columns.last[0]).toBe(72_000);
  });

  it('adds up to a whole look, whatever happens, for whoever joins when', async () => {
    const act = fc.record({
      id: fc.constantFrom(...IDS),
      price: fc.integer({ min: 50_000, max: 91_000 }),
      quantity: fc.integer({ min: 1, max: 1_000 }),
      what: fc.constantFrom('trade', 'halt', 'wait', 'open', 'join'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const { feed, board, time } = openBoard();
        const seen = [reader(board)];
        for (const { id, price, quantity, what } of acts) {
          if (what === 'trade') feed.trade(id, '09:01:00', price, quantity);
          else if (what === 'halt') change(feed, id, { halted: quantity % 2 === 0 });
          else if (what === 'open') feed.open();
          else if (what === 'join') seen.push(reader(board));
          else await time.advance(BOARD_GAP_MS);
        }
        await time.advance(BOARD_GAP_MS);
        const whole = figures(reader(openBoard(feed).board).table);
        for (const each of seen) expect(figures(each.table)).toEqual(whole);
        board.close();
      }),
      { numRuns: 60 },
    );
  });

  it('marks halts, interruptions and limits', async () => {
    const { feed, board, time } = openBoard();
    const { table } = reader(board);
    change(feed, A, { last: 91_000 });
    change(feed, B, { last: 49_000, halted: true });
    await time.advance(BOARD_GAP_MS);
    expect([...table.columns.flags]).toEqual([BOARD_FLAGS.upper, BOARD_FLAGS.lower | BOARD_FLAGS.halted, 0, 0]);
  });

  it('dates rows of a line that has gone silent', async () => {
    const { board, time, goStale } = openBoard();
    const { table } = reader(board);
    expect(table.pulse).toMatchObject({ staleSince: null, live: 4 });
    goStale(123_456);
    await time.advance(BOARD_GAP_MS);
    expect([...table.columns.asOf]).toEqual([123_456, 123_456, 123_456, 123_456]);
    expect(table.pulse).toMatchObject({ staleSince: 123_456, live: 0 });
  });

  it('shows what is not followed as records with their day, or as not known, never as live', () => {
    const feed = new StubFeed(IDS);
    Object.assign(feed, { want: () => () => undefined });
    feed.trade(A, '09:00:00', 71_000, 5);
    const { table } = reader(openBoard(feed, () => new Map([[B, BAR]])).board);
    expect(table.head?.coverage).toBe('followed');
    expect(table.pulse?.live).toBe(1);
    expect([...table.columns.asOf].map((asOf) => asOf > 0)).toEqual([false, true, false, false]);
    expect([...table.columns.last]).toEqual([71_000, 200_000, 0, 0]);
    expect([...table.columns.flags]).toEqual([0, BOARD_FLAGS.record, BOARD_FLAGS.unpriced, BOARD_FLAGS.unpriced]);
  });

  it('begins anew with another market', async () => {
    const { feed, board, time } = openBoard();
    const seen = reader(board);
    feed.issues.delete(B);
    feed.open();
    await time.advance(BOARD_GAP_MS);
    expect(seen.snapshots()).toBe(2);
    expect(seen.table.length).toBe(3);
    expect(seen.table.placeOf(B)).toBeUndefined();
  });
});

describe('history', () => {
  const days = (closes: readonly number[], part: (at: number) => Partial<DailyBar> = () => ({})): DailyBar[] =>
    closes.map((close, at) => ({ ...BAR, close, high: close, low: close, base: null, ...part(at) }));

  it('counts closes so many sessions ago, newest first', () => {
    const row = historyOf(days(Array.from({ length: 60 }, (_, at) => 1_000 - at)), 1_000);
    expect(row).toMatchObject({
      close5: 996,
      close20: 981,
      close60: 941,
      avgVolume20: 10,
      high52: 1_000,
      low52: 941,
      days: 60,
    });
  });

  it('knows nothing of what it has too few days for', () => {
    expect(historyOf(days([100, 101, 102]), 100)).toMatchObject({
      close5: -1,
      close20: -1,
      avgVolume20: -1,
      volatilityPpm: -1,
      high52: 102,
      days: 3,
    });
    expect(historyOf([], 100)).toMatchObject({ days: 0, high52: -1 });
  });

  it('puts prices before a split on the footing of today', () => {
    // Five to one before the newest day: its base price is a fifth of the close before.
    const bars = days([102, 500, 500, 500, 500, 500], (at) => (at === 0 ? { base: 100 } : { base: 500, volume: 10 }));
    expect(historyOf(bars, 102)).toMatchObject({ close5: 100, high52: 102, low52: 100 });
  });

  it('measures volatility over the days that it has', () => {
    const flat = historyOf(days(Array.from({ length: 30 }, () => 100)), 100);
    expect(flat.volatilityPpm).toBe(0);
    const moving = historyOf(days(Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? 101 : 100))), 101);
    expect(moving.volatilityPpm).toBeGreaterThan(100_000);
  });
});
