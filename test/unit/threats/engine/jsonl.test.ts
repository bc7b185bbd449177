/** A file of events: every kind is read as it is written, every slip is told, and the page about it tells the truth. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ThreatEventLine } from '#shared/threats/engine/jsonl.ts';
import { readThreatLine, type ThreatEvent } from '#shared/threats/index.ts';

const TS = 1_772_582_400_000;
const ID = 'KRX:005930';

/** One of each kind with every field; a kind that is forgotten here is an error of types. */
const WHOLE: { readonly [Kind in ThreatEvent['kind']]: Extract<ThreatEvent, { readonly kind: Kind }> } = {
  issue: {
    kind: 'issue',
    ts: TS,
    id: ID,
    nameKo: '삼성전자',
    market: 'KOSDAQ',
    sector: '반도체',
    base: 60_000,
    upper: 78_000,
    lower: 42_000,
    dynamicViPpm: 20_000,
    staticViPpm: 0,
    viReference: 60_000,
    tick: 100,
    averageVolume: 1,
    minuteVolumes: [1, 2],
    usualDepth: 3,
    usualSpreadTicks: 1.5,
    closes: [1, 2, 3],
    flags: ['warning', 'halted'],
    lively: false,
    followed: false,
  },
  trade: { kind: 'trade', ts: TS, id: ID, venue: 'NXT', price: 60_000, quantity: 1, side: 'sell' },
  book: { kind: 'book', ts: TS, id: ID, venue: 'NXT', bids: [59_900, 1], asks: [60_000, 2] },
  vi: { kind: 'vi', ts: TS, id: ID, on: true, cause: 'both' },
  phase: { kind: 'phase', ts: TS, venue: 'NXT', phase: 'viAuction', id: ID },
  index: { kind: 'index', ts: TS, market: 'KOSPI', ppm: -80_000 },
  futures: { kind: 'futures', ts: TS, market: 'KOSDAQ', ppm: 60_000 },
  indexHistory: { kind: 'indexHistory', ts: TS, market: 'KOSPI', medianRange30Ppm: 4_000, closes: [2_400, 2_500] },
  fx: { kind: 'fx', ts: TS, rate: 140_290 },
  flow: {
    kind: 'flow',
    ts: TS,
    market: 'KOSPI',
    group: 'foreign',
    netKrw: -1_000,
    averageTurnoverKrw: 10_000,
    pastDays: [1, -1],
  },
  account: {
    kind: 'account',
    ts: TS,
    accountId: 'a',
    equityKrw: 1,
    dayStartKrw: 2,
    peakKrw: 3,
    buyingPowerKrw: 4,
    cashD2Krw: -5,
    positions: [{ id: ID, quantity: 1, valueKrw: 2, costKrw: 3, sector: null }],
  },
  order: {
    kind: 'order',
    ts: TS,
    accountId: 'a',
    orderId: 'o',
    id: ID,
    side: 'buy',
    price: 60_000,
    quantity: 1,
    step: 'cancelAsked',
    gesture: 'g',
  },
  fill: {
    kind: 'fill',
    ts: TS,
    accountId: 'a',
    orderId: 'o',
    execId: 'e',
    id: ID,
    side: 'sell',
    price: 60_000,
    quantity: 1,
    cumulativeQty: 1,
    orderQty: 2,
    realisedKrw: -3,
    stop: true,
  },
  reconcile: { kind: 'reconcile', ts: TS, accountId: 'a', id: ID, deskQty: 1, brokerQty: 2 },
  line: { kind: 'line', ts: TS, state: 'down' },
  skew: { kind: 'skew', ts: TS, offsetMs: -600 },
  token: { kind: 'token', ts: TS, what: 'expires', expiresTs: TS, connection: 'c' },
  integrity: { kind: 'integrity', ts: TS, what: 'settings', name: 'documents/playbook', whole: false },
  schema: { kind: 'schema', ts: TS, channel: 'H0STCNT0', expected: 46, got: 49 },
  text: { kind: 'text', ts: TS, where: 'log', text: 'words' },
  program: { kind: 'program', ts: TS, what: 'diskFreeMb', value: 900 },
  clock: { kind: 'clock', ts: TS },
};

