/** The rule sheet: it says what the tables say, with source and status on every line, and admits what is not known. */
import { describe, expect, it } from 'vitest';
import { RULE_GROUPS, RuleSheet } from '#shared/domain/index.ts';
import {
  krxCalendar,
  ORDER_CODES,
  ruleRow,
  ruleSheet,
  type RuleIssue,
  type RuleLive,
  type RuleQuestion,
} from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/price-limits.json' with { type: 'json' };

const samsung: RuleIssue = {
  code: '005930',
  nameKo: '삼성전자',
  market: 'KOSPI',
  basePrice: 70_300,
  baseAsOf: null,
  listedShares: 5_969_782_550,
  kospi200: true,
  nxt: true,
};

type Change = Partial<Omit<RuleQuestion, 'issue' | 'date' | 'at'>> & { readonly issue?: Partial<RuleIssue> };

/** The sheet at "2026-11-24 10:00". */
function sheetAt(moment: string, change: Change = {}): RuleSheet {
  const [day = '', time = ''] = moment.split(' ');
  const date = sessionDate(day);
  const { issue, ...rest } = change;
  const sheet = ruleSheet({
    issue: { ...samsung, ...issue },
    calendar: krxCalendar,
    date,
    at: kstInstant(date, timeOfDayMs(time)),
    ...rest,
  });
  return RuleSheet.parse(sheet);
}

function value(sheet: RuleSheet, id: string): unknown {
  return ruleRow(sheet, id)?.value;
}

/** Codes a route takes. */
function taken(sheet: RuleSheet, route: string): unknown[] {
  const choices = value(sheet, `order.${route}`);
  if (!Array.isArray(choices)) throw new Error(`no types of ${route}`);
  return choices
    .filter((each: { valid: unknown }) => each.valid === true)
    .map((each: { ordDvsn: unknown }) => each.ordDvsn);
}

const krxLive = {
  venuePhase: 'continuous',
  phase: 'continuous',
  interruption: null,
  viUp: 77_400,
  viDown: 63_200,
} as const;
const live: RuleLive = {
  base: 70_300,
  upperLimit: 91_300,
  lowerLimit: 49_300,
  last: 71_000,
  firstPricePending: false,
  krx: krxLive,
  nxt: { ...krxLive, viUp: null, viDown: null },
  market: { market: 'KOSPI', indexChangePpm: -31_000, breaker: null, breakersUsed: [], sidecar: null },
};

describe('every sheet', () => {
  it.each([
    '2026-11-24 10:00',
    '2026-11-22 10:00',
    '2026-11-19 08:30',
    '2015-06-12 10:00',
    '1999-01-04 10:00',
    '2030-01-02 10:00',
  ])('of %s has all sections, rows of their own section and ids once', (moment) => {
    const sheet = sheetAt(moment);
    expect(sheet.sections.map(({ group }) => group)).toEqual([...RULE_GROUPS]);
    const rows = sheet.sections.flatMap(({ group, rows: all }) => all.map((row) => ({ group, row })));
    for (const { group, row } of rows) expect(row.group, row.id).toBe(group);
    const ids = rows.map(({ row }) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { row } of rows) {
      expect(row.source, row.id).not.toBe('');
      expect(row.valueKo, row.id).not.toMatch(/undefined|NaN|null|Infinity/);
      expect(row.noteKo ?? '', row.id).not.toMatch(/undefined|NaN/);
    }
  });
});

describe('prices', () => {
  it.each(vectors.stock)('limits of $base as the vectors say, with the arithmetic', ({ base, upper, lower }) => {
    const sheet = sheetAt('2026-11-24 10:00', { issue: { basePrice: base } });
    expect([value(sheet, 'limit.upper'), value(sheet, 'limit.lower')]).toEqual([upper, lower]);
    const digits = upper.toLocaleString('en-US');
    expect(ruleRow(sheet, 'limit.upper')?.valueKo).toContain(`→ ${digits}원`);
  });

  it.each(vectors.newListing)('first day at $base', ({ base, upper, lower }) => {
    const sheet = sheetAt('2026-11-24 08:40', { issue: { basePrice: base, newListing: true } });
    expect([value(sheet, 'limit.upper'), value(sheet, 'limit.lower')]).toEqual([upper, lower]);
    expect(value(sheet, 'limit.rule')).toBe('newListing');
    // Plain limit orders before the first price, and no VI that day.
    expect(taken(sheet, 'KRX')).toEqual(['00']);
    expect(ruleRow(sheet, 'vi.exempt')?.valueKo).toBe('신규상장 첫날');
  });

  it('leveraged products have wider limits and say so', () => {
    const sheet = sheetAt('2026-11-24 10:00', { issue: { product: 'etp', basePrice: 20_015, multiple: 2 } });
    expect([value(sheet, 'limit.upper'), value(sheet, 'limit.lower')]).toEqual([32_015, 8_015]);
    expect(ruleRow(sheet, 'limit.rule')?.valueKo).toContain('× 2배');
    expect(value(sheet, 'cost.tax')).toBe(0);
    expect(taken(sheet, 'NXT')).toEqual([]);
  });

  it('a capital reduction has a band for its first price only until the open', () => {
    const issue = { firstPrice: 'capitalReduction', basePrice: 10_000 } as const;
    expect(value(sheetAt('2026-11-24 08:50', { issue }), 'limit.upper')).toBe(15_000);
    expect(value(sheetAt('2026-11-24 10:00', { issue }), 'limit.upper')).toBe(13_000);
  });

  it('liquidation and ELW have no limits', () => {
    expect(value(sheetAt('2026-11-24 10:00', { issue: { singlePrice: 'liquidation' } }), 'limit.rule')).toBe('none');
    expect(value(sheetAt('2026-11-24 10:00', { issue: { product: 'elw', basePrice: 100 } }), 'limit.rule')).toBe(
      'none',
    );
  });

  it('the tick is that of the last price, the cap by market value', () => {
    const sheet = sheetAt('2026-11-24 10:00', { live: { ...live, last: 49_950 } });
    expect(value(sheet, 'tick.now')).toBe(50);
    // 5,969,782,550 shares at 70,300 are above ten trillion: 100 billion won by the base.
    expect(value(sheet, 'quantity.cap')).toBe(1_422_475);
    expect(value(sheetAt('2026-11-24 10:00', { issue: { listedShares: null } }), 'quantity.cap')).toBeNull();
  });
});

