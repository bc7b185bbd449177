/** The ticket's condition: what is typed becomes legs that Maru keeps, or a sentence that says what is wrong. */
import { describe, expect, it } from 'vitest';
import { type Instrument, type MandateTerms, MandateTerms as Terms } from '#shared/domain/index.ts';
import { tableOf } from '../../../renderer/client/price-steps.ts';
import {
  type ConditionFacts,
  type ConditionFields,
  readCondition,
} from '../../../renderer/panels/order-ticket/parts/condition.ts';
import type { DraftOrder } from '../../../renderer/store/on-the-way.ts';

const ENTRY = { side: 'buy', price: 55_700, quantity: 10 } as DraftOrder;
const facts: ConditionFacts = {
  accountId: 'a',
  instrumentId: 'KRX:005930',
  route: 'KRX',
  quantity: 10,
  entry: ENTRY,
  reference: 55_700,
  table: tableOf({ market: 'KOSPI', priceScale: 0 } as Instrument, '2025-02-11'),
  today: '2025-02-11',
};
const fields: ConditionFields = {
  mode: 'wait',
  side: 'sell',
  belowText: '',
  aboveText: '',
  trailing: false,
  sendsAs: 'market',
  lasts: 'day',
};

function legs(change: Partial<ConditionFields>, of: Partial<ConditionFacts> = {}): readonly MandateTerms[] {
  const read = readCondition({ ...fields, ...change }, { ...facts, ...of });
  if (!read.ok) throw new Error(read.why);
  // What is sent to the core is what its own schema takes.
  for (const leg of read.condition.legs) expect(Terms.safeParse(leg).success).toBe(true);
  return read.condition.legs;
}
const why = (change: Partial<ConditionFields>, of: Partial<ConditionFacts> = {}): string => {
  const read = readCondition({ ...fields, ...change }, { ...facts, ...of });
  return read.ok ? 'ok' : read.why;
};

describe('a condition that waits', () => {
  it('is a stop, a target, or both of a holding', () => {
    expect(legs({ belowText: '54,000' })).toMatchObject([
      { side: 'sell', type: 'market', price: null, trigger: { kind: 'price', when: 'atOrBelow', price: 54_000 } },
    ]);
    expect(legs({ belowText: '−3%', aboveText: '5%' })).toMatchObject([
      { trigger: { when: 'atOrBelow', price: 54_000 } },
      { trigger: { when: 'atOrAbove', price: 58_500 } },
    ]);
  });

  it('puts percents on the tick that is reached later', () => {
    expect(legs({ belowText: '-1%' })[0]?.trigger).toMatchObject({ price: 55_100 });
    expect(legs({ aboveText: '+1%' })[0]?.trigger).toMatchObject({ price: 56_300 });
  });

  it('buys above or below as well', () => {
    expect(legs({ side: 'buy', aboveText: '56,000' })).toMatchObject([{ side: 'buy', trigger: { when: 'atOrAbove' } }]);
    expect(legs({ side: 'buy', belowText: '55,000', sendsAs: 'limit' })).toMatchObject([
      { side: 'buy', type: 'limit', price: 55_000 },
    ]);
  });

  it('follows the best price by a share or an amount, on the adverse side only', () => {
    expect(legs({ trailing: true, belowText: '3%' })[0]?.trigger).toEqual({
      kind: 'trailing',
      distance: { by: 'rate', value: 30_000_000 },
    });
    expect(legs({ trailing: true, belowText: '500', aboveText: '58,000' })).toMatchObject([
      { trigger: { kind: 'trailing', distance: { by: 'amount', value: 500 } } },
      { trigger: { kind: 'price', when: 'atOrAbove' } },
    ]);
    expect(legs({ side: 'buy', trailing: true, aboveText: '1.5%' })[0]?.trigger).toMatchObject({ kind: 'trailing' });
  });

  it('stands as long as was chosen', () => {
    expect(legs({ belowText: '54000', lasts: 'week' })[0]?.expires).toBe('2025-02-18');
    expect(legs({ belowText: '54000', lasts: 'month' })[0]?.expires).toBe('2025-03-11');
  });

  it.each([
    [{}, 'cond.none'],
    [{ belowText: '+3%' }, 'cond.badSign'],
    [{ aboveText: '-3%' }, 'cond.badSign'],
    [{ belowText: '삼성' }, 'cond.badPrice'],
    [{ belowText: '54,000 55,000' }, 'cond.badPrice'],
    [{ belowText: '100%' }, 'cond.badPrice'],
    [{ belowText: '56,000' }, 'cond.notBelow'],
    [{ belowText: '55,700' }, 'cond.notBelow'],
    [{ aboveText: '55,000' }, 'cond.notAbove'],
    [{ trailing: true, belowText: '40%' }, 'cond.badDistance'],
    [{ trailing: true, belowText: '0.01%' }, 'cond.badDistance'],
    [{ trailing: true, belowText: '3%', sendsAs: 'limit' }, 'cond.trailsAtMarket'],
  ] as const)('says what is wrong: %j', (change, expected) => expect(why(change)).toBe(expected));

  it('waits for a quote, an account and a quantity', () => {
    expect(why({ belowText: '3%' }, { reference: null })).toBe('cond.noReference');
    expect(why({ belowText: '54,000' }, { accountId: null })).toBe('cond.notYet');
    expect(why({ belowText: '54,000' }, { quantity: null })).toBe('ticket.needQuantity');
  });
});

describe('protection of an entry', () => {
  it('closes what the entry opens, by percents of its price', () => {
    const read = readCondition({ ...fields, mode: 'protect', side: 'buy', belowText: '3%', aboveText: '5%' }, facts);
    expect(read).toMatchObject({ ok: true, condition: { entry: ENTRY, legs: [{ side: 'sell' }, { side: 'sell' }] } });
  });

  it('is for buys, and for an entry that is complete', () => {
    expect(why({ mode: 'protect', side: 'sell', belowText: '3%' })).toBe('cond.protectsBuys');
    expect(why({ mode: 'protect', side: 'buy', belowText: '3%' }, { entry: null })).toBe('cond.notYet');
  });
});
