/** Every play: proposed, confirmed by one call, run by itself under a mandate, once for its cause, and ended as its facts say. */
import { describe, expect, it } from 'vitest';
import type { DetectorId, PlayId, PlayRecord, Threat, ThreatSeverity } from '#shared/domain/index.ts';
import { isReasonFor, PLAYS, playFacts } from '#shared/threats/index.ts';
import { GuardStand, madeThreat } from '../../support/guard-stand.ts';
import { SAMSUNG } from '../../support/threat-stand.ts';

/** A detector that names the play, and what its threat is about. */
const REASONS: readonly (readonly [PlayId, DetectorId, string, ThreatSeverity])[] = [
  ['P2', 'A03', 'A1', 'M'],
  ['P3', 'M01', SAMSUNG, 'M'],
  ['P4', 'M03', SAMSUNG, 'H'],
  ['P5', 'A01', 'A1', 'H'],
  ['P6', 'M18', SAMSUNG, 'H'],
  ['P7', 'O05', 'A1', 'C'],
  ['P8', 'O04', 'A1', 'H'],
  ['P9', 'A07', 'A1', 'L'],
  ['P10', 'O10', 'log', 'C'],
];
const JUST_DONE: ReadonlySet<PlayId> = new Set(['P2']);

const cleared = (threat: Threat): Threat => ({ ...threat, phase: 'cleared', clearedTs: threat.lastTs });

/** Everything that a play may leave standing. */
function standing({ stand }: GuardStand) {
  return {
    protections: stand.desk.protections.all(stand.time.clock.now()).map(({ protectionId }) => protectionId),
    state: stand.desk.tradingState.state,
  };
}

