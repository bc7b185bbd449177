/** What a person enters for a connection: each field has its own sentence, and no value is ever in it. */
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../electron/app/connections/endpoint.ts';
import { checkAccount, maskAccount, readKeys } from '../../../electron/app/connections/entry.ts';
import { connectionIdOf } from '../../../electron/app/connections/connection-id.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { digits, letters, madeUpEntry } from '#test/support/made-up-keys.ts';

/** The sentence that an entry is refused with. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('CONNECTION_FIELD');
    return toEnvelope(error).messageKo;
  }
  throw new Error('it was taken');
}

describe('keys as entered', () => {
  it('are taken with what copying brings along', () => {
    const [appKey, appSecret] = [letters(36), letters(180)];
    const read = readKeys({
      appKey: ` ${appKey.slice(0, 10)}\n${appKey.slice(10)}\u200b`,
      appSecret: `"${appSecret}"`,
      account: '１２３４５６７８ – 01',
      htsId: '  ',
    });
    expect(read).toEqual({ appKey, appSecret, accountNo: '12345678', productCode: '01', htsId: null });
  });

  it('refuse a pension on paper, which has none, and take it on real', () => {
    for (const productCode of ['22', '29']) {
      expect(refusal(() => checkAccount('paper', { productCode }))).toContain('모의투자에는 연금 계좌가 없습니다');
      expect(() => checkAccount('real', { productCode })).not.toThrow();
    }
    expect(() => checkAccount('paper', { productCode: '01' })).not.toThrow();
  });

  it('say what is wrong with the app key and the secret', () => {
    const entry = madeUpEntry();
    const with_ = (changes: Partial<typeof entry>) => () => readKeys({ ...entry, ...changes });
    expect(refusal(with_({ appKey: '' }))).toBe('앱키(App Key): 비어 있습니다.');
    expect(refusal(with_({ appKey: letters(35) }))).toBe('앱키(App Key): 36자여야 하는데 35자입니다.');
    expect(refusal(with_({ appKey: '여기에 앱키를 넣으세요' }))).toContain('한글이나 쓸 수 없는 글자');
    expect(refusal(with_({ appKey: entry.appSecret }))).toContain('앱시크릿(App Secret)가 들어 있는 것 같습니다');
    expect(refusal(with_({ appSecret: letters(181) }))).toBe('앱시크릿(App Secret): 180자여야 하는데 181자입니다.');
  });

  it.each([
    ['12345678', '12345678', '01'],
    ['1234567803', '12345678', '03'],
    ['12345678-22', '12345678', '22'],
    [' 12345678 — 01 ', '12345678', '01'],
  ])('read the account %s', (account, accountNo, productCode) => {
    expect(readKeys(madeUpEntry({ account }))).toMatchObject({ accountNo, productCode });
  });

  it.each([
    ['', '비어 있습니다'],
    ['1234567A-01', '숫자가 아닌 글자'],
    ['O2345678-01', '숫자가 아닌 글자'],
    ['1234567-01', '8자리'],
    ['123456789-01', '8자리'],
    ['12345678-1', '8자리'],
    ['12345678-011', '8자리'],
  ])('refuse the account %s', (account, words) => {
    const told = refusal(() => readKeys(madeUpEntry({ account })));
    expect(told).toContain(words);
    if (account !== '') expect(told).not.toContain(account);
  });

  it('refuse an HTS id with blanks or Korean, and take one with $ and @', () => {
    expect(refusal(() => readKeys(madeUpEntry({ htsId: 'my id' })))).toBe('HTS ID: 빈칸이 들어 있습니다.');
    expect(refusal(() => readKeys(madeUpEntry({ htsId: '홍길동' })))).toContain('한글');
    expect(readKeys(madeUpEntry({ htsId: ' my@id$ ' })).htsId).toBe('my@id$');
  });
});

describe('addresses', () => {
  const emulator = { kind: 'paper', endpoint: 'emulator' } as const;

  it('of the offline KIS are on this computer', () => {
    expect(readAddress({ ...emulator, restUrl: 'http://localhost:9443/', wsUrl: 'ws://[::1]:21000/path' })).toEqual({
      restUrl: 'http://localhost:9443',
      wsUrl: 'ws://[::1]:21000',
    });
    for (const restUrl of ['http://openapi.example:9443', 'http://127.0.0.1.example', 'http://10.0.0.1:9443']) {
      expect(refusal(() => readAddress({ ...emulator, restUrl, wsUrl: 'ws://127.0.0.1' }))).toContain(
        '이 컴퓨터의 주소',
      );
    }
    expect(refusal(() => readAddress({ ...emulator, restUrl: 'http://me:pw@127.0.0.1', wsUrl: null }))).not.toContain(
      'pw',
    );
    expect(refusal(() => readAddress({ ...emulator, restUrl: 'ftp://127.0.0.1', wsUrl: null }))).toContain('http:');
    expect(refusal(() => readAddress({ ...emulator, restUrl: null, wsUrl: null }))).toContain('비어 있습니다');
  });

  it('of the broker come from the resources, and cannot be typed', () => {
    const official = { kind: 'real', endpoint: 'official', restUrl: null, wsUrl: null } as const;
    expect(readAddress(official).restUrl).toMatch(/^https:\/\//);
    expect(readAddress({ ...official, kind: 'paper' })).not.toEqual(readAddress(official));
    expect(refusal(() => readAddress({ ...official, restUrl: 'https://127.0.0.1' }))).toContain('공식 서버');
  });
});

describe('the name of a connection', () => {
  const facts = { kind: 'paper', restUrl: 'http://127.0.0.1:9443', accountNo: digits(8), productCode: '01' } as const;

  it('is the same for the same account, whatever port the offline KIS has, and shows no account number', () => {
    const id = connectionIdOf(facts);
    expect(id).toMatch(/^paper-[0-9a-f]{12}$/);
    expect(connectionIdOf({ ...facts, restUrl: 'http://localhost:1' })).toBe(id);
    expect(id).not.toContain(facts.accountNo);
    const others = [
      { ...facts, kind: 'real' },
      { ...facts, productCode: '03' },
      { ...facts, accountNo: digits(8) },
      { ...facts, restUrl: 'https://elsewhere.example:9443' },
    ] as const;
    expect(new Set([id, ...others.map(connectionIdOf)]).size).toBe(5);
    expect(maskAccount(facts)).toBe(`${facts.accountNo.slice(0, 2)}******-01`);
  });
});
