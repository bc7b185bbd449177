/** What forms and timelines stand on: fields of the schema, new parts that can be played at once, moves within the day, the picture of the path. */
import { describe, expect, it } from 'vitest';
import {
  CRITERION_MEASURES,
  SCENARIO_EVENT_KINDS,
  ScenarioEvent,
  type MarketSource,
  type ScenarioDocument,
} from '#shared/domain/index.ts';
import {
  canMove,
  canStretch,
  canStretchStart,
  changeScenario,
  formatScenario,
  movedEvent,
  movedTime,
  newActor,
  newCriterion,
  newEvent,
  newLabel,
  newPlay,
  newScenario,
  parseScenario,
  previewOf,
  scenarioFields,
  startedEvent,
  stretchedEvent,
  timeOfDayText,
  unitName,
  validateScenario,
} from '#shared/scenario/index.ts';

const ISSUES = ['005930', '000660'];
const BARE = newScenario('시험', '2026-08-05', ISSUES);
const PLACE = { day: 1, at: '10:00', issue: '005930' } as const;

const field = (kind: string, name: string) => scenarioFields('events', kind).find((each) => each.name === name);

function read(text: string): ScenarioDocument {
  const parsed = parseScenario(text);
  if (!('document' in parsed)) throw new Error(parsed.problems[0]?.ko);
  return parsed.document;
}

describe('fields of a part', () => {
  it('tell bounds, choices, and whether they may be left out', () => {
    expect(field('drift', 'pct')).toMatchObject({ kind: 'number', min: -99, max: 500, optional: false });
    expect(field('latency', 'ms')).toMatchObject({ kind: 'whole', min: 1, max: 60_000 });
    expect(field('halt', 'minutes')).toMatchObject({ kind: 'number', min: 0, max: 720, nullable: true });
    expect(field('breaker', 'level')).toMatchObject({ kind: 'choice', choices: [1, 2, 3] });
    expect(field('silence', 'taken')?.kind).toBe('flag');
    expect(field('news', 'issue')).toMatchObject({ kind: 'issue', optional: true });
    expect(field('drift', 'at')?.kind).toBe('time');
    expect(field('drift', 'target')?.kind).toBe('group');
    expect(scenarioFields('plays').find(({ name }) => name === 'confirmSeconds')).toMatchObject({
      min: 0,
      max: 3_600,
      usual: 10,
      optional: true,
    });
    expect(scenarioFields('holdings').map(({ name }) => name)).toEqual(['issue', 'quantity', 'averagePrice']);
    expect(scenarioFields('events', 'nothing')).toEqual([]);
    expect([unitName('pct', 'ko'), unitName('seconds', 'ko'), unitName('title', 'ko')]).toEqual([' %', '초', '']);
  });

  it('are known of every kind of event', () => {
    for (const kind of SCENARIO_EVENT_KINDS) {
      const own = scenarioFields('events', kind).filter(({ name }) => !['id', 'day', 'after', 'at'].includes(name));
      expect(
        own.map(({ name }) => name),
        kind,
      ).toContain('note');
      for (const each of own) if (each.name !== 'target') expect(each.kind, `${kind} ${each.name}`).not.toBe('group');
    }
  });
});

describe('a new part', () => {
  it('is whole: each kind of event fits the schema, and nothing has to be mended', () => {
    for (const kind of SCENARIO_EVENT_KINDS) {
      const event = ScenarioEvent.parse(newEvent(kind, PLACE));
      const text = formatScenario({ ...BARE, events: [event] });
      expect(validateScenario(read(text), { text }), kind).toEqual([]);
    }
    expect(newEvent('drift', { ...PLACE, day: 3 })).toMatchObject({ day: 3, at: '10:00' });
    expect(newEvent('gap', PLACE)).not.toHaveProperty('at');
  });

  it('fits beside the others, under a name of its own', () => {
    const rule = newActor('rule', BARE, PLACE);
    const second = newActor('rule', { ...BARE, actors: [rule] }, PLACE);
    expect([rule.name, second.name]).toEqual(['rule', 'rule-2']);
    const label = { ...newLabel('M05', PLACE), day: 1, required: true };
    const guarded: ScenarioDocument = {
      ...BARE,
      actors: [rule, second, newActor('orders', BARE, PLACE)],
      plays: [{ ...newPlay('P7'), severity: 'M', mode: 'auto', confirmSeconds: 10 }],
      labels: [label],
    };
    const criteria = CRITERION_MEASURES.map((measure) => newCriterion(measure, measure, guarded));
    const text = formatScenario({ ...guarded, criteria });
    expect(validateScenario(read(text), { text })).toEqual([]);
  });
});

