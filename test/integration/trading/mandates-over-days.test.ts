/** Mandates of several days: they go on where a price still means the same, and end where it does not. */
import { describe, expect, it } from 'vitest';
import { krw } from '#shared/num/index.ts';
import { type DeskStand, issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';
import { holding, leg, mandates, place, sells, states, tick } from '#test/support/mandates.ts';

describe('a mandate of several days', () => {
  const NEXT = '2025-02-12';
  const SPLIT = {
    instrumentId: SAMSUNG,
    action: { kind: 'split', from: 1, to: 5 },
    before: { quantity: 10, costKrw: krw(100_010) },
    after: { quantity: 50, costKrw: krw(100_010) },
    reasonKo: '1:5 액면분할',
  } as const;

  async function standing(): Promise<DeskStand> {
    const stand = await holding();
    await place(stand, leg({ expires: '2025-02-20' }));
    return stand;
  }

  /** The next trading day begins at a base price. */
  function nextDay(stand: DeskStand, base: number): void {
    stand.broker.endSession();
    stand.market.set(SAMSUNG, issueFacts({ sessionDate: NEXT as never, base, last: base }));
  }

  /** Trades that go on while the broker answers. */
  async function ticks(stand: DeskStand, price: number): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      await tick(stand, price);
      await stand.time.advance(2_000);
    }
  }

  it('goes on into the next day, whose trades set it off as before', async () => {
    const stand = await standing();
    nextDay(stand, 9_900);
    await ticks(stand, 9_800);
    expect(mandates(stand)).toMatchObject([{ state: 'armed', watchedDate: NEXT, watchedBase: 9_900 }]);
    await tick(stand, 9_500);
    expect(sells(stand)).toHaveLength(1);
  });

  it('is not set off by the first trade of a day before the broker has said what is held on it', async () => {
    const stand = await standing();
    nextDay(stand, 9_600);
    stand.trade({ instrumentId: SAMSUNG, venue: 'KRX', price: 9_400 });
    expect(sells(stand)).toEqual([]);
    await ticks(stand, 9_400);
    expect(sells(stand)).toHaveLength(1);
  });

  it('ends without a sale where another base price was set than trading can have left', async () => {
    const stand = await standing();
    nextDay(stand, 2_000);
    await ticks(stand, 2_000);
    expect(sells(stand)).toEqual([]);
    expect(mandates(stand)).toMatchObject([{ state: 'cancelled', reason: { code: 'MANDATE_ADJUSTED' } }]);
    expect(stand.alerts().at(-1)).toContain('권리락');
  });

  it('ends when a split is told of what it protects', async () => {
    const stand = await standing();
    stand.broker.endSession();
    stand.broker.say({ kind: 'holdingAdjusted', adjustment: stand.broker.adjust(SPLIT) });
    await stand.time.advance(10);
    expect(mandates(stand)).toMatchObject([{ state: 'cancelled', reason: { code: 'MANDATE_ADJUSTED' } }]);
  });

  it('is judged anew after a restart on another day', async () => {
    const stand = await standing();
    stand.kill();
    nextDay(stand, 2_000);
    await stand.start();
    await ticks(stand, 2_000);
    expect(sells(stand)).toEqual([]);
    expect(states(stand)).toEqual(['cancelled']);
  });
});
