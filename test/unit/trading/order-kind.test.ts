/** What the guard says of every order code in every part of both venues' days, written by hand from the rules file. */
import { describe, expect, it } from 'vitest';
import { kindFacts, nextTaken } from '#core/trading/order-kind.ts';
import {
  DEFAULT_GUARD_SETTINGS,
  judgeOrder,
  type Denial,
  type GuardedOrder,
  type IssueFacts,
  type Route,
  type VenueFacts,
} from '#shared/domain/index.ts';
import { ORDER_CODES, orderKindOf } from '#shared/market/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs, type Phase } from '#shared/time/index.ts';
import { issueFacts, venueFacts } from '#test/support/desk-stand.ts';

const DAY = sessionDate('2026-11-26');

/** S 받지 않는 시간 · H 그 유형의 시간이 아님 · T 단일가라 안 됨 · V 그 거래소에 없음 · D 그날 없음 · X 정지 · . 받음 */
const CODE_OF: Readonly<Record<string, Denial['code'] | null>> = {
  S: 'GUARD_SESSION',
  H: 'GUARD_TYPE_HOURS',
  T: 'GUARD_TYPE',
  V: 'GUARD_VENUE_TYPE',
  D: 'GUARD_TYPE_DATE',
  X: 'GUARD_HALT',
  '.': null,
};

type Column = readonly [venuePhase: Phase, phase: Phase];
const plain = (phase: Phase): Column => [phase, phase];

const KRX_COLUMNS: readonly Column[] = [
  plain('closed'),
  plain('preOpen'),
  plain('openAuction'),
  plain('continuous'),
  plain('closeAuction'),
  plain('postClose'),
  plain('afterMarket'),
  ['continuous', 'viAuction'],
  ['continuous', 'reopenAuction'],
  ['afterMarket', 'viAuction'],
  ['continuous', 'halted'],
];

/** @source krx-rules.md §3 and §4: sessions with their codes, validation order 1 and 6 */
const KRX_TABLE: readonly (readonly [codes: string, says: string])[] = [
  ['00 01 22', 'S S . . . H H . . H X'],
  ['02', 'S S . . T H H . . H X'],
  ['03 04 11 12 13 14 15 16 21 23 24', 'S S T . T H H T T H X'],
  ['05', 'S S . H H H H H H H X'],
  ['06', 'S S H H H . H H H H X'],
  ['07', 'D D D D D D D D D D D'],
  ['27 28 29', 'V V V V V V V V V V V'],
  ['41', 'S S H H H H . H H . X'],
  ['42 43 44 45 46 47', 'S S H H H H . H H T X'],
];

const NXT_COLUMNS: readonly Column[] = [
  plain('closed'),
  plain('preMarket'),
  plain('break'),
  plain('continuous'),
  plain('afterAuction'),
  plain('afterMarket'),
  ['continuous', 'viAuction'],
  ['afterMarket', 'viAuction'],
  ['continuous', 'reopenAuction'],
  ['continuous', 'halted'],
];

const NXT_TABLE: readonly (readonly [codes: string, says: string])[] = [
  ['00', 'S . S . . . . . . X'],
  ['01 02 05 06 41 42 43 44 45 46 47', 'V V V V V V V V V V'],
  ['03 04 11 12 13 14 15 16 21 23 24', 'S . S . T . T T T X'],
  ['07', 'D D D D D D D D D D'],
  ['22', 'S . S . T . . . . X'],
  ['27 28 29', 'S . S H H H H H H X'],
];

/** Both venues at once: what SOR makes of it. */
const SOR_COLUMNS: readonly (readonly [krx: Phase, nxt: Phase])[] = [
  ['closed', 'closed'],
  ['preOpen', 'preMarket'],
  ['continuous', 'continuous'],
  ['closeAuction', 'break'],
  ['afterMarket', 'afterMarket'],
];

const SOR_TABLE: readonly (readonly [codes: string, says: string])[] = [
  ['00', 'S . . . .'],
  ['01', 'S S . . H'],
  ['03 04 11 12 13 14 15 16', 'S . . T .'],
  ['07', 'D D D D D'],
  ['02 05 06 21 22 23 24 27 28 29 41 42 43 44 45 46 47', 'V V V V V'],
];

function order(code: string, route: Route): GuardedOrder {
  const row = orderKindOf(code);
  if (!row) throw new Error(`no code ${code}`);
  const { type, timeInForce, session } = row;
  return {
    kind: 'new',
    instrumentId: 'KRX:005930',
    side: 'buy',
    type,
    timeInForce,
    session,
    route,
    price: row.price === 'required' ? 10_000 : null,
    stopPrice: type === 'stopLimit' ? 10_100 : null,
    quantity: 10,
    allowDuplicate: true,
    automated: false,
  };
}

function at([venuePhase, phase]: Column): VenueFacts {
  const windows = { preCloseOpen: venuePhase === 'openAuction', postCloseOpen: venuePhase === 'postClose' };
  return venueFacts({ venuePhase, phase, ...windows });
}

