/** Reads single fields exactly: a figure is a whole number or the row is refused, never rounded. */
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';

/** Why a row is left out, as a code of the catalogue. */
export interface RowProblem {
  readonly problem: ErrorCode;
  readonly params: ErrorParams;
}

export function isProblem(value: object | number | string): value is RowProblem {
  return typeof value === 'object' && 'problem' in value;
}

export function rowProblem(problem: ErrorCode, params: ErrorParams = {}): RowProblem {
  return { problem, params };
}

/** Digits, a fraction of zeros as the source writes it (79600.0), and thousands commas where they stand right. */
const WHOLE = /^-?\d+(?:\.0*)?$/;
const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?:\.0*)?$/;
const CODE = /^[0-9A-Z]{6}$/;
/** Longest text shown back to the user. */
const SHOWN_CHARS = 40;

/** A safe integer, or the reason why the text is none. */
export function signedWhole(text: string, column: string): number | RowProblem {
  const trimmed = text.trim();
  if (trimmed === '') return rowProblem('ROW_MISSING', { column });
  const value = WHOLE.test(trimmed)
    ? Number(trimmed)
    : GROUPED.test(trimmed)
      ? Number(trimmed.replaceAll(',', ''))
      : Number.NaN;
  if (!Number.isSafeInteger(value)) return rowProblem('ROW_NUMBER', { column, value: trimmed.slice(0, SHOWN_CHARS) });
  // A negative zero would be stored as a fraction.
  return value === 0 ? 0 : value;
}

/** A safe integer of at least 0, or the reason why the text is none. */
export function whole(text: string, column: string): number | RowProblem {
  const value = signedWhole(text, column);
  if (typeof value === 'number' && value < 0) return rowProblem('ROW_NEGATIVE', { column, value: text.trim() });
  return value;
}

/** A six-character code, or the reason why the text is none; lower case and lost zeros are not repaired by guessing. */
export function issueCode(text: string): string | RowProblem {
  const code = text.trim();
  return CODE.test(code) ? code : rowProblem('ROW_CODE', { value: code.slice(0, SHOWN_CHARS) });
}

/** A date written 2025-02-11, 2025/02/11, 2025.02.11 or 20250211, or the reason why the text is none. */
export function dayOf(text: string): SessionDate | RowProblem {
  const trimmed = text.trim();
  const match = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/.exec(trimmed);
  const date = match ? `${match[1]}-${match[3]}-${match[4]}` : '';
  return isSessionDate(date) ? date : rowProblem('ROW_DATE', { value: trimmed.slice(0, SHOWN_CHARS) });
}

/** Prices of a day in won and its volume in units. */
export interface DayPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly suspended: boolean;
}

/**
 * Checks the figures of a day against each other. Where open, high, low and volume are all 0 the issue was suspended
 * (거래정지): it stands at its close.
 * @source KRX daily files as published by FinanceData/marcap
 */
export function dayPrices(figures: Omit<DayPrices, 'suspended'>, closeColumn: string): DayPrices | RowProblem {
  const { open, high, low, close, volume } = figures;
  if (close === 0) return rowProblem('ROW_MISSING', { column: closeColumn });
  if (open === 0 && high === 0 && low === 0 && volume === 0) {
    return { open: close, high: close, low: close, close, volume: 0, suspended: true };
  }
  if (low === 0 || low > Math.min(open, close) || high < Math.max(open, close)) return rowProblem('ROW_PRICES');
  return { open, high, low, close, volume, suspended: false };
}
