/** The trading day of bonds by the server's clock: its date, when it is over, and what our clock said then. */
import { bondHours, bondSettlement, cashDates, isTradingDay, krxCalendar } from '#shared/market/index.ts';
import type { Clock } from '#shared/ports.ts';
import { addDays, epochMs, kstDate, type EpochMs, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { OrderClock } from '../joint/listed-orders.ts';
import type { ServerClock } from '../ports.ts';

export class BondClock implements OrderClock {
  readonly #server: ServerClock;
  readonly #clock: Clock;
  readonly #calendar: TradingCalendar;

  constructor(parts: {
    readonly serverClock: ServerClock;
    readonly clock: Clock;
    readonly calendar?: TradingCalendar | undefined;
  }) {
    this.#server = parts.serverClock;
    this.#clock = parts.clock;
    this.#calendar = parts.calendar ?? krxCalendar;
  }

  now(): EpochMs {
    return this.#server.now();
  }

  date(): SessionDate {
    let date = kstDate(this.now());
    while (!isTradingDay(this.#calendar, date)) date = addDays(date, -1);
    return date;
  }

  isOver(date: SessionDate): boolean {
    const hours = bondHours(this.#calendar, date);
    return date < this.date() || hours === null || this.now() >= hours.endTs;
  }

  settlement(date: SessionDate): SessionDate {
    return bondSettlement(this.#calendar, date);
  }

  /** Dates of the D+1 and D+2 cash of a session: those of the shares, for it is one pot. */
  cashDates(date: SessionDate): { readonly d1: SessionDate; readonly d2: SessionDate } {
    return cashDates(this.#calendar, date);
  }

  ours(server: EpochMs): EpochMs {
    const now = this.#clock.now();
    return epochMs(Math.min(now, server - (this.now() - now)));
  }
}
