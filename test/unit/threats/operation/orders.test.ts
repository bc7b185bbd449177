/** Detectors of single orders: slips of the hand, the same order twice. */
import { describe, expect, it } from 'vitest';
import { DUPLICATE_ORDER } from '#shared/threats/detectors/operation/duplicate-order.ts';
import { FAT_FINGER } from '#shared/threats/detectors/operation/fat-finger.ts';
import type { EventOf } from '#shared/threats/events.ts';
import { order } from '../account/makers.ts';
import { at, BAD, book, ID, issue, levels, listen, phase, type Listening } from '../market/listening.ts';

const TEN = at('10:00:00');

describe('O01 fat finger', () => {
  /** Ten levels of a thousand shares on each side of 70,000 / 70,100; a million shares a day. */
  function ready(figures = {}): Listening {
    const ears = listen(FAT_FINGER, figures);
    ears.send(issue({ averageVolume: 1_000_000 }), phase(at('09:00:00'), 'continuous'));
    ears.send(book(TEN - 1_000, levels(70_000, -100, 1_000), levels(70_100, 100, 1_000)));
    return ears;
  }
  const run = (change: Partial<EventOf<'order'>>, figures = {}): number => {
    const ears = ready(figures);
    ears.send(order(TEN, change));
    return ears.fired.length;
  };

  it('fires above 5 % of the average volume, says so, and clears after a minute', () => {
    const ears = ready({ capKrw: 1e11 });
    ears.send(order(TEN, { quantity: 50_000 }));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(TEN + 10_000, { quantity: 50_001 }));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ID, 'C']]);
    expect(ears.fired[0]?.values).toMatchObject({ quantity: 50_001, price: 70_000, reasons: 1 });
    expect(ears.fired[0]?.sentenceKo).toBe(
      '삼성전자 50,001주 매수가 실수로 보입니다: 하루 평균 거래량의 5.0 %입니다(선 5.0 %).',
    );
    ears.wait(TEN + 10_000, TEN + 69_000);
    expect(ears.cleared).toEqual([]);
    ears.wait(TEN + 69_000, TEN + 70_000);
    expect(ears.cleared).toEqual([ID]);
  });

  it('fires above the largest amount, not at it', () => {
    expect(run({ quantity: 7_142, price: 70_000 })).toBe(0);
    expect(run({ quantity: 7_143, price: 70_000 })).toBe(1);
    expect(run({ quantity: 7_143, price: 70_000 }, { capKrw: 6e8 })).toBe(0);
    expect(run({ quantity: 7_200, price: null }, { advPct: 100 })).toBe(1);
    // 1,000 shares at 200 dollars are 2,000,000,000 hundredths of a cent, and no two billion won.
    const abroad = { id: 'NAS:AAPL', quantity: 1_000, price: 2_000_000 } as const;
    expect([run(abroad), run({ ...abroad, inWon: false })]).toEqual([1, 0]);
  });

  it('fires on a price beyond 10 ticks or 3 % through the far side', () => {
    expect([run({ price: 71_100 }), run({ price: 71_200 })]).toEqual([0, 1]);
    expect([run({ side: 'sell', price: 69_000 }), run({ side: 'sell', price: 68_900 })]).toEqual([0, 1]);
    const percents = { ticks: 200 };
    expect([run({ price: 72_200 }, percents), run({ price: 72_300 }, percents)]).toEqual([0, 1]);
    // An order that waits far away in its own book hurts nobody.
    expect([run({ price: 60_000 }), run({ side: 'sell', price: 80_000 })]).toEqual([0, 0]);
    const ears = ready();
    ears.send(order(TEN, { price: 77_000 }));
    expect(ears.fired[0]?.sentenceKo).toContain('주문 값 77,000원이 매도 1호가 70,100원을 9.8 %, 69호가 넘습니다');
    expect(ears.fired[0]?.picture).toEqual({ points: [70_100, 77_000], line: 70_100 * 1.03 });
  });

  it('walks a market order through the book', () => {
    const market = (asks: readonly number[], quantity: number): string | undefined => {
      const ears = ready();
      ears.send(book(TEN - 500, levels(70_000, -100, 1_000), asks), order(TEN, { price: null, quantity }));
      return ears.fired[0]?.sentenceKo;
    };
    expect(market(levels(70_100, 100, 1_000), 5_000)).toBeUndefined();
    expect(market([70_100, 10, 73_000, 1_000], 500)).toContain('시장가가 닿는 값 73,000원');
    expect(market([70_100, 10, 73_000, 1_000], 10)).toBeUndefined();
    expect(market([], 10)).toContain('시장가인데 매도 호가가 없습니다');
    expect(market([70_100, 10], 11)).toContain('시장가인데 매도 호가가 모자랍니다');
    // Ten levels are all that is shown; behind them there may be more.
    expect(market(levels(70_100, 100, 10), 500)).toBeUndefined();
  });

  it('leaves prices alone in an auction, with yesterday’s book, or without one', () => {
    const auction = ready();
    auction.send(phase(TEN - 100, 'viAuction', { id: ID }), order(TEN, { price: 90_000 }));
    auction.send(order(TEN, { price: null }));
    expect(auction.fired).toHaveLength(0);
    auction.send(phase(TEN + 1, 'continuous', { id: ID }), order(TEN + 2, { price: 90_000 }));
    expect(auction.fired).toHaveLength(1);
    const late = ready();
    late.send(order(at('10:00:00', '2026-11-25'), { price: 90_000 }));
    const blind = listen(FAT_FINGER);
    blind.send(order(TEN, { price: 90_000 }), order(TEN, { price: null }));
    expect([late.fired.length, blind.fired.length]).toEqual([0, 0]);
  });

  it('meets the book of NXT while KRX does not trade', () => {
    const ears = ready();
    ears.send(phase(TEN, 'closed'), phase(TEN, 'afterMarket', { venue: 'NXT' }));
    ears.send(book(TEN, levels(60_000, -100, 1_000), levels(60_100, 100, 1_000), { venue: 'NXT' }));
    ears.send(order(TEN + 1, { price: 70_000 }));
    expect(ears.fired).toHaveLength(1);
  });

  it('fires on ten times the usual purchase, which a slip does not change', () => {
    const ears = ready();
    for (let i = 0; i < 3; i += 1) ears.send(order(TEN + i, { quantity: 10 }));
    ears.send(order(TEN + 10, { quantity: 99 }), order(TEN + 11, { quantity: 100, side: 'sell' }));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(TEN + 20, { quantity: 1_000 }), order(TEN + 21, { quantity: 1_000 }));
    expect(ears.fired).toHaveLength(2);
    expect(ears.fired[0]?.sentenceKo).toContain('평소 주문 금액의 100.0배입니다');
  });

  it('judges an order once, also where the stream tells no asking', () => {
    const ears = ready();
    const big = order(TEN, { quantity: 60_000, step: 'created' });
    ears.send(big, { ...big, step: 'submitting' }, { ...big, step: 'accepted' });
    expect(ears.fired).toHaveLength(1);
    ears.send(order(TEN, { quantity: 60_000, step: 'accepted' }));
    expect(ears.fired).toHaveLength(1);
  });

  it('survives bad orders and bad books', () => {
    const ears = ready();
    for (const bad of BAD) {
      ears.send(order(TEN, { quantity: bad }), order(TEN, { price: bad }));
      ears.send(issue({ averageVolume: bad, tick: bad }), book(TEN, [bad, bad], [bad, bad, 70_100, bad]));
      ears.send(order(TEN, { price: 70_000 }));
    }
    expect(ears.fired).toHaveLength(0);
  });
});

