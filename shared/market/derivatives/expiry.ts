/** When what is held ends by itself: the last day of a contract, the maturity of a bond, and the instant from which it may be gone. */
import { codeOf, derivativeFamilyOf, productOf, type Instrument, type InstrumentId } from '../../domain/index.ts';
import {
  addDays,
  isSessionDate,
  kstInstant,
  sessionDate,
  weekday,
  type EpochMs,
  type SessionDate,
  type TradingCalendar,
} from '../../time/index.ts';
import { isTradingDay } from '../trading-hours.ts';
import { derivativeSchedule } from './hours.ts';
import { readDerivativeCode } from './products.ts';

/** The end of an issue: its date, and the instant from which a holding of it may be gone without an order. */
export interface IssueEnd {
  readonly on: SessionDate;
  readonly ts: EpochMs;
}

/** Weekly options end on days that their short codes do not tell. */
const WEEKLIES: ReadonlySet<string> = new Set(['09', 'AF']);
/** "612" of a short code: the last figure of the year, and the month. */
const MONTH_PATTERN = /^(\d)(0[1-9]|1[0-2])$/;
/** Years of a decade that lie ahead of the present one at most; others are of the decade before. */
const AHEAD = 6;
const THURSDAY = 4;

/**
 * The last day of trading by a short code: the second Thursday of its month, or the trading day before a holiday; null
 * where the code does not tell it. `near`: a date of the present.
 * @source best knowledge: contracts on the KOSPI 200, the KOSDAQ 150 and on shares
 */
export function lastDayOfCode(id: InstrumentId, near: SessionDate, calendar: TradingCalendar): SessionDate | null {
  const family = derivativeFamilyOf(id);
  const read = readDerivativeCode(codeOf(id));
  if (family === null || family === 'commodity' || read === null || WEEKLIES.has(read.product)) return null;
  const found = MONTH_PATTERN.exec(codeOf(id).slice(3, 6));
  if (!found) return null;
  const present = Number(near.slice(0, 4));
  const inDecade = present - (present % 10) + Number(found[1]);
  const year =
    inDecade > present + AHEAD ? inDecade - 10 : inDecade < present - (10 - AHEAD) ? inDecade + 10 : inDecade;
  let day = sessionDate(`${year}-${found[2] ?? ''}-08`);
  while (weekday(day) !== THURSDAY) day = addDays(day, 1);
  while (!isTradingDay(calendar, day)) day = addDays(day, -1);
  return day;
}

/** The end of an issue by its last day: of a contract the end of trading on it, of a bond the beginning of its maturity. */
export function endOn(id: InstrumentId, lastDay: SessionDate, calendar: TradingCalendar): IssueEnd {
  const parts = productOf(id) === 'bond' ? [] : derivativeSchedule(calendar, { date: lastDay, isLastDay: true }).parts;
  return { on: lastDay, ts: parts.at(-1)?.endTs ?? kstInstant(lastDay, 0) };
}

/** The end of an issue as it is known offline; null: it has none, or nobody knows it. */
export function endOfIssue(instrument: Instrument, calendar: TradingCalendar): IssueEnd | null {
  const { market } = instrument;
  const told = market === 'BOND' ? instrument.maturity : market === 'KRX_DERIVATIVES' ? instrument.lastDay : null;
  return told !== null && isSessionDate(told) ? endOn(instrument.id, told, calendar) : null;
}
