/** From everything stored of an issue's day to what is played: trades where there are any, else minutes, else the daily row. */
import type { Market, RecordSource, RulesNote } from '../../domain/index.ts';
import { AppError } from '../../errors/index.ts';
import type { Product } from '../../market/index.ts';
import type { SessionDate } from '../../time/index.ts';
import {
  figuresOfMinutes,
  figuresOfTrades,
  type RecordedBooks,
  type RecordedIssue,
  type RecordedMinutes,
  type RecordedTrades,
  type RecordFigures,
  type RecordHours,
} from './replay-record.ts';
import type { ReplayRow } from './replay-row.ts';

/** What is stored of one issue on one day. */
export interface StoredIssue {
  readonly code: string;
  readonly market: Market;
  readonly date: SessionDate;
  readonly product?: Product;
  readonly listedShares: number | null;
  /** Won; null where the previous close is not known. */
  readonly base: number | null;
  readonly daily?: ReplayRow;
  readonly minutes?: RecordedMinutes;
  readonly trades?: RecordedTrades;
  readonly books?: RecordedBooks;
}

/** What is played of an issue. */
export interface ChosenRecord {
  readonly issue: RecordedIssue;
  readonly source: RecordSource;
  readonly notes: readonly RulesNote[];
}

/** Which record of an issue is played. */
export function sourceOf(issue: RecordedIssue): RecordSource {
  if (issue.trades) return 'ticks';
  return issue.minutes ? 'minutes' : 'daily';
}

/** The best record of an issue's day. Throws REPLAY_NO_DATA where there is none, REPLAY_SUSPENDED where nothing was traded in it. */
export function chooseRecord(stored: StoredIssue, hours: RecordHours): ChosenRecord {
  const { code, date, daily, minutes, trades, books } = stored;
  if (trades) {
    const { row, notes } = rowOf(stored, figuresOfTrades(trades, hours));
    return { issue: { row, trades, ...(books ? { books } : {}) }, source: 'ticks', notes };
  }
  if (minutes) {
    const { row, notes } = rowOf(stored, figuresOfMinutes(minutes, hours));
    return { issue: { row, minutes }, source: 'minutes', notes };
  }
  if (!daily) throw new AppError('REPLAY_NO_DATA', { code, date });
  return { issue: { row: daily }, source: 'daily', notes: [] };
}

function rowOf(stored: StoredIssue, figures: RecordFigures): { readonly row: ReplayRow; readonly notes: RulesNote[] } {
  const { code, market, date, product, listedShares, base } = stored;
  const { open, high, low, close, volume, leftOut } = figures;
  if (volume === 0) throw new AppError('REPLAY_SUSPENDED', { code, date });
  const notes: RulesNote[] = leftOut ? ['leftOut'] : [];
  if (base === null) notes.push('baseFromOpen');
  const row = { code, market, date, open, high, low, close, volume, value: 0, base: base ?? open, listedShares };
  return { row: product ? { ...row, product } : row, notes };
}

/** Issues by what is played of them. */
export function countSources(day: { readonly issues: readonly RecordedIssue[] }): Record<RecordSource, number> {
  const counts = { ticks: 0, minutes: 0, daily: 0 };
  for (const issue of day.issues) counts[sourceOf(issue)] += 1;
  return counts;
}
