/** Trading days as Korean civil dates, "YYYY-MM-DD". */
declare const dateBrand: unique symbol;
/** A civil date in Korea; whether it is a trading day is the calendar's to say. */
export type SessionDate = string & { readonly [dateBrand]: true };

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for an existing civil date written "YYYY-MM-DD". */
export function isSessionDate(text: string): text is SessionDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** Brands an existing civil date; throws otherwise. */
export function sessionDate(text: string): SessionDate {
  if (!isSessionDate(text)) throw new RangeError(`not a date: ${text}`);
  return text;
}
