/** The threats area through the whole core on the practice market, as a screen speaks to it. */
import { describe, expect, it } from 'vitest';
import type { NewPlayMandate } from '#shared/contract/index.ts';
import type { DetectorRow, PlayRecord, ScoresNow, Threat, ThreatItem } from '#shared/domain/index.ts';
import { openAppStand, type AppStand } from '#test/support/app-stand.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';
import { PLAIN } from '#test/support/plain-order.ts';

const SLOW = { timeout: 60_000 } as const;
const POLL = { timeout: 15_000 } as const;
const HALT: NewPlayMandate = { play: 'P7', detectors: ['O03'], severity: 'C', accountId: null, days: 30 };

/** What the threat centre would show: the newest form of each thing, and every stretch of the stream. */
function centre({ client }: AppStand) {
  const threats = new Map<string, { threat: Threat; acknowledged: boolean }>();
  const plays = new Map<string, PlayRecord>();
  let [snapshots, changes, renewed] = [0, 0, 0];
  const take = (item: ThreatItem): void => {
    if (item.kind === 'threat') threats.set(item.threat.threatId, item);
    else if (item.kind === 'play') plays.set(item.play.playId, item.play);
  };
  client.threats.follow(
    {},
    {
      batch: (items, { snapshot }) => {
        if (snapshot) {
          snapshots += 1;
          threats.clear();
          plays.clear();
        } else changes += items.length;
        for (const item of items) take(item);
      },
      renewed: () => void (renewed += 1),
    },
  );
  return {
    threat: (detector: string) => [...threats.values()].find((each) => each.threat.detector === detector),
    play: (id: string) => [...plays.values()].findLast((each) => each.play === id),
    counts: () => ({ snapshots, changes, renewed }),
  };
}

/** The practice market at its open, standing still: what time does is left to the test. */
async function opened(options: Parameters<typeof openAppStand>[0] = {}): Promise<AppStand> {
  const stand = await openAppStand(options);
  await stand.client.simulation.pause({});
  return stand;
}

let requests = 0;

/** More orders at once than a hand can send; each is judged, and refused ones count as well. */
async function burst({ client }: AppStand, count = 6) {
  const [account] = await client.trading.accounts({});
  const [instrumentId = ''] = await client.threats.watched({});
  const { instruments } = await client.market.instruments({});
  const price = instruments.find(({ id }) => id === instrumentId)?.basePrice ?? 0;
  const order = { accountId: account?.accountId ?? '', instrumentId, side: 'buy', type: 'limit' } as const;
  return Promise.all(
    Array.from({ length: count }, (_, n) =>
      client.trading.submit({
        ...order,
        ...PLAIN,
        requestId: `burst-${String((requests += 1)).padStart(6, '0')}`,
        timeInForce: 'day',
        price,
        quantity: n + 1,
        allowDuplicate: true,
      }),
    ),
  );
}

const systemKinds = async ({ client }: AppStand): Promise<string[]> =>
  (await client.trading.journal({ record: 'system' })).lines.map(({ kind }) => kind);

const rowOf = (rows: readonly DetectorRow[], id: string): DetectorRow => {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new Error(`no detector ${id}`);
  return found;
};

