/** Orders over REST: who may send one, that it goes out once, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import type { KisCall, OrderPass } from '#core/broker/kis/index.ts';
import { TransportError } from '#core/platform/index.ts';
import { CATALOG, type AppError } from '#shared/errors/index.ts';
import { json, kisStand, raw, refusal, success, type KisStand, type Reply } from '#test/support/kis-stand.ts';

/** What the guard would have given; only tests make one like this. */
const cleared = (epoch: number): OrderPass => ({ cleared: { order: {}, epoch } }) as unknown as OrderPass;

const ORDER: KisCall = {
  api: 'domestic-stock.order-cash',
  params: { PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '70000', EXCG_ID_DVSN_CD: 'KRX' },
  select: { side: 'buy' },
};
const CANCEL: KisCall = {
  api: 'domestic-stock.order-rvsecncl',
  params: { ORGN_ODNO: '1', RVSE_CNCL_DVSN_CD: '02', QTY_ALL_ORD_YN: 'Y', ORD_QTY: '0', ORD_UNPR: '0' },
  pass: 'cancel',
};

async function caught(promise: Promise<unknown>): Promise<AppError> {
  return promise.then(
    () => {
      throw new Error('it went through');
    },
    (error: unknown) => error as AppError,
  );
}

async function outcome(stand: KisStand, call: KisCall): Promise<AppError> {
  const waiting = caught(stand.rest.call(call));
  await stand.time.advance(60_000);
  return waiting;
}

describe('an order', () => {
  it('is sent with every field, the keys, the account and its own TR id', async () => {
    const stand = kisStand();
    stand.reply = () => success({ output: { KRX_FWDG_ORD_ORGNO: '00950', ODNO: '0000000001', ORD_TMD: '090001' } });
    const answer = await stand.rest.call({ ...ORDER, pass: cleared(0) });
    expect(answer.blocks['output']).toMatchObject({ ODNO: '0000000001' });
    const [request] = stand.calls;
    expect(request?.method).toBe('POST');
    expect(request?.headers).toMatchObject({
      tr_id: 'TTTC0012U',
      custtype: 'P',
      authorization: 'Bearer token-1',
      appkey: stand.keys.appKey,
      appsecret: stand.keys.appSecret,
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      CANO: stand.keys.accountNo,
      ACNT_PRDT_CD: '01',
      PDNO: '005930',
      ORD_DVSN: '00',
      ORD_QTY: '1',
      ORD_UNPR: '70000',
      EXCG_ID_DVSN_CD: 'KRX',
      SLL_TYPE: '',
      CNDT_PRIC: '',
    });
  });

  it('is not sent without a pass, nor placed or changed under the pass of a cancel', async () => {
    const stand = kisStand();
    expect((await outcome(stand, ORDER)).code).toBe('KIS_ORDER_API');
    expect((await outcome(stand, { ...ORDER, pass: 'cancel' })).code).toBe('KIS_ORDER_API');
    const change: KisCall = { ...CANCEL, params: { ...CANCEL.params, RVSE_CNCL_DVSN_CD: '01' } };
    expect((await outcome(stand, change)).code).toBe('KIS_ORDER_API');
    const future: KisCall = {
      api: 'overseas-futureoption.order-rvsecncl',
      params: {},
      select: { action: 'modify' },
      pass: 'cancel',
    };
    expect((await outcome(stand, future)).code).toBe('KIS_ORDER_API');
    expect(stand.requests).toEqual([]);
    await stand.rest.call(CANCEL);
    expect(stand.calls).toHaveLength(1);
  });

  it('that was cleared under another epoch never leaves, however late that comes', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 1, ledgerPerSecond: 1 } });
    await stand.rest.ensureToken();
    // The token took the only place of this second, so the order waits for the next.
    const waiting = caught(stand.rest.call({ ...ORDER, pass: cleared(0) }));
    const cancel = stand.rest.call(CANCEL);
    await stand.time.advance(500);
    expect(stand.calls).toHaveLength(0);
    stand.epoch = 1;
    await stand.time.advance(2_000);
    expect((await waiting).code).toBe('GUARD_HALTED');
    await cancel;
    expect(stand.calls.map((request) => request.headers['tr_id'])).toEqual(['TTTC0013U']);
  });

  it('leaves the lane at once when the trading state is reviewed', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 1, ledgerPerSecond: 1 } });
    await stand.rest.ensureToken();
    const waiting = caught(stand.rest.call({ ...ORDER, pass: cleared(0) }));
    await stand.time.advance(10);
    stand.epoch = 1;
    stand.rest.reviewOrders();
    expect((await waiting).code).toBe('GUARD_HALTED');
  });
});

