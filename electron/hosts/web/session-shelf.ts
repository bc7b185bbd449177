/** Where the web door keeps which pages it let in, for the next start of the core. */

/** Digests of sessions, oldest first; never the secrets themselves. */
export interface SessionShelf {
  load(): readonly Buffer[];
  save(digests: readonly Buffer[]): void;
}

/** Nothing outlives the process. */
export function memoryShelf(): SessionShelf {
  return { load: () => [], save: () => undefined };
}
