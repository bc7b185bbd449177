/** Market area: instruments, quotes, books, trades, candles. */
import { z } from 'zod';
import {
  BOARD_HISTORY_COLUMNS,
  BoardHistoryHead,
  BoardItem,
  boardKey,
  BoardScope,
  CANDLE_COLUMNS,
  Candle,
  Instrument,
  InstrumentId,
  Interval,
  IsoDate,
  MarketState,
  OrderBook,
  Quote,
  RuleSheet,
  Tape,
  VenueName,
  WonRate,
} from '../domain/index.ts';
import { VI_CLASSES } from '../market/index.ts';
import { area, columns, method, stream } from '../rpc/define.ts';

export const market = area({
  instruments: method({
    about: 'All instruments known: the bundled listing, overlaid by imported days.',
    input: z.strictObject({}),
    output: z.strictObject({ instruments: z.array(Instrument), inMarket: z.array(InstrumentId) }),
  }),
  find: method({
    about:
      'What is known of some instruments, also of those that only the symbol masters name; those of which nothing is known are left out.',
    input: z.strictObject({ instrumentIds: z.array(InstrumentId).min(1).max(200) }),
    output: z.strictObject({ instruments: z.array(Instrument) }),
  }),
  search: method({
    about:
      'Instruments that the symbol masters name, by code, Korean or English name, or initial consonants; the best first.',
    input: z.strictObject({ query: z.string().max(80), limit: z.int().min(1).max(50).default(20) }),
    output: z.strictObject({ instruments: z.array(Instrument) }),
  }),
  rates: method({
    about:
      'Rates of exchange that answers of the broker have told in passing, with source and time; none is asked for.',
    input: z.strictObject({}),
    output: z.strictObject({ rates: z.array(WonRate) }),
  }),
  quotes: stream({
    about: 'Quotes of up to 100 instruments.',
    input: z.strictObject({ instrumentIds: z.array(InstrumentId).min(1).max(100) }),
    item: Quote,
    mode: 'latest',
    key: (quote) => quote.instrumentId,
  }),
  book: stream({
    about: 'Ten levels of one instrument on one venue.',
    input: z.strictObject({ instrumentId: InstrumentId, venue: VenueName.default('KRX') }),
    item: OrderBook,
    mode: 'latest',
  }),
  board: stream({
    about: 'Every issue of a market: all of it once, then changed rows, at most four times a second.',
    input: z.strictObject({
      scope: BoardScope.default('market'),
      /** Of records: the day; null: the newest imported. */
      date: IsoDate.nullable().default(null),
    }),
    item: BoardItem,
    mode: 'latest',
    key: boardKey,
    snapshot: true,
  }),
  boardHistory: method({
    about: 'What past days tell of every issue on the board; counted once a session and kept.',
    input: z.strictObject({ scope: BoardScope.default('market'), date: IsoDate.nullable().default(null) }),
    output: columns(BOARD_HISTORY_COLUMNS, BoardHistoryHead),
  }),
  state: stream({
    about: 'Each market: its index, circuit breaker and sidecar.',
    input: z.strictObject({}),
    item: MarketState,
    mode: 'latest',
    key: (state) => state.market,
  }),
  rules: method({
    about:
      'What applies to one instrument now, on the clock of the market: each rule with source, date and how sure it is.',
    input: z.strictObject({
      instrumentId: InstrumentId,
      /** What the user says the VI class of the issue is. */
      viClass: z.enum(VI_CLASSES).nullable().default(null),
    }),
    output: RuleSheet,
  }),
  tape: stream({
    about: 'The newest trades of one instrument, of both venues.',
    input: z.strictObject({ instrumentId: InstrumentId }),
    item: Tape,
    mode: 'latest',
  }),
  candles: method({
    about: 'Candles of one instrument, oldest first: intraday of the running session, or daily from imported files.',
    input: z.strictObject({
      instrumentId: InstrumentId,
      interval: Interval,
      limit: z.int().min(1).max(120_000).default(2_000),
    }),
    output: columns(
      CANDLE_COLUMNS,
      z.strictObject({ instrumentId: InstrumentId, interval: Interval, sessionDate: IsoDate }),
    ),
  }),
  candle: stream({
    about: 'The candle now forming and those just closed, keyed by open time.',
    input: z.strictObject({ instrumentId: InstrumentId, interval: Interval }),
    item: Candle,
    mode: 'latest',
    key: (candle) => `${candle.instrumentId}|${candle.interval}|${candle.openTs}`,
  }),
});
