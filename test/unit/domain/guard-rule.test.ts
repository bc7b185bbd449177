/** Each guard rule: who is denied, with which code and numbers, and who passes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_GUARD_SETTINGS,
  fittingQuantity,
  GUARD_RULES,
  judgeDraft,
  judgeOrder,
  type Denial,
  type GuardedOrder,
  type GuardFacts,
  type IssueFacts,
} from '#shared/domain/index.ts';
import { CATALOG, envelope, type ErrorCode } from '#shared/errors/index.ts';
import { chargesOn } from '#shared/market/index.ts';
import { epochMs, PHASES, sessionDate, type Phase } from '#shared/time/index.ts';
import { issueFacts } from '#test/support/desk-stand.ts';

const ORDER: GuardedOrder = {
  kind: 'new',
  instrumentId: 'KRX:005930',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  price: 10_000,
  quantity: 10,
  allowDuplicate: false,
  automated: false,
};

interface Case {
  readonly order?: Partial<GuardedOrder>;
  readonly issue?: Partial<IssueFacts> | 'unknown';
  readonly facts?: Partial<GuardFacts>;
}

function judge({ order, issue, facts }: Case): Denial | null {
  const guarded: GuardedOrder = { ...ORDER, ...order };
  const price = guarded.price ?? 13_000;
  return judgeOrder(guarded, {
    tradingState: 'active',
    issue: issue === 'unknown' ? undefined : issueFacts(issue),
    tick:
      guarded.price === null
        ? null
        : { size: 10, below: Math.floor(guarded.price / 10) * 10, above: Math.ceil(guarded.price / 10) * 10 },
    exchangeQuantityCap: null,
    powerKrw: 100_000_000,
    cashFor: (quantity) => price * quantity,
    held: 100,
    reserved: 0,
    sameOrderAgoMs: null,
    sentInWindow: [0, 0],
    unconfirmed: false,
    settings: DEFAULT_GUARD_SETTINGS,
    ...facts,
  });
}

const sell = (order: Partial<GuardedOrder> = {}): Partial<GuardedOrder> => ({ side: 'sell', ...order });

/** Every denial, with the numbers it tells. */
const DENIED: readonly (readonly [string, Case, ErrorCode, Denial['params']])[] = [
  ['halted', { facts: { tradingState: 'halted' } }, 'GUARD_HALTED', {}],
  ['halted, and the issue is unknown too', { facts: { tradingState: 'halted' }, issue: 'unknown' }, 'GUARD_HALTED', {}],
  ['a buy while reducing', { facts: { tradingState: 'reducing' } }, 'GUARD_REDUCING', {}],
  ['an unknown issue', { issue: 'unknown' }, 'INSTRUMENT_UNKNOWN', { code: '005930' }],
  ['an issue of another market', { issue: { inMarket: false } }, 'GUARD_OTHER_MARKET', { code: '005930' }],
  [
    'a closed market',
    { issue: { phase: 'closed', nextOpen: '2025-02-12' } },
    'GUARD_SESSION',
    { phase: '장 마감', next: '2025-02-12' },
  ],
  [
    'before the auction, with no time known',
    { issue: { phase: 'preOpen' } },
    'GUARD_SESSION',
    { phase: '장 시작 전', next: '장이 열린 뒤' },
  ],
  [
    'the post-close session',
    { issue: { phase: 'postClose' } },
    'GUARD_SESSION',
    { phase: '시간외 종가', next: '장이 열린 뒤' },
  ],
  ['a market-wide halt', { issue: { phase: 'halted' } }, 'GUARD_HALT', {}],
  [
    'IOC in an auction',
    { issue: { phase: 'closeAuction' }, order: { timeInForce: 'ioc' } },
    'GUARD_TYPE',
    { phase: '종가 단일가', type: 'IOC' },
  ],
  [
    'FOK in a VI auction',
    { issue: { phase: 'viAuction' }, order: { timeInForce: 'fok' } },
    'GUARD_TYPE',
    { phase: '변동성완화장치 단일가', type: 'FOK' },
  ],
  [
    'a market order after hours',
    { issue: { phase: 'afterMarket' }, order: { type: 'market', price: null } },
    'GUARD_TYPE',
    { phase: '애프터마켓', type: '시장가' },
  ],
  ['a halted issue', { issue: { halted: true } }, 'GUARD_HALT', {}],
  ['a limit order without a price', { order: { price: null } }, 'GUARD_PRICE_MISSING', {}],
  ['a market order with a price', { order: { type: 'market' } }, 'GUARD_PRICE_UNWANTED', {}],
  ['a price off tick', { order: { price: 10_007 } }, 'GUARD_TICK', { tick: 10, below: 10_000, above: 10_010 }],
  ['above the upper limit', { order: { price: 13_010 } }, 'GUARD_LIMIT_UP', { limit: 13_000 }],
  ['below the lower limit', { order: { price: 6_990 } }, 'GUARD_LIMIT_DOWN', { limit: 7_000 }],
  [
    'half a lot',
    { order: { quantity: 15 }, issue: { instrument: { ...issueFacts().instrument, lotSize: 10 } } },
    'GUARD_LOT',
    { lot: 10 },
  ],
  [
    'more than the exchange takes',
    { order: { quantity: 501 }, facts: { exchangeQuantityCap: 500 } },
    'GUARD_QUANTITY_CAP',
    { limit: 500 },
  ],
  ['more than the own cap', { order: { quantity: 10_000_001 } }, 'GUARD_QUANTITY_CAP', { limit: 10_000_000 }],
  ['more than the own amount', { order: { quantity: 500_001 } }, 'GUARD_NOTIONAL', { limit: 5_000_000_000 }],
  [
    'a market buy counted at the upper limit',
    { order: { type: 'market', price: null, quantity: 400_000 } },
    'GUARD_NOTIONAL',
    { limit: 5_000_000_000 },
  ],
  ['a buy far above the market', { order: { price: 12_010 } }, 'GUARD_COLLAR', { percent: 20.1, limit: 20 }],
  ['a sell far below the market', { order: sell({ price: 7_990 }) }, 'GUARD_COLLAR', { percent: 20.1, limit: 20 }],
  [
    'a stale quote',
    { issue: { staleSince: epochMs(Date.UTC(2025, 1, 11, 4, 46, 51)) } },
    'GUARD_STALE',
    { since: '13:46:51' },
  ],
  ['too little cash', { facts: { powerKrw: 95_000 } }, 'GUARD_CASH', { short: 5_000, fit: 9 }],
  [
    'more than can be sold',
    { order: sell({ quantity: 320 }), facts: { held: 320, reserved: 100 } },
    'GUARD_SELLABLE',
    { sellable: 220, reserved: 100 },
  ],
  ['selling nothing', { order: sell(), facts: { held: 0 } }, 'GUARD_SELLABLE', { sellable: 0, reserved: 0 }],
  ['the same order again', { facts: { sameOrderAgoMs: 1_234 } }, 'GUARD_DUPLICATE', { seconds: 1.2 }],
  ['a sixth order in a second', { facts: { sentInWindow: [5, 5] } }, 'GUARD_RATE', { windowSeconds: 1, limit: 5 }],
  ['a 61st order in a minute', { facts: { sentInWindow: [0, 60] } }, 'GUARD_RATE', { windowSeconds: 60, limit: 60 }],
  ['beside an unconfirmed order', { facts: { unconfirmed: true } }, 'GUARD_UNCONFIRMED', {}],
  [
    'an automation beside an unconfirmed order, whatever it says',
    { facts: { unconfirmed: true }, order: { automated: true, allowDuplicate: true } },
    'GUARD_UNCONFIRMED',
    {},
  ],
];

