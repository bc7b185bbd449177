/** Those who hear a broker's notices: one that fails does not keep the others from hearing. */
import type { Logger } from '#shared/ports.ts';
import type { BrokerEvent } from './broker.ts';

export class NoticeAudience {
  readonly #logger: Logger;
  readonly #listeners = new Set<(event: BrokerEvent) => void>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Hears every notice until the returned function is called. */
  add(listener: (event: BrokerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: BrokerEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#logger.error('a listener failed on a broker notice', { kind: event.kind, error: String(error) });
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
