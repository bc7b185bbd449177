/** Plays on orders and accounts: pause, block with its typed override, freeze, cooling and security; and cancels, which always pass. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { incidentFiles } from '#core/app/threats/incident-file.ts';
import { AppError } from '#shared/errors/index.ts';
import { GuardStand } from '../../support/guard-stand.ts';
import { digits, letters } from '../../support/made-up-keys.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { HYNIX, SAMSUNG } from '../../support/threat-stand.ts';

const PHRASE = '그래도 주문';
/** 5 % through the best offer: what O01 takes for a slip of the hand. */
const SLIP = { price: 73_500, quantity: 1 } as const;
const blocked = expect.objectContaining({
  state: 'denied',
  reason: expect.objectContaining({ code: 'GUARD_BLOCKED' }) as unknown,
}) as unknown;

const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
  return null;
};

describe('P5: reduce only', () => {
  it('refuses purchases, lets sales pass, and goes back to trading by hand', async () => {
    const guard = await GuardStand.quiet();
    await guard.stand.buy(100);
    guard.sign('P5');
    guard.raise('A01', { subject: 'A1', severity: 'H' });
    expect(await guard.stand.submit()).toMatchObject({ reason: { code: 'GUARD_REDUCING' } });
    expect(await guard.stand.submit({ side: 'sell', quantity: 10, price: 70_100 })).toMatchObject({
      state: 'accepted',
    });
    expect(guard.stand.desk.tradingState).toMatchObject({ state: 'reducing', cause: 'play' });
    guard.room.plays.release(guard.play('P5').playId);
    await guard.stand.advance(100);
    expect(await guard.stand.submit()).toMatchObject({ state: 'accepted' });
  });

  it('is over as the user unpauses by himself', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P5');
    guard.raise('A01', { subject: 'A1', severity: 'H' });
    await guard.stand.desk.setTradingState('active');
    expect(guard.play('P5')).toMatchObject({ state: 'released', endedBy: 'user' });
  });

  it('never lifts a halt: neither as it begins nor as it is released', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P5');
    guard.raise('A01', { subject: 'A1', severity: 'H' });
    await guard.stand.desk.setTradingState('halted');
    guard.room.plays.release(guard.play('P5').playId);
    await guard.stand.advance(100);
    expect(guard.stand.desk.tradingState.state).toBe('halted');
    guard.raise('M05', { subject: 'KOSPI', severity: 'H' });
    await guard.stand.advance(100);
    expect(guard.play('P5')).toMatchObject({ state: 'done', didKo: expect.stringContaining('중지') as string });
    expect(guard.stand.desk.tradingState.state).toBe('halted');
    expect(guard.stand.gate.state).toBe('halted');
  });
});

