/** Order types by code: the published table, every session's codes, and the order in which refusals come. */
import { describe, expect, it } from 'vitest';
import { REJECT_CODES } from '#shared/exchange/index.ts';
import {
  acceptance,
  noCodeReason,
  ORDER_CODES,
  orderChoices,
  orderCodeOf,
  orderKindOf,
  type AcceptanceQuestion,
  type KindIssue,
  type VenueMoment,
} from '#shared/market/index.ts';
import { sessionDate, type Phase } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/order-types.json' with { type: 'json' };

const TODAY = sessionDate('2026-11-24');
const NEGOTIATED = ['51', '62', '72', '80'];
const stock: KindIssue = { date: TODAY, product: 'stock', nxt: true };

function moment(venue: 'KRX' | 'NXT', venuePhase: Phase, change: Partial<VenueMoment> = {}): VenueMoment {
  return { venue, venuePhase, phase: venuePhase, ...change };
}

/** Reason for a code on a route, with KRX and NXT in a phase each. */
function reason(
  code: string,
  at: Partial<AcceptanceQuestion> & { readonly krxPhase?: Phase; readonly nxtPhase?: Phase },
) {
  const kind = orderKindOf(code);
  if (!kind) throw new Error(`no code ${code}`);
  const { krxPhase = 'continuous', nxtPhase = 'continuous', ...rest } = at;
  return acceptance({
    kind,
    route: 'KRX',
    krx: moment('KRX', krxPhase),
    nxt: moment('NXT', nxtPhase),
    issue: stock,
    ...rest,
  });
}

describe('the table of codes', () => {
  it('has every published code with its venues and price field', () => {
    const published = vectors.domestic.filter(({ code }) => !NEGOTIATED.includes(code));
    expect(ORDER_CODES.map(({ code }) => code)).toEqual(published.map(({ code }) => code));
    for (const { code, venues, price } of published) {
      const row = orderKindOf(code);
      expect(row?.price, code).toBe(price === '0' ? 'zero' : 'required');
      expect([row?.KRX && 'KRX', row?.NXT && 'NXT', row?.SOR?.taken && 'SOR'].filter(Boolean), code).toEqual(venues);
    }
  });

  it('goes both ways, and every kind has one code', () => {
    for (const row of ORDER_CODES) expect(orderCodeOf(row)).toBe(row.code);
    expect(orderKindOf('99')).toBeNull();
    expect(orderKindOf('51')).toBeNull();
    const none = { type: 'bestSame', timeInForce: 'ioc', session: 'regular' } as const;
    expect(orderCodeOf(none)).toBeNull();
    expect(noCodeReason(none)).toBe('BEST_SAME_NOW');
    expect(noCodeReason({ type: 'conditionalLimit', timeInForce: 'fok', session: 'regular' })).toBe('TYPE');
    expect(noCodeReason({ type: 'market', timeInForce: 'day', session: 'after' })).toBe('TYPE_HOURS');
  });
});

