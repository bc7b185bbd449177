/** The simulation as an environment of the composed core: in force at the first start, with nothing else to switch to. */
import { describe, expect, it } from 'vitest';
import { openAppStand } from '#test/support/app-stand.ts';

describe('a core that was never told of KIS', () => {
  it('is in the simulation, says what is missing for the others, and trades', async () => {
    const stand = await openAppStand();
    expect(stand.status()).toMatchObject({
      environment: 'simulation',
      connectionId: null,
      phase: 'ready',
      lock: { state: 'none', pinSet: false },
    });
    expect(stand.status().choices.map(({ environment, reasonKo }) => [environment, reasonKo === null])).toEqual([
      ['simulation', true],
      ['live', false],
      ['paper', false],
      ['real', false],
    ]);
    const refused = stand.client.environment.switchTo({ environment: 'paper' });
    await expect(refused).rejects.toMatchObject({ code: 'ENVIRONMENT_ABSENT' });
    const [account] = await stand.client.trading.accounts({});
    expect(account).toMatchObject({ environment: 'simulation' });
    expect(await stand.client.system.journalVerify({})).toMatchObject({
      ok: true,
      files: [{ file: 'journal.db' }, { file: 'system.db' }],
    });
    await expect(stand.client.environment.arm({ pin: '1234' })).rejects.toMatchObject({ code: 'REAL_NOT_IN_FORCE' });
  });
});
