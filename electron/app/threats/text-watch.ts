/** Lets the guard look at every text that is about to be logged, before secrets are hidden in it; the text is never kept. */
import type { Logger } from '#shared/ports.ts';

export type TextListener = (where: 'log', text: string) => void;

export interface TextWatch {
  watch(listener: TextListener): () => void;
}

/** Facts in words, as far as the log writes them; of an error also what JSON would drop. */
function textOf(facts: object): string {
  try {
    return JSON.stringify(facts, (_name, value: unknown) => {
      if (typeof value === 'bigint') return String(value);
      if (!(value instanceof Error)) return value;
      const { name, message, stack, cause } = value;
      return { ...Object.fromEntries(Object.entries(value)), name, message, stack, cause };
    });
  } catch {
    // Facts that go round in a circle: what stands at their top is still looked at.
    return Object.values(facts)
      .filter((value) => typeof value === 'string')
      .join(' ');
  }
}

/** A logger that is heard, beside who may listen. What the listener itself logs is not told again. */
export function heardLogger(logger: Logger): { readonly logger: Logger; readonly texts: TextWatch } {
  const listeners = new Set<TextListener>();
  let telling = false;
  const tell = (message: string, facts: object | undefined): void => {
    if (telling || listeners.size === 0) return;
    telling = true;
    try {
      const text = facts === undefined ? message : `${message} ${textOf(facts)}`;
      for (const listener of listeners) listener('log', text);
    } catch {
      // Whoever listens must not cost a line: the log comes first.
    } finally {
      telling = false;
    }
  };
  const wrap = (inner: Logger): Logger => ({
    debug: (message, facts) => inner.debug(message, facts),
    info: (message, facts) => {
      tell(message, facts);
      inner.info(message, facts);
    },
    warn: (message, facts) => {
      tell(message, facts);
      inner.warn(message, facts);
    },
    error: (message, facts) => {
      tell(message, facts);
      inner.error(message, facts);
    },
    child: (name) => wrap(inner.child(name)),
  });
  return {
    logger: wrap(logger),
    texts: {
      watch: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