describe('each session takes exactly its published codes', () => {
  const PHASES: Readonly<Record<string, Phase>> = {
    OPEN_AUCTION: 'openAuction',
    CONTINUOUS: 'continuous',
    CLOSE_AUCTION: 'closeAuction',
    POST_CLOSE_PRICE: 'postClose',
    AFTER_MARKET: 'afterMarket',
    OFF_HOURS_SINGLE: 'offHours',
    PRE_MARKET: 'preMarket',
    BREAK: 'break',
    MAIN_MARKET: 'continuous',
    BREAK2: 'break',
    AFTER_AUCTION_OR_ACCEPT: 'afterAuction',
  };
  const cases = (['KRX', 'NXT'] as const).flatMap((venue) =>
    vectors.sessions[venue].flatMap(({ from, sessions }) =>
      sessions
        .filter(({ name }) => PHASES[venue === 'NXT' && name === 'AFTER_MARKET' ? 'AFTER_MARKET' : name])
        .map(({ name, kisOrdDvsn }) => ({ venue, from, name, codes: kisOrdDvsn })),
    ),
  );
  it.each(cases)('$venue $name from $from', ({ venue, from, name, codes }) => {
    // Mid and stop orders came with NXT in March 2025: a day after that, within the period.
    const date = sessionDate(from > '2025-03-04' ? from : '2025-03-05');
    const krx = moment('KRX', venue === 'KRX' ? (PHASES[name] as Phase) : 'closed', { postCloseOpen: true });
    const nxt = moment('NXT', venue === 'NXT' ? (PHASES[name] as Phase) : 'closed');
    const issue = { ...stock, date, nxt: venue === 'NXT' };
    const taken = ORDER_CODES.filter((kind) => acceptance({ kind, route: venue, krx, nxt, issue }) === null);
    expect(taken.map(({ code }) => code)).toEqual(codes);
  });
});

