/** The day of an account of futures abroad: the Korean date, weekends left out; markets of many hours have no bell in common. */
import { addDays, kstDate, weekday, type EpochMs, type Phase, type SessionDate } from '#shared/time/index.ts';
import type { ServerClock } from '../ports.ts';

const isWeekend = (date: SessionDate): boolean => weekday(date) === 0 || weekday(date) === 6;

/** The weekday `step` days on at least. */
function weekdayFrom(date: SessionDate, step: 1 | -1): SessionDate {
  let day = date;
  while (isWeekend(day)) day = addDays(day, step);
  return day;
}

export class FutureClock {
  readonly #server: ServerClock;

  constructor(server: ServerClock) {
    this.#server = server;
  }

  now(): EpochMs {
    return this.#server.now();
  }

  /** The weekday under way or over. */
  date(): SessionDate {
    return weekdayFrom(kstDate(this.now()), -1);
  }

  phase(): Phase {
    return isWeekend(kstDate(this.now())) ? 'closed' : 'continuous';
  }

  /** The weekdays after one. */
  nextDates(date: SessionDate): { readonly d1: SessionDate; readonly d2: SessionDate } {
    const d1 = weekdayFrom(addDays(date, 1), 1);
    return { d1, d2: weekdayFrom(addDays(d1, 1), 1) };
  }
}
