/** Orders abroad at the guard: who is denied, with which code, and with which amounts in which currency. */
import { NO_LIMITS, type GuardFacts, type IssueFacts } from '#shared/domain/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { venueFacts } from './desk-stand.ts';
import { TAKEN, type Case } from './guard-cases.ts';

const ID = 'NASD:AAPL';
const PRICE = 2_300_000;

/** Apple at 230 dollars in its regular session. */
export function usIssue(change: Partial<IssueFacts> = {}): Partial<IssueFacts> {
  return {
    instrument: {
      id: ID,
      code: 'AAPL',
      nameKo: '애플',
      nameEn: 'APPLE',
      market: 'NASDAQ',
      priceScale: 4,
      currency: 'USD',
      lotSize: 1,
      basePrice: PRICE,
      listedShares: null,
      suspended: false,
      kospi200: null,
      asOf: '2026-11-26',
    },
    sessionDate: sessionDate('2026-11-25'),
    krx: venueFacts({ last: PRICE, bid: PRICE - 100, ask: PRICE }),
    base: PRICE,
    ...NO_LIMITS,
    last: PRICE,
    ...change,
  };
}

const dollars = (change: Partial<GuardFacts> = {}): Partial<GuardFacts> => ({
  accountCurrency: 'USD',
  tick: { size: 100, below: PRICE, above: PRICE },
  powerKrw: 10_000_000_000,
  ...change,
});

const order = { instrumentId: ID, price: PRICE };

const YEN = 27_000_000;
const inYen = { instrumentId: 'TKSE:7203', price: YEN, quantity: 100 } as const;

/** Toyota at 2,700 yen, with limits 500 yen either way. */
function japaneseIssue(change: Partial<IssueFacts> = {}): Partial<IssueFacts> {
  const toyota = {
    id: 'TKSE:7203',
    code: '7203',
    nameKo: '도요타자동차',
    nameEn: 'TOYOTA',
    market: 'TSE',
    currency: 'JPY',
  } as const;
  return usIssue({
    instrument: {
      ...toyota,
      priceScale: 4,
      lotSize: 100,
      basePrice: YEN,
      listedShares: null,
      suspended: false,
      kospi200: null,
      asOf: '2026-11-26',
    },
    krx: venueFacts({ last: YEN, bid: YEN - 10_000, ask: YEN }),
    base: YEN,
    last: YEN,
    lowerLimit: 22_000_000,
    upperLimit: 32_000_000,
    ...change,
  });
}

const yen = (price: number): Partial<GuardFacts> => ({
  accountCurrency: 'JPY',
  tick: { size: 10_000, below: price, above: price },
  lot: { unit: 100, least: 100 },
  powerKrw: 100_000_000_000,
  cashFor: (quantity) => price * quantity,
});

export const FOREIGN_DENIED: readonly (readonly [
  string,
  Case,
  ErrorCode,
  Readonly<Record<string, string | number>>,
])[] = [
  [
    'an American issue in a won account',
    { order, issue: usIssue(), facts: {} },
    'GUARD_FOREIGN_ACCOUNT',
    { currency: '달러' },
  ],
  ['a Korean issue in a dollar account', { facts: { accountCurrency: 'USD' } }, 'GUARD_KRW_ACCOUNT', {}],
  [
    'another kind than a limit order of the day',
    { order, issue: usIssue(), facts: dollars({ kind: { ...TAKEN, nameKo: null } }) },
    'GUARD_FOREIGN_TYPE',
    {},
  ],
  [
    'part of a cent',
    {
      order: { ...order, price: PRICE + 50 },
      issue: usIssue(),
      facts: dollars({ tick: { size: 100, below: PRICE, above: PRICE + 100 } }),
    },
    'GUARD_FOREIGN_TICK',
    { tick: '0.01', below: '230.00', above: '230.01', unit: '달러' },
  ],
  [
    'too few dollars',
    { order, issue: usIssue(), facts: dollars({ powerKrw: 20_000_000 }) },
    'GUARD_FOREIGN_CASH',
    { short: '300.00', fit: 8, unit: '달러' },
  ],
  [
    'a fortune in one order',
    { order: { ...order, quantity: 20_000 }, issue: usIssue(), facts: dollars() },
    'GUARD_FOREIGN_NOTIONAL',
    { limit: '3,500,000.00', unit: '달러' },
  ],
  [
    'an issue whose price nobody has told',
    { order, issue: usIssue({ krx: venueFacts({ last: null }), base: 0, last: null }), facts: dollars() },
    'GUARD_FOREIGN_NO_PRICE',
    {},
  ],
  [
    'a Japanese issue in a dollar account',
    { order: inYen, issue: japaneseIssue(), facts: dollars() },
    'GUARD_FOREIGN_ACCOUNT',
    { currency: '엔화' },
  ],
  [
    'another price in China, where an order can only be withdrawn',
    { order: { ...order, kind: 'replace' }, issue: usIssue(), facts: dollars({ kind: { ...TAKEN, canAmend: false } }) },
    'GUARD_FOREIGN_AMEND',
    {},
  ],
  [
    'an issue whose ticks are in no table',
    { order, issue: usIssue(), facts: dollars({ tick: null }) },
    'GUARD_FOREIGN_RULES_UNKNOWN',
    {},
  ],
  ['a lot that nobody has told', { order, issue: usIssue(), facts: dollars({ lot: null }) }, 'GUARD_LOT_UNKNOWN', {}],
  [
    'less than the least of the STAR market',
    { order: { ...order, quantity: 150 }, issue: usIssue(), facts: dollars({ lot: { unit: 1, least: 200 } }) },
    'GUARD_LOT_LEAST',
    { least: 200 },
  ],
  [
    'above the limit in Tokyo',
    { order: { ...inYen, price: 33_010_000 }, issue: japaneseIssue(), facts: yen(33_010_000) },
    'GUARD_FOREIGN_LIMIT_UP',
    { limit: '3,200', unit: '엔' },
  ],
  [
    'below the limit in Tokyo',
    { order: { ...inYen, price: 21_990_000 }, issue: japaneseIssue(), facts: yen(21_990_000) },
    'GUARD_FOREIGN_LIMIT_DOWN',
    { limit: '2,200', unit: '엔' },
  ],
];

/** What only warns. */
export const FOREIGN_NOTED: readonly (readonly [string, Case, ErrorCode])[] = [
  [
    'an exchange whose holidays nobody has told',
    { order: inYen, issue: japaneseIssue({ holidaysKnown: false }), facts: yen(27_000_000) },
    'GUARD_HOLIDAY_UNKNOWN',
  ],
];