describe('refusals', () => {
  it('are codes of the exchange', () => {
    const codes = new Set<string>(REJECT_CODES);
    for (const phase of ['closed', 'openAuction', 'continuous', 'afterMarket', 'halted'] as const) {
      for (const row of ORDER_CODES) {
        const found = reason(row.code, { krx: moment('KRX', 'continuous', { phase }) });
        if (found !== null) expect(codes.has(found)).toBe(true);
      }
    }
  });

  it.each([
    ['00', 'closed', 'SESSION'],
    ['00', 'preOpen', 'SESSION'],
    ['00', 'postClose', 'TYPE_HOURS'],
    ['00', 'afterMarket', 'TYPE_HOURS'],
    ['01', 'afterMarket', 'TYPE_HOURS'],
    ['41', 'continuous', 'TYPE_HOURS'],
    ['05', 'continuous', 'TYPE_HOURS'],
    ['06', 'closeAuction', 'TYPE_HOURS'],
    ['07', 'afterMarket', 'VENUE_TYPE'],
    ['27', 'continuous', 'VENUE_TYPE'],
    ['03', 'openAuction', 'TYPE'],
    ['11', 'closeAuction', 'TYPE'],
    ['02', 'closeAuction', 'TYPE'],
    ['21', 'openAuction', 'TYPE'],
  ] as const)('KRX %s in %s: %s', (code, krxPhase, expected) => {
    expect(reason(code, { krxPhase })).toBe(expected);
  });

  it('05 only in its window, 06 only once the closing auction of the issue is over', () => {
    expect(reason('05', { krx: moment('KRX', 'openAuction', { preCloseOpen: true }) })).toBeNull();
    expect(reason('05', { krx: moment('KRX', 'openAuction', { preCloseOpen: false }) })).toBe('TYPE_HOURS');
    const extended = moment('KRX', 'postClose', { phase: 'viAuction', postCloseOpen: true });
    expect(reason('06', { krx: extended })).toBe('TYPE_HOURS');
    const after = moment('KRX', 'postClose', { postCloseOpen: true });
    expect(reason('06', { krx: after })).toBeNull();
    expect(reason('06', { krx: after, issue: { ...stock, noReference: true } })).toBe('NO_REFERENCE');
  });

  it('a VI takes limits, market orders and resting stops, nothing that wants a quote or to trade at once', () => {
    const krx = moment('KRX', 'continuous', { phase: 'viAuction' });
    const taken = ORDER_CODES.filter((kind) => reason(kind.code, { krx }) === null).map(({ code }) => code);
    expect(taken).toEqual(['00', '01', '02', '22']);
    const after = moment('KRX', 'afterMarket', { phase: 'viAuction' });
    expect(ORDER_CODES.filter((kind) => reason(kind.code, { krx: after }) === null).map(({ code }) => code)).toEqual([
      '41',
    ]);
    expect(reason('44', { krx: after })).toBe('TYPE');
  });

  it('a halt takes nothing, and says whether it is the issue or the market', () => {
    const halted = moment('KRX', 'continuous', { phase: 'halted' });
    for (const code of ['00', '01', '22', '11']) expect(reason(code, { krx: halted })).toBe('HALTED');
    expect(reason('00', { krx: { ...halted, marketHalted: true } })).toBe('MARKET_HALTED');
    // A code that KRX never takes is told first.
    expect(reason('27', { krx: halted })).toBe('VENUE_TYPE');
  });

  it('ETF, ETN and ELW: no NXT and no after-market', () => {
    for (const product of ['etp', 'elw'] as const) {
      const issue = { ...stock, product };
      expect(reason('00', { route: 'NXT', issue })).toBe('NO_ETP');
      expect(reason('41', { krxPhase: 'afterMarket', issue })).toBe('NO_ETP');
      expect(reason('00', { issue })).toBeNull();
      expect(reason('00', { route: 'SOR', issue })).toBeNull();
    }
  });

  it('NXT trades only its list, and only since it opened', () => {
    expect(reason('00', { route: 'NXT', issue: { ...stock, nxt: false } })).toBe('NOT_ON_NXT');
    expect(reason('00', { route: 'NXT', nxt: null })).toBe('SESSION');
    expect(reason('01', { route: 'NXT' })).toBe('VENUE_TYPE');
    expect(reason('27', { route: 'NXT' })).toBe('TYPE_HOURS');
    expect(reason('27', { route: 'NXT', nxtPhase: 'preMarket' })).toBeNull();
    expect(reason('00', { route: 'NXT', nxtPhase: 'break' })).toBe('SESSION');
    expect(reason('03', { route: 'NXT', nxtPhase: 'afterAuction' })).toBe('TYPE');
  });

  it('SOR takes what one of the venues takes', () => {
    expect(reason('01', { route: 'SOR' })).toBeNull();
    expect(reason('02', { route: 'SOR' })).toBe('VENUE_TYPE');
    expect(reason('22', { route: 'SOR' })).toBe('VENUE_TYPE');
    expect(reason('41', { route: 'SOR', krxPhase: 'afterMarket' })).toBe('VENUE_TYPE');
    // Before KRX opens and after it has closed NXT takes a limit order, never a market order.
    for (const [krxPhase, nxtPhase] of [
      ['preOpen', 'preMarket'],
      ['afterMarket', 'afterMarket'],
    ] as const) {
      expect(reason('00', { route: 'SOR', krxPhase, nxtPhase })).toBeNull();
      expect(reason('01', { route: 'SOR', krxPhase, nxtPhase })).not.toBeNull();
    }
    expect(reason('11', { route: 'SOR', krxPhase: 'closeAuction', nxtPhase: 'break' })).toBe('TYPE');
    expect(reason('00', { route: 'SOR', krxPhase: 'closed', nxtPhase: 'closed' })).toBe('SESSION');
    expect(reason('00', { route: 'SOR', krxPhase: 'preOpen', nxt: null })).toBe('SESSION');
  });

  it('issues of single prices take plain limit and market orders, a liquidation no market orders', () => {
    const krx = moment('KRX', 'continuous', { phase: 'periodicAuction' });
    const overheated = { ...stock, singlePrice: 'overheated' };
    for (const code of ['02', '03', '04', '11', '12', '13', '14', '15', '16', '21', '22', '23', '24'])
      expect(reason(code, { krx, issue: overheated }), code).toBe('SINGLE_PRICE');
    expect(reason('00', { krx, issue: overheated })).toBeNull();
    expect(reason('01', { krx, issue: overheated })).toBeNull();
    expect(reason('01', { krx, issue: { ...stock, singlePrice: 'liquidation' } })).toBe('MARKET_BANNED');
  });

  it('before a first price there are plain limit orders only', () => {
    const at = { krxPhase: 'openAuction', issue: { ...stock, firstPricePending: true } } as const;
    expect(reason('00', at)).toBeNull();
    expect(reason('01', at)).toBe('MARKET_BANNED');
    expect(reason('02', at)).toBe('TYPE');
    expect(reason('22', at)).toBe('TYPE');
  });

  it('a conditional limit may not stand at the limit on its own side', () => {
    const limits = { upper: 91_300, lower: 49_300 };
    expect(reason('02', { order: { side: 'buy', price: 91_300, limits } })).toBe('CONDITIONAL_LIMIT');
    expect(reason('02', { order: { side: 'sell', price: 91_300, limits } })).toBeNull();
    expect(reason('02', { order: { side: 'sell', price: 49_300, limits } })).toBe('CONDITIONAL_LIMIT');
    expect(reason('02', { order: { side: 'buy', price: 49_300, limits } })).toBeNull();
    expect(reason('00', { order: { side: 'buy', price: 91_300, limits } })).toBeNull();
  });

  it('a mid order needs a quote on both sides; a best order without one takes another price', () => {
    for (const order of [
      { side: 'sell', hasBid: false },
      { side: 'sell', hasAsk: false },
    ] as const) {
      for (const code of ['21', '23', '24']) expect(reason(code, { order })).toBe('NO_QUOTE');
      for (const code of ['03', '04', '15', '16']) expect(reason(code, { order })).toBeNull();
    }
  });

  it('a covered short sale is a plain limit order, but of an ETF', () => {
    const order = { shortSale: true };
    expect(reason('00', { order })).toBeNull();
    expect(reason('01', { order })).toBe('MARKET_BANNED');
    for (const code of ['02', '03', '04', '11', '12', '15', '21', '22'])
      expect(reason(code, { order }), code).toBe('TYPE');
    expect(reason('01', { order, issue: { ...stock, product: 'etp' } })).toBeNull();
  });

  it('codes begin and end with their dates', () => {
    const before = sessionDate('2026-09-11');
    expect(reason('07', { krxPhase: 'offHours', issue: { ...stock, date: before, nxt: false } })).toBeNull();
    expect(reason('07', { krxPhase: 'offHours', issue: { ...stock, date: before } })).toBe('VENUE_TYPE');
    expect(reason('41', { krxPhase: 'afterMarket', issue: { ...stock, date: before } })).toBe('VENUE_TYPE');
    expect(reason('21', { issue: { ...stock, date: sessionDate('2025-02-28') } })).toBe('VENUE_TYPE');
  });
});

