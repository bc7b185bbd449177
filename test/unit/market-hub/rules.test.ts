/** The rule sheet of the running market: its clock, limits and interruptions, and what the user says of the VI class. */
import { describe, expect, it } from 'vitest';
import { BUNDLED, rulesOf } from '#core/market/index.ts';
import { RuleSheet, type KrxInstrument } from '#shared/domain/index.ts';
import { ruleRow, type ViClass } from '#shared/market/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { at, FEED_DAY, StubFeed } from '#test/support/stub-feed.ts';

const samsung = BUNDLED.find(({ code }) => code === '005930') as KrxInstrument;

function feedAt(time: string): StubFeed {
  const feed = new StubFeed([samsung.id]);
  feed.sessionNow = { ...feed.sessionNow, exchangeTs: epochMs(at(time)) };
  return feed;
}

function sheetOf(feed: StubFeed, viClass: ViClass | null = null): RuleSheet {
  return RuleSheet.parse(rulesOf(feed, samsung, viClass));
}

const value = (sheet: RuleSheet, id: string): unknown => ruleRow(sheet, id)?.value;

describe('rules of an instrument', () => {
  it('are those of the market clock and its figures', () => {
    const sheet = sheetOf(feedAt('10:00:00'));
    expect(sheet).toMatchObject({ instrumentId: samsung.id, sessionDate: FEED_DAY, at: at('10:00:00') });
    expect(value(sheet, 'limit.base')).toBe(70_000);
    expect([value(sheet, 'limit.upper'), value(sheet, 'limit.lower')]).toEqual([91_000, 49_000]);
    expect(value(sheet, 'session.KRX.now')).toBe('continuous');
    expect(value(sheet, 'issue.nxt')).toBe(false);
  });

  it('take the VI class the user gave, and are unsure without', () => {
    expect(ruleRow(sheetOf(feedAt('10:00:00')), 'vi.class')).toMatchObject({ value: 'unknown', status: 'U' });
    expect(ruleRow(sheetOf(feedAt('10:00:00'), 'kospi200'), 'vi.class')).toMatchObject({ value: 'kospi200' });
  });

  it('show what holds the issue up, and the market', () => {
    const feed = feedAt('10:00:00');
    const issue = feed.issue(samsung.id);
    if (!issue) throw new Error('no issue');
    const interruption = {
      kind: 'circuitBreaker',
      level: 1,
      sinceTs: at('09:55:00'),
      untilTs: at('10:15:00'),
      reference: null,
      price: null,
      note: '',
    } as const;
    feed.issues.set(samsung.id, { ...issue, phase: 'halted', interruption });
    feed.states = [
      {
        market: 'KOSPI',
        indexChangePpm: -81_000,
        breaker: { level: 1, untilTs: at('10:15:00') },
        breakersUsed: [1],
        sidecar: null,
      },
    ];
    const sheet = sheetOf(feed);
    expect(value(sheet, 'session.KRX.now')).toBe('halted');
    expect(ruleRow(sheet, 'halt.KRX.now')?.valueKo).toBe('서킷브레이커 · 1단계 · 10:15:00까지');
    expect(ruleRow(sheet, 'breaker.now')?.valueKo).toBe('지수 −8.10% · 1단계 발동 중 · 오늘 발동: 1단계');
    expect(value(sheet, 'order.KRX')).toContainEqual(
      expect.objectContaining({ ordDvsn: '00', valid: false, reason: 'MARKET_HALTED' }),
    );
  });

  it('of an issue outside the market follow the clock and the listing', () => {
    const feed = feedAt('10:00:00');
    feed.issues.clear();
    const sheet = sheetOf(feed);
    expect(value(sheet, 'limit.base')).toBe(samsung.basePrice);
    expect(value(sheet, 'issue.nxt')).toBeNull();
    expect(value(sheet, 'session.KRX.now')).toBe('continuous');
  });
});
