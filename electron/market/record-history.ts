/** What is stored of single days beyond their daily rows: minutes, trades and books of issues, minutes of indices. */
import type { CandleStore, RecordedColumns } from '#core/storage/index.ts';
import { codeOf, krxId, type InstrumentId, type Market } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  daySchedule,
  recordHours,
  type RecordedBooks,
  type RecordedIndex,
  type RecordedMinutes,
  type RecordedTrades,
  type StoredIssue,
} from '#shared/exchange/index.ts';
import { krxCalendar, type Product } from '#shared/market/index.ts';
import { kstInstant, type SessionDate } from '#shared/time/index.ts';
import type { DailyHistory, ReplayDay } from './history.ts';

/** Indices whose minutes may be imported, by the name that stands for their code. */
export const INDEX_CODES = ['KOSPI', 'KOSDAQ'] as const satisfies readonly Market[];
const PPM = 1_000_000;
/** Days looked through for the close before a date. */
const MAX_DAYS = 2_000;

/** What is known of an issue beside its records. */
export interface IssueIdentity {
  readonly market: Market;
  readonly product?: Product | undefined;
  readonly listedShares: number | null;
}

export interface RecordHistoryParts {
  readonly candles: CandleStore;
  readonly daily: DailyHistory;
  /** undefined: no such issue is known. */
  readonly identify: (id: InstrumentId) => IssueIdentity | undefined;
}

const column = (record: RecordedColumns, place: number): Int32Array => record.columns[place] ?? new Int32Array(0);

