/** Numbers typed or pasted, what a press in the ladder comes to, and what may be sent while an answer is owed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instrument, LadderSettings, type Order } from '#shared/domain/index.ts';
import { tableOf } from '../../../renderer/client/price-steps.ts';
import {
  cancellable,
  decide,
  decideCarried,
  nearestOwn,
  type Press,
  slipOf,
} from '../../../renderer/panels/order-book/parts/decide.ts';
import { lotsFor, quantityKind, percentAway, readEntry } from '../../../renderer/panels/order-ticket/parts/entry.ts';
import { maySend, type OnTheWay, senderOf, unknownSides } from '../../../renderer/store/on-the-way.ts';

const table = tableOf({ market: 'KOSPI', priceScale: 0 } as Instrument, '2025-02-11');

describe('a number as a person writes it', () => {
  it.each([
    ['1,234', 1_234],
    ['５５，７００', 55_700],
    ['55,700원', 55_700],
    ['₩55,700', 55_700],
    ['300만', 3_000_000],
    ['1.5억', 150_000_000],
    [' 150 ', 150],
  ])('%s is read', (text, value) => expect(readEntry(text, 'KRW')).toEqual({ ok: true, value }));

  it.each([
    ['', 'empty'],
    ['1,234.5', 'fraction'],
    ['-150', 'sign'],
    ['+3', 'sign'],
    ['55,700\n150', 'several'],
    ['55,700\t150', 'several'],
    ['1 234', 'several'],
    ['12,34', 'none'],
    ['삼성전자', 'none'],
    ['1e5', 'none'],
    ['12345678901234567890', 'far'],
  ])('%j is refused as %s', (text, fault) => expect(readEntry(text, 'KRW')).toEqual({ ok: false, fault }));

  it('is never read as another number than the one that was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom('', '원', ' '), (value, tail) => {
        expect(readEntry(value.toLocaleString('en-US') + tail, 'KRW')).toEqual({ ok: true, value });
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const entry = readEntry(text, 'quantity');
        // What was accepted has no digit that is not of the number, unless a unit multiplied it.
        if (entry.ok && !/[천만억조.]/u.test(text.normalize('NFKC')))
          expect(
            text
              .normalize('NFKC')
              .replace(/\D/gu, '')
              .replace(/^0+(?=\d)/u, ''),
          ).toBe(String(entry.value));
      }),
    );
  });
});

describe('quantity by amount and price by percent', () => {
  it('pays for whole lots and never for more than the amount', () => {
    expect(lotsFor(3_000_000, 55_700, 1)).toBe(53);
    expect(lotsFor(3_000_000, 55_700, 10)).toBe(50);
    expect(lotsFor(10, 55_700, 1)).toBe(0);
    // 1,000,000 won of a bond at 10,265.00 for 10,000 won of face amount.
    expect(lotsFor(1_000_000, 1_026_500, 1, { num: 1, den: 1_000 })).toBe(974);
    fc.assert(
      fc.property(
        fc.nat(1e12),
        fc.integer({ min: 1, max: 1e7 }),
        fc.integer({ min: 1, max: 100 }),
        (amount, price, lot) => lotsFor(amount, price, lot) * price <= amount,
      ),
    );
  });

  it('moves by tenths of a percent', () => {
    expect(percentAway(55_700, -10)).toBe(55_143);
    expect(percentAway(50_000, 5)).toBe(50_250);
  });
});

function order(change: Partial<Order>): Order {
  return {
    orderId: 'o',
    side: 'buy',
    price: 55_000,
    quantity: 10,
    filledQty: 0,
    state: 'accepted',
    pending: 'none',
    stopPrice: null,
    triggered: false,
    ...change,
  } as Order;
}

function press(change: Partial<Press> & { readonly set?: Partial<LadderSettings> }): Press {
  const { set, ...rest } = change;
  const settings = LadderSettings.parse({ act: 'send', quantity: 10, ...set });
  return {
    side: 'buy',
    price: 55_700,
    settings,
    worth: (price, quantity) => price * quantity,
    sends: true,
    cancels: true,
    unknown: new Set(),
    own: [],
    last: 55_800,
    table,
    ...rest,
  };
}

describe('a press in the ladder', () => {
  it('only takes the price unless told otherwise, and on the price itself always', () => {
    expect(decide(press({ set: { act: 'price' } }))).toEqual({ kind: 'price' });
    expect(decide(press({ side: null }))).toEqual({ kind: 'price' });
    expect(LadderSettings.parse({}).act).toBe('price');
  });

  it('sends the quantity set before, within the guard', () => {
    expect(decide(press({}))).toEqual({ kind: 'send', side: 'buy', quantity: 10, ask: null });
  });

  it('never sends where the panel may not', () => {
    fc.assert(
      fc.property(fc.constantFrom('buy' as const, 'sell' as const), fc.constantFrom(55_700, 60_000), (side, price) => {
        expect(decide(press({ side, price, sends: false })).kind).toBe('refuse');
      }),
    );
    // An order that stands is no way around it.
    const own = [order({})];
    expect(decide(press({ own, set: { act: 'move' } })).kind).toBe('move');
    expect(decide(press({ own, set: { act: 'move' }, sends: false }))).toEqual({ kind: 'refuse', why: 'notNow' });
  });

  it('takes orders back where new ones may not be sent, but not without a line or in a window that only looks', () => {
    const own = [order({ price: 55_700 })];
    expect(decide(press({ own, set: { act: 'cancel' }, sends: false })).kind).toBe('cancel');
    expect(decide(press({ own, set: { act: 'cancel' }, cancels: false }))).toEqual({ kind: 'refuse', why: 'notNow' });
  });

  it('asks first where an order of the side may stand that nobody knows of, and still refuses beyond the guard', () => {
    const unknown = new Set(['buy'] as const);
    expect(decide(press({ unknown }))).toMatchObject({ kind: 'send', ask: 'unknown' });
    expect(decide(press({ unknown, side: 'sell' }))).toMatchObject({ kind: 'send', ask: null });
    expect(decide(press({ unknown, price: 60_000 }))).toEqual({ kind: 'refuse', why: 'ticks' });
  });

  it.each([
    [{ set: { maxQuantity: 9 } }, 'quantity'],
    [{ set: { maxAmount: 556_999 } }, 'amount'],
    [{ price: 55_400 }, 'ticks'],
    [{ price: 56_200 }, 'ticks'],
    [{ last: null }, 'noLast'],
    [{ table: null }, 'noLast'],
  ] as const)('beyond the guard is refused: %j', (change, why) => {
    expect(decide(press(change))).toEqual({ kind: 'refuse', why });
  });

  it('stays within at exactly the limits', () => {
    expect(decide(press({ price: 55_500, set: { maxQuantity: 10, maxAmount: 555_000 } })).kind).toBe('send');
    expect(slipOf({ price: 56_100, quantity: 1 }, press({}))).toBeNull();
  });

  it('asks again where that was chosen, but not about a distance that nobody knows', () => {
    expect(decide(press({ price: 55_400, set: { over: 'ask' } }))).toMatchObject({ kind: 'send', ask: 'ticks' });
    expect(decide(press({ last: null, set: { over: 'ask' } }))).toEqual({ kind: 'refuse', why: 'noLast' });
  });

  it('moves my nearest order of the side, never one whose state is open', () => {
    const far = order({ orderId: 'far', price: 54_000 });
    const near = order({ orderId: 'near', price: 55_600 });
    const open = order({ orderId: 'open', price: 55_650, state: 'unconfirmed' });
    const sell = order({ orderId: 'sell', price: 55_700, side: 'sell' });
    const own = [far, open, sell, near, order({ orderId: 'busy', price: 55_650, pending: 'cancel' })];
    expect(decide(press({ own, set: { act: 'move' } }))).toMatchObject({ kind: 'move', orders: [{ orderId: 'near' }] });
    expect(nearestOwn([open], 'buy', 55_700)).toBeNull();
    expect(decide(press({ own: [sell], set: { act: 'move' } }))).toEqual({ kind: 'refuse', why: 'noOrder' });
  });

  it('holds the rest of a moved order against the guard', () => {
    const own = [order({ quantity: 900, filledQty: 100 })];
    expect(decide(press({ own, set: { act: 'move' } }))).toEqual({ kind: 'refuse', why: 'quantity' });
  });

  it('moves all of mine that were carried, asks where a press only takes prices, and never what is under way', () => {
    const own = [
      order({ price: 55_600 }),
      order({ orderId: 'p', price: 55_600, quantity: 20 }),
      order({ orderId: 'busy', price: 55_600, pending: 'replace' }),
      order({ orderId: 's', side: 'sell', price: 55_600 }),
    ];
    const carried = (change: Parameters<typeof press>[0], from = 55_600) =>
      decideCarried(press({ own, ...change }), from);
    expect(carried({})).toMatchObject({ kind: 'move', ask: null, orders: [{ orderId: 'o' }, { orderId: 'p' }] });
    expect(carried({ set: { act: 'price' } })).toMatchObject({ kind: 'move', ask: 'carried' });
    expect(carried({ set: { maxQuantity: 29 } })).toEqual({ kind: 'refuse', why: 'quantity' });
    expect(carried({ price: 55_600 })).toEqual({ kind: 'refuse', why: 'noOrder' });
    expect(carried({}, 55_000)).toEqual({ kind: 'refuse', why: 'noOrder' });
    expect(carried({ sends: false })).toEqual({ kind: 'refuse', why: 'notNow' });
  });

  it('cancels my orders at the price, of the side that was pressed', () => {
    const own = [
      order({ price: 55_700 }),
      order({ orderId: 's', side: 'sell', price: 55_700 }),
      order({ orderId: 'x' }),
    ];
    expect(decide(press({ own, set: { act: 'cancel' } }))).toMatchObject({
      kind: 'cancel',
      orders: [{ orderId: 'o' }],
    });
    expect(decide(press({ own, side: null, set: { act: 'cancel' } }))).toMatchObject({ orders: [{}, {}] });
    expect(decide(press({ set: { act: 'cancel' } }))).toEqual({ kind: 'refuse', why: 'noneHere' });
    // What is being cancelled already is not asked for again; what is not confirmed is.
    const busy = order({ price: 55_700, pending: 'cancel' });
    const unconfirmed = order({ price: 55_700, state: 'unconfirmed' });
    expect(cancellable([busy, unconfirmed])).toEqual([unconfirmed]);
    expect(decide(press({ own: [busy], set: { act: 'cancel' } }))).toEqual({ kind: 'refuse', why: 'noneHere' });
  });
});

describe('while the answer to an order is owed', () => {
  const buy = { accountId: 'a', instrumentId: 'KRX:005930', side: 'buy', quantity: 1 } as OnTheWay['order'];
  const lost: OnTheWay = { order: buy, condition: null, allowDuplicate: false, requestId: 'r', state: 'lost' };

  const plain = { order: buy, condition: null, allowDuplicate: false };

  it('nothing else leaves the ticket', () => {
    expect(maySend(undefined, plain)).toBe(true);
    expect(maySend({ ...lost, state: 'sent' }, plain)).toBe(false);
    expect(maySend(lost, { ...plain, order: { ...buy, quantity: 2 } })).toBe(false);
    expect(maySend(lost, { ...plain, allowDuplicate: true })).toBe(false);
    expect(maySend(lost, { ...plain, condition: { legs: [], alone: false } })).toBe(false);
  });

  it('the same order may be asked about again', () => {
    expect(maySend(lost, { ...plain, order: { ...buy } })).toBe(true);
  });

  it('other panels know of it as long as the environment is the same, and of what the broker has not confirmed', () => {
    const place = (generation: number, environment: 'simulation' | 'paper' = 'simulation', panelId = 'ticket') =>
      senderOf({ environment, connectionId: null, generation }, panelId);
    const sender = place(3, 'simulation', 'ladder');
    const of = { sender, accountId: 'a', instrumentId: 'KRX:005930' };
    const known = (key: string, way: OnTheWay = lost) =>
      [...unknownSides(of, { onTheWay: { [key]: way }, orders: [] })] as readonly string[];
    expect(known(place(3))).toEqual(['buy']);
    expect(known(place(2))).toEqual([]);
    // A core that starts anew counts its environments from the beginning.
    expect(known(place(3, 'paper'))).toEqual([]);
    expect(known(sender)).toEqual([]);
    expect(known(place(3), { ...lost, state: 'sent' })).toEqual([]);
    expect(known(place(3), { ...lost, order: { ...buy, instrumentId: 'KRX:000660' } })).toEqual([]);
    const orders = [order({ accountId: 'a', instrumentId: 'KRX:005930', side: 'sell', state: 'unconfirmed' })];
    expect([...unknownSides(of, { onTheWay: {}, orders })]).toEqual(['sell']);
    expect([...unknownSides({ ...of, accountId: 'b' }, { onTheWay: {}, orders })]).toEqual([]);
    // An order without a price stands in no row, and is asked about all the same.
    const market = orders.map((each): Order => ({ ...each, price: null, type: 'market' }));
    expect([...unknownSides(of, { onTheWay: {}, orders: market })]).toEqual(['sell']);
  });

  it('an order that the desk has heard of is not unknown, though its panel is gone', () => {
    const status = { environment: 'simulation', connectionId: null, generation: 1 } as const;
    const of = { sender: senderOf(status, 'ladder'), accountId: 'a', instrumentId: 'KRX:005930' };
    const onTheWay = { [senderOf(status, 'closed')]: lost };
    const heard = (requestId: string) =>
      unknownSides(of, { onTheWay, orders: [order({ requestId, accountId: 'a', instrumentId: 'KRX:005930' })] }).size;
    expect(heard('other')).toBe(1);
    expect(heard('r')).toBe(0);
    expect(heard('r:entry')).toBe(0);
  });
});

describe('the quantity of a bond', () => {
  it('is thousands of won of face amount, and never a thousand times what was meant', () => {
    expect(quantityKind('BOND:KR6000009A04')).toBe('face');
    expect(quantityKind('KRX:005930')).toBe('quantity');
    expect(readEntry('1,500', 'face')).toEqual({ ok: true, value: 1_500 });
    expect(readEntry('1,500천원', 'face')).toEqual({ ok: true, value: 1_500 });
    expect(readEntry('1,500천', 'face')).toEqual({ ok: false, fault: 'none' });
    expect(readEntry('3천', 'quantity')).toEqual({ ok: true, value: 3_000 });
  });
});
