/** Days and times of the record, in Korea. */
import { epochMs, kstDate, kstTimeText } from '#shared/time/index.ts';
import { browserClock } from '../../ui/platform.ts';

/** "02-11 11:24:36". */
export function dayTime(at: number): string {
  return `${kstDate(epochMs(at)).slice(5)} ${kstTimeText(epochMs(at))}`;
}

/** Today in Korea, for the name of a file. */
export function seoulDay(): string {
  return kstDate(browserClock.now());
}