function minutesOf(record: RecordedColumns): RecordedMinutes {
  const [atMs, open, high, low, close, volume] = [0, 1, 2, 3, 4, 5].map((place) => column(record, place)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return { atMs, open, high, low, close, volume };
}

function tradesOf(record: RecordedColumns): RecordedTrades {
  return {
    atMs: column(record, 0),
    price: column(record, 1),
    quantity: column(record, 2),
    side: column(record, 3),
  };
}

/** Stored by column, played by row. */
function booksOf(record: RecordedColumns): RecordedBooks {
  const atMs = column(record, 0);
  const width = record.levels * 4;
  const figures = new Int32Array(atMs.length * width);
  for (let c = 0; c < width; c += 1) {
    const from = column(record, c + 1);
    for (let row = 0; row < atMs.length; row += 1) figures[row * width + c] = from[row] as number;
  }
  return { levels: record.levels, atMs, figures };
}

export class RecordHistory {
  readonly #parts: RecordHistoryParts;

  constructor(parts: RecordHistoryParts) {
    this.#parts = parts;
  }

  /** All that is stored of an issue's day; undefined where nothing is. Throws REPLAY_MARKET_UNKNOWN. */
  stored(id: InstrumentId, date: SessionDate): StoredIssue | undefined {
    const { candles, daily, identify } = this.#parts;
    const code = codeOf(id);
    const row = daily.dailyRow(id, date);
    const trades = candles.record(code, date, 'trades');
    const minutes = candles.record(code, date, 'minutes');
    if (!row && !trades && !minutes) return undefined;
    const known = identify(id);
    const market = row?.market ?? known?.market;
    if (!market) throw new AppError('REPLAY_MARKET_UNKNOWN', { code });
    const books = trades && candles.record(code, date, 'books');
    return {
      code,
      market,
      date,
      ...(known?.product ? { product: known.product } : {}),
      listedShares: row?.listedShares ?? known?.listedShares ?? null,
      base: row && row.base > 0 ? row.base : this.#closeBefore(code, date),
      ...(row ? { daily: row } : {}),
      ...(minutes ? { minutes: minutesOf(minutes) } : {}),
      ...(trades ? { trades: tradesOf(trades) } : {}),
      ...(books ? { books: booksOf(books) } : {}),
    };
  }

  /** Issues imported for a date, those traded for most won first; an issue without a daily row comes last. */
  importedOn(date: SessionDate): readonly InstrumentId[] {
    const { candles } = this.#parts;
    const rows = candles.day(date).filter((bar) => !bar.suspended);
    const worth = (bar: (typeof rows)[number]): number => bar.value ?? bar.close * bar.volume;
    const daily = rows.toSorted((a, b) => worth(b) - worth(a)).map(({ code }) => code);
    const finer = candles.recordedOn(date).filter((code) => !INDEX_CODES.some((index) => index === code));
    return [...new Set([...daily, ...finer])].map(krxId);
  }

  /** Indices recorded on a date: the change of each minute's close from the close of the day before, else from the first open. */
  indices(date: SessionDate): RecordedIndex[] {
    return INDEX_CODES.flatMap((market): RecordedIndex[] => {
      const record = this.#parts.candles.record(market, date, 'minutes');
      if (!record) return [];
      const { atMs, open, close } = minutesOf(record);
      const base = this.#indexBefore(market, date) ?? (open[0] as number);
      const hours = recordHours(daySchedule(krxCalendar, date));
      const used = [...atMs.keys()].filter((i) => (atMs[i] as number) >= hours.openMs);
      return [
        {
          market,
          ts: Float64Array.from(used, (i) => kstInstant(date, (atMs[i] as number) + 59_999)),
          changePpm: Int32Array.from(used, (i) => Math.round((((close[i] as number) - base) * PPM) / base)),
        },
      ];
    });
  }

  /** Days of an issue that can be replayed, newest first: with a daily row or a finer record. */
  replayDays(id: InstrumentId, limit: number): ReplayDay[] {
    const { candles, daily } = this.#parts;
    const days = new Map(daily.replayDays(id, limit).map((day) => [day.date, day]));
    for (const date of candles.recordedDays(codeOf(id), limit)) {
      const known = days.get(date);
      if (!known || known.suspended) days.set(date, this.#recordedDay(codeOf(id), date));
    }
    return [...days.values()].sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, limit);
  }

  /** The first day after `date` that can be replayed; undefined after the last. */
  nextDate(id: InstrumentId, date: SessionDate): SessionDate | undefined {
    const { candles, daily } = this.#parts;
    const recorded = candles.recordedDays(codeOf(id), MAX_DAYS).findLast((day) => day > date);
    const row = daily.nextDate(id, date);
    if (recorded === undefined || row === undefined) return recorded ?? row;
    return recorded < row ? recorded : row;
  }

  /** Whole-day figures of a day that has no daily row: of all of its minutes or trades. */
  #recordedDay(code: string, date: SessionDate): ReplayDay {
    const { candles } = this.#parts;
    const trades = candles.record(code, date, 'trades');
    const minutes = trades ? undefined : candles.record(code, date, 'minutes');
    const record = trades ?? minutes;
    const [open, high, low, close, volume] = (trades ? [1, 1, 1, 1, 2] : [1, 2, 3, 4, 5]).map((place) =>
      record ? column(record, place) : new Int32Array(0),
    ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
    return {
      date,
      open: open[0] ?? 0,
      high: high.reduce((most, price) => Math.max(most, price), 0),
      low: low.reduce((least, price) => Math.min(least, price), low[0] ?? 0),
      close: close.at(-1) ?? 0,
      volume: volume.reduce((sum, units) => sum + units, 0),
      suspended: false,
    };
  }

  /** The last close before a date: of the daily rows, else of the minutes or trades of the session before; null where none is. */
  #closeBefore(code: string, date: SessionDate): number | null {
    const before = sessionBefore(date);
    if (!before) return null;
    const { candles } = this.#parts;
    const bar = candles.bar(code, before);
    if (bar) return bar.close;
    const minutes = candles.record(code, before, 'minutes');
    if (minutes) return column(minutes, 4).at(-1) ?? null;
    const trades = candles.record(code, before, 'trades');
    return trades ? (column(trades, 1).at(-1) ?? null) : null;
  }

  #indexBefore(market: Market, date: SessionDate): number | null {
    const before = sessionBefore(date);
    const record = before && this.#parts.candles.record(market, before, 'minutes');
    return record ? (column(record, 4).at(-1) ?? null) : null;
  }
}

function sessionBefore(date: SessionDate): SessionDate | null {
  try {
    return krxCalendar.addSessions(date, -1);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
