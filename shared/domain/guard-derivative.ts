/** Guard rules on futures and options: what of an order closes and what opens, and the margin of what opens. */
import { deny, denyMoney, type GuardedOrder, type GuardFacts, type IssueFacts, type Judge } from './guard-facts.ts';
import { productOf } from './instrument.ts';

/** How many ticks an option's price may lie beyond the market, however many percent of a few hundredths they are. */
const COLLAR_TICKS = 10;

/** Units of an order that close what is held; the rest opens. Of a share or bond: what is sold closes. */
export function closingQuantity(
  order: Pick<GuardedOrder, 'instrumentId' | 'side' | 'quantity'>,
  facts: Pick<GuardFacts, 'held' | 'reserved'>,
): number {
  if (productOf(order.instrumentId) !== 'derivative') return order.side === 'sell' ? order.quantity : 0;
  const held = order.side === 'sell' ? facts.held : -facts.held;
  return Math.max(0, Math.min(order.quantity, held - facts.reserved));
}

/** true for an option, which is paid for by who buys it. */
export function isOption({ instrument }: Pick<IssueFacts, 'instrument'>): boolean {
  return instrument.market === 'KRX_DERIVATIVES' && instrument.kind !== 'future';
}

/**
 * What opens a position needs money, and how much is the broker's to say: an option bought costs its premium, everything
 * else may be opened as far as the broker's own answer goes. What closes needs none.
 */
export const openingMargin: Judge = (order, facts, issue) => {
  const closable = closingQuantity(order, facts);
  const opening = order.quantity - closable;
  if (opening <= 0) return null;
  if (isOption(issue) && order.side === 'buy') {
    const short = facts.cashFor(opening) - facts.powerKrw;
    if (short <= 0) return null;
    return denyMoney('GUARD_CASH', issue, { short }, { fit: premiumFit(facts, opening) + closable });
  }
  // The margin of a resting order is held already; another price is the broker's to judge.
  if (order.kind === 'replace') return null;
  const openable = facts.openable ?? null;
  if (openable === null) return deny('GUARD_MARGIN_UNKNOWN');
  return opening <= openable ? null : deny('GUARD_MARGIN_SHORT', { openable, closable });
};

/** The most contracts whose premium is there. */
function premiumFit(facts: GuardFacts, bound: number): number {
  let [fits, over] = [0, bound + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (facts.cashFor(middle) <= facts.powerKrw) fits = middle;
    else over = middle;
  }
  return fits;
}

/** The most contracts that an order of a side may carry now; for the ticket, which shows it before anything is sent. */
export function openableQuantity(
  order: Pick<GuardedOrder, 'instrumentId' | 'side'>,
  facts: GuardFacts,
  issue: IssueFacts,
  cap: number,
): number {
  const closable = closingQuantity({ ...order, quantity: cap }, facts);
  const bound = Math.max(0, cap - closable);
  const opening =
    isOption(issue) && order.side === 'buy' ? premiumFit(facts, bound) : Math.min(bound, facts.openable ?? 0);
  return closable + opening;
}

/** How far beyond the market a price of a future or option may lie besides the collar's share of it; 0 for anything else. */
export function collarSlack(order: GuardedOrder, facts: GuardFacts, issue: IssueFacts): number {
  return isOption(issue) && order.price !== null ? COLLAR_TICKS * (facts.tick?.size ?? 0) : 0;
}
