/** What the market shows: quote (현재가), order book (호가), tick (시장 체결), candle (봉). */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';
import { Interruption } from './interruption.ts';
import { VenueName } from './order.ts';
import { PHASES } from '../time/index.ts';

const Won = z.int();
const PriceOrNull = z.int().nonnegative().nullable();

export const PhaseName = z.enum(PHASES);

/** What NXT says of an issue that it trades; prices in won, null where there is none yet. */
export const NxtQuote = z.strictObject({
  phase: PhaseName,
  interruption: Interruption.nullable(),
  last: PriceOrNull,
  volume: z.int().nonnegative(),
  value: Won,
  bid: PriceOrNull,
  bidQty: z.int().nonnegative(),
  ask: PriceOrNull,
  askQty: z.int().nonnegative(),
});
export type NxtQuote = z.infer<typeof NxtQuote>;

/** State of one issue now, on KRX where it says nothing else; prices in won, null where there is none yet. */
export const Quote = z.strictObject({
  instrumentId: InstrumentId,
  sessionDate: IsoDate,
  /** Of this issue: during a VI or a halt another than the venue's. */
  phase: PhaseName,
  interruption: Interruption.nullable(),
  /** null: not traded on NXT. */
  nxt: NxtQuote.nullable(),
  /** Official close of the day, once it is set; the after-market does not change it. */
  close: PriceOrNull,
  /** Prices at or beyond which a VI (static or dynamic, whichever is nearer) would be triggered now; null where none applies. */
  viUp: PriceOrNull,
  viDown: PriceOrNull,
  base: z.int().positive(),
  upperLimit: z.int().positive(),
  lowerLimit: z.int().positive(),
  /** Units of a purchase, where only the broker knows them; absent: as the instrument says. */
  lotSize: z.int().positive().optional(),
  last: PriceOrNull,
  open: PriceOrNull,
  high: PriceOrNull,
  low: PriceOrNull,
  /** Cumulative units and won of the session. */
  volume: z.int().nonnegative(),
  value: Won,
  bid: PriceOrNull,
  bidQty: z.int().nonnegative(),
  ask: PriceOrNull,
  askQty: z.int().nonnegative(),
  /** Of a bond: its yield at the last price in millionths (4.478 % is 44,780); absent: not told. */
  yieldPpm: z.int().optional(),
  /** When the exchange made it (its own clock) and when we received it (ours). */
  exchangeTs: z.int(),
  receivedTs: z.int(),
});
export type Quote = z.infer<typeof Quote>;

export const BookLevel = z.strictObject({ price: z.int().positive(), qty: z.int().positive() });
export type BookLevel = z.infer<typeof BookLevel>;

/** Up to ten levels a side, best first. */
export const OrderBook = z.strictObject({
  instrumentId: InstrumentId,
  venue: VenueName,
  asks: z.array(BookLevel).max(10),
  bids: z.array(BookLevel).max(10),
  totalAskQty: z.int().nonnegative(),
  totalBidQty: z.int().nonnegative(),
  /** Expected auction price and quantity (예상체결) while orders are collected. */
  expected: z.strictObject({ price: z.int().positive(), qty: z.int().positive() }).nullable(),
  exchangeTs: z.int(),
});
export type OrderBook = z.infer<typeof OrderBook>;

/** One trade in the market. `side` is the aggressor's, null in an auction. */
export const Tick = z.strictObject({
  seq: z.int().positive(),
  instrumentId: InstrumentId,
  venue: VenueName,
  price: z.int().positive(),
  qty: z.int().positive(),
  side: z.enum(['buy', 'sell']).nullable(),
  /** Session volume after this trade. */
  volume: z.int().positive(),
  exchangeTs: z.int(),
});
export type Tick = z.infer<typeof Tick>;

/** The newest trades of one issue, oldest first (at most 50). */
export const Tape = z.strictObject({ instrumentId: InstrumentId, ticks: z.array(Tick).max(50) });
export type Tape = z.infer<typeof Tape>;

export const Interval = z.enum(['10s', '1m', '3m', '5m', '15m', '60m', '1d']);
export type Interval = z.infer<typeof Interval>;

/** A candle over [openTs, openTs + interval); prices in won. */
export const Candle = z.strictObject({
  instrumentId: InstrumentId,
  interval: Interval,
  openTs: z.int(),
  open: z.int().positive(),
  high: z.int().positive(),
  low: z.int().positive(),
  close: z.int().positive(),
  volume: z.int().nonnegative(),
  closed: z.boolean(),
});
export type Candle = z.infer<typeof Candle>;

/** Columns of candles, as they travel; exact integers in Float64Arrays of one length. */
export const CANDLE_COLUMNS = ['openTs', 'open', 'high', 'low', 'close', 'volume'] as const;
export type CandleColumn = (typeof CANDLE_COLUMNS)[number];
