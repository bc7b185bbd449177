/** An official endpoint under test: saved by a person's choice, and still no way out of this machine. */
import { describe, expect, it } from 'vitest';
import { openAppStand } from '#test/support/app-stand.ts';
import { madeUpEntry } from '#test/support/made-up-keys.ts';

describe('an official connection', () => {
  it('is locked in a test run, says so step by step, and is not opened by the web door', async () => {
    const { client, join, until } = await openAppStand();
    const entry = madeUpEntry({ kind: 'real', endpoint: 'official', restUrl: null, wsUrl: null });
    const { connectionId, reminders } = await client.kis.save(entry);
    expect(reminders.map(({ kind }) => kind)).toEqual(['memoryOnly', 'issueDateUnknown']);
    const checks = await client.kis.test({ connectionId });
    expect(checks).toMatchObject([{ step: 'address', ok: false, reason: { code: 'KIS_OFFICIAL_LOCKED' } }]);
    await client.environment.switchTo({ environment: 'real', connectionId });
    const status = await until(({ environment }) => environment === 'real');
    expect(status).toMatchObject({ endpoint: 'official', lock: { state: 'locked' } });
    expect(status.noticesKo.join()).toContain('ws://');
    await client.environment.setPin({ pin: '1234' });
    const web = join('web');
    await expect(web.client.environment.arm({ pin: '1234' })).rejects.toMatchObject({ code: 'REAL_WEB' });
    await expect(client.kis.remove({ connectionId })).rejects.toMatchObject({ code: 'CONNECTION_IN_FORCE' });
    await client.environment.switchTo({ environment: 'simulation' });
    expect(await client.kis.remove({ connectionId })).toEqual({ removed: true });
    expect((await client.kis.connections({})).connections).toEqual([]);
    const made = await client.kis.call({
      api: 'domestic-stock.inquire-price',
      env: 'simulator',
      params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
    });
    expect(made.trId).toBe('FHKST01010100');
  });
});
