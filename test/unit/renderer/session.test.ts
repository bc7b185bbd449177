/** The day on the screen: parts of both venues, what comes next, when an auction ends, how far a rewind reaches, which view is in front. */
import { describe, expect, it } from 'vitest';
import { daySpan, placeIn } from '../../../renderer/app/session-bar.tsx';
import { momentOf, scheduledEnd } from '../../../renderer/client/venue-day.ts';
import { reachable } from '../../../renderer/panels/market/rewind.tsx';
import { listed } from '../../../renderer/panels/rules/panel.tsx';

const KRX = [
  { phase: 'openAuction', startTs: 0, endTs: 100 },
  { phase: 'continuous', startTs: 100, endTs: 900 },
  { phase: 'closeAuction', startTs: 900, endTs: 1_000 },
  { phase: 'closed', startTs: 1_000, endTs: 1_000 },
] as const;
const NXT = [
  { phase: 'preMarket', startTs: -100, endTs: 50 },
  { phase: 'break', startTs: 50, endTs: 110 },
  { phase: 'continuous', startTs: 110, endTs: 890 },
] as const;

describe('the span of the day', () => {
  it('reaches from the first open part of any venue to the last', () => {
    expect(daySpan([KRX, NXT])).toEqual({ startTs: -100, endTs: 1_000 });
    expect(daySpan([[], []])).toEqual({ startTs: 0, endTs: 0 });
  });

  it('places instants inside it and holds the others at its ends', () => {
    const span = { startTs: 0, endTs: 1_000 };
    expect(placeIn(span, 250)).toBe(25);
    expect(placeIn(span, -5)).toBe(0);
    expect(placeIn(span, 5_000)).toBe(100);
    expect(placeIn({ startTs: 0, endTs: 0 }, 5)).toBe(0);
  });
});

describe('the moment of a venue', () => {
  it('is the part in force and the one that follows', () => {
    expect(momentOf(KRX, 50)).toMatchObject({ part: { phase: 'openAuction' }, next: { phase: 'continuous' } });
    expect(momentOf(KRX, 950).next?.phase).toBe('closed');
    expect(momentOf(KRX, 1_000)).toEqual({ part: null, next: null });
  });
});

describe('the scheduled end', () => {
  it('is that of an interruption, where one holds', () => {
    const interruption = { untilTs: 700 };
    expect(scheduledEnd(KRX, { phase: 'viAuction', interruption }, 600)).toBe(700);
    expect(scheduledEnd(KRX, { phase: 'halted', interruption: { untilTs: null } }, 600)).toBeNull();
  });

  it('is that of the part in force, also while its random end runs on', () => {
    expect(scheduledEnd(KRX, { phase: 'openAuction', interruption: null }, 50)).toBe(100);
    expect(scheduledEnd(KRX, { phase: 'openAuction', interruption: null }, 105)).toBe(100);
    expect(scheduledEnd(KRX, { phase: 'periodicAuction', interruption: null }, 500)).toBeNull();
  });
});

describe('a rewind', () => {
  it('reaches back as far as the core can, on whole seconds', () => {
    const reach = { from: 10_500, now: 99_900 };
    expect(reachable(50_999, reach)).toBe(50_000);
    expect(reachable(0, reach)).toBe(10_500);
    expect(reachable(1_000_000, reach)).toBe(99_000);
  });
});

describe('the rules listed', () => {
  const row = (id: string, status: 'C' | 'U'): never => ({ id, status }) as never;
  const sheet = {
    sections: [
      { group: 'tick', titleKo: '', rows: [row('tick.now', 'C')] },
      { group: 'vi', titleKo: '', rows: [row('vi.class', 'U'), row('vi.KRX', 'C')] },
    ],
  } as never;

  it('are those of a section, and only the unconfirmed ones where those are asked for', () => {
    const ids = (wish: Parameters<typeof listed>[1]): readonly string[] =>
      listed(sheet, wish).flatMap((section) => section.rows.map((each) => each.id));
    expect(ids({ group: 'all', unsure: false })).toEqual(['tick.now', 'vi.class', 'vi.KRX']);
    expect(ids({ group: 'vi', unsure: false })).toEqual(['vi.class', 'vi.KRX']);
    expect(ids({ group: 'all', unsure: true })).toEqual(['vi.class']);
    expect(ids({ group: 'tick', unsure: true })).toEqual([]);
  });
});
