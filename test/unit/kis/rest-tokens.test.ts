/** Access tokens and approval keys: one issue at a time, kept, renewed in time, never asked for too often. */
import { describe, expect, it } from 'vitest';
import { createMemoryTokenStore, type KisCall } from '#core/broker/kis/index.ts';
import { parseKstText } from '#core/broker/kis/rest/token-keeper.ts';
import type { AppError } from '#shared/errors/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { json, kisStand, madeUpKeys, refusal, success } from '#test/support/kis-stand.ts';

const PRICE: KisCall = {
  api: 'domestic-stock.inquire-price',
  params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};
const HOUR_MS = 3_600_000;

const tokenOf = (request: { readonly headers: Readonly<Record<string, string>> } | undefined): string | undefined =>
  request?.headers['authorization'];

async function failed(promise: Promise<unknown>): Promise<AppError> {
  return promise.then(
    () => Promise.reject(new Error('it went through')),
    (error: unknown) => error as AppError,
  );
}

const guardRefusal = () =>
  json(
    { error_code: 'EGW00133', error_description: '접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)' },
    { status: 403 },
  );

describe('an access token', () => {
  it('is asked for in the broker’s own words, once for all who wait', async () => {
    const stand = kisStand();
    const all = Promise.all(Array.from({ length: 100 }, () => stand.rest.call(PRICE)));
    await stand.time.advance(8_000);
    await all;
    expect(stand.issues).toHaveLength(1);
    const [issue] = stand.issues;
    expect(issue?.url).toBe('http://127.0.0.1:1/oauth2/tokenP');
    expect(Object.keys(issue?.headers ?? {})).toEqual(['content-type']);
    expect(JSON.parse(issue?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      appkey: stand.keys.appKey,
      appsecret: stand.keys.appSecret,
    });
  });

  it('is kept: a client opened again with the same keys issues none, one with other keys does', async () => {
    const tokenStore = createMemoryTokenStore();
    const time = createFakeTime();
    const first = kisStand({ tokenStore, time });
    await first.rest.call(PRICE);
    const again = kisStand({ tokenStore, time });
    await again.rest.call(PRICE);
    expect(again.issues).toHaveLength(0);
    expect(tokenOf(again.calls[0])).toBe('Bearer token-1');
    const otherKey = kisStand({ tokenStore, time, keys: madeUpKeys(2) });
    await otherKey.rest.call(PRICE);
    expect(otherKey.issues).toHaveLength(1);
    const otherEnvironment = kisStand({ tokenStore, time, environment: 'paper' });
    await otherEnvironment.rest.call(PRICE);
    expect(otherEnvironment.issues).toHaveLength(1);
  });

  it('is renewed before its end while the old one is still used', async () => {
    const stand = kisStand();
    await stand.rest.call(PRICE);
    await stand.time.advance(23 * HOUR_MS);
    await stand.rest.call(PRICE);
    expect(stand.issues).toHaveLength(1);
    await stand.time.advance(HOUR_MS - 300_000);
    await stand.rest.call(PRICE);
    await stand.time.settle();
    expect(stand.issues).toHaveLength(2);
    await stand.rest.call(PRICE);
    expect(stand.calls.map(tokenOf)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('ends by the server’s clock, though ours is nine hours behind', async () => {
    const stand = kisStand();
    const ahead = 9 * HOUR_MS;
    stand.issue = () =>
      json(
        {
          access_token: `token-${stand.issues.length}`,
          access_token_token_expired: kst(stand.time.clock.now() + ahead + HOUR_MS),
        },
        { headers: { date: new Date(stand.time.clock.now() + ahead).toUTCString() } },
      );
    await stand.rest.call(PRICE);
    expect(stand.rest.tokenFacts()).toMatchObject({ state: 'valid' });
    expect(stand.rest.tokenFacts().expiresInMs).toBeGreaterThan(HOUR_MS - 2_000);
    expect(stand.rest.tokenFacts().expiresInMs).toBeLessThanOrEqual(HOUR_MS);
    await stand.time.advance(HOUR_MS + 1_000);
    await stand.rest.call(PRICE);
    expect(stand.issues).toHaveLength(2);
  });

  it.each(['EGW00121', 'EGW00122', 'EGW00123'])(
    'that is refused with %s is dropped once and the read asked again',
    async (code) => {
      const stand = kisStand();
      stand.reply = (request) => (tokenOf(request) === 'Bearer token-1' ? refusal(code, 'token', 500) : success());
      await stand.rest.ensureToken();
      await stand.time.advance(61_000);
      const all = Promise.all(Array.from({ length: 5 }, () => stand.rest.call(PRICE)));
      await stand.time.advance(3_000);
      await all;
      expect(stand.issues).toHaveLength(2);
      expect(stand.calls).toHaveLength(10);
    },
  );

  it('that is refused again after a new one was issued is an error, not a loop', async () => {
    const stand = kisStand();
    stand.reply = () => refusal('EGW00123', '기간이 만료된 token 입니다.', 200);
    await stand.rest.ensureToken();
    await stand.time.advance(61_000);
    const error = await failed(stand.rest.call(PRICE));
    expect(error.params['code']).toBe('EGW00123');
    expect(stand.issues).toHaveLength(2);
    expect(stand.calls).toHaveLength(2);
  });

  it('is given back on demand', async () => {
    const stand = kisStand();
    expect(await stand.rest.revokeToken()).toBe(false);
    await stand.rest.ensureToken();
    expect(await stand.rest.revokeToken()).toBe(true);
    expect(JSON.parse(stand.requests.at(-1)?.body ?? '')).toEqual({
      appkey: stand.keys.appKey,
      appsecret: stand.keys.appSecret,
      token: 'token-1',
    });
    expect(stand.rest.tokenFacts().state).toBe('waiting');
    await stand.time.advance(61_000);
    expect(stand.rest.tokenFacts().state).toBe('none');
  });
});

describe('a token store that fails', () => {
  it('costs nothing in this run', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('the keychain is shut'));
    const stand = kisStand({ tokenStore: { load: broken, save: broken, remove: broken } });
    await stand.rest.call(PRICE);
    await stand.rest.call(PRICE);
    expect(stand.issues).toHaveLength(1);
    await stand.time.advance(61_000);
    stand.reply = (request) => (tokenOf(request) === 'Bearer token-1' ? refusal('EGW00123', 'token', 500) : success());
    await stand.rest.call(PRICE);
    expect(stand.issues).toHaveLength(2);
  });

  it('keeps no token that the broker does not know any more', async () => {
    const stand = kisStand();
    const grant = stand.issue;
    await stand.rest.ensureToken();
    stand.issue = (request) =>
      request.url.endsWith('revokeP')
        ? json({ error_code: 'EGW00121', error_description: 'x' }, { status: 403 })
        : grant(request);
    expect(await stand.rest.revokeToken()).toBe(false);
    expect(stand.rest.tokenFacts().state).toBe('waiting');
  });
});

describe('the guard of a minute', () => {
  it('is known after an issue: nobody asks again before, and it is told how long', async () => {
    const stand = kisStand();
    await stand.rest.ensureToken();
    expect(stand.rest.tokenFacts()).toMatchObject({ state: 'valid', guardMs: 60_000 });
    stand.reply = (request) => (tokenOf(request) === 'Bearer token-1' ? refusal('EGW00121', 'token', 500) : success());
    await stand.time.advance(10_000);
    const error = await failed(stand.rest.call(PRICE));
    expect(error).toMatchObject({ code: 'KIS_TOKEN_GUARD', params: { seconds: 50 } });
    expect(stand.rest.tokenFacts()).toMatchObject({ state: 'waiting', guardMs: 50_000 });
    expect(stand.issues).toHaveLength(1);
    // It asks by itself once it may.
    await stand.time.advance(51_000);
    expect(stand.rest.tokenFacts().state).toBe('valid');
    expect(stand.issues).toHaveLength(2);
  });

  it('is learnt from the broker where another program has just taken one', async () => {
    const stand = kisStand();
    const grant = stand.issue;
    stand.issue = () => (stand.issues.length === 1 ? guardRefusal() : grant(stand.issues[0]!));
    const error = await failed(stand.rest.call(PRICE));
    expect(error).toMatchObject({ code: 'KIS_UNAVAILABLE', params: { code: 'EGW00133' } });
    await stand.time.advance(30_000);
    expect((await failed(stand.rest.call(PRICE))).code).toBe('KIS_TOKEN_GUARD');
    expect(stand.issues).toHaveLength(1);
    await stand.time.advance(31_000);
    expect(stand.issues).toHaveLength(2);
    await stand.rest.call(PRICE);
  });

  it('holds over a restart', async () => {
    const tokenStore = createMemoryTokenStore();
    const time = createFakeTime();
    await kisStand({ tokenStore, time }).rest.ensureToken();
    const again = kisStand({ tokenStore, time });
    again.reply = () => refusal('EGW00121', 'token', 500);
    expect((await failed(again.rest.call(PRICE))).code).toBe('KIS_TOKEN_GUARD');
    expect(again.issues).toHaveLength(0);
  });

  it('keeps wrong keys from being tried again and again', async () => {
    const stand = kisStand();
    stand.issue = () =>
      json({ error_code: 'EGW00103', error_description: '유효하지 않은 AppKey입니다.' }, { status: 403 });
    const errors = await Promise.all(Array.from({ length: 20 }, () => failed(stand.rest.call(PRICE))));
    expect(new Set(errors.map((error) => error.params['code']))).toEqual(new Set(['EGW00103']));
    expect((await failed(stand.rest.call(PRICE))).params['code']).toBe('EGW00103');
    expect(stand.issues).toHaveLength(1);
    await stand.time.advance(10_001);
    await failed(stand.rest.call(PRICE));
    expect(stand.issues).toHaveLength(2);
  });
});

describe('the approval key', () => {
  it('is asked for with secretkey, kept for a day, and anew once it was dropped', async () => {
    const stand = kisStand();
    const keys = await Promise.all([stand.rest.approvalKey(), stand.rest.approvalKey()]);
    expect(keys).toEqual(['approval-1', 'approval-1']);
    expect(JSON.parse(stand.requests[0]?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      appkey: stand.keys.appKey,
      secretkey: stand.keys.appSecret,
    });
    await stand.time.advance(23 * HOUR_MS);
    expect(await stand.rest.approvalKey()).toBe('approval-1');
    await stand.time.advance(HOUR_MS);
    expect(await stand.rest.approvalKey()).toBe('approval-2');
    stand.rest.dropApprovalKey();
    expect(await stand.rest.approvalKey()).toBe('approval-3');
  });
});

describe('the hashkey', () => {
  it('is had for a body', async () => {
    const stand = kisStand();
    stand.issue = () => json({ BODY: { CANO: '1' }, HASH: 'f'.repeat(64) });
    expect(await stand.rest.hashKey({ PDNO: '005930' })).toBe('f'.repeat(64));
    expect(stand.requests[0]?.headers).toMatchObject({ appkey: stand.keys.appKey });
  });
});

describe('secrets', () => {
  it('stand in no log line, error, address or health fact', async () => {
    const stand = kisStand();
    stand.reply = () => refusal('EGW00201', '초과', 500);
    const reading = failed(stand.rest.call(PRICE));
    await stand.time.advance(60_000);
    const error = await reading;
    const told = JSON.stringify([
      stand.log,
      error,
      error.message,
      stand.rest.health(),
      stand.requests.map(({ url }) => url),
    ]);
    for (const secret of [stand.keys.appKey, stand.keys.appSecret, stand.keys.accountNo, 'token-1'])
      expect(told).not.toContain(secret);
    expect(stand.log.length).toBeGreaterThan(0);
  });
});

function kst(ms: number): string {
  return new Date(ms + 9 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');
}

describe('the end of a token', () => {
  it('is read in Korean time', () => {
    expect(parseKstText('2026-03-05 09:00:00')).toBe(Date.UTC(2026, 2, 5));
    expect(parseKstText('2026-13-05 09:00:00')).toBeNull();
    expect(parseKstText('soon')).toBeNull();
  });
});