describe('sessions and order types', () => {
  it('go with the clock', () => {
    const at = (time: string): unknown[] => {
      const sheet = sheetAt(`2026-11-24 ${time}`);
      return [value(sheet, 'session.KRX.now'), value(sheet, 'session.NXT.now'), taken(sheet, 'KRX')];
    };
    expect(at('08:35')).toEqual(['openAuction', 'preMarket', ['00', '01', '02', '05', '22']]);
    expect(at('08:45')).toEqual(['openAuction', 'preMarket', ['00', '01', '02', '22']]);
    expect(at('15:25')).toEqual(['closeAuction', 'break', ['00', '01', '22']]);
    expect(at('15:35')).toEqual(['postClose', 'afterAuction', ['06']]);
    expect(at('16:00')).toEqual(['afterMarket', 'afterMarket', ['41', '42', '43', '44', '45', '46', '47']]);
    expect(at('20:00')).toEqual(['closed', 'closed', []]);
  });

  it('refuse with a reason in words', () => {
    const choices = value(sheetAt('2026-11-24 16:30'), 'order.KRX') as readonly Record<string, unknown>[];
    expect(choices.find(({ ordDvsn }) => ordDvsn === '01')).toMatchObject({
      valid: false,
      reason: 'TYPE_HOURS',
      reasonKo: '다른 시간대의 주문 유형입니다.',
    });
    // Every type of the date is there: all but 07, which ended on 2026-09-13.
    expect(choices).toHaveLength(ORDER_CODES.length - 1);
  });

  it('on a holiday nothing is taken', () => {
    const sheet = sheetAt('2026-12-25 10:00');
    expect(ruleRow(sheet, 'session.KRX.now')?.valueKo).toBe('휴장일');
    expect(taken(sheet, 'KRX')).toEqual([]);
    expect(ruleRow(sheet, 'cost.settlement')).toBeUndefined();
  });

  it('tell the shifted day', () => {
    expect(ruleRow(sheetAt('2026-11-19 09:30'), 'session.shift')?.valueKo).toBe('개장 60분, 폐장 60분 늦음');
    expect(value(sheetAt('2026-11-19 09:30'), 'session.KRX.now')).toBe('openAuction');
  });

  it('say where it is not known whether NXT trades the issue', () => {
    const sheet = sheetAt('2026-11-24 10:00', { issue: { nxt: null } });
    expect(ruleRow(sheet, 'order.NXT')).toMatchObject({ status: 'U' });
    expect(ruleRow(sheet, 'order.NXT')?.noteKo).toContain('NXT 거래 종목인지 몰라');
    expect(taken(sheetAt('2026-11-24 10:00', { issue: { nxt: false } }), 'NXT')).toEqual([]);
  });

  it('single-price issues take limit and market orders only', () => {
    expect(taken(sheetAt('2026-11-24 10:00', { issue: { singlePrice: 'overheated' } }), 'KRX')).toEqual(['00', '01']);
  });
});

