/** Planned rows as drafts that the core can judge. */
import type { Account, BasketRow, PlannedOrder } from '#shared/domain/index.ts';
import { sessionInPhase } from '#shared/market/index.ts';
import type { Phase } from '#shared/time/index.ts';
import { accountPaying } from '../../../client/account-paying.ts';

/** The drafts of a basket, or the numbers of the rows that are not finished. */
export type Drafts = { readonly rows: readonly BasketRow[] } | { readonly unfinished: readonly number[] };

/** Whether everything that a row needs is there. */
export function isFinished(row: PlannedOrder): boolean {
  return row.quantity !== null && (row.type === 'market' || row.price !== null);
}

/** Each row is paid by the account in view, or by the one in the currency of its issue, and is for the market that is open now. */
export function draftsOf(
  rows: readonly PlannedOrder[],
  accounts: readonly Account[],
  inView: { readonly accountId: string | null; readonly phaseOf: (instrumentId: string) => Phase | undefined },
): Drafts {
  const { accountId, phaseOf } = inView;
  const unfinished = rows.flatMap((row, at) => (isFinished(row) ? [] : [at]));
  if (unfinished.length > 0) return { unfinished };
  return {
    rows: rows.map(({ instrumentId, side, type, price, quantity }) => ({
      accountId: accountPaying(instrumentId, accounts, accountId) ?? '',
      instrumentId,
      side,
      type,
      timeInForce: 'day',
      price: type === 'market' ? null : price,
      stopPrice: null,
      route: 'KRX',
      session: sessionInPhase(phaseOf(instrumentId) ?? 'closed'),
      quantity: quantity ?? 0,
    })),
  };
}
