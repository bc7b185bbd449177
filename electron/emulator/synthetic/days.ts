/** Weekdays and minutes as the server writes them, "20261126" and "093000", counted backwards. */
import { civilFromDays, daysFromCivil } from '#shared/time/index.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Day number of "20261126"; null for what is no date. */
export function dayOf(text: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year < 1900 || month < 1 || month > 12 || day < 1 || day > 31 ? null : daysFromCivil(year, month, day);
}

/** "20261126" of a day number. */
export function dayText(day: number): string {
  const { year, month, day: date } = civilFromDays(day);
  return `${year}${two(month)}${two(date)}`;
}

/** 1970-01-01 was a Thursday. */
export function isWeekday(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** The weekday `count` weekdays before a day; 0: the day itself or the one before it. */
export function weekdayBefore(day: number, count: number): number {
  let at = day;
  while (!isWeekday(at)) at -= 1;
  // Five weekdays are a week.
  at -= 7 * Math.floor(count / 5);
  for (let left = count % 5; left > 0;) {
    at -= 1;
    if (isWeekday(at)) left -= 1;
  }
  return at;
}

/** Minutes since midnight of "0930" or "093000"; null for what is no time. */
export function minuteOf(text: string): number | null {
  const match = /^([01]\d|2[0-4])([0-5]\d)(?:[0-5]\d)?$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** "093000" of minutes since midnight. */
export function minuteText(minute: number): string {
  return `${two(Math.floor(minute / 60) % 24)}${two(minute % 60)}00`;
}