describe('P6: the block', () => {
  it('stops the very order that looks like a slip, and says the phrase that lets it pass', async () => {
    const guard = await GuardStand.open();
    guard.sign('P6', { detectors: ['O01'] });
    const denied = await guard.stand.submit(SLIP);
    expect(denied).toEqual(blocked);
    expect(denied.reason?.actionKo).toContain(PHRASE);
    expect(guard.sent()).toBe(0);
    // One slip is one order: the next, a sound one, passes.
    expect(await guard.stand.submit({ price: 70_000 })).toMatchObject({ state: 'accepted' });
    expect(guard.play('P6')).toMatchObject({ state: 'done', detector: 'O01', by: 'mandate' });
    // The same again is stopped again, though its threat has had its answer.
    expect(await guard.stand.submit(SLIP)).toEqual(blocked);
  });

  it('is passed by the typed phrase, by exactly one order, within a minute', async () => {
    const guard = await GuardStand.open();
    const { stand, room } = guard;
    guard.sign('P6', { detectors: ['O01'] });
    await stand.submit(SLIP);
    const { playId } = guard.play('P6');
    for (const phrase of ['', '그래도', '그래도주문', 'send'])
      expect(refusal(() => room.override({ playId, phrase }))).toBe('OVERRIDE_PHRASE');
    expect(await stand.submit(SLIP)).toEqual(blocked);
    // Some keyboards send Hangul taken apart.
    const { untilTs } = room.override({ playId, phrase: ` ${PHRASE.normalize('NFD')} ` });
    expect(untilTs).toBe(stand.time.clock.now() + 60_000);
    expect(await stand.submit(SLIP)).toMatchObject({ state: 'accepted' });
    expect(await stand.submit(SLIP)).toEqual(blocked);
    room.override({ playId, phrase: PHRASE });
    await stand.advance(60_100);
    expect(await stand.submit(SLIP)).toEqual(blocked);
    expect(guard.sent()).toBe(1);
  });

  it('of one issue is not passed on another', async () => {
    const guard = await GuardStand.open();
    guard.sign('P6', { detectors: ['O01'] });
    await guard.stand.submit(SLIP);
    guard.room.override({ playId: guard.play('P6').playId, phrase: PHRASE });
    expect(await guard.stand.submit({ ...SLIP, instrumentId: HYNIX })).toEqual(blocked);
  });

  it('confirmed by hand comes too late for its order and stands for those that follow', async () => {
    const guard = await GuardStand.open();
    const { stand } = guard;
    expect(await stand.submit(SLIP)).toMatchObject({ state: 'accepted' });
    expect(guard.play('P6').state).toBe('proposed');
    const confirmed = guard.room.plays.confirm(guard.play('P6').playId);
    // It must not claim to have stopped what has left already.
    expect(confirmed).toMatchObject({
      state: 'running',
      didKo: expect.stringContaining('새 매수를 막았습니다') as string,
    });
    expect(await stand.submit({ price: 70_000 })).toEqual(blocked);
    expect(await stand.submit({ price: 70_000, instrumentId: HYNIX })).toMatchObject({ state: 'accepted' });
    guard.room.plays.release(confirmed.playId);
    expect(await stand.submit({ price: 70_000 })).toMatchObject({ state: 'accepted' });
  });

  it('stops what an automation sends twice', async () => {
    const guard = await GuardStand.open();
    const { stand } = guard;
    guard.sign('P6', { detectors: ['O02'] });
    const send = async () => {
      const answer = stand.desk.submit(stand.order(), { automated: true });
      await stand.advance(50);
      return answer;
    };
    expect(await send()).toMatchObject({ state: 'accepted' });
    expect(await send()).toEqual(blocked);
    expect(guard.sent()).toBe(1);
  });

  it('of a burst stands for the account until the threat is over; sales wait as well, one passes by the phrase', async () => {
    const guard = await GuardStand.open();
    const { stand } = guard;
    await stand.buy(10);
    guard.sign('P6', { detectors: ['O03'] });
    await guard.burst(6);
    expect(guard.play('P6')).toMatchObject({ state: 'running', detector: 'O03', subject: 'A1' });
    await stand.advance(2_000);
    expect(await stand.submit()).toEqual(blocked);
    expect(await stand.submit({ side: 'sell', price: 70_100 })).toEqual(blocked);
    guard.room.override({ playId: guard.play('P6').playId, phrase: PHRASE });
    expect(await stand.submit({ side: 'sell', price: 70_100 })).toMatchObject({ state: 'accepted' });
    expect(await stand.submit()).toEqual(blocked);
    // The burst is over a minute after its last order, and its threat three minutes after that.
    await stand.advance(300_000);
    expect(guard.play('P6')).toMatchObject({ state: 'released', endedBy: 'cause' });
    expect(await stand.submit()).toMatchObject({ state: 'accepted' });
  });

  it('of an issue in trouble stops purchases only; other plays have no phrase', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    await stand.buy(10);
    guard.sign('P6');
    guard.sign('P3');
    guard.raise('M18');
    expect(await stand.submit()).toEqual(blocked);
    expect(await stand.submit({ side: 'sell', price: 70_100 })).toMatchObject({ state: 'accepted' });
    guard.raise('M01', { subject: HYNIX });
    const { playId } = guard.play('P3');
    expect(refusal(() => guard.room.override({ playId, phrase: PHRASE }))).toBe('PROTECTION_NO_OVERRIDE');
  });
});

