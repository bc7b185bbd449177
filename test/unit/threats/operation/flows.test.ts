/** Detectors of the flow of orders and of the books: bursts, orders in limbo, fills that do not fit. */
import { describe, expect, it } from 'vitest';
import { FILL_MISMATCH } from '#shared/threats/detectors/operation/fill-mismatch.ts';
import { IN_FLIGHT_LIMBO } from '#shared/threats/detectors/operation/in-flight-limbo.ts';
import { ORDER_BURST } from '#shared/threats/detectors/operation/order-burst.ts';
import type { EventOf } from '#shared/threats/events.ts';
import { ACCOUNT, fill, order } from '../account/makers.ts';
import { at, BAD, issue, listen } from '../market/listening.ts';

const TEN = at('10:00:00');

describe('O03 order burst', () => {
  it('fires at the sixth order within a second, again as it doubles, and clears after a quiet minute', () => {
    const ears = listen(ORDER_BURST);
    for (let i = 0; i < 5; i += 1) ears.send(order(TEN + i * 100));
    ears.send(order(TEN + 1_000));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(TEN + 1_050));
    expect(ears.fired).toHaveLength(1);
    for (let i = 0; i < 6; i += 1) ears.send(order(TEN + 1_060 + i));
    expect(ears.fired.map(({ severity, values }) => [severity, values['count']])).toEqual([
      ['C', 6],
      ['C', 12],
    ]);
    expect(ears.fired[0]?.subject).toBe(ACCOUNT);
    expect(ears.fired[0]?.sentenceKo).toBe('주문이 1초에 6건 나왔습니다(선 5건).');
    ears.wait(TEN + 1_065, TEN + 60_065);
    expect(ears.cleared).toEqual([]);
    ears.wait(TEN + 60_065, TEN + 62_065);
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('fires at the sixty-first order within a minute', () => {
    const ears = listen(ORDER_BURST);
    for (let i = 0; i < 60; i += 1) ears.send(order(TEN + i * 950));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(TEN + 57_500));
    expect(ears.fired[0]?.sentenceEn).toBe('61 orders within 1 min (line 60).');
  });

  it('counts refused orders too, and each once', () => {
    const ears = listen(ORDER_BURST);
    for (let i = 0; i < 3; i += 1) {
      const one = order(TEN + i, { step: 'rejected' });
      ears.send(one, one, order(TEN + i, { step: 'denied' }));
    }
    expect(ears.fired.map(({ values }) => values['count'])).toEqual([6]);
    const asked = listen(ORDER_BURST);
    for (let i = 0; i < 5; i += 1) {
      const one = order(TEN + i);
      asked.send(one, { ...one, step: 'created' }, { ...one, step: 'rejected' });
    }
    expect(asked.fired).toHaveLength(0);
  });

  it('fires as changes outnumber orders twenty times within ten minutes', () => {
    const ears = listen(ORDER_BURST);
    const one = order(TEN);
    ears.send(one);
    for (let i = 1; i <= 20; i += 1) ears.send({ ...one, ts: TEN + i * 10_000, step: 'cancelAsked' });
    expect(ears.fired).toHaveLength(0);
    ears.send({ ...one, ts: TEN + 300_000, step: 'replaceAsked' });
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H']);
    expect(ears.fired[0]?.values).toEqual({ count: 21, line: 20, orders: 1, times: 21 });
    expect(ears.fired[0]?.sentenceKo).toBe('10분 동안 새 주문 1건에 정정·취소가 21건입니다(선 20배).');
  });

  it('takes its figures, and keeps accounts apart', () => {
    const ears = listen(ORDER_BURST, { perSecond: 2, perMinute: 5, changes: 2 });
    ears.send(order(TEN), order(TEN, { accountId: 'two' }), order(TEN), order(TEN, { accountId: 'two' }));
    expect(ears.fired).toHaveLength(0);
    ears.send(order(TEN));
    expect(ears.fired.map(({ subject }) => subject)).toEqual([ACCOUNT]);
  });
});

