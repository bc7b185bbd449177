/** Detectors of order books: a drained one, a wide one, orders that come and vanish, two venues apart. */
import { describe, expect, it } from 'vitest';
import { LAYERING } from '#shared/threats/detectors/market/layering.ts';
import { LIQUIDITY_DRAIN } from '#shared/threats/detectors/market/liquidity-drain.ts';
import { SPREAD_BLOWOUT } from '#shared/threats/detectors/market/spread-blowout.ts';
import { VENUE_SPLIT } from '#shared/threats/detectors/market/venue-split.ts';
import type { EventOf } from '#shared/threats/events.ts';
import { at, book, ID, issue, levels, listen, phase, trade, type Listening } from './listening.ts';

const TEN = at('10:00:00');
const NEXT_DAY = at('08:00:00', '2026-11-25');

/** Ten levels a side of `quantity` shares around 70,000, seven of them within 1 %. */
function even(ts: number, quantity: number, change = {}): EventOf<'book'> {
  return book(ts, levels(70_000, -100, quantity), levels(70_100, 100, quantity), change);
}

describe('M10 liquidity drain', () => {
  // 14 levels lie within 1 %: 20 % of 14,000 shares is 2,800, 200 a level.
  const known = issue({ usualDepth: 14_000 });

  it('fires when fewer than 20 % of the usual shares have stood near the middle for 30 s', () => {
    const ears = listen(LIQUIDITY_DRAIN);
    ears.send(known, even(TEN, 199), even(TEN + 29_000, 199));
    expect(ears.fired).toHaveLength(0);
    ears.send(even(TEN + 30_000, 199));
    expect(ears.fired).toMatchObject([
      { subject: ID, severity: 'M', values: { depth: 2_786, usual: 14_000, seconds: 30 } },
    ]);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '삼성전자의 1 % 안 호가 잔량이 30초째 2,786주로 평소(14,000주)의 19.9 %뿐입니다.',
    );
  });

  it('expects as much less where the price step has grown since, and leaves alone where little ever stands', () => {
    // Below 200,000 won twenty levels lie within 1 %; above it, at steps of 500, some eight.
    const run = (change: Partial<EventOf<'issue'>>, quantity: number): number => {
      const ears = listen(LIQUIDITY_DRAIN);
      ears.send(issue({ base: 199_400, upper: 259_000, lower: 140_000, tick: 500, usualDepth: 20_000, ...change }));
      const shown = (ts: number): EventOf<'book'> =>
        book(ts, levels(202_000, -500, quantity), levels(202_500, 500, quantity));
      ears.send(shown(TEN), shown(TEN + 30_000));
      return ears.fired.length;
    };
    expect([run({}, 400), run({}, 150)]).toEqual([0, 1]);
    // With a base at the same step the same book is a drain.
    expect(run({ base: 201_500 }, 400)).toBe(1);
    expect(run({ usualDepth: 90 }, 1)).toBe(0);
  });

  it('does not fire at 20 %, nor when the book filled up in between; the clock counts as well', () => {
    const ears = listen(LIQUIDITY_DRAIN);
    ears.send(known, even(TEN, 200));
    ears.wait(TEN, TEN + 60_000);
    ears.send(even(TEN + 60_000, 100), even(TEN + 80_000, 250), even(TEN + 81_000, 100));
    ears.wait(TEN + 81_000, TEN + 110_000);
    expect(ears.fired).toHaveLength(0);
    ears.wait(TEN + 110_000, TEN + 111_000);
    expect(ears.fired).toHaveLength(1);
  });

  it('clears at 30 % only', () => {
    const ears = listen(LIQUIDITY_DRAIN);
    ears.send(known, even(TEN, 100), even(TEN + 30_000, 100), even(TEN + 31_000, 290), even(TEN + 32_000, 100));
    ears.wait(TEN + 32_000, TEN + 90_000);
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(even(TEN + 90_000, 300));
    expect(ears.cleared).toEqual([ID]);
  });

  it('learns the usual where it is not known, from 300 seconds', () => {
    const run = (seconds: number): number => {
      const ears = listen(LIQUIDITY_DRAIN);
      ears.send(issue());
      for (let i = 0; i < seconds; i += 1) ears.send(even(TEN + i * 1_000, 1_000 + (i % 3)));
      const ts = TEN + seconds * 1_000;
      ears.send(even(ts, 100), even(ts + 30_000, 100));
      return ears.fired.length;
    };
    expect([run(299), run(310)]).toEqual([0, 1]);
  });

  it('waits after the open, and looks at no auction and no limit', () => {
    const ears = listen(LIQUIDITY_DRAIN);
    ears.send(known, phase(TEN, 'openAuction'), phase(TEN, 'break', { venue: 'NXT' }));
    ears.send(even(TEN, 1), even(TEN + 60_000, 1), phase(TEN + 60_000, 'continuous'));
    ears.send(even(TEN + 61_000, 1), even(TEN + 179_000, 1));
    ears.wait(TEN + 61_000, TEN + 179_000);
    expect(ears.fired).toHaveLength(0);
    ears.send(even(TEN + 180_000, 1), even(TEN + 210_000, 1));
    expect(ears.fired).toHaveLength(1);
    const limit = listen(LIQUIDITY_DRAIN);
    limit.send(known, book(TEN, [91_000, 10], []), book(TEN + 60_000, [91_000, 10], []));
    expect(limit.fired).toHaveLength(0);
  });

  it('follows its figures and begins anew with a day', () => {
    const ears = listen(LIQUIDITY_DRAIN, { part: 50, seconds: 5 });
    ears.send(known, even(TEN, 499), even(TEN + 5_000, 499), issue({ ts: NEXT_DAY, usualDepth: 14_000 }));
    expect([ears.fired.length, ears.cleared]).toEqual([1, [ID]]);
    ears.wait(NEXT_DAY, NEXT_DAY + 60_000);
    expect(ears.fired).toHaveLength(1);
  });
});