const problemOf = (line: string): string => {
  const read = readThreatLine(line);
  return 'problemKo' in read ? read.problemKo : '';
};

describe('a line of a file', () => {
  it.each(Object.values(WHOLE))('is read as it is written: $kind', (event) => {
    expect(readThreatLine(JSON.stringify(event))).toEqual({ event });
  });

  it.each(Object.values(WHOLE))('is refused where a field is wrong or not known: $kind', (event) => {
    expect(problemOf(JSON.stringify({ ...event, ghost: 1 }))).toMatch(/ghost/);
    for (const name of Object.keys(event)) {
      // A list of one is nobody's value: lists here hold numbers, names or positions.
      expect([name, problemOf(JSON.stringify({ ...event, [name]: [{ ghost: 1 }] }))]).toEqual([
        name,
        expect.stringMatching(/docs\/threat-events\.md|모르는 이름/),
      ]);
    }
  });

  it.each([
    ['{', /JSON이 아닙니다/],
    ['{"kind":"ghost","ts":1}', /모르는 이벤트 종류/],
    ['{"kind":"index","ts":1,"market":"KOSPI"}', /'ppm'/],
    ['{"kind":"clock","ts":-1}', /'ts'/],
    ['{"kind":"clock","ts":1,"more":2}', /모르는 이름입니다: more/],
  ])('is refused with words: %s', (line, words) => {
    expect(problemOf(line)).toMatch(words);
  });

  it('is taken with what is usual left out', () => {
    const event: ThreatEvent = {
      kind: 'trade',
      ts: 1,
      id: 'KRX:005930',
      venue: 'KRX',
      price: 1,
      quantity: 2,
      side: null,
    };
    expect(readThreatLine('{"kind":"trade","ts":1,"id":"KRX:005930","price":1,"quantity":2}')).toEqual({ event });
  });

  it.each(['null', '3', '"text"', '[]', '{}'])('is none: %s', (line) => {
    expect(problemOf(line)).toMatch(/이벤트/);
  });

  it('has no time beyond the century, and no figure that is none', () => {
    expect(problemOf(`{"kind":"clock","ts":${TS}000}`)).toMatch(/'ts'/);
    expect(problemOf(`{"kind":"clock","ts":${TS}.5}`)).toMatch(/'ts'/);
    expect(problemOf(`{"kind":"index","ts":${TS},"market":"KOSPI","ppm":1e999}`)).toMatch(/'ppm'/);
    expect(problemOf(`{"kind":"index","ts":${TS},"market":"KOSPI","ppm":NaN}`)).toMatch(/JSON/);
  });
});

describe('docs/threat-events.md', () => {
  const page = readFileSync(new URL('../../../../docs/threat-events.md', import.meta.url), 'utf8');
  /** Names in the first two columns of the rows of each kind. */
  const told = new Map<string, Set<string>>();
  let kind = '';
  for (const row of page.split('\n')) {
    const [, first, second] = /^\| *([^|]*)\|([^|]*)\|/.exec(row) ?? [];
    const name = /`([^`]+)`/.exec(first ?? '')?.[1];
    if (name !== undefined) kind = name;
    const fields = [...(second ?? '').matchAll(/`([^`]+)`/g)].map(([, field]) => field as string);
    told.set(kind, new Set([...(told.get(kind) ?? []), ...fields]));
  }
  told.delete('');

  it('lists every kind with every field, and which of them may be left out', () => {
    const written = new Map(
      ThreatEventLine.options.map(({ shape }) => [
        shape.kind.value as string,
        Object.entries(shape)
          .filter(([name]) => name !== 'kind' && name !== 'ts')
          .map(([name, field]) => ((field as z.ZodType).safeParse(undefined).success ? `${name}?` : name))
          .sort(),
      ]),
    );
    expect(new Map([...told].map(([name, fields]) => [name, [...fields].sort()]))).toEqual(written);
  });

  it('has an example that is read', () => {
    const lines = (/```json\n([^`]+)```/.exec(page)?.[1] ?? '').trim().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(readThreatLine(line)).toHaveProperty('event');
  });
});
