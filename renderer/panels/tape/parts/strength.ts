/** How much of the recent volume was bought into the asks, and how much sold into the bids. */
import type { Tick } from '#shared/domain/index.ts';

/** Quantities by aggressor; auction trades have none and count for neither. */
export function tapeStrength(ticks: readonly Tick[]): { readonly bought: number; readonly sold: number } {
  let bought = 0;
  let sold = 0;
  for (const tick of ticks) {
    if (tick.side === 'buy') bought += tick.qty;
    else if (tick.side === 'sell') sold += tick.qty;
  }
  return { bought, sold };
}
