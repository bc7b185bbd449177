/** A blow to the market as it is typed. */
import { describe, expect, it } from 'vitest';
import { MarketBlow } from '#shared/domain/index.ts';
import { STRESS_DAYS } from '#shared/market/index.ts';
import { draftOf, likeDay, NO_BLOW, readBlow } from '../../../renderer/panels/market/parts/blow.ts';

const own = { choice: 'own', market: 'all', pctText: '-8.5', atText: '10:30', minutesText: '60' } as const;

describe('a blow', () => {
  it('is none on an ordinary day, and that is no fault', () => {
    expect(readBlow(NO_BLOW)).toEqual({ blow: null, bad: new Set() });
  });

  it('is read from its fields, an empty start being the open', () => {
    expect(readBlow(own).blow).toEqual({ at: 37_800_000, market: 'all', pct: -8.5, minutes: 60 });
    expect(readBlow({ ...own, atText: ' ' }).blow?.at).toBe('open');
    expect(readBlow({ ...own, pctText: '−12%' }).blow?.pct).toBe(-12);
    expect(readBlow({ ...own, pctText: '+3' }).blow?.pct).toBe(3);
  });

  it.each([
    [{ pctText: '-26' }, 'pct'],
    [{ pctText: '0' }, 'pct'],
    [{ pctText: 'ten' }, 'pct'],
    [{ atText: '07:59' }, 'at'],
    [{ atText: '25:00' }, 'at'],
    [{ atText: '1030' }, 'at'],
    [{ minutesText: '0' }, 'minutes'],
    [{ minutesText: '381' }, 'minutes'],
    [{ minutesText: '1.5' }, 'minutes'],
  ] as const)('is refused with %j', (change, field) => {
    const read = readBlow({ ...own, ...change });
    expect(read.blow).toBeNull();
    expect([...read.bad]).toEqual([field]);
  });

  it('like each known day is one that the contract takes, and is shown again as that day', () => {
    for (const day of STRESS_DAYS) {
      const { blow } = readBlow(likeDay(day));
      expect(MarketBlow.parse(blow)).toEqual(blow);
      const plan = { mode: 'synthetic', seed: 1, shock: blow! } as const;
      expect(draftOf(plan)).toEqual(likeDay(day));
    }
    expect(draftOf({ mode: 'synthetic', seed: 1 })).toEqual(NO_BLOW);
    expect(draftOf({ mode: 'synthetic', seed: 1, shock: readBlow(own).blow! })).toEqual(own);
  });
});
