/** Planted secrets must not survive, and what helps to find a fault must. */
import { describe, expect, it } from 'vitest';
import { redactFacts, scrubText } from '#core/platform/index.ts';
import { CANARIES } from '../../support/canaries.ts';

describe('facts', () => {
  it('hide the values of secret keys at any depth, in any spelling', () => {
    const facts = redactFacts({
      token: 'a',
      access_token: 'b',
      appKey: 'c',
      'app-secret': 'd',
      approval_key: 'e',
      Authorization: 'f',
      session: 'g',
      password: 'h',
      nested: { list: [{ appsecret: 'i', fine: 1 }] },
    });
    expect(JSON.stringify(facts)).not.toMatch(/"[a-i]"/);
    expect(facts).toMatchObject({ nested: { list: [{ fine: 1 }] } });
  });

  it('keep two digits of an account number', () => {
    expect(redactFacts({ CANO: '50123456', acnt_prdt_cd: '01', accountNo: 50_123_456 })).toEqual({
      CANO: '50******',
      acnt_prdt_cd: '01******',
      accountNo: '50******',
    });
  });

  it('keep what is not secret', () => {
    const facts = {
      orderId: '01JQZ4Y6ZK5X3N8T7V2W9R4M1B',
      code: 'GUARD_LOT',
      price: 70_100,
      hash: 'a'.repeat(32) + '0'.repeat(32),
      accountId: 'main',
    };
    expect(redactFacts(facts)).toEqual(facts);
    expect(scrubText(JSON.stringify(facts))).toBe(JSON.stringify(facts));
  });

  it('survive rings, depth, size and odd values', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring['self'] = ring;
    const facts = redactFacts({
      ring,
      many: Array.from({ length: 1_000 }, (_, place) => place),
      wide: Object.fromEntries(Array.from({ length: 1_000 }, (_, place) => [`k${place}`, place])),
      long: 'x'.repeat(100_000),
      big: 1n,
      call: () => 1,
      bytes: new Uint8Array(3),
      map: new Map([['token', 'hidden']]),
      set: new Set([1]),
      nothing: null,
      missing: undefined,
    });
    const text = JSON.stringify(facts);
    expect(text.length).toBeLessThan(30_000);
    expect(text).not.toContain('hidden');
    expect(facts).toMatchObject({ big: '1', call: '[function]', bytes: '[3 bytes]', set: [1], nothing: null });
  });

  it('keep the stack of an error and of its cause, without their secrets', () => {
    const cause = Object.assign(new Error('inner'), { appsecret: 'hidden' });
    const text = JSON.stringify(redactFacts({ error: new Error('outer', { cause }) }));
    expect(text).toContain('outer');
    expect(text).toContain('inner');
    expect(text).toContain('redact.test.ts');
    expect(text).not.toContain('hidden');
  });
});

describe('text', () => {
  it.each(Object.entries(CANARIES))('hides %s, however it is wrapped', (_, canary) => {
    for (const wrapped of [
      canary,
      `before ${canary} after`,
      JSON.stringify({ message: canary }),
      JSON.stringify({ body: JSON.stringify({ deep: canary }) }),
      `https://host/path?x=${encodeURIComponent(canary)}&y=1`,
    ]) {
      expect(scrubText(wrapped)).not.toContain(canary);
    }
  });

  it.each(['short1', 'pass-word-2'])('hides %s where its name says it is secret', (value) => {
    for (const wrapped of [
      `appsecret=${value}`,
      `"access_token":"${value}"`,
      JSON.stringify({ a: `{"token": "${value}"}` }),
      `Authorization: Bearer ${value}`,
      `#token=${value}`,
    ]) {
      expect(scrubText(wrapped)).not.toContain(value);
    }
  });

  it('shortens account numbers', () => {
    expect(scrubText('계좌 50123456-01 주문')).toBe('계좌 50****** 주문');
    expect(scrubText('2026-03-04 20260304 005930 71708-01')).toBe('2026-03-04 20260304 005930 71708-01');
  });

  it('leaves stacks, paths, hashes and our ids readable', () => {
    for (const text of [
      'at Session.#receive (file:///opt/maru/electron/platform/logger.ts:10:5)',
      '/opt/maru/node_modules/better-sqlite3/build/Release/better_sqlite3.node',
      'hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      'trace 01JQZ4Y6ZK5X3N8T7V2W9R4M1B',
      '주문을 접수했습니다: KRX:005930 70,100원 10주',
    ]) {
      expect(scrubText(text)).toBe(text);
    }
  });
});
