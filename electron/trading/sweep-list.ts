/** The cancels of many that are under way. */
import type { Order } from '#shared/domain/index.ts';
import type { DeskEventOf } from './journal-events.ts';

/** A cancel of many that goes on until nothing of it is left. */
export interface Sweep {
  readonly sweepId: string;
  /** null: every account. */
  readonly accountId: string | null;
  /** null: everything open, whatever may still turn up. */
  readonly orderIds: ReadonlySet<string> | null;
  /** Step of the desk at which it began. */
  readonly startedAt: number;
}

/** Whether a sweep is to withdraw an order. */
export function covers(sweep: Sweep, order: Pick<Order, 'orderId' | 'accountId'>): boolean {
  if (sweep.accountId !== null && sweep.accountId !== order.accountId) return false;
  return sweep.orderIds === null || sweep.orderIds.has(order.orderId);
}

export class SweepList {
  readonly #sweeps = new Map<string, Sweep>();

  get size(): number {
    return this.#sweeps.size;
  }

  all(): readonly Sweep[] {
    return [...this.#sweeps.values()];
  }

  covers(order: Pick<Order, 'orderId' | 'accountId'>): boolean {
    return this.all().some((sweep) => covers(sweep, order));
  }

  start(event: DeskEventOf<'sweepStarted'>, step: number): void {
    const orderIds = event.orderIds === null ? null : new Set(event.orderIds);
    const { sweepId, accountId } = event;
    this.#sweeps.set(sweepId, { sweepId, accountId, orderIds, startedAt: step });
  }

  end(sweepId: string): void {
    this.#sweeps.delete(sweepId);
  }
}
