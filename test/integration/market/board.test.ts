/** The board and its history through the contract, on a running core and over imported days. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Boards } from '#core/market/index.ts';
import { runImport } from '#core/market/imports/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import { systemTimers } from '#core/platform/index.ts';
import { BOARD_FLAGS, type BoardHead } from '#shared/domain/index.ts';
import { BoardTable, fieldReader } from '#shared/market/index.ts';
import { openAppStand } from '#test/support/app-stand.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { EXTRACT_PATH } from '#test/support/krx-csv.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';
import { StubFeed } from '#test/support/stub-feed.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

type Stand = Awaited<ReturnType<typeof openAppStand>>;

/** Follows a board until it fits. */
function until(stand: Stand, scope: 'market' | 'records', fits: (table: BoardTable) => boolean): Promise<BoardTable> {
  const table = new BoardTable();
  return new Promise((resolve) => {
    const close = stand.client.market.board(
      { scope },
      {
        batch(items, { snapshot }) {
          table.apply(items, snapshot);
          if (!fits(table)) return;
          close();
          resolve(table);
        },
      },
    );
  });
}

describe('the board of a running core', { timeout: 30_000 }, () => {
  it('holds every issue of the market with its shares, and moves with it', async () => {
    const stand = await openAppStand({ practiceIssues: 5 });
    const { inMarket } = await stand.client.market.instruments({});
    const first = await until(stand, 'market', (table) => table.length > 0);
    expect(first.head?.instrumentIds).toEqual(inMarket);
    expect(first.head?.listedShares.every((shares) => shares > 0)).toBe(true);
    expect(first.head?.coverage).toBe('all');
    await stand.client.simulation.jump({ to: 'open' });
    await stand.client.simulation.step({ ms: 60_000 });
    const moved = await until(stand, 'market', (table) => table.columns.volume.some((volume) => volume > 0));
    expect(moved.pulse?.live).toBe(5);
  });

  it('has no rows of records where nothing was imported', async () => {
    const none = await until(await openAppStand(), 'records', (table) => table.head !== null);
    expect(none.head).toMatchObject({ sessionDate: null, instrumentIds: [] });
  });

  it('shows the newest imported day as records, with its date', async () => {
    const dataDir = tempFolder();
    const candles = CandleStore.open(join(dataDir, 'candles.db'));
    await runImport(
      { store: candles, clock: createFakeTime().clock },
      { kind: 'krx-eod', files: [{ path: EXTRACT_PATH, name: 'extract' }] },
    );
    candles.close();
    const table = await until(await openAppStand({ dataDir }), 'records', (board) => board.length > 0);
    expect(table.head?.sessionDate).toBe('2025-02-11');
    const place = table.placeOf('KRX:005930') ?? -1;
    expect(table.columns.last[place]).toBe(55_700);
    expect(fieldReader(table, 'change')(place)).toBeCloseTo(0.18, 2);
    expect((table.columns.flags[place] ?? 0) & BOARD_FLAGS.record).toBe(BOARD_FLAGS.record);
    expect(table.columns.asOf[place]).toBe(Date.parse('2025-02-11T15:30:00+09:00'));
  });

  it('tells of prices of KIS only what is followed, and says so', async () => {
    const paper = await openOfflineKis('paper');
    const stand = await openAppStand({ openTransport: transportTo(paper) });
    const { client } = stand;
    await client.kis.save(paper.entry);
    await client.environment.switchTo({ environment: 'live' });
    await stand.until(({ environment }) => environment === 'live');
    const before = await until(stand, 'market', (table) => table.length > 0);
    expect(before.head?.coverage).toBe('followed');
    const [id = ''] = paper.emulator.simulator.instrumentIds();
    client.market.quotes({ instrumentIds: [id] }, { batch: () => undefined });
    const priced = (table: BoardTable): boolean => (table.columns.last[table.placeOf(id) ?? -1] ?? 0) > 0;
    const table = await until(stand, 'market', priced);
    expect(table.pulse?.live).toBe(1);
    const others = Array.from({ length: table.length }, (_, place) => place).filter(
      (place) => place !== table.placeOf(id),
    );
    expect(others.length).toBeGreaterThan(100);
    expect(others.every((place) => table.columns.flags[place] === BOARD_FLAGS.unpriced)).toBe(true);
    // Issues abroad are no part of it.
    expect(table.head?.instrumentIds.every((each) => each.startsWith('KRX:'))).toBe(true);
  });
});

describe('history', () => {
  it('is counted once a session, and again after an import, which also renews open boards', async () => {
    const { clock } = createFakeTime();
    const candles = CandleStore.open(join(tempFolder(), 'candles.db'));
    onTestFinished(() => candles.close());
    const boards = new Boards({ candles, find: () => undefined, clock, timers: systemTimers });
    const hub = { feed: new StubFeed([]), instruments: () => [], staleSince: () => null };
    const wish = { scope: 'records', date: null } as const;
    expect(await boards.history(hub, wish)).toMatchObject({ length: 0 });
    const heads: BoardHead[] = [];
    const stop = boards.watch(hub, wish, {
      snapshot: (items) =>
        heads.push(...items.filter((item): item is BoardHead => !Array.isArray(item) && item.kind === 'head')),
      push: () => undefined,
      end: () => undefined,
    });
    await runImport({ store: candles, clock }, { kind: 'krx-eod', files: [{ path: EXTRACT_PATH, name: 'extract' }] });
    boards.imported();
    expect(heads.map((head) => head.sessionDate)).toEqual([null, '2025-02-11']);
    stop();
    const first = await boards.history(hub, wish);
    expect(await boards.history(hub, wish)).toBe(first);
    expect(first.header).toMatchObject({ sessionDate: '2025-02-11', recordDate: '2025-02-10' });
    const place = first.header.instrumentIds.indexOf('KRX:005930');
    // Four days stand before the newest: enough for the range, too few for five sessions.
    expect(first.columns.days[place]).toBe(4);
    expect(first.columns.close5[place]).toBe(-1);
    expect(first.columns.high52[place]).toBeGreaterThan(50_000);
  });

  it('refuses a date that is none', async () => {
    const stand = await openAppStand();
    await expect(stand.client.market.boardHistory({ scope: 'records', date: '2025-02-31' })).rejects.toMatchObject({
      envelope: { code: 'INPUT_INVALID' },
    });
  });
});
