/** Listings after corporate actions, and the exchange on such a day: orders at the old price are outside the new limits. */
import { describe, expect, it } from 'vitest';
import { listedAfter, runScript, type ListedIssue, type ScriptOutput } from '#shared/exchange/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-24');
const issue: ListedIssue = { code: '005930', market: 'KOSPI', basePrice: 70_000, lotSize: 1, listedShares: 1_000 };

describe('listings', () => {
  it('after a split have its price and its number of shares', () => {
    const action = { kind: 'split', from: 1, to: 50 } as const;
    expect(listedAfter(issue, { date: DATE, close: 2_650_000, actions: [action] })).toEqual({
      ...issue,
      basePrice: 53_000,
      listedShares: 50_000,
    });
  });

  it('lose what was special about the day before', () => {
    const first = { ...issue, newListing: true, firstPrice: { lower: 1, upper: 2, reason: 'relisting' } };
    expect(listedAfter(first, { date: DATE, close: 80_000, actions: [] })).toEqual({ ...issue, basePrice: 80_000 });
  });

  it('after a capital reduction have a band for the first price', () => {
    const action = { kind: 'capitalReduction', from: 3, to: 1 } as const;
    expect(listedAfter(issue, { date: DATE, close: 10_000, actions: [action] })).toMatchObject({
      basePrice: 30_000,
      listedShares: 333,
      firstPrice: { lower: 15_000, upper: 45_000 },
    });
  });
});

function run(...lines: object[]): ScriptOutput[] {
  const out: ScriptOutput[] = [];
  runScript(
    lines.map((line) => JSON.stringify(line)),
    (line) => out.push(line),
  );
  return out;
}

describe('a script with an action', () => {
  const split = { instrument: '005930', base: 2_650_000, actions: [{ kind: 'split', from: 1, to: 50 }] };

  it('opens at the new base, and refuses the old price as outside the limits', () => {
    const out = run(
      { date: '2026-11-24' },
      split,
      { order: 'buy', id: 'old', price: 2_650_000, quantity: 1 },
      { order: 'buy', id: 'new', price: 53_000, quantity: 1 },
      { book: '005930' },
    );
    expect(out.find((line) => line.event === 'rejected')).toMatchObject({ id: 'old', reason: 'LIMIT' });
    expect(out.find((line) => line.event === 'accepted')).toMatchObject({ id: 'new' });
    expect(out.find((line) => line.event === 'book')).toMatchObject({ upperLimit: 68_900, lowerLimit: 37_100 });
  });

  it('names an action it does not know', () => {
    const bad = { ...split, actions: [{ kind: 'merger', from: 1, to: 2 }] };
    expect(() => run({ date: '2026-11-24' }, bad)).toThrow('SCRIPT_LINE');
  });
});
