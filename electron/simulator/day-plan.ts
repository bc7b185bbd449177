/** From a plan to the facts of one day: which issues are listed at which base prices, by which hours. */
import type { InstrumentId, KrxInstrument, MarketStory, RulesNote, SimulationPlan } from '#shared/domain/index.ts';
import { codeOf, MAX_REPLAY_ISSUES } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  chooseRecord,
  daySchedule,
  nxtSchedule,
  recordHours,
  replayExchange,
  checkRecord,
  rulesNotes,
  type DaySchedule,
  type ExchangeOptions,
  type ListedIssue,
  type RecordedDay,
  type RecordedIndex,
  type RecordedIssue,
  type ReplayRow,
  type StoredIssue,
  type StoryToday,
} from '#shared/exchange/index.ts';
import { cashDates, viClassOf, type ViClass } from '#shared/market/index.ts';
import { hash32 } from '#shared/rng/index.ts';
import { kstDate, sessionDate, type EpochMs, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { RunFacts } from './market-run.ts';
import { changedListing, type ChangedListing, type ListingDay, type PriceChange } from './price-changes.ts';
import type { RegisteredAction } from './terms.ts';

/** What the simulator must be told about the world. */
export interface MarketSources {
  readonly calendar: TradingCalendar;
  /** Every instrument known, with the base price of its next session. */
  readonly listing: () => readonly KrxInstrument[];
  /** A recorded day; undefined where none was imported. */
  readonly dailyRow: (id: InstrumentId, date: SessionDate) => ReplayRow | undefined;
  /** The next imported day after `date`; undefined after the last. */
  readonly nextDailyDate: (id: InstrumentId, date: SessionDate) => SessionDate | undefined;
  /** All that is stored of an issue's day, finer records included; its daily row alone if absent. */
  readonly stored?: (id: InstrumentId, date: SessionDate) => StoredIssue | undefined;
  /** Issues imported for a date, those traded for most won first; none if absent. */
  readonly importedOn?: (date: SessionDate) => readonly InstrumentId[];
  /** Indices recorded on a date; none if absent. */
  readonly indices?: (date: SessionDate) => readonly RecordedIndex[];
  /** What the user says an issue's VI class is; null: nothing said. */
  readonly viOverride?: (id: InstrumentId) => ViClass | null;
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

/**
 * Issues of a synthetic day: yesterday's closes become base prices, as corporate actions change them. Which issues NXT trades is not known; every stock that is not known to be left out is taken to be among them.
 */
function listedIssues(sources: MarketSources, day: ListingDay): ChangedListing {
  const issues = sources.listing().map((instrument): ListedIssue => {
    const { id, code, market, basePrice, lotSize, listedShares, suspended, kospi200, product = 'stock' } = instrument;
    const override = sources.viOverride?.(id) ?? null;
    return {
      code,
      market,
      product,
      basePrice,
      lotSize,
      listedShares,
      viClass: viClassOf({ market, product, kospi200, override }),
      nxt: product === 'stock' && market !== 'KONEX' && (instrument.nxt ?? true),
      halted: suspended,
    };
  });
  return changedListing(issues, day);
}

type ReplayPlan = Extract<SimulationPlan, { readonly mode: 'replay' }>;

function storedIssue(sources: MarketSources, id: InstrumentId, date: SessionDate): StoredIssue {
  const stored = sources.stored?.(id, date);
  if (stored) return stored;
  const daily = sources.dailyRow(id, date);
  if (!daily) throw new AppError('REPLAY_NO_DATA', { code: codeOf(id), date });
  const { code, market, listedShares, base } = daily;
  return { code, market, date, listedShares, base, daily };
}

/** The issues of a replay: those named, or all that were imported for the date; the one in front comes first. */
function replayedIds(sources: MarketSources, plan: ReplayPlan, date: SessionDate): readonly InstrumentId[] {
  const { instrumentId, others = [] } = plan;
  const beside = others === 'market' ? (sources.importedOn?.(date) ?? []) : others;
  return [...new Set([instrumentId, ...beside])].slice(0, MAX_REPLAY_ISSUES);
}

/** What is known of a recorded day. Throws where an issue that was named cannot be played; of a whole market it is left out. */
function recordedDay(
  sources: MarketSources,
  plan: ReplayPlan,
  { date, schedule }: { readonly date: SessionDate; readonly schedule: DaySchedule },
): RecordedDay {
  const hours = recordHours(schedule);
  const issues: RecordedIssue[] = [];
  const notes = new Set<RulesNote>();
  for (const id of replayedIds(sources, plan, date)) {
    try {
      const chosen = chooseRecord(storedIssue(sources, id, date), hours);
      checkRecord(chosen.issue, schedule);
      issues.push(chosen.issue);
      for (const note of chosen.notes) notes.add(note);
    } catch (error) {
      const named = id === plan.instrumentId || plan.others !== 'market';
      if (named || !(error instanceof AppError)) throw error;
    }
  }
  for (const note of rulesNotes(date, issues, plan.vi ?? false)) notes.add(note);
  return { date, issues, indices: sources.indices?.(date) ?? [], notes: [...notes] };
}

/** A day of several issues to be played apart from any market. Throws as `planDayOf`. */
export function recordedDayOf(
  sources: MarketSources,
  wish: { readonly instrumentIds: readonly InstrumentId[]; readonly date: SessionDate },
): { readonly day: RecordedDay; readonly schedule: DaySchedule } {
  const { instrumentIds, date } = wish;
  const [instrumentId, ...others] = instrumentIds;
  if (instrumentId === undefined) throw new AppError('REPLAY_NO_DATA', { code: '', date });
  const schedule = daySchedule(sources.calendar, date);
  const plan = { mode: 'replay', instrumentId, others, date, seed: 0 } as const;
  return { day: recordedDay(sources, plan, { date, schedule }), schedule };
}

/** Options of a synthetic day's exchange. */
function syntheticExchange(
  sources: MarketSources,
  date: SessionDate,
  day: { readonly issues: readonly ListedIssue[]; readonly seed: number },
): ExchangeOptions {
  const nxt = nxtSchedule(sources.calendar, date);
  return {
    date,
    schedule: daySchedule(sources.calendar, date),
    ...(nxt ? { nxtSchedule: nxt } : {}),
    ...day,
    quietParticipants: true,
  };
}

/** What a story has for a day; undefined before it begins and after it ends. */
function storyOn(story: MarketStory, date: SessionDate, calendar: TradingCalendar): StoryToday | undefined {
  let place = 0;
  let at = sessionDate(story.from ?? date);
  if (at > date) return undefined;
  for (; at < date && place < story.days.length; place += 1) at = calendar.addSessions(at, 1);
  const day = at === date ? story.days[place] : undefined;
  const { betas, volatility, liquidity } = story;
  return day && { day, betas, volatility, liquidity };
}

/** The facts of a day of a plan. Throws REPLAY_NO_DATA, REPLAY_SUSPENDED, REPLAY_ROW_BAD or CALENDAR_UNKNOWN. */
export function planDayOf(
  sources: MarketSources,
  day: {
    readonly run: number;
    readonly plan: SimulationPlan;
    readonly date: SessionDate;
    readonly closes: Closes;
    /** Entered for the practice market; a recorded day carries its own. */
    readonly actions: readonly RegisteredAction[];
  },
): RunFacts & { readonly changes: readonly PriceChange[] } {
  const { run, plan, date } = day;
  if (plan.mode === 'synthetic') {
    const seed = hash32(`${plan.seed}/${date}`);
    const { issues, changes } = listedIssues(sources, day);
    const options = syntheticExchange(sources, date, { issues, seed });
    const story = plan.story && storyOn(plan.story, date, sources.calendar);
    return { run, plan, options, recorded: null, ...(story && { story }), changes };
  }
  const schedule = daySchedule(sources.calendar, date);
  const recorded = recordedDay(sources, plan, { date, schedule });
  const options = replayExchange(recorded, { schedule, seed: plan.seed, vi: plan.vi ?? false });
  return { run, plan, options, recorded, changes: [] };
}

/** A day whose market is gone: its issues as far as they are still known. */
export function endedDay(
  sources: MarketSources,
  ended: {
    readonly run: number;
    readonly plan: SimulationPlan;
    readonly date: SessionDate;
    readonly actions: readonly RegisteredAction[];
  },
): RunFacts {
  const { run, plan, date } = ended;
  try {
    return planDayOf(sources, { ...ended, closes: new Map() });
  } catch (error) {
    // The recorded day of a replay may have been removed since.
    if (!(error instanceof AppError)) throw error;
    const schedule = daySchedule(sources.calendar, date);
    return { run, plan, options: { date, schedule, issues: [], seed: 0 }, recorded: null };
  }
}

function wasTraded(sources: MarketSources, id: InstrumentId, date: SessionDate): boolean {
  const stored = sources.stored?.(id, date);
  if (stored?.trades || stored?.minutes) return true;
  return (sources.dailyRow(id, date)?.volume ?? 0) > 0;
}

/** The plan and date of the day after `date`: the next session, or the next recorded day on which the issue was traded. */
export function nextDay(
  sources: MarketSources,
  plan: SimulationPlan,
  date: SessionDate,
): { readonly plan: SimulationPlan; readonly date: SessionDate } {
  if (plan.mode === 'synthetic') {
    try {
      // A blow without a date was this day's; a story without one began on it.
      const { shock, story } = plan;
      const dated = {
        ...plan,
        ...(shock && { shock: { date, ...shock } }),
        ...(story && { story: { from: date, ...story } }),
      };
      return { plan: dated, date: sources.calendar.addSessions(date, 1) };
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
    if (wasTraded(sources, plan.instrumentId, found)) return { plan: { ...plan, date: found }, date: found };
    at = found;
  }
  throw new AppError('REPLAY_LAST_DAY', { code: codeOf(plan.instrumentId), date });
}
