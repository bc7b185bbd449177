/** What every broker must do with the order types, routes and stop prices that it says it takes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReplaceRequest, SubmitOrder } from '#core/broker/index.ts';
import { Route } from '#shared/domain/index.ts';
import { Customer, meant, type BrokerHarness, type Touch } from './broker.suite.ts';

/** Refused while both venues trade continuously. */
const REFUSED: readonly (readonly [code: string, part: (t: Touch) => Partial<SubmitOrder>])[] = [
  ['EXCH_TYPE_HOURS', () => ({ type: 'preClose' })],
  ['EXCH_TYPE_HOURS', () => ({ type: 'postClose' })],
  ['EXCH_TYPE_HOURS', () => ({ session: 'after' })],
  ['EXCH_TYPE_HOURS', () => ({ type: 'bestOpposite', session: 'after', timeInForce: 'fok' })],
  ['EXCH_BEST_SAME_NOW', () => ({ type: 'bestSame', timeInForce: 'ioc' })],
  ['EXCH_VENUE_TYPE', () => ({ timeInForce: 'gtp' })],
  ['EXCH_TYPE', () => ({ type: 'stopLimit', timeInForce: 'fok', stopPrice: 1 })],
  ['EXCH_VENUE_TYPE', () => ({ route: 'NXT', type: 'market' })],
  ['EXCH_VENUE_TYPE', () => ({ type: 'conditionalLimit', route: 'SOR' })],
  ['EXCH_STOP_PRICE', () => ({ type: 'stopLimit', stopPrice: null })],
  ['EXCH_STOP_PRICE', (t) => ({ type: 'stopLimit', stopPrice: t.ask + 1 })],
  ['EXCH_STOP_PRICE', (t) => ({ type: 'stopLimit', stopPrice: t.upperLimit + 100 })],
  ['EXCH_STOP_PRICE', (t) => ({ stopPrice: t.ask })],
  ['EXCH_CONDITIONAL_LIMIT', (t) => ({ type: 'conditionalLimit', price: t.upperLimit })],
  ['EXCH_PRICE', (t) => ({ type: 'mid', price: t.bid })],
  ['EXCH_PRICE', (t) => ({ type: 'bestOpposite', price: t.bid })],
];