describe('choices', () => {
  it('list every type of the date with the reason where it is refused', () => {
    const choices = orderChoices({
      route: 'KRX',
      krx: moment('KRX', 'openAuction', { preCloseOpen: true }),
      nxt: moment('NXT', 'break'),
      issue: stock,
    });
    expect(choices.map(({ ordDvsn }) => ordDvsn)).not.toContain('07');
    expect(choices.filter(({ valid }) => valid).map(({ ordDvsn }) => ordDvsn)).toEqual(['00', '01', '02', '05', '22']);
    expect(choices.find(({ ordDvsn }) => ordDvsn === '03')).toEqual({
      ordDvsn: '03',
      type: 'bestOpposite',
      timeInForce: 'day',
      session: 'regular',
      nameKo: '최유리지정가',
      priced: false,
      valid: false,
      reason: 'TYPE',
      status: 'C',
    });
    for (const { valid, reason: why } of choices) expect(valid).toBe(why === null);
  });

  it('say where SOR is not known to take a type', () => {
    const choices = orderChoices({
      route: 'SOR',
      krx: moment('KRX', 'afterMarket'),
      nxt: moment('NXT', 'afterMarket'),
      issue: stock,
    });
    expect(choices.find(({ ordDvsn }) => ordDvsn === '41')).toMatchObject({ valid: false, status: 'U' });
  });
});
