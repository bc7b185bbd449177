/** KIS real: locked at every start and switch, opened by PIN for a day, and locked again by the kill key. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Journal } from '#core/storage/index.ts';
import { openAppStand } from '#test/support/app-stand.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

const PIN = '402817';

describe('KIS real', () => {
  it(
    'is locked until armed, reads while it is, and is locked by the kill key, a switch and a restart',
    { timeout: 60_000 },
    async () => {
      const real = await openOfflineKis('real');
      const options = { openTransport: transportTo(real) };
      const stand = await openAppStand(options);
      const { client } = stand;
      const { connectionId } = await client.kis.save(real.entry);
      await client.environment.switchTo({ environment: 'real' });
      const locked = await stand.until(({ environment }) => environment === 'real');
      expect(locked.lock).toMatchObject({ state: 'locked', pinSet: false, armedUntilTs: null });
      await expect.poll(async () => (await client.trading.accounts({})).length, { timeout: 10_000 }).toBe(6);
      const order = {
        accountId: connectionId,
        instrumentId: 'KRX:005930',
        side: 'buy',
        type: 'limit',
        timeInForce: 'day',
        session: 'regular',
        route: 'KRX',
        price: 70_000,
        stopPrice: null,
        quantity: 1,
      } as const;
      const denied = await client.trading.submit({ ...order, requestId: 'a-request-while-locked' });
      expect(denied).toMatchObject({ state: 'denied', reason: { code: 'REAL_LOCKED' } });

      await expect(client.environment.arm({ pin: PIN })).rejects.toMatchObject({ code: 'PIN_MISSING' });
      expect(await client.environment.setPin({ pin: PIN })).toMatchObject({ state: 'locked', pinSet: true });
      await expect(client.environment.arm({ pin: '000000' })).rejects.toMatchObject({ code: 'PIN_WRONG' });
      await expect(client.environment.arm({ pin: PIN })).rejects.toMatchObject({ code: 'PIN_WAIT' });
      await stand.until(({ lock }) => lock.retryAfterTs !== null);
      await new Promise((wake) => setTimeout(wake, 1_050));
      const armed = await client.environment.arm({ pin: PIN });
      expect(armed).toMatchObject({ state: 'armed', retryAfterTs: null });
      expect(armed.armedUntilTs).toBeGreaterThan(Date.now() - 86_400_000);
      const other = await client.trading.submit({ ...order, requestId: 'a-request-while-armed' });
      expect(other.reason?.code).not.toBe('REAL_LOCKED');

      await client.trading.setTradingState({ state: 'halted', note: '' });
      expect(await stand.until(({ lock }) => lock.state === 'locked')).toMatchObject({ environment: 'real' });
      await expect(client.environment.arm({ pin: PIN })).rejects.toMatchObject({ code: 'REAL_HALTED' });
      // A PIN is changed by the one in force only.
      await expect(client.environment.setPin({ pin: '9999' })).rejects.toMatchObject({ code: 'PIN_CURRENT' });
      expect(readFileSync(join(stand.dataDir, 'real-lock.json'), 'utf8')).not.toContain(PIN);
      await stand.close();

      const again = await openAppStand({ ...options, dataDir: stand.dataDir });
      // The keys were in memory and are gone: the simulation stands in, and says why.
      expect(again.status()).toMatchObject({
        environment: 'simulation',
        phase: 'failed',
        reason: { code: 'KIS_NO_KEYS' },
        lock: { state: 'none', pinSet: true },
      });
      await again.close();
      const record = Journal.open({ path: join(stand.dataDir, 'system.db'), role: 'system' });
      const kinds = [...record.read()].map(({ kind }) => kind);
      record.close();
      expect(kinds).toEqual([
        'connectionSaved',
        'environmentSwitched',
        'pinSet',
        'pinFailed',
        'realArmed',
        'realDisarmed',
        'environmentFailed',
      ]);
    },
  );
});
