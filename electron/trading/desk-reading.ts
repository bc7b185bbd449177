/** What may be read of a desk at any time; nothing here changes an order. */
import type { Account, Fill, Mandate, Order, Performance, Position, TradingState } from '#shared/domain/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import { snapshotOf } from './desk-deltas.ts';
import type { DeskReports, EquityColumns } from './desk-reports.ts';
import type { DeskState } from './desk-state.ts';
import type { DeskObserver, Observers } from './observers.ts';
import type { Protections } from './protections.ts';
import type { Recorder } from './recorder.ts';

export class DeskReading {
  readonly #from: {
    readonly reports: DeskReports;
    readonly state: DeskState;
    readonly recorder: Recorder;
    readonly clock: Clock;
    readonly protections: Protections;
    readonly observers: Observers;
  };

  constructor(from: {
    readonly reports: DeskReports;
    readonly state: DeskState;
    readonly recorder: Recorder;
    readonly clock: Clock;
    readonly protections: Protections;
    readonly observers: Observers;
  }) {
    this.#from = from;
  }

  /** false while the disk refuses the record; new orders are refused then. */
  get isRecording(): boolean {
    return this.#from.recorder.failure === null;
  }

  /** What stands against new orders because of a threat; plays put it up. */
  get protections(): Protections {
    return this.#from.protections;
  }

  /** Looks on, within the step, until the returned function is called. */
  observe(observer: DeskObserver): () => void {
    return this.#from.observers.add(observer);
  }

  /** Everything the screen needs to begin with. */
  snapshot(): DeskDelta[] {
    return snapshotOf(this.#from.state);
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

  /** undefined: no such order. */
  order(orderId: string): Order | undefined {
    return this.#from.state.record(orderId)?.order;
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
