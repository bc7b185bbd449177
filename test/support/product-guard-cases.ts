/** Orders on bonds, futures and options at the guard: which account, which worth, and when an order reduces. */
import type { BondInstrument, DerivativeInstrument, IssueFacts } from '#shared/domain/index.ts';
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

/** One contract at 355.00 from a derivatives account, of which the broker lets a hundred be opened. */
export function futureCase({ order, issue, facts }: Case = {}): Case {
  return {
    order: { instrumentId: FUTURE.id, price: PRICE, quantity: 1, ...order },
    issue: futureIssue(issue === 'unknown' ? {} : issue),
    facts: {
      accountProduct: 'derivative',
      unit: { num: 250_000, den: 100 },
      tick: { size: 5, below: PRICE, above: PRICE },
      openable: 100,
      ...facts,
    },
  };
}

const OPTION: DerivativeInstrument = {
  ...FUTURE,
  id: 'KRXF:B01609355',
  code: 'B01609355',
  kind: 'call',
  strike: 35_500,
};

/** One call at 8.00 points, which is 2,000,000 won. */
function optionCase({ order, issue, facts }: Case = {}): Case {
  const about = futureCase({ order: { instrumentId: OPTION.id, price: 800, ...order } });
  const change = issue === 'unknown' ? {} : issue;
  return {
    ...about,
    issue: futureIssue({
      instrument: OPTION,
      base: 800,
      last: 800,
      lowerLimit: 1,
      upperLimit: 5_000,
      krx: venueFacts({ last: change?.last ?? 800 }),
      ...change,
    }),
    facts: {
      ...about.facts,
      tick: { size: 10, below: about.order?.price ?? 800, above: about.order?.price ?? 800 },
      cashFor: (quantity) => quantity * 2_000_000,
      ...facts,
    },
  };
}

const BOND_PRICE = 1_026_500;

const BOND: BondInstrument = {
  id: 'BOND:KR6000009A04',
  code: 'KR6000009A04',
  nameKo: '합성회사채 1',
  nameEn: null,
  market: 'BOND',
  priceScale: 2,
  lotSize: 1,
  basePrice: BOND_PRICE,
  listedShares: null,
  suspended: false,
  kospi200: null,
  maturity: null,
  couponPpm: null,
  asOf: '2026-06-01',
};