function judge(asked: GuardedOrder, change: Partial<IssueFacts>): Denial | null {
  const issue = issueFacts({ sessionDate: DAY, onNxt: true, ...change });
  const exchangeTs = epochMs(kstInstant(DAY, timeOfDayMs('09:00')));
  return judgeOrder(asked, {
    tradingState: 'active',
    locked: false,
    accountCurrency: 'KRW',
    accountProduct: 'stock',
    unit: { num: 1, den: 1 },
    issue,
    tick: null,
    stopTick: null,
    kind: kindFacts({ order: asked, issue, exchangeTs, amends: null }),
    lot: { unit: 1, least: 1 },
    exchangeQuantityCap: null,
    powerKrw: 100_000_000,
    cashFor: () => 0,
    held: 0,
    reserved: 0,
    sameOrderAgoMs: null,
    sentInWindow: [],
    unconfirmed: false,
    settings: DEFAULT_GUARD_SETTINGS,
  });
}

function rows(table: typeof KRX_TABLE): (readonly [string, readonly string[]])[] {
  return table.flatMap(([codes, says]) => codes.split(' ').map((code) => [code, says.split(' ')] as const));
}

const inWords = (says: readonly string[]): readonly (string | null)[] => says.map((letter) => CODE_OF[letter] ?? null);

describe('every order code', () => {
  it.each([KRX_TABLE, NXT_TABLE, SOR_TABLE])('stands in table %#', (...table) => {
    const named = rows(table as unknown as typeof KRX_TABLE).map(([code]) => code);
    expect(named.sort()).toEqual(ORDER_CODES.map(({ code }) => code));
  });

  it.each(rows(KRX_TABLE))('%s on KRX', (code, says) => {
    const told = KRX_COLUMNS.map((column) => judge(order(code, 'KRX'), { krx: at(column) })?.code ?? null);
    expect(told).toEqual(inWords(says));
  });

  it.each(rows(NXT_TABLE))('%s on NXT', (code, says) => {
    const krx = at(plain('continuous'));
    const told = NXT_COLUMNS.map((column) => judge(order(code, 'NXT'), { krx, nxt: at(column) })?.code ?? null);
    expect(told).toEqual(inWords(says));
  });

  it.each(rows(SOR_TABLE))('%s by SOR', (code, says) => {
    const told = SOR_COLUMNS.map(([krx, nxt]) => {
      const venues = { krx: at(plain(krx)), nxt: at(plain(nxt)) };
      return judge(order(code, 'SOR'), venues)?.code ?? null;
    });
    expect(told).toEqual(inWords(says));
  });
});

describe('an order code', () => {
  const continuous = { krx: at(plain('continuous')), nxt: at(plain('continuous')) };

  it('is refused where the product is not traded, or the issue trades at single prices', () => {
    const etp = { ...continuous, product: 'etp', onNxt: false } as const;
    expect(judge(order('00', 'NXT'), etp)?.code).toBe('GUARD_NO_ETP');
    expect(judge(order('41', 'KRX'), { ...etp, krx: at(plain('afterMarket')) })?.code).toBe('GUARD_NO_ETP');
    expect(judge(order('00', 'KRX'), etp)).toBeNull();
    const single = { ...continuous, singlePrice: 'overheated', krx: at(['continuous', 'periodicAuction']) };
    expect(judge(order('00', 'KRX'), single)).toBeNull();
    for (const code of ['02', '03', '04', '11', '12', '21', '22'])
      expect(judge(order(code, 'KRX'), single)?.code, code).toBe('GUARD_SINGLE_PRICE');
    const liquidation = { ...single, singlePrice: 'liquidation' };
    expect(judge(order('01', 'KRX'), liquidation)?.code).toBe('GUARD_MARKET_BANNED');
  });

  it('is refused without the quote or the close that it takes its price from', () => {
    const noAsk = { ...continuous, krx: venueFacts({ ask: null }) };
    expect(judge(order('03', 'KRX'), noAsk)).toBeNull();
    expect(judge(order('21', 'KRX'), noAsk)?.code).toBe('GUARD_NO_QUOTE');
    expect(judge(order('04', 'KRX'), noAsk)).toBeNull();
    const postClose = { ...continuous, krx: at(plain('postClose')), noReference: true };
    expect(judge(order('06', 'KRX'), postClose)?.code).toBe('GUARD_NO_REFERENCE');
  });

  it('of a conditional limit is refused at the limit of its side alone', () => {
    const buy = { ...order('02', 'KRX'), price: 13_000 };
    expect(
      judge(buy, { ...continuous, firstPricePending: false, last: 13_000, krx: venueFacts({ last: 13_000 }) })?.code,
    ).toBe('GUARD_CONDITIONAL_LIMIT');
    expect(judge({ ...buy, price: 12_990 }, { ...continuous, krx: venueFacts({ last: 13_000 }) })).toBeNull();
  });

  it('tells when it is taken next', () => {
    const told = (code: string, route: Route, text: string): string | null => {
      const row = orderKindOf(code);
      return row && nextTaken(row, { route, date: DAY, now: epochMs(kstInstant(DAY, timeOfDayMs(text))) });
    };
    expect(told('00', 'KRX', '08:10')).toBe('08:30');
    expect(told('03', 'KRX', '08:45')).toBe('09:00');
    expect(told('41', 'KRX', '09:00')).toBe('16:00');
    expect(told('06', 'KRX', '09:00')).toBe('15:30');
    expect(told('05', 'KRX', '07:00')).toBe('08:30');
    expect(told('05', 'KRX', '09:00')).toBeNull();
    expect(told('00', 'NXT', '08:55')).toBe('09:00:30');
    expect(told('00', 'SOR', '15:25')).toBe('15:30');
    expect(told('41', 'KRX', '20:00')).toBeNull();
  });
});
