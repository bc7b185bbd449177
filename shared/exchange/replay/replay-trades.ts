/** The path along recorded trades: each at its instant, price and size; what an auction printed goes to the auction. */
import type { DayPlan } from './replay-plan.ts';
import type { PathGround } from './replay-minutes.ts';
import { badRecord, partOf, type RecordedTrades } from './replay-record.ts';

/** The first trade is the opening auction's if it came within this long after the scheduled open, milliseconds. */
const OPEN_GRACE_MS = 60_000;

/** How many leading trades the opening auction printed: all of the first instant and price. */
function openingCount(trades: RecordedTrades, from: number, openMs: number): number {
  const { atMs, price, side } = trades;
  const first = atMs[from];
  if (first === undefined || first >= openMs + OPEN_GRACE_MS || side[from] !== 0) return 0;
  let count = 1;
  while (atMs[from + count] === first && price[from + count] === price[from]) count += 1;
  return count;
}

/**
 * The path of a day of trades. A side that was not recorded follows from the price: up a buyer, down a seller, else as the
 * trade before. An opening auction is known by a first trade without a side. Throws REPLAY_ROW_BAD for a price that is not
 * valid, and where the closing auction has more than one price.
 */
export function planTrades(trades: RecordedTrades, ground: PathGround): DayPlan {
  const { row, hours, stepOf } = ground;
  const { atMs, price, quantity, side } = trades;
  let from = 0;
  while (from < atMs.length && partOf(atMs[from] as number, hours) === null) from += 1;
  const opening = from + openingCount(trades, from, hours.openMs);
  let openQty = 0;
  for (let i = from; i < opening; i += 1) openQty += quantity[i] as number;
  const count = atMs.length - opening;
  const at = new Float64Array(count);
  const bid = new Int32Array(count);
  const buys = new Uint8Array(count);
  const qty = new Float64Array(count);
  let used = 0;
  let closeQty = 0;
  let closePrice = 0;
  let last = price[from] as number;
  let buyer = 1;
  for (let i = from; i < atMs.length; i += 1) {
    const ts = atMs[i] as number;
    const paid = price[i] as number;
    const step = stepOf(paid);
    const part = partOf(ts, hours);
    if (part === null) continue;
    if (step < 0) throw badRecord(row, ts, `${paid}원은 호가 단위에 맞지 않습니다.`);
    if (part === 'closing') {
      if (closeQty > 0 && paid !== closePrice) throw badRecord(row, ts, '종가 단일가 시간에 가격이 둘 이상입니다.');
      closePrice = paid;
      closeQty += quantity[i] as number;
      continue;
    }
    if (side[i] !== 0) buyer = side[i] === 1 ? 1 : 0;
    else if (paid !== last) buyer = paid > last ? 1 : 0;
    last = paid;
    if (i < opening) continue;
    at[used] = ts - hours.openMs;
    bid[used] = buyer === 1 ? step - 1 : step;
    buys[used] = buyer;
    qty[used] = quantity[i] as number;
    used += 1;
  }
  return {
    openQty,
    closeQty,
    at: at.subarray(0, used),
    bid: bid.subarray(0, used),
    buys: buys.subarray(0, used),
    qty: qty.subarray(0, used),
  };
}
