/** Which issues of a watchlist can be replayed on a day. */
import { describe, expect, it } from 'vitest';
import type { CoreClient } from '../../../renderer/client/supervisor.ts';
import { recordedOn } from '../../../renderer/panels/market/parts/recorded.ts';

describe('issues recorded on a day', () => {
  it('are those with a row of it that was traded, in their order, asked a few at a time', async () => {
    let open = 0;
    let most = 0;
    const simulation = {
      replayDays: async ({ instrumentId }: { readonly instrumentId: string }) => {
        open += 1;
        most = Math.max(most, open);
        await Promise.resolve();
        open -= 1;
        const number = Number(instrumentId.slice(4));
        return [{ date: number % 2 === 0 ? '2025-02-11' : '2025-02-10', suspended: number === 4 }];
      },
    };
    const instrumentIds = Array.from({ length: 30 }, (_, i) => `KRX:${String(i).padStart(6, '0')}`);
    const found = await recordedOn({ simulation } as unknown as CoreClient, { instrumentIds, date: '2025-02-11' });
    expect(found).toEqual(instrumentIds.filter((_, i) => i % 2 === 0 && i !== 4));
    expect(most).toBeLessThanOrEqual(8);
  });
});
