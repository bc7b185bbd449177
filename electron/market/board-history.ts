/** What past days tell of each issue on the board, counted in short turns so that the core stays awake. */
import {
  BOARD_HISTORY_COLUMNS,
  codeOf,
  type BoardHistoryColumn,
  type BoardHistoryHead,
  type BoardScope,
  type InstrumentId,
} from '#shared/domain/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { CandleStore, DailyBar } from '#core/storage/index.ts';
import { sessionBefore } from './board-records.ts';

/** Sessions of a year, and so of 52 weeks. @source KRX holds 245 to 250 a year */
const YEAR_SESSIONS = 250;
const MONTH = 20;
const QUARTER = 60;
const WEEK = 5;
const PPM = 1_000_000;
const UNKNOWN = -1;
/** A close goes on into a base price that differs by no more than its rounding to a tick, in parts of a hundred. */
const SAME_PARTS = 100;
/** How long one turn may count, milliseconds. */
const TURN_MS = 8;

export type HistoryRow = Readonly<Record<BoardHistoryColumn, number>>;

const NOTHING: HistoryRow = {
  close5: UNKNOWN,
  close20: UNKNOWN,
  close60: UNKNOWN,
  avgVolume20: UNKNOWN,
  high52: UNKNOWN,
  low52: UNKNOWN,
  volatilityPpm: UNKNOWN,
  days: 0,
};

/** Standard deviation of daily returns, of a year, in millionths; −1 for fewer than twenty. */
function volatilityPpm(returns: readonly number[]): number {
  if (returns.length < MONTH) return UNKNOWN;
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const variance = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1);
  return Math.round(Math.sqrt(variance * YEAR_SESSIONS) * PPM);
}

/**
 * The figures of one issue at the prices of today. `bars`: newest first, before today; `base`: today's base price, 0 where
 * it is not known. Prices of days before a split or the like are put on today's footing by the base price of each day.
 */
export function historyOf(bars: readonly DailyBar[], base: number): HistoryRow {
  const [newest] = bars;
  if (!newest) return NOTHING;
  let footing = base > 0 && newest.close > 0 ? base / newest.close : 1;
  if (Math.abs(footing - 1) * SAME_PARTS <= 1) footing = 1;
  const closes: number[] = [];
  const volumes: number[] = [];
  const returns: number[] = [];
  let high52 = UNKNOWN;
  let low52 = UNKNOWN;
  for (const [at, bar] of bars.entries()) {
    closes.push(Math.round(bar.close * footing));
    volumes.push(bar.volume / footing);
    if (!bar.suspended) {
      high52 = Math.max(high52, Math.round(bar.high * footing));
      const low = Math.round(bar.low * footing);
      low52 = low52 === UNKNOWN ? low : Math.min(low52, low);
    }
    const older = bars[at + 1];
    if (!older) break;
    const from = bar.base ?? older.close;
    if (from > 0 && returns.length < QUARTER) returns.push(bar.close / from - 1);
    if (bar.base !== null && older.close > 0) footing *= bar.base / older.close;
  }
  const ago = (sessions: number): number => closes[sessions - 1] ?? UNKNOWN;
  const month = volumes.slice(0, MONTH);
  const mean = month.reduce((sum, each) => sum + each, 0) / MONTH;
  return {
    close5: ago(WEEK),
    close20: ago(MONTH),
    close60: ago(QUARTER),
    avgVolume20: month.length < MONTH ? UNKNOWN : Math.round(mean),
    high52,
    low52,
    volatilityPpm: volatilityPpm(returns),
    days: bars.length,
  };
}

/** Whether the newest stored day is the one that today goes on from: the session before, or a close that became the base price. */
export function goesOn(newest: DailyBar, today: SessionDate, base: number): boolean {
  return (
    newest.date === sessionBefore(today) || (base > 0 && Math.abs(base - newest.close) * SAME_PARTS <= newest.close)
  );
}

export interface HistoryWish {
  readonly scope: BoardScope;
  readonly sessionDate: SessionDate | null;
  readonly instrumentIds: readonly InstrumentId[];
  /** Today's base price; 0: not known. */
  readonly baseOf: (id: InstrumentId) => number;
}

export interface HistoryTable {
  readonly header: BoardHistoryHead;
  readonly length: number;
  readonly columns: Record<BoardHistoryColumn, Float64Array>;
}

export class BoardHistory {
  readonly #candles: CandleStore;
  readonly #clock: Clock;
  readonly #timers: Timers;
  /** One table a scope: what was counted last. */
  readonly #kept = new Map<BoardScope, { readonly key: string; readonly table: Promise<HistoryTable> }>();

  constructor(parts: { readonly candles: CandleStore; readonly clock: Clock; readonly timers: Timers }) {
    this.#candles = parts.candles;
    this.#clock = parts.clock;
    this.#timers = parts.timers;
  }

  /** The history of a board; of one session it is counted once, and again after an import. */
  async table(wish: HistoryWish): Promise<HistoryTable> {
    const { rows, to } = this.#candles.coverage();
    const key = [wish.sessionDate, wish.instrumentIds.length, wish.instrumentIds[0], rows, to].join('|');
    const kept = this.#kept.get(wish.scope);
    if (kept?.key === key) return kept.table;
    const table = this.#count(wish);
    this.#kept.set(wish.scope, { key, table });
    // One that failed is counted anew.
    table.catch(() => this.#kept.delete(wish.scope));
    return table;
  }

  async #count({ scope, sessionDate, instrumentIds, baseOf }: HistoryWish): Promise<HistoryTable> {
    const length = instrumentIds.length;
    const columns = Object.fromEntries(
      BOARD_HISTORY_COLUMNS.map((name) => [name, new Float64Array(length).fill(UNKNOWN)]),
    ) as HistoryTable['columns'];
    let recordDate: SessionDate | null = null;
    let turnBegan = this.#clock.monotonicMs();
    for (const [place, id] of instrumentIds.entries()) {
      const bars = sessionDate === null ? [] : this.#before(id, sessionDate);
      const [newest] = bars;
      const base = baseOf(id);
      const row = newest && sessionDate !== null && goesOn(newest, sessionDate, base) ? historyOf(bars, base) : NOTHING;
      for (const name of BOARD_HISTORY_COLUMNS) columns[name][place] = row[name];
      if (newest && row.days > 0 && (recordDate === null || newest.date > recordDate)) recordDate = newest.date;
      if (this.#clock.monotonicMs() - turnBegan < TURN_MS) continue;
      await new Promise<void>((resolve) => this.#timers.yieldTurn(resolve));
      turnBegan = this.#clock.monotonicMs();
    }
    return { header: { scope, sessionDate, instrumentIds: [...instrumentIds], recordDate }, length, columns };
  }

  #before(id: InstrumentId, today: SessionDate): readonly DailyBar[] {
    const bars = this.#candles.bars({ code: codeOf(id), limit: YEAR_SESSIONS + 1, to: today });
    return bars[0]?.date === today ? bars.slice(1) : bars.slice(0, YEAR_SESSIONS);
  }
}
