/** The dated days of the library: market-wide stops come at the published minute, and the published figures stand in the path. */
import { describe, expect, it } from 'vitest';
import library from '#resources/scenarios/library.json' with { type: 'json' };
import type { MarketStory, ScenarioDocument } from '#shared/domain/index.ts';
import { StoryGuide } from '#shared/exchange/synthetic/story-guide.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { parseScenario, storyOf, timelineOf } from '#shared/scenario/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs, type SessionDate } from '#shared/time/index.ts';
import { listed, testExchange } from '#test/support/exchange.ts';

const INDICES = [
  { market: 'KOSPI', futures: 'KOSPI200' },
  { market: 'KOSDAQ', futures: 'KOSDAQ150' },
] as const;
const [FROM, TO] = [timeOfDayMs('08:59:00'), timeOfDayMs('15:31:00')];

function documentOf(id: string): ScenarioDocument {
  const parsed = parseScenario(library.scenarios.find((each) => each.id === `lib:${id}`)?.text ?? '');
  if (!('document' in parsed)) throw new Error(`${id}: ${JSON.stringify(parsed.problems)}`);
  return parsed.document;
}

/** Stops of a day by the rules of its date, the exchange being told nothing but index and futures. */
function stopsOf(story: MarketStory, day: number, date: SessionDate): string[] {
  const issues = [listed({ code: '000001' }), listed({ code: '000002', market: 'KOSDAQ', basePrice: 10_000 })];
  const { exchange, events } = testExchange({ date, issues, breakers: true, index: 'given' });
  const { betas, volatility, liquidity, days } = story;
  const today = days[day - 1];
  if (!today) throw new Error(`no day ${day}`);
  const guide = new StoryGuide({
    today: { day: today, betas, volatility, liquidity },
    exchange,
    date,
    openTs: kstInstant(date, FROM),
    natural: () => 0,
  });
  for (let ms = FROM; ms <= TO; ms += 1_000) {
    const ts = epochMs(kstInstant(date, ms));
    exchange.advanceTo(ts);
    guide.act(ts);
    for (const { market, futures } of INDICES) {
      const spot = guide.index(market, ts) ?? 0;
      const change = guide.futures(market, ts) ?? spot;
      exchange.setFutures({
        index: futures,
        changePpm: Math.round(change * 1e6),
        spotChangePpm: Math.round((guide.futures(market, ts) ?? spot) * 1e6),
      });
    }
  }
  const at = (ts: number): string => new Date(ts + 32_400_000).toISOString().slice(11, 16);
  return events.flatMap((event) => {
    if (event.kind === 'circuitBreaker')
      return [`${day} ${at(event.ts)} ${event.market} CB${event.level} ${(event.indexChangePpm / 10_000).toFixed(1)}`];
    return event.kind === 'sidecar' && event.state === 'on'
      ? [`${day} ${at(event.ts)} ${event.market} sidecar ${event.side}`]
      : [];
  });
}

function stops(id: string): string[] {
  const document = documentOf(id);
  const story = storyOf(document, timelineOf(document), 1);
  if (!story || document.market.kind !== 'indexPath') throw new Error(`${id} has no path`);
  let date = sessionDate(document.market.date);
  return story.days.flatMap((_, place) => {
    if (place > 0) date = krxCalendar.addSessions(date, 1);
    return stopsOf(story, place + 1, date);
  });
}

