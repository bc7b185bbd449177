/** How REST stands in for the bond channels that have no registration, as records under the channels' column names. */
import type { ChannelRecord, KisRest } from '../ports.ts';
import { bondBook, bondBookCall, bondPriceCall, bondQuote, BOND_BOOK_LIVE, BOND_TRADES_LIVE } from './wire/quote.ts';
import { decimalText } from '#shared/num/index.ts';

export interface BondPoll {
  offers(api: string): boolean;
  fetch(wish: { readonly api: string; readonly key: string }, signal: AbortSignal): Promise<readonly ChannelRecord[]>;
}

const price = (value: number): string => decimalText(value, 2);

async function dayRecord(rest: KisRest, code: string, signal: AbortSignal): Promise<ChannelRecord> {
  const quote = bondQuote(await rest.call({ ...bondPriceCall(code, 'background'), signal }));
  return {
    stnd_iscd: code,
    stck_prdy_clpr: price(quote.base),
    stck_prpr: price(quote.last),
    stck_oprc: price(quote.open),
    stck_hgpr: price(quote.high),
    stck_lwpr: price(quote.low),
    acml_vol: quote.volume,
    bond_cntg_ert: quote.yieldPpm === null ? '' : decimalText(quote.yieldPpm, 4),
    // No trade of its own: the day's figures only.
    cntg_vol: 0,
  };
}

async function bookRecord(rest: KisRest, code: string, signal: AbortSignal): Promise<ChannelRecord> {
  const book = bondBook(await rest.call({ ...bondBookCall(code, 'background'), signal }));
  const record: Record<string, string | number> = {
    stnd_iscd: code,
    total_askp_rsqn: book.totalAskQty,
    total_bidp_rsqn: book.totalBidQty,
  };
  book.asks.forEach((level, at) => {
    record[`askp${at + 1}`] = price(level.price);
    record[at === 4 ? 'askp_rsqn52' : `askp_rsqn${at + 1}`] = level.qty;
  });
  book.bids.forEach((level, at) => {
    record[`bidp${at + 1}`] = price(level.price);
    record[at === 4 ? 'bidp_rsqn53' : `bidp_rsqn${at + 1}`] = level.qty;
  });
  return record;
}

/** The bond part of the poller: prices and books by their calls. */
export function createBondPoll(rest: KisRest): BondPoll {
  return {
    offers: (api) => api === BOND_TRADES_LIVE || api === BOND_BOOK_LIVE,
    fetch: async ({ api, key }, signal) => [
      await (api === BOND_BOOK_LIVE ? bookRecord(rest, key, signal) : dayRecord(rest, key, signal)),
    ],
  };
}
