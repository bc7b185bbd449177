/** Daily closes side by side, for the risk of what is held: stored ones by their dates, or those that the practice market made up for itself. */
import { krxId, type InstrumentId } from '#shared/domain/index.ts';
import { usualDays, type ListedIssue } from '#shared/exchange/index.ts';
import type { AlignedCloses, PortfolioQuestion } from '#shared/threats/risk/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

export type IndexPaths = PortfolioQuestion['indices'];

/** Where closes come from; plain data, for a worker. */
export type CloseSource =
  | {
      readonly kind: 'stored';
      /** Dates and closes of each issue, oldest first. */
      readonly issues: readonly DatedCloses[];
      /** Of each index the days it is recorded on, with the change of each from the day before. */
      readonly indices: Readonly<Record<'KOSPI' | 'KOSDAQ', readonly DatedChange[]>>;
    }
  | {
      readonly kind: 'practice';
      /** What is held, and beside it the issues whose mean stands for their index. */
      readonly issues: readonly ListedIssue[];
      readonly seed: number;
      readonly date: SessionDate;
    };

export interface DatedCloses {
  readonly id: InstrumentId;
  readonly dates: readonly SessionDate[];
  readonly closes: readonly number[];
}

export interface DatedChange {
  readonly date: SessionDate;
  readonly changePpm: number;
}

/** Some three years. */
export const CLOSE_DAYS = 750;
const PPM = 1_000_000;

export interface Closes {
  readonly closes: AlignedCloses;
  readonly indices: IndexPaths;
}

export function closesOf(source: CloseSource): Closes {
  return source.kind === 'stored' ? storedCloses(source) : practiceCloses(source);
}

function storedCloses({ issues, indices }: Extract<CloseSource, { readonly kind: 'stored' }>): Closes {
  const dates = [...new Set(issues.flatMap((issue) => issue.dates))].sort().slice(-CLOSE_DAYS);
  const place = new Map(dates.map((date, at) => [date, at]));
  const rows = issues.map(({ id, dates: own, closes }) => {
    const row: (number | null)[] = dates.map(() => null);
    own.forEach((date, at) => {
      const to = place.get(date);
      if (to !== undefined) row[to] = closes[at] ?? null;
    });
    return [id, row] as const;
  });
  const path = (changes: readonly DatedChange[]): (number | null)[] => {
    const byDate = new Map(changes.map(({ date, changePpm }) => [date, changePpm]));
    let level = 1;
    // What an index did over days without a record is not known: no return reaches over them.
    return dates.map((date) => {
      const changePpm = byDate.get(date);
      if (changePpm === undefined) return null;
      level *= 1 + changePpm / PPM;
      return level;
    });
  };
  return {
    closes: { days: dates.length, issues: new Map(rows) },
    indices: { KOSPI: path(indices.KOSPI), KOSDAQ: path(indices.KOSDAQ) },
  };
}

function practiceCloses({ issues, seed, date }: Extract<CloseSource, { readonly kind: 'practice' }>): Closes {
  const usual = usualDays(issues, seed, date);
  const days = Math.max(0, ...[...usual.values()].map(({ closes }) => closes.length));
  const mean = (market: 'KOSPI' | 'KOSDAQ'): (number | null)[] => {
    const own = issues.filter((issue) => issue.market === market).map(({ code }) => usual.get(code)?.closes ?? []);
    if (own.length === 0) return [];
    return Array.from({ length: days }, (_, day) =>
      own.reduce((sum, closes) => sum + (closes[day] ?? 0) / (closes.at(-1) ?? 1), 0),
    );
  };
  return {
    closes: { days, issues: new Map([...usual].map(([code, { closes }]) => [krxId(code), closes])) },
    indices: { KOSPI: mean('KOSPI'), KOSDAQ: mean('KOSDAQ') },
  };
}
