/** The ticket offers what the rules take now, and says why it offers nothing else. */
import { describe, expect, it } from 'vitest';
import type { Quote, Route, SimulationStatus } from '#shared/domain/index.ts';
import { acceptance, krxCalendar, daySchedule, nxtSchedule, phaseAt } from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import {
  choicesOf,
  questionOf,
  sessionFor,
  startTime,
  takenPrice,
  timeOffers,
  typeOffers,
  TYPES,
} from '../../../renderer/client/order-choices.ts';

const DATE = sessionDate('2026-11-25');

function at(time: string, route: Route = 'KRX', quoteChange: Partial<Quote> = {}): Parameters<typeof choicesOf>[0] {
  const simTs = kstInstant(DATE, timeOfDayMs(time));
  const phase = phaseAt(daySchedule(krxCalendar, DATE), simTs);
  const nxt = nxtSchedule(krxCalendar, DATE);
  const nxtPhase = nxt ? phaseAt(nxt, simTs) : null;
  const status: Pick<SimulationStatus, 'phase' | 'nxtPhase' | 'simTs' | 'sessionDate'> = {
    phase,
    nxtPhase,
    simTs,
    sessionDate: DATE,
  };
  const nxtQuote = { phase: nxtPhase, interruption: null, last: 70_100, bid: 70_000, ask: 70_200 };
  const quote = {
    phase,
    interruption: null,
    nxt: nxtQuote,
    upperLimit: 91_000,
    lowerLimit: 49_000,
    base: 70_000,
    close: null,
    bid: 70_000,
    ask: 70_100,
    ...quoteChange,
  } as Quote;
  return { status, quote, instrument: undefined, route, side: 'buy', price: 70_000 };
}

const typesAt = (facts: Parameters<typeof choicesOf>[0], after = false): ReadonlyMap<string, string | null> =>
  new Map(
    typeOffers(choicesOf(facts), { timeInForce: 'day', after, route: facts.route }).map((offer) => [
      offer.value,
      offer.reason,
    ]),
  );

describe('types', () => {
  it('are all in sight, whether taken or not, but for what that day no longer had', () => {
    expect([...typesAt(at('10:00')).keys()]).toEqual(TYPES.filter((type) => type !== 'offHours'));
  });

  it('are taken in the continuous session but for the fixed prices', () => {
    const types = typesAt(at('10:00'));
    for (const type of ['limit', 'market', 'bestOpposite', 'bestSame', 'conditionalLimit', 'mid', 'stopLimit'])
      expect(types.get(type), type).toBeNull();
    expect(types.get('preClose')).toBe('TYPE_HOURS');
    expect(types.get('postClose')).toBe('TYPE_HOURS');
  });

  it('that take their price from the book are refused while orders are collected', () => {
    const types = typesAt(at('15:25'));
    expect(types.get('limit')).toBeNull();
    expect(types.get('market')).toBeNull();
    expect(types.get('bestOpposite')).toBe('TYPE');
    expect(types.get('conditionalLimit')).toBe('TYPE');
  });

  it('follow their fixed-price windows', () => {
    expect(typesAt(at('08:35')).get('preClose')).toBeNull();
    expect(typesAt(at('08:45')).get('preClose')).toBe('TYPE_HOURS');
    expect(typesAt(at('15:45', 'KRX', { close: 70_000 })).get('postClose')).toBeNull();
  });

  it('are all refused while a breaker holds the market', () => {
    const interruption = { kind: 'circuitBreaker' } as Quote['interruption'];
    const types = typesAt(at('10:00', 'KRX', { phase: 'halted', interruption }));
    expect(new Set(types.values())).toEqual(new Set(['MARKET_HALTED']));
  });

  it('agree with the acceptance that the exchange asks, for every code, hour and route', () => {
    for (const time of ['08:10', '08:35', '08:55', '09:10', '15:22', '15:35', '16:30', '20:00'])
      for (const route of ['KRX', 'NXT', 'SOR'] as const) {
        const question = questionOf(at(time, route))!;
        for (const choice of choicesOf(at(time, route))) {
          expect(choice.reason, `${time} ${route} ${choice.ordDvsn}`).toBe(acceptance({ ...question, kind: choice }));
        }
      }
  });
});