describe('M11 spread blow-out', () => {
  const wide = (ts: number, ticks: number): EventOf<'book'> =>
    book(ts, levels(70_000, -100, 10), levels(70_000 + ticks * 100, 100, 10));

  it('fires when the spread is above 4 ticks and 5 times the usual for 10 s', () => {
    const ears = listen(SPREAD_BLOWOUT);
    ears.send(issue({ usualSpreadTicks: 2 }), wide(TEN, 11), wide(TEN + 9_900, 11));
    expect(ears.fired).toHaveLength(0);
    ears.send(wide(TEN + 10_000, 12));
    expect(ears.fired).toMatchObject([
      { severity: 'M', values: { spreadTicks: 12, usualTicks: 2, lineTicks: 10, seconds: 10 } },
    ]);
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자의 호가 차이가 10초째 12호가로 벌어졌습니다(평소 2.0호가).');
  });

  it('does not fire at either line', () => {
    const run = (usual: number, ticks: number, figures = {}): number => {
      const ears = listen(SPREAD_BLOWOUT, figures);
      ears.send(issue({ usualSpreadTicks: usual }), wide(TEN, ticks));
      ears.wait(TEN, TEN + 60_000);
      return ears.fired.length;
    };
    expect([run(2, 10), run(2, 11), run(0.5, 4), run(0.5, 5)]).toEqual([0, 1, 0, 1]);
    expect([run(2, 11, { times: 8 }), run(2, 7, { times: 3 }), run(0.5, 5, { ticks: 6 })]).toEqual([0, 1, 0]);
  });

  it('counts steps of the price that is asked, and as many won as usual where steps have become smaller', () => {
    const run = (change: Partial<EventOf<'issue'>>, bid: number, ask: number): number => {
      const ears = listen(SPREAD_BLOWOUT);
      ears.send(issue({ upper: 259_000, lower: 140_000, usualSpreadTicks: 1, ...change }));
      ears.send(book(TEN, [bid, 10], [ask, 10]));
      ears.wait(TEN, TEN + 12_000);
      return ears.fired.length;
    };
    // 199,500 to 201,000 won are three steps of 500 won, not fifteen of 100; 203,500 is eight away.
    expect([run({ tick: 100 }, 199_500, 201_000), run({ tick: 100 }, 199_500, 203_500)]).toEqual([0, 1]);
    // Usually one step of 500 won: five times that are 25 steps of 100.
    expect(run({ base: 201_000, tick: 100 }, 197_000, 198_500)).toBe(0);
    expect(run({ base: 199_000, tick: 100 }, 197_000, 198_500)).toBe(1);
  });

  it('hears of a side that has gone, but not at the limit, and not of an empty book', () => {
    const run = (...books: readonly (readonly [readonly number[], readonly number[]])[]): Listening => {
      const ears = listen(SPREAD_BLOWOUT);
      ears.send(issue({ usualSpreadTicks: 1 }));
      books.forEach(([bids, asks], i) => ears.send(book(TEN + i, bids, asks)));
      ears.wait(TEN, TEN + 12_000);
      return ears;
    };
    const gone = run([[], [70_100, 10]]);
    expect(gone.fired).toMatchObject([{ values: { missing: -1, spreadTicks: 211 } }]);
    expect(gone.fired[0]?.sentenceKo).toBe('삼성전자의 매수 호가가 10초째 없습니다(가격제한폭까지 211호가).');
    expect(
      run([
        [70_000, 10],
        [70_100, 0],
      ]).fired,
    ).toHaveLength(1);
    expect(run([[], [49_000, 10]]).fired).toHaveLength(0);
    expect(run([[], []]).fired).toHaveLength(0);
    expect(
      run([
        [Number.NaN, 5, -1, 5],
        [Number.NaN, Number.NaN],
      ]).fired,
    ).toHaveLength(0);
  });

  it('clears after 5 s within 70 % of the line', () => {
    const ears = listen(SPREAD_BLOWOUT);
    ears.send(issue({ usualSpreadTicks: 2 }), wide(TEN, 20), wide(TEN + 10_000, 20), wide(TEN + 11_000, 7));
    ears.wait(TEN + 11_000, TEN + 14_000);
    ears.send(wide(TEN + 14_500, 9), wide(TEN + 15_000, 7));
    ears.wait(TEN + 15_000, TEN + 19_000);
    expect(ears.cleared).toEqual([]);
    ears.wait(TEN + 19_000, TEN + 21_000);
    expect([ears.fired.length, ears.cleared]).toEqual([1, [ID]]);
  });

  it('takes a wide book outside the regular session for a matter of course', () => {
    const ears = listen(SPREAD_BLOWOUT);
    const early = TEN - 90 * 60_000;
    ears.send(issue({ ts: early - 400_000, usualSpreadTicks: 1 }), phase(early - 300_000, 'continuous'));
    ears.send(wide(early, 30), wide(early + 20_000, 30));
    expect(ears.fired).toHaveLength(0);
  });

  it('learns the usual where it is not known, waits after the open, and begins anew with a day', () => {
    const ears = listen(SPREAD_BLOWOUT);
    ears.send(issue(), wide(TEN, 30));
    ears.wait(TEN, TEN + 20_000);
    expect(ears.fired).toHaveLength(0);
    for (let i = 0; i < 310; i += 1) ears.send(wide(TEN + 30_000 + i * 1_000, 1));
    ears.send(wide(TEN + 400_000, 6), wide(TEN + 410_000, 6));
    expect(ears.fired).toMatchObject([{ values: { usualTicks: 1 } }]);
    ears.send(issue({ ts: NEXT_DAY, usualSpreadTicks: 1 }));
    expect(ears.cleared).toEqual([ID]);
    const open = NEXT_DAY - (NEXT_DAY % 86_400_000) + 3_600_000;
    const late = open > NEXT_DAY ? open : open + 86_400_000;
    ears.send(phase(late, 'closed'), phase(late + 1_000, 'continuous'));
    ears.send(wide(late + 2_000, 30), wide(late + 60_000, 30), wide(late + 62_000, 30));
    expect(ears.fired).toHaveLength(1);
    ears.send(wide(late + 72_000, 30));
    expect(ears.fired).toHaveLength(2);
  });
});

