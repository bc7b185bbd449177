/** What was recorded of one issue on one day: the daily row, minutes, trades and books, in columns of whole numbers. */
import { AppError } from '../../errors/index.ts';
import { kstInstant, kstTimeText } from '../../time/index.ts';
import type { ReplayRow } from './replay-row.ts';

/** Minutes of a day in order; `atMs` is the start of the minute after midnight in Korea, prices in won. */
export interface RecordedMinutes {
  readonly atMs: Int32Array;
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  readonly volume: Int32Array;
}

/** Who took liquidity, as recorded: 1 a buyer, 2 a seller, 0 not known. */
export type SideMark = 0 | 1 | 2;

/** Trades of a day in order; `atMs` after midnight in Korea, prices in won. */
export interface RecordedTrades {
  readonly atMs: Int32Array;
  readonly price: Int32Array;
  readonly quantity: Int32Array;
  readonly side: Int32Array;
}

/** Books of a day in order: of each row `levels` asks and as many bids, best first; price 0 where there was none. */
export interface RecordedBooks {
  readonly levels: number;
  readonly atMs: Int32Array;
  /** Row by row: price and quantity of each ask, then of each bid. */
  readonly figures: Int32Array;
}

/** One issue of a day with everything that is known of it; the best record is played: trades, else minutes, else the row. */
export interface RecordedIssue {
  /** What the tape must show: of the record that is played. */
  readonly row: ReplayRow;
  readonly trades?: RecordedTrades;
  readonly minutes?: RecordedMinutes;
  /** Only beside trades. */
  readonly books?: RecordedBooks;
}

/** Open and close of the hours that a record is played in, milliseconds after midnight in Korea. */
export interface RecordHours {
  readonly openMs: number;
  readonly closeFromMs: number;
  readonly closeToMs: number;
}

/** The closing auction may end this much later than scheduled, milliseconds; its print is looked for until then. */
export const CLOSE_GRACE_MS = 60_000;

/** Where an instant of the record belongs; null: outside the hours that are played. */
export function partOf(atMs: number, hours: RecordHours): 'continuous' | 'closing' | null {
  if (atMs < hours.openMs || atMs >= hours.closeToMs + CLOSE_GRACE_MS) return null;
  return atMs < hours.closeFromMs ? 'continuous' : 'closing';
}

/** Open, high, low, close and volume of what is played, and whether something was left out. */
export interface RecordFigures {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly leftOut: boolean;
}

interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** One minute of the columns. */
export function minuteAt(minutes: RecordedMinutes, i: number): Bar & { readonly atMs: number } {
  return {
    atMs: minutes.atMs[i] as number,
    open: minutes.open[i] as number,
    high: minutes.high[i] as number,
    low: minutes.low[i] as number,
    close: minutes.close[i] as number,
    volume: minutes.volume[i] as number,
  };
}

class FiguresReader implements RecordFigures {
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  volume = 0;
  leftOut = false;

  add({ open, high, low, close, volume }: Bar): void {
    if (this.volume === 0) {
      this.open = open;
      this.high = high;
      this.low = low;
    }
    if (high > this.high) this.high = high;
    if (low < this.low) this.low = low;
    this.close = close;
    this.volume += volume;
  }
}

/** Figures of the minutes within the hours; a volume of 0: none was traded then. */
export function figuresOfMinutes(minutes: RecordedMinutes, hours: RecordHours): RecordFigures {
  const figures = new FiguresReader();
  for (let i = 0; i < minutes.atMs.length; i += 1) {
    const bar = minuteAt(minutes, i);
    if (bar.volume === 0) continue;
    if (partOf(bar.atMs, hours) === null) figures.leftOut = true;
    else figures.add(bar);
  }
  return figures;
}

/** Figures of the trades within the hours. */
export function figuresOfTrades(trades: RecordedTrades, hours: RecordHours): RecordFigures {
  const figures = new FiguresReader();
  for (let i = 0; i < trades.atMs.length; i += 1) {
    const price = trades.price[i] as number;
    const volume = trades.quantity[i] as number;
    if (partOf(trades.atMs[i] as number, hours) === null) figures.leftOut = true;
    else figures.add({ open: price, high: price, low: price, close: price, volume });
  }
  return figures;
}

/** REPLAY_ROW_BAD with the moment and the reason. */
export function badRecord(row: Pick<ReplayRow, 'code' | 'date'>, atMs: number, why: string): AppError {
  const time = kstTimeText(kstInstant(row.date, atMs));
  return new AppError('REPLAY_ROW_BAD', { code: row.code, date: row.date, why: `${time}: ${why}` });
}
