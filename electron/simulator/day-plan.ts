/** From a plan to the facts of one day: which issues are listed at which base prices, by which hours. */
import type { Instrument, InstrumentId, SimulationPlan } from '#shared/domain/index.ts';
import { codeOf } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { daySchedule, replayIssue, type ListedIssue, type ReplayRow } from '#shared/exchange/index.ts';
import { basePriceFrom, cashDates } from '#shared/market/index.ts';
import { hash32 } from '#shared/rng/index.ts';
import { kstDate, sessionDate, type EpochMs, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { RunFacts } from './market-run.ts';

/** What the simulator must be told about the world. */
export interface MarketSources {
  readonly calendar: TradingCalendar;
  /** Every instrument known, with the base price of its next session. */
  readonly listing: () => readonly Instrument[];
  /** A recorded day; undefined where none was imported. */
  readonly dailyRow: (id: InstrumentId, date: SessionDate) => ReplayRow | undefined;
  /** The next imported day after `date`; undefined after the last. */
  readonly nextDailyDate: (id: InstrumentId, date: SessionDate) => SessionDate | undefined;
}

/** Days without trading that a replay passes over in search of the next. */
const MAX_SKIPPED_DAYS = 250;

/** Last prices by code, where an issue was traded. */
export type Closes = ReadonlyMap<string, number>;

/** The dates of D+1 and D+2, or CALENDAR_UNKNOWN beyond the years known. */
export function settlementDates(
  calendar: TradingCalendar,
  date: SessionDate,
): { readonly d1: SessionDate; readonly d2: SessionDate } {
  try {
    return cashDates(calendar, date);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('CALENDAR_UNKNOWN', { date, from: calendar.from, to: calendar.to }, { cause: error });
  }
}

/** The first day a synthetic market plays: today's session in Korea, or the first after the listing's facts where today is unknown. */
export function firstDate(sources: MarketSources, now: EpochMs): SessionDate {
  const { calendar } = sources;
  const asOf = sources
    .listing()
    .reduce<string>((latest, { asOf: date }) => (date > latest ? date : latest), calendar.from);
  const today = kstDate(now);
  try {
    const date = calendar.sessionOnOrAfter(today);
    cashDates(calendar, date);
    return date;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return calendar.addSessions(sessionDate(asOf), 1);
  }
}

/** Issues of a synthetic day: yesterday's closes become base prices; an issue that was not traded keeps its own. */
function listedIssues(sources: MarketSources, date: SessionDate, closes: Closes): ListedIssue[] {
  return sources.listing().map(({ code, market, basePrice, lotSize, listedShares, suspended }) => ({
    code,
    market,
    basePrice: basePriceFrom({ market, date, close: closes.get(code) ?? basePrice }),
    lotSize,
    listedShares,
    halted: suspended,
  }));
}

/** The facts of a day of a plan. Throws REPLAY_NO_DATA, REPLAY_SUSPENDED, REPLAY_ROW_BAD or CALENDAR_UNKNOWN. */
export function planDayOf(
  sources: MarketSources,
  day: { readonly run: number; readonly plan: SimulationPlan; readonly date: SessionDate; readonly closes: Closes },
): RunFacts {
  const { run, plan, date, closes } = day;
  const schedule = daySchedule(sources.calendar, date);
  const daySeed = hash32(`${plan.seed}/${date}`);
  if (plan.mode === 'synthetic') {
    return { run, plan, date, schedule, issues: listedIssues(sources, date, closes), row: null, daySeed };
  }
  const row = sources.dailyRow(plan.instrumentId, date);
  if (!row) throw new AppError('REPLAY_NO_DATA', { code: codeOf(plan.instrumentId), date });
  return { run, plan, date, schedule, issues: [replayIssue(row)], row, daySeed: plan.seed };
}

/** A day whose market is gone: its issues as far as they are still known. */
export function endedDay(
  sources: MarketSources,
  { run, plan, date }: { readonly run: number; readonly plan: SimulationPlan; readonly date: SessionDate },
): RunFacts {
  try {
    return planDayOf(sources, { run, plan, date, closes: new Map() });
  } catch (error) {
    // The recorded day of a replay may have been removed since.
    if (!(error instanceof AppError)) throw error;
    const schedule = daySchedule(sources.calendar, date);
    return { run, plan, date, schedule, issues: [], row: null, daySeed: 0 };
  }
}

/** The plan and date of the day after `date`: the next session, or the next recorded day on which the issue was traded. */
export function nextDay(
  sources: MarketSources,
  plan: SimulationPlan,
  date: SessionDate,
): { readonly plan: SimulationPlan; readonly date: SessionDate } {
  if (plan.mode === 'synthetic') {
    try {
      return { plan, date: sources.calendar.addSessions(date, 1) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { from, to } = sources.calendar;
      throw new AppError('CALENDAR_UNKNOWN', { date, from, to }, { cause: error });
    }
  }
  let at = date;
  for (let skipped = 0; skipped < MAX_SKIPPED_DAYS; skipped += 1) {
    const found = sources.nextDailyDate(plan.instrumentId, at);
    if (found === undefined) break;
    if ((sources.dailyRow(plan.instrumentId, found)?.volume ?? 0) > 0)
      return { plan: { ...plan, date: found }, date: found };
    at = found;
  }
  throw new AppError('REPLAY_LAST_DAY', { code: codeOf(plan.instrumentId), date });
}
