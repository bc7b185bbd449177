/** The sessions of futures and options by the server's clock, their nights with them: which one it is, and when each part is over. */
import type { OrderSession } from '#shared/domain/index.ts';
import {
  derivativeSchedule,
  isTradingDay,
  nightAt,
  nightBefore,
  nightSession,
  type DerivativeNight,
} from '#shared/market/index.ts';
import type { Clock } from '#shared/ports.ts';
import { addDays, epochMs, kstDate, type EpochMs, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { OrderClock } from '../joint/index.ts';
import type { KisEnvironment, ServerClock } from '../ports.ts';

interface ClockParts {
  readonly environment: KisEnvironment;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
}

export class DerivativeClock implements OrderClock {
  readonly #parts: ClockParts;

  constructor(parts: ClockParts) {
    this.#parts = parts;
  }

  /** Whether the environment trades at night: paper has none of its APIs. @source catalogue: trId.paper null */
  get hasNights(): boolean {
    return this.#parts.environment === 'real';
  }

  now(): EpochMs {
    return this.#parts.serverClock.now();
  }

  /** The present session; from the evening of a trading day on it is the next one, whose night has begun. */
  date(): SessionDate {
    const { calendar } = this.#parts;
    if (this.hasNights) return nightSession(calendar, this.now());
    let date = kstDate(this.now());
    while (!isTradingDay(calendar, date)) date = addDays(date, -1);
    return date;
  }

  /** true while the night is open. */
  isNight(): boolean {
    return this.hasNights && nightAt(this.#parts.calendar, this.now()) !== null;
  }

  /** true from the beginning of a night until the day of its session begins: the account is then the night's. */
  inNightBooks(): boolean {
    return this.hasNights && !this.hasDayBegun(this.date()) && this.nightOf(this.date()) !== null;
  }

  /** The night of a session, once it has begun; null: not yet, or there is none. */
  nightOf(session: SessionDate): DerivativeNight | null {
    const { calendar } = this.#parts;
    if (!this.hasNights || !isTradingDay(calendar, session)) return null;
    const night = nightBefore(calendar, session);
    return this.now() >= night.startTs ? night : null;
  }

  /** Whether the day of a session takes orders already, or has done so. */
  hasDayBegun(session: SessionDate): boolean {
    const start = derivativeSchedule(this.#parts.calendar, { date: session, isLastDay: false }).parts[0]?.startTs;
    return start === undefined ? session <= kstDate(this.now()) : this.now() >= start;
  }

  isOver(date: SessionDate, part: OrderSession): boolean {
    if (date < this.date()) return true;
    const { calendar } = this.#parts;
    if (part === 'night') return this.now() >= nightBefore(calendar, date).endTs;
    const end = derivativeSchedule(calendar, { date, isLastDay: false }).parts.at(-1)?.endTs;
    return end === undefined || this.now() >= end;
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
