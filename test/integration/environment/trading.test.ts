/** Trading on KIS real through the composed core, and what stands in the way of leaving it. */
import { describe, expect, it } from 'vitest';
import { openAppStand } from '#test/support/app-stand.ts';
import { buyAtAsk, openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

describe('KIS real', () => {
  it(
    'is armed, fills an order, and lists one whose outcome nobody knows before it is left',
    { timeout: 60_000 },
    async () => {
      const real = await openOfflineKis('real');
      const stand = await openAppStand({ openTransport: transportTo(real) });
      const { client } = stand;
      const { connectionId: accountId } = await client.kis.save(real.entry);
      await client.environment.setPin({ pin: '402817' });
      await client.environment.switchTo({ environment: 'real' });
      await expect.poll(async () => (await client.trading.accounts({})).length, { timeout: 15_000 }).toBe(6);
      const instrumentId = real.emulator.simulator.instrumentIds()[0] ?? '';
      let quotes = 0;
      client.market.quotes({ instrumentIds: [instrumentId] }, { batch: (items) => void (quotes += items.length) });
      await expect.poll(() => quotes, { timeout: 15_000 }).toBeGreaterThan(0);
      await client.environment.arm({ pin: '402817' });
      const order = buyAtAsk(real, { accountId, instrumentId });
      const first = await client.trading.submit({ ...order, requestId: 'the-first-request' });
      expect(first).toMatchObject({ state: 'accepted', reason: null });
      await expect.poll(async () => (await client.trading.fills({ accountId })).length, { timeout: 15_000 }).toBe(1);
      const [connection] = (await client.kis.connections({})).connections;
      expect(connection?.lastTradedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);

      real.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' });
      const second = await client.trading.submit({ ...order, requestId: 'the-second-request' });
      expect(second.state).toBe('unconfirmed');
      // The inquiry that would find it is kept away for the moment.
      real.transport.setOffline(true);
      const asked = await client.environment.switchTo({ environment: 'simulation' });
      if (!asked.done) expect(asked.blockers).toMatchObject([{ kind: 'unconfirmed', orderId: second.orderId }]);
      expect(asked.done).toBe(false);
      const name = (await client.market.instruments({})).instruments.find(({ id }) => id === instrumentId)?.nameKo;
      expect(asked.blockers[0]?.textKo).toContain(`${name} 매수 1주`);
      expect(stand.status()).toMatchObject({ environment: 'real', lock: { state: 'armed' } });
      const left = await client.environment.switchTo({ environment: 'simulation', confirmed: true });
      expect(left).toEqual({ done: true, blockers: [] });

      // Back again: found by asking, once, and locked.
      real.transport.setOffline(false);
      await client.environment.switchTo({ environment: 'real' });
      expect(await stand.until(({ generation }) => generation === 4)).toMatchObject({ lock: { state: 'locked' } });
      await expect
        .poll(async () => (await client.trading.orders({ accountId })).map(({ state }) => state), { timeout: 15_000 })
        .not.toContain('unconfirmed');
      expect((await client.trading.orders({ accountId })).length).toBe(2);
    },
  );
});
