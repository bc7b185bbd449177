/** American orders at the guard: who is denied, with which code, and with which amounts in dollars. */
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

export const US_DENIED: readonly (readonly [string, Case, ErrorCode, Readonly<Record<string, string | number>>])[] = [
  ['an American issue in a won account', { order, issue: usIssue(), facts: {} }, 'GUARD_US_ACCOUNT', {}],
  ['a Korean issue in a dollar account', { facts: { accountCurrency: 'USD' } }, 'GUARD_KRW_ACCOUNT', {}],
  [
    'another kind than a limit order of the day',
    { order, issue: usIssue(), facts: dollars({ kind: { ...TAKEN, nameKo: null } }) },
    'GUARD_US_TYPE',
    {},
  ],
  [
    'part of a cent',
    {
      order: { ...order, price: PRICE + 50 },
      issue: usIssue(),
      facts: dollars({ tick: { size: 100, below: PRICE, above: PRICE + 100 } }),
    },
    'GUARD_US_TICK',
    { tick: '0.01', below: '230.00', above: '230.01' },
  ],
  [
    'too few dollars',
    { order, issue: usIssue(), facts: dollars({ powerKrw: 20_000_000 }) },
    'GUARD_US_CASH',
    { short: '300.00', fit: 8 },
  ],
  [
    'a fortune in one order',
    { order: { ...order, quantity: 20_000 }, issue: usIssue(), facts: dollars() },
    'GUARD_US_NOTIONAL',
    { limit: '3,500,000.00' },
  ],
  [
    'an issue whose price nobody has told',
    { order, issue: usIssue({ krx: venueFacts({ last: null }), base: 0, last: null }), facts: dollars() },
    'GUARD_US_NO_PRICE',
    {},
  ],
];
