/** The threat centre: what a batch makes of the store, the order of what is urgent, and the figures that the user types. */
import { describe, expect, it } from 'vitest';
import type { PlayRecord, Protection, RiskScores, Threat, ThreatItem, ThreatSignal } from '#shared/domain/index.ts';
import { ALL_DETECTORS } from '#shared/threats/index.ts';
import { applyThreats, PLAYS_LIMIT } from '../../../renderer/client/threat-feed.ts';
import { byGravity, proposedPlays } from '../../../renderer/client/threat-order.ts';
import { alarmsADay } from '../../../renderer/panels/threats/parts/counts.tsx';
import {
  changedFigures,
  figureText,
  fits,
  readFigure,
  stepped,
} from '../../../renderer/panels/threats/parts/detector-form.tsx';
import { figure, pictureOf } from '../../../renderer/panels/threats/parts/evidence.tsx';
import { horizonOf } from '../../../renderer/panels/threats/parts/horizon.ts';
import { joined, nextBefore, type PastThreat } from '../../../renderer/panels/threats/parts/past.tsx';
import { shownPlays } from '../../../renderer/panels/threats/parts/plays.tsx';
import { dayOf, dayPath } from '../../../renderer/panels/threats/parts/scores.tsx';
import { dayEvents } from '../../../renderer/panels/threats/parts/timeline.tsx';
import { draftsOf } from '../../../renderer/panels/threats/parts/use-plan.ts';
import { collarOn, EMPTY_THREATS, standsOn } from '../../../renderer/store/threats.ts';
import { translate } from '../../../renderer/text/index.ts';
import { riskLevel } from '../../../renderer/ui/risk-level.ts';

/** 2026-11-24 10:00 in Korea. */
const TEN = Date.UTC(2026, 10, 24, 1);
const MINUTE = 60_000;

const signal: ThreatSignal = {
  detector: 'M01',
  ts: TEN,
  severity: 'M',
  subject: 'KRX:005930',
  state: 'fired',
  values: {},
  sentenceKo: 'k',
  sentenceEn: 'e',
  picture: { points: [], line: null },
};
const threat = (threatId: string, change: Partial<Threat> = {}): Threat => ({
  threatId,
  detector: 'M01',
  family: 'market',
  subject: 'KRX:005930',
  phase: 'confirmed',
  severity: 'M',
  score: 20,
  firstTs: TEN,
  lastTs: TEN,
  clearedTs: null,
  signals: 1,
  latest: signal,
  plays: ['P1', 'P3'],
  ...change,
});
const play = (playId: string, change: Partial<PlayRecord> = {}): PlayRecord => ({
  playId,
  play: 'P3',
  cause: 'c',
  threatId: 't',
  detector: 'M01',
  subject: 'KRX:005930',
  severity: 'M',
  state: 'proposed',
  proposedTs: TEN,
  startedTs: null,
  endedTs: null,
  by: null,
  mandateId: null,
  endedBy: null,
  untilTs: null,
  didKo: 'k',
  didEn: 'e',
  evidence: signal,
  plan: null,
  ...change,
});
const protection = (change: Partial<Protection> = {}): Protection => ({
  protectionId: 'p',
  kind: 'collar',
  accountId: null,
  instrumentId: 'KRX:005930',
  buysOnly: false,
  fromTs: 0,
  untilTs: null,
  whyKo: 'k',
  whyEn: 'e',
  ...change,
});
const told = (of: Threat, acknowledged = false): ThreatItem => ({ kind: 'threat', threat: of, acknowledged });

describe('what the guard tells', () => {
  it('replaces everything with a snapshot, and lets go what is over', () => {
    const first = applyThreats(EMPTY_THREATS, [told(threat('a')), told(threat('b'), true)], true);
    expect([...first.threats.keys()]).toEqual(['a', 'b']);
    expect(first.ready).toBe(true);
    const next = applyThreats(first, [told(threat('a', { phase: 'cleared' }))], false);
    expect([...next.threats.values()].map(({ acknowledged }) => acknowledged)).toEqual([true]);
    const again = applyThreats({ ...next, protections: [protection()] }, [told(threat('c'))], true);
    expect([...again.threats.keys()]).toEqual(['c']);
    expect(again.protections).toEqual([]);
  });

  it('keeps plays by their id, the oldest go first', () => {
    const many = Array.from({ length: PLAYS_LIMIT + 2 }, (_, at): ThreatItem => ({
      kind: 'play',
      play: play(`p${at}`),
    }));
    const state = applyThreats(EMPTY_THREATS, many, true);
    expect(state.plays.size).toBe(PLAYS_LIMIT);
    expect(state.plays.has('p1')).toBe(false);
    const done = applyThreats(state, [{ kind: 'play', play: play('p9', { state: 'done' }) }], false);
    expect(done.plays.get('p9')?.state).toBe('done');
  });
});

