/** How American prices, times and orders are written. */
import { kstDate, kstTimeText, type EpochMs } from '#shared/time/index.ts';
import { newYork } from './us-market.ts';

const PARTS = 10_000;

/** 1/10,000 dollar as "230.1500". */
export function dollars(scaled: number, places = 4): string {
  return (scaled / PARTS).toFixed(places);
}

/** "230.15" as 1/10,000 dollar; null for what is no price. */
export function scaledOf(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,8}))?$/.exec(text.trim());
  if (!match) return null;
  const digits = (match[2] ?? '').padEnd(8, '0');
  if (Number(digits.slice(4)) !== 0) return null;
  return Number(match[1]) * PARTS + Number(digits.slice(0, 4));
}

/** Date and time in New York, "20261124" and "093000". */
export function localStamp(at: EpochMs): { readonly date: string; readonly time: string } {
  const { date, ms } = newYork(at);
  const total = Math.floor(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = two(Math.floor(total / 3600)) + two(Math.floor(total / 60) % 60) + two(total % 60);
  return { date: date.replaceAll('-', ''), time };
}

/** The same in Korea. */
export function koreanStamp(at: EpochMs): { readonly date: string; readonly time: string } {
  return { date: kstDate(at).replaceAll('-', ''), time: kstTimeText(at).replaceAll(':', '') };
}
