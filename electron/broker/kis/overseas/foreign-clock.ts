/** The trading day of a region abroad by the server's clock: its date there, its part, when it is over, and what our clock said then. */
import {
  addOverseasSessions,
  overseasDay,
  overseasMoment,
  overseasSession,
  overseasSettlement,
} from '#shared/market/index.ts';
import type { ForeignExchange } from '#shared/domain/index.ts';
import type { Clock } from '#shared/ports.ts';
import { addDays, epochMs, type EpochMs, type Phase, type SessionDate } from '#shared/time/index.ts';
import type { ServerClock } from '../ports.ts';

export class ForeignClock {
  readonly #server: ServerClock;
  readonly #clock: Clock;
  readonly #exchange: ForeignExchange;

  /** `exchange`: the one whose hours and holidays are the region's. */
  constructor(parts: { readonly serverClock: ServerClock; readonly clock: Clock; readonly exchange: ForeignExchange }) {
    this.#server = parts.serverClock;
    this.#clock = parts.clock;
    this.#exchange = parts.exchange;
  }

  now(): EpochMs {
    return this.#server.now();
  }

  phase(): Phase {
    return overseasMoment(this.#exchange, this.now()).phase;
  }

  /** The present session, or the last one on a day without. */
  date(): SessionDate {
    let { date } = overseasMoment(this.#exchange, this.now());
    while (!overseasSession(this.#exchange, date).open) date = addDays(date, -1);
    return date;
  }

  /** true: no order of the session waits any more. */
  isOver(date: SessionDate): boolean {
    const end = overseasDay(this.#exchange, date).parts.at(-1)?.endTs;
    return date < this.date() || end === undefined || this.now() >= end;
  }

  settlement(date: SessionDate): SessionDate {
    return overseasSettlement(this.#exchange, date);
  }

  /** The sessions after one, once and twice. */
  nextDates(date: SessionDate): { readonly d1: SessionDate; readonly d2: SessionDate } {
    return { d1: addOverseasSessions(this.#exchange, date, 1), d2: addOverseasSessions(this.#exchange, date, 2) };
  }

  /** Our clock at an instant of the server's; never later than now. */
  ours(server: EpochMs): EpochMs {
    const now = this.#clock.now();
    return epochMs(Math.min(now, server - (this.now() - now)));
  }
}