describe('M14 layering', () => {
  /** A hundred even books; the next instant. */
  function warm(ears: Listening, books = 100, start = TEN): number {
    ears.send(issue());
    for (let i = 0; i < books; i += 1) ears.send(even(start + i * 500, 100));
    return start + books * 500;
  }
  /** A large level at place `level` of the bids comes at `ts` and is gone `ms` later. */
  function flash(ears: Listening, ts: number, { ms = 1_000, size = 1_001, level = 3, left = 100 } = {}): void {
    const bids = levels(70_000, -100, 100);
    const large = bids.with(2 * level - 1, size);
    ears.send(
      book(ts, large, levels(70_100, 100, 100)),
      book(ts + ms, bids.with(2 * level - 1, left), levels(70_100, 100, 100)),
    );
    ears.send({ kind: 'clock', ts: ts + ms + 600 });
  }

  it('fires when three large levels within a minute vanished untraded', () => {
    const ears = listen(LAYERING);
    const ts = warm(ears);
    flash(ears, ts);
    flash(ears, ts + 3_000);
    expect(ears.fired).toHaveLength(0);
    flash(ears, ts + 6_000);
    expect(ears.fired).toMatchObject([
      { subject: ID, severity: 'M', values: { count: 3, size: 1_001, median: 100, meanLevel: 3 } },
    ]);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '삼성전자의 호가에서 평소의 10배인 잔량(1,001주)이 60초 안에 3번 체결 없이 나타났다 사라졌습니다(평균 3.0호가째).',
    );
  });

  const run = (how: Parameters<typeof flash>[2], figures = {}): number => {
    const ears = listen(LAYERING, figures);
    const ts = warm(ears);
    for (let i = 0; i < 4; i += 1) flash(ears, ts + i * 4_000, how);
    return ears.fired.length;
  };

  it('does not fire for a level that is too small, too slow, too deep, or mostly stays', () => {
    expect([run({}), run({ size: 1_000 }), run({ ms: 2_000 }), run({ level: 6 }), run({ left: 201 })]).toEqual([
      1, 0, 0, 0, 0,
    ]);
  });

  it('follows its figures', () => {
    expect([run({}, { count: 5 }), run({ size: 600 }, { times: 5 }), run({ ms: 2_000 }, { seconds: 3 })]).toEqual([
      0, 1, 1,
    ]);
    expect(run({ left: 201 }, { goneP: 60 })).toBe(1);
  });

  it('takes what traded for traded, also when the trade is told after the book', () => {
    const ears = listen(LAYERING);
    const ts = warm(ears);
    for (let i = 0; i < 5; i += 1) {
      const start = ts + i * 4_000;
      const bids = levels(70_000, -100, 100);
      ears.send(book(start, bids.with(1, 2_000), levels(70_100, 100, 100)));
      if (i % 2 === 0) ears.send(trade(start + 400, 70_000, { quantity: 1_900, side: 'sell' }));
      ears.send(book(start + 500, bids, levels(70_100, 100, 100)));
      if (i % 2 === 1) ears.send(trade(start + 700, 70_000, { quantity: 1_900, side: 'sell' }));
      ears.send({ kind: 'clock', ts: start + 1_200 });
    }
    expect(ears.fired).toHaveLength(0);
  });

  it('does not take a level that the price moved away from for one that vanished', () => {
    const ears = listen(LAYERING);
    const ts = warm(ears);
    for (let i = 0; i < 6; i += 1) {
      const far = levels(70_000, -100, 100).with(7, 5_000);
      ears.send(book(ts + i * 3_000, far, levels(70_100, 100, 100)));
      ears.send(book(ts + i * 3_000 + 500, levels(72_000, -100, 100), levels(72_100, 100, 100)));
      ears.send({ kind: 'clock', ts: ts + i * 3_000 + 1_500 });
    }
    expect(ears.fired).toHaveLength(0);
  });

  it('warms up on 60 books, and knows nothing of levels that stood there after a gap', () => {
    const early = listen(LAYERING);
    const soon = warm(early, 50);
    for (let i = 0; i < 3; i += 1) flash(early, soon + i * 2_000);
    expect(early.fired).toHaveLength(0);
    const gaps = listen(LAYERING);
    const ts = warm(gaps);
    for (let i = 1; i < 5; i += 1) flash(gaps, ts + i * 10_000);
    expect(gaps.fired).toHaveLength(0);
  });

  it('clears after a minute without, and begins anew with a day', () => {
    const ears = listen(LAYERING);
    const ts = warm(ears);
    for (let i = 0; i < 3; i += 1) flash(ears, ts + i * 3_000);
    ears.wait(ts + 9_000, ts + 66_000);
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.wait(ts + 66_000, ts + 70_000);
    expect(ears.cleared).toEqual([ID]);
    for (const bad of [Number.NaN, -5, Number.POSITIVE_INFINITY])
      ears.send(book(ts + 70_000, [70_000, bad, bad, 10], [bad, bad]), trade(ts + 70_000, bad, { quantity: bad }));
    ears.send(issue({ ts: NEXT_DAY }));
    for (let i = 0; i < 3; i += 1) flash(ears, NEXT_DAY + 3_600_000 + i * 3_000);
    expect(ears.fired).toHaveLength(1);
  });
});

