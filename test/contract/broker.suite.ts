/** What every broker must do, whoever stands behind the port. Each broker's own test brings the harness. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Broker,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  Receipt,
  ReplaceRequest,
  SubmitAnswer,
  SubmitOrder,
} from '#core/broker/index.ts';
import { isPriced, type Cleared, type InstrumentId } from '#shared/domain/index.ts';
import type { AppError } from '#shared/errors/index.ts';
import { chargesOn } from '#shared/market/index.ts';
import { PLAIN } from '#test/support/plain-order.ts';

/** Best prices with their sizes, and the day's limits, of the harness's issue. */
export interface Touch {
  readonly bid: number;
  readonly bidQty: number;
  readonly ask: number;
  readonly askQty: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
}

/** A broker in the continuous session with one account of 100,000,000 won, and a market that stands still unless asked. */
export interface BrokerHarness {
  readonly broker: Broker;
  readonly accountId: string;
  /** A KOSPI issue with both sides quoted. */
  readonly instrumentId: InstrumentId;
  touch(): Touch;
  epoch(): number;
  /** Changes the trading state's epoch. */
  raiseEpoch(): void;
  /** Lets everything that is on its way arrive. */
  settle(): Promise<void>;
  /** Runs the market to the end of the session. */
  closeSession(): Promise<void>;
  /** What a refusal means in the exchange's codes, where the broker has codes of its own: one of theirs for each; null: none of them. */
  meaning?(answer: Refused): string | null;
  dispose(): Promise<void>;
}

/** A refusal of whatever was asked. */
export type Refused = Extract<SubmitAnswer, { ok: false }>;

/** An answer with the exchange's code for a refusal, whoever's code it came with. */
export function meant(harness: BrokerHarness, answer: SubmitAnswer | Receipt): object {
  if (answer.ok) return answer;
  return { ...answer, code: harness.meaning?.(answer) ?? answer.code };
}

/** A person at the harness's broker: orders with defaults, and everything heard so far. */
export class Customer {
  readonly heard: BrokerEvent[] = [];
  readonly #h: BrokerHarness;

  constructor(harness: BrokerHarness) {
    this.#h = harness;
    harness.broker.events((event) => this.heard.push(event));
  }

