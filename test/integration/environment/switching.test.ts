/** One click between the simulation, KIS paper and KIS real, on offline KIS servers in this process. */
import { describe, expect, it } from 'vitest';
import type { DeskDelta } from '#shared/contract/index.ts';
import { openAppStand } from '#test/support/app-stand.ts';
import { countTimers } from '#test/support/live-timers.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

/** The fewest at a time over a moment: those that stay, without what is just passing. */
async function fewest(count: () => number): Promise<number> {
  const seen: number[] = [];
  for (let look = 0; look < 60; look += 1) {
    await new Promise((wake) => setTimeout(wake, 10));
    seen.push(count());
  }
  return Math.min(...seen);
}

describe('a switch to KIS paper and back', () => {
  it(
    'ends and reopens the streams, pauses the practice market, and keeps the records apart',
    { timeout: 90_000 },
    async () => {
      const timers = countTimers();
      const paper = await openOfflineKis('paper', { still: true });
      const stand = await openAppStand({ openTransport: transportTo(paper) });
      const { client } = stand;
      const saved = await client.kis.save(paper.entry);
      expect(saved).toMatchObject({ kind: 'paper', endpoint: 'emulator', keptIn: 'memory', hasHtsId: true });
      await client.simulation.pause({});
      const timersBefore = await fewest(timers);
      const batches: { snapshot: boolean; items: readonly DeskDelta[] }[] = [];
      let renewed = 0;
      client.trading.desk(
        {},
        {
          batch: (items, { snapshot }) => void batches.push({ snapshot, items }),
          renewed: () => (renewed += 1),
        },
      );
      await client.simulation.resume({});
      expect(await client.environment.switchTo({ environment: 'paper' })).toEqual({ done: true, blockers: [] });
      const status = await stand.until(({ environment, phase }) => environment === 'paper' && phase === 'ready');
      expect(status).toMatchObject({ connectionId: saved.connectionId, endpoint: 'emulator', lock: { state: 'none' } });
      expect((await client.system.about({})).environment).toBe('paper');
      await expect(client.simulation.resume({})).rejects.toMatchObject({ code: 'SIMULATION_ONLY' });
      await expect.poll(() => renewed).toBe(1);
      await expect
        .poll(
          async () => (await client.trading.accounts({})).map(({ accountId, environment }) => [accountId, environment]),
          { timeout: 45_000 },
        )
        .toEqual([
          [saved.connectionId, 'paper'],
          [`${saved.connectionId}-usd`, 'paper'],
        ]);
      expect(batches.filter(({ snapshot }) => snapshot).length).toBeGreaterThanOrEqual(2);

      await client.environment.switchTo({ environment: 'simulation' });
      const [account] = await client.trading.accounts({});
      expect(account?.environment).toBe('simulation');
      await expect.poll(() => paper.emulator.registrations()).toEqual([]);
      expect(await stand.until(({ environment }) => environment === 'simulation')).toMatchObject({ generation: 3 });
      // The market that ran before runs again; stopped, nothing of the other environment ticks on.
      await client.simulation.pause({});
      await expect.poll(() => fewest(timers), { timeout: 5_000 }).toBe(timersBefore);
      const { ok, files } = await client.system.journalVerify({});
      expect(ok).toBe(true);
      expect(files.map(({ file }) => file)).toEqual(['journal.db', 'system.db', `journals/${saved.connectionId}.db`]);
    },
  );
});
