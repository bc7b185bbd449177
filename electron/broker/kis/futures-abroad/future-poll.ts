/** How REST stands in for the channels of futures abroad that have no registration, as records under the channels' column names. */
import type { ChannelRecord, KisRest } from '../ports.ts';
import { recordOf, rowsOf, text } from '../domestic/wire/fields.ts';
import { BOOK_LIVE, futureBookCall, futurePriceCall, TRADES_LIVE } from './wire/quote.ts';

export interface FuturePoll {
  offers(api: string): boolean;
  fetch(wish: { readonly api: string; readonly key: string }, signal: AbortSignal): Promise<readonly ChannelRecord[]>;
}

const HOURS = ['open_date', 'open_time', 'close_date', 'close_time'] as const;

async function dayRecord(rest: KisRest, code: string, signal: AbortSignal): Promise<ChannelRecord> {
  const row = recordOf(await rest.call({ ...futurePriceCall(code, 'background'), signal }), 'output1');
  const hours = Object.fromEntries(HOURS.map((name) => [`mrkt_${name}`, text(row, name)]));
  // No trade of its own: the day's figures only.
  return { ...row, ...hours, series_cd: code, psttl_price: text(row, 'sttl_price'), last_qntt: '0' };
}

async function bookRecord(rest: KisRest, code: string, signal: AbortSignal): Promise<ChannelRecord> {
  const rows = rowsOf(await rest.call({ ...futureBookCall(code, 'background'), signal }), 'output2');
  const levels = rows.flatMap((row, place) =>
    (['bid', 'ask'] as const).flatMap((side) =>
      (['price', 'qntt'] as const).map(
        (what) => [`${side}_${what}_${place + 1}`, text(row, `${side}_${what}`)] as const,
      ),
    ),
  );
  return { series_cd: code, ...Object.fromEntries(levels) };
}

/** The part of the poller for futures abroad: prices and books by their calls. */
export function createFuturePoll(rest: KisRest): FuturePoll {
  return {
    offers: (api) => api === TRADES_LIVE || api === BOOK_LIVE,
    fetch: async ({ api, key }, signal) => [await (api === BOOK_LIVE ? bookRecord : dayRecord)(rest, key, signal)],
  };
}
