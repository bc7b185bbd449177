/** Keys of the user's own: which may be, and whose they are. */
import { describe, expect, it } from 'vitest';
import { bind, keyProblem, withKeys } from '../../../renderer/app/bindings.ts';
import type { Action } from '../../../renderer/client/actions.tsx';

function action(id: string, keys: string | null): Action {
  return { id, room: 'orders', label: 'top.kill', icon: 'x', keys, enabled: () => true, run: () => undefined };
}

const halt = action('halt', 'Ctrl+Shift+X');
const buy = action('buy', 'Ctrl+B');
const sell = action('sell', 'Ctrl+S');
const all = [halt, buy, sell];
const keysOf = (list: readonly Action[]): Record<string, string | null> =>
  Object.fromEntries(list.map((each) => [each.id, each.keys]));

describe('a key', () => {
  it.each(['b', 'B', '1', 'ㅂ', 'Shift+B', 'Enter', 'Escape', 'Shift+ArrowUp', 'Delete'])(
    '%s alone is refused',
    (keys) => {
      expect(keyProblem(keys, buy, all)?.kind).toBe('bare');
    },
  );

  it.each(['Ctrl+W', 'Ctrl+T', 'F12'])('%s is the browser’s', (keys) => {
    expect(keyProblem(keys, buy, all)?.kind).toBe('reserved');
  });

  it.each(['F9', 'Ctrl+J', 'Alt+Shift+Q', '?', 'Ctrl+Delete'])('%s may be bound', (keys) => {
    expect(keyProblem(keys, buy, all)).toBeNull();
  });

  it('of another action is said to be that one’s', () => {
    expect(keyProblem('Ctrl+S', buy, all)).toEqual({ kind: 'taken', by: sell });
    expect(keyProblem('Ctrl+B', buy, all)).toBeNull();
  });

  it('for halting cannot be taken away', () => {
    expect(keyProblem('', halt, all)?.kind).toBe('needed');
    expect(keyProblem('', buy, all)).toBeNull();
  });
});

describe('bindings', () => {
  it('replace the shipped keys, and take them away', () => {
    expect(keysOf(withKeys(all, { buy: 'F9', sell: '' }))).toEqual({ halt: 'Ctrl+Shift+X', buy: 'F9', sell: null });
  });

  it('leave no key with two actions', () => {
    const bound = bind({}, { action: buy, keys: 'Ctrl+S', from: sell });
    expect(keysOf(withKeys(all, bound))).toEqual({ halt: 'Ctrl+Shift+X', buy: 'Ctrl+S', sell: null });
    // An older file may name only the one.
    expect(keysOf(withKeys(all, { buy: 'Ctrl+S' }))['sell']).toBeNull();
  });

  it('of actions that are gone change nothing', () => {
    expect(keysOf(withKeys(all, { gone: 'F9' }))).toEqual(keysOf(all));
  });
});
