/** The gateway of the offline KIS: keys, tokens, limits, TR ids, accounts, and the form of refusals. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmulator, PlainClient, type TestEmulator } from '#test/support/emulator.ts';
import errors from '#test/fixtures/kis/rest.errors.json' with { type: 'json' };
import token from '#test/fixtures/kis/auth.token.json' with { type: 'json' };

const PRICE = '/uapi/domestic-stock/v1/quotations/inquire-price';
const PRICE_QUERY = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };

describe('the gateway, real', () => {
  let at: TestEmulator;
  let me: PlainClient;
  beforeAll(async () => {
    at = await openEmulator('real');
    me = new PlainClient(at.emulator);
  });
  afterAll(() => at.emulator.close());
  /** Lets a second go by, so that no test meets the limit of another. */
  const rest = (): Promise<void> => at.time.advance(1_000);
  const login = (change: Record<string, string>) => {
    const { appKey: appkey, appSecret: appsecret } = at.emulator.facts;
    return me.post('/oauth2/tokenP', { grant_type: 'client_credentials', appkey, appsecret, ...change });
  };

  it('has keys of real length', () => {
    const { appKey, appSecret, account } = at.emulator.facts;
    expect([appKey.length, appSecret.length]).toEqual([36, 180]);
    expect(account).toMatch(/^\d{8}-01$/);
  });

  it('gives one token for six hours, one a minute, and refuses wrong keys each with its code', async () => {
    const first = await login({});
    expect(Object.keys(first.json).sort()).toEqual(Object.keys(token.response).sort());
    expect(first.json).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 });
    expect(first.json.access_token_token_expired).toMatch(/^2026-11-25 09:01:\d\d$/);
    const again = await login({});
    expect([again.status, again.json]).toEqual([403, errors.tokenIssueLimited.body]);
    await at.time.advance(60_000);
    expect((await login({})).json.access_token).toBe(first.json.access_token);
    await at.time.advance(60_000);
    const codes = [];
    for (const change of [
      { appkey: '' },
      { appkey: 'x' },
      { appsecret: '' },
      { appsecret: 'x' },
      { grant_type: 'x' },
    ]) {
      const said = await login(change);
      codes.push([said.status, said.json.error_code]);
    }
    expect(codes).toEqual([
      [403, 'EGW00102'],
      [403, 'EGW00103'],
      [403, 'EGW00104'],
      [403, 'EGW00105'],
      [403, 'EGW00116'],
    ]);
    me.token = first.json.access_token;
  });

  it('answers in the envelope, whatever the case of the query, and refuses by code and status', async () => {
    await rest();
    const lower = { fid_cond_mrkt_div_code: 'J', fid_input_iscd: '005930' };
    const said = await me.get(PRICE, 'FHKST01010100', lower);
    expect(said.json).toMatchObject({ rt_cd: '0', msg_cd: 'MCA00000' });
    expect(said.headers).toMatchObject({ tr_id: 'FHKST01010100', tr_cont: '' });
    // The server's clock is the market's.
    expect(said.headers['date']).toMatch(/^Tue, 24 Nov 2026 00:01:\d\d GMT$/);
    const cases: readonly [Record<string, string>, number, string][] = [
      [{ authorization: '' }, 500, 'EGW00122'],
      [{ authorization: 'Basic x' }, 500, 'EGW00205'],
      [{ authorization: 'Bearer x.y.z' }, 500, 'EGW00121'],
      [{ appkey: 'P'.repeat(36) }, 500, 'EGW00103'],
      [{ custtype: 'Q' }, 500, 'EGW00208'],
      [{ tr_id: 'FHKST01010999' }, 200, 'OPSQ0002'],
      [{ tr_id: 'VTTC0012U' }, 200, 'OPSQ0002'],
    ];
    for (const [headers, status, code] of cases) {
      const refused = await me.get(PRICE, 'FHKST01010100', PRICE_QUERY, headers);
      expect([refused.status, refused.json.msg_cd, code]).toEqual([status, code, code]);
      expect(refused.json.rt_cd).not.toBe('0');
    }
    const field = await me.get(PRICE, 'FHKST01010100', { FID_COND_MRKT_DIV_CODE: 'J' });
    expect(field.json).toMatchObject({ msg_cd: 'OPSQ2001', msg1: 'ERROR INPUT FIELD NOT FOUND [FID_INPUT_ISCD]' });
    const wrongMarket = await me.get(PRICE, 'FHKST01010100', { ...PRICE_QUERY, FID_COND_MRKT_DIV_CODE: 'ZZ' });
    expect(wrongMarket.json.msg_cd).toBe('OPSQ2001');
    const stranger = await me.order('TTTC0012U', { CANO: '11112222' });
    expect([stranger.status, stranger.json.msg_cd]).toEqual([200, 'OPSQ2000']);
  });

  it('knows a wrong content type, broken JSON and a wrong hashkey', async () => {
    await rest();
    const path = '/uapi/domestic-stock/v1/trading/order-cash';
    const headers = me.headers('TTTC0012U');
    const text = await me.post(path, {}, { ...headers, 'content-type': 'text/plain' });
    expect(text.json.msg_cd).toBe('EGW00132');
    const type = { 'content-type': 'application/json' };
    const broken = await me.send({ method: 'POST', url: path, headers: { ...headers, ...type }, body: '{' });
    expect(broken.json.msg_cd).toBe('OPSQ9997');
    const body = { ...me.account, PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '70000' };
    const { appKey: appkey, appSecret: appsecret } = at.emulator.facts;
    const { HASH } = (await me.post('/uapi/hashkey', body, { appkey, appsecret })).json;
    expect(HASH).toMatch(/^[0-9a-f]{64}$/);
    expect((await me.post(path, body, { ...headers, hashkey: HASH })).json.rt_cd).toBe('0');
    expect((await me.post(path, { ...body, ORD_QTY: '2' }, { ...headers, hashkey: HASH })).json.msg_cd).toBe(
      'EGW00131',
    );
  });

  it('lets 20 calls through in any second and no more', async () => {
    await rest();
    const codes = [];
    for (let i = 0; i < 21; i += 1) codes.push((await me.get(PRICE, 'FHKST01010100', PRICE_QUERY)).json.msg_cd);
    expect(codes.filter((code) => code === 'MCA00000')).toHaveLength(20);
    expect(codes.at(-1)).toBe(errors.rateLimited.body.msg_cd);
    await at.time.advance(999);
    expect((await me.get(PRICE, 'FHKST01010100', PRICE_QUERY)).status).toBe(errors.rateLimited.http);
    await at.time.advance(1);
    expect((await me.get(PRICE, 'FHKST01010100', PRICE_QUERY)).status).toBe(200);
  });

  it('ends a token by time and by hand', async () => {
    await rest();
    at.emulator.faults.server({ kind: 'expireTokens' });
    const expired = await me.get(PRICE, 'FHKST01010100', PRICE_QUERY);
    expect([expired.status, expired.json]).toEqual([errors.tokenExpired.http, errors.tokenExpired.body]);
    await me.login();
    const { appKey: appkey, appSecret: appsecret } = at.emulator.facts;
    const revoked = await me.post('/oauth2/revokeP', { appkey, appsecret, token: me.token });
    expect(revoked.json.code).toBe(200);
    expect((await me.get(PRICE, 'FHKST01010100', PRICE_QUERY)).json.msg_cd).toBe('EGW00121');
  });
});

