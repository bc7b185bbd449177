/** What the desk asks of the market; the market hub answers it. */
import type { InstrumentId, IssueFacts, VenueName } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';

/** A trade of the market, as far as a mandate is set off by it. */
export interface MarketTrade {
  readonly instrumentId: InstrumentId;
  readonly venue: VenueName;
  readonly price: number;
}

/** What the desk asks of the market; the market hub answers it. */
export interface MarketView {
  /** undefined: no such instrument. */
  facts(id: InstrumentId): IssueFacts | undefined;
  /** The exchange's clock now. */
  exchangeNow(): EpochMs;
  /** Every trade from now on, none merged with another; absent: the market tells none. */
  watchTrades?(listener: (trade: MarketTrade) => void): () => void;
}
