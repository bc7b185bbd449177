/** An account that is not empty and not ours alone: holdings taken over at first sight, differences later halt, the user decides. */
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#shared/domain/index.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { DeskStand, issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';
import { totalsBroker, type TotalsView } from '#test/support/totals-broker.ts';

const HYNIX: InstrumentId = 'KRX:000660';
const PHRASE = '증권사 잔고로 맞춤';

/** A stand before its first inquiry, on an account that holds something. */
function firm(held: Readonly<Record<string, { quantity: number; costKrw: number }>>) {
  const view: TotalsView = { costs: new Map(), between: null };
  const stand = new DeskStand({ view: (broker) => totalsBroker(broker, view) });
  stand.market.set(HYNIX, issueFacts({ instrument: { ...issueFacts().instrument, id: HYNIX, code: '000660' } }));
  for (const [id, { quantity, costKrw }] of Object.entries(held)) {
    stand.broker.misplace('A1', id, quantity);
    view.costs.set(id, costKrw);
  }
  return { stand, view };
}

const elsewhere = (side: 'buy' | 'sell', quantity: number, price: number, instrumentId = SAMSUNG) =>
  ({ accountId: 'A1', instrumentId, side, type: 'limit', timeInForce: 'day', ...PLAIN, price, quantity }) as const;

const held = (stand: DeskStand) =>
  stand.desk
    .positions('A1')
    .filter(({ quantity }) => quantity > 0)
    .map(({ instrumentId, quantity, costKrw }) => ({ instrumentId, quantity, costKrw }))
    .sort((a, b) => (a.instrumentId < b.instrumentId ? 1 : -1));

async function settled(stand: DeskStand): Promise<void> {
  await stand.start();
  await stand.time.advance(30_000);
}

describe('the first sight of an account', () => {
  it('takes its holdings and their cost over, shows them, and does not halt', async () => {
    const { stand } = firm({ [SAMSUNG]: { quantity: 10, costKrw: 95_000 }, [HYNIX]: { quantity: 3, costKrw: 60_000 } });
    await settled(stand);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(stand.desk.status).toBe('ready');
    expect(held(stand)).toEqual([
      { instrumentId: SAMSUNG, quantity: 10, costKrw: 95_000 },
      { instrumentId: HYNIX, quantity: 3, costKrw: 60_000 },
    ]);
    expect(stand.alerts()).toEqual(['증권사 계좌에 있던 2종목을 가져왔습니다.']);
    // Profit is counted from what was there: 100,000,000 won in cash and 155,000 at cost.
    expect(stand.desk.performance('A1')).toMatchObject({ startingCashKrw: 100_155_000, realisedKrw: 0 });
  });

  it('takes an empty account for what it is, and counts from its cash', async () => {
    const { stand } = firm({});
    await settled(stand);
    expect(held(stand)).toEqual([]);
    expect(stand.alerts()).toEqual([]);
    expect(stand.desk.performance('A1')).toMatchObject({ startingCashKrw: 100_000_000, returnPpb: 0 });
  });

  it('sells what it took over, and counts the profit from the cost', async () => {
    const { stand } = firm({ [SAMSUNG]: { quantity: 10, costKrw: 95_000 } });
    await settled(stand);
    const sell = await stand.submit({ side: 'sell', quantity: 10, price: 10_000 });
    stand.broker.fill(sell.brokerOrderNo ?? '', 10);
    await stand.time.advance(30_000);
    const { realisedKrw, commissionKrw, taxKrw } = stand.desk.performance('A1');
    expect(realisedKrw).toBe(5_000 - commissionKrw - taxKrw);
    expect(stand.desk.tradingState.state).toBe('active');
  });

  it('puts the trades of the morning, made in another program, before it: buys, sells, and what was sold out', async () => {
    const { stand, view } = firm({
      [SAMSUNG]: { quantity: 10, costKrw: 95_000 },
      [HYNIX]: { quantity: 4, costKrw: 80_000 },
    });
    const bought = stand.broker.placeElsewhere(elsewhere('buy', 5, 10_000));
    stand.broker.fill(bought, 2, 9_990);
    stand.broker.fill(bought, 3, 10_000);
    const sold = stand.broker.placeElsewhere(elsewhere('sell', 4, 20_000, HYNIX));
    stand.broker.fill(sold, 4, 20_000);
    const waits = stand.broker.placeElsewhere(elsewhere('sell', 6, 11_000));
    view.costs.set(SAMSUNG, 145_000);
    await settled(stand);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(held(stand)).toEqual([{ instrumentId: SAMSUNG, quantity: 15, costKrw: 145_000 }]);
    const orders = stand
      .orders()
      .map(({ brokerOrderNo, state, filledValue }) => ({ brokerOrderNo, state, filledValue }));
    expect(orders).toEqual(
      expect.arrayContaining([
        { brokerOrderNo: bought, state: 'filled', filledValue: 2 * 9_990 + 3 * 10_000 },
        { brokerOrderNo: sold, state: 'filled', filledValue: 80_000 },
        { brokerOrderNo: waits, state: 'accepted', filledValue: 0 },
      ]),
    );
    // History is no news; what still waits is.
    expect(stand.alerts().filter((title) => title.includes('다른 프로그램'))).toHaveLength(1);
  });

  it('survives a fill that comes between the executions and the positions of the first inquiry', async () => {
    const { stand, view } = firm({ [SAMSUNG]: { quantity: 10, costKrw: 95_000 } });
    const no = stand.broker.placeElsewhere(elsewhere('buy', 5, 10_000));
    view.between = () => {
      view.costs.set(SAMSUNG, 145_010);
      stand.broker.fill(no, 5);
    };
    await settled(stand);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(held(stand)).toEqual([{ instrumentId: SAMSUNG, quantity: 15, costKrw: 145_010 }]);
  });

  it('is not repeated after a restart, whenever it comes', async () => {
    for (const pauseMs of [0, 200, 30_000]) {
      const { stand } = firm({ [SAMSUNG]: { quantity: 10, costKrw: 95_000 } });
      await stand.start();
      await stand.time.advance(pauseMs);
      await stand.crash();
      await stand.time.advance(30_000);
      expect(held(stand)).toEqual([{ instrumentId: SAMSUNG, quantity: 10, costKrw: 95_000 }]);
      expect(stand.desk.performance('A1').startingCashKrw).toBe(100_095_000);
      const adopted = stand.journal.kinds().filter((kind) => kind === 'holdingsAdopted');
      expect(adopted).toHaveLength(1);
    }
  });
});

