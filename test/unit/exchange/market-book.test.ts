/** Twenty days of a synthetic market run through the book have the shape of Korean days, by a seed that was fixed beforehand. */
import { describe, expect, it } from 'vitest';
import { judgeBands, type Figures, type ListedIssue } from '#shared/exchange/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { playDays } from '#test/support/market-tape.ts';

/** Written down before the first run; the participants were tuned on seeds 1, 2 and 3. */
const SEED = 20_261_201;
const DAYS = 20;

const issue = (
  code: string,
  facts: Pick<ListedIssue, 'market' | 'basePrice' | 'listedShares' | 'nxt'>,
): ListedIssue => ({
  code,
  lotSize: 1,
  viClass: 'general',
  ...facts,
});

/** An issue of each size, with the band of its spread. */
const ISSUES = [
  [issue('LARGE1', { market: 'KOSPI', basePrice: 70_300, listedShares: 600_000_000, nxt: true }), 'SPREAD_LARGE'],
  [issue('MIDDL1', { market: 'KOSPI', basePrice: 33_350, listedShares: 60_000_000, nxt: true }), 'SPREAD_MID'],
  [issue('MIDDL2', { market: 'KOSDAQ', basePrice: 71_000, listedShares: 12_000_000, nxt: true }), 'SPREAD_MID'],
  [issue('SMALL1', { market: 'KOSPI', basePrice: 6_920, listedShares: 20_000_000, nxt: false }), 'SPREAD_SMALL'],
  [issue('SMALL2', { market: 'KOSDAQ', basePrice: 2_740, listedShares: 30_000_000, nxt: false }), 'SPREAD_SMALL'],
] as const;

describe('twenty days through the book', () => {
  it('lie in the bands of the day: U-shaped volume, auctions, spreads in ticks, sizes of trades, bounce and memory', () => {
    const issues = ISSUES.map(([listed]) => listed);
    const { tapes, rejected } = playDays({ from: sessionDate('2026-09-14'), days: DAYS, seed: SEED, issues });
    expect(rejected).toBe(0);
    const figures: Figures[] = ISSUES.map(([{ code }, band]) => tapes.get(code)?.figures(band) ?? {});
    const verdicts = [...judgeBands(figures, 'minute'), ...judgeBands(figures, 'tape')];
    const asked = verdicts.filter(({ band }) => band.id !== 'KURT_1M');
    expect(
      asked.filter(({ met }) => met !== true).map(({ band }) => [band.id, figures.map((f) => f[band.id])]),
    ).toEqual([]);
    expect(asked).toHaveLength(14);
    // All five trade every day.
    for (const tape of tapes.values()) expect(tape.closes.filter((close) => close > 0)).toHaveLength(DAYS);
  }, 180_000);
});
