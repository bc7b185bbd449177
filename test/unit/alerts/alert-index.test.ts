/** Price alerts: told by the trade that reaches them, once, or each time the price comes back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertIndex } from '#core/alerts/index.ts';
import type { PriceAlert } from '#shared/domain/index.ts';

const ISSUE = 'KRX:005930';

function alert(price: number, change: Partial<PriceAlert> = {}): PriceAlert {
  return {
    instrumentId: ISSUE,
    market: 'simulated',
    when: 'atOrAbove',
    price,
    note: '',
    repeats: false,
    state: 'armed',
    firedTs: null,
    ...change,
  };
}

const told = (index: AlertIndex, price: number): readonly string[] => index.judge(ISSUE, price).map(({ id }) => id);

describe('price alerts', () => {
  it('are told by a touch and by a gap, once', () => {
    const index = new AlertIndex();
    index.put('a', alert(100));
    index.put('b', alert(105));
    index.put('c', alert(90, { when: 'atOrBelow' }));
    expect(told(index, 99)).toEqual([]);
    expect(told(index, 100)).toEqual(['a']);
    expect(told(index, 100)).toEqual([]);
    expect(told(index, 120)).toEqual(['b']);
    expect(told(index, 80)).toEqual(['c']);
    expect(index.issues()).toEqual([]);
  });

  it('that repeat are told again only after the price has left them', () => {
    const index = new AlertIndex();
    index.put('a', alert(100, { repeats: true }));
    expect([101, 102, 100, 99, 100, 101].map((price) => told(index, price).length)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('are told of their own issue alone, and not after they were removed or told', () => {
    const index = new AlertIndex();
    index.put('a', alert(100));
    expect(index.judge('KRX:000660', 200)).toEqual([]);
    index.remove('a');
    expect(told(index, 200)).toEqual([]);
    index.put('b', alert(100, { state: 'fired' }));
    expect(told(index, 200)).toEqual([]);
  });

  it('agree with looking at every one of them on every trade', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.boolean(), fc.boolean()), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }),
        (rules, prices) => {
          const index = new AlertIndex();
          const plain = rules.map(([price, above, repeats], at) => {
            const rule = alert(price, { when: above ? 'atOrAbove' : 'atOrBelow', repeats });
            index.put(String(at), rule);
            return { id: String(at), rule, armed: true };
          });
          for (const price of prices) {
            const expected: string[] = [];
            for (const each of plain) {
              const reached = each.rule.when === 'atOrAbove' ? price >= each.rule.price : price <= each.rule.price;
              if (each.armed && reached) {
                expected.push(each.id);
                each.armed = false;
              } else if (!reached && each.rule.repeats) each.armed = true;
            }
            expect([...told(index, price)].sort()).toEqual(expected.sort());
          }
        },
      ),
    );
  });
});
