/** Instants in UTC milliseconds and their reading in Korean time (KST, UTC+9, no daylight saving since 1988). */
import { sessionDate, type SessionDate } from './session-date.ts';

declare const epochBrand: unique symbol;
/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type EpochMs = number & { readonly [epochBrand]: true };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const KST_OFFSET_MS = 9 * HOUR_MS;

/** Brands a safe integer as an instant. */
export function epochMs(value: number): EpochMs {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an instant: ${value}`);
  return value as EpochMs;
}

/** Days since 1970-01-01 of a civil date (proleptic Gregorian). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Civil date of a day number since 1970-01-01. */
export function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** The date asked for last: clocks ask for the same one again and again. */
let lastDay = Number.NaN;
let lastDate = '' as SessionDate;

/** The civil date in Korea at an instant. */
export function kstDate(at: EpochMs): SessionDate {
  const days = Math.floor((at + KST_OFFSET_MS) / DAY_MS);
  if (days !== lastDay) {
    const { year, month, day } = civilFromDays(days);
    lastDate = sessionDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
    lastDay = days;
  }
  return lastDate;
}

/** Milliseconds since midnight in Korea at an instant. */
export function kstTimeOfDayMs(at: EpochMs): number {
  const shifted = at + KST_OFFSET_MS;
  return shifted - Math.floor(shifted / DAY_MS) * DAY_MS;
}

/** The instant of a Korean wall-clock time (`timeOfDayMs` since midnight) on a date. */
export function kstInstant(date: SessionDate, timeOfDayMs: number): EpochMs {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  return epochMs(daysFromCivil(year, month, day) * DAY_MS - KST_OFFSET_MS + timeOfDayMs);
}

/** "09:00" or "09:00:30" or "09:00:30.250" as milliseconds since midnight. */
export function timeOfDayMs(text: string): number {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?$/.exec(text);
  if (!match) throw new RangeError(`not a time of day: ${text}`);
  const [hour, minute, second, ms] = [match[1], match[2], match[3] ?? '0', match[4] ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) throw new RangeError(`not a time of day: ${text}`);
  return hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + ms;
}

/** "HH:MM:SS" in Korea. */
export function kstTimeText(at: EpochMs): string {
  const total = Math.floor(kstTimeOfDayMs(at) / SECOND_MS);
  return `${pad(Math.floor(total / 3600), 2)}:${pad(Math.floor(total / 60) % 60, 2)}:${pad(total % 60, 2)}`;
}
