/** Times of the library and ours. */
import { type Time, TickMarkType, type UTCTimestamp } from 'lightweight-charts';
import { type EpochMs, epochMs, kstDate, kstTimeText } from '#shared/time/index.ts';
import { timeShort } from '../../../ui/format.ts';

/** The library reads times as UTC; shifted, its axis shows Korean time. */
const KST_SHIFT_S = 9 * 3_600;

export function chartTime(openTs: number): UTCTimestamp {
  return (openTs / 1_000 + KST_SHIFT_S) as UTCTimestamp;
}

export function instantOf(time: Time): EpochMs {
  return epochMs((Number(time) - KST_SHIFT_S) * 1_000);
}

export function tickText(time: Time, type: TickMarkType, daily: boolean): string {
  const at = instantOf(time);
  if (type === TickMarkType.Year && daily) return kstDate(at).slice(0, 4);
  if (type === TickMarkType.Year || type === TickMarkType.Month || type === TickMarkType.DayOfMonth)
    return kstDate(at).slice(5);
  return type === TickMarkType.TimeWithSeconds ? kstTimeText(at) : timeShort(at);
}
