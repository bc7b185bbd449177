/** Stocks of Hong Kong, Tokyo, Shanghai and Ho Chi Minh City at KIS before the offline KIS: lots, quotes, charts, orders, fills, money of each currency. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { foreignAccountId, type ReplaceRequest, type SubmitOrder } from '#core/broker/index.ts';
import type { Cleared, ForeignCurrency, InstrumentId } from '#shared/domain/index.ts';
import { settingsOf } from '#core/emulator/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { openForeignStage, type ForeignStage } from '#test/support/foreign-stage.ts';
import { KIS_ACCOUNT } from '#test/support/kis-stage.ts';
import { PLAIN } from '#test/support/plain-order.ts';

const TODAY = sessionDate('2026-11-24');

interface Place {
  readonly currency: ForeignCurrency;
  readonly id: InstrumentId;
  /** Minor units on the account at the start. */
  readonly cash: number;
  /** A price far below the market, and the next one above it. */
  readonly low: number;
  readonly next: number;
  readonly tick: number;
  readonly amends: boolean;
}

const PLACES: readonly Place[] = [
  {
    currency: 'HKD',
    id: 'SEHK:00700',
    cash: 8_000_000_000,
    low: 3_600_000,
    next: 3_602_000,
    tick: 2_000,
    amends: true,
  },
  {
    currency: 'JPY',
    id: 'TKSE:7203',
    cash: 100_000_000_000,
    low: 25_000_000,
    next: 25_010_000,
    tick: 10_000,
    amends: true,
  },
  {
    currency: 'CNY',
    id: 'SHAA:600519',
    cash: 5_000_000_000,
    low: 14_000_000,
    next: 14_000_100,
    tick: 100,
    amends: false,
  },
  {
    currency: 'VND',
    id: 'VNSE:VNM',
    cash: 20_000_000_000_000,
    low: 580_000_000,
    next: 581_000_000,
    tick: 1_000_000,
    amends: false,
  },
];

let stage: ForeignStage;
afterEach(() => stage.close());

const open = (place: Place, env: 'real' | 'paper' = 'real'): Promise<ForeignStage> =>
  openForeignStage({
    env,
    currency: place.currency,
    emulator: { startAt: '11:20', settings: { asia: settingsOf('real').asia } },
  });

const cleared = <T>(order: T): Cleared<T> => ({ order, epoch: stage.epoch }) as Cleared<T>;

function limit(place: Place, change: Partial<SubmitOrder>): Cleared<SubmitOrder> {
  return cleared({
    accountId: foreignAccountId(KIS_ACCOUNT, place.currency),
    instrumentId: place.id,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    ...PLAIN,
    price: place.low,
    quantity: 100,
    ...change,
  });
}

