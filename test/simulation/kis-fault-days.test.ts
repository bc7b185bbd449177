/**
 * Seeded fault days on KIS: whatever the line, the server and the clocks do, the desk ends with the firm's books and no order
 * twice. More of them, from any seed, and over real sockets: `npm run fault-days -- --days 1000 --from 1 --sockets 10`.
 */
import { describe, expect, it } from 'vitest';
import { playFaultDay } from '#test/support/kis-fault-day.ts';

const DAYS = Number(process.env['KIS_FAULT_DAYS'] ?? 50);
const FIRST_SEED = Number(process.env['KIS_FAULT_FIRST_SEED'] ?? 1);
/** They take real time, some fifteen seconds each, nearly all of it waiting: so several are played at once. */
const SOCKET_DAYS = Number(process.env['KIS_SOCKET_DAYS'] ?? 10);

const seeds = (count: number): number[] => Array.from({ length: count }, (_, i) => FIRST_SEED + i);

describe('a day on KIS under faults', () => {
  it.each(seeds(DAYS))('ends with equal books, seed %i', async (seed) => {
    const { faults } = await playFaultDay(seed);
    expect(faults.length).toBeGreaterThan(0);
  });

  it.concurrent.each(seeds(SOCKET_DAYS))(
    'ends with equal books over real sockets, seed %i',
    async (seed) => {
      const { faults } = await playFaultDay(seed, { sockets: true });
      expect(faults.length).toBeGreaterThan(0);
    },
    120_000,
  );
});
