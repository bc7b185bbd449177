/** What the guard may ask of the market about one issue. */
import type { Instrument, InstrumentId } from '#shared/domain/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

export interface InstrumentFacts {
  readonly instrument: Instrument;
  /** false: known, but not traded in the market now running (a replay plays one issue). */
  readonly inMarket: boolean;
  readonly sessionDate: SessionDate;
  readonly phase: Phase;
  readonly halted: boolean;
  /** Won. */
  readonly base: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly last: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Wall time since when the feed of this issue is stale; null while it is live or deliberately paused. */
  readonly staleSince: EpochMs | null;
  /** When orders are next accepted, "HH:MM" or a date; null when unknown. */
  readonly nextOpen: string | null;
}

export interface MarketFacts {
  /** undefined: no such instrument. */
  facts(id: InstrumentId): InstrumentFacts | undefined;
  /** The exchange's clock now. */
  exchangeNow(): EpochMs;
}
