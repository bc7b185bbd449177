/** Days before today: those that were played here as they were, and made-up ones that lead to today's base price. */
import type { InstrumentId } from '#shared/domain/index.ts';
import { roundToTick, tickTable } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { Ground } from '../ground.ts';
import { lookAt } from './look.ts';

/** One day, week, month or year; won. */
export interface DayBar {
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

/** Days of one issue that are made up at most. */
const MOST_DAYS = 800;

export class History {
  readonly #played = new Map<InstrumentId, DayBar[]>();

  /** Keeps the day that is over. */
  keep(ground: Ground): void {
    for (const id of ground.simulator.instrumentIds()) {
      const bar = todayBar(ground, id);
      if (!bar) continue;
      const bars = this.#played.get(id) ?? [];
      if (bars.at(-1)?.date !== bar.date) this.#played.set(id, [...bars, bar]);
    }
  }

  /** Up to `count` days before today, newest first. */
  before(ground: Ground, id: InstrumentId, count: number): readonly DayBar[] {
    const { sessionDate: today } = ground.simulator.session();
    const played = (this.#played.get(id) ?? []).filter(({ date }) => date < today).reverse();
    if (played.length >= count) return played.slice(0, count);
    const view = ground.simulator.issue(id);
    const oldest = played.at(-1);
    const from = { date: oldest?.date ?? today, close: oldest ? oldest.open : (view?.basePrice ?? 0) };
    return [...played, ...madeUp(ground, id, { ...from, count: Math.min(MOST_DAYS, count - played.length) })];
  }
}

/** Today as a bar; undefined before the first trade. */
export function todayBar(ground: Ground, id: InstrumentId): DayBar | undefined {
  const look = lookAt(ground, id, 'J');
  if (!look || look.volume === 0) return undefined;
  const { sessionDate: date } = ground.simulator.session();
  const { open, high, low, last: close, volume, value } = look;
  return { date, open: open || close, high: high || close, low: low || close, close, volume, value };
}

function madeUp(
  ground: Ground,
  id: InstrumentId,
  from: { readonly date: SessionDate; readonly close: number; readonly count: number },
): DayBar[] {
  const instrument = ground.instrument(id);
  if (!instrument || from.close <= 0) return [];
  const rng = Rng.from(ground.seed, `days/${id}`);
  const usual = Math.max(1_000, Math.floor((instrument.listedShares ?? 10_000_000) / 400));
  const bars: DayBar[] = [];
  let { date, close } = from;
  try {
    while (bars.length < from.count) {
      date = ground.calendar.addSessions(date, -1);
      const table = tickTable(instrument.market, date, instrument.product ?? 'stock');
      const fit = (price: number): number => roundToTick(table, Math.max(1, Math.round(price)), 'up');
      const open = fit(close * (1 - rng.normal() / 90));
      const high = fit(Math.max(open, close) * (1 + rng.unit() / 80));
      const low = fit(Math.min(open, close) * (1 - rng.unit() / 80));
      const volume = usual + rng.int(usual);
      bars.push({
        date,
        open,
        high,
        low: Math.min(low, open, close),
        close,
        volume,
        value: Math.round((volume * (high + low)) / 2),
      });
      close = fit(open * (1 + rng.normal() / 300));
    }
  } catch (error) {
    // Before the first day that the calendar knows there are none.
    if (!(error instanceof RangeError)) throw error;
  }
  return bars;
}

const KEY: Readonly<Record<string, (date: string) => string>> = {
  // Weeks go by the Monday they begin on.
  W: (date) =>
    String(Math.floor((Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / 86_400_000 + 3) / 7)),
  M: (date) => date.slice(0, 7),
  Y: (date) => date.slice(0, 4),
};

/** Days gathered into weeks, months or years, newest first; the date is that of the newest day. */
export function gathered(days: readonly DayBar[], period: string): readonly DayBar[] {
  const keyOf = KEY[period];
  if (!keyOf) return days;
  const bars: DayBar[] = [];
  let key = '';
  for (const day of days) {
    const own = keyOf(day.date);
    const last = bars.at(-1);
    if (own !== key || !last) {
      key = own;
      bars.push(day);
      continue;
    }
    bars[bars.length - 1] = {
      ...last,
      open: day.open,
      high: Math.max(last.high, day.high),
      low: Math.min(last.low, day.low),
      volume: last.volume + day.volume,
      value: last.value + day.value,
    };
  }
  return bars;
}
