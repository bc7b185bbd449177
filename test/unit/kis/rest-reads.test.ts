/** Reads that go wrong: asked again where that helps, within bounds, and told in one clear sentence. */
import { describe, expect, it } from 'vitest';
import type { KisCall, KisKeys } from '#core/broker/kis/index.ts';
import { TransportError, type TransportFault } from '#core/platform/index.ts';
import { toEnvelope, type AppError } from '#shared/errors/index.ts';
import {
  json,
  kisStand,
  madeUpKeys,
  raw,
  refusal,
  success,
  type KisStand,
  type Reply,
} from '#test/support/kis-stand.ts';

const PRICE: KisCall = {
  api: 'domestic-stock.inquire-price',
  params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};
const BALANCE: KisCall = { api: 'domestic-stock.inquire-balance', params: {} };

async function read(stand: KisStand, call: KisCall = PRICE): Promise<unknown> {
  const result = stand.rest.call(call).catch((error: unknown) => error);
  await stand.time.advance(120_000);
  return result;
}

/** A sentence and a next step in Korean, without holes. */
function expectClear(error: unknown, part: string): void {
  const { messageKo, actionKo, code } = toEnvelope(error);
  expect(code).not.toBe('INTERNAL_BUG');
  expect(messageKo).toContain(part);
  expect(messageKo).toMatch(/[가-힣].*([.)]|: \S+)$/);
  expect(actionKo).toMatch(/[가-힣].*\.$/);
  expect(`${messageKo}${actionKo}`).not.toMatch(/undefined|—|\{/);
}

describe('a read', () => {
  const RETRIED: readonly (readonly [string, Reply])[] = [
    ['silence', new TransportError('timeout', true)],
    ['a cut', new TransportError('cut', true)],
    ['nobody listening', new TransportError('refused', false)],
    ['no network', new TransportError('offline', false)],
    ['too many calls', refusal('EGW00201', '초과', 500)],
    ['a timeout inside', refusal('EGW00301', '초과', 500)],
    ['half an answer', raw('{"rt_cd":"0"')],
    ['a page of maintenance', raw('<html>', { status: 503 })],
    ['a bare 429', raw('', { status: 429 })],
  ];

  it.each(RETRIED)('is asked again after %s, four times at most', async (_, reply) => {
    const stand = kisStand();
    stand.reply = () => reply;
    expect(await read(stand)).toMatchObject({ name: 'AppError' });
    expect(stand.calls).toHaveLength(4);
    let left = 2;
    stand.reply = () => ((left -= 1) >= 0 ? reply : success());
    expect(await read(stand)).toMatchObject({ messageCode: 'MCA00000' });
  });

  it.each<readonly [string, Reply, string]>([
    ['what paper lacks', refusal('EGW00213', '모의투자 TR 이 아닙니다.', 500), 'KIS_REFUSED'],
    ['wrong values', refusal('OPSQ2001', 'INVALID_CHECK_MRKT_DIV_CODE'), 'KIS_INPUT'],
    ['a wrong account', refusal('OPSQ2000', 'INVALID_CHECK_ACNO'), 'KIS_INPUT'],
    ['an unknown code', refusal('ABCD1234', '안 됩니다'), 'KIS_REFUSED'],
    ['a false certificate', new TransportError('tls', false), 'KIS_NO_ANSWER'],
    ['a proxy that refuses', new TransportError('proxy', false), 'KIS_NO_ANSWER'],
    ['an answer past every bound', new TransportError('tooLarge', true), 'KIS_ANSWER_BAD'],
    ['a shut way out', new TransportError('locked', false), 'KIS_OFFICIAL_LOCKED'],
    ['a page of a proxy', raw('<html>', { status: 407 }), 'KIS_ANSWER_BAD'],
    ['another address', raw('', { status: 302, headers: { location: 'http://elsewhere' } }), 'KIS_ANSWER_BAD'],
  ])('is not asked again after %s', async (_, reply, code) => {
    const stand = kisStand();
    stand.reply = () => reply;
    expect(await read(stand)).toMatchObject({ code });
    expect(stand.calls).toHaveLength(1);
  });

  it('waits longer after each try, within its bounds', async () => {
    const stand = kisStand();
    await stand.rest.ensureToken();
    const times: number[] = [];
    stand.reply = () => (times.push(stand.time.clock.monotonicMs()), new TransportError('cut', true));
    await read(stand);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    gaps.forEach((gap, i) => {
      expect(gap).toBeGreaterThanOrEqual(125 * 2 ** i);
      expect(gap).toBeLessThanOrEqual(250 * 2 ** i + 5);
    });
  });

  it('stops trying once its time is over', async () => {
    const stand = kisStand({ limits: { tries: 50, triesWithinMs: 5_000, backoffMostMs: 1_000 } });
    stand.reply = () => new TransportError('cut', true);
    await read(stand);
    expect(stand.calls.length).toBeGreaterThan(5);
    expect(stand.calls.length).toBeLessThan(14);
  });

  it('ends while it waits for its next try when the caller gives up', async () => {
    const stand = kisStand();
    const away = new AbortController();
    stand.reply = () => new TransportError('cut', true);
    const result = stand.rest.call({ ...PRICE, signal: away.signal }).catch((error: unknown) => error);
    await stand.time.advance(50);
    away.abort();
    expect(await result).toMatchObject({ code: 'CANCELED' });
    await stand.time.advance(60_000);
    expect(stand.calls).toHaveLength(1);
  });

  it('that paper does not offer is refused before anything is sent', async () => {
    const stand = kisStand({ environment: 'paper' });
    expect(await read(stand, { api: 'domestic-stock.inquire-psbl-rvsecncl', params: {} })).toMatchObject({
      code: 'KIS_NOT_IN_PAPER',
    });
    expect(stand.rest.offers('domestic-stock.inquire-psbl-rvsecncl')).toBe(false);
    expect(stand.rest.offers('domestic-stock.inquire-price')).toBe(true);
    expect(stand.requests).toEqual([]);
  });

  it('with a field that the API does not have is refused before anything is sent', async () => {
    const stand = kisStand();
    expect(await read(stand, { ...PRICE, params: { ...PRICE.params, PDNO: '1' } })).toMatchObject({
      code: 'KIS_PARAM_UNKNOWN',
      params: { name: 'PDNO' },
    });
    expect(await read(stand, { api: 'domestic-stock.no-such', params: {} })).toMatchObject({ code: 'KIS_API_UNKNOWN' });
    expect(stand.requests).toEqual([]);
  });
});

