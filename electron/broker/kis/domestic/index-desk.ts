/** The indices of the markets, asked while somebody looks at them; KIS tells no circuit breaker or sidecar by call. */
import type { Market, MarketState } from '#shared/domain/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { KisRest } from '../ports.ts';
import { indexChangePpm, INDEX_PRICE, indexPrice } from './wire/inquire-index-price.ts';

const MARKETS = ['KOSPI', 'KOSDAQ'] as const satisfies readonly Market[];

export class IndexDesk {
  readonly #parts: {
    readonly rest: KisRest;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly everyMs: number;
  };
  readonly #changes = new Map<(typeof MARKETS)[number], number | null>();
  #wantedMs = Number.NEGATIVE_INFINITY;
  #askedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: {
    readonly rest: KisRest;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly everyMs: number;
  }) {
    this.#parts = parts;
  }

  /** As last told; asking keeps them coming. */
  states(): readonly MarketState[] {
    this.#wantedMs = this.#parts.clock.monotonicMs();
    return [...this.#changes].map(([market, indexChangePpm]) => ({
      market,
      indexChangePpm,
      breaker: null,
      breakersUsed: [],
      sidecar: null,
    }));
  }

  tick(): void {
    const { rest, clock, everyMs } = this.#parts;
    const now = clock.monotonicMs();
    if (now - this.#wantedMs > everyMs || now - this.#askedMs < everyMs || !rest.offers(INDEX_PRICE)) return;
    this.#askedMs = now;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { rest, logger } = this.#parts;
    try {
      for (const market of MARKETS) this.#changes.set(market, indexChangePpm(await rest.call(indexPrice(market))));
    } catch (error) {
      logger.debug('an index could not be asked for', { error: String(error) });
    }
  }
}
