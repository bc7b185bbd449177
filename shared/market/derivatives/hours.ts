/** The trading day of futures and options of KRX: its parts, its night, and which part an issue is in. */
import facts from '#resources/krx/derivative-hours.json' with { type: 'json' };
import { codeOf, derivativeFamilyOf, type InstrumentId } from '../../domain/index.ts';
import {
  addDays,
  epochMs,
  kstDate,
  kstInstant,
  MINUTE_MS,
  timeOfDayMs,
  type EpochMs,
  type Phase,
  type SessionDate,
  type TradingCalendar,
} from '../../time/index.ts';
import { isTradingDay, phaseAt, type DaySchedule, type SchedulePart } from '../trading-hours.ts';
import { readDerivativeCode } from './products.ts';

interface PartFact {
  readonly phase: string;
  readonly start: string;
  readonly end: string;
  readonly startBy: string;
  readonly endBy: string;
  readonly status: string;
}

/**
 * The parts of a day session. `lastDay`: the issue ends with it. A day on which the exchange is shut has none.
 * @source resources/krx/derivative-hours.json, resources/krx/calendar.json
 */
export function derivativeSchedule(
  calendar: TradingCalendar,
  about: { readonly date: SessionDate; readonly isLastDay: boolean },
): DaySchedule {
  const { date, isLastDay } = about;
  if (!isTradingDay(calendar, date)) return { date, parts: [] };
  const { openDelayMin, closeDelayMin } = calendar.shift(date);
  const at = (text: string, by: string): EpochMs =>
    epochMs(kstInstant(date, timeOfDayMs(text)) + (by === 'open' ? openDelayMin : closeDelayMin) * MINUTE_MS);
  const told: readonly PartFact[] = (isLastDay ? facts.lastDay : facts.day).parts;
  const parts = told.map((fact): SchedulePart => ({
    phase: fact.phase as Phase,
    startTs: at(fact.start, fact.startBy),
    endTs: at(fact.end, fact.endBy),
    randomEndMs: 0,
    status: fact.status,
  }));
  return { date, parts };
}

/** A night (야간장): the instants of its bounds, and the session it belongs to. */
export interface DerivativeNight {
  readonly session: SessionDate;
  readonly startTs: EpochMs;
  readonly endTs: EpochMs;
}

function tradingDayFrom(calendar: TradingCalendar, date: SessionDate, step: 1 | -1): SessionDate {
  let day = date;
  while (!isTradingDay(calendar, day)) day = addDays(day, step);
  return day;
}

/**
 * The night before a session: it begins in the evening of the trading day before.
 * @source resources/krx/derivative-hours.json night
 */
export function nightBefore(calendar: TradingCalendar, session: SessionDate): DerivativeNight {
  const evening = tradingDayFrom(calendar, addDays(session, -1), -1);
  return {
    session,
    startTs: kstInstant(evening, timeOfDayMs(facts.night.start)),
    endTs: kstInstant(addDays(evening, 1), timeOfDayMs(facts.night.end)),
  };
}

/** The session that an instant belongs to once its evening has come: from 18:00 of a trading day on it is the next one. */
export function nightSession(calendar: TradingCalendar, at: EpochMs): SessionDate {
  const today = kstDate(at);
  const evening = kstInstant(today, timeOfDayMs(facts.night.start));
  return tradingDayFrom(calendar, isTradingDay(calendar, today) && at >= evening ? addDays(today, 1) : today, 1);
}

/** The night that an instant lies in; null: there is none now. */
export function nightAt(calendar: TradingCalendar, at: EpochMs): DerivativeNight | null {
  const night = nightBefore(calendar, nightSession(calendar, at));
  return at >= night.startTs && at < night.endTs ? night : null;
}

/** Whether a contract is traded at night. @source resources/krx/derivative-hours.json night.products */
export function tradesAtNight(id: InstrumentId): boolean {
  const family = derivativeFamilyOf(id);
  const read = readDerivativeCode(codeOf(id));
  return family !== null && family !== 'stock' && read !== null && facts.night.products.includes(read.product);
}

/** The part of the day that an issue is in; `lastDay`: its last day of trading, null where it is not known; `nights`: it is traded at night. */
export function derivativePhase(
  calendar: TradingCalendar,
  about: { readonly at: EpochMs; readonly lastDay: string | null; readonly nights?: boolean },
): Phase {
  const { at, lastDay, nights = false } = about;
  const night = nights ? nightAt(calendar, at) : null;
  const date = night?.session ?? kstDate(at);
  if (lastDay !== null && date > lastDay) return 'closed';
  if (night) return 'night';
  return phaseAt(derivativeSchedule(calendar, { date, isLastDay: date === lastDay }), at);
}

/** Days from a date to the last day of trading, both in Korea; 0 on that day, below zero after it. */
export function daysLeft(date: string, lastDay: string): number {
  const day = 86_400_000;
  return Math.round((kstInstant(lastDay as SessionDate, 0) - kstInstant(date as SessionDate, 0)) / day);
}