describe('the gateway, paper', () => {
  it('takes paper ids and KRX only, refuses what paper lacks, and has its own code for limits', async () => {
    const at = await openEmulator('paper', { settings: { callsPerSecond: 100 } });
    try {
      const me = await new PlainClient(at.emulator).login();
      expect((await me.order('TTTC0012U', {})).json.msg_cd).toBe('EGW00213');
      const lacks = await me.get('/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl', 'TTTC0084R', {
        ...me.account,
        INQR_DVSN_1: '0',
        INQR_DVSN_2: '0',
        CTX_AREA_FK100: '',
        CTX_AREA_NK100: '',
      });
      expect([lacks.status, lacks.json.msg_cd]).toEqual([500, 'EGW00213']);
      const priced = { ORD_UNPR: '70000' };
      expect((await me.order('VTTC0012U', { ...priced, EXCG_ID_DVSN_CD: 'NXT' })).json.rt_cd).toBe('1');
      expect((await me.order('VTTC0012U', { ORD_UNPR: '91400' })).json.msg_cd).toBe('40270000');
      expect((await me.order('VTTC0802U', priced)).json.rt_cd).toBe('0');
      expect((await me.order('VTTC0012U', { ...priced, EXCG_ID_DVSN_CD: 'KRX' })).json.rt_cd).toBe('0');
    } finally {
      await at.emulator.close();
    }
  });
});
