/** Prices in steps of a day's grid, fractions of a step included: what participants think in. */
import type { PriceLadder } from '../book/ladder.ts';

/** The step at which a price (won, any fraction) lies, within the grid. */
export function stepOf(grid: PriceLadder, price: number): number {
  const top = grid.size - 1;
  const below = Math.max(0, Math.min(top - 1, grid.floorIndex(price)));
  const low = grid.priceAt(below);
  return Math.max(0, Math.min(top, below + (price - low) / (grid.priceAt(below + 1) - low)));
}

/** Price steps that make a return of one, where the price is at `step`: the tick changes with the price. */
export function stepsPerReturn(grid: PriceLadder, step: number): number {
  const below = Math.max(0, Math.min(grid.size - 2, Math.floor(step)));
  const price = grid.priceAt(below);
  return price / (grid.priceAt(below + 1) - price);
}
