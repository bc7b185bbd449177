/** What a desk is made from. */
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import type { Broker } from '../broker/index.ts';
import type { CreditView } from './credit-view.ts';
import type { MarketView } from './market-view.ts';
import type { JournalPort } from './recorder.ts';
import type { TradingSettings } from './settings.ts';
import type { TradingGate } from './trading-state.ts';

export interface DeskParts {
  readonly journal: JournalPort;
  readonly broker: Broker;
  readonly market: MarketView;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Logger;
  readonly settings?: () => TradingSettings;
  /** The gate of all orders; give one to share it with the broker, whose last look before the wire it is. */
  readonly gate?: TradingGate;
  /** What the broker says of orders on credit; absent: none are taken. */
  readonly credit?: CreditView;
  /** Told how long each order took from the call to the broker, in milliseconds. */
  readonly observeSubmitMs?: (ms: number) => void;
}