  clear<T>(order: T): Cleared<T> {
    // The guard alone makes these in the program; the suite stands in for it.
    return { order, epoch: this.#h.epoch() } as unknown as Cleared<T>;
  }

  order(part: Partial<SubmitOrder>): SubmitOrder {
    const { accountId, instrumentId } = this.#h;
    const type = part.type ?? 'limit';
    const price = isPriced(type) ? this.#h.touch().bid : null;
    const kind = { type, timeInForce: 'day', ...PLAIN } as const;
    return { accountId, instrumentId, side: 'buy', ...kind, price, quantity: 10, ...part };
  }

  async submit(part: Partial<SubmitOrder>): Promise<SubmitAnswer> {
    const answer = await this.#h.broker.submit(this.clear(this.order(part)));
    await this.#h.settle();
    return answer;
  }

  /** Submits what must be taken, and gives its number. */
  async number(part: Partial<SubmitOrder>): Promise<string> {
    const answer = await this.submit(part);
    if (!answer.ok) throw new Error(`refused with ${answer.code}`);
    return answer.brokerOrderNo;
  }

  async orders(): Promise<readonly BrokerOrder[]> {
    const { broker, accountId } = this.#h;
    const { sessionDate } = await broker.account(accountId);
    return broker.orders(accountId, sessionDate);
  }

  async byNumber(no: string): Promise<BrokerOrder> {
    const found = (await this.orders()).find((order) => order.brokerOrderNo === no);
    if (!found) throw new Error(`no order ${no}`);
    return found;
  }

  async executions(): Promise<readonly BrokerExecution[]> {
    const { broker, accountId } = this.#h;
    const { sessionDate } = await broker.account(accountId);
    return broker.executions(accountId, sessionDate);
  }

  of<K extends BrokerEvent['kind']>(kind: K): Extract<BrokerEvent, { kind: K }>[] {
    return this.heard.filter((event): event is Extract<BrokerEvent, { kind: K }> => event.kind === kind);
  }
}

/** Runs the suite on a broker. */
export function brokerSuite(name: string, makeHarness: () => Promise<BrokerHarness>): void {
  describe(`${name} as a broker`, () => {
    let h: BrokerHarness;
    let me: Customer;
    beforeEach(async () => {
      h = await makeHarness();
      me = new Customer(h);
    });
    afterEach(() => h.dispose());

    describe('taking orders', () => {
      it('answers with a number, tells of it later, and shows the order until it is withdrawn', async () => {
        const before = await h.broker.account(h.accountId);
        const answering = h.broker.submit(me.clear(me.order({ quantity: 10 })));
        expect(me.heard).toEqual([]);
        const answer = await answering;
        await h.settle();
        expect(answer.ok).toBe(true);
        const [accepted] = me.of('accepted');
        expect(accepted?.order).toMatchObject({ originalOrderNo: null, status: 'open', filledQty: 0, quantity: 10 });
        const no = accepted?.order.brokerOrderNo ?? '';
        expect(answer).toEqual({ ok: true, brokerOrderNo: no });
        expect(await h.broker.openOrders(h.accountId)).toEqual([accepted?.order]);
        const held = (await h.broker.account(h.accountId)).reservedKrw;
        expect(held).toBeGreaterThanOrEqual(h.touch().bid * 10);
        expect(await h.broker.cancel({ accountId: h.accountId, brokerOrderNo: no })).toEqual({ ok: true });
        await h.settle();
        expect(me.of('canceled')).toMatchObject([{ brokerOrderNo: no, quantity: 10, cause: 'user' }]);
        expect(await h.broker.openOrders(h.accountId)).toEqual([]);
        expect(await h.broker.account(h.accountId)).toEqual(before);
      });

      it('never uses a number twice', async () => {
        const numbers = new Set<string>();
        for (let i = 0; i < 5; i += 1) numbers.add(await me.number({ quantity: 1 }));
        expect(numbers.size).toBe(5);
        expect(await h.broker.openOrders(h.accountId)).toHaveLength(5);
      });

      it('holds the upper limit for a market buy and gives back what was not needed', async () => {
        const { upperLimit } = h.touch();
        const most = Math.floor(100_000_000 / upperLimit);
        expect(meant(h, await me.submit({ type: 'market', quantity: most + 1 }))).toMatchObject({
          ok: false,
          code: 'EXCH_CASH',
        });
        await me.number({ type: 'market', timeInForce: 'ioc', quantity: 10 });
        expect((await h.broker.account(h.accountId)).reservedKrw).toBe(0);
      });
    });

    describe('refusing', () => {
      const refused: readonly (readonly [string, (t: Touch) => Partial<SubmitOrder>])[] = [
        ['EXCH_TICK', (t) => ({ price: t.bid + 1 })],
        ['EXCH_LIMIT', (t) => ({ price: t.lowerLimit - 100 })],
        ['EXCH_QUANTITY', () => ({ quantity: 0 })],
        ['EXCH_QUANTITY', () => ({ quantity: 1.5 })],
        ['EXCH_UNKNOWN_ISSUE', () => ({ instrumentId: 'KRX:999999' })],
        ['EXCH_CASH', (t) => ({ quantity: Math.ceil(100_000_000 / t.bid) + 1 })],
        ['EXCH_SELLABLE', () => ({ side: 'sell', quantity: 1 })],
        ['ACCOUNT_UNKNOWN', () => ({ accountId: 'nobody' })],
      ];
      it.each(refused)('%s', async (code, part) => {
        expect(meant(h, await me.submit(part(h.touch())))).toMatchObject({ ok: false, code: code });
        expect(me.heard).toEqual([]);
        expect(await me.orders()).toEqual([]);
      });

      it('does not change or withdraw what is not there, or belongs to another', async () => {
        const no = await me.number({});
        const price = h.touch().bid - 100;
        for (const request of [
          { accountId: h.accountId, brokerOrderNo: '9999999999' },
          { accountId: 'nobody', brokerOrderNo: no },
        ]) {
          expect((await h.broker.cancel(request)).ok).toBe(false);
          expect((await h.broker.replace(me.clear<ReplaceRequest>({ ...request, price }))).ok).toBe(false);
        }
        expect(await h.broker.openOrders(h.accountId)).toHaveLength(1);
      });

      it('lets nothing leave that was cleared under another trading state, but withdraws', async () => {
        const no = await me.number({});
        const order = me.clear(me.order({}));
        const change = me.clear<ReplaceRequest>({
          accountId: h.accountId,
          brokerOrderNo: no,
          price: h.touch().bid - 100,
        });
        h.raiseEpoch();
        expect(await h.broker.submit(order)).toMatchObject({ ok: false, code: 'GUARD_HALTED' });
        expect(await h.broker.replace(change)).toMatchObject({ ok: false, code: 'GUARD_HALTED' });
        expect(await h.broker.openOrders(h.accountId)).toHaveLength(1);
        expect(await h.broker.cancel({ accountId: h.accountId, brokerOrderNo: no })).toEqual({ ok: true });
      });

      it('says so when asked about an account that is not there', async () => {
        const date = (await h.broker.account(h.accountId)).sessionDate;
        const asked = [
          () => h.broker.account('nobody'),
          () => h.broker.positions('nobody'),
          () => h.broker.openOrders('nobody'),
          () => h.broker.orders('nobody', date),
          () => h.broker.executions('nobody', date),
        ];
        for (const ask of asked) {
          const error: unknown = await ask().catch((e: unknown) => e);
          expect((error as AppError).code).toBe('ACCOUNT_UNKNOWN');
        }
      });
    });

    describe('filling', () => {
      it('fills a crossing limit order in part, counts cumulatively, and rests with the rest', async () => {
        const { ask, askQty } = h.touch();
        const no = await me.number({ price: ask, quantity: askQty + 7 });
        const fills = me.of('fill').map((event) => event.execution);
        let filled = 0;
        let value = 0;
        for (const fill of fills) {
          filled += fill.quantity;
          value += fill.price * fill.quantity;
          expect(fill).toMatchObject({ brokerOrderNo: no, cumulativeQty: filled });
        }
        expect(filled).toBe(askQty);
        expect(await me.byNumber(no)).toMatchObject({ status: 'open', filledQty: askQty, filledValue: value });
        expect(await me.executions()).toEqual(fills);
        expect(await h.broker.positions(h.accountId)).toMatchObject([{ quantity: askQty, sellable: askQty }]);
        await h.broker.cancel({ accountId: h.accountId, brokerOrderNo: no });
        await h.settle();
        expect(me.of('canceled')).toMatchObject([{ quantity: 7 }]);
        expect(await me.byNumber(no)).toMatchObject({ status: 'canceled', filledQty: askQty });
      });

      it('tells in order: taken, filled, account', async () => {
        await me.number({ type: 'market', quantity: 3 });
        const kinds = me.heard.map((event) => event.kind).filter((kind) => kind !== 'account');
        expect(kinds[0]).toBe('accepted');
        expect(new Set(kinds.slice(1))).toEqual(new Set(['fill']));
        expect(me.heard.at(-1)).toEqual({ kind: 'account', account: await h.broker.account(h.accountId) });
      });

      it('charges by the whole order and settles in two sessions', async () => {
        const before = await h.broker.account(h.accountId);
        const { ask, askQty } = h.touch();
        const buy = await me.number({ price: ask, quantity: askQty });
        const sell = await me.number({ side: 'sell', type: 'market', quantity: askQty });
        const after = await h.broker.account(h.accountId);
        const executions = await me.executions();
        let cash: number = before.cashD2Krw;
        for (const [no, side] of [
          [buy, 'buy'],
          [sell, 'sell'],
        ] as const) {
          const own = executions.filter((execution) => execution.brokerOrderNo === no);
          const value = own.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
          const charges = chargesOn({ cumulativeValue: value, side, market: 'KOSPI', date: before.sessionDate });
          expect(own.at(-1)).toMatchObject({
            cumulativeCommissionKrw: charges.commissionKrw,
            cumulativeTaxKrw: charges.taxKrw,
            settlementDate: after.d2Date,
          });
          cash += (side === 'buy' ? -value : value) - charges.commissionKrw - charges.taxKrw;
        }
        expect(after.cashD2Krw).toBe(cash);
        expect(after.cashD0Krw).toBe(before.cashD0Krw);
        expect(after.cashD1Krw).toBe(before.cashD1Krw);
        expect(await h.broker.positions(h.accountId)).toEqual([]);
      });

      it('ties up units of an open sell', async () => {
        await me.number({ type: 'market', quantity: 10 });
        const no = await me.number({ side: 'sell', price: h.touch().upperLimit, quantity: 6 });
        expect(await h.broker.positions(h.accountId)).toMatchObject([{ quantity: 10, sellable: 4 }]);
        expect(meant(h, await me.submit({ side: 'sell', type: 'market', quantity: 5 }))).toMatchObject({
          ok: false,
          code: 'EXCH_SELLABLE',
        });
        await h.broker.cancel({ accountId: h.accountId, brokerOrderNo: no });
        expect(await h.broker.positions(h.accountId)).toMatchObject([{ quantity: 10, sellable: 10 }]);
      });

      it('takes what it can at once and lets the rest go for IOC, all or nothing for FOK', async () => {
        const { ask, askQty } = h.touch();
        const fok = await me.number({ price: ask, quantity: askQty + 1, timeInForce: 'fok' });
        expect(me.of('fill')).toEqual([]);
        expect(me.of('canceled')).toMatchObject([{ brokerOrderNo: fok, quantity: askQty + 1, cause: 'fok' }]);
        const ioc = await me.number({ price: ask, quantity: askQty + 1, timeInForce: 'ioc' });
        expect(me.of('canceled').at(-1)).toMatchObject({ brokerOrderNo: ioc, quantity: 1, cause: 'ioc' });
        expect(await me.byNumber(ioc)).toMatchObject({ status: 'canceled', filledQty: askQty });
        const whole = await me.number({ price: h.touch().ask, quantity: 1, timeInForce: 'fok' });
        expect(await me.byNumber(whole)).toMatchObject({ status: 'filled', filledQty: 1 });
      });
    });

    describe('changing', () => {
      it('gives the rest a new number at the new price and keeps the chain', async () => {
        const { ask, askQty } = h.touch();
        const first = await me.number({ price: ask, quantity: askQty + 5 });
        const price = h.touch().bid - 100;
        expect(
          await h.broker.replace(me.clear<ReplaceRequest>({ accountId: h.accountId, brokerOrderNo: first, price })),
        ).toEqual({ ok: true });
        await h.settle();
        const [replaced] = me.of('replaced');
        expect(replaced?.order).toMatchObject({
          originalOrderNo: first,
          price,
          quantity: 5,
          filledQty: 0,
          status: 'open',
        });
        const second = replaced?.order.brokerOrderNo ?? '';
        expect(second).not.toBe(first);
        expect(await me.byNumber(first)).toMatchObject({ status: 'replaced', filledQty: askQty });
        expect((await h.broker.openOrders(h.accountId)).map((order) => order.brokerOrderNo)).toEqual([second]);
        expect(me.of('canceled')).toEqual([]);
        expect((await h.broker.cancel({ accountId: h.accountId, brokerOrderNo: first })).ok).toBe(false);
        expect((await h.broker.cancel({ accountId: h.accountId, brokerOrderNo: second })).ok).toBe(true);
      });

      it('refuses a change that the account cannot pay, and leaves the order', async () => {
        const { bid, lowerLimit } = h.touch();
        const quantity = Math.floor(99_000_000 / lowerLimit);
        const no = await me.number({ price: lowerLimit, quantity });
        const receipt = await h.broker.replace(
          me.clear<ReplaceRequest>({ accountId: h.accountId, brokerOrderNo: no, price: bid }),
        );
        expect(meant(h, receipt)).toMatchObject({ ok: false, code: 'EXCH_CASH' });
        expect(await me.byNumber(no)).toMatchObject({ status: 'open', price: lowerLimit });
      });
    });

    describe('listening', () => {
      it('stops when told, and one deaf listener does not harm another', async () => {
        const heard: BrokerEvent[] = [];
        h.broker.events(() => {
          throw new Error('deaf');
        });
        const stop = h.broker.events((event) => heard.push(event));
        await me.number({ quantity: 1 });
        expect(heard).toEqual(me.heard);
        expect(heard.length).toBeGreaterThan(0);
        const before = heard.length;
        stop();
        await me.number({ quantity: 1 });
        expect(heard).toHaveLength(before);
      });

      it('tells at the end of the session what has expired', async () => {
        const no = await me.number({ price: h.touch().lowerLimit, quantity: 4 });
        await h.closeSession();
        await h.settle();
        expect(me.of('expired')).toMatchObject([{ brokerOrderNo: no, quantity: 4, accountId: h.accountId }]);
        expect(me.of('session').at(-1)).toMatchObject({ phase: 'closed' });
        expect(await h.broker.openOrders(h.accountId)).toEqual([]);
        expect((await h.broker.account(h.accountId)).reservedKrw).toBe(0);
        expect(meant(h, await me.submit({}))).toMatchObject({ ok: false, code: 'EXCH_SESSION' });
      });
    });
  });
}
