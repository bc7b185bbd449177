/** Watches the market in force for the user's price alerts, and tells each through the desk's record. */
import type { DocumentStore } from '#core/storage/index.ts';
import {
  type AlertMarket,
  currencyOf,
  signedCurrencyText,
  type InstrumentId,
  PriceAlert,
  type StoredDocument,
} from '#shared/domain/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import { AlertIndex, type IndexedAlert } from './alert-index.ts';

/** The market in force, as alerts use it. */
export interface AlertedMarket {
  readonly market: AlertMarket;
  /** Every trade, none merged with another. */
  readonly watchTrades: (
    listener: (trade: { readonly instrumentId: InstrumentId; readonly price: number }) => void,
  ) => () => void;
  /** Keeps an issue coming, whether somebody looks at it or not. */
  readonly follow: (ids: readonly InstrumentId[]) => () => void;
  readonly nameOf: (id: InstrumentId) => string;
  /** Tells the user, durably. */
  readonly raise: (told: { readonly name: string; readonly price: string; readonly note: string }) => void;
}

export class PriceAlerts {
  readonly #parts: { readonly documents: DocumentStore; readonly clock: Clock; readonly logger: Logger };

  constructor(parts: { readonly documents: DocumentStore; readonly clock: Clock; readonly logger: Logger }) {
    this.#parts = parts;
  }

  /** Judges the alerts of a market until the returned function is called. */
  follow(market: AlertedMarket): () => void {
    const { documents } = this.#parts;
    const index = new AlertIndex();
    const followed = new Map<InstrumentId, () => void>();
    const want = (): void => {
      const wanted = new Set(index.issues());
      for (const id of wanted) if (!followed.has(id)) followed.set(id, market.follow([id]));
      for (const [id, stop] of followed) {
        if (wanted.has(id)) continue;
        stop();
        followed.delete(id);
      }
    };
    const take = (document: StoredDocument): void => {
      const read = document.revision === 0 ? null : PriceAlert.safeParse(document.body);
      if (read?.success && read.data.market === market.market) index.put(document.id, read.data);
      else index.remove(document.id);
      want();
    };
    for (const document of documents.list('alert', null)) take(document);
    const unwatch = documents.watch('alert', take);
    const untrade = market.watchTrades(({ instrumentId, price }) => {
      for (const entry of index.judge(instrumentId, price)) this.#fire(market, entry);
    });
    return () => {
      untrade();
      unwatch();
      for (const stop of followed.values()) stop();
    };
  }

  #fire(market: AlertedMarket, { id, alert }: IndexedAlert): void {
    const { documents, clock, logger } = this.#parts;
    const { instrumentId, price, note, repeats } = alert;
    const shown = signedCurrencyText(price, currencyOf(instrumentId));
    market.raise({ name: market.nameOf(instrumentId), price: shown, note });
    // One that repeats stays as it is: its rest ends by itself.
    if (repeats) return;
    const [stored] = documents.list('alert', id);
    if (!stored) return;
    try {
      documents.save(
        { kind: 'alert', id, revision: stored.revision },
        { ...alert, state: 'fired', firedTs: clock.now() },
      );
    } catch (error) {
      // Told already; it would only be told once more after a restart.
      logger.warn('a price alert could not be saved as told', { id, error: String(error) });
    }
  }
}
