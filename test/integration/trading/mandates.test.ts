/** Mandates: set off by a trade, sent once whatever breaks, never for more than is held, told when they cannot be. */
import { describe, expect, it } from 'vitest';
import type { MandateOrder } from '#shared/domain/index.ts';
import { DeskStand, issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';
import { holding, leg, mandates, place, put, sells, states, TARGET, tick } from '#test/support/mandates.ts';

describe('a stop', () => {
  it('waits above its price and is sent once when a trade reaches it', async () => {
    const stand = await holding();
    await place(stand, leg());
    await tick(stand, 9_510);
    expect(sells(stand)).toEqual([]);
    await tick(stand, 9_500);
    await tick(stand, 9_400);
    expect(sells(stand)).toMatchObject([
      { type: 'market', quantity: 10, state: 'accepted', requestId: expect.stringMatching(/^mandate:/) as string },
    ]);
    expect(mandates(stand)).toMatchObject([{ state: 'fired', orderId: sells(stand)[0]?.orderId }]);
  });

  it('is set off by a gap beyond its price', async () => {
    const stand = await holding();
    await place(stand, leg());
    await tick(stand, 8_000);
    expect(sells(stand)).toHaveLength(1);
  });

  it('hears the venue that its order would go to', async () => {
    const stand = await holding();
    await place(stand, leg());
    await tick(stand, 9_000, 'NXT');
    expect(sells(stand)).toEqual([]);
  });

  it('as a limit order carries its price', async () => {
    const stand = await holding();
    await place(stand, leg({ type: 'limit', price: 9_480 }));
    await tick(stand, 9_490);
    expect(sells(stand)).toMatchObject([{ type: 'limit', price: 9_480 }]);
  });
});

describe('a trailing stop', () => {
  it('follows the best price and keeps it over a restart', async () => {
    const stand = await holding();
    await place(stand, leg({ trigger: { kind: 'trailing', distance: { by: 'amount', value: 300 } } }));
    for (const price of [10_000, 10_400, 10_200]) await tick(stand, price);
    expect(mandates(stand)).toMatchObject([{ extreme: 10_400, state: 'armed' }]);
    await stand.crash();
    await tick(stand, 10_110);
    expect(sells(stand)).toEqual([]);
    await tick(stand, 10_100);
    expect(sells(stand)).toHaveLength(1);
  });

  it('takes a share of the price as well', async () => {
    const stand = await holding();
    await place(stand, leg({ trigger: { kind: 'trailing', distance: { by: 'rate', value: 50_000_000 } } }));
    for (const price of [10_000, 9_510]) await tick(stand, price);
    expect(sells(stand)).toEqual([]);
    await tick(stand, 9_500);
    expect(sells(stand)).toHaveLength(1);
  });
});

describe('two legs', () => {
  it('end each other: one order is sent', async () => {
    const stand = await holding();
    await place(stand, leg(), TARGET);
    await tick(stand, 10_500);
    await tick(stand, 9_000);
    expect(sells(stand)).toHaveLength(1);
    expect(states(stand)).toEqual(['cancelled', 'fired']);
    expect(mandates(stand)[0]?.reason?.code).toBe('MANDATE_OTHER_LEG');
  });

  it('are cancelled together', async () => {
    const stand = await holding();
    const { mandates: placed } = await place(stand, leg(), TARGET);
    await stand.desk.mandates.revoke(placed[0]?.mandateId ?? '');
    await tick(stand, 9_000);
    expect(states(stand)).toEqual(['cancelled', 'cancelled']);
    expect(sells(stand)).toEqual([]);
  });
});

describe('a bracket', () => {
  const bracket = (stand: DeskStand): MandateOrder => {
    const { requestId: _request, ...entry } = stand.order({ price: 10_000, quantity: 10, allowDuplicate: false });
    return { requestId: 'bracket-01', entry, legs: [leg(), TARGET] };
  };

  it('protects what its entry has filled, and no more', async () => {
    const stand = await DeskStand.open();
    const { entry } = await put(stand, bracket(stand));
    await stand.time.advance(10);
    expect(states(stand)).toEqual(['waiting', 'waiting']);
    await tick(stand, 9_000);
    expect(sells(stand)).toEqual([]);
    stand.broker.fill('000001', 4);
    await stand.time.advance(10);
    expect(mandates(stand)).toMatchObject([
      { state: 'armed', quantity: 4 },
      { state: 'armed', quantity: 4 },
    ]);
    stand.broker.fill('000001', 3);
    await stand.time.advance(10);
    await tick(stand, 10_500);
    expect(sells(stand)).toMatchObject([{ quantity: 7 }]);
    // The rest of the entry would buy more, unprotected.
    expect(stand.broker.received.some(({ verb }) => verb === 'cancel')).toBe(true);
    expect(entry?.orderId).toBe(mandates(stand)[0]?.entryOrderId);
  });

  it('ends with an entry that never filled', async () => {
    const stand = await DeskStand.open();
    await put(stand, bracket(stand));
    const [order] = stand.orders();
    void stand.desk.cancel({ requestId: 'cancel-0001', orderId: order?.orderId ?? '' });
    await stand.time.advance(20);
    expect(states(stand)).toEqual(['cancelled', 'cancelled']);
    expect(mandates(stand)[0]?.reason?.code).toBe('MANDATE_ENTRY_ENDED');
  });

  it('is not placed where the guard refuses its entry', async () => {
    const stand = await DeskStand.open();
    const order = bracket(stand);
    const { entry, mandates: placed } = await put(stand, {
      ...order,
      entry: order.entry && { ...order.entry, price: 10_007 },
    });
    expect(placed).toEqual([]);
    expect(entry?.reason?.code).toBe('GUARD_TICK');
  });
});

describe('what is sent', () => {
  it('is never more than can be sold, and the user is told', async () => {
    const stand = await holding();
    await place(stand, leg());
    await stand.submit({ side: 'sell', price: 11_000, quantity: 7 });
    await tick(stand, 9_400);
    expect(
      sells(stand)
        .map((order) => order.quantity)
        .sort(),
    ).toEqual([3, 7]);
    expect(stand.alerts().some((title) => title.includes('3주로 줄여'))).toBe(true);
  });

  it('is nothing where nothing is left, and the mandate says so', async () => {
    const stand = await holding();
    await place(stand, leg());
    await stand.submit({ side: 'sell', price: 11_000, quantity: 10 });
    await tick(stand, 9_400);
    expect(mandates(stand)).toMatchObject([{ state: 'failed', reason: { code: 'MANDATE_NOTHING_HELD' } }]);
  });

  it('waits while trading is halted, and goes when it may if the price is still reached', async () => {
    const stand = await holding();
    await place(stand, leg());
    void stand.desk.setTradingState('halted');
    await stand.time.advance(20);
    await tick(stand, 9_400);
    await tick(stand, 9_300);
    expect(sells(stand)).toEqual([]);
    expect(mandates(stand)).toMatchObject([{ state: 'armed', reason: { code: 'GUARD_HALTED' } }]);
    expect(stand.alerts().filter((title) => title.includes('아직 보낼 수 없습니다'))).toHaveLength(1);
    void stand.desk.resume('매매 재개');
    await stand.time.advance(1_000);
    await tick(stand, 9_350);
    expect(sells(stand)).toHaveLength(1);
  });

  it('is judged anew where the price has come back meanwhile', async () => {
    const stand = await holding();
    await place(stand, leg());
    stand.market.set(SAMSUNG, issueFacts({ halted: true }));
    await tick(stand, 9_400);
    expect(mandates(stand)).toMatchObject([{ reason: { code: 'GUARD_HALT' } }]);
    stand.market.set(SAMSUNG, issueFacts());
    await tick(stand, 9_600);
    expect(mandates(stand)).toMatchObject([{ state: 'armed', reason: null }]);
    expect(sells(stand)).toEqual([]);
  });

  it('is told as failed when the broker refuses it', async () => {
    const stand = await holding();
    await place(stand, leg());
    stand.broker.mischief.submit = () => ({ refuse: 'EXCH_CASH' });
    await tick(stand, 9_400);
    expect(mandates(stand)).toMatchObject([{ state: 'failed', reason: { code: 'EXCH_CASH' } }]);
    expect(stand.alerts().some((title) => title.includes('보내지 못했습니다'))).toBe(true);
  });
});

describe('terms that cannot be kept', () => {
  it.each([
    ['MANDATE_TICK', leg({ trigger: { kind: 'price', when: 'atOrBelow', price: 9_505 } })],
    ['MANDATE_MET', leg({ trigger: { kind: 'price', when: 'atOrBelow', price: 10_000 } })],
    ['MANDATE_PRICE', leg({ type: 'limit' })],
    ['MANDATE_HELD', leg({ quantity: 11 })],
    ['MANDATE_PAST', leg({ expires: '2025-02-10' })],
    ['ACCOUNT_UNKNOWN', leg({ accountId: 'nobody' })],
    ['INSTRUMENT_UNKNOWN', leg({ instrumentId: 'KRX:000660' })],
  ])('%s', async (code, terms) => {
    const stand = await holding();
    await expect(place(stand, terms)).rejects.toMatchObject({ code });
    expect(mandates(stand)).toEqual([]);
  });

  it('of two legs that do not belong together, or of an entry of the same side', async () => {
    const stand = await holding();
    await expect(place(stand, leg(), leg({ side: 'buy' }))).rejects.toMatchObject({ code: 'MANDATE_SIDES' });
    const { requestId: _request, ...entry } = stand.order({ side: 'sell', price: 10_100 });
    await expect(put(stand, { requestId: 'wrong-0001', entry, legs: [leg()] })).rejects.toMatchObject({
      code: 'MANDATE_ENTRY',
    });
  });

  it('of a mandate that is unknown or has ended', async () => {
    const stand = await holding();
    const { mandates: placed } = await place(stand, leg());
    const id = placed[0]?.mandateId ?? '';
    await expect(stand.desk.mandates.revoke('nothing')).rejects.toMatchObject({ code: 'MANDATE_UNKNOWN' });
    await stand.desk.mandates.revoke(id);
    await expect(
      stand.desk.mandates.revise({ mandateId: id, trigger: leg().trigger, price: null }),
    ).rejects.toMatchObject({ code: 'MANDATE_NOT_STANDING' });
  });
});

describe('a mandate', () => {
  it('is revised, and judged by its new price', async () => {
    const stand = await holding();
    const { mandates: placed } = await place(stand, leg());
    await stand.desk.mandates.revise({
      mandateId: placed[0]?.mandateId ?? '',
      trigger: { kind: 'price', when: 'atOrBelow', price: 9_000 },
      price: null,
    });
    await tick(stand, 9_400);
    expect(sells(stand)).toEqual([]);
    await tick(stand, 9_000);
    expect(sells(stand)).toHaveLength(1);
  });

  it('asked for twice under one gesture stands once', async () => {
    const stand = await holding();
    await place(stand, leg());
    await place(stand, leg());
    expect(states(stand)).toEqual(['armed']);
  });

  it('ends with its last day, and with a market wound back before it', async () => {
    const stand = await holding();
    await place(stand, leg());
    stand.market.set(SAMSUNG, issueFacts({ sessionDate: '2025-02-12' as never }));
    await tick(stand, 9_900);
    expect(mandates(stand)).toMatchObject([{ state: 'expired', reason: { code: 'MANDATE_EXPIRED' } }]);
    const wound = await holding();
    await place(wound, leg());
    wound.exchangeMs = -60_000;
    await tick(wound, 9_400);
    expect(mandates(wound)).toMatchObject([{ state: 'expired', reason: { code: 'MANDATE_REWOUND' } }]);
    expect(sells(wound)).toEqual([]);
  });

  it('stands after a restart, which is said', async () => {
    const stand = await holding();
    await place(stand, leg());
    await stand.crash();
    expect(states(stand)).toEqual(['armed']);
    expect(stand.alerts().some((title) => title.includes('조건 주문 1건을 다시 봅니다'))).toBe(true);
  });
});

describe('a crash while a mandate is sent', () => {
  it('leaves one order, or a mandate that still stands: never two orders, never neither', async () => {
    for (let writes = 0; writes < 6; writes += 1) {
      const stand = await holding();
      await place(stand, leg());
      let left = writes;
      stand.journal.before = () => {
        left -= 1;
        if (left < 0) stand.kill();
      };
      await tick(stand, 9_400);
      stand.journal.before = () => undefined;
      stand.kill();
      await stand.start();
      const before = sells(stand).length;
      const [mandate] = mandates(stand);
      expect(mandate?.state === 'armed' ? 0 : 1).toBe(before);
      await tick(stand, 9_300);
      await stand.time.advance(20_000);
      const submits = stand.broker.received.filter(({ verb }) => verb === 'submit').length;
      expect(sells(stand)).toHaveLength(1);
      // One for the holding, at most one for the mandate.
      expect(submits).toBeLessThanOrEqual(2);
    }
  });
});
