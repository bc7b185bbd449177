/** Trades of a channel that several panels want are counted once. */
import { describe, expect, it } from 'vitest';
import { oneEar, type ChannelWish, type KisRealtime } from '#core/broker/index.ts';
import { epochMs } from '#shared/time/index.ts';

const NOW = epochMs(0);

function line() {
  const wishes = new Set<ChannelWish>();
  const realtime: KisRealtime = {
    want: (wish) => {
      wishes.add(wish);
      return () => void wishes.delete(wish);
    },
    watchLine: () => () => undefined,
  };
  const tell = (key: string): void => {
    for (const wish of [...wishes]) if (wish.key === key) wish.record({ price: 1 }, NOW);
  };
  const state = (): void => [...wishes].forEach((wish) => wish.state?.('live'));
  return { realtime, tell, state, wishes };
}

describe('a channel wanted more than once', () => {
  it('gives each record to one of the wishes, to another once that has gone, and its state to all', () => {
    const { realtime, tell, state, wishes } = line();
    const shared = oneEar(realtime);
    const heard = { a: 0, b: 0, other: 0, states: 0 };
    const wish = (name: 'a' | 'b' | 'other', key: string) =>
      shared.want({
        api: 'x',
        key,
        rank: 'list',
        record: () => (heard[name] += 1),
        state: () => (heard.states += 1),
      });
    const [stopA, stopB] = [wish('a', 'K'), wish('b', 'K')];
    const stopOther = wish('other', 'L');
    tell('K');
    tell('L');
    state();
    expect(heard).toEqual({ a: 1, b: 0, other: 1, states: 3 });
    stopA();
    tell('K');
    expect(heard).toMatchObject({ a: 1, b: 1 });
    stopB();
    stopOther();
    expect(wishes.size).toBe(0);
    const again = wish('a', 'K');
    tell('K');
    expect(heard.a).toBe(2);
    again();
  });
});
