/** The practice market as a feed that counts as running while a run steps it. */
import type { Feed } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';

/** Silence of a market that is stepped by hand is silence all the same. */
export function steppedFeed(simulator: Simulator): Feed {
  return {
    session: () => ({ ...simulator.session(), running: true }),
    markets: () => simulator.markets(),
    instrumentIds: () => simulator.instrumentIds(),
    listed: (id) => simulator.listed(id),
    issue: (id, venue) => simulator.issue(id, venue),
    depth: (id, venue) => simulator.depth(id, venue),
    watchMarket: (listener) => simulator.watchMarket(listener),
  };
}
