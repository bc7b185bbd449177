/** Detectors of single prices: jumps, volatility interruptions, limit locks. */
import { describe, expect, it } from 'vitest';
import { DYNAMIC_VI_APPROACH } from '#shared/threats/detectors/market/dynamic-vi-approach.ts';
import { LIMIT_LOCK } from '#shared/threats/detectors/market/limit-lock.ts';
import { PRICE_JUMP } from '#shared/threats/detectors/market/price-jump.ts';
import { STATIC_VI } from '#shared/threats/detectors/market/static-vi.ts';
import { at, BAD, book, ID, issue, levels, listen, phase, trade, vi, type Listening } from './listening.ts';

const TEN = at('10:00:00');

describe('M01 price jump', () => {
  /** Trades once a second, up and down by one step; the last is at 70,000, `seconds` after ten. */
  function calm(ears: Listening, seconds: number, start = TEN): number {
    for (let i = 0; i <= seconds; i += 1)
      ears.send(trade(start + i * 1_000, (seconds - i) % 2 === 0 ? 70_000 : 70_100));
    return start + seconds * 1_000;
  }

  it('fires on a move of 2 % within a second and says its numbers', () => {
    const ears = listen(PRICE_JUMP);
    ears.send(issue());
    const ts = calm(ears, 40);
    ears.send(trade(ts + 1_000, 71_400));
    expect(ears.fired).toHaveLength(1);
    const [said] = ears.fired;
    expect(said).toMatchObject({ subject: ID, severity: 'M', values: { price: 71_400, before: 70_000, ticks: 14 } });
    expect(said?.values['movePct']).toBeCloseTo(2, 6);
    expect(said?.sentenceKo).toMatch(/^삼성전자가 1초 안에 2\.0 % 뛰었습니다\(평소의 \d+\.\d배\)\.$/);
    expect(said?.sentenceEn).toMatch(/^삼성전자 jumped by 2\.0 % within 1 s \(\d+\.\d times its usual move\)\.$/);
    expect(said?.picture.points.length).toBeGreaterThan(20);
  });

  it('adds up the steps of one second, and not those of a longer time', () => {
    const fast = listen(PRICE_JUMP);
    fast.send(issue());
    let ts = calm(fast, 60);
    for (let i = 1; i <= 14; i += 1) fast.send(trade(ts + i * 60, 70_000 + i * 100));
    expect(fast.fired.map(({ severity }) => severity)).toEqual(['L', 'M']);
    const slow = listen(PRICE_JUMP);
    slow.send(issue());
    ts = calm(slow, 60);
    for (let i = 1; i <= 14; i += 1) slow.send(trade(ts + i * 700, 70_000 + i * 100));
    expect(slow.fired).toHaveLength(0);
  });

  it('does not fire one step below the least move, and does for another figure', () => {
    const run = (price: number, figures = {}): number => {
      const ears = listen(PRICE_JUMP, figures);
      ears.send(issue());
      ears.send(trade(calm(ears, 100) + 500, price));
      return ears.fired.length;
    };
    // 0.8 % of 70,000 is 560: 70,500 is the step below. A move of one step a second is no jump of 6 sd there either.
    expect([run(70_500), run(71_000)]).toEqual([0, 1]);
    expect(run(71_000, { minPct: 1.5 })).toBe(0);
    expect(run(71_000, { sd: 20 })).toBe(0);
    expect(run(71_000, { ticks: 11 })).toBe(0);
  });

  it('waits for its warm-up, after the open and after an interruption alike', () => {
    const ears = listen(PRICE_JUMP);
    ears.send(issue());
    let ts = calm(ears, 28);
    ears.send(trade(ts + 500, 71_400));
    expect(ears.fired).toHaveLength(0);
    ts = calm(ears, 40, ts + 10_000);
    ears.send(phase(ts + 1_000, 'viAuction', { id: ID }), trade(ts + 120_000, 75_000, { side: null }));
    ears.send(phase(ts + 121_000, 'continuous', { id: ID }));
    ears.send(trade(ts + 122_000, 75_000), trade(ts + 122_300, 77_000));
    expect(ears.fired).toHaveLength(0);
  });

  it('speaks once, clears after a quiet minute, and may speak again', () => {
    const ears = listen(PRICE_JUMP);
    ears.send(issue());
    let ts = calm(ears, 60) + 500;
    ears.send(trade(ts, 71_400), trade(ts + 10_000, 71_400), trade(ts + 10_200, 74_000));
    ears.wait(ts + 10_200, ts + 69_000);
    expect([ears.fired.length, ears.cleared]).toEqual([1, []]);
    ears.wait(ts + 69_000, ts + 72_000);
    expect(ears.cleared).toEqual([ID]);
    ts = calm(ears, 300, ts + 200_000) + 500;
    ears.send(trade(ts, 72_000));
    expect(ears.fired).toHaveLength(2);
  });

  it('says of an issue nobody follows no more than a note, and of one it does not know nothing', () => {
    const ears = listen(PRICE_JUMP);
    ears.send(trade(TEN, 70_000), issue({ followed: false }));
    ears.send(trade(calm(ears, 40) + 500, 71_400));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L']);
  });

  it('takes no move from bad prices, over a gap, or to the next day', () => {
    const ears = listen(PRICE_JUMP);
    ears.send(issue());
    const ts = calm(ears, 60);
    for (const [i, price] of BAD.entries()) ears.send(trade(ts + 100 + i, price));
    ears.send(trade(ts + 3 * 3_600_000, 75_000), trade(ts + 3 * 3_600_000 + 500, 75_100));
    ears.send(issue({ ts: at('08:00:00', '2026-11-25'), base: 90_000 }));
    ears.send(trade(at('09:00:30', '2026-11-25'), 90_000), trade(at('09:00:31', '2026-11-25'), 92_000));
    expect(ears.fired).toHaveLength(0);
  });

  it('compares a venue with itself', () => {
    const ears = listen(PRICE_JUMP);
    ears.send(issue());
    let ts = TEN;
    for (let i = 0; i < 60; i += 1) {
      ts = TEN + i * 1_000;
      ears.send(trade(ts, 70_000), trade(ts + 200, 71_500, { venue: 'NXT' }));
    }
    expect(ears.fired).toHaveLength(0);
    ears.send(trade(ts + 900, 73_000, { venue: 'NXT' }));
    expect(ears.fired[0]?.values).toMatchObject({ before: 71_500, price: 73_000 });
  });
});

