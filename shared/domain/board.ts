/** The board (전종목 시세판): every issue of a market in one table, sent once as a whole and then as changed rows. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';

/** market: the market now running · records: the end of an imported day. */
export const BoardScope = z.enum(['market', 'records']);
export type BoardScope = z.infer<typeof BoardScope>;

/**
 * Figures of a row, in the order they travel. Prices and value in won, volume in units, 0 where there is none yet; `open`,
 * `high` and `low` of the regular session; `flags` as in BOARD_FLAGS; `asOf`: 0 while the row is live, else the instant
 * since when its figures stand.
 */
export const BOARD_COLUMNS = ['last', 'base', 'volume', 'value', 'open', 'high', 'low', 'flags', 'asOf'] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

/** halted 거래정지 · interrupted VI·단일가 · upper 상한가 · lower 하한가 · record: from an imported day, not from a line · unpriced: nothing known. */
export const BOARD_FLAGS = { halted: 1, interrupted: 2, upper: 4, lower: 8, record: 16, unpriced: 32 } as const;

/** More issues than any market has. @source KRX lists about 2,900 with funds left out */
export const BOARD_LIMIT = 8_000;

/** Which issue stands in which row; sent first, and again whenever the market changes. */
export const BoardHead = z.strictObject({
  kind: z.literal('head'),
  scope: BoardScope,
  /** Of the running market, or the imported day; null: nothing was imported. */
  sessionDate: IsoDate.nullable(),
  instrumentIds: z.array(InstrumentId).max(BOARD_LIMIT),
  /** Listed shares by row; 0: not known. */
  listedShares: z.array(z.int().nonnegative()).max(BOARD_LIMIT),
  /** all: every issue of the market by itself · followed: only what somebody looks at is live, the rest are records. */
  coverage: z.enum(['all', 'followed']),
});
export type BoardHead = z.infer<typeof BoardHead>;

/** How the board stands as a whole. */
export const BoardPulse = z.strictObject({
  kind: z.literal('pulse'),
  exchangeTs: z.int(),
  /** Wall time since when the line is silent; null while it is not. */
  staleSince: z.int().nullable(),
  /** Rows with live figures. */
  live: z.int().nonnegative(),
});
export type BoardPulse = z.infer<typeof BoardPulse>;

/** The row's place, then BOARD_COLUMNS. Checked where it is made: a wrong width is a bug of the core. */
export const BoardRow = z.array(z.int()).length(BOARD_COLUMNS.length + 1);
export type BoardRow = z.infer<typeof BoardRow>;

export const BoardItem = z.union([BoardHead, BoardPulse, BoardRow]);
export type BoardItem = z.infer<typeof BoardItem>;

/** What a newer item replaces while it waits. */
export function boardKey(item: BoardItem): string {
  return Array.isArray(item) ? String(item[0]) : item.kind;
}

/**
 * What past days tell of an issue; exact integers, −1 where not known. `close5`, `close20`, `close60`: the close so many
 * sessions before, adjusted by base prices · `avgVolume20`: mean of twenty sessions · `high52`, `low52`: of 250 sessions ·
 * `volatilityPpm`: standard deviation of sixty daily returns over a year, millionths · `days`: sessions known.
 */
export const BOARD_HISTORY_COLUMNS = [
  'close5',
  'close20',
  'close60',
  'avgVolume20',
  'high52',
  'low52',
  'volatilityPpm',
  'days',
] as const;
export type BoardHistoryColumn = (typeof BOARD_HISTORY_COLUMNS)[number];

export const BoardHistoryHead = z.strictObject({
  scope: BoardScope,
  sessionDate: IsoDate.nullable(),
  instrumentIds: z.array(InstrumentId).max(BOARD_LIMIT),
  /** Newest day that was used; null: none is known. */
  recordDate: IsoDate.nullable(),
});
export type BoardHistoryHead = z.infer<typeof BoardHistoryHead>;
