/** The world of one run: market, hub, desk and broker as they are in production, on time of its own. */
import type { Emulator } from '#core/emulator/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';
import type { Desk, TradingGate } from '#core/trading/index.ts';
import type { KrxInstrument, SimulationPlan } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { RunRecord } from '../recorded-days.ts';
import type { RunJournal } from './run-journal.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What goes wrong on purpose: the emulator's hooks, and the wire itself. */
export interface EmulatorFaultHooks {
  readonly faults: Emulator['faults'];
  /** No line can be opened, and those that stand break. */
  setOffline(offline: boolean): void;
}

/** An account of a run as it is opened; won. */
export interface WorldAccount {
  /** As the document names it. */
  readonly id: string;
  readonly cashKrw: number;
  readonly holdings: readonly { readonly instrumentId: string; readonly quantity: number; readonly costKrw: number }[];
}

/** What a world is made from. */
export interface WorldWish {
  readonly time: VirtualTime;
  /** A folder of the run's own; gone with it. */
  readonly folder: string;
  readonly plan: SimulationPlan;
  readonly date: SessionDate;
  /** The days of a replay; none of another market. */
  readonly records: readonly RunRecord[];
  readonly listing: readonly KrxInstrument[];
  readonly accounts: readonly WorldAccount[];
  readonly seed: number;
  readonly logger: Logger;
}

export interface World {
  readonly simulator: Simulator;
  readonly hub: MarketHub;
  readonly desk: Desk;
  readonly gate: TradingGate;
  readonly journal: RunJournal;
  /** Ids of the desk's accounts by the document's names. */
  readonly accountIds: ReadonlyMap<string, string>;
  /** Hooks of the offline KIS; null where orders go to the simulated firm directly. */
  readonly faults: EmulatorFaultHooks | null;
  /** The firm's id of an account. */
  readonly firmId: (accountId: string) => string;
  /** Server's clock minus ours, milliseconds; null where there is none, or it is not known yet. */
  skewMs(): number | null;
  /** Moves the market by so many milliseconds; the time of the run is moved by whoever calls. */
  step(ms: number): Promise<void>;
  /** The next trading day, before its opening auction. */
  nextDay(): Promise<void>;
  close(): Promise<void>;
}
