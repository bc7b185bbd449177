/** REST in place of channels that have no registration: the same figures under the names of the channel's columns. */
import type { VenueName } from '#shared/domain/index.ts';
import type { ChannelRecord, KisRest } from '../ports.ts';
import type { ChannelPoll } from '../realtime/index.ts';
import { bookChannel } from './wire/asking-price.ts';
import { tradeChannel } from './wire/ccnl.ts';
import { askingFacts, askingPrice } from './wire/inquire-asking-price.ts';
import { inquirePrice, priceFacts } from './wire/inquire-price.ts';

const VENUES = ['KRX', 'NXT'] as const satisfies readonly VenueName[];
const TRADES: ReadonlyMap<string, VenueName> = new Map(VENUES.map((venue) => [tradeChannel(venue), venue]));
const BOOKS: ReadonlyMap<string, VenueName> = new Map(VENUES.map((venue) => [bookChannel(venue), venue]));

async function tradeRecords(rest: KisRest, code: string, venue: VenueName): Promise<readonly ChannelRecord[]> {
  const facts = priceFacts(await rest.call(inquirePrice({ code, venue, lane: 'background' })));
  if (!facts) return [];
  // No trade is told: only how the issue stands.
  return [
    {
      MKSC_SHRN_ISCD: code,
      STCK_PRPR: facts.last,
      STCK_OPRC: facts.open,
      STCK_HGPR: facts.high,
      STCK_LWPR: facts.low,
      CNTG_VOL: 0,
      ACML_VOL: facts.volume,
      ACML_TR_PBMN: facts.value,
      TRHT_YN: facts.halted ? 'Y' : 'N',
      HOUR_CLS_CODE: facts.inVi ? 'C' : '0',
    },
  ];
}

async function bookRecords(rest: KisRest, code: string, venue: VenueName): Promise<readonly ChannelRecord[]> {
  const facts = askingFacts(await rest.call(askingPrice({ code, venue, lane: 'background' })));
  if (!facts) return [];
  const record: Record<string, string | number> = {
    MKSC_SHRN_ISCD: code,
    TOTAL_ASKP_RSQN: facts.totalAskQty,
    TOTAL_BIDP_RSQN: facts.totalBidQty,
    ANTC_CNPR: facts.expected?.price ?? 0,
    ANTC_CNQN: facts.expected?.qty ?? 0,
  };
  for (const [name, levels] of [
    ['ASKP', facts.asks],
    ['BIDP', facts.bids],
  ] as const) {
    levels.forEach(({ price, qty }, at) => {
      record[`${name}${at + 1}`] = price;
      record[`${name}_RSQN${at + 1}`] = qty;
    });
  }
  return [record];
}

/** What the real-time client asks where registrations are used up. */
export function createChannelPoll(rest: KisRest): ChannelPoll {
  return {
    offers: (api) => TRADES.has(api) || BOOKS.has(api),
    fetch: async ({ api, key }) => {
      const traded = TRADES.get(api);
      if (traded) return tradeRecords(rest, key, traded);
      const booked = BOOKS.get(api);
      return booked ? bookRecords(rest, key, booked) : [];
    },
  };
}
