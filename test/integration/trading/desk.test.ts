/** The desk from the verb to the broker and back. */
import { describe, expect, it } from 'vitest';
import { DeskStand, SAMSUNG } from '#test/support/desk-stand.ts';

describe('the desk', () => {
  it('writes before it sends, and takes a fill to a position', async () => {
    const stand = await DeskStand.open();
    const writtenAtSend: string[][] = [];
    stand.broker.mischief.submit = () => void writtenAtSend.push(stand.journal.kinds());
    const ack = await stand.submit({ quantity: 10, price: 10_000 });
    expect(writtenAtSend[0]?.slice(-2)).toEqual(['orderCreated', 'orderSubmitting']);
    expect(ack).toMatchObject({ state: 'accepted', brokerOrderNo: '000001', reason: null });
    stand.broker.fill('000001', 4);
    await stand.time.advance(10);
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'partiallyFilled', filledQty: 4, filledValue: 40_000 });
    stand.broker.fill('000001', 6);
    await stand.time.advance(10);
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'filled', filledQty: 10 });
    expect(stand.desk.positions('A1')).toEqual([
      { accountId: 'A1', instrumentId: SAMSUNG, quantity: 10, sellable: 10, costKrw: 100_010, realisedKrw: 0 },
    ]);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(stand.log.lines).toEqual([]);
  });
});
