/** The futures and options that the offline KIS lists on a date: made up, with codes and names of the broker's shape. */
import { krxId, type InstrumentId } from '#shared/domain/index.ts';
import { derivativeId } from '#shared/domain/index.ts';
import { addDays, sessionDate, weekday, type SessionDate } from '#shared/time/index.ts';

/** One contract; prices in 1/100. */
export interface ListedContract {
  readonly code: string;
  readonly nameKo: string;
  readonly kind: 'future' | 'call' | 'put';
  readonly family: 'index' | 'stock';
  /** 0 for a future. */
  readonly strike: number;
  readonly lastDay: SessionDate;
  /** KRX short code of the share it is on; null: the KOSPI 200. */
  readonly share: InstrumentId | null;
  readonly underlyingKo: string;
}

/** Strikes of the strip, 2.5 points apart around the KOSPI 200 as the offline KIS begins with it; 1/100. */
const STRIKES = Array.from({ length: 9 }, (_, place) => 35_000 + place * 250);
/** The share with a future of its own: Samsung Electronics under the code of the broker's example (111W08). */
const SHARE = { product: '11', id: krxId('005930'), nameKo: '삼성전자' } as const;
const QUARTERS = new Set([3, 6, 9, 12]);

/** The second Thursday of a month, on which its contracts end. */
function secondThursday(year: number, month: number): SessionDate {
  let day = sessionDate(`${year}-${String(month).padStart(2, '0')}-08`);
  while (weekday(day) !== 4) day = addDays(day, 1);
  return day;
}

interface Month {
  readonly year: number;
  readonly month: number;
  readonly lastDay: SessionDate;
}

/** Months whose contracts are alive on a date, nearest first. */
function monthsFrom(date: SessionDate, count: number, fits: (month: number) => boolean): readonly Month[] {
  const months: Month[] = [];
  let [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  while (months.length < count) {
    const lastDay = secondThursday(year, month);
    if (fits(month) && lastDay >= date) months.push({ year, month, lastDay });
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return months;
}

const two = (value: number): string => String(value).padStart(2, '0');
/** Year and month as a code has them: "612" is December 2026. */
const inCode = ({ year, month }: Month): string => `${year % 10}${two(month)}`;
const inName = ({ year, month }: Month): string => `${year}${two(month)}`;

function options(month: Month): readonly ListedContract[] {
  return (['call', 'put'] as const).flatMap((kind) =>
    STRIKES.map((strike) => ({
      code: `${kind === 'call' ? 'B' : 'C'}01${inCode(month)}${Math.floor(strike / 100)}`,
      nameKo: `${kind === 'call' ? 'C' : 'P'} ${inName(month)} ${(strike / 100).toFixed(1)}`,
      kind,
      family: 'index' as const,
      strike,
      lastDay: month.lastDay,
      share: null,
      underlyingKo: 'KOSPI200',
    })),
  );
}

/** What is listed on a date: the two nearest quarters on the KOSPI 200, a strip of options of the nearest month, one share. */
export function listedContracts(date: SessionDate): readonly ListedContract[] {
  const quarters = monthsFrom(date, 2, (month) => QUARTERS.has(month));
  const futures = quarters.map((month): ListedContract => ({
    code: `A01${inCode(month)}`,
    nameKo: `F ${inName(month)}`,
    kind: 'future',
    family: 'index',
    strike: 0,
    lastDay: month.lastDay,
    share: null,
    underlyingKo: 'KOSPI200',
  }));
  const [nearest] = quarters;
  const onShare = nearest && {
    code: `A${SHARE.product}${inCode(nearest)}`,
    nameKo: `${SHARE.nameKo} F ${inName(nearest)}`,
    kind: 'future' as const,
    family: 'stock' as const,
    strike: 0,
    lastDay: nearest.lastDay,
    share: SHARE.id,
    underlyingKo: SHARE.nameKo,
  };
  return [...futures, ...monthsFrom(date, 1, () => true).flatMap(options), ...(onShare ? [onShare] : [])];
}

/** The id by which ticks and worth of a contract are looked up. */
export function contractId({ family, code }: Pick<ListedContract, 'family' | 'code'>): InstrumentId {
  return derivativeId(family, code);
}
