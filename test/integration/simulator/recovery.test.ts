/** The simulated market after a crash: the image of its folder at that moment, opened again, is the same market. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '#core/simulator/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate, type SessionDate } from '#shared/time/index.ts';
import {
  HYNIX,
  openSimulator,
  SAMSUNG,
  testSimulator,
  type TestSimulator,
  PLAIN_ORDER,
  WALL_AFTER_MS,
  WALL_MS,
} from '#test/support/simulator.ts';
import { randomOrder } from '#test/support/random-order.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** What a kill at this moment would leave on the disk. */
function crashImage(folder: string): string {
  const copy = tempFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Everything the firm would answer about its customers. */
function record(simulator: Simulator, dates: readonly SessionDate[]): unknown {
  return simulator.accounts().map((account) => ({
    account,
    positions: simulator.positions(account.accountId),
    open: simulator.openOrders(account.accountId),
    days: dates.map((date) => [
      simulator.orders(account.accountId, date),
      simulator.executions(account.accountId, date),
    ]),
  }));
}

const DATES = ['2026-11-24', '2026-11-25', '2026-03-03', '2026-03-04', '2025-06-10'].map(sessionDate);

/** One random act of a customer; refusals are part of life. */
function act(simulator: Simulator, rng: Rng): void {
  const { accountId } = rng.pick(simulator.accounts());
  const instrumentId = rng.pick([SAMSUNG, HYNIX]);
  const view = simulator.issue(instrumentId);
  if (!view) return;
  const open = simulator.openOrders(accountId);
  const choice = rng.int(10);
  if (choice < 2 && open.length > 0) {
    simulator.cancel({ accountId, brokerOrderNo: rng.pick(open).brokerOrderNo });
  } else if (choice < 4 && open.length > 0) {
    simulator.replace({
      accountId,
      brokerOrderNo: rng.pick(open).brokerOrderNo,
      price: rng.pick([view.bestBid, view.bestAsk, view.lowerLimit]),
    });
  } else {
    simulator.submit({
      accountId,
      instrumentId,
      side: rng.chance(0.6) ? 'buy' : 'sell',
      ...randomOrder(rng, view),
      quantity: 1 + rng.int(3_000),
    });
  }
}

function figures(simulator: Simulator): unknown {
  return {
    session: simulator.session(),
    prices: simulator.instrumentIds().map((id) => [simulator.issue(id), simulator.depth(id)]),
  };
}

async function trading(folder: string, wallMs = WALL_MS): Promise<TestSimulator> {
  const test = await openSimulator(folder, { wallMs });
  test.simulator.createAccount({ name: '하나' });
  test.simulator.createAccount({ name: '둘', startingCashKrw: 500_000_000 });
  return test;
}

describe('after a crash', () => {
  it.each([1, 2, 3, 4])(
    'nothing is lost, nothing happens twice, and the market goes on the same way (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      const rng = Rng.from(seed, 'crash');
      const folder = tempFolder();
      const { simulator, time } = await trading(folder, WALL_AFTER_MS);
      simulator.setSpeed(60);
      for (let round = 0; round < 5; round += 1) {
        if (round === 2) await simulator.jump('afterMarket');
        for (let i = 0; i < 15; i += 1) {
          act(simulator, rng);
          await time.advance(rng.int(1_500));
        }
        if (round === 3) await simulator.jump('nextDay');
        const image = crashImage(folder);
        const before = record(simulator, DATES);
        const again = testSimulator(image);
        await again.simulator.open();
        expect(again.lines.filter((line) => line.level === 'error')).toEqual([]);
        expect(record(again.simulator, DATES)).toEqual(before);
        // A mark is written every second, so at most that much of market time is played again, and in the same way.
        const lostMs = simulator.status().simTs - again.simulator.status().simTs;
        expect(lostMs).toBeGreaterThanOrEqual(0);
        expect(lostMs).toBeLessThanOrEqual(61_000);
        if (lostMs > 0) await again.simulator.step(lostMs);
        else again.simulator.pause();
        simulator.pause();
        expect(figures(again.simulator)).toEqual(figures(simulator));
        simulator.resume();
        await again.simulator.jump('dayEnd');
        await again.simulator.close();
      }
      const kinds = DATES.flatMap((date) =>
        simulator.accounts().flatMap(({ accountId }) => simulator.orders(accountId, date)),
      );
      expect(new Set(kinds.map(({ type }) => type)).size).toBeGreaterThan(2);
      expect(kinds.some(({ session }) => session === 'after')).toBe(true);
      await simulator.close();
    },
  );

  it('stops, prices from the book, both venues and the after-market go on where they were', async () => {
    const folder = tempFolder();
    const { simulator } = await trading(folder, WALL_AFTER_MS);
    simulator.pause();
    await simulator.step(60_000);
    const { accountId } = simulator.accounts()[1] ?? { accountId: '' };
    const view = simulator.issue(SAMSUNG);
    const { bestBid = 0, bestAsk = 0 } = view ?? {};
    const place = (change: Partial<Parameters<Simulator['submit']>[0]>): string => {
      const plain = { side: 'buy', type: 'limit', timeInForce: 'day', ...PLAIN_ORDER, price: null } as const;
      const answer = simulator.submit({ accountId, instrumentId: SAMSUNG, ...plain, quantity: 5, ...change });
      if (!answer.ok) throw new Error(answer.code);
      return answer.brokerOrderNo;
    };
    const stopPrice = bestAsk + 200;
    const stop = place({ type: 'stopLimit', stopPrice, price: bestAsk + 1_000 });
    const best = place({ type: 'bestSame' });
    place({ type: 'conditionalLimit', price: bestBid - 2_000 });
    place({ type: 'mid' });
    place({ route: 'NXT', price: bestBid - 1_000 });
    const stateOf = (at: Simulator, no: string): unknown =>
      at.openOrders(accountId).find((each) => each.brokerOrderNo === no);
    expect(stateOf(simulator, stop)).toMatchObject({ triggered: false, stopPrice });
    expect(stateOf(simulator, best)).toMatchObject({ price: bestBid, venue: 'KRX' });

    const image = crashImage(folder);
    const again = testSimulator(image, { wallMs: WALL_AFTER_MS });
    await again.simulator.open();
    expect(record(again.simulator, DATES)).toEqual(record(simulator, DATES));
    // A purchase through the stop price fires the stop, in both markets alike.
    for (const each of [simulator, again.simulator]) {
      const told: string[] = [];
      each.watchNotices((notice) => {
        if (notice.kind === 'triggered') told.push(notice.order.brokerOrderNo);
      });
      const sweep = { side: 'buy', type: 'limit', timeInForce: 'ioc', ...PLAIN_ORDER } as const;
      each.submit({ accountId, instrumentId: SAMSUNG, ...sweep, price: bestAsk + 500, quantity: 3_000 });
      expect(told).toEqual([stop]);
    }
    expect(record(again.simulator, DATES)).toEqual(record(simulator, DATES));
    const fired = testSimulator(crashImage(image), { wallMs: WALL_AFTER_MS });
    await fired.simulator.open();
    expect(record(fired.simulator, DATES)).toEqual(record(again.simulator, DATES));
    await fired.simulator.close();
    await again.simulator.close();

    await simulator.jump('afterMarket');
    simulator.pause();
    const after = place({ session: 'after', price: simulator.issue(SAMSUNG)?.lowerLimit ?? 0, quantity: 1 });
    const late = testSimulator(crashImage(folder), { wallMs: WALL_AFTER_MS });
    await late.simulator.open();
    expect(stateOf(late.simulator, after)).toMatchObject({ session: 'after', venue: 'KRX', status: 'open' });
    for (const each of [simulator, late.simulator]) {
      await each.jump('dayEnd');
      expect(each.openOrders(accountId)).toEqual([]);
      expect(each.account(accountId).reservedKrw).toBe(0);
    }
    expect(record(late.simulator, DATES)).toEqual(record(simulator, DATES));
    await late.simulator.close();
    await simulator.close();
  });

  it('goes on with speed and pause as they were', async () => {
    const folder = tempFolder();
    const { simulator, time } = await trading(folder);
    simulator.setSpeed(300);
    await time.advance(3_000);
    const running = testSimulator(crashImage(folder));
    await running.simulator.open();
    expect(running.simulator.status()).toMatchObject({ speed: 300, running: true });
    simulator.pause();
    const paused = testSimulator(crashImage(folder));
    await paused.simulator.open();
    expect(paused.simulator.status()).toMatchObject({ speed: 300, running: false, simTs: simulator.status().simTs });
    for (const each of [simulator, running.simulator, paused.simulator]) await each.close();
  });

  it('continues a replay with its orders', async () => {
    const folder = tempFolder();
    const { simulator } = await trading(folder);
    await simulator.start({ mode: 'replay', instrumentId: SAMSUNG, date: '2025-06-10', seed: 3 });
    simulator.pause();
    const accountId = simulator.accounts()[0]?.accountId ?? '';
    simulator.submit({
      ...PLAIN_ORDER,
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      price: 59_300,
      quantity: 500,
    });
    await simulator.step(600_000);
    const again = testSimulator(crashImage(folder));
    await again.simulator.open();
    await again.simulator.step(simulator.status().simTs - again.simulator.status().simTs);
    await simulator.jump('close');
    await again.simulator.jump('close');
    expect(record(again.simulator, DATES)).toEqual(record(simulator, DATES));
    expect(figures(again.simulator)).toEqual(figures(simulator));
    expect(simulator.executions(accountId, sessionDate('2025-06-10')).length).toBeGreaterThan(0);
    await simulator.close();
    await again.simulator.close();
  });

  it('that came before the first open goes on to it', async () => {
    const folder = tempFolder();
    const { simulator } = testSimulator(folder);
    // The first turn of work has not been waited for: the day is in the log, and stands before its open.
    const opening = simulator.open();
    await Promise.resolve();
    await Promise.resolve();
    const image = crashImage(folder);
    await opening;
    const again = testSimulator(image);
    await again.simulator.open();
    expect(again.simulator.status()).toMatchObject({ phase: 'continuous', running: true });
    expect(figures(again.simulator)).toEqual(figures(simulator));
    await simulator.close();
    await again.simulator.close();
  });

  it('keeps the quiet end: closed and opened again, the same instant', async () => {
    const folder = tempFolder();
    const { simulator, time } = await trading(folder);
    await time.advance(10_000);
    simulator.pause();
    const before = [figures(simulator), record(simulator, DATES)];
    await simulator.close();
    const again = testSimulator(folder);
    await again.simulator.open();
    expect([figures(again.simulator), record(again.simulator, DATES)]).toEqual(before);
    await again.simulator.close();
  });
});