describe('O02 duplicate order', () => {
  it('fires on the same order within 3 s without a new gesture', () => {
    const ears = listen(DUPLICATE_ORDER);
    ears.send(issue(), order(TEN, { gesture: 'g1' }), order(TEN + 2_900));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ID, 'C']]);
    expect(ears.fired[0]?.values).toMatchObject({
      seconds: 2.9,
      quantity: 10,
      price: 70_000,
      times: 2,
      sameGesture: 0,
    });
    expect(ears.fired[0]?.sentenceKo).toBe(
      '삼성전자 10주 매수(70,000원)가 2.9초 만에 새 조작 없이 다시 나왔습니다(2번째).',
    );
    ears.wait(TEN, TEN + 62_000);
    expect(ears.cleared).toEqual([]);
    ears.wait(TEN + 62_000, TEN + 63_000);
    expect(ears.cleared).toEqual([ID]);
  });

  it('does not fire a moment later, on another order, or on a new gesture', () => {
    const second = (change: Partial<EventOf<'order'>>, after = 1_000, figures = {}): number => {
      const ears = listen(DUPLICATE_ORDER, figures);
      ears.send(order(TEN, { gesture: 'g1' }), order(TEN + after, change));
      return ears.fired.length;
    };
    expect([second({}), second({}, 3_000), second({}, 3_001)]).toEqual([1, 1, 0]);
    expect([second({}, 5_000, { seconds: 5 }), second({}, 1_000, { seconds: 0.5 })]).toEqual([1, 0]);
    expect([second({ gesture: 'g2' }), second({ side: 'sell' }), second({ quantity: 11 })]).toEqual([0, 0, 0]);
    expect([second({ price: 70_100 }), second({ price: null }), second({ accountId: 'two' })]).toEqual([0, 0, 0]);
  });

  it('takes a gesture for one order, however late the second comes', () => {
    const ears = listen(DUPLICATE_ORDER);
    ears.send(order(TEN, { gesture: 'g1' }), order(TEN + 20_000, { gesture: 'g1' }));
    expect(ears.fired[0]?.values).toMatchObject({ sameGesture: 1, seconds: 20 });
    expect(ears.fired[0]?.sentenceKo).toContain('같은 조작에서');
  });

  it('lets an order be sent again that never reached the market', () => {
    const ears = listen(DUPLICATE_ORDER);
    const first = order(TEN);
    ears.send(first, { ...first, ts: TEN + 10, step: 'rejected' }, order(TEN + 1_000));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(TEN + 2_000), order(TEN + 2_500));
    expect(ears.fired.map(({ values }) => values['times'])).toEqual([2, 3]);
  });

  it('takes the steps of one order for one order, and no bad figures', () => {
    const ears = listen(DUPLICATE_ORDER);
    const one = order(TEN);
    ears.send(one, { ...one, step: 'created' }, { ...one, step: 'submitting' }, { ...one, step: 'accepted' }, one);
    for (const bad of BAD)
      ears.send(order(TEN, { quantity: bad }), order(TEN, { quantity: bad }), order(TEN, { price: bad }));
    expect(ears.fired).toHaveLength(0);
  });
});
