/** The kill switch as a detector pulls it: seven cases that real failures have taught, each from the market or the orders themselves. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GuardStand, type GuardOptions } from '../../support/guard-stand.ts';
import type { CallFault } from '../../support/mischief.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { SAMSUNG } from '../../support/threat-stand.ts';

const PHRASE = '매매 재개';
const LOSS = ['A01'] as const;
const BURST = ['O03'] as const;
/** No answer, refused for too many calls a second, and refused far too late. */
const FAULTS: readonly CallFault[] = [
  'lost',
  { refuse: 'KIS_UNAVAILABLE' },
  { refuse: 'BROKER_UNAVAILABLE', late: true },
];

/** A guard with a halt signed for one detector. */
async function armed(detectors: readonly ('A01' | 'O03')[], options: GuardOptions = {}): Promise<GuardStand> {
  const guard = await GuardStand.open(options);
  guard.sign('P7', { detectors: [...detectors], severity: 'C' });
  return guard;
}

/** 600 shares at 70,000 won in an account of 100 million, and a price at which that is a loss of about 6 %. */
async function loaded(guard: GuardStand): Promise<() => void> {
  await guard.stand.buy(600);
  await guard.stand.advance(1_500);
  return () => guard.stand.price(SAMSUNG, 60_000);
}

const halts = ({ stand }: GuardStand): readonly unknown[] =>
  stand.journal.entries.filter(
    ({ kind, data }) => kind === 'desk.tradingStateChanged' && JSON.stringify(data).includes('"halted"'),
  );

