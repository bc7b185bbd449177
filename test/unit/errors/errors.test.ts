/** Every error has a Korean sentence, a next step, and fills its numbers. */
import { describe, expect, it } from 'vitest';
import { AppError, CATALOG, envelope, groupDigits, toEnvelope } from '#shared/errors/index.ts';

describe('error catalogue', () => {
  it('has words in Korean that end as sentences', () => {
    for (const [code, entry] of Object.entries(CATALOG)) {
      // Sentences that are given whole: the broker's codes (resources/kis/error-codes.json) and the fields of a connection
      // have their words, and tests of them, where they are made.
      if (entry.ko === '{ko} ({code})' || entry.ko === '{field}: {why}') continue;
      expect(entry.ko, code).toMatch(/[가-힣]/);
      expect(entry.action, code).toMatch(/[가-힣].*\.$/s);
    }
  });

  it('fills numbers with thousands commas and marks what is missing', () => {
    expect(envelope('GUARD_CASH', { short: 1_204_310, fit: 128 }).messageKo).toBe(
      '주문 가능 금액이 1,204,310원 모자랍니다.',
    );
    expect(envelope('GUARD_CASH').messageKo).toContain('—');
    expect(groupDigits(-1234567.5)).toBe('−1,234,567.5');
  });

  it('hides what is not ours behind one code and the trace id', () => {
    const crossed = toEnvelope(new TypeError('secret detail'), 't-1');
    expect(crossed.code).toBe('INTERNAL_BUG');
    expect(JSON.stringify(crossed)).not.toContain('secret');
    expect(crossed.traceId).toBe('t-1');
    expect(toEnvelope(new AppError('DISK_FULL')).family).toBe('unavailable');
  });
});