describe('NXT and SOR', () => {
  it('NXT takes market orders only at once, and the ticket starts them so', () => {
    const facts = at('10:00', 'NXT');
    const choices = choicesOf(facts);
    const of = { type: 'market', after: false, route: 'NXT' } as const;
    const times = new Map(timeOffers(choices, of).map((offer) => [offer.value, offer.reason]));
    expect(times.get('day')).toBe('VENUE_TYPE');
    expect(times.get('ioc')).toBeNull();
    expect(startTime(choices, { ...of, timeInForce: 'day' })).toBe('ioc');
    expect(typesAt(facts).get('market')).toBeNull();
  });

  it('only NXT is offered the pre-market time, and only then is it taken', () => {
    const of = { type: 'limit', after: false } as const;
    const gtp = (time: string, route: Route): string | null | undefined =>
      timeOffers(choicesOf(at(time, route)), { ...of, route }).find((offer) => offer.value === 'gtp')?.reason;
    expect(gtp('08:10', 'NXT')).toBeNull();
    expect(gtp('10:00', 'NXT')).toBe('TYPE_HOURS');
    expect(gtp('08:10', 'KRX')).toBeUndefined();
  });

  it('SOR refuses what no venue chooses for', () => {
    const types = typesAt(at('10:00', 'SOR'));
    expect(types.get('limit')).toBeNull();
    expect(types.get('stopLimit')).toBe('VENUE_TYPE');
  });

  it('an issue that NXT does not trade is refused there', () => {
    expect(typesAt(at('10:00', 'NXT', { nxt: null })).get('limit')).toBe('NOT_ON_NXT');
  });
});

describe('the after-market', () => {
  it('is meant without asking, by its own codes', () => {
    const of = { route: 'KRX', krxPhase: 'afterMarket', type: 'limit', timeInForce: 'day' } as const;
    expect(sessionFor(of)).toBe('after');
    expect(sessionFor({ ...of, krxPhase: 'continuous' })).toBe('regular');
    expect(sessionFor({ ...of, route: 'NXT' })).toBe('regular');
    expect(sessionFor({ ...of, type: 'market' })).toBe('regular');
    const offers = typeOffers(choicesOf(at('17:00')), { timeInForce: 'day', after: true, route: 'KRX' });
    expect(offers.find((offer) => offer.value === 'limit')).toMatchObject({
      code: '41',
      reason: null,
      session: 'after',
    });
    expect(offers.find((offer) => offer.value === 'market')).toMatchObject({ code: '01', reason: 'TYPE_HOURS' });
  });
});

describe('the price a type without one is sent at', () => {
  const { quote } = at('10:00', 'KRX', { close: 70_300 });
  const taken = (
    type: Parameters<typeof takenPrice>[0]['type'],
    side: 'buy' | 'sell',
    route: Route = 'KRX',
  ): number | null => takenPrice({ type, side, route, quote });

  it('comes from the side of the book it takes or joins', () => {
    expect(taken('bestOpposite', 'buy')).toBe(70_100);
    expect(taken('bestOpposite', 'sell')).toBe(70_000);
    expect(taken('bestSame', 'buy')).toBe(70_000);
    expect(taken('mid', 'sell')).toBe(70_050);
    expect(taken('bestOpposite', 'buy', 'NXT')).toBe(70_200);
  });

  it('is a close for the fixed prices, and nothing for a market or a priced order', () => {
    expect(taken('preClose', 'buy')).toBe(70_000);
    expect(taken('postClose', 'buy')).toBe(70_300);
    expect(taken('market', 'buy')).toBeNull();
    expect(taken('limit', 'buy')).toBeNull();
  });
});