describe('a threat on the practice market', () => {
  it('is told as it happens, scored, judged, counted and acknowledged', SLOW, async () => {
    const stand = await opened();
    const { client } = stand;
    const shown = centre(stand);
    let scores: ScoresNow | null = null;
    client.threats.scores({}, { batch: (items) => void (scores = items.at(-1) ?? scores) });
    await expect.poll(() => shown.counts().snapshots, POLL).toBe(1);
    await burst(stand);
    await expect.poll(() => shown.threat('O03')?.threat.phase, POLL).toBe('confirmed');
    const { threat } = shown.threat('O03') ?? {};
    expect(threat).toMatchObject({ severity: 'C', family: 'operation', plays: ['P6', 'P7'] });
    expect(threat?.latest.values).toMatchObject({ count: 6, line: 5 });
    expect(shown.counts().snapshots).toBe(1);
    expect(shown.counts().changes).toBeGreaterThan(0);
    expect([shown.play('P6')?.state, shown.play('P7')?.state]).toEqual(['proposed', 'proposed']);
    expect(shown.play('P1')?.by).toBe('always');
    await expect.poll(() => scores?.families.operation ?? 0, POLL).toBeGreaterThan(0);
    expect(scores).toMatchObject({ parts: [{ threatId: threat?.threatId, family: 'operation' }] });
    const minutes = await client.threats.minutes({});
    expect(minutes.at(-1)?.families.operation).toBeGreaterThan(0);

    const threatId = threat?.threatId ?? '';
    await client.threats.acknowledge({ threatId });
    await expect.poll(() => shown.threat('O03')?.acknowledged, POLL).toBe(true);
    await expect(client.threats.acknowledge({ threatId: 'none' })).rejects.toMatchObject({ code: 'THREAT_UNKNOWN' });
    await client.threats.judge({ threatId, verdict: 'false' });
    await expect(client.threats.judge({ threatId: 'none', verdict: 'right' })).rejects.toMatchObject({
      code: 'THREAT_UNKNOWN',
    });
    const counted = async () =>
      (await client.threats.statistics({})).detectors.find(({ detector }) => detector === 'O03');
    expect(await counted()).toMatchObject({ threats: 1, alarms: 1, right: 0, false: 1, heldMs: null });
    const { threats, plays } = await client.threats.history({});
    expect(threats.find((each) => each.threat.threatId === threatId)).toMatchObject({ verdict: 'false' });
    expect(plays.map(({ play }) => play)).toEqual(expect.arrayContaining(['P1', 'P6', 'P7']));
    await client.threats.judge({ threatId, verdict: null });
    expect(await counted()).toMatchObject({ right: 0, false: 0 });

    // A second screen sees the same at once.
    const other = stand.join('web').client;
    const first = await new Promise<readonly ThreatItem[]>((resolve) => {
      other.threats.follow(
        {},
        {
          batch: (items, { snapshot }) => {
            if (snapshot) resolve(items);
          },
        },
      );
    });
    expect(first).toContainEqual(expect.objectContaining({ kind: 'threat', acknowledged: true }));
    expect(first.at(-1)).toEqual({ kind: 'protections', protections: [] });
  });

  it('keeps what was said of it over a restart, closed', SLOW, async () => {
    const stand = await opened();
    const shown = centre(stand);
    await burst(stand);
    await expect.poll(() => shown.threat('O03'), POLL).toBeDefined();
    const threatId = shown.threat('O03')?.threat.threatId ?? '';
    await stand.client.threats.judge({ threatId, verdict: 'right' });
    await expect.poll(async () => (await stand.client.threats.minutes({})).length, POLL).toBeGreaterThan(0);
    await stand.close();
    const again = await opened({ dataDir: stand.dataDir });
    const { threats, plays } = await again.client.threats.history({});
    const kept = threats.find((each) => each.threat.threatId === threatId);
    expect(kept).toMatchObject({ verdict: 'right', threat: { phase: 'cleared' } });
    expect(plays.filter(({ state }) => state === 'proposed' || state === 'running')).toEqual([]);
    const { detectors, days } = await again.client.threats.statistics({});
    expect(detectors.find(({ detector }) => detector === 'O03')).toMatchObject({ threats: 1, right: 1 });
    expect(days).toBeGreaterThan(0);
    // Asked for with an end, nothing newer comes.
    const before = await again.client.threats.history({ beforeTs: kept?.threat.firstTs ?? 0 });
    expect(before.threats.map(({ threat }) => threat.threatId)).not.toContain(threatId);
  });
});

