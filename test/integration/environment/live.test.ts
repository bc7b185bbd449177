/** Real prices with invented fills through the composed core: on the offline KIS's market, and nothing ever leaves for it. */
import { describe, expect, it } from 'vitest';
import { openAppStand } from '#test/support/app-stand.ts';
import { buyAtAsk, openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

describe('live quotes with simulated fills', () => {
  it(
    'trades on the prices of the broker with an account of its own, and sends no order',
    { timeout: 60_000 },
    async () => {
      const paper = await openOfflineKis('paper');
      const stand = await openAppStand({ openTransport: transportTo(paper) });
      const { client } = stand;
      await client.kis.save(paper.entry);
      await client.environment.switchTo({ environment: 'live' });
      const status = await stand.until(({ environment }) => environment === 'live');
      expect(status.lock.state).toBe('none');
      expect(status.lacks.some(({ what }) => what === 'order.mid.day')).toBe(true);
      const instrumentId = paper.emulator.simulator.instrumentIds()[0] ?? '';
      let last: number | null = null;
      client.market.quotes(
        { instrumentIds: [instrumentId] },
        { batch: (items) => void (last = items.at(-1)?.last ?? last) },
      );
      client.market.book({ instrumentId }, { batch: () => undefined });
      await expect.poll(() => last, { timeout: 20_000 }).toBeGreaterThan(0);
      await expect.poll(async () => (await client.trading.accounts({})).length, { timeout: 20_000 }).toBe(1);
      const [account] = await client.trading.accounts({});
      expect(account).toMatchObject({ environment: 'live', startingCashKrw: 100_000_000 });
      const accountId = account?.accountId ?? '';
      const order = buyAtAsk(paper, { accountId, instrumentId });
      const answer = await client.trading.submit({ ...order, requestId: 'the-live-request' });
      expect(answer).toMatchObject({ state: 'accepted', reason: null });
      await expect.poll(async () => (await client.trading.fills({ accountId })).length, { timeout: 20_000 }).toBe(1);
      expect(await client.trading.positions({ accountId })).toMatchObject([{ instrumentId, quantity: 1 }]);
      // The broker's own books know nothing of it.
      expect(paper.emulator.books().orders).toEqual([]);
      const second = await client.trading.createAccount({ name: '둘째' });
      expect(second).toMatchObject({ name: '둘째', environment: 'live' });

      // Away and back: the account, its holding and its record are there again.
      await client.environment.switchTo({ environment: 'simulation' });
      await client.environment.switchTo({ environment: 'live' });
      await expect
        .poll(async () => (await client.trading.positions({ accountId })).map(({ quantity }) => quantity), {
          timeout: 20_000,
        })
        .toEqual([1]);
      const { files } = await client.system.journalVerify({});
      expect(files.filter(({ file }) => file.startsWith('journals/live-'))).toMatchObject([{ ok: true }]);
    },
  );
});
