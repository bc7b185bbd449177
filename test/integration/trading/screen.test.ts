/** What the screens get from the desk. */
import { describe, expect, it } from 'vitest';
import { DeskDelta, OrderPreview } from '#shared/contract/index.ts';
import { Performance } from '#shared/domain/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { DeskStand, issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';

const KODEX = 'KRX:069500';

describe('what the screen is told', () => {
  it('is every change in order, after a full beginning, each of the declared shape', async () => {
    const stand = await DeskStand.open();
    await stand.buy(5);
    const begin = stand.desk.snapshot();
    const told: DeskDelta[] = [];
    const stop = stand.desk.watch((deltas) => told.push(...deltas));
    stand.desk.watch(() => {
      throw new Error('a broken screen');
    });
    const { orderId } = await stand.submit({ side: 'sell', price: 10_500, quantity: 5 });
    stand.broker.fill('000002', 5);
    await stand.time.advance(10);
    stop();
    await stand.submit({ price: 9_900 });
    for (const delta of [...begin, ...told]) expect(DeskDelta.parse(delta)).toEqual(delta);
    const states = told.flatMap((delta) =>
      delta.kind === 'order' && delta.order.orderId === orderId ? [delta.order.state] : [],
    );
    expect(states).toEqual(['submitting', 'accepted', 'filled']);
    expect(told.filter(({ kind }) => kind === 'fill')).toHaveLength(1);
    expect(new Set(begin.map(({ kind }) => kind))).toEqual(
      new Set(['tradingState', 'account', 'position', 'fill', 'order']),
    );
    expect(stand.log.lines.map(({ message }) => message)).toContain('a watcher of the desk failed');
  });

  it('previews cost, limits and verdict of a draft', async () => {
    const stand = await DeskStand.open();
    const { requestId: _id, allowDuplicate: _again, ...draft } = stand.order({ price: 10_000, quantity: 1_000 });
    const preview = OrderPreview.parse(stand.desk.preview(draft));
    // 10,000,000 won; commission 1,405.27 → 1,400 won; settled on the second session after 2025-02-11.
    expect(preview).toMatchObject({
      denial: null,
      rules: 27,
      warnings: [],
      amountKrw: 10_000_000,
      commissionKrw: 1_400,
      taxKrw: 0,
      totalKrw: 10_001_400,
      settlementDate: '2025-02-13',
    });
    expect(preview.buyingPowerAfterKrw).toBe(89_998_600);
    expect(preview.maxQuantity).toBe(9_998);
    expect(stand.desk.preview({ ...draft, type: 'market', price: null })).toMatchObject({
      amountKrw: 13_000_000,
      maxQuantity: 7_691,
    });
    expect(stand.desk.preview({ ...draft, price: 10_007 }).denial).toMatchObject({ code: 'GUARD_TICK' });
    expect(stand.desk.preview({ ...draft, quantity: 1_000_000_000 })).toMatchObject({
      denial: { code: 'GUARD_QUANTITY_CAP' },
      amountKrw: 0,
      maxQuantity: 9_998,
    });
    expect(stand.desk.preview({ ...draft, instrumentId: KODEX })).toMatchObject({
      denial: { code: 'INSTRUMENT_UNKNOWN' },
      maxQuantity: 0,
    });
    await stand.buy(20);
    // 200,000 won; 28.1 → 20 won; tax of 2025 0.15 % = 300 won.
    expect(stand.desk.preview({ ...draft, side: 'sell', price: 10_000, quantity: 20 })).toMatchObject({
      amountKrw: 200_000,
      commissionKrw: 20,
      taxKrw: 300,
      totalKrw: 199_680,
      maxQuantity: 20,
    });
    stand.market.set(SAMSUNG, issueFacts({ sessionDate: sessionDate('2027-12-30') }));
    expect(stand.desk.preview(draft).settlementDate).toBeNull();
  });

  it('adopts an account that was opened while it runs', async () => {
    const stand = await DeskStand.open();
    stand.broker.openAccount('A2', 5_000_000);
    expect(await stand.desk.adoptAccount('A2')).toMatchObject({
      accountId: 'A2',
      buyingPowerKrw: 5_000_000,
      environment: 'simulation',
    });
    expect(await stand.submit({ accountId: 'A2' })).toMatchObject({ state: 'accepted' });
    expect(Performance.parse(stand.desk.performance('A2'))).toMatchObject({ equityKrw: 5_000_000 });
    expect(stand.desk.equity('A2').columns.equity[0]).toBe(5_000_000);
  });
});