describe('bad input', () => {
  const HALF = raw('{"rt_cd":"0","out');
  it.each<readonly [string, Reply, string]>([
    ['HTML', raw('<!doctype html>', { status: 200 }), '웹 페이지'],
    ['half a JSON', HALF, '중간에 끊겼습니다'],
    ['an empty body', raw(''), '빈 답'],
    ['a list', raw('[]'), '알아볼 수 없는'],
    ['plain text', raw('Service Unavailable', { status: 503 }), '알아볼 수 없는'],
    ['no envelope', json({ hello: 1 }), '알아볼 수 없는'],
    ['a failure without reason', json({ rt_cd: '0' }, { status: 500 }), '이유 없이'],
    ['a proxy that wants a login', raw('<html>', { status: 407 }), '프록시'],
    ['a redirect', raw('', { status: 301 }), '다른 주소'],
    ['a refusal in words only', refusal('XXXX0001', '  거래가 제한된 계좌입니다.  '), '거래가 제한된 계좌입니다.'],
    ['a refusal without a word', refusal('XXXX0001', '   '), '이유를 밝히지 않고'],
  ])('%s is told in one clear sentence', async (_, reply, part) => {
    const stand = kisStand({ limits: { tries: 1 } });
    stand.reply = () => reply;
    expectClear(await read(stand), part);
  });

  it.each<readonly [TransportFault, string]>([
    ['offline', '인터넷'],
    ['refused', '연결을 받지 않습니다'],
    ['proxy', '프록시'],
    ['tls', '인증서'],
    ['timeout', '기다리는 시간'],
    ['cut', '끊겼습니다'],
    ['tooLarge', '너무 커서'],
    ['locked', '127.0.0.1:1'],
  ])('a line that is %s is told in one clear sentence', async (fault, part) => {
    const stand = kisStand({ limits: { tries: 1 } });
    stand.reply = () => new TransportError(fault, false);
    expectClear(await read(stand), part);
  });

  it.each<readonly [string, string, string]>([
    ['wrong', 'EGW00103', '앱키가 맞지 않습니다'],
    ['swapped or revoked', 'EGW00105', '앱시크릿이 맞지 않습니다'],
    ['without rights', 'EGW00206', '권한이 없습니다'],
  ])('keys that are %s are told in one clear sentence', async (_, code, part) => {
    const stand = kisStand();
    stand.issue = () => json({ error_code: code, error_description: 'x' }, { status: 403 });
    expectClear(await read(stand), part);
    expect(stand.calls).toEqual([]);
  });

  it.each<readonly [string, Partial<KisKeys>, string]>([
    ['an account with letters', { accountNo: '12a45678' }, '계좌번호'],
    ['a short account', { accountNo: '1234567' }, '계좌번호'],
    ['a product code with letters', { productCode: 'AB' }, '상품코드'],
    ['a key in Hangul', { appKey: '가나다' }, 'API 키'],
    ['a secret with a line break', { appSecret: 'a\nb' }, 'API 키'],
  ])('%s is told in one clear sentence and never sent', async (_, wrong, part) => {
    const stand = kisStand({ keys: { ...madeUpKeys(), ...wrong } });
    expectClear(await read(stand, BALANCE), part);
    expect(stand.requests).toEqual([]);
  });

  it('leaves nothing behind that would hold up the next call', async () => {
    const stand = kisStand({ limits: { tries: 1, inFlightLimit: 1 } });
    const broken = (): Reply => {
      throw new Error('a bug of the transport');
    };
    for (const reply of [() => HALF, () => new TransportError('timeout', true), () => refusal('X', 'y'), broken]) {
      stand.reply = reply;
      expect(((await read(stand)) as AppError).code).toMatch(/^KIS_/);
    }
    stand.reply = () => success();
    expect(await read(stand)).toMatchObject({ messageCode: 'MCA00000' });
  });
});

describe('the health facts', () => {
  it('count calls, waits, answers and errors by the broker’s code', async () => {
    const stand = kisStand({ limits: { tries: 1 } });
    await stand.rest.call(PRICE);
    expect(stand.rest.health()).toMatchObject({ callLimit: 20, waitingCalls: 0, restP50Ms: 0, errors: [] });
    expect(stand.rest.health().callsPerSecond).toBe(2);
    stand.reply = () => refusal('OPSQ2000', 'INVALID');
    await read(stand);
    await read(stand);
    stand.reply = () => new TransportError('cut', true);
    await read(stand);
    expect(stand.rest.health().callsPerSecond).toBe(0);
    expect(stand.rest.health().errors).toMatchObject([
      { code: 'KIS_NO_ANSWER', count: 1 },
      { code: 'OPSQ2000', count: 2, textKo: '계좌번호가 이 키의 계좌와 맞지 않습니다. (OPSQ2000)' },
    ]);
  });
});
