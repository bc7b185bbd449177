/** Baskets: judged as a whole, sent at a pace, every row's end told, and a repeat that sends nothing twice. */
import { describe, expect, it } from 'vitest';
import { checkBasket, DEFAULT_TRADING_SETTINGS, sendBasket } from '#core/trading/index.ts';
import type { BasketRow } from '#shared/domain/index.ts';
import { DeskStand } from '#test/support/desk-stand.ts';

const { rates } = DEFAULT_TRADING_SETTINGS.guard;
const BASKET = 'basket-0001';

function row(stand: DeskStand, change: Partial<BasketRow> = {}): BasketRow {
  const { requestId: _request, allowDuplicate: _twice, ...draft } = stand.order(change);
  return draft;
}

/** Sends and lets time pass until the report is there. */
async function send(stand: DeskStand, rows: readonly BasketRow[], signal = new AbortController().signal) {
  const { clock, timers } = stand.time;
  const prepare = (): Promise<void> => Promise.resolve();
  const report = sendBasket({ desk: stand.desk, clock, timers, rates, prepare }, { basketId: BASKET, rows }, signal);
  report.catch(() => undefined);
  await stand.time.advance(rows.length * 1_000 + 1_000);
  return report;
}

const sent = (stand: DeskStand): number => stand.broker.received.filter(({ verb }) => verb === 'submit').length;

describe('a basket', () => {
  it('is sent row by row when every row passes', async () => {
    const stand = await DeskStand.open();
    const rows = [9_900, 9_910, 9_920].map((price) => row(stand, { price }));
    const report = await send(stand, rows);
    expect(report).toMatchObject({
      sent: true,
      rows: [{ state: 'accepted' }, { state: 'accepted' }, { state: 'accepted' }],
    });
    expect(sent(stand)).toBe(3);
  });

  it('sends nothing when one row is refused, and says which and why', async () => {
    const stand = await DeskStand.open();
    const rows = [
      row(stand, { price: 9_900 }),
      row(stand, { price: 9_907 }),
      row(stand, { side: 'sell', price: 10_100 }),
    ];
    const report = await send(stand, rows);
    expect(report.sent).toBe(false);
    expect(report.verdicts.map((verdict) => verdict.denial?.code ?? null)).toEqual([
      null,
      'GUARD_TICK',
      'GUARD_SELLABLE',
    ]);
    expect(report.rows.map((outcome) => outcome.state)).toEqual(['notSent', 'notSent', 'notSent']);
    expect(sent(stand)).toBe(0);
  });

  it('is judged with the cash and the shares of the rows before it', async () => {
    const stand = await DeskStand.open();
    await stand.buy(10);
    const power = stand.desk.accounts()[0]?.buyingPowerKrw ?? 0;
    const half = Math.floor((power * 0.6) / 10_000);
    const codes = checkBasket(stand.desk, [
      row(stand, { price: 10_000, quantity: half }),
      row(stand, { price: 9_990, quantity: half }),
      row(stand, { side: 'sell', price: 10_000, quantity: 6 }),
      row(stand, { side: 'sell', price: 10_010, quantity: 6 }),
    ]).map((verdict) => verdict.denial?.code ?? null);
    expect(codes).toEqual([null, 'GUARD_CASH', null, 'GUARD_SELLABLE']);
  });

  it('takes two equal rows for a slip', async () => {
    const stand = await DeskStand.open();
    const verdicts = checkBasket(stand.desk, [row(stand, { price: 9_900 }), row(stand, { price: 9_900 })]);
    expect(verdicts[1]?.denial?.code).toBe('BASKET_TWICE');
  });

  it('keeps a pace that the guard never has to refuse', async () => {
    const stand = await DeskStand.open();
    const rows = Array.from({ length: 12 }, (_, at) => row(stand, { price: 9_000 + at * 10, quantity: 1 }));
    const report = await send(stand, rows);
    expect(report.rows.every((outcome) => outcome.state === 'accepted')).toBe(true);
    expect(sent(stand)).toBe(12);
  });

  it('tells the row that the broker refused, and goes on', async () => {
    const stand = await DeskStand.open();
    let count = 0;
    stand.broker.mischief.submit = () => ((count += 1) === 2 ? { refuse: 'EXCH_CASH' } : undefined);
    const report = await send(
      stand,
      [9_900, 9_910, 9_920].map((price) => row(stand, { price })),
    );
    expect(report.rows.map((outcome) => [outcome.state, outcome.reason?.code ?? null])).toEqual([
      ['accepted', null],
      ['rejected', 'EXCH_CASH'],
      ['accepted', null],
    ]);
  });

  it('stops at a halt and tells what was not sent', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => {
      void stand.desk.setTradingState('halted');
      return undefined;
    };
    const report = await send(
      stand,
      [9_900, 9_910].map((price) => row(stand, { price })),
    );
    expect(report.rows.map((outcome) => outcome.state === 'notSent')).toEqual([false, true]);
    expect(sent(stand)).toBe(1);
  });

  it('given up in the middle is finished by a repeat, and no row is sent twice', async () => {
    const stand = await DeskStand.open();
    const abort = new AbortController();
    stand.broker.mischief.submit = () => {
      abort.abort();
      return undefined;
    };
    const rows = [9_900, 9_910, 9_920].map((price) => row(stand, { price }));
    const first = await send(stand, rows, abort.signal);
    expect(first.rows.map((outcome) => outcome.state)).toEqual(['accepted', 'notSent', 'notSent']);
    stand.broker.mischief.submit = () => undefined;
    await stand.crash();
    const second = await send(stand, rows);
    expect(second.rows.map((outcome) => outcome.state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(second.rows[0]?.orderId).toBe(first.rows[0]?.orderId);
    expect(sent(stand)).toBe(3);
    await send(stand, rows);
    expect(sent(stand)).toBe(3);
  });

  it('of other rows under the same name is refused', async () => {
    const stand = await DeskStand.open();
    await send(stand, [row(stand, { price: 9_900 })]);
    await expect(send(stand, [row(stand, { price: 9_900, quantity: 11 })])).rejects.toMatchObject({
      code: 'REQUEST_REUSED',
    });
  });
});