describe('O04 in-flight limbo', () => {
  const sent = (ts = TEN): EventOf<'order'> => order(ts, { step: 'submitting' });

  it('fires after three seconds without an answer, and clears when it comes', () => {
    const ears = listen(IN_FLIGHT_LIMBO);
    const one = sent();
    ears.send(one);
    ears.wait(TEN, TEN + 2_000);
    expect(ears.fired).toHaveLength(0);
    ears.wait(TEN + 2_000, TEN + 20_000);
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ACCOUNT, 'H']]);
    expect(ears.fired[0]?.values).toEqual({ orders: 1, seconds: 3, lineSeconds: 3, unknown: 0, unanswered: 1 });
    expect(ears.fired[0]?.sentenceKo).toBe('주문 1건의 접수 답이 3.0초째 없습니다(선 3.0초).');
    expect(ears.fired[0]?.picture).toEqual({
      points: [0, 0, 3, 3],
      line: 3,
    });
    ears.send({ ...one, ts: TEN + 20_500, step: 'accepted' });
    ears.wait(TEN + 20_500, TEN + 21_500);
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('fires again when the outcome is still unknown after thirty seconds', () => {
    const ears = listen(IN_FLIGHT_LIMBO);
    const one = sent();
    ears.send(one, { ...one, ts: TEN + 1_000, step: 'unconfirmed' });
    ears.wait(TEN + 1_000, TEN + 30_000);
    expect(ears.fired).toHaveLength(1);
    ears.wait(TEN + 30_000, TEN + 31_000);
    expect(ears.fired).toHaveLength(2);
    expect(ears.fired[1]?.sentenceKo).toBe('주문 1건의 결과를 30초째 모릅니다(선 30초).');
    ears.send({ ...one, ts: TEN + 32_000, step: 'rejected' });
    ears.wait(TEN + 32_000, TEN + 33_000);
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('hears of a cancellation without an answer, and not of an order that rests', () => {
    const ears = listen(IN_FLIGHT_LIMBO);
    const one = sent();
    ears.send(one, { ...one, ts: TEN + 500, step: 'accepted' });
    ears.wait(TEN, TEN + 600_000);
    expect(ears.fired).toHaveLength(0);
    ears.send(
      { ...one, ts: TEN + 600_000, step: 'cancelAsked' },
      { ...one, ts: TEN + 601_000, step: 'partiallyFilled' },
    );
    ears.wait(TEN + 600_000, TEN + 629_000);
    expect(ears.fired).toHaveLength(0);
    ears.wait(TEN + 629_000, TEN + 630_000);
    expect(ears.fired).toHaveLength(1);
  });

  it('takes a fill for an answer, one threat for many orders, and its figures', () => {
    const filled = listen(IN_FLIGHT_LIMBO);
    const one = sent();
    filled.send(one, fill(TEN + 100, { orderId: one.orderId }));
    filled.wait(TEN, TEN + 60_000);
    expect(filled.fired).toHaveLength(0);
    const many = listen(IN_FLIGHT_LIMBO, { ackSeconds: 5 });
    for (let i = 0; i < 7; i += 1) many.send(sent(TEN + i));
    many.wait(TEN, TEN + 4_000);
    expect(many.fired).toHaveLength(0);
    many.wait(TEN + 4_000, TEN + 10_000);
    expect(many.fired.map(({ values }) => values['orders'])).toEqual([1, 7]);
  });

  it('forgets with the day', () => {
    const ears = listen(IN_FLIGHT_LIMBO);
    ears.send(sent(at('19:59:59')));
    const next = at('08:00:00', '2026-11-25');
    ears.wait(next, next + 60_000);
    expect(ears.fired).toHaveLength(0);
  });
});

describe('O05 fill mismatch', () => {
  const poll = (ts: number, deskQty: number, brokerQty: number): EventOf<'reconcile'> => ({
    kind: 'reconcile',
    ts,
    accountId: ACCOUNT,
    id: issue().id,
    deskQty,
    brokerQty,
  });

  it('fires on the second poll that differs, and clears when they agree', () => {
    const ears = listen(FILL_MISMATCH);
    ears.send(issue(), poll(TEN, 100, 90), poll(TEN + 1_000, 100, 100), poll(TEN + 2_000, 100, 90));
    expect(ears.fired).toHaveLength(0);
    ears.send(poll(TEN + 3_000, 100, 90), poll(TEN + 4_000, 100, 90));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ACCOUNT, 'C']]);
    expect(ears.fired[0]?.values).toEqual({ deskQty: 100, brokerQty: 90, difference: 10, polls: 2 });
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자 수량이 마루는 100주, 증권사는 90주로 2번 연속 다릅니다.');
    ears.send(poll(TEN + 5_000, 100, 100));
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('takes a balance that lags behind fills for no mismatch', () => {
    const ears = listen(FILL_MISMATCH);
    for (let i = 0; i < 10; i += 1) {
      ears.send(fill(TEN + i * 1_000, { quantity: 10 + i }));
      ears.send(poll(TEN + i * 1_000 + 10, 100 + 10 * i, 90 + 9 * i));
    }
    expect(ears.fired).toHaveLength(0);
    ears.send(poll(TEN + 20_000, 190, 171));
    expect(ears.fired).toHaveLength(1);
  });

  it('fires on an execution that comes twice, on one too many, and clears by a poll or in time', () => {
    const ears = listen(FILL_MISMATCH);
    const one = fill(TEN, { quantity: 5, cumulativeQty: 5 });
    ears.send(issue(), one, fill(TEN + 1, { orderId: one.orderId, quantity: 5 }));
    expect(ears.fired).toHaveLength(0);
    ears.send({ ...one, ts: TEN + 2 });
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자 체결 통보(5주)가 같은 번호로 두 번 왔습니다.');
    ears.send(poll(TEN + 1_000, 10, 10));
    expect(ears.cleared).toEqual([ACCOUNT]);
    ears.send(fill(TEN + 2_000, { cumulativeQty: 11, orderQty: 10 }));
    expect(ears.fired[1]?.values).toEqual({ orderQty: 10, cumulativeQty: 11, excess: 1 });
    expect(ears.fired[1]?.severity).toBe('C');
    ears.wait(TEN + 2_000, TEN + 2_000 + 1_800_000);
    expect(ears.cleared).toEqual([ACCOUNT, ACCOUNT]);
  });

  it('takes its figures, and no bad ones', () => {
    const ears = listen(FILL_MISMATCH, { polls: 3 });
    for (const bad of BAD.filter((each) => !Number.isFinite(each))) ears.send(poll(TEN, bad, 1), poll(TEN, 1, bad));
    for (const bad of BAD) ears.send(fill(TEN, { quantity: bad, cumulativeQty: bad, orderQty: bad }));
    ears.send(poll(TEN, 2, 1), poll(TEN + 1, 2, 1));
    expect(ears.fired).toHaveLength(0);
    ears.send(poll(TEN + 2, 2, 1));
    expect(ears.fired).toHaveLength(1);
  });
});