describe('what stands against an order', () => {
  it('names an issue, an account, both or all', () => {
    expect(standsOn({ accountId: null, instrumentId: null }, 'A1', 'KRX:000660')).toBe(true);
    expect(standsOn({ accountId: 'A1', instrumentId: null }, 'A2', 'KRX:000660')).toBe(false);
    expect(standsOn({ accountId: 'A1', instrumentId: 'KRX:000660' }, 'A1', 'KRX:005930')).toBe(false);
  });

  it('pauses one-click orders by a collar alone, on its issue alone', () => {
    const all = [protection({ kind: 'block', protectionId: 'b' }), protection()];
    expect(collarOn(all, 'A1', 'KRX:005930')?.protectionId).toBe('p');
    expect(collarOn(all, 'A1', 'KRX:000660')).toBeNull();
  });
});

describe('what is urgent', () => {
  it('comes first: severity, then points, then the newest', () => {
    const open = (of: Threat) => ({ threat: of, acknowledged: false });
    const rows = [
      open(threat('old')),
      open(threat('new', { firstTs: TEN + 1 })),
      open(threat('crit', { severity: 'C', score: 1 })),
      open(threat('more', { score: 40 })),
    ].sort(byGravity);
    expect(rows.map((row) => row.threat.threatId)).toEqual(['crit', 'more', 'new', 'old']);
  });

  it('among equals is what can be undone, and only what is proposed', () => {
    const plays = [
      play('halt', { play: 'P7', severity: 'C' }),
      play('block', { play: 'P6', severity: 'C' }),
      play('running', { severity: 'C', state: 'running' }),
      play('mild'),
    ];
    expect(proposedPlays(plays).map(({ playId }) => playId)).toEqual(['block', 'halt', 'mild']);
  });

  it('stays in the list while it waits, runs, or left something to do', () => {
    const plan = { rows: [] } as unknown as PlayRecord['plan'];
    const plays = [
      play('told', { play: 'P1', state: 'done', by: 'always' }),
      play('plan', { play: 'P2', state: 'done', by: 'user', plan }),
      play('gone', { play: 'P2', state: 'done', by: 'user', plan }),
      play('blocked', { play: 'P6', state: 'done', by: 'mandate' }),
      play('failed', { state: 'failed', by: 'user' }),
      play('expired', { state: 'expired' }),
      play('runs', { state: 'running', by: 'user' }),
      play('waits'),
    ];
    expect(shownPlays(plays, new Set(['gone'])).map(({ playId }) => playId)).toEqual([
      'waits',
      'runs',
      'plan',
      'blocked',
      'failed',
    ]);
  });
});

describe('scores', () => {
  const at = (ts: number, total: number): RiskScores => ({
    ts,
    total,
    families: { account: 0, portfolio: 0, market: total, operation: 0, security: 0 },
  });

  it('have a word at 40, 60 and 80', () => {
    expect([0, 39.9, 40, 60, 79, 80, 100].map(riskLevel)).toEqual([
      'low',
      'low',
      'mid',
      'high',
      'high',
      'crit',
      'crit',
    ]);
  });

  it('are drawn over their own day, the newest minute being now', () => {
    const yesterday = at(TEN - 24 * 60 * MINUTE, 90);
    const day = dayOf([yesterday, at(TEN - MINUTE, 10), at(TEN, 30)], at(TEN, 20));
    expect(day.map(({ total }) => total)).toEqual([10, 20]);
    expect(dayPath(day, 'total')).toMatch(/^M0 \S+L120 \S+$/);
    expect(dayPath(day.slice(1), 'total')).toBeNull();
  });
});

describe('evidence', () => {
  it('is drawn with its line in the box, and not at all without a known point', () => {
    expect(pictureOf({ points: [], line: 3 })).toBeNull();
    expect(pictureOf({ points: [Number.NaN], line: null })).toBeNull();
    expect(pictureOf({ points: [1, 3], line: 5 })).toEqual({ path: 'M0 28L100 15', lineY: 2 });
    expect(pictureOf({ points: [2], line: null })?.path).toMatch(/^M0 \S+H100$/);
  });

  it('is written with two places at most and a true minus', () => {
    expect([1_234.567, -0.5, -0.001, 3].map(figure)).toEqual(['1,234.57', '−0.5', '0', '3']);
    expect(figure(Number.NaN)).toBe('—');
  });

  it('knows until when where the market or the figures say so', () => {
    const known = { interruptedUntilTs: 5, breakerUntilTs: 6, sidecarUntilTs: 7 };
    expect(horizonOf({ detector: 'M03', latest: signal }, known)).toBe(5);
    expect(horizonOf({ detector: 'M06', latest: signal }, known)).toBe(7);
    expect(horizonOf({ detector: 'O08', latest: { ...signal, values: { minutesLeft: 2 } } }, known)).toBe(
      TEN + 2 * MINUTE,
    );
    expect(
      horizonOf(
        { detector: 'M01', latest: signal },
        { interruptedUntilTs: null, breakerUntilTs: null, sidecarUntilTs: null },
      ),
    ).toBeNull();
  });
});

