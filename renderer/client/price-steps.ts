/** Moves prices by ticks of the table on its day. */
import type { Instrument } from '#shared/domain/index.ts';
import {
  foreignTickBands,
  isOnTick,
  productTicks,
  nextTickDown,
  nextTickUp,
  roundToTick,
  type TickTable,
  tickTable,
} from '#shared/market/index.ts';
import { isSessionDate } from '#shared/time/index.ts';

/** The tick table of an issue on a day; null where none is known. */
export function tableOf(instrument: Instrument | undefined, sessionDate: string | undefined): TickTable | null {
  if (!instrument || sessionDate === undefined || !isSessionDate(sessionDate)) return null;
  try {
    if (instrument.priceScale === 0) return tickTable(instrument.market, sessionDate);
    if (instrument.priceScale === 2 || instrument.priceScale === 8) return productTicks(instrument.id);
    return foreignTickBands({ id: instrument.id, product: instrument.product ?? 'stock' }, sessionDate);
  } catch {
    return null;
  }
}

/** A price some ticks away; one off the table first goes to the next valid price in the direction. Never below one tick. */
export function stepPrice(table: TickTable, price: number, steps: number): number {
  let at = price;
  let left = Math.abs(steps);
  if (!isOnTick(table, at) && at > 0 && left > 0) {
    at = roundToTick(table, at, steps > 0 ? 'up' : 'down');
    left -= 1;
  }
  for (; left > 0; left -= 1) {
    const next = steps > 0 ? nextTickUp(table, at) : nextTickDown(table, at);
    if (next <= 0) return at;
    at = next;
  }
  return at;
}
