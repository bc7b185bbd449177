/** Detectors of limits of an account: the day's loss, the fall from the peak, settled cash. */
import { describe, expect, it } from 'vitest';
import { DAILY_LOSS } from '#shared/threats/detectors/account/daily-loss.ts';
import { DRAWDOWN } from '#shared/threats/detectors/account/drawdown.ts';
import { MARGIN_RISK } from '#shared/threats/detectors/account/margin-risk.ts';
import { at, BAD, listen } from '../market/listening.ts';
import { account, ACCOUNT, fill, holding } from './makers.ts';

const TEN = at('10:00:00');

describe('A01 daily loss', () => {
  const equity = (lossPct: number): number => Math.round(10_000_000 * (1 - lossPct / 100));

  it('climbs its ladder and says its numbers', () => {
    const ears = listen(DAILY_LOSS);
    for (const [i, loss] of [0, 1.99, 2, 2.5, 3, 4, 5, 8].entries())
      ears.send(account(TEN + i * 1_000, { equityKrw: equity(loss) }));
    expect(ears.fired.map(({ severity, subject }) => [subject, severity])).toEqual([
      [ACCOUNT, 'M'],
      [ACCOUNT, 'H'],
      [ACCOUNT, 'C'],
    ]);
    expect(ears.fired[2]?.values).toMatchObject({ lossKrw: 500_000, linePct: 5, equityKrw: 9_500_000 });
    expect(ears.fired[2]?.sentenceKo).toBe('오늘 손실이 5.00 %(500,000원)로 매매 중지선(5.0 %)에 이르렀습니다.');
    expect(ears.fired[0]?.sentenceEn).toBe(
      "Today's loss is 2.00 % (KRW 200,000): the warning line (2.0 %) is reached.",
    );
    expect(ears.fired[0]?.picture.line).toBe(-2);
    expect(ears.fired[0]?.picture.points.at(-1)).toBeCloseTo(-2);
  });

  it('goes straight to the end of the ladder', () => {
    const ears = listen(DAILY_LOSS);
    ears.send(account(TEN, { equityKrw: equity(6) }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['C']);
  });

  it('clears with some room, and does not flap around the line', () => {
    const ears = listen(DAILY_LOSS);
    for (let i = 0; i < 50; i += 1)
      ears.send(account(TEN + i * 1_000, { equityKrw: equity(i % 2 === 0 ? 2.05 : 1.95) }));
    expect([ears.fired.length, ears.cleared.length]).toEqual([1, 0]);
    ears.send(account(TEN + 60_000, { equityKrw: equity(1.5) }));
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('ends with the day', () => {
    const ears = listen(DAILY_LOSS);
    ears.send(account(TEN, { equityKrw: equity(4) }));
    const next = at('08:30:00', '2026-11-25');
    ears.send(account(next, { equityKrw: equity(4), dayStartKrw: equity(4) }));
    expect(ears.cleared).toEqual([ACCOUNT]);
    expect(ears.fired).toHaveLength(1);
  });

  it('does not fire without a trade or a holding, without a price, or on an equity of zero', () => {
    const ears = listen(DAILY_LOSS);
    ears.send(account(TEN, { equityKrw: equity(50), positions: [] }));
    for (const [i, bad] of BAD.entries()) {
      ears.send(account(TEN + i, { equityKrw: bad }));
      ears.send(account(TEN + i, { dayStartKrw: bad, equityKrw: 1 }));
    }
    for (const value of [0, Number.NaN, Number.POSITIVE_INFINITY])
      ears.send(account(TEN + 100, { equityKrw: equity(50), positions: [holding(value), holding(1_000)] }));
    expect(ears.fired).toHaveLength(0);
    ears.send(account(TEN + 200, { equityKrw: equity(50) }));
    expect(ears.fired).toHaveLength(1);
  });

  it('counts a loss of what was sold during the day', () => {
    const ears = listen(DAILY_LOSS);
    ears.send(
      fill(TEN, { side: 'sell', realisedKrw: -400_000 }),
      account(TEN + 1, { equityKrw: equity(4), positions: [] }),
    );
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H']);
  });

  it('takes its figures and keeps accounts apart', () => {
    const ears = listen(DAILY_LOSS, { warnPct: 1, haltPct: 4 });
    ears.send(account(TEN, { equityKrw: equity(1) }), account(TEN, { accountId: 'two', equityKrw: equity(4) }));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([
      [ACCOUNT, 'M'],
      ['two', 'C'],
    ]);
  });
});

describe('A02 drawdown', () => {
  const fallen = (pct: number): { equityKrw: number; dayStartKrw: number } => ({
    equityKrw: 10_000_000 - 100_000 * pct,
    dayStartKrw: 10_000_000 - 100_000 * pct,
  });

  it('fires at 10 % and 15 % from the peak, not before, and clears with room', () => {
    const ears = listen(DRAWDOWN);
    for (const [i, pct] of [9.9, 10, 12, 9.5, 14.9, 15, 8.9].entries())
      ears.send(account(TEN + i * 1_000, fallen(pct)));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H', 'C']);
    expect(ears.fired[0]?.values).toMatchObject({ equityKrw: 9_000_000, peakKrw: 10_000_000, linePct: 10 });
    expect(ears.fired[0]?.sentenceKo).toBe(
      '순자산이 최고 10,000,000원에서 10.00 % 줄어 9,000,000원입니다. 청산만 할 선(10.0 %)에 이르렀습니다.',
    );
    expect(ears.fired[1]?.sentenceEn).toContain('15.00 % below its peak');
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('holds over the night', () => {
    const ears = listen(DRAWDOWN);
    ears.send(account(TEN, fallen(11)), account(at('10:00:00', '2026-11-25'), fallen(11.5)));
    expect([ears.fired.length, ears.cleared.length]).toEqual([1, 0]);
  });

  it('does not fire without a trade or a holding, without a price, or on bad figures', () => {
    const ears = listen(DRAWDOWN);
    ears.send(account(TEN, { ...fallen(50), positions: [] }));
    for (const bad of BAD) ears.send(account(TEN, { equityKrw: bad }), account(TEN, { ...fallen(50), peakKrw: bad }));
    ears.send(account(TEN, { ...fallen(50), positions: [holding(0)] }));
    expect(ears.fired).toHaveLength(0);
  });

  it('takes its figures', () => {
    const ears = listen(DRAWDOWN, { reducePct: 20, haltPct: 30 });
    ears.send(account(TEN, fallen(19)), account(TEN + 1, fallen(20)));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H']);
  });
});

describe('A06 margin risk', () => {
  it('fires on settled cash below zero and clears when it is paid in', () => {
    const ears = listen(MARGIN_RISK);
    ears.send(account(TEN, { cashD2Krw: 0 }));
    expect(ears.fired).toHaveLength(0);
    ears.send(account(TEN + 1_000, { cashD2Krw: -1_500_000 }), account(TEN + 2_000, { cashD2Krw: -1_600_000 }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H']);
    expect(ears.fired[0]?.values).toMatchObject({ cashD2Krw: -1_500_000 });
    expect(ears.fired[0]?.sentenceKo).toContain('-1,500,000원으로 모자랍니다');
    ears.send(account(TEN + 3_000, { cashD2Krw: 10_000 }));
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('says that buying power has run low, and of what was low from the first look only a note', () => {
    const ears = listen(MARGIN_RISK);
    ears.send(account(TEN), account(TEN + 120_000, { buyingPowerKrw: 1_000_000 }));
    expect(ears.fired).toHaveLength(0);
    ears.send(account(TEN + 121_000, { buyingPowerKrw: 990_000 }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M']);
    expect(ears.fired[0]?.sentenceKo).toBe('주문 가능 금액이 990,000원으로 순자산의 9.9 %뿐입니다(선 10.0 %).');
    ears.send(account(TEN + 122_000, { buyingPowerKrw: 1_100_000 }));
    expect(ears.cleared).toEqual([]);
    ears.send(account(TEN + 123_000, { buyingPowerKrw: 1_200_000 }));
    expect(ears.cleared).toEqual([ACCOUNT]);

    const invested = listen(MARGIN_RISK);
    invested.send(account(TEN, { buyingPowerKrw: 0 }), account(TEN + 300_000, { buyingPowerKrw: 0 }));
    expect(invested.fired.map(({ severity }) => severity)).toEqual(['L']);
  });

  it('takes its figures and no nonsense', () => {
    const ears = listen(MARGIN_RISK, { powerPct: 30, cashKrw: 1_000_000 });
    for (const bad of BAD) ears.send(account(TEN, { equityKrw: bad }));
    ears.send(account(TEN, { buyingPowerKrw: Number.NaN }), account(TEN, { buyingPowerKrw: 3_000_000 }));
    expect(ears.fired).toHaveLength(0);
    ears.send(account(TEN + 90_000, { buyingPowerKrw: 2_900_000 }));
    ears.send(account(TEN + 91_000, { buyingPowerKrw: Number.NaN, cashD2Krw: 900_000 }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M', 'H']);
  });
});
