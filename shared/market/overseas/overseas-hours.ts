/** Hours of the foreign exchanges where they are, with daylight saving time, and as instants. */
import {
  addDays,
  daysFromCivil,
  epochMs,
  MINUTE_MS,
  sessionDate,
  timeOfDayMs,
  weekday,
  type EpochMs,
  type Phase,
  type SessionDate,
} from '../../time/index.ts';
import { overseasMarket, type OverseasExchangeCode, type OverseasMarket, type Sourced } from './overseas-facts.ts';

const DAY_MS = 86_400_000;

/** The `nth` Sunday of a month. */
function sunday(year: string, month: string, nth: number): SessionDate {
  const first = sessionDate(`${year}-${month}-01`);
  return addDays(first, ((7 - weekday(first)) % 7) + 7 * (nth - 1));
}

/** true from the second Sunday of March to the day before the first Sunday of November. The clock changes at night, between sessions. */
function isSummer(date: SessionDate): boolean {
  const year = date.slice(0, 4);
  return date >= sunday(year, '03', 2) && date < sunday(year, '11', 1);
}

/** Minutes by which the clock of an exchange is ahead of UTC on a date. */
export function offsetMinutes(exchange: OverseasExchangeCode, date: SessionDate): number {
  const { zone } = overseasMarket(exchange);
  return zone.offsetMin + (zone.dst === 'US' && isSummer(date) ? 60 : 0);
}

/** The instant of a wall-clock time (milliseconds since midnight) of an exchange on a date there. */
export function localInstant(exchange: OverseasExchangeCode, date: SessionDate, atMs: number): EpochMs {
  const days = daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
  return epochMs(days * DAY_MS + atMs - offsetMinutes(exchange, date) * MINUTE_MS);
}

/** Whether an exchange opens on a date there, and how sure that is. */
export function overseasSession(
  exchange: OverseasExchangeCode,
  date: SessionDate,
): Sourced & { readonly open: boolean; readonly early: boolean } {
  const { holidays } = overseasMarket(exchange);
  const [year, day] = [date.slice(0, 4), date.slice(5)];
  const known = holidays.years[year];
  const work = weekday(date) !== 0 && weekday(date) !== 6;
  const early = holidays.early[year]?.includes(day) ?? false;
  return {
    open: work && !(known?.includes(day) ?? false),
    early,
    status: known ? holidays.status : 'U',
    source: known ? holidays.source : `holidays of ${year} are not known: every weekday is taken as a trading day`,
  };
}

/** The next trading day of an exchange after `date`, `count` times. */
export function addOverseasSessions(exchange: OverseasExchangeCode, date: SessionDate, count: number): SessionDate {
  let at = date;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (overseasSession(exchange, at).open) left -= 1;
  }
  return at;
}

/** When a trade of `date` is settled there. @source resources/markets/*.json settlement */
export function overseasSettlement(exchange: OverseasExchangeCode, date: SessionDate): SessionDate {
  return addOverseasSessions(exchange, date, overseasMarket(exchange).settlement.sessions);
}

/** One part of a foreign trading day, `[startTs, endTs)`. */
export interface OverseasDayPart {
  readonly phase: Phase;
  readonly startTs: EpochMs;
  readonly endTs: EpochMs;
  /** true: all that waits is crossed at one price as it begins; as it ends. */
  readonly openCross: boolean;
  readonly closeCross: boolean;
}

export interface OverseasDay extends Sourced {
  readonly date: SessionDate;
  /** In order, without gaps; empty on a day on which the exchange stays shut. */
  readonly parts: readonly OverseasDayPart[];
  /** Last instants at which orders for the opening and the closing cross are taken; null where there are none. */
  readonly onOpenUntil: EpochMs | null;
  readonly onCloseUntil: EpochMs | null;
}

/** An instant of the day by "HH:MM", `shiftMin` later. */
function instantOf(exchange: OverseasExchangeCode, date: SessionDate, text: string, shiftMin: number): EpochMs {
  return localInstant(exchange, date, timeOfDayMs(text) + shiftMin * MINUTE_MS);
}

function partsOf(market: OverseasMarket, exchange: OverseasExchangeCode): OverseasMarket['phases'][number] {
  const found = market.phases.find(({ exchanges }) => exchanges === null || exchanges.includes(exchange));
  if (!found) throw new RangeError(`hours of ${exchange} are not known`);
  return found;
}

/** The parts of a day of an exchange. @source resources/markets/*.json phases, holidays */
export function overseasDay(exchange: OverseasExchangeCode, date: SessionDate): OverseasDay {
  const market = overseasMarket(exchange);
  const { parts, status, source } = partsOf(market, exchange);
  const session = overseasSession(exchange, date);
  const shift = session.early ? market.holidays.earlyShiftMin : 0;
  const at = (text: string, shiftMin: number): EpochMs => instantOf(exchange, date, text, shiftMin);
  const { onOpenUntil, onCloseUntil } = market.orders;
  return {
    date,
    status: session.status === 'U' ? 'U' : status,
    source,
    parts: session.open
      ? parts.map((part) => ({
          phase: part.phase,
          startTs: at(part.start, part.early === 'both' ? shift : 0),
          endTs: at(part.end, part.early === undefined ? 0 : shift),
          openCross: part.openCross ?? false,
          closeCross: part.closeCross ?? false,
        }))
      : [],
    onOpenUntil: onOpenUntil === undefined ? null : at(onOpenUntil, 0),
    onCloseUntil: onCloseUntil === undefined ? null : at(onCloseUntil, shift),
  };
}
