/** Orders at the guard: who is denied, with which code and numbers, who passes, and what is only noted. */
import {
  DEFAULT_GUARD_SETTINGS,
  judgeDraft,
  judgeOrder,
  type Denial,
  type GuardedOrder,
  type GuardFacts,
  type IssueFacts,
  type KindFacts,
  type KindRefusal,
  type TickFacts,
} from '#shared/domain/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { issueFacts, venueFacts } from './desk-stand.ts';
import { PLAIN } from './plain-order.ts';

/** An ordinary order. */
export const ORDER: GuardedOrder = {
  kind: 'new',
  instrumentId: 'KRX:005930',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  ...PLAIN,
  price: 10_000,
  quantity: 10,
  allowDuplicate: false,
  automated: false,
};

/** A kind that is taken now. */
export const TAKEN: KindFacts = { nameKo: '지정가', onDate: true, refusal: null, next: null, canAmend: true };

/** A kind that the exchange does not take, and why. */
export const refused = (refusal: KindRefusal, change: Partial<KindFacts> = {}): Partial<GuardFacts> => ({
  kind: { ...TAKEN, refusal, ...change },
});

const around = (price: number | null): TickFacts | null =>
  price === null ? null : { size: 10, below: Math.floor(price / 10) * 10, above: Math.ceil(price / 10) * 10 };

/** What differs from an ordinary order in an open market. */
export interface Case {
  readonly order?: Partial<GuardedOrder>;
  readonly issue?: Partial<IssueFacts> | 'unknown';
  readonly facts?: Partial<GuardFacts>;
}

/** What the rules say. */
export function judge(given: Case): Denial | null {
  return judged(given, judgeOrder);
}