describe('a play', () => {
  it.each(REASONS)('%s is proposed by %s, and does nothing before it is confirmed', async (play, detector, subject) => {
    const guard = await GuardStand.quiet();
    const severity = REASONS.find(([id]) => id === play)?.[3] ?? 'C';
    const threat = guard.raise(detector, { subject, severity });
    const { doesKo } = playFacts(play);
    expect(guard.play(play)).toMatchObject({
      state: 'proposed',
      by: null,
      startedTs: null,
      didKo: doesKo,
      detector,
      subject,
      evidence: threat.latest,
    });
    expect(standing(guard)).toEqual({ protections: [], state: 'active' });
    expect(guard.written).toEqual([]);
    expect(guard.items).toContainEqual({ kind: 'play', play: guard.play(play) });
  });

  it.each(REASONS)('%s runs by one call, is written with its cause, and is not run twice', async (play, ...reason) => {
    const [detector, subject, severity] = reason;
    const guard = await GuardStand.quiet();
    guard.raise(detector, { subject, severity });
    const record = guard.room.plays.confirm(guard.play(play).playId);
    expect(record).toMatchObject({ by: 'user', mandateId: null, state: JUST_DONE.has(play) ? 'done' : 'running' });
    expect(record.startedTs).toBe(guard.stand.hub.exchangeNow());
    expect(record.didKo).not.toBe(playFacts(play).doesKo);
    const started = guard.written.filter(({ what }) => what === 'started');
    expect(started.map(({ play: written }) => [written.playId, written.evidence.sentenceKo])).toEqual([
      [record.playId, record.evidence.sentenceKo],
    ]);
    expect(() => guard.room.plays.confirm(record.playId)).toThrow(expect.objectContaining({ code: 'PLAY_OVER' }));
  });

  it.each(REASONS)(
    '%s runs by itself under a mandate, within the call that tells of the threat',
    async (play, ...rest) => {
      const [detector, subject, severity] = rest;
      const guard = await GuardStand.quiet();
      const mandateId = guard.sign(play, { detectors: [detector], severity });
      guard.raise(detector, { subject, severity });
      expect(guard.play(play)).toMatchObject({ by: 'mandate', mandateId });
      expect(guard.play(play).state).toBe(JUST_DONE.has(play) ? 'done' : 'running');
      await guard.stand.advance(100);
      expect(guard.stand.alerts()).toContain('PLAY_RAN');
    },
  );

  it.each(REASONS)('%s answers one cause once', async (play, detector, subject, severity) => {
    const guard = await GuardStand.quiet();
    guard.sign(play);
    const threat = guard.raise(detector, { subject, severity });
    // Said again, said by a second threat of the same cause, and confirmed again.
    guard.room.plays.take({ ...threat, signals: 2 }, () => [threat]);
    guard.raise(detector, { subject, severity });
    expect(guard.all(play)).toHaveLength(1);
    expect(guard.written.filter(({ what, play: { play: id } }) => what === 'started' && id === play)).toHaveLength(1);
  });

  it('waits for a mandate that names its detector, its severity and its account', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P8', { detectors: ['O04'] });
    guard.sign('P8', { severity: 'C', accountId: 'A1' });
    guard.sign('P8', { accountId: 'A2' });
    guard.sign('P7', { detectors: ['O05'], accountId: 'A2' });
    const threat = guard.raise('O05', { subject: 'A1', severity: 'H' });
    expect(guard.play('P8').state).toBe('proposed');
    // A threat that is no reason for it proposes nothing, whatever is signed.
    expect(guard.all('P7')).toEqual([]);
    guard.room.plays.take({ ...threat, severity: 'C' }, () => [threat]);
    expect(guard.play('P8')).toMatchObject({ state: 'running', mandateId: 'mandate-2' });
    expect(guard.play('P7').state).toBe('proposed');
  });

  it('that halts comes before all others, and what it holds need not be reduced', async () => {
    const guard = await GuardStand.quiet();
    const order: string[] = [];
    guard.room.watch((item) => item.kind === 'play' && item.play.state === 'running' && order.push(item.play.play));
    for (const play of ['P5', 'P6', 'P7'] as const) guard.sign(play);
    guard.raise('O03', { subject: 'A1' });
    expect(order).toEqual(['P7', 'P6']);
    guard.raise('A01', { subject: 'A1', severity: 'C' });
    expect(guard.all('P5')).toEqual([]);
    expect(guard.stand.desk.tradingState.state).toBe('halted');
    expect(guard.stand.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('of losses is one for an account, whichever limit speaks first', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P5');
    guard.raise('A01', { subject: 'A1', severity: 'H' });
    guard.raise('A02', { subject: 'A1', severity: 'H' });
    expect(guard.all('P5')).toHaveLength(1);
  });

  it('passes by with its threat while nobody has confirmed it, and is no longer to be had', async () => {
    const guard = await GuardStand.quiet();
    const threat = guard.raise('M01');
    const { playId } = guard.play('P3');
    guard.room.plays.take(cleared(threat), () => []);
    expect(guard.play('P3')).toMatchObject({ state: 'expired', endedBy: 'cause' });
    expect(() => guard.room.plays.confirm(playId)).toThrow(expect.objectContaining({ code: 'PLAY_OVER' }));
    expect(guard.written).toEqual([]);
  });

  it('that was turned down stays so for its threat, and is proposed again for the next', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P3', { severity: 'C' });
    const threat = guard.raise('M01');
    guard.room.plays.release(guard.play('P3').playId);
    guard.room.plays.take({ ...threat, phase: 'fading' }, () => [threat]);
    guard.room.plays.take(threat, () => [threat]);
    expect(guard.all('P3').map(({ state, endedBy }) => [state, endedBy])).toEqual([['released', 'user']]);
    guard.raise('M01');
    expect(guard.all('P3').map(({ state }) => state)).toEqual(['proposed', 'released']);
  });

  it('that ended by time runs again when its threat comes back', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P3');
    const threat = guard.raise('M01');
    await guard.stand.advance(31_000);
    expect(guard.play('P3')).toMatchObject({ state: 'released', endedBy: 'time' });
    // It goes on: it has had its answer. It faded and is there again: that is a new blow.
    guard.room.plays.take({ ...threat, signals: 2 }, () => [threat]);
    expect(guard.all('P3')).toHaveLength(1);
    guard.room.plays.take({ ...threat, phase: 'fading' }, () => [threat]);
    guard.room.plays.take({ ...threat, signals: 3 }, () => [threat]);
    expect(guard.all('P3').map(({ state }) => state)).toEqual(['running', 'released']);
  });

  it('that is not known is refused in words', async () => {
    const guard = await GuardStand.quiet();
    const unknown = expect.objectContaining({ code: 'PLAY_UNKNOWN' }) as Error;
    expect(() => guard.room.plays.confirm('none')).toThrow(unknown);
    expect(() => guard.room.plays.release('none')).toThrow(unknown);
    expect(() => guard.room.override({ playId: 'none', phrase: '그래도 주문' })).toThrow(unknown);
  });

  it('whose record the disk refuses protects all the same', async () => {
    const guard = await GuardStand.quiet();
    guard.written.push = () => {
      throw new Error('disk full');
    };
    guard.sign('P3');
    guard.raise('M01');
    expect(guard.play('P3').state).toBe('running');
    expect(await guard.stand.submit({ type: 'market', price: null })).toMatchObject({
      reason: { code: 'GUARD_COLLARED' },
    });
    expect(guard.stand.log.lines.map(({ message }) => message)).toContain('a play was not recorded');
  });

  it('is kept to a bound: the oldest that are over are forgotten, never one that runs', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P5');
    guard.raise('A01', { subject: 'A1', severity: 'H' });
    for (let n = 0; n < 600; n += 1) {
      const threat = guard.raise('M01', { subject: `KRX:${String(100_000 + n)}` });
      guard.room.plays.take(cleared(threat), () => []);
    }
    expect(guard.room.plays.list().length).toBeLessThanOrEqual(500);
    expect(guard.play('P5').state).toBe('running');
  });
});

