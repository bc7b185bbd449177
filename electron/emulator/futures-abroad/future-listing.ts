/** The futures abroad that the offline KIS lists on a date: made-up prices under real products, with codes of the broker's shape. */
import { FUTURES_ABROAD_SCALE, futureAbroadId, futuresProductOf, type FuturesProduct } from '#shared/domain/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import { addDays, sessionDate, weekday, type SessionDate } from '#shared/time/index.ts';

/** One contract; prices in 1/10^8. */
export interface ListedFuture {
  readonly code: string;
  readonly root: string;
  readonly nameKo: string;
  readonly product: FuturesProduct;
  readonly tick: number;
  /** What the offline KIS begins with. */
  readonly start: number;
  /** Places that quotes leave out. */
  readonly shift: number;
  /** Contracts of a usual order. */
  readonly usual: number;
  readonly lastDay: SessionDate;
}

const LETTERS = 'FGHJKMNQUVXZ';
const QUARTERS = [3, 6, 9, 12];
const EVEN = [2, 4, 6, 8, 10, 12];
const ALL = Array.from({ length: 12 }, (_, place) => place + 1);

/** Products, the months they have, where they begin, and contracts of a usual order. */
const SOLD = [
  { root: 'ES', months: QUARTERS, start: '6025.25', usual: 12 },
  { root: 'NQ', months: QUARTERS, start: '21040.50', usual: 6 },
  { root: 'CL', months: ALL, start: '71.35', usual: 9 },
  { root: 'GC', months: EVEN, start: '2655.4', usual: 5 },
  { root: '6E', months: QUARTERS, start: '1.05605', usual: 8 },
  { root: 'HSI', months: QUARTERS, start: '19850', usual: 4 },
] as const;
/** Contracts of each product, nearest first. */
const MONTHS = 2;

/** The third Friday of a month, on which its contracts end here. */
function thirdFriday(year: number, month: number): SessionDate {
  let day = sessionDate(`${year}-${String(month).padStart(2, '0')}-15`);
  while (weekday(day) !== 5) day = addDays(day, 1);
  return day;
}

const scaled = (text: string): number => scaledFrom(text, FUTURES_ABROAD_SCALE) ?? 0;

function contractsOf({ root, months, start, usual }: (typeof SOLD)[number], date: SessionDate): ListedFuture[] {
  const found: ListedFuture[] = [];
  // Oil and gold of a month end in the month before.
  const early = root === 'CL' || root === 'GC' ? 1 : 0;
  let [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  while (found.length < MONTHS) {
    const [endYear, endMonth] = month - early < 1 ? [year - 1, 12] : [year, month - early];
    const lastDay = thirdFriday(endYear, endMonth);
    const code = `${root}${LETTERS.charAt(month - 1)}${String(year).slice(2)}`;
    const product = futuresProductOf(futureAbroadId(code));
    if (product && (months as readonly number[]).includes(month) && lastDay >= date) {
      const nameKo = `${product.nameKo}(${year}.${String(month).padStart(2, '0')})`;
      const shared = { tick: scaled(product.tick), start: scaled(start), shift: product.places, usual };
      found.push({ code, root, nameKo, product, lastDay, ...shared });
    }
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return found;
}

/** What is listed on a date. */
export function listedFutures(date: SessionDate): readonly ListedFuture[] {
  return SOLD.flatMap((sold) => contractsOf(sold, date));
}
