/** What is held and what it cost: fills in, positions and realised profit out. All won, all whole. */
import type { InstrumentId, Side } from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import { amountKrw, mulDiv } from '#shared/num/index.ts';

/** A holding of one issue in one account. */
export interface Holding {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  /** Cost of the held quantity in won, purchase commission included. */
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
 * The holding after a fill, and the profit the fill realised. A sell carries away its share of the cost, rounded half up;
 * the last one takes all that is left, so no won is lost or made.
 */
export function applyFill(before: Holding, fill: FillMoney): { readonly after: Holding; readonly realisedKrw: number } {
  const amount = amountKrw(fill.price, fill.quantity);
  const costs = fill.commissionKrw + fill.taxKrw;
  if (fill.side === 'buy') {
    const after = { ...before, quantity: before.quantity + fill.quantity, costKrw: before.costKrw + amount + costs };
    return { after, realisedKrw: 0 };
  }
  assert(fill.quantity <= before.quantity, `sold ${fill.quantity} of ${before.quantity} ${before.instrumentId}`);
  const rest = before.quantity - fill.quantity;
  const share = rest === 0 ? before.costKrw : mulDiv(before.costKrw, fill.quantity, before.quantity, 'halfUp');
  const realisedKrw = amount - costs - share;
  const after = {
    ...before,
    quantity: rest,
    costKrw: before.costKrw - share,
    realisedKrw: before.realisedKrw + realisedKrw,
  };
  return { after, realisedKrw };
}
