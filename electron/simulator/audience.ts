/** Those who listen to the simulated market: its customers' firm, the screens, and whoever shows its clock. */
import type { ExchangeNotice, MarketListener, MarketTrade } from './terms.ts';

export class Audience {
  readonly #notices = new Set<(notice: ExchangeNotice) => void>();
  readonly #market = new Set<MarketListener>();
  readonly #changes = new Set<() => void>();

  watchNotices(listener: (notice: ExchangeNotice) => void): () => void {
    this.#notices.add(listener);
    return () => this.#notices.delete(listener);
  }

  watchMarket(listener: MarketListener): () => void {
    this.#market.add(listener);
    return () => this.#market.delete(listener);
  }

  /** Clock, phase, speed: anything that a status shows. */
  watchChanges(listener: () => void): () => void {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  tell(notices: readonly ExchangeNotice[]): void {
    for (const notice of notices) for (const listener of this.#notices) listener(notice);
  }

  opened(): void {
    for (const listener of this.#market) listener.opened();
  }

  traded(trade: MarketTrade): void {
    for (const listener of this.#market) listener.traded(trade);
  }

  advanced(): void {
    for (const listener of this.#market) listener.advanced();
  }

  changed(): void {
    for (const listener of this.#changes) listener();
  }
}