describe('P8: resync', () => {
  const automated = async ({ stand }: GuardStand) => {
    const answer = stand.desk.submit(stand.order(), { automated: true });
    await stand.advance(20);
    return answer;
  };

  it('stops automations until the books agree, and thaws by itself', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    await stand.buy(100);
    stand.broker.misplace('A1', SAMSUNG, 40);
    guard.sign('P8');
    guard.raise('O04', { subject: 'A1' });
    expect(await automated(guard)).toMatchObject({ state: 'denied' });
    await stand.advance(12_000);
    expect(guard.play('P8').state).toBe('running');
    stand.broker.misplace('A1', SAMSUNG, 100);
    await stand.advance(6_000);
    expect(guard.play('P8')).toMatchObject({ state: 'done', endedBy: 'itself' });
    expect(guard.play('P8').didKo).toContain('장부가 같습니다');
  });

  it('freezes what an automation sends, never a hand', async () => {
    const guard = await GuardStand.quiet();
    guard.stand.broker.mischief.inquiry = () => 'fails';
    guard.sign('P8');
    guard.raise('O06', { subject: 'feed' });
    expect(await automated(guard)).toMatchObject({ reason: { code: 'GUARD_FROZEN' } });
    expect(await guard.stand.submit()).toMatchObject({ state: 'accepted' });
    guard.stand.broker.mischief = {};
    await guard.stand.advance(6_000);
    expect(guard.play('P8').state).toBe('done');
    expect(await automated(guard)).toMatchObject({ state: 'accepted' });
  });

  it('with a dead broker asks for two minutes, then stands until it is released by hand', async () => {
    const guard = await GuardStand.quiet();
    let asked = 0;
    guard.stand.broker.mischief.inquiry = () => ((asked += 1), 'fails');
    guard.sign('P8');
    guard.raise('O04', { subject: 'A1' });
    await guard.stand.advance(300_000);
    expect(asked).toBeGreaterThan(5);
    expect(guard.play('P8')).toMatchObject({ state: 'running', didKo: expect.stringContaining('직접 확인') as string });
    guard.room.plays.release(guard.play('P8').playId);
    expect(guard.play('P8')).toMatchObject({ state: 'released', endedBy: 'user' });
    expect(guard.stand.desk.protections.all(guard.stand.time.clock.now())).toEqual([]);
  });

  it('released while it asks stays released', async () => {
    const guard = await GuardStand.quiet();
    guard.stand.broker.mischief.inquiry = () => 'fails';
    guard.sign('P8');
    guard.raise('O04', { subject: 'A1' });
    guard.room.plays.release(guard.play('P8').playId);
    const { didKo } = guard.play('P8');
    guard.stand.broker.mischief = {};
    await guard.stand.advance(30_000);
    expect(guard.play('P8')).toMatchObject({ state: 'released', endedBy: 'user', didKo });
    const ended = guard.written.filter(({ what }) => what === 'ended');
    expect(ended.map(({ play: { state, endedBy } }) => [state, endedBy])).toEqual([['released', 'user']]);
  });
});

describe('P9: cooling', () => {
  it('refuses purchases of its account for ten minutes, and can be taken back', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    await stand.buy(10);
    guard.sign('P9');
    guard.raise('A07', { subject: 'A1' });
    expect(await stand.submit()).toMatchObject({ reason: { code: 'GUARD_COOLING' } });
    expect(await stand.submit({ side: 'sell', price: 70_100 })).toMatchObject({ state: 'accepted' });
    await stand.advance(599_000);
    expect(await stand.submit()).toMatchObject({ reason: { code: 'GUARD_COOLING' } });
    await stand.advance(2_000);
    expect(guard.play('P9')).toMatchObject({ state: 'released', endedBy: 'time' });
    expect(await stand.submit()).toMatchObject({ state: 'accepted' });
    guard.raise('A07', { subject: 'A1' });
    expect(await stand.submit()).toMatchObject({ reason: { code: 'GUARD_COOLING' } });
    guard.room.plays.release(guard.play('P9').playId);
    expect(await stand.submit()).toMatchObject({ state: 'accepted' });
  });

  it('refuses to bring a waiting purchase nearer to a trade, and lets it go further away or be withdrawn', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    const { orderId } = await stand.submit({ price: 69_000 });
    guard.sign('P9');
    guard.raise('A07', { subject: 'A1' });
    const move = async (price: number): Promise<void> => {
      void stand.desk.replace({ requestId: `move-to-${price}`, orderId, price });
      await stand.advance(1_000);
    };
    await move(69_500);
    expect(stand.desk.order(orderId)).toMatchObject({ price: 69_000, state: 'accepted' });
    expect(guard.sent('replace')).toBe(0);
    await move(68_500);
    expect(stand.desk.order(orderId)).toMatchObject({ price: 68_500, state: 'accepted' });
    void stand.desk.cancel({ requestId: 'withdrawn-now', orderId });
    await stand.advance(1_000);
    expect(stand.desk.order(orderId)).toMatchObject({ state: 'canceled' });
  });
});

