/** The guard's rules of orders on credit: whether the account takes them, and what the broker lets be bought or has lent. */
import { deny, type Denial, type GuardedOrder, type GuardFacts, type Judge } from './guard-facts.ts';
import { productOf } from './instrument.ts';

/** The act goes with the side, a sale names its loan, and a purchase names none. */
function isWhole({ side, credit }: GuardedOrder): boolean {
  if (!credit) return true;
  return side === 'buy'
    ? credit.act === 'loanOpen' && credit.loanDate === null
    : credit.act === 'loanClose' && credit.loanDate !== null;
}

/** Before anything else is counted: an order on credit where there is none, or one that contradicts itself. */
export const creditTaken: Judge = (order, facts) => {
  if (!order.credit) return null;
  // Its loan would change with it: the broker's answer about the new price is not asked for.
  if (order.kind === 'replace') return deny('GUARD_CREDIT_REPLACE');
  if (facts.credit === undefined || productOf(order.instrumentId) !== 'stock') return deny('GUARD_CREDIT_NONE');
  return isWhole(order) ? null : deny('GUARD_CREDIT_TERMS');
};

/** Takes the place of the rules of cash and of what may be sold. */
export function creditFits(order: GuardedOrder, facts: Pick<GuardFacts, 'credit'>): Denial | null {
  const { credit } = order;
  if (!credit) return null;
  if (order.side === 'buy') {
    const openable = facts.credit?.openable ?? null;
    if (openable === null) return deny('GUARD_CREDIT_UNKNOWN');
    return order.quantity > openable ? deny('GUARD_CREDIT_POWER', { openable }) : null;
  }
  const lots = facts.credit?.lots ?? null;
  if (lots === null) return deny('GUARD_CREDIT_UNKNOWN');
  const sellable = loanSellable(order, facts) ?? 0;
  return order.quantity > sellable ? deny('GUARD_CREDIT_LOT', { date: credit.loanDate ?? '', sellable }) : null;
}

/** Units of the loan that a sale names; null: not known. */
export function loanSellable(
  { instrumentId, credit }: Pick<GuardedOrder, 'instrumentId' | 'credit'>,
  facts: Pick<GuardFacts, 'credit'>,
): number | null {
  if (!credit) return null;
  const lots = facts.credit?.lots ?? null;
  if (lots === null) return null;
  return (
    lots
      .filter((lot) => lot.instrumentId === instrumentId && lot.loanDate === credit.loanDate)
      // A lot whose word tells of neither kind is taken by the user's.
      .filter((lot) => lot.money === null || lot.money === credit.money)
      .reduce((sum, lot) => sum + lot.sellable, 0)
  );
}