describe('the record', () => {
  it('merges threats and plays of the newest day; what was done at once is one event', () => {
    const events = dayEvents(
      [threat('t', { clearedTs: TEN + 5 * MINUTE }), threat('yesterday', { firstTs: TEN - 24 * 60 * MINUTE })],
      [
        play('told', { state: 'done', startedTs: TEN, endedTs: TEN }),
        play('ran', { state: 'released', startedTs: TEN + MINUTE, endedTs: TEN + 2 * MINUTE }),
        play('passed', { state: 'expired', endedTs: TEN + 4 * MINUTE }),
      ],
    );
    expect(events.map(({ id }) => id)).toEqual([
      't over',
      'passed ended',
      'ran ended',
      'ran started',
      'passed proposed',
      't seen',
      'told started',
    ]);
  });

  it('goes on at its oldest instant, so that none that shares it is lost, and shows each once', () => {
    const row = (id: string, firstTs: number): PastThreat => ({ threat: threat(id, { firstTs }), verdict: null });
    const page = Array.from({ length: 50 }, (_, at) => row(`a${at}`, TEN - at));
    expect(nextBefore(page, page)).toBe(TEN - 48);
    expect(nextBefore(page, page.slice(1))).toBeNull();
    const same = page.map((each) => row(each.threat.threatId, TEN));
    expect(nextBefore(same, same)).toBe(TEN);
    expect(joined(page, [row('a49', TEN - 49), row('b', TEN - 50)])).toHaveLength(51);
  });

  it('counts alarms over the days on which the guard looked; without one there is no figure', () => {
    expect(alarmsADay({ alarms: 3 }, { days: 2 })).toBe(1.5);
    expect(alarmsADay({ alarms: 0 }, { days: 0 })).toBeNull();
  });
});

describe('figures of a detector', () => {
  const param = {
    id: 'x',
    labelKo: 'k',
    labelEn: 'e',
    unit: '%',
    initial: 0.3,
    min: 0.1,
    max: 1,
    step: 0.1,
    value: 0.3,
  };

  it('are read as numbers, and as nothing else', () => {
    expect(['1,000', ' -2.5 ', '−3', '.5', '1e3', '', '1.2.3', 'abc', '∞'].map(readFigure)).toEqual([
      1_000,
      -2.5,
      -3,
      0.5,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('stand within their range, and step without a rest of the sum', () => {
    expect([0.1, 1, 0.09, 1.01, null].map((value) => fits(value, param))).toEqual([true, true, false, false, false]);
    expect(stepped('0.1', 2, param)).toBe('0.3');
    expect(stepped('1', 5, param)).toBe('1');
    expect(stepped('', -1, param)).toBe('0.2');
  });

  it('are kept only where they differ from what ships', () => {
    expect(changedFigures([param, { ...param, id: 'y', value: 0.4 }])).toEqual({ y: 0.4 });
  });

  it('of every detector can be typed as they ship, in a unit that has a name', () => {
    const units = ['percent', 'times', 'seconds', 'minutes', 'count', 'ticks', 'won'] as const;
    const named = new Set<string>(['', 'sd', ...units.map((unit) => translate('ko', `threats.unit.${unit}`))]);
    for (const { id, params } of ALL_DETECTORS)
      for (const each of params) {
        expect(fits(readFigure(figureText(each.initial)), each), `${id} ${each.id}`).toBe(true);
        expect(named, `${id} ${each.id}`).toContain(each.unit);
      }
  });
});

describe('a response plan', () => {
  it('sends what the guard lets through, and leaves the rest', () => {
    const row = { instrumentId: 'KRX:005930' } as never;
    const denial = { code: 'X' } as never;
    const planned = (of: { row: unknown; denial: unknown }) => of as never;
    const rows = [planned({ row, denial: null }), planned({ row: null, denial: null }), planned({ row, denial })];
    expect(draftsOf({ rows } as never).map(({ at }) => at)).toEqual([0]);
  });
});