describe('P10: security', () => {
  it('without a line, a lock and a place says that there was nothing to do', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P10');
    guard.raise('O10', { subject: 'log' });
    await guard.stand.advance(20);
    const { state, didKo } = guard.play('P10');
    expect(state).toBe('done');
    for (const part of ['잠글 것이 없습니다', '증거 파일을 둘 곳이 없습니다', '돌려줄 접근토큰이 없습니다', '클립보드'])
      expect(didKo).toContain(part);
  });

  it('locks, gathers the evidence and gives the token back, each whatever becomes of the others', async () => {
    const guard = await GuardStand.quiet();
    const done: string[] = [];
    guard.security.lockReal = () => void done.push('locked');
    guard.security.exportIncident = () => {
      done.push('bundle');
      return 'incidents/one.json';
    };
    guard.security.revokeToken = () => Promise.resolve(Boolean(done.push('revoked')));
    guard.sign('P10');
    guard.raise('O10', { subject: 'log' });
    // Locked within the call.
    expect(done.slice(0, 2)).toEqual(['locked', 'bundle']);
    await guard.stand.advance(20);
    expect(done).toEqual(['locked', 'bundle', 'revoked']);
    expect(guard.play('P10').didKo).toContain('incidents/one.json');
    expect(guard.play('P10').didKo).toContain('접근토큰을 돌려주었습니다');

    const failing = await GuardStand.quiet();
    let revoked = 0;
    const refuse = () => {
      throw new AppError('DISK_FULL', { path: 'here' });
    };
    failing.security.lockReal = refuse;
    failing.security.exportIncident = refuse;
    failing.security.revokeToken = () => {
      revoked += 1;
      return Promise.reject(new AppError('BROKER_UNAVAILABLE'));
    };
    failing.sign('P10');
    failing.raise('O10', { subject: 'log' });
    await failing.stand.advance(20);
    expect(revoked).toBe(1);
    expect(failing.play('P10')).toMatchObject({ state: 'failed', endedBy: 'itself' });
    expect(failing.play('P10').didKo).toContain('기록하지 못했습니다');
    expect(failing.play('P10').didKo).toContain('접근토큰을 돌려주지 못했습니다');
    expect(failing.stand.alerts()).toContain('PLAY_FAILED');
  });

  it('keeps no secret and no account number in the evidence', async () => {
    const guard = await GuardStand.quiet();
    const folder = tempFolder();
    guard.security.exportIncident = incidentFiles(folder, guard.stand.time.clock);
    await guard.stand.submit();
    const [key, secret, account] = [`${letters(33)}aZ7`, `${letters(177)}aZ7`, `${digits(8)}-01`];
    const threat = guard.raise('O10', { subject: 'log' });
    const seen = { ...threat.latest, sentenceKo: `appkey=${key} ${account}`, sentenceEn: `a ${secret} in it` };
    guard.sign('P10');
    guard.raise('O10', { subject: 'file', latest: seen });
    await guard.stand.advance(20);
    const name = `${guard.play('P10').playId}.json`;
    const text = readFileSync(join(folder, 'incidents', `2026-03-03-${name}`), 'utf8');
    for (const hidden of [key, secret, account]) expect(text).not.toContain(hidden);
    const { threat: kept, facts } = JSON.parse(text) as {
      readonly threat: { readonly detector: string };
      readonly facts: { readonly tradingState: object; readonly orders: readonly { readonly quantity: number }[] };
    };
    expect(kept.detector).toBe('O10');
    expect(facts.tradingState).toMatchObject({ state: 'active' });
    expect(facts.orders.map(({ quantity }) => quantity)).toEqual([10]);
  });
});

describe('whatever stands', () => {
  it('cancels pass, and so do those of all orders', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    const open: string[] = [];
    for (const price of [69_000, 68_900, 68_800]) open.push((await stand.submit({ price })).orderId);
    stand.broker.mischief.inquiry = () => 'fails';
    for (const [play, detector, subject] of [
      ['P3', 'M01', SAMSUNG],
      ['P4', 'M03', SAMSUNG],
      ['P5', 'A01', 'A1'],
      ['P6', 'M18', SAMSUNG],
      ['P8', 'O04', 'A1'],
      ['P9', 'A07', 'A1'],
    ] as const) {
      guard.sign(play);
      guard.raise(detector, { subject });
      expect([play, guard.play(play).state]).toEqual([play, 'running']);
    }
    const [first = '', second = ''] = open;
    const cancel = async (orderId: string) => {
      void stand.desk.cancel({ requestId: `cancel-${orderId}`, orderId });
      await stand.advance(50);
      return stand.find(orderId).state;
    };
    expect(await cancel(first)).toBe('canceled');
    guard.sign('P7');
    stand.broker.mischief.cancel = () => 'lost';
    guard.raise('O05', { subject: 'A1' });
    expect(stand.desk.tradingState.state).toBe('halted');
    stand.broker.mischief = {};
    await stand.advance(20_000);
    expect(open.map((orderId) => stand.find(orderId).state)).toEqual(['canceled', 'canceled', 'canceled']);
    expect(stand.find(second).state).toBe('canceled');
  });
});