async function placed(place: Place, change: Partial<SubmitOrder> = {}): Promise<string> {
  const answer = await stage.drive(stage.desk.submit(limit(place, change)));
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`);
  return answer.brokerOrderNo;
}

const settle = (ms = 6_000): Promise<void> => stage.time.advance(ms);

describe.each(PLACES)('$id', (place) => {
  const accountId = foreignAccountId(KIS_ACCOUNT, place.currency);

  it('has an account of its currency, with quote, lot, book and chart', async () => {
    stage = await open(place);
    const [account] = await stage.drive(stage.desk.accounts());
    expect(account).toMatchObject({
      accountId,
      currency: place.currency,
      cashD2Krw: place.cash,
      buyingPowerKrw: place.cash,
      reservedKrw: 0,
      sessionDate: TODAY,
    });
    await stage.drive(stage.feed.prepare(place.id));
    const { bid, ask } = await stage.touch(place.id);
    expect(stage.feed.issue(place.id)).toMatchObject({ lot: 100, date: TODAY, phase: 'continuous' });
    expect(bid).toBeGreaterThan(place.low);
    expect(ask).toBe(bid + place.tick);
    const days = await stage.drive(
      stage.feed.candles({ instrumentId: place.id, interval: '1d', limit: 30 }, new AbortController().signal),
    );
    expect(days.length).toBe(30);
  });

  it.each(['real', 'paper'] as const)('places, shows and withdraws an order in %s', async (env) => {
    stage = await open(place, env);
    const first = await placed(place);
    await settle();
    const [waiting] = await stage.drive(stage.desk.openOrders());
    expect(waiting).toMatchObject({
      brokerOrderNo: first,
      status: 'open',
      price: place.low,
      quantity: 100,
      filledQty: 0,
    });
    expect((await stage.drive(stage.desk.account())).buyingPowerKrw).toBeLessThan(place.cash - place.low * 100 + 1);
    expect(await stage.drive(stage.desk.cancel({ accountId, brokerOrderNo: first }))).toEqual({ ok: true });
    await settle();
    expect(await stage.drive(stage.desk.orders(TODAY))).toMatchObject([{ brokerOrderNo: first, status: 'canceled' }]);
    expect((await stage.drive(stage.desk.account())).buyingPowerKrw).toBe(place.cash);
  });

  it('moves an order to another price where the exchange knows that, and else refuses before the wire', async () => {
    stage = await open(place);
    const first = await placed(place);
    await settle();
    const asked = vi.spyOn(stage.rest, 'call');
    const change = cleared<ReplaceRequest>({ accountId, brokerOrderNo: first, price: place.next });
    const receipt = await stage.drive(stage.desk.replace(change));
    if (!place.amends) {
      expect(receipt).toEqual({ ok: false, code: 'GUARD_FOREIGN_AMEND' });
      expect(asked).not.toHaveBeenCalled();
      return;
    }
    expect(receipt).toEqual({ ok: true });
    await settle();
    expect(await stage.drive(stage.desk.openOrders())).toMatchObject([
      { originalOrderNo: first, price: place.next, quantity: 100 },
    ]);
  });

  it('buys at the market: fills, holding, and the money left to the coin', async () => {
    stage = await open(place);
    const { ask } = await stage.touch(place.id);
    const no = await placed(place, { price: ask + 5 * place.tick });
    await settle(20_000);
    const [order] = await stage.drive(stage.desk.orders(TODAY));
    expect(order).toMatchObject({ brokerOrderNo: no, status: 'filled', filledQty: 100 });
    const last = (await stage.drive(stage.desk.executions(TODAY))).at(-1);
    expect(last).toMatchObject({ cumulativeQty: 100, cumulativeValue: order?.filledValue });
    expect(await stage.drive(stage.desk.positions())).toEqual([
      { accountId, instrumentId: place.id, quantity: 100, sellable: 100, costKrw: order?.filledValue },
    ]);
    const paid = (order?.filledValue ?? 0) + (last?.cumulativeCommissionKrw ?? 0) + (last?.cumulativeTaxKrw ?? 0);
    expect(place.cash - (await stage.drive(stage.desk.account())).cashD2Krw).toBe(paid);
  });

  it('refuses an issue of another currency without sending it', async () => {
    stage = await open(place);
    const answer = await stage.drive(stage.desk.submit(limit(place, { instrumentId: 'NASD:AAPL' })));
    expect(answer).toEqual({ ok: false, code: 'EXCH_UNKNOWN_ISSUE' });
    expect(stage.emulator.abroad.orders).toEqual([]);
  });
});

describe('an account without any of the currency', () => {
  it('is not shown, and not asked about at every inquiry', async () => {
    const settings = { asia: { HKD: none(), JPY: none(), CNY: none(), VND: none() } };
    stage = await openForeignStage({ currency: 'HKD', emulator: { settings } });
    expect(await stage.drive(stage.desk.accounts())).toEqual([]);
    const asked = vi.spyOn(stage.rest, 'call');
    expect(await stage.drive(stage.desk.accounts())).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
  });
});

const none = () => ({ starting: 0, fxRate: 1_000_000 });
