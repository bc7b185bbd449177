/** Each market's index and what is in force there, as the core last told it. Written by client/workstation.ts alone. */
import { create } from 'zustand';
import type { MarketState } from '#shared/domain/index.ts';

interface MarketStateStore {
  readonly byMarket: ReadonlyMap<MarketState['market'], MarketState>;
}

export const useMarketStates = create<MarketStateStore>(() => ({ byMarket: new Map() }));

export function takeMarketStates(states: readonly MarketState[]): void {
  useMarketStates.setState(({ byMarket }) => ({
    byMarket: new Map([...byMarket, ...states.map((state) => [state.market, state] as const)]),
  }));
}

/** Forgets what was in force in a market that is gone. */
export function clearMarketStates(): void {
  useMarketStates.setState({ byMarket: new Map() });
}
