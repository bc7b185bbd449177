/** Which part of a trading day a bar belongs to: before, in or after the regular session of KRX; NXT trades around it. */
import { daySchedule, krxCalendar } from '#shared/market/index.ts';
import { epochMs, kstDate, type SessionDate } from '#shared/time/index.ts';

export type SessionKind = 'pre' | 'regular' | 'after';

/** The regular session, both ends taken in: what the closing auction settles opens its bar at the end. */
export interface RegularHours {
  readonly fromTs: number;
  readonly toTs: number;
}

/** The regular session of a day; null where its hours are not known. */
export function regularHours(date: SessionDate): RegularHours | null {
  try {
    const { parts } = daySchedule(krxCalendar, date);
    const open = parts.find(({ phase }) => phase === 'continuous');
    const close = parts.findLast(({ phase }) => phase === 'closeAuction') ?? open;
    return open && close ? { fromTs: open.startTs, toTs: close.endTs + close.randomEndMs } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads the part of the day of a bar by its open time; the hours of each day are worked out once. */
export function sessionReader(): (openTs: number) => { readonly date: SessionDate; readonly kind: SessionKind } {
  const known = new Map<SessionDate, RegularHours | null>();
  return (openTs) => {
    const date = kstDate(epochMs(openTs));
    let hours = known.get(date);
    if (hours === undefined) {
      hours = regularHours(date);
      known.set(date, hours);
    }
    if (!hours) return { date, kind: 'regular' };
    return { date, kind: openTs < hours.fromTs ? 'pre' : openTs <= hours.toTs ? 'regular' : 'after' };
  };
}

/** Bars one after another that belong together, by place. */
export interface Stretch {
  readonly kind: SessionKind;
  readonly from: number;
  readonly to: number;
  /** true: its first bar is the first of another day than the bar before. */
  readonly newDay: boolean;
}

/** The stretches of the bars from place `from` to place `to`. */
export function stretches(
  tsAt: (place: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
  read: ReturnType<typeof sessionReader>,
): readonly Stretch[] {
  const found: Stretch[] = [];
  let day: SessionDate | null = from > 0 ? read(tsAt(from - 1)).date : null;
  for (let place = from; place <= to; place += 1) {
    const { date, kind } = read(tsAt(place));
    const last = found.at(-1);
    if (last?.kind === kind && date === day) found[found.length - 1] = { ...last, to: place };
    else found.push({ kind, from: place, to: place, newDay: day !== null && date !== day });
    day = date;
  }
  return found;
}