describe('fills told as totals of an order', () => {
  it('come to the exact sum, also where notices told a part before', async () => {
    const { stand } = firm({});
    await settled(stand);
    const buy = await stand.submit({ quantity: 10, price: 10_000 });
    const no = buy.brokerOrderNo ?? '';
    stand.broker.fill(no, 3, 9_970);
    await stand.time.advance(100);
    stand.broker.mischief = { notice: () => 'drop' };
    stand.broker.fill(no, 4, 9_990);
    stand.broker.fill(no, 3, 10_000);
    await stand.time.advance(30_000);
    const value = 3 * 9_970 + 4 * 9_990 + 3 * 10_000;
    expect(stand.find(buy.orderId)).toMatchObject({ state: 'filled', filledQty: 10, filledValue: value });
    const fills = stand.desk.fills({ accountId: 'A1', limit: 10 });
    expect(fills.reduce((sum, { price, quantity }) => sum + price * quantity, 0)).toBe(value);
    expect(stand.desk.tradingState.state).toBe('active');
  });
});

describe('a difference that comes later', () => {
  async function differing() {
    const { stand, view } = firm({ [SAMSUNG]: { quantity: 10, costKrw: 95_000 } });
    await settled(stand);
    // A dividend in shares, and an issue transferred from another firm.
    stand.broker.misplace('A1', SAMSUNG, 11);
    stand.broker.misplace('A1', HYNIX, 2);
    view.costs.set(HYNIX, 40_000);
    await stand.time.advance(200_000);
    return { stand, view };
  }

  it('halts', async () => {
    const { stand } = await differing();
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
    await expect(stand.desk.resume('매매 재개')).rejects.toMatchObject({ code: 'RESUME_NOT_RECONCILED' });
  });

  it("is taken over by the user's typed word, is journalled, and trading can go on", async () => {
    const { stand } = await differing();
    await expect(stand.desk.adoptHoldings('A1', '맞춤')).rejects.toMatchObject({ code: 'ADOPT_PHRASE' });
    const adopting = stand.desk.adoptHoldings('A1', PHRASE);
    await stand.time.advance(1_000);
    expect(await adopting).toEqual({ differing: 2 });
    expect(stand.desk.tradingState.state).toBe('halted');
    expect(held(stand)).toEqual([
      { instrumentId: SAMSUNG, quantity: 11, costKrw: 95_000 },
      { instrumentId: HYNIX, quantity: 2, costKrw: 40_000 },
    ]);
    const resuming = stand.desk.resume('매매 재개');
    await stand.time.advance(1_000);
    expect((await resuming).state).toBe('active');
    await stand.time.advance(200_000);
    expect(stand.desk.tradingState.state).toBe('active');
    await stand.crash();
    expect(held(stand)).toHaveLength(2);
    expect(stand.alerts()).toContain('다르던 2종목의 보유를 증권사 잔고로 맞추었습니다.');
  });

  it('cannot be taken over while trading goes on', async () => {
    const { stand } = firm({ [SAMSUNG]: { quantity: 10, costKrw: 95_000 } });
    await settled(stand);
    await expect(stand.desk.adoptHoldings('A1', PHRASE)).rejects.toMatchObject({ code: 'ADOPT_NOT_HALTED' });
  });

  it('does not end in a dead end where units came and were sold before anyone looked', async () => {
    const { stand } = firm({});
    await settled(stand);
    stand.kill();
    // Allotted shares arrive in the night and are sold at the opening, in another program.
    stand.broker.misplace('A1', SAMSUNG, 20);
    const sold = stand.broker.placeElsewhere(elsewhere('sell', 20, 12_000));
    stand.broker.fill(sold, 20, 12_000);
    await stand.start();
    await stand.time.advance(30_000);
    expect(stand.desk.tradingState.state).toBe('halted');
    const adopting = stand.desk.adoptHoldings('A1', PHRASE);
    await stand.time.advance(1_000);
    await adopting;
    const resuming = stand.desk.resume('매매 재개');
    await stand.time.advance(1_000);
    expect((await resuming).state).toBe('active');
    expect(held(stand)).toEqual([]);
    expect(stand.orders()).toMatchObject([{ state: 'filled', filledValue: 240_000, external: true }]);
  });
});
