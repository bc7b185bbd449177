/** Orders on bonds, futures and options at the guard: which account, which worth, and when an order reduces. */
import type { DerivativeInstrument, IssueFacts } from '#shared/domain/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { venueFacts } from './desk-stand.ts';
import type { Case } from './guard-cases.ts';

const PRICE = 35_500;

const FUTURE: DerivativeInstrument = {
  id: 'KRXF:A01609',
  code: 'A01609',
  nameKo: '코스피200 F 202609',
  nameEn: null,
  market: 'KRX_DERIVATIVES',
  priceScale: 2,
  lotSize: 1,
  basePrice: PRICE,
  listedShares: null,
  suspended: false,
  kospi200: null,
  family: 'index',
  kind: 'future',
  strike: null,
  lastDay: '2026-09-10',
  underlyingKo: '코스피200',
  asOf: '2026-06-01',
};

/** The KOSPI 200 future at 355.00 in its day session. */
export function futureIssue(change: Partial<IssueFacts> = {}): Partial<IssueFacts> {
  return {
    instrument: FUTURE,
    krx: venueFacts({ last: PRICE, bid: PRICE - 5, ask: PRICE }),
    base: PRICE,
    lowerLimit: 32_660,
    upperLimit: 38_340,
    last: PRICE,
    ...change,
  };
}

/** One contract at 355.00 from a derivatives account; margin 15,000,000 won a contract. */
export function futureCase({ order, issue, facts }: Case = {}): Case {
  return {
    order: { instrumentId: FUTURE.id, price: PRICE, quantity: 1, ...order },
    issue: futureIssue(issue === 'unknown' ? {} : issue),
    facts: {
      accountProduct: 'derivative',
      unit: { num: 250_000, den: 100 },
      tick: { size: 5, below: PRICE, above: PRICE },
      cashFor: (quantity) => quantity * 15_000_000,
      ...facts,
    },
  };
}

/** Name, what is given, the code of the denial and its numbers. */
export const PRODUCT_DENIED: readonly (readonly [
  string,
  Case,
  ErrorCode,
  Readonly<Record<string, number | string>>,
])[] = [
  ['a share from a bond account', { facts: { accountProduct: 'bond' } }, 'GUARD_STOCK_ACCOUNT', {}],
  ['a bond from a share account', { order: { instrumentId: 'BOND:KR6095572D81' } }, 'GUARD_BOND_ACCOUNT', {}],
  ['a future from a share account', { order: { instrumentId: FUTURE.id } }, 'GUARD_DERIVATIVE_ACCOUNT', {}],
  ['a product of unknown worth', futureCase({ facts: { unit: null } }), 'GUARD_WORTH_UNKNOWN', {}],
  [
    'more contracts than the amount of one order allows',
    futureCase({ order: { quantity: 57 }, facts: { powerKrw: 1_000_000_000_000 } }),
    'GUARD_NOTIONAL',
    { limit: 5_000_000_000 },
  ],
  [
    'a sale without margin',
    futureCase({ order: { side: 'sell' }, facts: { powerKrw: 14_000_000, held: 0 } }),
    'GUARD_CASH',
    { short: 1_000_000, fit: 0 },
  ],
  [
    'a sale that would turn over while only closing is allowed',
    futureCase({ order: { side: 'sell', quantity: 3 }, facts: { tradingState: 'reducing', held: 2 } }),
    'GUARD_REDUCING',
    {},
  ],
  [
    'a purchase on top of a long position while only closing is allowed',
    futureCase({ facts: { tradingState: 'reducing', held: 2 } }),
    'GUARD_REDUCING',
    {},
  ],
];

/** What passes, though it would not with shares. */
export const PRODUCT_PASSED: readonly (readonly [string, Case])[] = [
  ['a future sold without holding it', futureCase({ order: { side: 'sell' }, facts: { held: 0 } })],
  [
    'as many contracts as one order may be worth',
    futureCase({ order: { quantity: 56 }, facts: { powerKrw: 1_000_000_000_000 } }),
  ],
  [
    'a purchase that closes what was sold, while only closing is allowed',
    futureCase({ order: { quantity: 2 }, facts: { tradingState: 'reducing', held: -2 } }),
  ],
];
