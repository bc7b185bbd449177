/** The place of a contract in a day or a night of the offline KIS: its base price and limits to begin with, its minutes as they come. */
import { productTicks, roundToTick, tickAt } from '#shared/market/index.ts';
import type { Rng } from '#shared/rng/index.ts';
import { MINUTE_MS, type SessionDate } from '#shared/time/index.ts';
import { ContractBook } from './contract-book.ts';
import { contractId, type ListedContract } from './contract-listing.ts';
import { fairPrice } from './contract-prices.ts';
import type { Seat } from './contract-terms.ts';

/** Limits of the day in percent of the base, by what it is on: the first step. @source resources/krx, krx-rules: 8 % and 10 % */
const LIMIT_PERCENT = { index: 8, stock: 10 } as const;

/** A seat before anything traded; `base`: that of the session where it has one. Null where it has no ticks, or what it is on no price. */
export function seatFor(
  contract: ListedContract,
  at: { readonly date: SessionDate; readonly spot: number; readonly base: number | undefined; readonly rng: Rng },
): Seat | null {
  const { date, spot, rng } = at;
  const table = productTicks(contractId(contract));
  if (!table || spot <= 0) return null;
  const toTick = (price: number): number =>
    Math.max(tickAt(table, 1), roundToTick(table, Math.max(1, Math.round(price)), 'down'));
  const base = at.base ?? toTick(fairPrice(contract, spot, date));
  const reach = contract.kind === 'future' ? (base * LIMIT_PERCENT[contract.family]) / 100 : spot / 5;
  return {
    contract,
    table,
    base,
    upper: toTick(base + reach),
    lower: toTick(base - reach),
    book: new ContractBook(),
    mine: new Map(),
    rng,
    trades: [],
    bars: [],
    ...{ last: 0, open: 0, high: 0, low: 0, volume: 0, value: 0, bought: 0, sold: 0, noise: 0 },
  };
}

/** Takes a trade into the minute it belongs to. */
export function minuteOf(seat: Seat, { ts, price, quantity, value }: Seat['trades'][number]): void {
  const startTs = Math.floor(ts / MINUTE_MS) * MINUTE_MS;
  const bar = seat.bars.at(-1);
  if (bar?.startTs !== startTs) {
    seat.bars.push({ startTs, open: price, high: price, low: price, close: price, volume: quantity, value });
    return;
  }
  Object.assign(bar, { high: Math.max(bar.high, price), low: Math.min(bar.low, price), close: price, value });
  bar.volume += quantity;
}