describe('the outcome of an order', () => {
  const outcomes: readonly (readonly [string, Reply, string])[] = [
    ['a refusal of the broker', refusal('APBK0919', '예수금이 부족합니다.'), 'EXCH_CASH'],
    ['a refusal nobody knows', refusal('APBK9999', '  알 수 없는 이유입니다.   '), 'KIS_REFUSED'],
    [
      'a price outside the limits in words only',
      refusal('APBK7777', '주문단가가 상/하한가를 벗어났습니다.'),
      'EXCH_LIMIT',
    ],
    ['too many calls', refusal('EGW00201', '초당 거래건수를 초과하였습니다.', 500), 'KIS_UNAVAILABLE'],
    ['too many calls at the ledger', refusal('EGW00215', '원장', 500), 'KIS_UNAVAILABLE'],
    ['an expired token', refusal('EGW00123', '기간이 만료된 token 입니다.', 500), 'KIS_UNAVAILABLE'],
    ['a timeout inside the broker', refusal('EGW00301', '시간 초과', 500), 'KIS_OUTCOME_UNKNOWN'],
    ['a late answer inside the broker', refusal('EGW00302', '시간 초과', 200), 'KIS_OUTCOME_UNKNOWN'],
    ['an answer that could not be built', refusal('OPSQ3002', 'BUILD', 200), 'KIS_OUTCOME_UNKNOWN'],
    ['a failure nobody knows', refusal('EGW77777', '?', 500), 'KIS_OUTCOME_UNKNOWN'],
    ['a web page', raw('<html>점검 중</html>', { status: 503 }), 'KIS_OUTCOME_UNKNOWN'],
    ['half an answer', raw('{"rt_cd":"0","msg_cd":"APBK0013","output":{"ODNO":"000'), 'KIS_OUTCOME_UNKNOWN'],
    ['nothing', raw(''), 'KIS_OUTCOME_UNKNOWN'],
    ['a failure without envelope', json({ message: 'oops' }, { status: 500 }), 'KIS_OUTCOME_UNKNOWN'],
    ['silence', new TransportError('timeout', true), 'KIS_OUTCOME_UNKNOWN'],
    ['a cut after the write', new TransportError('cut', true), 'KIS_OUTCOME_UNKNOWN'],
    ['a cut before the write', new TransportError('cut', false), 'KIS_NO_ANSWER'],
    ['nobody there', new TransportError('refused', false), 'KIS_NO_ANSWER'],
    ['no network', new TransportError('offline', false), 'KIS_NO_ANSWER'],
    ['a proxy that refuses', new TransportError('proxy', false), 'KIS_NO_ANSWER'],
    ['an answer past every bound', new TransportError('tooLarge', true), 'KIS_OUTCOME_UNKNOWN'],
    ['a shut way out', new TransportError('locked', false), 'KIS_OFFICIAL_LOCKED'],
  ];

  it.each(outcomes)('with %s is told once and never sent again', async (_, reply, code) => {
    const stand = kisStand();
    stand.reply = () => reply;
    const error = await outcome(stand, { ...ORDER, pass: cleared(0) });
    expect(error.code).toBe(code);
    expect(stand.calls).toHaveLength(1);
    // Whoever holds the order tells known outcomes from unknown ones by the family.
    expect(CATALOG[error.code].family === 'unknown').toBe(code === 'KIS_OUTCOME_UNKNOWN');
  });

  it.each(outcomes.filter(([, reply]) => reply instanceof TransportError))(
    'of a cancel with %s is never repeated here',
    async (_, reply) => {
      const stand = kisStand();
      stand.reply = () => reply;
      await outcome(stand, CANCEL);
      expect(stand.calls).toHaveLength(1);
    },
  );

  it.each<readonly [string, Reply]>([
    ['a web page', raw('<html>', { status: 503 })],
    ['a timeout inside the broker', refusal('EGW00301', '초과', 500)],
    ['silence', new TransportError('timeout', true)],
    ['wrong keys', json({ error_code: 'EGW00103', error_description: 'x' }, { status: 403 })],
  ])('is a plain refusal where the token did not come for %s: nothing was sent', async (_, reply) => {
    const stand = kisStand();
    stand.issue = () => reply;
    const error = await outcome(stand, { ...ORDER, pass: cleared(0) });
    expect(['input', 'unavailable']).toContain(CATALOG[error.code].family);
    expect(error.code).not.toBe('KIS_ANSWER_BAD');
    expect(stand.calls).toEqual([]);
  });

  it('with an expired token drops the token, so that the next order goes in with a new one', async () => {
    const stand = kisStand();
    stand.reply = (request) =>
      request.headers['authorization'] === 'Bearer token-1' ? refusal('EGW00123', '만료', 500) : success();
    await stand.rest.ensureToken();
    await stand.time.advance(61_000);
    expect((await outcome(stand, { ...ORDER, pass: cleared(0) })).params['code']).toBe('EGW00123');
    await stand.rest.call({ ...ORDER, pass: cleared(0) });
    expect(stand.issues).toHaveLength(2);
  });
});
