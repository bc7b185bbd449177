/** How REST stands in for the channels of futures and options that have no registration, as records under the channels' column names. */
import type { ChannelRecord, KisRest } from '../ports.ts';
import { recordOf } from '../domestic/wire/fields.ts';
import { derivativeIdOfCode } from '#shared/market/index.ts';
import { derivativeId, type DerivativeFamily } from '#shared/domain/index.ts';
import { BOOK_CHANNELS, contractOf, TRADE_CHANNELS, type Contract } from './wire/names.ts';
import { derivativeBookCall, derivativePrice } from './wire/quote.ts';

export interface DerivativePoll {
  offers(api: string): boolean;
  fetch(wish: { readonly api: string; readonly key: string }, signal: AbortSignal): Promise<readonly ChannelRecord[]>;
}

/** What a channel is about, by the first word of its name. */
function familyOf(api: string): DerivativeFamily {
  const [, name = ''] = api.split('.');
  return name.startsWith('index-') ? 'index' : name.startsWith('stock-') ? 'stock' : 'commodity';
}

function contractAt(api: string, code: string): Contract | null {
  return derivativeIdOfCode(code) === null ? null : contractOf(derivativeId(familyOf(api), code));
}

/** The derivative part of the poller: prices and books by their calls. */
export function createDerivativePoll(rest: KisRest): DerivativePoll {
  return {
    offers: (api) => TRADE_CHANNELS.has(api) || BOOK_CHANNELS.has(api),
    fetch: async ({ api, key }, signal) => {
      const at = contractAt(api, key);
      if (!at) return [];
      const call = BOOK_CHANNELS.has(api) ? derivativeBookCall(at, 'background') : derivativePrice(at, 'background');
      const row = recordOf(await rest.call({ ...call, signal }), BOOK_CHANNELS.has(api) ? 'output2' : 'output1');
      if (BOOK_CHANNELS.has(api)) return [row];
      // No trade of its own: the day's figures only, with the limits under the channel's names.
      return [{ ...row, last_cnqn: '0', dynm_mxpr: row['futs_mxpr'] ?? '', dynm_llam: row['futs_llam'] ?? '' }];
    },
  };
}