describe('stops of a dated day', () => {
  it.each([
    ['2016-02-12-kosdaq', ['1 11:42 KOSDAQ sidecar sell', '1 11:55 KOSDAQ CB1 -8.2']],
    [
      '2024-08-05-yen-carry',
      [
        '1 11:00 KOSPI sidecar sell',
        '1 13:05 KOSDAQ sidecar sell',
        '1 13:56 KOSDAQ CB1 -8.1',
        '1 14:14 KOSPI CB1 -8.1',
      ],
    ],
    ['2025-04-07-tariff', ['1 09:12 KOSPI sidecar sell']],
    ['2024-12-04-martial-law', []],
    [
      '2026-03-04-iran-war',
      [
        '1 12:05 KOSPI sidecar sell',
        '2 09:06 KOSPI sidecar sell',
        '2 10:31 KOSDAQ sidecar sell',
        '2 11:16 KOSDAQ CB1 -8.1',
        '2 11:19 KOSPI CB1 -8.1',
      ],
    ],
    ['2026-03-09-oil', ['1 09:06 KOSPI sidecar sell', '1 10:31 KOSDAQ sidecar sell', '1 10:31 KOSPI CB1 -8.1']],
  ])('%s', (id, expected) => {
    expect(stops(id)).toEqual(expected);
  });

  it('2020: both markets on both days, at their minutes', () => {
    const told = stops('2020-03-19-covid');
    expect(told).toEqual(
      expect.arrayContaining(['1 09:04 KOSDAQ CB1 -8.3', '1 09:06 KOSPI sidecar sell', '1 10:43 KOSPI CB1 -8.1']),
    );
    expect(told.filter((line) => line.startsWith('2') && line.includes('CB'))).toEqual([
      '2 12:05 KOSDAQ CB1 -8.3',
      '2 12:05 KOSPI CB1 -8.1',
    ]);
    expect(told.filter((line) => line.startsWith('3'))).toEqual(
      expect.arrayContaining([expect.stringContaining('buy')]),
    );
  });

  it('2011: the stops of KOSDAQ at their minutes, and that of KOSPI which only the rules of today make', () => {
    const breakers = stops('2011-08-09-downgrade').filter((line) => line.includes('CB') || line.includes('13:23'));
    expect(breakers).toEqual([
      '1 13:10 KOSDAQ CB1 -10.4',
      '1 13:23 KOSPI sidecar sell',
      '2 10:41 KOSDAQ CB1 -10.2',
      '2 11:05 KOSPI CB1 -8.4',
    ]);
  });
});

describe('the figures of a dated day', () => {
  it.each([
    ['1997-11-24-imf', [-7.17, -7.5, 8.5], []],
    ['2000-04-17-dotcom', [-11.63], [-11.4]],
    ['2001-09-12-911', [-12.02], [-11.59]],
    ['2008-10-16-gfc', [-9.44, -10.57], [-9.19, -10.45]],
    ['2011-08-09-downgrade', [-3.82, -3.64], [-6.63, -6.44]],
    ['2016-02-12-kosdaq', [-1.41], [-6.06]],
    ['2020-03-19-covid', [-3.43, -8.39, 8.6], [-7.01, -11.71, 8.26]],
    ['2024-08-05-yen-carry', [-8.77], [-11.3]],
    ['2024-12-04-martial-law', [-1.44, -2.78], [-1.98, -5.19]],
    ['2025-04-07-tariff', [-5.57], [-5.25]],
    ['2026-03-04-iran-war', [-7.24, -12.06], [-4.62, -14]],
    ['2026-03-09-oil', [-5.96], [-4.54]],
  ])('%s closes where it closed, is marked as made again, and names its sources', (id, kospi, kosdaq) => {
    const { market, sources, summary } = documentOf(id);
    if (market.kind !== 'indexPath') throw new Error('no path');
    const closes = (name: 'KOSPI' | 'KOSDAQ') => market.days.flatMap((day) => day[name]?.at(-1)?.pct ?? []);
    expect(closes('KOSPI')).toEqual(kospi);
    expect(closes('KOSDAQ')).toEqual(kosdaq);
    expect(market.reconstructed).toBe(true);
    expect(sources.length).toBeGreaterThan(0);
    expect(summary).toContain('오늘 시행 중인 규칙');
    if (!id.startsWith(market.date.slice(0, 4))) expect(summary).toContain('옮겨 실행합니다');
  });
});
