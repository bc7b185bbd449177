/** Whether the figures of an event are numbers: what is none would spoil every mean and median that it enters. */
import type { BookEvent, ThreatEvent } from '../events.ts';

/** A difference that is not zero, or no number at all, gives away what is not finite. */
function isFiniteBook({ bids, asks }: BookEvent): boolean {
  // Four sums side by side: one alone would wait for itself.
  let [bidPrices, bidSizes, askPrices, askSizes] = [0, 0, 0, 0];
  for (let place = 1; place < bids.length; place += 2) {
    bidPrices += bids[place - 1] as number;
    bidSizes += bids[place] as number;
  }
  for (let place = 1; place < asks.length; place += 2) {
    askPrices += asks[place - 1] as number;
    askSizes += asks[place] as number;
  }
  const sum = bidPrices + bidSizes + askPrices + askSizes;
  return sum - sum === 0 && bids.length % 2 === 0 && asks.length % 2 === 0;
}

/** false: a figure of it is no finite number, or a book has a price without a quantity. Lists of past days are left to their readers. */
export function isWellFormed(event: ThreatEvent): boolean {
  switch (event.kind) {
    case 'trade':
      return event.price - event.price === 0 && event.quantity - event.quantity === 0;
    case 'book':
      return isFiniteBook(event);
    case 'clock':
      return true;
    default:
      return Object.values(event).every((value) => typeof value !== 'number' || Number.isFinite(value));
  }
}
