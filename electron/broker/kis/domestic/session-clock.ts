/** The trading day by the server's clock: its date, its parts by schedule, when it is over, and what our clock said then. */
import { cashDates, daySchedule, isTradingDay, nxtSchedule, phaseAt, type DaySchedule } from '#shared/market/index.ts';
import type { Clock } from '#shared/ports.ts';
import {
  addDays,
  epochMs,
  kstDate,
  type EpochMs,
  type Phase,
  type SessionDate,
  type TradingCalendar,
} from '#shared/time/index.ts';
import type { ServerClock } from '../ports.ts';

/** A later date must have stood so long before orders of an earlier one are believed to be over: a clock may be wrong. */
const NEXT_DAY_MS = 60_000;
/** Moments of both clocks kept: one a second of an hour. */
const TRAIL_LENGTH = 3_600;

interface Day {
  readonly date: SessionDate;
  readonly krx: DaySchedule;
  /** null: NXT is not open on that date. */
  readonly nxt: DaySchedule | null;
  /** End of the last part in which orders are taken anywhere. */
  readonly endTs: EpochMs;
  /** Start of the closing auction of KRX; null where there is none. */
  readonly closeAuctionTs: EpochMs | null;
  /** End of KRX's regular session. */
  readonly regularEndTs: EpochMs;
}

interface Moment {
  readonly server: EpochMs;
  readonly ours: EpochMs;
}

export class SessionClock {
  readonly #server: ServerClock;
  readonly #clock: Clock;
  readonly #calendar: TradingCalendar;
  #day: Day | null = null;
  #daySinceMs = 0;
  /** Oldest first. */
  #trail: Moment[] = [];

  constructor(parts: { readonly server: ServerClock; readonly clock: Clock; readonly calendar: TradingCalendar }) {
    this.#server = parts.server;
    this.#clock = parts.clock;
    this.#calendar = parts.calendar;
  }

  now(): EpochMs {
    return this.#server.now();
  }

  /** Our clock. */
  wallNow(): EpochMs {
    return this.#clock.now();
  }

  /** The present session, or the last one on a day without. */
  date(): SessionDate {
    return this.day().date;
  }

  day(): Day {
    const today = kstDate(this.now());
    if (this.#day?.date === today) return this.#day;
    let date = today;
    while (!isTradingDay(this.#calendar, date)) date = addDays(date, -1);
    if (this.#day?.date !== date) {
      this.#day = this.#dayOf(date);
      this.#daySinceMs = this.#clock.monotonicMs();
    }
    return this.#day;
  }

  krxPhase(): Phase {
    return phaseAt(this.day().krx, this.now());
  }

  /** null: NXT is not open on this date. */
  nxtPhase(): Phase | null {
    const { nxt } = this.day();
    return nxt && phaseAt(nxt, this.now());
  }

  /** true: by schedule no order of the session waits anywhere any more. */
  isOver(date: SessionDate): boolean {
    const day = this.day();
    return date < day.date || (date === day.date && this.now() >= day.endTs);
  }

  /** true: the session lies behind, and that for a while, so that no order of it can still wait. */
  isPast(date: SessionDate): boolean {
    return date < this.day().date && this.#clock.monotonicMs() - this.#daySinceMs >= NEXT_DAY_MS;
  }

  /** Dates of the D+1 and D+2 cash of a session. */
  cashDates(date: SessionDate): { readonly d1: SessionDate; readonly d2: SessionDate } {
    return cashDates(this.#calendar, date);
  }

  /** Notes what both clocks say now; the server's may run at another pace than ours. */
  mark(): void {
    const moment = { server: this.now(), ours: this.#clock.now() };
    const last = this.#trail.at(-1);
    // A clock that was set back begins a new trail.
    if (last && last.server > moment.server) this.#trail = [];
    this.#trail.push(moment);
    if (this.#trail.length > TRAIL_LENGTH) this.#trail.shift();
  }

  /** Our clock at an instant of the server's that is told in whole seconds; never later than now. */
  ours(server: EpochMs): EpochMs {
    const now = this.#clock.now();
    const before = this.#trail.findLast((moment) => moment.server <= server + 999);
    const skewMs = this.now() - now;
    if (before && server - before.server < 2_000) return before.ours;
    return epochMs(Math.min(now, server - skewMs));
  }

  #dayOf(date: SessionDate): Day {
    const krx = daySchedule(this.#calendar, date);
    const nxt = nxtSchedule(this.#calendar, date);
    const trading = [...krx.parts, ...(nxt?.parts ?? [])].filter(({ phase }) => phase !== 'closed');
    const endTs = epochMs(Math.max(...trading.map((part) => part.endTs)));
    const closing = krx.parts.find(({ phase }) => phase === 'closeAuction');
    const continuous = krx.parts.find(({ phase }) => phase === 'continuous');
    const regularEndTs = closing?.endTs ?? continuous?.endTs ?? endTs;
    return { date, krx, nxt, endTs, closeAuctionTs: closing?.startTs ?? null, regularEndTs };
  }
}
