/** Recorded days that a replay plays: taken from the house's records once, and handed to the worker as plain data. */
import type { MarketSources } from '#core/simulator/index.ts';
import type { UsualDays } from '#core/threats/index.ts';
import { codeOf, krxId, type InstrumentId, type KrxInstrument, type ScenarioDocument } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  checkRecord,
  chooseRecord,
  daySchedule,
  recordHours,
  type RecordedIndex,
  type StoredIssue,
} from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';

/** Where recorded days lie. */
export type RecordSources = Required<Pick<MarketSources, 'dailyRow' | 'stored' | 'indices'>> & {
  /** What an issue's days before a date were like. */
  readonly usual: (id: InstrumentId, date: SessionDate) => UsualDays;
};

/** What was recorded of the issues of a scenario on one of its days. */
export interface RunRecord {
  readonly date: SessionDate;
  /** In the order of the document: the first is the issue in front. */
  readonly issues: readonly StoredIssue[];
  readonly indices: readonly RecordedIndex[];
  /** What the days before were like, by code. */
  readonly usual: readonly { readonly code: string; readonly days: UsualDays }[];
}

/** No record at all. */
export const NO_RECORDS: RecordSources = {
  dailyRow: () => undefined,
  stored: () => undefined,
  indices: () => [],
  usual: () => ({ averageVolume: null, minuteVolumes: null, usualDepth: null, usualSpreadTicks: null, closes: [] }),
};

function storedOf(sources: RecordSources, code: string, date: SessionDate): StoredIssue {
  const stored = sources.stored(krxId(code), date);
  if (stored) return stored;
  const daily = sources.dailyRow(krxId(code), date);
  if (!daily) throw new AppError('SCENARIO_NO_RECORD', { date, code });
  const { market, listedShares, base } = daily;
  return { code, market, date, listedShares, base, daily };
}

/**
 * What a replay needs, in the order of its dates; nothing for another kind of market. Throws SCENARIO_NO_RECORD naming the
 * day and the issue, and REPLAY_SUSPENDED or REPLAY_ROW_BAD where a record cannot be played.
 */
export function collectRecords({ market }: ScenarioDocument, sources: RecordSources): RunRecord[] {
  if (market.kind !== 'replay') return [];
  return market.dates.map((date): RunRecord => {
    const [front = ''] = market.issues;
    if (!isSessionDate(date) || date < krxCalendar.from || date > krxCalendar.to || !krxCalendar.isSession(date))
      throw new AppError('SCENARIO_NO_RECORD', { date, code: front });
    const schedule = daySchedule(krxCalendar, date);
    const hours = recordHours(schedule);
    const issues = market.issues.map((code) => storedOf(sources, code, date));
    for (const stored of issues) checkRecord(chooseRecord(stored, hours).issue, schedule);
    const usual = market.issues.map((code) => ({ code, days: sources.usual(krxId(code), date) }));
    return { date, issues, indices: sources.indices(date), usual };
  });
}

/** The records as a market of their own is told of them: no day but theirs. */
export function sourcesOf(
  records: readonly RunRecord[],
): Required<Pick<MarketSources, 'dailyRow' | 'nextDailyDate' | 'stored' | 'indices'>> {
  const days = new Map(records.map((record) => [record.date, record]));
  const find = (id: string, date: SessionDate): StoredIssue | undefined =>
    days.get(date)?.issues.find(({ code }) => code === codeOf(id));
  return {
    stored: find,
    dailyRow: (id, date) => find(id, date)?.daily,
    nextDailyDate: (_id, date) => records.find((record) => record.date > date)?.date,
    indices: (date) => days.get(date)?.indices ?? [],
  };
}

/** The issues as they were listed on the first recorded day: at its base price, on the market of that time. */
export function listedThen(listing: readonly KrxInstrument[], records: readonly RunRecord[]): KrxInstrument[] {
  const [first] = records;
  return listing.map((issue) => {
    const stored = first?.issues.find(({ code }) => code === issue.code);
    if (!first || !stored) return issue;
    const { row } = chooseRecord(stored, recordHours(daySchedule(krxCalendar, first.date))).issue;
    return { ...issue, market: row.market, basePrice: row.base, suspended: false };
  });
}