describe('a market that cannot be restored', () => {
  const snapshots = (folder: string): string[] =>
    readdirSync(join(folder, 'simulator'))
      .filter((name) => name.endsWith('.snap'))
      .map((name) => join(folder, 'simulator', name));

  async function broken(spoil: (folder: string) => void): Promise<TestSimulator & { accountId: string; no: string }> {
    const folder = tempFolder();
    const { simulator } = await trading(folder);
    const accountId = simulator.accounts()[0]?.accountId ?? '';
    simulator.submit({
      ...PLAIN_ORDER,
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 5,
    });
    const price = simulator.issue(SAMSUNG)?.lowerLimit ?? 0;
    const answer = simulator.submit({
      ...PLAIN_ORDER,
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      price,
      quantity: 8,
    });
    const image = crashImage(folder);
    await simulator.close();
    spoil(image);
    const again = testSimulator(image);
    await again.simulator.open();
    return { ...again, accountId, no: answer.ok ? answer.brokerOrderNo : '' };
  }

  it.each([
    ['is missing', (folder: string) => snapshots(folder).forEach((path) => rmSync(path))],
    [
      'is cut',
      (folder: string) => snapshots(folder).forEach((path) => writeFileSync(path, readFileSync(path).subarray(0, 500))),
    ],
    [
      'has a flipped bit',
      (folder: string) =>
        snapshots(folder).forEach((path) => {
          const bytes = readFileSync(path);
          bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
          writeFileSync(path, bytes);
        }),
    ],
  ])('ends its day where the snapshot %s; the record stays, and open orders expire', async (_what, spoil) => {
    const { simulator, accountId, no, lines } = await broken(spoil);
    expect(lines.some((line) => line.level === 'error')).toBe(true);
    expect(simulator.status()).toMatchObject({ phase: 'closed', running: false, sessionDate: '2026-03-03' });
    expect(simulator.positions(accountId)).toMatchObject([{ quantity: 5, sellable: 5 }]);
    expect(simulator.openOrders(accountId)).toEqual([]);
    expect(simulator.orders(accountId, sessionDate('2026-03-03')).map(({ status }) => status)).toEqual([
      'filled',
      'expired',
    ]);
    expect(simulator.account(accountId).reservedKrw).toBe(0);
    expect(simulator.cancel({ accountId, brokerOrderNo: no })).toEqual({ ok: false, code: 'EXCH_UNKNOWN_ORDER' });
    await simulator.jump('nextDay');
    await simulator.jump('open');
    expect(simulator.status()).toMatchObject({ phase: 'continuous', sessionDate: '2026-03-04', running: true });
    expect(simulator.account(accountId).cashD1Krw).toBe(simulator.account(accountId).cashD2Krw);
    await simulator.close();
  });

  it('stays ended when it is opened once more', async () => {
    const folder = tempFolder();
    const { simulator } = await trading(folder);
    const image = crashImage(folder);
    await simulator.close();
    for (const path of snapshots(image)) rmSync(path);
    for (let i = 0; i < 2; i += 1) {
      const again = testSimulator(image);
      await again.simulator.open();
      expect(again.simulator.status()).toMatchObject({ phase: 'closed', running: false });
      for (const path of snapshots(image)) rmSync(path);
      await again.simulator.close();
    }
  });

  it('is never taken for another day: an older snapshot of the same day and a longer replay do', async () => {
    const folder = tempFolder();
    const { simulator, time } = await trading(folder);
    const rng = Rng.from(9, 'older');
    simulator.pause();
    // Written in the background.
    while (snapshots(folder).length < 2) await new Promise((resolve) => setImmediate(resolve));
    simulator.resume();
    for (let i = 0; i < 10; i += 1) {
      act(simulator, rng);
      await time.advance(700);
    }
    simulator.pause();
    const image = crashImage(folder);
    const found = snapshots(image).sort();
    expect(found.length).toBe(2);
    rmSync(found[1] as string);
    const again = testSimulator(image);
    await again.simulator.open();
    expect(figures(again.simulator)).toEqual(figures(simulator));
    expect(record(again.simulator, DATES)).toEqual(record(simulator, DATES));
    await simulator.close();
    await again.simulator.close();
  });
});