const PASSED: readonly (readonly [string, Case])[] = [
  ['an ordinary order', {}],
  ['a sell while reducing', { order: sell(), facts: { tradingState: 'reducing' } }],
  ['a limit order in an auction', { issue: { phase: 'openAuction' } }],
  ['a market order in an auction', { issue: { phase: 'closeAuction' }, order: { type: 'market', price: null } }],
  ['the limits themselves', { order: sell({ price: 13_000 }) }],
  ['a price just inside the collar', { order: { price: 12_000 } }],
  ['a buy far below the market: it can only wait', { order: { price: 7_000 } }],
  ['the first price of a day, measured from the base', { issue: { last: null } }],
  ['the last won of the cash', { facts: { powerKrw: 100_000 } }],
  ['all that can be sold', { order: sell({ quantity: 100 }) }],
  ['the same order after three seconds', { facts: { sameOrderAgoMs: 3_000 } }],
  ['the same order, meant', { facts: { sameOrderAgoMs: 10 }, order: { allowDuplicate: true } }],
  [
    'beside an unconfirmed order, by the user’s word',
    { facts: { unconfirmed: true }, order: { allowDuplicate: true } },
  ],
  ['a fifth order in a second', { facts: { sentInWindow: [4, 59] } }],
];

describe('the guard rules', () => {
  it.each(DENIED)('deny %s', (_name, given, code, params) => {
    expect(judge(given)).toEqual({ code, params });
  });

  it.each(PASSED)('pass %s', (_name, given) => {
    expect(judge(given)).toBeNull();
  });

  it('raise every guard code of the catalogue, with all its numbers', () => {
    const raised = new Map(
      DENIED.map(([, given]) => judge(given)).flatMap((denial) => (denial ? [[denial.code, denial.params]] : [])),
    );
    const codes = (Object.keys(CATALOG) as ErrorCode[]).filter((code) => code.startsWith('GUARD_'));
    expect(codes.filter((code) => !raised.has(code))).toEqual([]);
    for (const [code, params] of raised) {
      const { messageKo, actionKo } = envelope(code, params);
      expect(messageKo + actionKo).not.toContain('—');
    }
  });

  it('take orders in exactly five phases', () => {
    const open = PHASES.filter((phase: Phase) => judge({ issue: { phase } }) === null);
    expect(open).toEqual(['openAuction', 'continuous', 'closeAuction', 'viAuction', 'afterMarket']);
  });

  it('judge a replace by market and money, not by quantity, repetition or doubt', () => {
    const replace = (given: Case): ErrorCode | undefined =>
      judge({ ...given, order: { kind: 'replace', ...given.order } })?.code;
    expect(replace({ order: { price: 10_007 } })).toBe('GUARD_TICK');
    expect(replace({ issue: { halted: true } })).toBe('GUARD_HALT');
    expect(replace({ facts: { powerKrw: 1 } })).toBe('GUARD_CASH');
    expect(replace({ facts: { tradingState: 'reducing' } })).toBe('GUARD_REDUCING');
    expect(replace({ facts: { sentInWindow: [5, 5] } })).toBe('GUARD_RATE');
    expect(replace({ order: sell({ quantity: 320 }), facts: { held: 0 } })).toBeUndefined();
    expect(replace({ facts: { sameOrderAgoMs: 1, unconfirmed: true, exchangeQuantityCap: 1 } })).toBeUndefined();
  });

  it('only warn a draft of what will have passed', () => {
    const issue = issueFacts();
    const facts = {
      tradingState: 'active',
      issue,
      tick: { size: 10, below: 10_000, above: 10_000 },
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
    expect(GUARD_RULES).toBe(18);
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
