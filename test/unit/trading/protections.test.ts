/** Protections: what each lets pass and what it stops, for how long, and the one typed word that lets an order past. */
import { describe, expect, it } from 'vitest';
import { Protections, type NewProtection, type ProtectedOrder } from '#core/trading/protections.ts';
import type { ProtectionKind } from '#shared/domain/index.ts';
import { envelope } from '#shared/errors/index.ts';
import { issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';

const NOW = 1_785_888_000_000;
const issue = issueFacts();
const order = (change: Partial<ProtectedOrder> = {}): ProtectedOrder => ({
  accountId: 'A1',
  instrumentId: SAMSUNG,
  side: 'buy',
  type: 'limit',
  price: 10_000,
  automated: false,
  ...change,
});
const wish = (kind: ProtectionKind, change: Partial<NewProtection> = {}): NewProtection => ({
  protectionId: kind,
  kind,
  whyKo: '까닭',
  whyEn: 'why',
  instrumentId: SAMSUNG,
  fromTs: NOW,
  forMs: 30_000,
  ...change,
});

function standing(kind: ProtectionKind, change: Partial<NewProtection> = {}) {
  const protections = new Protections();
  protections.put(wish(kind, change));
  const code = (asked: Partial<ProtectedOrder> = {}, ms = 0, orderId: string | null = 'o1'): string | null => {
    const denial = protections.denial(order(asked), { orderId, issue, now: NOW + ms });
    if (denial) expect(envelope(denial.code, denial.params).messageKo).not.toContain('—');
    return denial?.code ?? null;
  };
  return { protections, code };
}

describe('a protection', () => {
  it('stops what it is about, and that alone', () => {
    expect(standing('collar').code({ type: 'market', price: null })).toBe('GUARD_COLLARED');
    expect(standing('collar').code()).toBeNull();
    expect(standing('auction').code({ type: 'market', price: null })).toBe('GUARD_AUCTION_MODE');
    expect(standing('auction').code()).toBeNull();
    expect(standing('cooling', { buysOnly: true }).code()).toBe('GUARD_COOLING');
    expect(standing('cooling', { buysOnly: true }).code({ side: 'sell' })).toBeNull();
    expect(standing('freeze').code({ automated: true })).toBe('GUARD_FROZEN');
    expect(standing('freeze').code()).toBeNull();
    expect(standing('block').code({ instrumentId: 'KRX:000660' })).toBeNull();
  });

  it('is over by itself, and by hand', () => {
    const timed = standing('block');
    expect(timed.code()).toBe('GUARD_BLOCKED');
    expect(timed.code({}, 30_000)).toBeNull();
    const lifted = standing('block');
    expect(lifted.protections.lift('block')).toBe(true);
    expect(lifted.code()).toBeNull();
    expect(lifted.protections.lift('block')).toBe(false);
  });

  it('that blocks lets one order past by a typed word, once', () => {
    const { protections, code } = standing('block');
    protections.allow({ accountId: 'A1', instrumentId: SAMSUNG }, NOW);
    expect(code()).toBeNull();
    protections.passed(order());
    expect(code()).toBe('GUARD_BLOCKED');
  });
});