describe('the kill switch, pulled by a detector', () => {
  it('1: lets no order of a burst leave once it has been seen, those of an automation in full run neither', async () => {
    const guard = await armed(BURST);
    const answers = await guard.burst(40);
    // The sixth within a second is the one that is too many.
    expect(guard.sent()).toBe(5);
    expect(new Set(answers.slice(5).map(({ reason }) => reason?.code))).toEqual(new Set(['GUARD_HALTED']));
    expect(guard.play('P7')).toMatchObject({ state: 'running', by: 'mandate', detector: 'O03' });
    const { stand } = guard;
    for (let n = 0; n < 20; n += 1) void stand.desk.submit(stand.order({ price: 68_000 }), { automated: true });
    await stand.advance(5_000);
    expect(guard.sent()).toBe(5);
    expect(stand.broker.openNos()).toEqual([]);
  });

  it('1: stops the order that is on its way while the loss is seen', async () => {
    const guard = await armed(LOSS);
    const { stand, room } = guard;
    await loaded(guard);
    const sent = guard.sent();
    // The guard has passed it, it is being written, the broker was not called yet: now the account is seen to have lost.
    let seen = false;
    stand.journal.after = (entries) => {
      if (seen || !entries.some(({ kind }) => kind === 'desk.orderSubmitting')) return;
      seen = true;
      room.tell({
        kind: 'account',
        ts: stand.hub.exchangeNow(),
        accountId: 'A1',
        equityKrw: 93_000_000,
        dayStartKrw: 100_000_000,
        peakKrw: 100_000_000,
        buyingPowerKrw: 50_000_000,
        cashD2Krw: 57_000_000,
        positions: [{ id: SAMSUNG, quantity: 600, valueKrw: 36_000_000, costKrw: 42_000_000, sector: null }],
      });
    };
    const ack = await stand.submit({ price: 69_000 });
    expect(seen).toBe(true);
    expect(ack).toMatchObject({ state: 'rejected', reason: { code: 'GUARD_HALTED' } });
    expect(guard.sent()).toBe(sent);
  });

  it('1: stops a change of price in the same way, and withdraws the order', async () => {
    const guard = await armed(BURST);
    const { stand } = guard;
    const { orderId } = await stand.submit({ price: 69_000 });
    await stand.advance(1_500);
    let pulled = false;
    stand.journal.after = (entries) => {
      if (pulled || !entries.some(({ kind }) => kind === 'desk.replaceAsked')) return;
      pulled = true;
      const ts = stand.hub.exchangeNow();
      for (let n = 0; n < 6; n += 1)
        guard.room.tell({
          ...{ kind: 'order', ts, accountId: 'A1', orderId: `other-${n}`, id: SAMSUNG, side: 'buy', step: 'asked' },
          ...{ price: 69_000 - n, quantity: 1, gesture: null },
        });
    };
    const ack = stand.desk.replace({ requestId: 'replace-000001', orderId, price: 69_500 });
    await stand.advance(5_000);
    expect(await ack).toMatchObject({ reason: { code: 'GUARD_HALTED' } });
    expect(guard.sent('replace')).toBe(0);
    expect(stand.find(orderId)).toMatchObject({ state: 'canceled', price: 69_000 });
  });

  it('1: withdraws what had left without an answer as soon as it is found', async () => {
    const guard = await armed(BURST);
    const { stand } = guard;
    stand.broker.mischief.submit = () => 'late';
    const answers = guard.burst(6);
    await stand.advance(60_000);
    await answers;
    expect(guard.sent()).toBe(5);
    expect(stand.broker.openNos()).toEqual([]);
    expect(stand.desk.orders({ accountId: 'A1', open: true, limit: 10 })).toEqual([]);
  });

  it('2: does not fire without a trade, nor while a price is missing; with the price it does', async () => {
    const guard = await armed(LOSS);
    const { stand } = guard;
    await stand.advance(60_000);
    expect(guard.all('P7')).toEqual([]);
    await loaded(guard);
    // The price of what is held is not known: no loss is made up from that.
    stand.price(SAMSUNG, 0, { last: 0, basePrice: 0, bestBid: 0, bestAsk: 0 });
    await stand.advance(60_000);
    expect(guard.room.threats().map(({ detector }) => detector)).not.toContain('A01');
    expect(stand.desk.tradingState).toMatchObject({ state: 'active', epoch: 0 });
    stand.price(SAMSUNG, 60_000, { basePrice: 70_000 });
    await stand.advance(1_100);
    expect(guard.play('P7')).toMatchObject({ state: 'running', detector: 'A01', evidence: { severity: 'C' } });
    expect(stand.desk.tradingState.state).toBe('halted');
  });

  it('3: goes on cancelling through silence, refusals for rate, a dead line and a restart', async () => {
    const guard = await armed(BURST);
    const { stand } = guard;
    const asked: string[] = [];
    stand.broker.mischief.cancel = ({ brokerOrderNo }) => {
      asked.push(brokerOrderNo);
      return FAULTS[asked.length % FAULTS.length];
    };
    let inquiries = 0;
    stand.broker.mischief.inquiry = () => ((inquiries += 1) <= 3 ? 'fails' : undefined);
    await guard.burst(6);
    await stand.advance(60_000);
    expect(asked.length).toBeGreaterThan(5);
    expect(stand.broker.openNos().length).toBeGreaterThan(0);
    await guard.crash();
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'recovery' });
    const before = asked.length;
    await stand.advance(60_000);
    expect(asked.length).toBeGreaterThan(before);
    stand.broker.line('down');
    await stand.advance(5_000);
    stand.broker.mischief = {};
    // Another program adds one meanwhile; it is withdrawn as well.
    stand.broker.placeElsewhere(stand.order({ price: 68_000 }));
    stand.broker.line('up');
    await stand.advance(60_000);
    expect(stand.broker.openNos()).toEqual([]);
    expect(stand.alerts()).toContain('CANCELS_CONFIRMED');
    expect(guard.sent()).toBe(5);
  });

  it('3: says when the broker has confirmed that nothing is open', async () => {
    const guard = await armed(BURST);
    guard.stand.broker.mischief.cancel = () => 'lost';
    await guard.burst(6);
    await guard.stand.advance(10_000);
    expect(guard.play('P7').didKo).toContain('열린 주문 5건의 취소를 시작했습니다');
    guard.stand.broker.mischief = {};
    await guard.stand.advance(60_000);
    expect(guard.play('P7')).toMatchObject({
      state: 'running',
      didKo: expect.stringContaining('확인했습니다') as string,
    });
  });

  it('4: is idempotent and logged once, however often and from however many sides it is pulled', async () => {
    const guard = await armed([...BURST, ...LOSS]);
    const fall = await loaded(guard);
    await guard.burst(6);
    await guard.burst(30);
    fall();
    await guard.stand.advance(5_000);
    await guard.burst(30);
    expect(guard.all('P7').map(({ detector, state }) => [detector, state])).toEqual([
      ['A01', 'running'],
      ['O03', 'running'],
    ]);
    expect(guard.play('P7').didKo).toContain('이미 매매가 중지');
    expect(halts(guard)).toHaveLength(1);
    expect(guard.stand.journal.kinds().filter((kind) => kind === 'sweepStarted')).toHaveLength(1);
    expect(guard.stand.alerts().filter((code) => code === 'TRADING_STOPPED')).toHaveLength(1);
    expect(guard.written.filter(({ what, play }) => what === 'started' && play.detector === 'O03')).toHaveLength(1);
    expect(guard.stand.desk.tradingState.epoch).toBe(1);
  });

  it('5: a pause and a stop differ, and both can be seen', async () => {
    const guard = await armed(LOSS);
    const { stand } = guard;
    guard.sign('P5', { detectors: ['A01'], severity: 'H' });
    await loaded(guard);
    const resting = await stand.submit({ price: 60_000, quantity: 1 });
    const seen: string[] = [];
    stand.desk.watch((deltas) => {
      for (const delta of deltas) if (delta.kind === 'tradingState') seen.push(delta.tradingState.state);
    });
    // 600 × 6,000 won are 3.6 %: the line of reduce-only.
    stand.price(SAMSUNG, 64_000);
    await stand.advance(1_100);
    expect(guard.play('P5')).toMatchObject({ state: 'running', severity: 'H' });
    expect(guard.all('P7')).toEqual([]);
    expect(stand.find(resting.orderId).state).toBe('accepted');
    expect(await stand.submit({ side: 'sell', quantity: 1, price: 64_000 })).toMatchObject({ state: 'accepted' });
    stand.price(SAMSUNG, 60_000);
    await stand.advance(3_000);
    expect(guard.play('P7')).toMatchObject({ state: 'running', severity: 'C' });
    expect(stand.broker.openNos()).toEqual([]);
    expect(await stand.submit({ side: 'sell', quantity: 1, price: 60_000 })).toMatchObject({
      reason: { code: 'GUARD_HALTED' },
    });
    expect(seen).toEqual(['reducing', 'halted']);
    const shown = guard.items.flatMap((item) =>
      item.kind === 'play' && item.play.state === 'running' ? item.play.play : [],
    );
    expect(new Set(shown)).toEqual(new Set(['P5', 'P7']));
  });

  it('6: survives a crash, opens halted and goes on; what the last run left is closed in the history', async () => {
    const guard = await armed(BURST, { storePath: join(tempFolder(), 'threats.db') });
    const { stand } = guard;
    guard.sign('P3', { detectors: ['M02'] });
    stand.broker.mischief.cancel = () => 'lost';
    guard.raise('M02');
    await guard.burst(6);
    await guard.crash();
    stand.broker.mischief = {};
    expect(stand.desk.status).toBe('halted');
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'recovery' });
    expect(await stand.submit()).toMatchObject({ reason: { code: 'GUARD_HALTED' } });
    await stand.advance(20_000);
    expect(stand.broker.openNos()).toEqual([]);
    expect(guard.room.plays.list().filter(({ state }) => state === 'running')).toEqual([]);
    const kept = guard.room.history?.plays(100, Number.MAX_SAFE_INTEGER) ?? [];
    const ended = Object.fromEntries(kept.map(({ play, state, endedBy }) => [play, `${state} ${endedBy}`]));
    // The collar fell with the program; the halt stands in the desk's own record.
    expect(ended).toMatchObject({ P3: 'released itself', P7: 'done itself' });
    const left = guard.room.history?.threats(100, Number.MAX_SAFE_INTEGER).filter(({ phase }) => phase !== 'cleared');
    expect(left?.map(({ firstTs }) => firstTs).every((ts) => ts > (kept.at(-1)?.proposedTs ?? 0))).toBe(true);
  });

  it('7: is released only by the typed phrase, and only when nothing is in doubt', async () => {
    const guard = await armed(BURST);
    const { stand, room } = guard;
    stand.broker.mischief.submit = () => 'lost';
    const burst = guard.burst(6);
    await stand.advance(6_000);
    await burst;
    const { playId } = guard.play('P7');
    expect(() => room.plays.release(playId)).toThrow(expect.objectContaining({ code: 'PLAY_RELEASE_HALT' }));
    expect(() => room.override({ playId, phrase: '그래도 주문' })).toThrow(
      expect.objectContaining({ code: 'PROTECTION_NO_OVERRIDE' }),
    );
    for (const typed of ['', '매매재개', 'resume'])
      await expect(stand.desk.resume(typed)).rejects.toMatchObject({ code: 'RESUME_PHRASE' });
    const early = stand.desk.resume(PHRASE);
    early.catch(() => undefined);
    await stand.advance(1_000);
    await expect(early).rejects.toMatchObject({ code: 'RESUME_NOT_RECONCILED' });
    expect(guard.play('P7').state).toBe('running');
    stand.broker.mischief = {};
    for (const { orderId, state } of stand.desk.orders({ accountId: 'A1', open: true, limit: 10 }))
      if (state === 'unconfirmed') await stand.desk.resolveUnconfirmed(orderId);
    await stand.advance(30_000);
    const resumed = stand.desk.resume(PHRASE);
    await stand.advance(1_000);
    expect(await resumed).toMatchObject({ state: 'active', cause: 'user' });
    expect(guard.play('P7')).toMatchObject({ state: 'released', endedBy: 'user' });
    expect(await stand.submit()).toMatchObject({ state: 'accepted' });
  });
});
