/** What the watchers of order books read from one: its best prices, and whether the issue is at a limit of its day. */
import type { BookEvent } from '../../events.ts';
import { KST_MS, usable } from './issues.ts';

/** The best price of a side with shares behind it; 0: there is none. */
export function bestOf(levels: readonly number[]): number {
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const price = levels[i] as number;
    if (usable(price) && usable(levels[i + 1] as number)) return price;
  }
  return 0;
}

/** The price down to which a tenth of what a side shows is waiting: some shares left before the rest do not make it; 0: empty. */
export function firmOf(levels: readonly number[]): number {
  let total = 0;
  for (let i = 1; i < levels.length; i += 2) if (usable(levels[i] as number)) total += levels[i] as number;
  let sum = 0;
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const quantity = levels[i + 1] as number;
    if (!usable(quantity) || !usable(levels[i] as number)) continue;
    sum += quantity;
    if (sum >= FIRM_PART * total) return levels[i] as number;
  }
  return 0;
}
const FIRM_PART = 0.1;

/** true where the best price is the limit of the day: the other side has to be empty or thin then. */
export function atLimit(
  { bids, asks }: BookEvent,
  { upper, lower }: { readonly upper: number; readonly lower: number },
): boolean {
  const ask = bestOf(asks);
  return (upper > 0 && bestOf(bids) >= upper) || (lower > 0 && ask > 0 && ask <= lower);
}

const DAY_MS = 86_400_000;
const OPEN_MS = 9 * 3_600_000;
const CLOSE_AUCTION_MS = 15 * 3_600_000 + 20 * 60_000;

/** true within the regular session's continuous trading: before and after it books are thin and wide as a matter of course. */
export function inRegularHours(ts: number): boolean {
  const ms = (ts + KST_MS) % DAY_MS;
  return ms >= OPEN_MS && ms < CLOSE_AUCTION_MS;
}