describe('M02 dynamic VI approach', () => {
  const run = (price: number, figures = {}, change = {}): Listening => {
    const ears = listen(DYNAMIC_VI_APPROACH, figures);
    ears.send(issue(change), trade(TEN, 70_000), trade(TEN + 5_000, price));
    return ears;
  };

  it('fires at 80 % of the threshold and not one step below', () => {
    // 80 % of 3 % of 70,000 is 1,680.
    expect(run(71_600).fired).toHaveLength(0);
    const [said] = run(71_700).fired;
    expect(said).toMatchObject({
      subject: ID,
      severity: 'M',
      values: { price: 71_700, last: 70_000, thresholdPct: 3 },
    });
    expect(said?.sentenceKo).toBe('삼성전자가 직전 체결보다 2.4 % 높게 체결되어 동적 VI 발동 폭(3.0 %)의 81 %입니다.');
    expect(run(68_300).fired[0]?.sentenceEn).toContain('below the trade before');
  });

  it('follows its figure, the threshold of the phase, and leaves alone where no VI applies', () => {
    expect(run(71_100, { part: 50 }).fired).toHaveLength(1);
    expect(run(71_700, { part: 90 }).fired).toHaveLength(0);
    expect(run(71_700, {}, { dynamicViPpm: 60_000 }).fired).toHaveLength(0);
    expect(run(75_000, {}, { dynamicViPpm: 0 }).fired).toHaveLength(0);
    // One step is no move, however large a part of a low price it is.
    expect(run(73_000, {}, { tick: 3_000 }).fired).toHaveLength(0);
    const penny = (price: number): number => {
      const ears = listen(DYNAMIC_VI_APPROACH);
      ears.send(issue({ tick: 1 }), trade(TEN, 50), trade(TEN + 1_000, price));
      return ears.fired.length;
    };
    // Below 1,000 won three steps are exempt in KOSPI.
    expect([penny(53), penny(54)]).toEqual([0, 1]);
  });

  it('knows no trade before the first, in an auction, over a gap, or on bad prices', () => {
    const ears = listen(DYNAMIC_VI_APPROACH);
    ears.send(issue(), trade(TEN, 70_000));
    for (const [i, price] of BAD.entries()) ears.send(trade(TEN + i, price));
    ears.send(phase(TEN + 1_000, 'viAuction', { id: ID }), trade(TEN + 2_000, 75_000, { side: null }));
    ears.send(phase(TEN + 3_000, 'continuous', { id: ID }), trade(TEN + 4_000, 75_000));
    ears.send(trade(TEN + 4 * 3_600_000, 80_000));
    ears.send(issue({ ts: at('08:00:00', '2026-11-25') }), trade(at('09:00:01', '2026-11-25'), 90_000));
    expect(ears.fired).toHaveLength(0);
  });

  it("takes those of NXT's morning for less", () => {
    const ears = listen(DYNAMIC_VI_APPROACH);
    ears.send(issue(), phase(at('08:00:00'), 'preMarket', { venue: 'NXT' }), vi(at('08:00:10'), true, 'dynamic'));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L']);
  });

  it('says that one was set off, and clears a minute after its end', () => {
    const ears = listen(DYNAMIC_VI_APPROACH);
    ears.send(issue(), vi(TEN, true, 'static'));
    expect(ears.fired).toHaveLength(0);
    ears.send(vi(TEN, true, 'dynamic'));
    expect(ears.fired.map(({ values }) => values['on'])).toEqual([1]);
    ears.wait(TEN, TEN + 120_000);
    expect(ears.cleared).toEqual([]);
    ears.send(vi(TEN + 120_000, false, 'dynamic'));
    ears.wait(TEN + 120_000, TEN + 179_000);
    expect(ears.cleared).toEqual([]);
    ears.wait(TEN + 179_000, TEN + 181_000);
    expect(ears.cleared).toEqual([ID]);
  });
});

