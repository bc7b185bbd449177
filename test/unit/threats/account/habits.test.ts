/** Detectors of how one trades: stops in a row, and larger orders after a loss. */
import { describe, expect, it } from 'vitest';
import { REVENGE_TRADING } from '#shared/threats/detectors/account/revenge-trading.ts';
import { STOP_CLUSTER } from '#shared/threats/detectors/account/stop-cluster.ts';
import { at, BAD, issue, listen, type Listening } from '../market/listening.ts';
import { ACCOUNT, fill, order } from './makers.ts';

const TEN = at('10:00:00');
const MINUTE = 60_000;

describe('A04 stop cluster', () => {
  const stop = (ts: number, orderId?: string) =>
    fill(ts, { side: 'sell', stop: true, realisedKrw: -10_000, ...(orderId === undefined ? {} : { orderId }) });

  it('fires at the fourth stop exit within two hours, and clears as they pass', () => {
    const ears = listen(STOP_CLUSTER);
    for (let i = 0; i < 3; i += 1) ears.send(stop(TEN + i * MINUTE), fill(TEN + i * MINUTE, { side: 'sell' }));
    expect(ears.fired).toHaveLength(0);
    ears.send(stop(TEN + 10 * MINUTE));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ACCOUNT, 'M']]);
    expect(ears.fired[0]?.values).toEqual({ stops: 4, line: 4, minutes: 120 });
    expect(ears.fired[0]?.sentenceKo).toBe('120분 동안 스톱 청산이 4건 나왔습니다(선 4건).');
    ears.send({ kind: 'clock', ts: TEN + 119 * MINUTE });
    expect(ears.cleared).toEqual([]);
    ears.send({ kind: 'clock', ts: TEN + 120 * MINUTE });
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('counts the fills of one order once, and forgets with the day', () => {
    const ears = listen(STOP_CLUSTER);
    for (let i = 0; i < 10; i += 1) ears.send(stop(TEN + i, 'same'));
    for (let i = 0; i < 2; i += 1) ears.send(stop(TEN + MINUTE + i));
    ears.send(stop(at('09:00:00', '2026-11-25')));
    expect(ears.fired).toHaveLength(0);
  });

  it('takes its figures', () => {
    const ears = listen(STOP_CLUSTER, { stops: 2, bars: 6, barMinutes: 1 });
    ears.send(stop(TEN), stop(TEN + 7 * MINUTE));
    expect(ears.fired).toHaveLength(0);
    ears.send(stop(TEN + 8 * MINUTE));
    expect(ears.fired[0]?.values).toEqual({ stops: 2, line: 2, minutes: 6 });
  });
});

describe('A07 revenge trading', () => {
  /** So many purchases of 700,000 won, and a sale that loses `lossPct`. Returns when it was. */
  function trading(ears: Listening, count: number, lossPct: number): number {
    ears.send(issue());
    for (let i = 0; i < count - 1; i += 1) ears.send(fill(TEN + i * MINUTE));
    const ts = TEN + count * MINUTE;
    const cost = 700_000 / (1 - lossPct / 100);
    ears.send(fill(ts, { side: 'sell', realisedKrw: -(cost - 700_000) }));
    return ts;
  }

  it('fires on a purchase above twice the usual within ten minutes of a loss, and clears after them', () => {
    const ears = listen(REVENGE_TRADING);
    const ts = trading(ears, 20, 2);
    ears.send(order(ts + MINUTE, { quantity: 20 }), order(ts + MINUTE, { quantity: 100, side: 'sell' }));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(ts + 2 * MINUTE, { quantity: 21 }));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ACCOUNT, 'L']]);
    expect(ears.fired[0]?.values).toMatchObject({ amountKrw: 1_470_000, usualKrw: 700_000, times: 2.1, minutes: 2 });
    expect(ears.fired[0]?.sentenceKo).toBe(
      '2.0 % 손실을 확정한 지 2.0분 만에 평소의 2.1배로 삼성전자 매수를 냈습니다.',
    );
    ears.send({ kind: 'clock', ts: ts + 10 * MINUTE });
    expect(ears.cleared).toEqual([]);
    ears.send({ kind: 'clock', ts: ts + 10 * MINUTE + 1_000 });
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('does not fire later, after a smaller loss, or on few trades', () => {
    const run = (count: number, lossPct: number, minutes: number, figures = {}): number => {
      const ears = listen(REVENGE_TRADING, figures);
      const ts = trading(ears, count, lossPct);
      ears.send(order(ts + minutes * MINUTE, { quantity: 50 }));
      return ears.fired.length;
    };
    expect(run(20, 2, 9)).toBe(1);
    expect([run(20, 2, 11), run(20, 0.9, 9), run(4, 2, 9)]).toEqual([0, 0, 0]);
    expect([run(20, 2, 11, { minutes: 20 }), run(20, 0.9, 9, { lossPct: 0.5 }), run(20, 2, 9, { times: 6 })]).toEqual([
      1, 1, 0,
    ]);
  });

  it('takes a market order by the last price, and a repeated order once', () => {
    const ears = listen(REVENGE_TRADING);
    const ts = trading(ears, 20, 2);
    const market = order(ts + MINUTE, { quantity: 30, price: null });
    ears.send(market, { ...market, step: 'submitting' }, market);
    expect(ears.fired).toHaveLength(1);
    expect(ears.fired[0]?.values['times']).toBe(3);
  });

  it('survives bad fills and orders', () => {
    const ears = listen(REVENGE_TRADING);
    const ts = trading(ears, 20, 2);
    for (const bad of BAD) {
      ears.send(fill(ts, { price: bad, realisedKrw: bad }), fill(ts, { quantity: bad }));
      ears.send(
        order(ts + 1, { price: bad }),
        order(ts + 1, { quantity: bad }),
        order(ts + 1, { price: null, quantity: 1 }),
      );
    }
    expect(ears.fired).toHaveLength(0);
  });
});
