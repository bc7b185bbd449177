/** Lets the guard look at every text that is about to be logged, before secrets are hidden in it; the text is never kept. */
import type { Logger } from '#shared/ports.ts';

export type TextListener = (where: 'log', text: string) => void;

export interface TextWatch {
  watch(listener: TextListener): () => void;
}

/** A logger that is heard, beside who may listen. What the listener itself logs is not told again. */
export function heardLogger(logger: Logger): { readonly logger: Logger; readonly texts: TextWatch } {
  const listeners = new Set<TextListener>();
  let telling = false;
  const tell = (message: string, facts: object | undefined): void => {
    if (telling || listeners.size === 0) return;
    telling = true;
    try {
      const text = facts === undefined ? message : `${message} ${JSON.stringify(facts)}`;
      for (const listener of listeners) listener('log', text);
    } catch {
      // A text that cannot be written as JSON is one that the log shortens itself; the log comes first.
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