describe('how plays end', () => {
  const how: Record<string, (guard: GuardStand, threat: Threat) => Promise<void>> = {
    time: ({ stand }) => stand.advance(601_000),
    cause: async ({ room, stand }, threat) => {
      room.plays.take(cleared(threat), () => []);
      await stand.advance(100);
    },
    hand: async ({ room, stand }, { threatId }) => {
      const { playId } = room.plays.list().find((each) => each.threatId === threatId) as PlayRecord;
      room.plays.release(playId);
      await stand.advance(100);
    },
    phrase: async ({ stand }) => {
      await stand.advance(5_000);
      const resumed = stand.desk.resume('매매 재개');
      await stand.advance(1_000);
      await resumed;
    },
    itself: ({ stand }) => stand.advance(2_000),
  };

  it.each(REASONS)('%s ends as its facts say, and is written so', async (play, detector, subject, severity) => {
    const guard = await GuardStand.quiet();
    guard.sign(play);
    const threat = guard.raise(detector, { subject, severity });
    const { ends } = playFacts(play);
    if (ends !== 'itself') expect(guard.play(play).state).toBe('running');
    await how[ends]?.(guard, threat);
    const endedBy = { time: 'time', cause: 'cause', hand: 'user', phrase: 'user', itself: 'itself' }[ends];
    expect(guard.play(play)).toMatchObject({ state: ends === 'itself' ? 'done' : 'released', endedBy });
    expect(guard.play(play).endedTs).not.toBeNull();
    expect(standing(guard)).toEqual({ protections: [], state: 'active' });
    if (!JUST_DONE.has(play)) {
      const ended = guard.written.filter(({ what, play: written }) => what === 'ended' && written.play === play);
      expect(ended.map(({ play: written }) => written.endedBy)).toEqual([endedBy]);
    }
  });

  it('P5, P7, P8, P9 and P10 outlive their threat', async () => {
    const guard = await GuardStand.quiet();
    guard.stand.broker.mischief.inquiry = () => 'fails';
    guard.security.revokeToken = () => new Promise(() => undefined);
    for (const [play, detector, subject, severity] of REASONS) {
      if (!['P5', 'P7', 'P8', 'P9', 'P10'].includes(play)) continue;
      guard.sign(play);
      const threat = guard.raise(detector, { subject, severity });
      guard.room.plays.take(cleared(threat), () => []);
      expect([play, guard.play(play).state]).toEqual([play, 'running']);
    }
  });

  it('a halt is not taken back by hand', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P7');
    guard.raise('O05', { subject: 'A1' });
    const { playId } = guard.play('P7');
    expect(() => guard.room.plays.release(playId)).toThrow(expect.objectContaining({ code: 'PLAY_RELEASE_HALT' }));
    expect(guard.play('P7').state).toBe('running');
    expect(guard.stand.desk.tradingState.state).toBe('halted');
  });

  it('an alert is a play that needs nobody, once for its cause in five minutes', async () => {
    const guard = await GuardStand.quiet();
    const first = madeThreat('M01');
    guard.room.plays.alert({ cause: 'c', title: { ko: '일', en: 'one' }, first, ts: 1 });
    expect(guard.play('P1')).toMatchObject({ state: 'done', by: 'always', endedBy: 'itself' });
    guard.room.plays.alert({ cause: 'd', title: { ko: '둘', en: 'two' }, first: madeThreat('M12'), ts: 2 });
    // A note is no alert.
    expect(guard.all('P1')).toHaveLength(1);
    await guard.stand.advance(20);
    expect(guard.stand.alerts().filter((code) => code === 'THREAT_RAISED')).toHaveLength(1);
  });

  it('every play of the catalogue is covered here', () => {
    expect(['P1', ...REASONS.map(([play]) => play)]).toEqual(PLAYS.map(({ id }) => id));
    for (const [play, detector, , severity] of REASONS) expect(isReasonFor(play, detector, severity)).toBe(true);
  });
});
