/** Which units the firm sells for money an account owes (반대매매), counted at the lower limit. */
import type { InstrumentId } from '../../domain/index.ts';
import { commissionRate, sellTaxPpb } from '../../market/index.ts';
import { amountKrw, mulDiv, PPB_ONE, type Krw } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import type { AccountBook } from './ledger-account.ts';
import type { ForcedSale, LedgerHolding, SaleTerms } from './ledger-terms.ts';

export interface SaleWish {
  readonly account: AccountBook;
  readonly terms: ReadonlyMap<InstrumentId, SaleTerms>;
  readonly date: SessionDate;
  /** Won missing as the last session ended. */
  readonly unpaid: Krw;
  /** Won of collateral that must be restored. */
  readonly collateral: Krw;
}

/** Won that one unit brings at the lower limit after charges and tax, cut down; at least 1. */
function worth(wish: SaleWish, terms: SaleTerms): number {
  const { date, account } = wish;
  const { market, lowerLimit, product = 'stock' } = terms;
  const charged =
    commissionRate({ date, product, channel: account.channel }).ppb + sellTaxPpb({ market, date, product });
  return Math.max(1, mulDiv(lowerLimit, PPB_ONE - charged, PPB_ONE, 'floor'));
}

/** Issues bought on margin first, then by value at the lower limit; which come first is the broker's choice and not published. */
function inOrder(wish: SaleWish, holdings: readonly LedgerHolding[]): LedgerHolding[] {
  const value = (h: LedgerHolding): number => amountKrw(wish.terms.get(h.instrumentId)?.lowerLimit ?? 0, h.quantity);
  const owed = (h: LedgerHolding): number => (wish.account.lots.get(h.kind, h.instrumentId)?.onMargin === true ? 1 : 0);
  return [...holdings].sort((a, b) => owed(b) - owed(a) || value(b) - value(a));
}

/**
 * The sales of one account. Units in open orders count too: the firm withdraws those orders first. An issue that does not
 * trade is passed over, so what is planned may bring less than is owed.
 */
export function planSale(wish: SaleWish): ForcedSale[] {
  const { account, terms } = wish;
  const { accountId } = account;
  const sales: ForcedSale[] = [];
  const asks = [
    { reason: 'unpaid', kind: 'own', owed: wish.unpaid },
    { reason: 'collateral', kind: 'loan', owed: wish.collateral },
  ] as const;
  for (const { reason, kind, owed } of asks) {
    let left: number = owed;
    const held = account.lots.list(accountId).filter((holding) => holding.kind === kind);
    for (const { instrumentId, quantity } of inOrder(wish, held)) {
      const issue = terms.get(instrumentId);
      if (left <= 0 || !issue || issue.halted) continue;
      const unit = worth(wish, issue);
      const lots = Math.ceil(Math.ceil(left / unit) / issue.lotSize);
      const units = Math.min(quantity, lots * issue.lotSize);
      sales.push({ accountId, reason, instrumentId, kind, quantity: units });
      left -= units * unit;
    }
  }
  return sales;
}