describe('a move', () => {
  const drift = ScenarioEvent.parse(newEvent('drift', PLACE));
  const values = (changes: ReturnType<typeof movedEvent>) => changes.map(({ value }) => value);

  it('changes the time, within the day', () => {
    expect(movedEvent(drift, 2, 300_000)).toEqual([{ path: ['events', 2, 'at'], value: '10:05' }]);
    expect(values(movedEvent(drift, 0, -90_000))).toEqual(['09:58:30']);
    expect(values(movedEvent(drift, 0, -86_400_000))).toEqual(['08:00']);
    expect(values(movedEvent(drift, 0, 86_400_000))).toEqual(['20:00']);
    expect([movedTime('09:59:30', 30_000), timeOfDayText(32_400_000)]).toEqual(['10:00', '09:00']);
  });

  it('changes the wait of an event that follows another, and never before it', () => {
    const { at: _, ...rest } = drift;
    const chained = { ...rest, after: { event: 'first', seconds: 60 } } as ScenarioEvent;
    expect(movedEvent(chained, 1, 30_000)).toEqual([{ path: ['events', 1, 'after', 'seconds'], value: 90 }]);
    expect(values(movedEvent(chained, 1, -120_000))).toEqual([0]);
  });

  it('is none for a gap, which belongs to the open', () => {
    const gap = ScenarioEvent.parse(newEvent('gap', PLACE));
    expect([canMove(gap), canStretch(gap), movedEvent(gap, 0, 60_000), stretchedEvent(gap, 0, 60_000)]).toEqual([
      false,
      false,
      [],
      [],
    ]);
  });

  it('lets an event begin at another time and end as before', () => {
    // 10:00, 20 minutes.
    expect(startedEvent(drift, 2, 300_000)).toEqual([
      { path: ['events', 2, 'at'], value: '10:05' },
      { path: ['events', 2, 'minutes'], value: 15 },
    ]);
    expect(values(startedEvent(drift, 0, -90_000))).toEqual(['09:58:30', 21.5]);
    // Not beyond its end, nor before the day.
    expect(values(startedEvent(drift, 0, 86_400_000))).toEqual(['10:20', 0]);
    expect(values(startedEvent(drift, 0, -86_400_000))).toEqual(['08:00', 140]);
    const { at: _, ...rest } = drift;
    const chained = { ...rest, after: { event: 'first', seconds: 60 } } as ScenarioEvent;
    expect(values(startedEvent(chained, 1, -120_000))).toEqual([0, 21]);
    const endless = { ...ScenarioEvent.parse(newEvent('halt', PLACE)), minutes: null } as ScenarioEvent;
    const gap = ScenarioEvent.parse(newEvent('gap', PLACE));
    const news = ScenarioEvent.parse(newEvent('news', PLACE));
    expect([endless, gap, news].map((event) => [canStretchStart(event), startedEvent(event, 0, 60_000)])).toEqual([
      [false, []],
      [false, []],
      [false, []],
    ]);
  });

  it('stretches in the unit of the event, down to nothing', () => {
    expect(values(stretchedEvent(drift, 0, 90_000))).toEqual([21.5]);
    expect(values(stretchedEvent(drift, 0, -9_000_000))).toEqual([0]);
    const frozen = ScenarioEvent.parse(newEvent('freezeFeed', PLACE));
    expect(values(stretchedEvent(frozen, 0, 60_000))).toEqual([150]);
    const halt = ScenarioEvent.parse({ ...newEvent('halt', PLACE), minutes: null });
    expect(values(stretchedEvent(halt, 0, -3_600_000))).toEqual([540]);
  });

  it('is made in the text, all or nothing', () => {
    const text = formatScenario({ ...BARE, events: [drift] });
    const moved = changeScenario(text, [...movedEvent(drift, 0, 60_000), ...stretchedEvent(drift, 0, 60_000)]);
    expect('text' in moved && read(moved.text).events[0]).toMatchObject({ at: '10:01', minutes: 21 });
    expect(changeScenario('a: [', movedEvent(drift, 0, 60_000))).toHaveProperty('problem');
  });
});

describe('the picture of the path', () => {
  it('goes as the events say, and stays there', () => {
    const drift = ScenarioEvent.parse(newEvent('drift', PLACE));
    const path = previewOf({ ...BARE, events: [drift] }, 1);
    const at = (time: number): number => Math.round((path?.KOSPI[path.atMs.indexOf(time)] ?? Number.NaN) * 10) / 10;
    expect([at(35_940_000), at(36_600_000), at(37_200_000), at(54_000_000)]).toEqual([0, -2.5, -5, -5]);
  });

  it('goes along the points of an index path, and is held where a breaker holds it', () => {
    const market: MarketSource = {
      kind: 'indexPath',
      date: '2026-03-04',
      days: [
        {
          KOSPI: [
            { at: '09:00', pct: -2 },
            { at: '11:00', pct: -6 },
          ],
        },
      ],
      issues: ISSUES,
      betas: {},
      reconstructed: false,
      volatility: 1,
      liquidity: 1,
    };
    const breaker = ScenarioEvent.parse({ ...newEvent('breaker', PLACE), at: '11:20' });
    const path = previewOf({ ...BARE, market, events: [breaker] }, 1);
    const at = (time: number): number => path?.KOSPI[path.atMs.indexOf(time)] ?? Number.NaN;
    expect(at(32_400_000)).toBeCloseTo(-2, 9);
    expect(at(36_000_000)).toBeCloseTo(-4, 9);
    expect(at(40_800_000)).toBeCloseTo(-8.15, 9);
    expect(path?.KOSDAQ.every((value) => value === 0)).toBe(true);
  });

  it('is none for a record, nor for a day that is not played', () => {
    const market: MarketSource = { kind: 'replay', dates: ['2026-03-04'], issues: ISSUES };
    expect(previewOf({ ...BARE, market }, 1)).toBeNull();
    expect(previewOf(BARE, 2)).toBeNull();
  });
});
