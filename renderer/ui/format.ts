/** Numbers, times and dates as the screen writes them. Signs are + and − (U+2212); zero has none. */
import { groupDigits } from '#shared/errors/index.ts';
import { epochMs, isSessionDate, kstTimeText, weekday } from '#shared/time/index.ts';
import { useView } from '../store/view.ts';

export const MINUS = '−';
/** Stands where a figure is not known. */
export const UNKNOWN = '—';

const MAN = 10_000;
const EOK = 100_000_000;
const JO = 1_000_000_000_000;
const PPB_PER_PERCENT = 10_000_000;

/** Short amounts are counted in 만, 억 and 조, in English in thousands, millions, billions and trillions. */
const ENGLISH_UNITS = [
  [1_000_000_000_000, 'T'],
  [1_000_000_000, 'B'],
  [1_000_000, 'M'],
  [1_000, 'K'],
] as const;

/** "330.7T", "38B": three figures at most, cut and never rounded up; below `from` in full. */
function englishShort(value: number, from: number): string {
  const size = Math.abs(value);
  const unit = size < from ? undefined : ENGLISH_UNITS.find(([of]) => size >= of);
  if (!unit) return groupDigits(value);
  const [of, name] = unit;
  const units = size / of;
  const text =
    units < 100 ? decimals(Math.floor(units * 10) / 10, 1).replace(/\.0$/, '') : groupDigits(Math.floor(units));
  return `${value < 0 ? MINUS : ''}${text}${name}`;
}

const inEnglish = (): boolean => useView.getState().language === 'en';

/** 1234567 → "1,234,567". */
export function number(value: number): string {
  return groupDigits(value);
}

/** 300 → "+300", −300 → "−300", 0 → "0". */
export function signed(value: number): string {
  return value > 0 ? `+${groupDigits(value)}` : groupDigits(value);
}

/** A known number, or the mark for what is not known. */
export function numberOr(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : groupDigits(value);
}

function decimals(value: number, digits: number): string {
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(digits).split('.');
  return fraction ? `${groupDigits(Number(whole))}.${fraction}` : groupDigits(Number(whole));
}

/** 0.5432 percent → "+0.54%"; what rounds to zero has no sign. */
export function percent(value: number, digits = 2): string {
  const text = decimals(value, digits);
  const zero = Number(text.replaceAll(',', '')) === 0;
  return `${zero ? '' : value > 0 ? '+' : MINUS}${text}%`;
}

/** Change from a base, in percent with sign. */
export function changePercent(change: number, base: number): string {
  return percent((change * 100) / base);
}

/** Share of a whole without sign: 0.227 → "22.7%". */
export function share(part: number, whole: number): string {
  return whole === 0 ? UNKNOWN : `${decimals((part * 100) / whole, 1)}%`;
}

/** Parts per billion as a signed percentage. */
export function ppbPercent(ppb: number, digits = 2): string {
  return percent(ppb / PPB_PER_PERCENT, digits);
}

/** Won in a summary: below 억 in full, then "12,303억", "1조 2,303억"; the rest is cut, never rounded up. */
export function krwSummary(value: number): string {
  if (inEnglish()) return englishShort(value, EOK);
  const sign = value < 0 ? MINUS : '';
  const size = Math.abs(value);
  if (size < EOK) return `${sign}${groupDigits(size)}`;
  if (size < JO) return `${sign}${groupDigits(Math.floor(size / EOK))}억`;
  const jo = Math.floor(size / JO);
  const eok = Math.floor((size - jo * JO) / EOK);
  return eok === 0 ? `${sign}${groupDigits(jo)}조` : `${sign}${groupDigits(jo)}조 ${groupDigits(eok)}억`;
}

/** Traded value in a narrow column: "2,617만", "38억", "1.2조". */
export function valueShort(value: number): string {
  if (inEnglish()) return englishShort(value, MAN);
  if (value >= JO) return `${decimals(value / JO, 1)}조`;
  if (value >= EOK) return `${groupDigits(Math.floor(value / EOK))}억`;
  if (value >= MAN) return `${groupDigits(Math.floor(value / MAN))}만`;
  return groupDigits(value);
}

/** Volume on a chart: "10.5만", "2.3억", small ones in full. */
export function volumeShort(value: number): string {
  if (inEnglish()) return englishShort(Math.round(value), MAN);
  if (value >= EOK) return `${decimals(value / EOK, 1)}억`;
  if (value >= 100 * MAN) return `${groupDigits(Math.round(value / MAN))}만`;
  if (value >= MAN) return `${decimals(value / MAN, 1).replace(/\.0$/, '')}만`;
  return groupDigits(Math.round(value));
}

/** "HH:MM:SS" in Korea. */
export function time(at: number): string {
  return kstTimeText(epochMs(at));
}

/** "HH:MM" in Korea. */
export function timeShort(at: number): string {
  return kstTimeText(epochMs(at)).slice(0, 5);
}

/** Time left, "3:55:24" or "4:09"; seconds are rounded up so that zero means now. */
export function countdown(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1_000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3_600);
  const rest = `${pad(Math.floor(total / 60) % 60)}:${pad(total % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : `${Math.floor(total / 60)}:${pad(total % 60)}`;
}

const WEEKDAYS_KO = ['일', '월', '화', '수', '목', '금', '토'] as const;
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** "2025-02-11 (화)". */
export function dateLong(date: string, language: 'ko' | 'en'): string {
  if (!isSessionDate(date)) return date;
  const names = language === 'ko' ? WEEKDAYS_KO : WEEKDAYS_EN;
  return `${date} (${names[weekday(date)] ?? ''})`;
}

/** "02-13 (목)", as settlement dates are written. */
export function dateShort(date: string, language: 'ko' | 'en'): string {
  return dateLong(date, language).slice(5);
}

/** Direction of a change: the class that colours it. */
export function direction(change: number | null): 'u' | 'd' | 'f' {
  if (change === null || change === 0) return 'f';
  return change > 0 ? 'u' : 'd';
}

const SPEED_STEPS = 10;

/** A true speed: "9.8", "59", "2,480". */
export function factor(value: number): string {
  return value < SPEED_STEPS ? decimals(value, 1) : groupDigits(Math.round(value));
}
