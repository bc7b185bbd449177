/** The kill switch: seven cases that real failures have taught. */
import { describe, expect, it } from 'vitest';
import { DeskStand, issueFacts, SAMSUNG, venueFacts } from '#test/support/desk-stand.ts';

const PHRASE = '매매 재개';

const sentOf = (stand: DeskStand, verb: 'submit' | 'replace' | 'cancel'): number =>
  stand.broker.received.filter((call) => call.verb === verb).length;

describe('the kill switch', () => {
  it('1: lets no order leave after the trigger, even in the middle of a call', async () => {
    const stand = await DeskStand.open();
    const resting = await stand.submit({ price: 9_900 });
    // Pulled while the order is being written: the guard has passed it, the broker was not called yet.
    let pulled: Promise<unknown> | null = null;
    stand.journal.after = (entries) => {
      if (entries.some(({ kind }) => kind === 'desk.orderSubmitting')) pulled ??= stand.desk.setTradingState('halted');
    };
    const ack = await stand.submit({ price: 9_800 });
    await Promise.resolve(pulled);
    expect(ack).toMatchObject({ state: 'rejected', reason: { code: 'GUARD_HALTED' } });
    expect(sentOf(stand, 'submit')).toBe(1);
    expect(await stand.submit({ price: 9_700 })).toMatchObject({ state: 'denied', reason: { code: 'GUARD_HALTED' } });
    expect(sentOf(stand, 'submit')).toBe(1);
    expect(stand.find(resting.orderId).state).toBe('canceled');
  });

  it('1: stops a change of price in the same way', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ price: 9_900 });
    stand.journal.after = (entries) => {
      if (entries.some(({ kind }) => kind === 'desk.replaceAsked')) void stand.desk.setTradingState('halted');
    };
    const ack = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_950 });
    await stand.time.advance(100);
    expect(await ack).toMatchObject({ orderId, reason: { code: 'GUARD_HALTED' } });
    expect(sentOf(stand, 'replace')).toBe(0);
    expect(stand.find(orderId)).toMatchObject({ state: 'canceled', price: 9_900 });
  });

  it('1: is faster than orders that already wait at the desk', async () => {
    const stand = await DeskStand.open();
    const acks: Promise<{ readonly state: string }>[] = [];
    // While one order is being written, three more queue up, and then the switch is pulled.
    stand.journal.before = () => {
      if (acks.length > 0) return;
      for (const price of [9_100, 9_200, 9_300]) acks.push(stand.desk.submit(stand.order({ price })));
      void stand.desk.setTradingState('halted');
    };
    const first = await stand.submit({ price: 9_000 });
    expect(first.state).toBe('rejected');
    expect((await Promise.all(acks)).map(({ state }) => state)).toEqual(['denied', 'denied', 'denied']);
    expect(sentOf(stand, 'submit')).toBe(0);
  });

  it('2: does not fire with zero trades or a missing price', async () => {
    const stand = await DeskStand.open();
    stand.market.set(SAMSUNG, issueFacts({ last: null, krx: venueFacts({ last: null, bid: null, ask: null }) }));
    await stand.time.advance(300_000);
    expect(stand.desk.performance('A1')).toMatchObject({ fills: 0, winRatePpb: null, maxDrawdownPpb: 0, returnPpb: 0 });
    await stand.buy(10);
    stand.market.delete(SAMSUNG);
    await stand.time.advance(300_000);
    expect(stand.desk.performance('A1').unrealisedKrw).toBe(0);
    expect(stand.desk.tradingState).toMatchObject({ state: 'active', epoch: 0 });
    expect(stand.journal.kinds()).not.toContain('sweepStarted');
  });

  it('3: goes on cancelling through silence, refusals and a restart until the broker shows nothing open', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    await stand.submit({ price: 9_800 });
    const asked: string[] = [];
    stand.broker.mischief.cancel = ({ brokerOrderNo }) => {
      asked.push(brokerOrderNo);
      return asked.length % 2 === 0 ? 'lost' : { refuse: 'BROKER_UNAVAILABLE' };
    };
    let inquiries = 0;
    stand.broker.mischief.inquiry = () => ((inquiries += 1) <= 3 ? 'fails' : undefined);
    await stand.desk.setTradingState('halted');
    await stand.time.advance(30_000);
    expect(stand.broker.openNos()).toHaveLength(2);
    expect(asked.length).toBeGreaterThan(2);
    await stand.crash();
    const before = asked.length;
    await stand.time.advance(60_000);
    expect(asked.length).toBeGreaterThan(before);
    expect(stand.journal.kinds()).not.toContain('sweepEnded');
    // An order from another program joins: it is withdrawn as well.
    stand.broker.placeElsewhere(stand.order({ price: 9_700 }));
    stand.broker.mischief = {};
    await stand.time.advance(60_000);
    expect(stand.broker.openNos()).toEqual([]);
    expect(stand.orders().map(({ state }) => state)).toEqual(['canceled', 'canceled', 'canceled']);
    expect(stand.journal.kinds().filter((kind) => kind === 'sweepEnded')).toHaveLength(1);
    expect(stand.alerts()).toContain('증권사에 남은 미체결 주문이 없음을 확인했습니다.');
  });

  it('3: withdraws at a broker that answers no question, at a pace that grows slower', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    stand.broker.mischief.inquiry = () => 'fails';
    let asked = 0;
    stand.broker.mischief.cancel = () => ((asked += 1) < 4 ? 'lost' : undefined);
    await stand.desk.setTradingState('halted');
    await stand.time.advance(60_000);
    expect(stand.broker.openNos()).toEqual([]);
    expect(asked).toBe(4);
    // What became of it is known by the notice; that nothing else is left, only by an inquiry.
    expect(stand.orders().map(({ state }) => state)).toEqual(['canceled']);
    expect(stand.journal.kinds()).not.toContain('sweepEnded');
    stand.broker.mischief = {};
    await stand.time.advance(60_000);
    expect(stand.journal.kinds()).toContain('sweepEnded');
  });

  it('3: does not press a broker that is overrun: the rounds grow slower', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    let asked = 0;
    stand.broker.mischief.cancel = () => {
      asked += 1;
      return { refuse: 'BROKER_UNAVAILABLE' };
    };
    await stand.desk.setTradingState('halted');
    await stand.time.advance(60_000);
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(15);
    expect(stand.alerts()).toContain('미체결 1건이 아직 취소되지 않았습니다. 계속 취소합니다.');
  });

  it('4: is idempotent and logged once', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    const answers = await Promise.all([1, 2, 3].map(() => stand.desk.setTradingState('halted', '점심')));
    await stand.time.advance(5_000);
    const again = await stand.desk.setTradingState('halted', '한 번 더');
    expect(new Set([...answers, again].map(({ epoch }) => epoch))).toEqual(new Set([1]));
    expect(again).toMatchObject({ state: 'halted', cause: 'user', note: '점심' });
    const kinds = stand.journal.kinds();
    expect(kinds.filter((kind) => kind === 'tradingStateChanged')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'sweepStarted')).toHaveLength(1);
    expect(sentOf(stand, 'cancel')).toBe(1);
    expect(stand.alerts().filter((title) => title.startsWith('매매를 멈췄습니다'))).toHaveLength(1);
  });

  it('5: pause and stop differ, and both can be seen', async () => {
    const stand = await DeskStand.open();
    await stand.buy(10);
    const resting = await stand.submit({ price: 9_900 });
    const seen: string[] = [];
    stand.desk.watch((deltas) => {
      for (const delta of deltas) if (delta.kind === 'tradingState') seen.push(delta.tradingState.state);
    });
    await stand.desk.setTradingState('reducing');
    expect(await stand.submit({ price: 9_800 })).toMatchObject({ state: 'denied', reason: { code: 'GUARD_REDUCING' } });
    expect(await stand.submit({ side: 'sell', price: 10_100, quantity: 5 })).toMatchObject({ state: 'accepted' });
    expect(stand.find(resting.orderId).state).toBe('accepted');
    await stand.desk.setTradingState('active');
    expect(await stand.submit({ price: 9_800 })).toMatchObject({ state: 'accepted' });
    await stand.desk.setTradingState('halted');
    await stand.time.advance(2_000);
    expect(stand.orders().filter(({ state }) => state === 'accepted')).toEqual([]);
    expect(await stand.submit({ side: 'sell', price: 10_100, quantity: 5 })).toMatchObject({
      reason: { code: 'GUARD_HALTED' },
    });
    expect(seen).toEqual(['reducing', 'active', 'halted']);
    await expect(stand.desk.setTradingState('active')).rejects.toMatchObject({ code: 'RESUME_PHRASE' });
    await expect(stand.desk.setTradingState('reducing')).rejects.toMatchObject({ code: 'RESUME_PHRASE' });
  });

  it('6: survives a crash and opens halted, and what was to be cancelled is cancelled', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    // The process dies the moment the halt is on the disk, before any cancel has left.
    stand.journal.after = (entries) => {
      if (entries.some(({ kind }) => kind === 'desk.sweepStarted')) stand.kill();
    };
    void stand.desk.setTradingState('halted').catch(() => undefined);
    stand.journal.after = () => undefined;
    expect(sentOf(stand, 'cancel')).toBe(0);
    await stand.start();
    expect(stand.desk.status).toBe('halted');
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'recovery', epoch: 1 });
    expect(await stand.submit({ price: 9_800 })).toMatchObject({ reason: { code: 'GUARD_HALTED' } });
    await stand.time.advance(5_000);
    expect(stand.broker.openNos()).toEqual([]);
    await stand.crash();
    expect(stand.journal.kinds().filter((kind) => kind === 'tradingStateChanged')).toHaveLength(3);
  });

  it('7: is released only by the typed phrase and only when nothing is in doubt', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'lost';
    void stand.desk.submit(stand.order({ price: 9_900 }));
    await stand.time.advance(6_000);
    await stand.desk.setTradingState('halted');
    for (const typed of ['', '매매재개', 'resume', '매매 재개!']) {
      await expect(stand.desk.resume(typed)).rejects.toMatchObject({ code: 'RESUME_PHRASE' });
    }
    const early = stand.desk.resume(PHRASE);
    early.catch(() => undefined);
    await stand.time.advance(1_000);
    await expect(early).rejects.toMatchObject({ code: 'RESUME_NOT_RECONCILED', params: { count: 1 } });
    stand.broker.mischief.inquiry = () => 'fails';
    const blind = stand.desk.resume(PHRASE);
    blind.catch(() => undefined);
    await stand.time.advance(1_000);
    await expect(blind).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    stand.broker.mischief = {};
    const [lost] = stand.orders();
    await stand.desk.resolveUnconfirmed(lost?.orderId ?? '');
    await stand.time.advance(30_000);
    // Some keyboards send Hangul taken apart.
    const resumed = stand.desk.resume(` ${PHRASE.normalize('NFD')} `);
    await stand.time.advance(1_000);
    expect(await resumed).toMatchObject({ state: 'active', cause: 'user', epoch: 2 });
    expect(await stand.submit({ price: 9_900 })).toMatchObject({ state: 'accepted' });
  });
});
