/** The environment that was last in force is taken up at the next start: locked, readable, and trying again by itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryStore, memoryVault, type Vault } from '#core/vault/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { openAppStand } from '#test/support/app-stand.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('the next start', () => {
  it(
    'takes up KIS real without a network, locked and with the reason, and comes to life when there is one',
    { timeout: 60_000 },
    async () => {
      const real = await openOfflineKis('real', { still: true });
      const keychain = memoryStore();
      const openVault = (): Promise<Vault> =>
        Promise.resolve({ ...keychain, keptIn: 'keychain', reasonKo: null, failure: null });
      const options = { dataDir: tempFolder(), openVault, openTransport: transportTo(real) };
      const first = await openAppStand(options);
      await first.client.kis.save(real.entry);
      await first.client.environment.setPin({ pin: '1234' });
      await first.client.environment.switchTo({ environment: 'real' });
      await expect.poll(async () => (await first.client.trading.accounts({})).length, { timeout: 15_000 }).toBe(6);
      await first.client.environment.arm({ pin: '1234' });
      await first.close();

      real.transport.setOffline(true);
      const second = await openAppStand(options);
      expect(second.status()).toMatchObject({ environment: 'real', lock: { state: 'locked', pinSet: true } });
      const failed = await second.until(({ phase }) => phase === 'failed');
      expect(failed.reason?.messageKo).toMatch(/[가-힣]/);
      // Readable, and the simulation's own record was not touched.
      expect(await second.client.trading.orders({ accountId: failed.connectionId ?? '' }).catch(() => [])).toEqual([]);
      expect((await second.client.simulation.replayDays({ instrumentId: 'KRX:005930' })).length).toBe(0);
      await expect(second.client.simulation.resume({})).rejects.toMatchObject({ code: 'SIMULATION_ONLY' });
      real.transport.setOffline(false);
      await second.until(({ phase }) => phase === 'ready');
      await expect.poll(async () => (await second.client.trading.accounts({})).length, { timeout: 15_000 }).toBe(6);
      await second.close();

      // A keychain that cannot be read at the third start is told as that, never as missing keys.
      const shut = memoryVault('잠겨 있습니다.', new AppError('KEYCHAIN_FAILED', { why: '잠겨 있습니다.' }));
      const third = await openAppStand({ ...options, openVault: () => Promise.resolve(shut) });
      expect(third.status()).toMatchObject({
        environment: 'simulation',
        phase: 'failed',
        reason: { code: 'KEYCHAIN_FAILED' },
      });
      const { connections, keychain: told } = await third.client.kis.connections({});
      expect(connections).toMatchObject([{ keptIn: 'none' }]);
      expect(told).toEqual({ available: false, reasonKo: '잠겨 있습니다.' });
      await expect(third.client.kis.remove({ connectionId: connections[0]?.connectionId ?? '' })).rejects.toMatchObject(
        {
          code: 'KEYCHAIN_FAILED',
        },
      );
      await third.close();

      // The record of the account is damaged: refused by name, and the simulation stands in.
      const journal = join(options.dataDir, 'journals', `${failed.connectionId ?? ''}.db`);
      writeFileSync(journal, 'no database at all');
      const damaged = await openAppStand(options);
      expect(damaged.status()).toMatchObject({
        environment: 'simulation',
        phase: 'failed',
        reason: { code: 'DB_CORRUPT' },
      });
      const again = damaged.client.environment.switchTo({ environment: 'real' });
      await expect(again).rejects.toMatchObject({ code: 'DB_CORRUPT' });
      expect((await damaged.client.trading.accounts({})).length).toBe(1);
      await damaged.close();
    },
  );
});