describe('M03 static VI', () => {
  it('warns at 8.5 %, hits at 10 %, and not one step below either', () => {
    const ears = listen(STATIC_VI);
    ears.send(issue(), trade(TEN, 75_900));
    expect(ears.fired).toHaveLength(0);
    ears.send(trade(TEN + 1, 76_000), trade(TEN + 2, 76_900));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M']);
    ears.send(trade(TEN + 3, 77_000), trade(TEN + 4, 77_500));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M', 'H']);
    expect(ears.fired.map(({ sentenceKo }) => sentenceKo)).toEqual([
      '삼성전자가 참조가격보다 8.6 % 높아 정적 VI 발동 폭에 다가섰습니다(발동 10.0 %).',
      '삼성전자가 참조가격보다 10.0 % 높아 정적 VI 발동 폭에 이르렀습니다(발동 10.0 %).',
    ]);
  });

  it('hears of one that was set off, and clears after its end on a price or reference that is near', () => {
    const ears = listen(STATIC_VI);
    ears.send(issue(), vi(TEN, true, 'dynamic'));
    expect(ears.fired).toHaveLength(0);
    ears.send(vi(TEN, true, 'static'), vi(TEN, true, 'both'));
    expect(ears.fired).toMatchObject([{ severity: 'H', values: { reference: 70_000, on: 1 } }]);
    ears.send(trade(TEN + 1_000, 70_000));
    expect(ears.cleared).toEqual([]);
    ears.send(vi(TEN + 120_000, false, null), issue({ ts: TEN + 120_000, viReference: 77_000 }));
    expect(ears.cleared).toEqual([ID]);
  });

  it('does not wait for an end that is never told', () => {
    const [lost, dynamic] = [listen(STATIC_VI), listen(DYNAMIC_VI_APPROACH)];
    lost.send(issue(), vi(TEN, true, 'static'), trade(TEN + 299_000, 70_000));
    dynamic.send(issue(), vi(TEN, true, 'dynamic'));
    dynamic.wait(TEN, TEN + 299_000);
    expect([lost.cleared, dynamic.cleared]).toEqual([[], []]);
    lost.send(trade(TEN + 301_000, 70_000));
    dynamic.wait(TEN + 299_000, TEN + 310_000);
    expect([lost.cleared, dynamic.cleared]).toEqual([[ID], [ID]]);
  });

  it('does not flap at its line', () => {
    const ears = listen(STATIC_VI);
    ears.send(issue());
    for (let i = 0; i < 20; i += 1) ears.send(trade(TEN + i, i % 2 === 0 ? 63_900 : 64_400));
    expect([ears.fired.length, ears.cleared.length]).toEqual([1, 0]);
    // What an issue says of its step changes nothing.
    ears.send(issue({ ts: TEN + 30, tick: 50 }));
    expect(ears.cleared).toEqual([]);
    // 5 % off is where it clears.
    ears.send(trade(TEN + 40, 66_400));
    expect(ears.cleared).toEqual([]);
    ears.send(trade(TEN + 41, 66_600));
    expect(ears.cleared).toEqual([ID]);
    // The same distance from the same reference is no news; a larger one is, and so is any from another reference.
    ears.send(trade(TEN + 50, 63_900));
    expect(ears.fired).toHaveLength(1);
    ears.send(trade(TEN + 51, 63_600));
    expect(ears.fired).toHaveLength(2);
    ears.send(issue({ ts: TEN + 60, viReference: 80_000 }), trade(TEN + 61, 73_000));
    expect(ears.fired).toHaveLength(3);
    // Of a low price one step is a percent.
    const penny = listen(STATIC_VI);
    penny.send(issue({ tick: 1, viReference: 96 }), trade(TEN, 87), trade(TEN + 1, 89), trade(TEN + 2, 90));
    expect(penny.cleared).toEqual([]);
    penny.send(trade(TEN + 3, 92));
    expect(penny.cleared).toEqual([ID]);
  });

  it('follows its figures, and says nothing without a reference, in an auction or on bad prices', () => {
    const ears = listen(STATIC_VI, { warnPct: 5, hitPct: 7 });
    ears.send(issue(), trade(TEN, 73_500), trade(TEN + 1, 75_000));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M', 'H']);
    for (const change of [{ viReference: 0 }, { viReference: Number.NaN }, { staticViPpm: 0 }]) {
      const none = listen(STATIC_VI);
      none.send(issue(change), trade(TEN, 80_000));
      expect(none.fired).toHaveLength(0);
    }
    const auction = listen(STATIC_VI);
    auction.send(issue(), phase(at('08:30:00'), 'openAuction'), trade(at('09:00:00'), 78_000, { side: null }));
    for (const price of BAD) auction.send(trade(at('09:00:00'), price));
    expect(auction.fired).toHaveLength(0);
  });

  it('says less of what moves outside the regular session', () => {
    const ears = listen(STATIC_VI);
    ears.send(issue(), phase(at('08:00:00'), 'preMarket', { venue: 'NXT' }));
    ears.send(trade(at('08:10:00'), 76_000, { venue: 'NXT' }), trade(at('08:11:00'), 78_000, { venue: 'NXT' }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L', 'M']);
    const hit = listen(STATIC_VI);
    hit.send(issue(), phase(at('08:00:00'), 'preMarket', { venue: 'NXT' }), vi(at('08:10:00'), true, 'static'));
    expect(hit.fired.map(({ severity }) => severity)).toEqual(['M']);
  });

  it('begins anew with a day', () => {
    const ears = listen(STATIC_VI);
    ears.send(issue(), trade(TEN, 78_000));
    const next = at('08:00:00', '2026-11-25');
    ears.send(issue({ ts: next, base: 78_000, viReference: 78_000 }), trade(at('09:10:00', '2026-11-25'), 78_000));
    expect([ears.fired.length, ears.cleared]).toEqual([1, [ID]]);
  });
});

describe('M04 limit lock', () => {
  const locked = (ts: number) => book(ts, levels(91_000, -100, 5_000), []);

  it('fires when the upper limit has had no sellers for 10 s, by a book or by the clock', () => {
    const ears = listen(LIMIT_LOCK);
    ears.send(issue(), locked(TEN), locked(TEN + 9_900));
    expect(ears.fired).toHaveLength(0);
    ears.send(locked(TEN + 10_000));
    expect(ears.fired).toMatchObject([
      { subject: ID, severity: 'H', values: { seconds: 10, price: 91_000, side: 1, waiting: 50_000 } },
    ]);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '삼성전자가 상한가 91,000원에 10초째 잠겨 매도 잔량이 없습니다(대기 50,000주).',
    );
    const still = listen(LIMIT_LOCK);
    still.send(issue(), book(TEN, [], levels(49_000, 100, 1_000)));
    still.wait(TEN, TEN + 10_000);
    expect(still.fired).toMatchObject([{ values: { side: -1, price: 49_000 } }]);
  });

  it('counts empty levels as nobody, one share on the other side as somebody, and a step from the limit as trading', () => {
    const zero = listen(LIMIT_LOCK);
    zero.send(issue(), book(TEN, levels(91_000, -100, 10), [91_100, 0, Number.NaN, 5]));
    zero.wait(TEN, TEN + 12_000);
    expect(zero.fired).toHaveLength(1);
    for (const open of [book(TEN, [91_000, 10], [91_000, 1]), book(TEN, [90_900, 10], []), book(TEN, [], [])]) {
      const ears = listen(LIMIT_LOCK);
      ears.send(issue(), open);
      ears.wait(TEN, TEN + 30_000);
      expect(ears.fired).toHaveLength(0);
    }
  });

  it('clears only after it has been open for 5 s', () => {
    const ears = listen(LIMIT_LOCK, { seconds: 2 });
    ears.send(issue(), locked(TEN), locked(TEN + 2_000));
    expect(ears.fired).toHaveLength(1);
    ears.send(book(TEN + 3_000, [91_000, 10], [91_000, 5]));
    ears.wait(TEN + 3_000, TEN + 6_000);
    ears.send(locked(TEN + 6_500), book(TEN + 7_000, [90_900, 10], [91_000, 5]));
    ears.wait(TEN + 7_000, TEN + 11_000);
    expect(ears.cleared).toEqual([]);
    ears.wait(TEN + 11_000, TEN + 13_000);
    expect([ears.fired.length, ears.cleared]).toEqual([1, [ID]]);
  });

  it('looks at no auction, and begins anew with a day', () => {
    const ears = listen(LIMIT_LOCK);
    ears.send(issue(), phase(TEN, 'viAuction', { id: ID }), phase(TEN, 'break', { venue: 'NXT' }));
    ears.send(locked(TEN), locked(TEN + 60_000));
    expect(ears.fired).toHaveLength(0);
    ears.send(phase(TEN + 61_000, 'continuous', { id: ID }), locked(TEN + 62_000), locked(TEN + 80_000));
    expect(ears.fired).toHaveLength(1);
    ears.send(issue({ ts: at('08:00:00', '2026-11-25'), upper: 118_000 }));
    expect(ears.cleared).toEqual([ID]);
    ears.wait(at('09:00:00', '2026-11-25'), at('09:01:00', '2026-11-25'));
    expect(ears.fired).toHaveLength(1);
  });
});