describe('the running market', () => {
  it('is what the sheet goes by', () => {
    const sheet = sheetAt('2026-11-24 10:00', { live });
    expect(value(sheet, 'vi.prices')).toEqual([{ up: 77_400, down: 63_200 }]);
    expect(ruleRow(sheet, 'breaker.now')?.valueKo).toBe('지수 −3.10% · 발동 없음');
    expect(value(sheet, 'limit.rule')).toBe('±30%');
    const given = sheetAt('2026-11-24 10:00', { live: { ...live, upperLimit: 100_000 } });
    expect(value(given, 'limit.rule')).toBe('given');
    expect(value(given, 'limit.upper')).toBe(100_000);
  });

  it('in a VI takes what a VI takes, and shows it', () => {
    const untilTs = kstInstant(sessionDate('2026-11-24'), timeOfDayMs('10:02'));
    const interruption = {
      kind: 'viStatic',
      level: null,
      sinceTs: untilTs - 120_000,
      untilTs,
      reference: 70_300,
      price: 77_400,
      note: '',
    } as const;
    const sheet = sheetAt('2026-11-24 10:00', {
      live: { ...live, krx: { ...krxLive, phase: 'viAuction', interruption } },
    });
    expect(taken(sheet, 'KRX')).toEqual(['00', '01', '02', '22']);
    expect(ruleRow(sheet, 'halt.KRX.now')?.valueKo).toBe('정적VI · 10:02:00까지');
  });

  it('in a circuit breaker takes nothing on either venue', () => {
    const interruption = {
      kind: 'circuitBreaker',
      level: 1,
      sinceTs: 0,
      untilTs: null,
      reference: null,
      price: null,
      note: '',
    } as const;
    const stopped = { ...krxLive, phase: 'halted', interruption } as const;
    const sheet = sheetAt('2026-11-24 10:00', { live: { ...live, krx: stopped, nxt: stopped } });
    for (const route of ['KRX', 'NXT', 'SOR']) expect(taken(sheet, route), route).toEqual([]);
    const choices = value(sheet, 'order.KRX') as readonly Record<string, unknown>[];
    expect(choices.find(({ ordDvsn }) => ordDvsn === '00')?.reason).toBe('MARKET_HALTED');
  });
});

describe('what is not known', () => {
  it('is told by the class of a VI', () => {
    const unknown = sheetAt('2026-11-24 10:00', { issue: { kospi200: null } });
    expect(ruleRow(unknown, 'vi.class')).toMatchObject({ value: 'unknown', status: 'U' });
    expect(ruleRow(unknown, 'vi.KRX')).toMatchObject({ status: 'U' });
    expect(ruleRow(unknown, 'vi.KRX')?.noteKo).toContain('넓은 기준');
    const set = sheetAt('2026-11-24 10:00', { issue: { kospi200: null, viClass: 'kospi200' } });
    expect(ruleRow(set, 'vi.class')).toMatchObject({ value: 'kospi200', status: 'D' });
    expect(ruleRow(set, 'vi.KRX')).toMatchObject({ status: 'C' });
    expect(ruleRow(set, 'vi.NXT')).toMatchObject({ status: 'U' });
  });

  it('is told for days before the text that was read', () => {
    const sheet = sheetAt('2024-08-05 10:00');
    for (const id of ['vi.KRX', 'breaker.level1', 'breaker.sidecar', 'quantity.cap', 'order.KRX']) {
      expect(ruleRow(sheet, id), id).toMatchObject({ status: 'U' });
      expect(ruleRow(sheet, id)?.noteKo, id).toContain('원문은 보지 못');
    }
    // Dated facts hold: ticks and limits of that day are known.
    expect(ruleRow(sheet, 'tick.now')?.status).toBe('C');
    expect(ruleRow(sheet, 'limit.upper')?.status).toBe('C');
    expect(value(sheet, 'session.NXT.now')).toBeNull();
  });

  it('is told and not guessed where nothing is known', () => {
    const sheet = sheetAt('1995-01-04 10:00');
    for (const id of ['tick.now', 'limit.rule', 'session.KRX.now', 'order.KRX', 'breaker.level1', 'cost.tax']) {
      expect(ruleRow(sheet, id), id).toMatchObject({ value: null, valueKo: '모름', status: 'U' });
    }
    expect(ruleRow(sheetAt('2030-01-02 10:00'), 'session.calendar')).toMatchObject({ status: 'U' });
  });
});

describe('money', () => {
  it('of 2026 as published', () => {
    const sheet = sheetAt('2026-11-24 10:00');
    expect(value(sheet, 'cost.tax')).toBe(2_000_000);
    expect(value(sheet, 'cost.settlement')).toBe('2026-11-26');
    expect(ruleRow(sheet, 'cost.commission.KRX')?.valueKo).toBe('0.0140527%');
    expect(value(sheet, 'cost.exchange.NXT')).toEqual([
      { role: 'maker', ppb: 13_400, status: 'C' },
      { role: 'taker', ppb: 18_200, status: 'C' },
      { role: 'auction', ppb: 15_800, status: 'S' },
    ]);
  });

  it('designations that must be paid in full', () => {
    const sheet = sheetAt('2026-11-24 10:00', { issue: { designations: ['alert'] } });
    expect(value(sheet, 'margin.margin40')).toBe(100);
    expect(ruleRow(sheet, 'halt.alert')).toMatchObject({
      labelKo: '투자경고',
      valueKo: '증거금 100% · 신용 불가 · 대용 불가',
    });
  });
});
