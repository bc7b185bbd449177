/** The board of an imported day: where every issue stood at its end. */
import { BOARD_FLAGS, krxId, type BoardHead, type BoardItem, type InstrumentId } from '#shared/domain/index.ts';
import { emptyBoardColumns, krxCalendar, type BoardColumns } from '#shared/market/index.ts';
import { kstInstant, type SessionDate } from '#shared/time/index.ts';
import type { CandleStore, DailyBar } from '#core/storage/index.ts';
import { boardRow } from './board-rows.ts';

/** The end of the regular session, milliseconds of the day. */
const CLOSE_MS = 15.5 * 3_600_000;

/** Writes the end of a stored day into a row; marked with its age, so that it cannot pass for live. */
export function recordRow(columns: BoardColumns, place: number, bar: DailyBar): void {
  columns.last[place] = bar.close;
  columns.base[place] = bar.base ?? 0;
  columns.volume[place] = bar.volume;
  columns.value[place] = bar.value ?? 0;
  columns.open[place] = bar.suspended ? 0 : bar.open;
  columns.high[place] = bar.suspended ? 0 : bar.high;
  columns.low[place] = bar.suspended ? 0 : bar.low;
  columns.flags[place] = BOARD_FLAGS.record | (bar.suspended ? BOARD_FLAGS.halted : 0);
  columns.asOf[place] = kstInstant(bar.date, CLOSE_MS);
}

/** The session before; null outside the years of the calendar. */
export function sessionBefore(date: SessionDate): SessionDate | null {
  try {
    return krxCalendar.addSessions(date, -1);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Everything of an imported day; a day of no rows where nothing was imported. */
export function recordBoard(
  candles: CandleStore,
  date: SessionDate | null,
  sharesOf: (id: InstrumentId) => number | null,
): readonly BoardItem[] {
  const bars = date === null ? [] : candles.day(date);
  const before = date === null ? null : sessionBefore(date);
  // A source without changes: the close of the session before stands for the base price.
  const lacks = bars.some((bar) => bar.base === null);
  const closes = new Map(lacks && before !== null ? candles.day(before).map((bar) => [bar.code, bar.close]) : []);
  const columns = emptyBoardColumns(bars.length);
  const ids = bars.map((bar) => krxId(bar.code));
  for (const [place, bar] of bars.entries())
    recordRow(columns, place, { ...bar, base: bar.base ?? closes.get(bar.code) ?? null });
  const head: BoardHead = {
    kind: 'head',
    scope: 'records',
    sessionDate: date,
    instrumentIds: ids,
    listedShares: bars.map((bar, place) => bar.listedShares ?? sharesOf(ids[place] ?? '') ?? 0),
    coverage: 'all',
  };
  const exchangeTs = date === null ? 0 : kstInstant(date, CLOSE_MS);
  return [
    head,
    { kind: 'pulse', exchangeTs, staleSince: null, live: 0 },
    ...ids.map((_, place) => boardRow(columns, place)),
  ];
}
