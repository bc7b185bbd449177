/** Holdings that end by themselves at the desk: settled after their end and said so, without a halt; what no end explains halts. */
import { describe, expect, it } from 'vitest';
import type { Broker } from '#core/broker/index.ts';
import type { ScriptedBroker } from '#test/support/scripted-broker.ts';
import { DeskStand, SAMSUNG } from '#test/support/desk-stand.ts';
import { kstInstant, sessionDate } from '#shared/time/index.ts';

const LAST_DAY = sessionDate('2025-02-12');
const END = { on: LAST_DAY, ts: kstInstant(LAST_DAY, 15 * 3_600_000) };
const DAY_MS = 86_400_000;

/** The scripted broker, as one that says when what is held ends. */
const telling = (broker: ScriptedBroker): Broker =>
  new Proxy(broker, {
    get: (target, name) => {
      if (name === 'positions')
        return async (accountId: string) => (await target.positions(accountId)).map((each) => ({ ...each, end: END }));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

async function holdingHundred(): Promise<DeskStand> {
  const stand = await DeskStand.open({ view: telling });
  await stand.buy(100);
  await idle(stand);
  return stand;
}

/** Long enough for the idle inquiries that tell a difference twice. */
async function idle(stand: DeskStand): Promise<void> {
  for (let round = 0; round < 40; round += 1) await stand.time.advance(30_000);
}

const settledIn = (stand: DeskStand) => stand.journal.entries.filter(({ kind }) => kind === 'desk.positionSettled');

describe('a holding that ends by itself', () => {
  it('is booked out once after its end, with what it had cost and without a price, and trading goes on', async () => {
    const stand = await holdingHundred();
    expect(stand.journal.kinds().filter((kind) => kind === 'holdingEndTold')).toHaveLength(1);
    stand.exchangeMs = 2 * DAY_MS;
    stand.broker.misplace('A1', SAMSUNG, 0);
    await idle(stand);
    expect(stand.desk.positions('A1')[0]?.quantity ?? 0).toBe(0);
    const [settled] = settledIn(stand);
    expect(settledIn(stand)).toHaveLength(1);
    expect(settled?.data).toMatchObject({ instrumentId: SAMSUNG, quantityBefore: 100, endsOn: LAST_DAY });
    expect(JSON.stringify(settled?.data)).not.toContain('price');
    expect(stand.desk.status).toBe('ready');
    expect(stand.alerts()).toEqual([expect.stringContaining('최종결제')]);
    await stand.crash();
    await idle(stand);
    expect(settledIn(stand)).toHaveLength(1);
    expect(stand.desk.positions('A1')[0]?.quantity ?? 0).toBe(0);
  });

  it('is found settled by a desk that slept over its end: the date is in the record', async () => {
    const stand = await holdingHundred();
    stand.exchangeMs = 2 * DAY_MS;
    stand.broker.misplace('A1', SAMSUNG, 0);
    await stand.crash();
    await idle(stand);
    expect(settledIn(stand)).toHaveLength(1);
    expect(stand.alerts()).toEqual([expect.stringContaining('최종결제')]);
  });

  it('halts when it is gone before its end', async () => {
    const stand = await holdingHundred();
    stand.broker.misplace('A1', SAMSUNG, 0);
    await idle(stand);
    expect(settledIn(stand)).toEqual([]);
    expect(stand.desk.snapshot()).toContainEqual(
      expect.objectContaining({ tradingState: expect.objectContaining({ state: 'halted' }) as unknown }),
    );
  });

  it('halts when a part of it is gone after its end', async () => {
    const stand = await holdingHundred();
    stand.exchangeMs = 2 * DAY_MS;
    stand.broker.misplace('A1', SAMSUNG, 40);
    await idle(stand);
    expect(settledIn(stand)).toEqual([]);
    expect(stand.alerts().join()).toContain('005930');
  });
});
