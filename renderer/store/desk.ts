/** The desk as the core tells it. Written by client/replica.ts alone; everybody else reads. */
import { create } from 'zustand';
import type { Account, Alert, Fill, Mandate, Order, Position, TradingState } from '#shared/domain/index.ts';

/** Everything the desk stream carries, by id. Maps are replaced, never changed in place. */
export interface DeskState {
  /** False until the first full state has arrived. */
  readonly ready: boolean;
  readonly orders: ReadonlyMap<string, Order>;
  readonly fills: ReadonlyMap<string, Fill>;
  /** By `accountId|instrumentId`. */
  readonly positions: ReadonlyMap<string, Position>;
  readonly accounts: ReadonlyMap<string, Account>;
  /** Orders that Maru keeps, standing and ended. */
  readonly mandates: ReadonlyMap<string, Mandate>;
  readonly tradingState: TradingState | null;
  /** Oldest first. */
  readonly alerts: readonly Alert[];
  /** Rises by one with every change, for what must be fetched again. */
  readonly revision: number;
}

export const EMPTY_DESK: DeskState = {
  ready: false,
  orders: new Map(),
  fills: new Map(),
  positions: new Map(),
  accounts: new Map(),
  mandates: new Map(),
  tradingState: null,
  alerts: [],
  revision: 0,
};

export const useDesk = create<DeskState>(() => EMPTY_DESK);
