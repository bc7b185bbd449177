/** Sales by force (반대매매): what the firm sells in the opening auction for accounts that owe money. */
import { codeOf, type InstrumentId } from '#shared/domain/index.ts';
import type { ForcedSale, SaleTerms } from '#shared/exchange/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { FirmBooks } from './firm-books.ts';
import type { MarketRun } from './market-run.ts';

/** Start of KRX's opening auction on the day of a market; null on a day without one. */
export function auctionStart(run: MarketRun): EpochMs | null {
  return run.exchange.schedule.parts.find(({ phase }) => phase === 'openAuction')?.startTs ?? null;
}

/** What a sale must know of every issue held that the market lists. */
function termsOf(books: FirmBooks, run: MarketRun): Map<InstrumentId, SaleTerms> {
  const terms = new Map<InstrumentId, SaleTerms>();
  for (const { accountId } of books.ledger.accounts()) {
    for (const { instrumentId } of books.ledger.holdings(accountId)) {
      if (terms.has(instrumentId) || !run.has(instrumentId)) continue;
      const { lotSize, product } = run.listed(instrumentId);
      const { lowerLimit, halted } = run.exchange.issue(codeOf(instrumentId));
      const market = run.marketOf(instrumentId);
      terms.set(instrumentId, { market, lowerLimit, lotSize, halted, ...(product === undefined ? {} : { product }) });
    }
  }
  return terms;
}

/** The sales that are due and not yet in the market: units in open sell orders already count. */
export function dueSales(books: FirmBooks, run: MarketRun): ForcedSale[] {
  return books.ledger.forcedSales(termsOf(books, run)).flatMap((sale) => {
    const open = books
      .openOrders(sale.accountId)
      .filter(({ side, instrumentId }) => side === 'sell' && instrumentId === sale.instrumentId);
    const waiting = open.reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
    const quantity = sale.quantity - waiting;
    return quantity > 0 ? [{ ...sale, quantity }] : [];
  });
}
