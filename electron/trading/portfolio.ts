/** What is held and what it cost: fills in, positions and realised profit out. Whole minor units of the account's currency. */
import { productOf, type InstrumentId, type Side } from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import { isSettledByDifference, valueOf } from '#shared/market/index.ts';
import { mulDiv } from '#shared/num/index.ts';

/** A holding of one issue in one account. */
export interface Holding {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  /** Below zero: more sold than bought, of futures and options only. */
  readonly quantity: number;
  /** Cost of the held quantity in won, purchase commission included; below zero for a quantity below zero. */
  readonly costKrw: number;
  /** Profit of all sells so far after their costs and their share of the purchase costs. */
  readonly realisedKrw: number;
}

/** What one fill moves; won. */
export interface FillMoney {
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  readonly commissionKrw: number;
  readonly taxKrw: number;
}

/**
 * The holding after a fill, and the profit the fill realised. A closing fill carries away its share of the cost, rounded
 * half up; the last one takes all that is left, so no won is lost or made. Only futures and options may be sold beyond
 * what is held: the rest of such a fill opens a position below zero, whose cost is what was got for it, below zero too.
 * Of a future nothing is paid, so nothing can carry the costs of opening it: they are realised at once.
 */
export function applyFill(before: Holding, fill: FillMoney): { readonly after: Holding; readonly realisedKrw: number } {
  const { instrumentId } = before;
  const sign = fill.side === 'buy' ? 1 : -1;
  const held = before.quantity * sign >= 0 ? 0 : Math.abs(before.quantity);
  const closing = Math.min(held, fill.quantity);
  const opening = fill.quantity - closing;
  assert(
    sign > 0 || opening === 0 || productOf(instrumentId) === 'derivative',
    `sold ${fill.quantity} of ${before.quantity} ${instrumentId}`,
  );
  const amount = valueOf(instrumentId, fill.price, fill.quantity);
  const costs = fill.commissionKrw + fill.taxKrw;
  const isPaid = !isSettledByDifference(instrumentId);
  if (closing === 0) {
    const quantity = before.quantity + sign * fill.quantity;
    const [inCost, realisedKrw] = isPaid ? [costs, 0] : [0, 0 - costs];
    const costKrw = before.costKrw + sign * amount + inCost;
    return { after: { ...before, quantity, costKrw, realisedKrw: before.realisedKrw + realisedKrw }, realisedKrw };
  }
  const closedAmount = opening === 0 ? amount : valueOf(instrumentId, fill.price, closing);
  const closedCosts = opening === 0 || !isPaid ? costs : mulDiv(costs, closing, fill.quantity, 'halfUp');
  const share = closing === held ? before.costKrw : mulDiv(before.costKrw, closing, held, 'halfUp');
  const realisedKrw = -sign * closedAmount - closedCosts - share;
  const after = {
    ...before,
    quantity: before.quantity + sign * fill.quantity,
    costKrw: before.costKrw - share + sign * (amount - closedAmount) + (costs - closedCosts),
    realisedKrw: before.realisedKrw + realisedKrw,
  };
  return { after, realisedKrw };
}