describe('M15 KRX-NXT split', () => {
  const quote = (ts: number, venue: 'KRX' | 'NXT', bid: number, ask = bid + 100): EventOf<'book'> =>
    book(ts, [bid, 10], [ask, 10], { venue });

  it('fires when the middles have been more than 1 % apart for 5 s', () => {
    const ears = listen(VENUE_SPLIT);
    // Middles 70,050 and 70,750: 0.9993 %.
    ears.send(issue(), quote(TEN, 'KRX', 70_000), quote(TEN, 'NXT', 70_700));
    ears.wait(TEN, TEN + 10_000);
    expect(ears.fired).toHaveLength(0);
    ears.send(quote(TEN + 10_000, 'NXT', 70_800));
    ears.wait(TEN + 10_000, TEN + 14_000);
    expect(ears.fired).toHaveLength(0);
    ears.wait(TEN + 14_000, TEN + 15_000);
    expect(ears.fired).toMatchObject([{ severity: 'M', values: { krx: 70_050, nxt: 70_850, seconds: 5 } }]);
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자의 NXT 호가(70,850원)가 5초째 KRX(70,050원)보다 1.1 % 높습니다.');
  });

  it('is not led astray by one wide book, an empty side, or a venue that is shut', () => {
    const ears = listen(VENUE_SPLIT);
    ears.send(issue(), quote(TEN, 'KRX', 70_000), quote(TEN, 'NXT', 69_000, 74_000));
    ears.wait(TEN, TEN + 10_000);
    ears.send(book(TEN + 10_000, [75_000, 10], [], { venue: 'NXT' }));
    ears.wait(TEN + 10_000, TEN + 20_000);
    ears.send(phase(TEN + 20_000, 'break', { venue: 'NXT' }), quote(TEN + 21_000, 'NXT', 75_000));
    ears.wait(TEN + 21_000, TEN + 40_000);
    // Some shares left before a hole in the book.
    ears.send(phase(TEN + 40_000, 'continuous', { venue: 'NXT' }), quote(TEN + 40_000, 'NXT', 71_000));
    ears.send(book(TEN + 40_000, [70_000, 500], [70_100, 5, 71_000, 900]));
    ears.wait(TEN + 40_000, TEN + 50_000);
    for (const bad of [Number.NaN, -1, 0]) ears.send(quote(TEN + 51_000, 'NXT', bad, bad));
    expect(ears.fired).toHaveLength(0);
  });

  it('clears within 0.7 %, or when a venue shuts, and follows its figures', () => {
    const ears = listen(VENUE_SPLIT, { pct: 2, seconds: 2 });
    ears.send(issue(), quote(TEN, 'KRX', 70_000), quote(TEN, 'NXT', 68_600));
    ears.wait(TEN, TEN + 10_000);
    expect(ears.fired).toHaveLength(0);
    ears.send(quote(TEN + 10_000, 'NXT', 68_000));
    ears.wait(TEN + 10_000, TEN + 12_000);
    expect(ears.fired).toHaveLength(1);
    ears.send(quote(TEN + 13_000, 'NXT', 68_800), quote(TEN + 14_000, 'NXT', 68_000));
    ears.wait(TEN + 14_000, TEN + 20_000);
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.send(quote(TEN + 20_000, 'NXT', 69_200));
    expect(ears.cleared).toEqual([ID]);
    ears.send(quote(TEN + 21_000, 'NXT', 68_000));
    ears.wait(TEN + 21_000, TEN + 24_000);
    ears.send(phase(TEN + 25_000, 'halted', { id: ID }));
    expect([ears.fired.length, ears.cleared]).toEqual([2, [ID, ID]]);
  });

  it('begins anew with a day', () => {
    const ears = listen(VENUE_SPLIT);
    ears.send(issue(), quote(TEN, 'KRX', 70_000), quote(TEN, 'NXT', 72_000), issue({ ts: NEXT_DAY }));
    ears.wait(NEXT_DAY, NEXT_DAY + 10_000);
    expect(ears.fired).toHaveLength(0);
  });
});
