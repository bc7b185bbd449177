/** What may be read of a desk at any time; nothing here changes an order. */
import type { Account, Fill, Mandate, Order, Performance, Position, TradingState } from '#shared/domain/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { DeskReports, EquityColumns } from './desk-reports.ts';
import type { DeskState } from './desk-state.ts';
import type { Recorder } from './recorder.ts';

export class DeskReading {
  readonly #from: {
    readonly reports: DeskReports;
    readonly state: DeskState;
    readonly recorder: Recorder;
    readonly clock: Clock;
  };

  constructor(from: {
    readonly reports: DeskReports;
    readonly state: DeskState;
    readonly recorder: Recorder;
    readonly clock: Clock;
  }) {
    this.#from = from;
  }

  /** false while the disk refuses the record; new orders are refused then. */
  get isRecording(): boolean {
    return this.#from.recorder.failure === null;
  }

  get tradingState(): TradingState {
    return this.#from.state.tradingState;
  }

  accounts(): Account[] {
    return this.#from.reports.accounts();
  }

  orders(query: { readonly accountId: string; readonly open: boolean; readonly limit: number }): Order[] {
    return this.#from.reports.orders(query);
  }

  fills(query: { readonly accountId: string; readonly limit: number }): Fill[] {
    return this.#from.reports.fills(query);
  }

  positions(accountId: string): Position[] {
    return this.#from.reports.positions(accountId);
  }

  performance(accountId: string): Performance {
    return this.#from.reports.performance(accountId);
  }

  equity(accountId: string): EquityColumns {
    return this.#from.reports.equity(accountId, this.#from.clock.now());
  }

  /** Mandates that stand now: what stops when the program is closed. */
  standingMandates(): readonly Mandate[] {
    return this.#from.state.mandates.standingOnes();
  }
}