function judged<T>({ order, issue, facts }: Case, judging: (order: GuardedOrder, facts: GuardFacts) => T): T {
  const guarded: GuardedOrder = { ...ORDER, ...order };
  const price = guarded.price ?? 13_000;
  return judging(guarded, {
    tradingState: 'active',
    locked: false,
    accountCurrency: 'KRW',
    accountProduct: 'stock',
    unit: { num: 1, den: 1 },
    issue: issue === 'unknown' ? undefined : issueFacts(issue),
    tick: around(guarded.price),
    stopTick: around(guarded.stopPrice),
    kind: TAKEN,
    lot: { unit: 1, least: 1 },
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

const stop = (stopPrice: number | null, price = stopPrice ?? 10_000): Partial<GuardedOrder> => ({
  type: 'stopLimit',
  stopPrice,
  price,
});
/** A sell. */
export const sell = (order: Partial<GuardedOrder> = {}): Partial<GuardedOrder> => ({ side: 'sell', ...order });

/** Every denial, with the numbers it tells. */
export const DENIED: readonly (readonly [string, Case, ErrorCode, Denial['params']])[] = [
  ['halted', { facts: { tradingState: 'halted' } }, 'GUARD_HALTED', {}],
  ['halted, and the issue is unknown too', { facts: { tradingState: 'halted' }, issue: 'unknown' }, 'GUARD_HALTED', {}],
  ['a buy while reducing', { facts: { tradingState: 'reducing' } }, 'GUARD_REDUCING', {}],
  ['an unknown issue', { issue: 'unknown' }, 'INSTRUMENT_UNKNOWN', { code: '005930' }],
  ['an issue of another market', { issue: { inMarket: false } }, 'GUARD_OTHER_MARKET', { code: '005930' }],
  [
    'a closed market',
    { facts: refused('SESSION'), issue: { krx: venueFacts({ phase: 'closed' }), nextOpen: '2025-02-12' } },
    'GUARD_SESSION',
    { phase: '장 마감', next: '2025-02-12' },
  ],
  [
    'before the auction, with the time known',
    { facts: refused('SESSION', { next: '08:30' }), issue: { krx: venueFacts({ phase: 'preOpen' }) } },
    'GUARD_SESSION',
    { phase: '장 시작 전', next: '08:30' },
  ],
  [
    'before the auction, with no time known',
    { facts: refused('SESSION'), issue: { krx: venueFacts({ phase: 'preOpen' }) } },
    'GUARD_SESSION',
    { phase: '장 시작 전', next: '장이 열린 뒤' },
  ],
  [
    'a break of NXT',
    {
      facts: refused('SESSION', { next: '09:00:30' }),
      issue: { onNxt: true, nxt: venueFacts({ phase: 'break' }) },
      order: { route: 'NXT' },
    },
    'GUARD_SESSION',
    { phase: '휴장 시간', next: '09:00:30' },
  ],
  [
    'a code of other hours',
    {
      facts: refused('TYPE_HOURS', { nameKo: '애프터마켓 지정가', next: '16:00' }),
      order: { session: 'after' },
    },
    'GUARD_TYPE_HOURS',
    { type: '애프터마켓 지정가', venue: 'KRX', phase: '정규장', next: '16:00' },
  ],
  [
    'a code whose hours are over',
    { facts: refused('TYPE_HOURS', { nameKo: '시장가' }), issue: { krx: venueFacts({ phase: 'afterMarket' }) } },
    'GUARD_TYPE_HOURS',
    { type: '시장가', venue: 'KRX', phase: '애프터마켓', next: '그 유형을 받는 시간' },
  ],
  [
    'IOC in an auction',
    {
      facts: refused('TYPE', { nameKo: 'IOC지정가' }),
      issue: { krx: venueFacts({ phase: 'closeAuction' }) },
      order: { timeInForce: 'ioc' },
    },
    'GUARD_TYPE',
    { phase: '종가 단일가', type: 'IOC지정가' },
  ],
  [
    'FOK in a VI auction of the issue',
    {
      facts: refused('TYPE', { nameKo: 'FOK지정가' }),
      issue: { krx: venueFacts({ venuePhase: 'continuous', phase: 'viAuction' }) },
      order: { timeInForce: 'fok' },
    },
    'GUARD_TYPE',
    { phase: '변동성완화장치 단일가', type: 'FOK지정가' },
  ],
  [
    'a kind without a code',
    {
      facts: { kind: { ...TAKEN, nameKo: null, refusal: 'TYPE' } },
      order: { type: 'mid', timeInForce: 'gtp', price: null },
    },
    'GUARD_KIND',
    { type: '중간가 프리마켓까지' },
  ],
  [
    'best same side at once or not at all',
    {
      facts: { kind: { ...TAKEN, nameKo: null, refusal: 'BEST_SAME_NOW' } },
      order: { type: 'bestSame', timeInForce: 'ioc', price: null },
    },
    'GUARD_BEST_SAME_NOW',
    {},
  ],
  [
    'a type that the day did not have',
    { facts: { kind: { ...TAKEN, nameKo: '중간가', onDate: false, refusal: 'VENUE_TYPE' } } },
    'GUARD_TYPE_DATE',
    { date: '2025-02-11', type: '중간가' },
  ],
  [
    'a venue that does not take it',
    { facts: refused('VENUE_TYPE', { nameKo: '시장가' }), issue: { onNxt: true }, order: { route: 'NXT' } },
    'GUARD_VENUE_TYPE',
    { venue: 'NXT', type: '시장가' },
  ],
  ['NXT where it does not trade the issue', { order: { route: 'NXT' } }, 'GUARD_NOT_ON_NXT', {}],
  ['SOR where NXT does not trade the issue', { order: { route: 'SOR' } }, 'GUARD_NOT_ON_NXT', {}],
  ['an ETF on NXT', { order: { route: 'NXT' }, issue: { product: 'etp' } }, 'GUARD_NO_ETP', {}],
  ['an ETF after hours', { facts: refused('NO_ETP') }, 'GUARD_NO_ETP', {}],
  [
    'a market that a circuit breaker stopped',
    {
      facts: refused('MARKET_HALTED'),
      issue: {
        krx: venueFacts({
          phase: 'halted',
          interruption: {
            kind: 'circuitBreaker',
            level: 1,
            sinceTs: 0,
            untilTs: Date.UTC(2025, 1, 11, 1, 20),
            reference: null,
            price: null,
            note: '',
          },
        }),
      },
    },
    'GUARD_MARKET_HALT',
    { market: 'KOSPI', until: '10:20:00' },
  ],
  [
    'a market halted for nobody knows how long',
    { facts: refused('MARKET_HALTED') },
    'GUARD_MARKET_HALT',
    { market: 'KOSPI', until: '거래가 재개된' },
  ],
  [
    'a new price for a type that has none',
    {
      facts: { kind: { ...TAKEN, nameKo: '중간가', canAmend: false } },
      order: { kind: 'replace', type: 'mid' },
    },
    'GUARD_AMEND_TYPE',
    { type: '중간가' },
  ],
  ['an issue halted on its own', { facts: refused('HALTED') }, 'GUARD_HALT', {}],
  ['a conditional limit at the upper limit', { facts: refused('CONDITIONAL_LIMIT') }, 'GUARD_CONDITIONAL_LIMIT', {}],
  [
    'IOC of an issue of 30-minute auctions',
    { facts: refused('SINGLE_PRICE', { nameKo: 'IOC지정가' }) },
    'GUARD_SINGLE_PRICE',
    { type: 'IOC지정가' },
  ],
  [
    'best opposite with nothing on the other side',
    { facts: refused('NO_QUOTE', { nameKo: '최유리지정가' }), order: { type: 'bestOpposite', price: null } },
    'GUARD_NO_QUOTE',
    { type: '최유리지정가' },
  ],
  [
    'a market order before the first price',
    { facts: refused('MARKET_BANNED', { nameKo: '시장가' }), order: { type: 'market', price: null } },
    'GUARD_MARKET_BANNED',
    { type: '시장가' },
  ],
  [
    'an order at a close that there was not',
    { facts: refused('NO_REFERENCE', { nameKo: '장후 시간외 종가' }), order: { type: 'postClose', price: null } },
    'GUARD_NO_REFERENCE',
    { type: '장후 시간외 종가' },
  ],
  ['a halted issue', { issue: { halted: true } }, 'GUARD_HALT', {}],
  ['a limit order without a price', { order: { price: null } }, 'GUARD_PRICE_MISSING', { type: '지정가' }],
  [
    'a market order with a price',
    { order: { type: 'market' }, facts: { kind: { ...TAKEN, nameKo: '시장가' } } },
    'GUARD_PRICE_UNWANTED',
    { type: '시장가' },
  ],
  ['a stop-limit order without a stop price', { order: stop(null) }, 'GUARD_STOP_MISSING', {}],
  ['a stop price on a limit order', { order: { stopPrice: 9_900 } }, 'GUARD_STOP_UNWANTED', {}],
  [
    'a stop price off tick',
    { order: stop(10_107, 10_110) },
    'GUARD_STOP_TICK',
    { tick: 10, below: 10_100, above: 10_110 },
  ],
  [
    'a stop price outside the limits',
    { order: stop(13_010, 11_000) },
    'GUARD_STOP_LIMITS',
    { lower: 7_000, upper: 13_000 },
  ],
  ['a stop far above the market', { order: stop(12_010) }, 'GUARD_STOP_COLLAR', { percent: 20.1, limit: 20 }],
  [
    'a stop far below the market',
    { order: { ...stop(7_990), side: 'sell', price: 7_900 } },
    'GUARD_STOP_COLLAR',
    { percent: 20.1, limit: 20 },
  ],
  [
    'a stop-limit whose price lies far beyond its stop',
    { order: stop(10_500, 12_610) },
    'GUARD_COLLAR',
    { percent: 20.1, limit: 20 },
  ],
  ['a price off tick', { order: { price: 10_007 } }, 'GUARD_TICK', { tick: 10, below: 10_000, above: 10_010 }],
  ['above the upper limit', { order: { price: 13_010 } }, 'GUARD_LIMIT_UP', { limit: 13_000 }],
  ['below the lower limit', { order: { price: 6_990 } }, 'GUARD_LIMIT_DOWN', { limit: 7_000 }],
  ['half a lot', { order: { quantity: 15 }, facts: { lot: { unit: 10, least: 10 } } }, 'GUARD_LOT', { lot: 10 }],
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

/** What passes, though it lies close to a denial. */
export const PASSED: readonly (readonly [string, Case])[] = [
  ['an ordinary order', {}],
  ['a sell while reducing', { order: sell(), facts: { tradingState: 'reducing' } }],
  ['a buy stop above the market', { order: stop(11_900) }],
  ['a sell stop below the market', { order: { ...stop(8_100), side: 'sell' } }],
  ['a stop-limit priced beyond the market, but not beyond its stop', { order: stop(11_900, 12_900) }],
  ['SOR where NXT trades the issue', { order: { route: 'SOR' }, issue: { onNxt: true, nxt: venueFacts() } }],
  [
    'any price within the limits where there is no first price yet',
    { order: { price: 12_900 }, issue: { firstPricePending: true, last: null } },
  ],
  ['the limits themselves', { order: sell({ price: 13_000 }) }],
  ['a price just inside the collar', { order: { price: 12_000 } }],
  ['a buy far below the market: it can only wait', { order: { price: 7_000 } }],
  ['the first price of a day, measured from the base', { issue: { last: null, krx: venueFacts({ last: null }) } }],
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

const vi = { level: null, sinceTs: 0, reference: 10_000, price: 10_300, note: '' } as const;

/** What a draft is told that stops nothing. */
export const NOTED: readonly (readonly [string, Case, ErrorCode])[] = [
  [
    'a VI with its end known',
    { issue: { krx: venueFacts({ interruption: { ...vi, kind: 'viDynamic', untilTs: Date.UTC(2025, 1, 11, 1) } }) } },
    'GUARD_VI_NOW',
  ],
  [
    'a VI with no end known',
    { issue: { krx: venueFacts({ interruption: { ...vi, kind: 'viStatic', untilTs: null } }) } },
    'GUARD_VI_NOW',
  ],
  ['a buy stop at or below the last price', { order: stop(10_000) }, 'GUARD_STOP_MET'],
  ['a sell stop at or above the last price', { order: { ...stop(10_010), side: 'sell' } }, 'GUARD_STOP_MET'],
];

/** Notes on a draft. */
export function notesOf(given: Case): readonly Denial[] {
  return judged(given, (order, facts) => judgeDraft(order, facts)).warnings;
}
