/** The trading calendar: which days are sessions and which open or close at other hours. */
import { civilFromDays, daysFromCivil } from './epoch.ts';
import { sessionDate, type SessionDate } from './session-date.ts';

/** Calendar facts by year, as in resources/krx/calendar.json. */
export interface CalendarFacts {
  /** First and last date the facts cover. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  /** Closed weekdays. */
  readonly holidays: readonly SessionDate[];
  /** Days whose hours are shifted: first trading day of the year, college entrance exam day (수능). */
  readonly shifted: readonly {
    readonly date: SessionDate;
    readonly openDelayMin: number;
    readonly closeDelayMin: number;
  }[];
}

export interface TradingCalendar {
  readonly from: SessionDate;
  readonly to: SessionDate;
  /** Throws RangeError outside from..to: an unknown day is never guessed. */
  isSession(date: SessionDate): boolean;
  /** First session on or after `date`. */
  sessionOnOrAfter(date: SessionDate): SessionDate;
  /** The session `count` sessions after (negative: before) `date`; `date` itself need not be one. */
  addSessions(date: SessionDate, count: number): SessionDate;
  /** Minutes by which the open and the close are later than usual. */
  shift(date: SessionDate): { readonly openDelayMin: number; readonly closeDelayMin: number };
}

function dayNumber(date: SessionDate): number {
  return daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** `days` civil days after `date`. */
export function addDays(date: SessionDate, days: number): SessionDate {
  const { year, month, day } = civilFromDays(dayNumber(date) + days);
  return sessionDate(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  );
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: SessionDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** Builds the calendar from facts. */
export function tradingCalendar(facts: CalendarFacts): TradingCalendar {
  const closed = new Set<string>(facts.holidays);
  const shifts = new Map<string, { openDelayMin: number; closeDelayMin: number }>(
    facts.shifted.map((s) => [s.date, { openDelayMin: s.openDelayMin, closeDelayMin: s.closeDelayMin }]),
  );
  const isSession = (date: SessionDate): boolean => {
    if (date < facts.from || date > facts.to) {
      throw new RangeError(`calendar covers ${facts.from} to ${facts.to}, not ${date}`);
    }
    const day = weekday(date);
    return day !== 0 && day !== 6 && !closed.has(date);
  };
  const step = (date: SessionDate, direction: 1 | -1): SessionDate => {
    let next = addDays(date, direction);
    while (!isSession(next)) next = addDays(next, direction);
    return next;
  };
  return {
    from: facts.from,
    to: facts.to,
    isSession,
    sessionOnOrAfter: (date) => (isSession(date) ? date : step(date, 1)),
    addSessions: (date, count) => {
      let at = date;
      for (let i = 0; i < Math.abs(count); i += 1) at = step(at, count > 0 ? 1 : -1);
      return at;
    },
    shift: (date) => shifts.get(date) ?? { openDelayMin: 0, closeDelayMin: 0 },
  };
}
