/** Fills that nobody told of, asked for all at once: in the order in which they can have happened, to the won. */
import { describe, expect, it } from 'vitest';
import { krw } from '#shared/num/index.ts';
import { DeskStand, SAMSUNG } from '#test/support/desk-stand.ts';
import { totalsBroker, type TotalsView } from '#test/support/totals-broker.ts';

/** Lets the next inquiries run. */
const settle = (stand: DeskStand): Promise<void> => stand.time.advance(20_000);

describe('missed fills of one day', () => {
  it('are booked buy before sell, however much each order had filled', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief = { notice: () => 'drop' };
    const buy = await stand.submit({ quantity: 100 });
    stand.broker.fill(buy.brokerOrderNo ?? '', 100);
    await stand.time.advance(1_000);
    // Less than the buy: by quantity alone this one would come first.
    const sell = stand.broker.placeElsewhere({
      ...stand.order({ side: 'sell', quantity: 10, price: 10_100 }),
      accountId: 'A1',
    });
    stand.broker.fill(sell, 10, 10_100);
    await settle(stand);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(stand.desk.positions('A1')).toMatchObject([{ instrumentId: SAMSUNG, quantity: 90 }]);
  });

  it('are booked though the firm tells one time for all of them', async () => {
    const view: TotalsView = { costs: new Map(), between: null };
    const stand = await DeskStand.open({ view: (broker) => totalsBroker(broker, view) });
    await settle(stand);
    stand.broker.mischief = { notice: () => 'drop' };
    // Bought, sold and bought again: each order's total bears the time of its last fill.
    const buy = await stand.submit({ quantity: 30 });
    stand.broker.fill(buy.brokerOrderNo ?? '', 10);
    const sell = stand.broker.placeElsewhere({ ...stand.order({ side: 'sell', quantity: 10 }), accountId: 'A1' });
    stand.broker.fill(sell, 10, 10_100);
    await stand.time.advance(2_000);
    stand.broker.fill(buy.brokerOrderNo ?? '', 20);
    await settle(stand);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 20 }]);
  });

  it('halt where more was sold than there ever was', async () => {
    const stand = await DeskStand.open();
    await settle(stand);
    stand.broker.mischief = { notice: () => 'drop' };
    stand.broker.misplace('A1', SAMSUNG, 5);
    const sell = stand.broker.placeElsewhere({ ...stand.order({ side: 'sell', quantity: 5 }), accountId: 'A1' });
    stand.broker.fill(sell, 5);
    await stand.time.advance(120_000);
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
  });
});

describe('a notice that is ahead of the list', () => {
  async function ahead() {
    const stand = await DeskStand.open();
    const buy = await stand.submit({ quantity: 10 });
    const no = buy.brokerOrderNo ?? '';
    const { exchangeTs, sessionDate } = stand.broker.row(no);
    stand.broker.say({
      kind: 'fill',
      execution: {
        accountId: 'A1',
        brokerOrderNo: no,
        instrumentId: SAMSUNG,
        side: 'buy',
        venue: 'KRX',
        price: 10_000,
        quantity: 4,
        cumulativeQty: 4,
        cumulativeCommissionKrw: krw(0),
        cumulativeTaxKrw: krw(0),
        exchangeTs,
        sessionDate,
        settlementDate: sessionDate,
      },
    });
    // The next inquiry has come, and has not known of it.
    await stand.time.advance(16_000);
    return { stand, no };
  }

  it('is waited for', async () => {
    const { stand, no } = await ahead();
    expect(stand.desk.tradingState.state).toBe('active');
    stand.broker.mischief = { notice: () => 'drop' };
    stand.broker.fill(no, 4);
    await settle(stand);
    expect(stand.desk.tradingState.state).toBe('active');
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 4 }]);
  });

  it('halts where the list never follows', async () => {
    const { stand } = await ahead();
    await stand.time.advance(60_000);
    expect(stand.desk.tradingState.state).toBe('halted');
  });
});
