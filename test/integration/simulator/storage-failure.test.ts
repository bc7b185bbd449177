/** A disk that takes nothing more: the market stops, nobody is told what is not recorded, and it goes on when it can. */
import { describe, expect, it } from 'vitest';
import { krwOf, standOn } from '#test/support/flaky-journal.ts';
import { AppError } from '#shared/errors/index.ts';
import { SAMSUNG, PLAIN_ORDER } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('when the record cannot be written', () => {
  it('does not answer an order, tells nobody, takes no other, and catches up afterwards', async () => {
    const { engine, counter, journal, heard } = await standOn(tempFolder());
    const { accountId } = counter.createAccount({ name: '하나' });
    heard.length = 0;
    const order = {
      ...PLAIN_ORDER,
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 5,
    } as const;
    journal.failing = true;
    expect(() => counter.submit(order)).toThrow('DISK_FULL');
    expect(heard).toEqual([{ kind: 'connection', state: 'down' }]);
    expect(engine.running).toBe(false);
    expect(engine.log.books.openOrders()).toEqual([]);
    expect(engine.log.books.positions(accountId)).toEqual([]);
    expect(counter.submit(order)).toEqual({ ok: false, code: 'BROKER_UNAVAILABLE' });
    expect(() => engine.setRunning(true)).toThrow('DISK_FULL');
    await expect(engine.exclusively(async () => undefined)).rejects.toThrow('DISK_FULL');
    journal.failing = false;
    engine.setRunning(true);
    expect(engine.running).toBe(true);
    expect(
      heard
        .slice(1)
        .map((notice) => notice.kind)
        .filter((kind) => kind !== 'account'),
    ).toEqual(['connection', 'accepted', 'fill']);
    expect(krwOf(engine, accountId)).toBeLessThan(100_000_000);
    await engine.close();
  });

  it('stops a running market at the slice whose fills it could not record', async () => {
    const { engine, counter, journal, heard, time } = await standOn(tempFolder());
    const { accountId } = counter.createAccount({ name: '하나' });
    const price = engine.run.exchange.issue('005930').bestBid;
    counter.submit({
      ...PLAIN_ORDER,
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      price,
      quantity: 5,
    });
    heard.length = 0;
    journal.failing = true;
    engine.setSpeed(600);
    await time.advance(20_000);
    expect(engine.running).toBe(false);
    expect(heard).toEqual([{ kind: 'connection', state: 'down' }]);
    const stoppedTs = engine.run.exchange.now;
    await time.advance(5_000);
    expect(engine.run.exchange.now).toBe(stoppedTs);
    journal.failing = false;
    engine.setRunning(true);
    expect(heard.some((notice) => notice.kind === 'fill')).toBe(true);
    await engine.close();
  });

  it('opens no account and begins no day that it cannot record', async () => {
    const { engine, counter, journal } = await standOn(tempFolder());
    journal.failing = true;
    expect(() => counter.createAccount({ name: '하나' })).toThrow(AppError);
    const run = engine.run;
    const wish = { plan: { mode: 'synthetic', seed: 2 }, date: run.exchange.date, closes: new Map() } as const;
    await expect(engine.exclusively(() => engine.days.begin(wish, () => null))).rejects.toThrow('DISK_FULL');
    expect(engine.run).toBe(run);
    expect(engine.running).toBe(true);
    journal.failing = false;
    counter.createAccount({ name: '하나' });
    expect(engine.log.books.accountCount).toBe(1);
    await engine.close();
  });
});
