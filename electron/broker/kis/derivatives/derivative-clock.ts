/** The day session of futures and options by the server's clock: its date, when it is over, and what our clock said then. */
import { derivativeSchedule, isTradingDay } from '#shared/market/index.ts';
import type { Clock } from '#shared/ports.ts';
import { addDays, epochMs, kstDate, type EpochMs, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { OrderClock } from '../joint/index.ts';
import type { ServerClock } from '../ports.ts';

export class DerivativeClock implements OrderClock {
  readonly #parts: { readonly serverClock: ServerClock; readonly clock: Clock; readonly calendar: TradingCalendar };

  constructor(parts: { readonly serverClock: ServerClock; readonly clock: Clock; readonly calendar: TradingCalendar }) {
    this.#parts = parts;
  }

  now(): EpochMs {
    return this.#parts.serverClock.now();
  }

  date(): SessionDate {
    let date = kstDate(this.now());
    while (!isTradingDay(this.#parts.calendar, date)) date = addDays(date, -1);
    return date;
  }

  isOver(date: SessionDate): boolean {
    const end = derivativeSchedule(this.#parts.calendar, { date, isLastDay: false }).parts.at(-1)?.endTs;
    return date < this.date() || end === undefined || this.now() >= end;
  }

  /** The session after: what is gained and lost is settled on it (익일). */
  settlement(date: SessionDate): SessionDate {
    return this.#after(date, 1);
  }

  /** The sessions after one, once and twice. */
  nextDates(date: SessionDate): { readonly d1: SessionDate; readonly d2: SessionDate } {
    return { d1: this.#after(date, 1), d2: this.#after(date, 2) };
  }

  ours(server: EpochMs): EpochMs {
    const now = this.#parts.clock.now();
    return epochMs(Math.min(now, server - (this.now() - now)));
  }

  #after(date: SessionDate, count: number): SessionDate {
    let next = date;
    for (let left = count; left > 0;) {
      next = addDays(next, 1);
      if (isTradingDay(this.#parts.calendar, next)) left -= 1;
    }
    return next;
  }
}
