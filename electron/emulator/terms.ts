/** What an offline KIS is opened with, and what those may hold who opened it. */
import type { KrxInstrument } from '#shared/domain/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import type { EpochMs, TradingCalendar } from '#shared/time/index.ts';
import type { KisCatalogue } from '../catalogue/index.ts';
import type {
  AccountWish,
  ExchangeAccount,
  ExchangeExecution,
  ExchangeOrder,
  ExchangePosition,
  Simulator,
  SimulatorOptions,
} from '../simulator/index.ts';
import type { ScriptLine } from './control.ts';
import type { Faults } from './faults.ts';
import type { BondMarket } from './bonds/bond-market.ts';
import type { ContractMarket } from './derivatives/contract-market.ts';
import type { AbroadMarket } from './overseas/abroad-market.ts';
import type { AbroadOrder } from './overseas/abroad-terms.ts';
import type { AbroadMarkets } from './overseas/abroad-markets.ts';
import type { EmulatorServer } from './ports.ts';
import type { EmulatorSettings } from './settings.ts';

export interface EmulatorOptions {
  readonly env: 'paper' | 'real';
  /** Where account, books and market are kept; must exist. */
  readonly folder: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Bytes for keys, tokens and cipher keys. */
  readonly random: (size: number) => Uint8Array;
  readonly calendar: TradingCalendar;
  readonly catalogue: KisCatalogue;
  /** Issues that are listed. */
  readonly listing: () => readonly KrxInstrument[];
  /** Seed of the market; 1 if absent. */
  readonly seed?: number;
  /** The first market, as of the simulator, and what the account holds from the beginning. */
  readonly first?: SimulatorOptions['first'];
  readonly holdings?: AccountWish['holdings'];
  /** Recorded days that a market may replay; none if absent. */
  readonly records?: Pick<SimulatorOptions, 'dailyRow' | 'nextDailyDate' | 'stored' | 'indices'>;
  /** Times real time; 1 if absent. */
  readonly speed?: number;
  /** kr: the domestic day · us: the American day, from its open on. kr if absent. */
  readonly market?: 'kr' | 'us';
  /** Server time at the start, "09:30"; the open if absent or null. */
  readonly startAt?: string | null;
  /** true: the market stands still until it is stepped. */
  readonly still?: boolean;
  readonly settings?: Partial<EmulatorSettings>;
  /** Faults that come by themselves. */
  readonly script?: readonly ScriptLine[];
}

/** What the firm knows of the account, to compare with what a client believes. */
export interface EmulatorBooks {
  readonly account: ExchangeAccount;
  readonly positions: readonly ExchangePosition[];
  readonly openOrders: readonly ExchangeOrder[];
  /** All orders and executions, oldest first. */
  readonly orders: readonly ExchangeOrder[];
  readonly executions: readonly ExchangeExecution[];
  readonly abroadOrders: readonly AbroadOrder[];
  readonly usCents: { readonly settled: number; readonly total: number; readonly reserved: number };
}

/** The server and what those may hold who started it. */
export interface Emulator extends EmulatorServer {
  readonly simulator: Simulator;
  readonly faults: Faults;
  readonly us: AbroadMarket;
  readonly abroad: AbroadMarkets;
  readonly bonds: BondMarket;
  readonly contracts: ContractMarket;
  /** The firm's id of the account, as `simulator` knows it. */
  readonly accountId: string;
  readonly settings: EmulatorSettings;
  /** What the server says the time is. */
  now(): EpochMs;
  /** What the firm knows. */
  books(): EmulatorBooks;
  /** Stops the clock and moves it by `ms` of server time. */
  step(ms: number): Promise<void>;
  /** Sends what waits to be sent. */
  settle(): Promise<void>;
  /** Registrations of the session in use, "TR key". */
  registrations(): readonly string[];
  /** Goes to the next trading day: before the opening auction at home, to the open abroad. */
  nextDay(): Promise<void>;
}
