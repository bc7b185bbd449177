/** A stretch of time in words, by its two largest units. */
import type { Translate } from '../text/index.ts';
import { MINUS, UNKNOWN } from './format.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A stretch of time by its two largest units: "6시간 12분". */
export function spanParts(ms: number): {
  readonly unit: 'days' | 'hours' | 'minutes' | 'seconds';
  readonly whole: number;
  readonly rest: number;
} {
  const size = Math.max(0, ms);
  if (size >= DAY_MS)
    return { unit: 'days', whole: Math.floor(size / DAY_MS), rest: Math.floor((size % DAY_MS) / HOUR_MS) };
  if (size >= HOUR_MS)
    return { unit: 'hours', whole: Math.floor(size / HOUR_MS), rest: Math.floor((size % HOUR_MS) / MINUTE_MS) };
  if (size >= MINUTE_MS)
    return { unit: 'minutes', whole: Math.floor(size / MINUTE_MS), rest: Math.floor((size % MINUTE_MS) / SECOND_MS) };
  return { unit: 'seconds', whole: Math.floor(size / SECOND_MS), rest: 0 };
}

/** "6시간 12분", "41초"; the mark for unknown where there is none. */
export function spanText(t: Translate, ms: number | null): string {
  if (ms === null) return UNKNOWN;
  const { unit, whole, rest } = spanParts(ms);
  return t(`span.${unit}`, { whole, rest });
}

/** By how much the server's clock differs: "+0.1초", or by its largest units where it is another time of day. */
export function skewText(t: Translate, skewMs: number): string {
  const sign = skewMs < 0 ? MINUS : '+';
  const size = Math.abs(skewMs);
  if (size >= MINUTE_MS) return `${sign}${spanText(t, size)}`;
  const seconds = (size / SECOND_MS).toFixed(1);
  return `${Number(seconds) === 0 ? '' : sign}${t('unit.seconds', { seconds })}`;
}
