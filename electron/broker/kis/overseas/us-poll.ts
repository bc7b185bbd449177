/** How REST stands in for the American channels that have no registration, as records under the channels' column names. */
import type { ChannelRecord, KisRest, KisRow } from '../ports.ts';
import { recordOf } from '../domestic/wire/fields.ts';
import { exchangeOf, type UsSymbol } from './wire/exchange.ts';
import { usBookCall, usDetail, usPrice, US_BOOK, US_BOOK_LIVE, US_DETAIL, US_TRADES_LIVE } from './wire/quote.ts';

export interface UsPoll {
  offers(api: string): boolean;
  fetch(wish: { readonly api: string; readonly key: string }, signal: AbortSignal): Promise<readonly ChannelRecord[]>;
}

function symbolOf(key: string): UsSymbol | null {
  const [quoteCode, symbol] = [key.slice(1, 4), key.slice(4)];
  const exchange = exchangeOf(quoteCode);
  return exchange === null ? null : { exchange, quoteCode, symbol, channelKey: key };
}

const upper = (row: KisRow): ChannelRecord =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toUpperCase(), value]));

/** The American part of the poller: prices and books by their calls. */
export function createUsPoll(rest: KisRest): UsPoll {
  return {
    offers: (api) => api === US_TRADES_LIVE || (api === US_BOOK_LIVE && rest.offers(US_BOOK)),
    fetch: async ({ api, key }, signal) => {
      const at = symbolOf(key);
      if (!at) return [];
      if (api === US_BOOK_LIVE) {
        const answer = await rest.call({ ...usBookCall(at, 'background'), signal });
        return [{ RSYM: key, ...upper(recordOf(answer, 'output2')) }];
      }
      const call = rest.offers(US_DETAIL) ? usDetail(at, 'background') : usPrice(at, 'background');
      // No trade of its own: the day's figures only.
      return [{ RSYM: key, ...upper(recordOf(await rest.call({ ...call, signal }), 'output')), EVOL: '0' }];
    },
  };
}
