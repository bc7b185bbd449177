/** What has changed at the desk since the last look, each thing named once. */
import type { Alert, Fill, InstrumentId } from '#shared/domain/index.ts';

/** The names of what changed, and what is new. */
export interface Changes {
  readonly tradingState: boolean;
  readonly orderIds: readonly string[];
  readonly fills: readonly Fill[];
  readonly positions: readonly { readonly accountId: string; readonly instrumentId: InstrumentId }[];
  readonly accountIds: readonly string[];
  readonly alerts: readonly Alert[];
}

export class ChangeLog {
  #orders = new Set<string>();
  #positions = new Map<string, { readonly accountId: string; readonly instrumentId: InstrumentId }>();
  #accounts = new Set<string>();
  #fills: Fill[] = [];
  #alerts: Alert[] = [];
  #tradingState = false;

  order(orderId: string): void {
    this.#orders.add(orderId);
  }

  position(accountId: string, instrumentId: InstrumentId): void {
    this.#positions.set(`${accountId}|${instrumentId}`, { accountId, instrumentId });
  }

  account(accountId: string): void {
    this.#accounts.add(accountId);
  }

  fill(fill: Fill): void {
    this.#fills.push(fill);
  }

  alert(alert: Alert): void {
    this.#alerts.push(alert);
  }

  tradingState(): void {
    this.#tradingState = true;
  }

  /** The changes so far, which are forgotten with it. */
  take(): Changes {
    const changes: Changes = {
      tradingState: this.#tradingState,
      orderIds: [...this.#orders],
      fills: this.#fills,
      positions: [...this.#positions.values()],
      accountIds: [...this.#accounts],
      alerts: this.#alerts,
    };
    this.#orders = new Set();
    this.#positions = new Map();
    this.#accounts = new Set();
    this.#fills = [];
    this.#alerts = [];
    this.#tradingState = false;
    return changes;
  }
}
