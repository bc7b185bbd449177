/** How REST stands in for the foreign channels that have no registration, as records under the channels' column names. */
import type { ChannelRecord, KisRest, KisRow } from '../ports.ts';
import { recordOf } from '../domestic/wire/fields.ts';
import { exchangeOf, type ForeignSymbol } from './wire/exchange.ts';
import {
  foreignBookCall,
  foreignDetail,
  foreignPrice,
  FOREIGN_BOOK,
  FOREIGN_DETAIL,
  FOREIGN_TRADES_LIVE,
  isBookLive,
} from './wire/quote.ts';

export interface ForeignPoll {
  offers(api: string): boolean;
  fetch(wish: { readonly api: string; readonly key: string }, signal: AbortSignal): Promise<readonly ChannelRecord[]>;
}

function symbolOf(key: string): ForeignSymbol | null {
  const [quoteCode, symbol] = [key.slice(1, 4), key.slice(4)];
  const exchange = exchangeOf(quoteCode);
  return exchange === null ? null : { exchange, quoteCode, symbol, channelKey: key };
}

const upper = (row: KisRow): ChannelRecord =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toUpperCase(), value]));

/** The foreign part of the poller: prices and books by their calls. */
export function createForeignPoll(rest: KisRest): ForeignPoll {
  return {
    offers: (api) => api === FOREIGN_TRADES_LIVE || (isBookLive(api) && rest.offers(FOREIGN_BOOK)),
    fetch: async ({ api, key }, signal) => {
      const at = symbolOf(key);
      if (!at) return [];
      if (isBookLive(api)) {
        const answer = await rest.call({ ...foreignBookCall(at, 'background'), signal });
        return [{ RSYM: key, ...upper(recordOf(answer, 'output2')) }];
      }
      const call = rest.offers(FOREIGN_DETAIL) ? foreignDetail(at, 'background') : foreignPrice(at, 'background');
      // No trade of its own: the day's figures only.
      return [{ RSYM: key, ...upper(recordOf(await rest.call({ ...call, signal }), 'output')), EVOL: '0' }];
    },
  };
}