/** 100,000 won of face at 10,265.00 from a bond account: 102,650 won. */
export function bondCase({ order, facts }: Case = {}): Case {
  return {
    order: { instrumentId: BOND.id, price: BOND_PRICE, quantity: 100, ...order },
    issue: {
      instrument: BOND,
      krx: venueFacts({ last: BOND_PRICE, bid: BOND_PRICE - 100, ask: BOND_PRICE }),
      base: BOND_PRICE,
      lowerLimit: 719_600,
      upperLimit: 1_336_400,
      last: BOND_PRICE,
    },
    facts: {
      accountProduct: 'bond',
      unit: { num: 1, den: 1_000 },
      tick: { size: 100, below: BOND_PRICE, above: BOND_PRICE },
      cashFor: (quantity) => Math.floor((quantity * BOND_PRICE) / 1_000),
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
  [
    'a bond that costs more than there is',
    bondCase({ facts: { powerKrw: 100_000 } }),
    'GUARD_BOND_CASH',
    { short: 2_650, fit: 97 },
  ],
  [
    'more of a bond than is held and free',
    bondCase({ order: { side: 'sell', quantity: 100 }, facts: { held: 120, reserved: 30 } }),
    'GUARD_BOND_SELLABLE',
    { sellable: 90, reserved: 30 },
  ],
  [
    'a bond at the market',
    bondCase({
      order: { type: 'market', price: null },
      facts: { kind: { nameKo: null, onDate: true, refusal: null, next: null, canAmend: true } },
    }),
    'GUARD_BOND_TYPE',
    {},
  ],
  [
    'a future abroad, whatever the account',
    {
      order: { instrumentId: 'OVF:ESZ26', price: 602_525_000_000, quantity: 1 },
      facts: { accountProduct: 'derivative', accountCurrency: 'USD' },
    },
    'GUARD_FUTURES_ABROAD',
    {},
  ],
  ['a share from a bond account', { facts: { accountProduct: 'bond' } }, 'GUARD_STOCK_ACCOUNT', {}],
  ['a bond from a share account', { order: { instrumentId: 'BOND:KR6095572D81' } }, 'GUARD_BOND_ACCOUNT', {}],
  ['a future from a share account', { order: { instrumentId: FUTURE.id } }, 'GUARD_DERIVATIVE_ACCOUNT', {}],
  [
    'an index future off its tick, in points',
    futureCase({ order: { price: 35_503 }, facts: { tick: { size: 5, below: 35_500, above: 35_505 } } }),
    'GUARD_POINT_TICK',
    { tick: '0.05', below: '355.00', above: '355.05' },
  ],
  [
    'an index future above its limit, in points',
    futureCase({ order: { price: 38_345 }, facts: { tick: { size: 5, below: 38_345, above: 38_345 } } }),
    'GUARD_POINT_LIMIT_UP',
    { limit: '383.40' },
  ],
  [
    'an index future below its limit, in points',
    futureCase({ order: { price: 32_655 }, facts: { tick: { size: 5, below: 32_655, above: 32_655 } } }),
    'GUARD_POINT_LIMIT_DOWN',
    { limit: '326.60' },
  ],
  [
    'an order for the day while the night is open',
    futureCase({
      issue: { krx: venueFacts({ venuePhase: 'night', phase: 'night' }) },
      facts: { kind: { nameKo: '지정가', onDate: true, refusal: 'SESSION', next: null, canAmend: true } },
    }),
    'GUARD_NIGHT_NOW',
    {},
  ],
  [
    'an order for the night by day',
    futureCase({
      order: { session: 'night' },
      facts: { kind: { nameKo: '지정가', onDate: true, refusal: 'SESSION', next: null, canAmend: true } },
    }),
    'GUARD_NIGHT_OVER',
    {},
  ],
  [
    'a bond where there is no market for bonds',
    { order: { instrumentId: BOND.id }, issue: 'unknown' },
    'INSTRUMENT_NOT_HERE',
    { code: 'KR6000009A04', product: '장내채권' },
  ],
  [
    'a future where there is no market for futures',
    { order: { instrumentId: FUTURE.id }, issue: 'unknown' },
    'INSTRUMENT_NOT_HERE',
    { code: 'A01609', product: '선물옵션' },
  ],
  ['a product of unknown worth', futureCase({ facts: { unit: null } }), 'GUARD_WORTH_UNKNOWN', {}],
  [
    'more contracts than the amount of one order allows',
    futureCase({ order: { quantity: 57 }, facts: { powerKrw: 1_000_000_000_000 } }),
    'GUARD_NOTIONAL',
    { limit: 5_000_000_000 },
  ],
  [
    'a sale that opens while the broker has not told what may be opened',
    futureCase({ order: { side: 'sell' }, facts: { openable: null, held: 0 } }),
    'GUARD_MARGIN_UNKNOWN',
    {},
  ],
  [
    'a purchase that opens more than the broker lets, beside what it closes',
    futureCase({ order: { quantity: 6 }, facts: { openable: 3, held: -2 } }),
    'GUARD_MARGIN_SHORT',
    { openable: 3, closable: 2 },
  ],
  [
    'a sale of what another order is about to sell',
    futureCase({ order: { side: 'sell', quantity: 2 }, facts: { openable: 1, held: 2, reserved: 2 } }),
    'GUARD_MARGIN_SHORT',
    { openable: 1, closable: 0 },
  ],
  [
    'an option whose premium is not there',
    optionCase({ order: { quantity: 3 }, facts: { powerKrw: 5_000_000, openable: 100 } }),
    'GUARD_CASH',
    { short: 1_000_000, fit: 2 },
  ],
  [
    'an option written beyond the broker’s word',
    optionCase({ order: { side: 'sell', quantity: 2 }, facts: { openable: 1, held: 0 } }),
    'GUARD_MARGIN_SHORT',
    { openable: 1, closable: 0 },
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
  [
    'what closes, though nothing may be opened',
    futureCase({ order: { quantity: 2 }, facts: { openable: null, held: -2 } }),
  ],
  ['an option bought without a word about margin', optionCase({ facts: { openable: null } })],
  ['a cheap option ten ticks beyond the market', optionCase({ order: { price: 810 }, issue: { last: 710 } })],
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
