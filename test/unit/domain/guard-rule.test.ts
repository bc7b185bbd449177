/** Each guard rule: who is denied, with which code and numbers, and who passes. */
import { THREAT_CATALOG } from '#shared/errors/threat-catalog.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_GUARD_SETTINGS, fittingQuantity, GUARD_RULES, judgeDraft } from '#shared/domain/index.ts';
import { CATALOG, envelope, type ErrorCode } from '#shared/errors/index.ts';
import { chargesOn } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { issueFacts } from '#test/support/desk-stand.ts';
import {
  DENIED,
  judge,
  NOTED,
  notesOf,
  ORDER,
  PASSED,
  refused,
  sell,
  TAKEN,
  type Case,
} from '#test/support/guard-cases.ts';
import { FOREIGN_DENIED, FOREIGN_NOTED } from '#test/support/foreign-guard-cases.ts';
import { CREDIT_DENIED, CREDIT_PASSED } from '#test/support/credit-guard-cases.ts';
import { PRODUCT_DENIED, PRODUCT_PASSED } from '#test/support/product-guard-cases.ts';

describe('the guard rules', () => {
  it.each([...DENIED, ...FOREIGN_DENIED, ...PRODUCT_DENIED, ...CREDIT_DENIED])(
    'deny %s',
    (_name, given, code, params) => {
      expect(judge(given)).toEqual({ code, params });
    },
  );

  it.each([...NOTED, ...FOREIGN_NOTED])('note, without denying, %s', (_name, given, code) => {
    expect(judge(given)).toBeNull();
    expect(notesOf(given).map((note) => note.code)).toEqual([code]);
  });

  it.each([...PASSED, ...PRODUCT_PASSED, ...CREDIT_PASSED])('pass %s', (_name, given) => {
    expect(judge(given)).toBeNull();
  });

  it('raise every guard code of the catalogue, with all its numbers', () => {
    const raised = new Map(
      [...DENIED, ...FOREIGN_DENIED, ...PRODUCT_DENIED, ...CREDIT_DENIED]
        .map(([, given]) => judge(given))
        .flatMap((denial) => (denial ? [[denial.code, denial.params]] : [])),
    );
    for (const { code, params } of [...NOTED, ...FOREIGN_NOTED].flatMap(([, given]) => notesOf(given)))
      raised.set(code, params);
    // Those of protections are no rules: they stand for a while, and are judged apart (protections.test.ts).
    const codes = (Object.keys(CATALOG) as ErrorCode[]).filter(
      (code) => code.startsWith('GUARD_') && !(code in THREAT_CATALOG),
    );
    expect(codes.filter((code) => !raised.has(code))).toEqual([]);
    for (const [code, params] of raised) {
      const { messageKo, actionKo } = envelope(code, params);
      expect(messageKo + actionKo).not.toContain('—');
    }
  });

  it('judge a replace by market and money, not by quantity, repetition or doubt', () => {
    const replace = (given: Case): ErrorCode | undefined =>
      judge({ ...given, order: { kind: 'replace', ...given.order } })?.code;
    expect(replace({ order: { price: 10_007 } })).toBe('GUARD_TICK');
    expect(replace({ issue: { halted: true } })).toBe('GUARD_HALT');
    expect(replace({ facts: { powerKrw: 1 } })).toBe('GUARD_CASH');
    expect(replace({ facts: { tradingState: 'reducing' } })).toBe('GUARD_REDUCING');
    expect(replace({ facts: { sentInWindow: [5, 5] } })).toBe('GUARD_RATE');
    expect(replace({ facts: { kind: { ...TAKEN, nameKo: '중간가', canAmend: false } } })).toBe('GUARD_AMEND_TYPE');
    expect(replace({ facts: refused('HALTED') })).toBe('GUARD_HALT');
    // A stop that was reached does not count any more; its price is judged like any other.
    expect(replace({ order: { type: 'stopLimit', price: 12_010 } })).toBe('GUARD_COLLAR');
    expect(replace({ order: { type: 'stopLimit', price: 9_990 } })).toBeUndefined();
    expect(replace({ order: sell({ quantity: 320 }), facts: { held: 0 } })).toBeUndefined();
    expect(replace({ facts: { sameOrderAgoMs: 1, unconfirmed: true, exchangeQuantityCap: 1 } })).toBeUndefined();
  });

  it('only warn a draft of what will have passed', () => {
    const issue = issueFacts();
    const facts = {
      tradingState: 'active',
      locked: false,
      accountCurrency: 'KRW',
      accountProduct: 'stock',
      unit: { num: 1, den: 1 },
      issue,
      tick: { size: 10, below: 10_000, above: 10_000 },
      stopTick: null,
      kind: TAKEN,
      lot: { unit: 1, least: 1 },
      exchangeQuantityCap: null,
      powerKrw: 100_000_000,
      cashFor: (quantity: number) => 10_000 * quantity,
      held: 0,
      reserved: 0,
      sameOrderAgoMs: 100,
      sentInWindow: [5, 5],
      unconfirmed: true,
      settings: DEFAULT_GUARD_SETTINGS,
    } as const;
    const draft = judgeDraft(ORDER, facts);
    expect(draft.denial).toBeNull();
    expect(draft.warnings.map(({ code }) => code)).toEqual(['GUARD_DUPLICATE', 'GUARD_RATE', 'GUARD_UNCONFIRMED']);
    expect(judgeDraft({ ...ORDER, quantity: 1_000_000_000, price: 10_000 }, facts).denial?.code).toBe(
      'GUARD_QUANTITY_CAP',
    );
    expect(judgeDraft(ORDER, { ...facts, issue: undefined }).denial?.code).toBe('INSTRUMENT_UNKNOWN');
    expect(GUARD_RULES).toBe(27);
  });

  it('find the largest quantity that fits, commission included', () => {
    const date = sessionDate('2025-02-11');
    const price = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.constantFrom(1, 10, 100),
        (won, powerKrw, lot) => {
          const cashFor = (quantity: number): number => {
            const value = won * quantity;
            return value + chargesOn({ cumulativeValue: value, side: 'buy', market: 'KOSPI', date }).commissionKrw;
          };
          const bound = 1_000_000;
          const fit = fittingQuantity({ powerKrw, cashFor }, bound, lot);
          expect(fit % lot).toBe(0);
          expect(cashFor(fit)).toBeLessThanOrEqual(powerKrw);
          if (fit + lot <= bound) expect(cashFor(fit + lot)).toBeGreaterThan(powerKrw);
        },
      ),
    );
  });
});
