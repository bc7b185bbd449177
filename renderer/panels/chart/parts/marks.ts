/** Where my fills stand on the candles. */
import type { Fill } from '#shared/domain/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';

export interface FillMark {
  readonly openTs: number;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
}

/** Index of the last candle that opened at or before an instant; −1 where none did. */
export function barAt(bars: readonly Bar[], ts: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bars[middle]?.openTs ?? 0) <= ts) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Fills summed by candle and side, in order of time; those before the first candle or after the end of the last are left out. */
export function fillMarks(bars: readonly Bar[], fills: readonly Fill[], intervalMs: number): readonly FillMark[] {
  const marks = new Map<string, FillMark>();
  for (const fill of fills) {
    const bar = bars[barAt(bars, fill.exchangeTs)];
    if (!bar || fill.exchangeTs >= bar.openTs + intervalMs) continue;
    const key = `${bar.openTs}|${fill.side}`;
    const quantity = (marks.get(key)?.quantity ?? 0) + fill.quantity;
    marks.set(key, { openTs: bar.openTs, side: fill.side, quantity });
  }
  return [...marks.values()].sort((a, b) => a.openTs - b.openTs);
}