/** Runs the suite on a broker whose issue trades on both venues now, on a day with an after-market. */
export function orderTypesSuite(
  name: string,
  makeHarness: () => Promise<BrokerHarness>,
  /** Where the broker sends orders; everywhere if absent. */
  routes: readonly Route[] = Route.options,
): void {
  const taken = (part: Partial<SubmitOrder>): boolean => part.route === undefined || routes.includes(part.route);
  const anyTouch: Touch = { bid: 1, bidQty: 1, ask: 1, askQty: 1, upperLimit: 1, lowerLimit: 1 };
  describe(`${name} and the types of orders`, () => {
    let h: BrokerHarness;
    let me: Customer;
    beforeEach(async () => {
      h = await makeHarness();
      me = new Customer(h);
    });
    afterEach(() => h.dispose());

    const replace = async (brokerOrderNo: string, price: number) => {
      const receipt = await h.broker.replace(
        me.clear<ReplaceRequest>({ accountId: h.accountId, brokerOrderNo, price }),
      );
      await h.settle();
      return receipt;
    };
    const reserved = async (): Promise<number> => (await h.broker.account(h.accountId)).reservedKrw;

    it.each(REFUSED.filter(([, part]) => taken(part(anyTouch))))('refuses with %s (%#)', async (code, part) => {
      expect(meant(h, await me.submit(part(h.touch())))).toMatchObject({ ok: false, code: code });
      expect(me.heard).toEqual([]);
      expect(await me.orders()).toEqual([]);
    });

    it('shows an order with its kind, route and venue as it was asked', async () => {
      const { bid, ask } = h.touch();
      const asked = { type: 'stopLimit', price: ask + 1_000, stopPrice: ask + 900, quantity: 3 } as const;
      const no = await me.number(asked);
      const shown = { ...asked, route: 'KRX', venue: 'KRX', session: 'regular', triggered: false, status: 'open' };
      expect(await me.byNumber(no)).toMatchObject(shown);
      expect(await me.byNumber(await me.number({ price: bid }))).toMatchObject({ stopPrice: null, triggered: false });
    });

    if (routes.includes('NXT')) {
      it('sends an order where it is asked to, and tells where it waits', async () => {
        const price = h.touch().bid - 100;
        const nxt = await me.number({ route: 'NXT', price });
        const sor = await me.number({ route: 'SOR', price });
        expect(await me.byNumber(nxt)).toMatchObject({ route: 'NXT', venue: 'NXT', status: 'open' });
        expect(await me.byNumber(sor)).toMatchObject({ route: 'SOR', venue: 'KRX', status: 'open' });
        expect(await replace(nxt, price - 100)).toEqual({ ok: true });
        expect(me.of('replaced')[0]?.order).toMatchObject({ route: 'NXT', venue: 'NXT', price: price - 100 });
        for (const { brokerOrderNo } of await h.broker.openOrders(h.accountId))
          expect(await h.broker.cancel({ accountId: h.accountId, brokerOrderNo })).toEqual({ ok: true });
        expect(await reserved()).toBe(0);
      });
    }

    it('takes the price of a best order from the book, holds that, and says so', async () => {
      const { bid, ask, askQty } = h.touch();
      const same = await me.byNumber(await me.number({ type: 'bestSame', quantity: 2 }));
      expect(same).toMatchObject({ type: 'bestSame', price: bid, status: 'open' });
      expect(me.of('accepted').at(-1)?.order).toEqual(same);
      const held = await reserved();
      expect(held).toBeGreaterThanOrEqual(bid * 2);
      expect(held).toBeLessThan(bid * 3);
      const no = await me.number({ type: 'bestOpposite', quantity: askQty + 4 });
      expect(await me.byNumber(no)).toMatchObject({ price: ask, filledQty: askQty, status: 'open' });
      expect(me.of('fill').map(({ execution }) => [execution.price, execution.venue])).toEqual(
        me.of('fill').map(() => [ask, 'KRX']),
      );
      expect(h.touch().bid).toBe(ask);
      const fok = await me.number({ type: 'bestOpposite', side: 'sell', timeInForce: 'fok', quantity: askQty });
      expect(await me.byNumber(fok)).toMatchObject({ status: 'canceled', price: ask });
    });

    it('holds the upper limit for a conditional limit, which may become a market order', async () => {
      const { bid, upperLimit } = h.touch();
      const no = await me.number({ type: 'conditionalLimit', price: bid, quantity: 10 });
      expect(await me.byNumber(no)).toMatchObject({ type: 'conditionalLimit', price: bid, status: 'open' });
      expect(await reserved()).toBeGreaterThanOrEqual(upperLimit * 10);
      const most = Math.floor(100_000_000 / upperLimit);
      expect(meant(h, await me.submit({ type: 'conditionalLimit', price: bid, quantity: most }))).toMatchObject({
        ok: false,
        code: 'EXCH_CASH',
      });
    });

    it('lets a stop wait, and tells when it was reached', async () => {
      const { ask, askQty } = h.touch();
      const stopPrice = ask + 100;
      const no = await me.number({ type: 'stopLimit', stopPrice, price: stopPrice + 1_000, quantity: 1 });
      expect(me.of('triggered')).toEqual([]);
      expect(await me.byNumber(no)).toMatchObject({ status: 'open', filledQty: 0, triggered: false });
      // The second price of the book is at least the stop price.
      await me.number({ type: 'limit', price: ask + 2_000, quantity: askQty + 1, timeInForce: 'ioc' });
      expect(me.of('triggered')).toMatchObject([{ order: { brokerOrderNo: no, triggered: true } }]);
      expect(await me.byNumber(no)).toMatchObject({ triggered: true, status: 'filled', filledQty: 1 });
    });

    it('changes prices by the rules of each type', async () => {
      const { bid, ask } = h.touch();
      const best = await me.number({ type: 'bestSame', quantity: 2 });
      expect(await replace(best, bid - 500)).toEqual({ ok: true });
      const [changed] = me.of('replaced');
      expect(changed?.order).toMatchObject({ type: 'limit', price: bid - 500, originalOrderNo: best, quantity: 2 });

      const stop = await me.number({ type: 'stopLimit', stopPrice: ask + 900, price: ask + 1_000, quantity: 2 });
      expect(await replace(stop, ask + 1_100)).toEqual({ ok: true });
      expect(me.of('replaced').at(-1)?.order).toMatchObject({
        type: 'stopLimit',
        stopPrice: ask + 900,
        price: ask + 1_100,
        triggered: false,
      });

      const mid = await me.submit({ type: 'mid', quantity: 2 });
      if (mid.ok) {
        expect(meant(h, await replace(mid.brokerOrderNo, bid))).toMatchObject({ ok: false, code: 'EXCH_AMEND_TYPE' });
        expect(await me.byNumber(mid.brokerOrderNo)).toMatchObject({ type: 'mid', status: 'open' });
      }
      expect(mid.ok).toBe(true);
    });

    it('gives everything back at the end of the day, and tells of a conversion on the way', async () => {
      const { lowerLimit, upperLimit } = h.touch();
      const before = await h.broker.account(h.accountId);
      const conditional = await me.number({ type: 'conditionalLimit', price: lowerLimit + 100, quantity: 1 });
      const stop = await me.number({ type: 'stopLimit', stopPrice: upperLimit, price: upperLimit, quantity: 1 });
      await h.closeSession();
      await h.settle();
      expect(me.of('converted')).toMatchObject([{ order: { brokerOrderNo: conditional, type: 'conditionalLimit' } }]);
      expect(await me.byNumber(conditional)).toMatchObject({ status: 'filled', filledQty: 1 });
      expect(await me.byNumber(stop)).toMatchObject({ status: 'expired' });
      const after = await h.broker.account(h.accountId);
      expect(after.reservedKrw).toBe(0);
      const [execution] = await me.executions();
      const cost = (execution?.price ?? 0) + (execution?.cumulativeCommissionKrw ?? 0);
      expect(after.cashD2Krw).toBe(before.cashD2Krw - cost);
    });
  });
}
