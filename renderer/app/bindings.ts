/** The user's own keys: what binds what, and what may not be bound. */
import type { Action } from '../client/actions.tsx';

/** Keys by action, as the user has bound them; "" takes a key away. */
export type Bound = Readonly<Record<string, string>>;

/** The actions with the keys in force: the user's own where there are some. */
export function withKeys(actions: readonly Action[], bound: Bound): readonly Action[] {
  const taken = new Set(actions.flatMap((action) => (bound[action.id] ? [bound[action.id]] : [])));
  return actions.map((action) => {
    const own = bound[action.id];
    if (own !== undefined) return { ...action, keys: own === '' ? null : own };
    // A shipped key that the user has given to another action is that one's.
    return action.keys !== null && taken.has(action.keys) ? { ...action, keys: null } : action;
  });
}

/** Browsers keep these for themselves and do not let a page have them. */
const RESERVED = new Set([
  'Ctrl+W',
  'Ctrl+T',
  'Ctrl+N',
  'Ctrl+Shift+T',
  'Ctrl+Shift+N',
  'Ctrl+Tab',
  'F11',
  'F12',
  'Alt+F4',
]);
/** The ticket and the tables live by these. */
const TICKETS = /^(Shift\+)?(Enter|Escape|Tab|Backspace|Delete|Space|Arrow\w+|Home|End|PageUp|PageDown)$/;
/** Without Ctrl or Alt only function keys and signs act, so that no letter or figure does while something is typed. */
const BARE = /^(Shift\+)?(F\d{1,2}|[^\p{L}\p{N}\s+])$/u;

export type KeyProblem =
  | { readonly kind: 'bare' | 'reserved' | 'needed' }
  /** Another action has the key. */
  | { readonly kind: 'taken'; readonly by: Action };

/** Why a key cannot be an action's; null: it can. `keys` "" takes the key away. */
export function keyProblem(keys: string, action: Action, actions: readonly Action[]): KeyProblem | null {
  // Halting is always at hand.
  if (keys === '') return action.id === 'halt' ? { kind: 'needed' } : null;
  if (RESERVED.has(keys)) return { kind: 'reserved' };
  if (TICKETS.test(keys) || (!/(Ctrl|Alt)\+/.test(keys) && !BARE.test(keys))) return { kind: 'bare' };
  const by = actions.find((other) => other.keys === keys && other.id !== action.id);
  return by ? { kind: 'taken', by } : null;
}

/** The bindings after an action took a key, and took it away from the one that had it. */
export function bind(
  bound: Bound,
  of: { readonly action: Action; readonly keys: string; readonly from: Action | null },
): Bound {
  return { ...bound, ...(of.from ? { [of.from.id]: '' } : {}), [of.action.id]: of.keys };
}
