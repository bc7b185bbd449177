/** The price a waiting market order is taken to carry in continuous trading. */
import type { PriceLadder } from './ladder.ts';
import { BUY, type SideCode } from './order-pool.ts';

/**
 * One tick better than the best limit of its own side, within the day's limits; with no limit there the last price, an
 * off-tick one rounded towards execution. `best`: step of that limit, −1 for none; `last` in won. A step.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 24(2)
 */
export function deemedIndex(
  ladder: PriceLadder,
  waiting: { readonly side: SideCode; readonly best: number; readonly last: number },
): number {
  const { side, best, last } = waiting;
  if (side === BUY) return Math.min(best < 0 ? ladder.ceilIndex(last) : best + 1, ladder.size - 1);
  return Math.max(best < 0 ? ladder.floorIndex(last) : best - 1, 0);
}
