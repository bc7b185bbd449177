/** The store of threats and the history on it: bounded, by environment, and never in the way of the guard. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ThreatStore } from '#core/storage/index.ts';
import { ThreatHistory } from '#core/threats/index.ts';
import type { PlayRecord } from '#shared/domain/index.ts';
import { madeThreat } from '#test/support/guard-stand.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const NEWEST = Number.MAX_SAFE_INTEGER;

function opened(path = join(tempFolder(), 'threats.db')) {
  const store = ThreatStore.open(path);
  onTestFinished(() => store.close());
  return { store, path };
}

const row = (id: string, ts: number) => ({ id, ts, body: { id } });
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

function playOf(change: Partial<PlayRecord>): PlayRecord {
  const { threatId, detector, subject, severity, latest: evidence } = madeThreat('M01');
  const about = { threatId, detector, subject, severity, evidence, cause: 'market', didKo: '했음', didEn: 'did' };
  const times = { proposedTs: 10, startedTs: null, endedTs: null, untilTs: null };
  return {
    ...about,
    ...times,
    ...{ playId: 'p1', play: 'P3', state: 'proposed', by: null, mandateId: null, endedBy: null, plan: null },
    ...change,
  };
}

describe('the store of threats', () => {
  it('gives the newest first, of one environment, before a time, each in its newest form', () => {
    const { store } = opened();
    store.save('simulation', { threats: [row('a', 1), row('b', 2), row('c', 3)] });
    store.save('real c1', { threats: [row('x', 9)] });
    store.save('simulation', { threats: [{ ...row('b', 2), body: { id: 'b', worse: true } }] });
    expect(ids(store.rows('threats', 'simulation', 2, NEWEST))).toEqual(['c', 'b']);
    expect(ids(store.rows('threats', 'simulation', 9, 3))).toEqual(['b', 'a']);
    expect(store.rows('threats', 'simulation', 9, 3)[0]?.body).toEqual({ id: 'b', worse: true });
    expect(store.rows('plays', 'simulation', 9, NEWEST)).toEqual([]);
  });

  it('keeps verdicts and marks over a restart, takes them back, and apart by environment', () => {
    const { store, path } = opened();
    store.save('simulation', { threats: [row('a', 1)] });
    store.saveVerdict('simulation', 'a', 'false');
    store.saveVerdict('simulation', 'a', 'right');
    store.saveMark('simulation', 'A1', { date: '2026-03-03', dayStartKrw: 1, peakKrw: 2 });
    store.close();
    const again = opened(path).store;
    expect([...again.verdicts('simulation')]).toEqual([['a', 'right']]);
    expect([...again.verdicts('paper')]).toEqual([]);
    expect(again.mark('simulation', 'A1')).toMatchObject({ peakKrw: 2 });
    expect(again.mark('paper', 'A1')).toBeNull();
    again.saveVerdict('simulation', 'a', null);
    expect([...again.verdicts('simulation')]).toEqual([]);
  });

  it('drops the oldest beyond its bounds, with what was said of them, and nothing of other environments', () => {
    const { store } = opened();
    store.save('paper', { threats: [row('p', 0)], scores: [{ ts: 0, body: 0 }] });
    store.saveVerdict('paper', 'p', 'right');
    const from = (first: number, count: number) =>
      Array.from({ length: count }, (_, n) => row(`t${first + n}`, first + n));
    store.save('simulation', { threats: from(0, 400) });
    store.saveVerdict('simulation', 't0', 'right');
    store.saveVerdict('simulation', 't5399', 'false');
    const scores = Array.from({ length: 11_000 }, (_, ts) => ({ ts, body: ts }));
    store.save('simulation', { threats: from(400, 5_000), plays: from(0, 5_400), scores });
    expect(store.rows('threats', 'simulation', 9_999, NEWEST)).toHaveLength(5_000);
    expect(store.rows('plays', 'simulation', 9_999, NEWEST).at(-1)?.id).toBe('t400');
    expect(store.scores('simulation', 0)).toHaveLength(10_080);
    expect(store.scores('simulation', 0)[0]?.ts).toBe(920);
    expect([...store.verdicts('simulation')]).toEqual([['t5399', 'false']]);
    expect(ids(store.rows('threats', 'paper', 9, NEWEST))).toEqual(['p']);
    expect([...store.verdicts('paper')]).toEqual([['p', 'right']]);
    expect(store.scores('paper', 0)).toHaveLength(1);
  });
});

describe('the history of threats', () => {
  it('gives threats with what was said of them; what no longer fits is left out', () => {
    const { store } = opened();
    const { logger } = createMemoryLog();
    const history = new ThreatHistory(store, 'simulation', logger);
    const [first, second] = [madeThreat('M01', { firstTs: 1 }), madeThreat('O03', { firstTs: 2, subject: 'A1' })];
    history.noteThreat(first);
    history.noteThreat(second);
    history.judge(first.threatId, 'false');
    store.save('simulation', { threats: [{ id: 'odd', ts: 3, body: { threatId: 'odd' } }] });
    store.saveVerdict('simulation', second.threatId, 'perhaps');
    expect(history.judged(9, NEWEST)).toEqual([
      { threat: second, verdict: null },
      { threat: first, verdict: 'false' },
    ]);
    history.judge(first.threatId, null);
    expect(history.judged(9, NEWEST).map(({ verdict }) => verdict)).toEqual([null, null]);
  });

  it('closes what the last run left open, and nothing else', () => {
    const { store } = opened();
    const { logger } = createMemoryLog();
    const before = new ThreatHistory(store, 'simulation', logger);
    before.noteThreat(madeThreat('M01', { threatId: 'open', firstTs: 5, lastTs: 8 }));
    before.noteThreat(madeThreat('M02', { threatId: 'over', phase: 'cleared', firstTs: 5, lastTs: 6, clearedTs: 7 }));
    before.notePlay(playOf({ playId: 'asked' }));
    before.notePlay(playOf({ playId: 'collar', state: 'running', startedTs: 11 }));
    before.notePlay(playOf({ playId: 'halt', play: 'P7', state: 'running', startedTs: 90 }));
    before.notePlay(playOf({ playId: 'done', state: 'done', startedTs: 12, endedTs: 12, endedBy: 'itself' }));
    before.flush();
    const history = new ThreatHistory(store, 'simulation', logger);
    expect(
      history
        .closeLeft(50)
        .map(({ playId }) => playId)
        .toSorted(),
    ).toEqual(['collar', 'halt']);
    const plays = Object.fromEntries(history.plays(9, NEWEST).map((play) => [play.playId, play]));
    expect(plays['asked']).toMatchObject({ state: 'expired', endedBy: 'itself', endedTs: 50 });
    expect(plays['collar']).toMatchObject({ state: 'released', endedBy: 'itself', endedTs: 50 });
    // Its halt stands in the desk's record; a market set back ends nothing before it began.
    expect(plays['halt']).toMatchObject({ state: 'done', endedTs: 90 });
    expect(plays['done']).toMatchObject({ state: 'done', endedTs: 12 });
    const threats = Object.fromEntries(history.threats(9, NEWEST).map((threat) => [threat.threatId, threat]));
    expect(threats['open']).toMatchObject({ phase: 'cleared', clearedTs: 8, score: 0 });
    expect(threats['over']).toMatchObject({ clearedTs: 7 });
    expect(history.closeLeft(60)).toEqual([]);
  });

  it('costs the guard nothing where the disk refuses; only the word of the user is refused aloud', () => {
    const store = ThreatStore.open(join(tempFolder(), 'threats.db'));
    const { logger, lines } = createMemoryLog();
    const history = new ThreatHistory(store, 'simulation', logger);
    store.close();
    history.noteThreat(madeThreat('M01'));
    history.save('A1', { date: '2026-03-03', dayStartKrw: 1, peakKrw: 1 });
    expect(() => history.flush()).not.toThrow();
    expect(history.judged(9, NEWEST)).toEqual([]);
    expect(history.closeLeft(1)).toEqual([]);
    expect(history.load('A1')).toBeNull();
    expect(lines.map(({ message }) => message)).toContain('the history of threats was refused');
    expect(() => history.judge('x', 'right')).toThrow();
  });
});
