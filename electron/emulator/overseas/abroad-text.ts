/** How instants are written in Korea. */
import { kstDate, kstTimeText, type EpochMs } from '#shared/time/index.ts';

/** Date and time in Korea, "20261124" and "093000". */
export function koreanStamp(at: EpochMs): { readonly date: string; readonly time: string } {
  return { date: kstDate(at).replaceAll('-', ''), time: kstTimeText(at).replaceAll(':', '') };
}
