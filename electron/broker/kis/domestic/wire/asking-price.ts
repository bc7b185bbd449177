/**
 * 국내주식 실시간호가 H0STASP0, H0NXASP0: ten levels a side; while an auction collects, the expected price too.
 *
 *     005930^093730^0^71900^72000^…^71800^71700^…^91918^117942^…^95221^159371^…^1159362^2095167^0^0^0^0^525579^…
 *     MKSC_SHRN_ISCD BSOP_HOUR HOUR_CLS_CODE ASKP1 … BIDP1 … ASKP_RSQN1 … BIDP_RSQN1 … TOTAL_ASKP_RSQN TOTAL_BIDP_RSQN …
 */
import type { VenueName } from '#shared/domain/index.ts';
import type { ChannelRecord } from '../../ports.ts';
import { text, whole } from './fields.ts';
import type { DepthFacts, LevelFacts } from './inquire-asking-price.ts';

const CHANNELS = { KRX: 'domestic-stock.asking-price-krx', NXT: 'domestic-stock.asking-price-nxt' } as const;

/** The channel of order books of a venue. */
export function bookChannel(venue: VenueName): string {
  return CHANNELS[venue];
}

/** A book with HOUR_CLS_CODE: 0 장중 · A 장후예상 · B 장전예상 · C 9시이후의 예상가, VI발동 · D 시간외 단일가 예상. */
export interface BookFacts extends DepthFacts {
  readonly hour: string;
}

const NAMES = {
  asks: Array.from({ length: 10 }, (_, at) => [`ASKP${at + 1}`, `ASKP_RSQN${at + 1}`] as const),
  bids: Array.from({ length: 10 }, (_, at) => [`BIDP${at + 1}`, `BIDP_RSQN${at + 1}`] as const),
};

function levels(row: ChannelRecord, names: readonly (readonly [string, string])[]): readonly LevelFacts[] {
  const found: LevelFacts[] = [];
  for (const [price, qty] of names) {
    const level = { price: whole(row, price), qty: whole(row, qty) };
    if (level.price > 0 && level.qty > 0) found.push(level);
  }
  return found;
}

/** One record. */
export function bookFacts(row: ChannelRecord): BookFacts {
  const hour = text(row, 'HOUR_CLS_CODE');
  const [price, qty] = [whole(row, 'ANTC_CNPR'), whole(row, 'ANTC_CNQN')];
  return {
    hour,
    asks: levels(row, NAMES.asks),
    bids: levels(row, NAMES.bids),
    totalAskQty: whole(row, 'TOTAL_ASKP_RSQN'),
    totalBidQty: whole(row, 'TOTAL_BIDP_RSQN'),
    expected: price > 0 && qty > 0 ? { price, qty } : null,
  };
}