describe('mandates', () => {
  it('let a halt run by itself, are recorded, and are taken back at once', SLOW, async () => {
    const stand = await opened();
    const { client } = stand;
    const shown = centre(stand);
    const mandate = await client.threats.sign(HALT);
    expect(mandate).toMatchObject({ environment: 'simulation', play: 'P7', detectors: ['O03'] });
    expect(mandate.untilTs - mandate.signedTs).toBe(30 * 86_400_000);
    expect(await client.threats.mandates({})).toEqual([mandate]);
    const answers = await burst(stand, 9);
    expect(new Set(answers.slice(5).map(({ reason }) => reason?.code))).toEqual(new Set(['GUARD_HALTED']));
    await expect.poll(() => shown.play('P7')?.state, POLL).toBe('running');
    expect(shown.play('P7')).toMatchObject({ by: 'mandate', mandateId: mandate.mandateId });
    const { playId = '' } = shown.play('P7') ?? {};
    await expect(client.threats.release({ playId })).rejects.toMatchObject({ code: 'PLAY_RELEASE_HALT' });
    await expect(client.threats.confirm({ playId })).rejects.toMatchObject({ code: 'PLAY_OVER' });
    expect(await client.threats.revoke({ mandateId: mandate.mandateId })).toEqual({ revoked: true });
    expect(await client.threats.revoke({ mandateId: mandate.mandateId })).toEqual({ revoked: false });
    expect(await client.threats.mandates({})).toEqual([]);
    const { lines } = await client.trading.journal({ record: 'system' });
    expect(lines.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['playMandateSigned', 'playMandateRevoked', 'playStarted']),
    );
    const started = lines.find(({ kind }) => kind === 'playStarted');
    expect(started?.data).toMatchObject({ play: 'P7', detector: 'O03', by: 'mandate', mandateId: mandate.mandateId });
    expect(JSON.stringify(started?.data)).toContain('1초에 6건');
    // The halt ends by its phrase, and with it the play.
    await expect
      .poll(() => client.trading.resume({ phrase: '매매 재개' }).then(({ state }) => state, String), POLL)
      .toBe('active');
    await expect.poll(() => shown.play('P7'), POLL).toMatchObject({ state: 'released', endedBy: 'user' });
    expect(await systemKinds(stand)).toContain('playEnded');
  });

  it('hold over a restart until they are revoked', SLOW, async () => {
    const stand = await opened();
    const mandate = await stand.client.threats.sign({ ...HALT, days: 1 });
    await stand.close();
    const again = await opened({ dataDir: stand.dataDir });
    expect(await again.client.threats.mandates({})).toEqual([mandate]);
    const tooLong = again.client.threats.sign({ ...HALT, days: 91 });
    await expect(tooLong).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('and figures are changed by their own door only', SLOW, async () => {
    const { client } = await opened();
    for (const kind of ['playbook', 'detectors'] as const) {
      const body = kind === 'playbook' ? { mandates: [] } : { detectors: {} };
      await expect(client.documents.save({ kind, id: 'mine', revision: 0, body })).rejects.toMatchObject({
        code: 'DOCUMENT_SIGNED',
      });
      await expect(client.documents.remove({ kind, id: 'mine', revision: 0 })).rejects.toMatchObject({
        code: 'DOCUMENT_SIGNED',
      });
    }
  });
});

describe('detectors', () => {
  it('refuse figures out of their range, and what is set takes effect at once and is recorded', SLOW, async () => {
    const stand = await opened();
    const { client } = stand;
    const shown = centre(stand);
    const set = (params: Record<string, number>, on = true) => client.threats.configure({ id: 'O03', on, params });
    for (const perSecond of [0, 101, -5])
      await expect(set({ perSecond })).rejects.toMatchObject({ code: 'DETECTOR_PARAM' });
    await expect(set({ perSeconds: 5 })).rejects.toMatchObject({ code: 'DETECTOR_UNKNOWN' });
    expect(await systemKinds(stand)).not.toContain('detectorSet');

    expect(await set({}, false)).toMatchObject({ id: 'O03', on: false, state: 'off' });
    await burst(stand);
    expect(rowOf(await client.threats.detectors({}), 'O03').state).toBe('off');
    expect((await client.threats.history({})).threats.map(({ threat }) => threat.detector)).not.toContain('O03');

    const row = await set({ perSecond: 2 });
    expect(row.state).toBe('on');
    expect(row.params.find(({ id }) => id === 'perSecond')).toMatchObject({ value: 2, initial: 5 });
    await burst(stand, 3);
    await expect.poll(() => shown.threat('O03')?.threat.latest.values, POLL).toMatchObject({ count: 3, line: 2 });
    expect((await systemKinds(stand)).filter((kind) => kind === 'detectorSet')).toHaveLength(2);
    // Kept: a restart reads the same.
    await stand.close();
    const again = await opened({ dataDir: stand.dataDir });
    const kept = rowOf(await again.client.threats.detectors({}), 'O03');
    expect(kept.params.find(({ id }) => id === 'perSecond')?.value).toBe(2);
  });

  it('are all told, each with how it stands here; those without input say so', SLOW, async () => {
    const { client } = await opened();
    const rows = await client.threats.detectors({});
    expect(rows).toHaveLength(35);
    expect(rowOf(rows, 'M16').state).toBe('noInput');
    expect(rowOf(rows, 'A01').state).toBe('on');
    expect((await client.threats.watched({})).length).toBeGreaterThan(0);
  });
});

describe('another environment', () => {
  it('ends the streams, has mandates and threats of its own, and leaves those of the first', SLOW, async () => {
    const paper = await openOfflineKis('paper', { still: true });
    const stand = await opened({ openTransport: transportTo(paper) });
    const { client } = stand;
    await client.kis.save(paper.entry);
    const mandate = await client.threats.sign({ ...HALT, severity: 'C' });
    const shown = centre(stand);
    await expect.poll(() => shown.counts().snapshots, POLL).toBe(1);
    await client.threats.configure({ id: 'O03', on: true, params: { perSecond: 1 } });
    await client.environment.switchTo({ environment: 'paper' });
    await stand.until(({ environment, phase }) => environment === 'paper' && phase === 'ready');
    await expect.poll(() => shown.counts(), POLL).toMatchObject({ snapshots: 2, renewed: 1 });
    expect(await client.threats.mandates({})).toEqual([]);
    expect((await client.threats.history({})).threats).toEqual([]);
    // Figures are the user's, wherever he trades.
    const row = rowOf(await client.threats.detectors({}), 'O03');
    expect(row.params.find(({ id }) => id === 'perSecond')?.value).toBe(1);
    expect(rowOf(await client.threats.detectors({}), 'O08').state).toBe('on');
    await client.environment.switchTo({ environment: 'simulation' });
    expect(await client.threats.mandates({})).toEqual([mandate]);
  });
});
