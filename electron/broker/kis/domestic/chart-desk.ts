/** Candles by REST: days with adjusted prices, minutes of today, minutes of days before where they are offered. */
import { codeOf, type InstrumentId, type Interval } from '#shared/domain/index.ts';
import {
  addDays,
  epochMs,
  kstTimeText,
  MINUTE_MS,
  type EpochMs,
  type SessionDate,
  type TradingCalendar,
} from '#shared/time/index.ts';
import { isTradingDay } from '#shared/market/index.ts';
import type { KisRest } from '../ports.ts';
import type { SessionClock } from './session-clock.ts';
import { dailyBars, dailyChart } from './wire/item-chart.ts';
import { DAY_MINUTES, dayMinutes, minuteBars, todayMinutes, type ChartBar } from './wire/time-chart.ts';

/** Calendar days that surely hold no more than a page of sessions. */
const DAYS_A_PAGE = 140;
/** Pages of one question at most: six years of days, and two days of minutes. */
const MOST_DAILY_PAGES = 15;
const MOST_MINUTE_PAGES = 30;

const STEP_MINUTES: Readonly<Record<Exclude<Interval, '1d' | '10s'>, number>> = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '15m': 15,
  '60m': 60,
};

export class ChartDesk {
  readonly #rest: KisRest;
  readonly #session: SessionClock;
  readonly #calendar: TradingCalendar;
  readonly #known = new Map<InstrumentId, { readonly date: SessionDate; readonly bars: readonly ChartBar[] }>();

  constructor(parts: { readonly rest: KisRest; readonly session: SessionClock; readonly calendar: TradingCalendar }) {
    this.#rest = parts.rest;
    this.#session = parts.session;
    this.#calendar = parts.calendar;
  }

  /** The newest `limit` days before the present session, oldest first. */
  async days(id: InstrumentId, limit: number, signal: AbortSignal): Promise<readonly ChartBar[]> {
    const found: ChartBar[] = [];
    let to = addDays(this.#session.date(), -1);
    for (let page = 0; page < MOST_DAILY_PAGES && found.length < limit; page += 1) {
      const from = addDays(to, -DAYS_A_PAGE);
      const bars = dailyBars(await this.#rest.call(dailyChart({ code: codeOf(id), from, to, signal })));
      const within = bars.filter(({ date }) => date >= from && date <= to);
      if (within.length === 0) break;
      for (const { date: _date, ...bar } of within.toSorted((a, b) => b.openTs - a.openTs)) found.push(bar);
      to = addDays(from, -1);
    }
    return found.slice(0, limit).reverse();
  }

  /** Minutes of today, oldest first; what was asked before is not asked again, but for its last minute. */
  async today(id: InstrumentId, signal: AbortSignal): Promise<readonly ChartBar[]> {
    const date = this.#session.date();
    const known = this.#known.get(id);
    const before = known?.date === date ? known.bars : [];
    const from = before.at(-1)?.openTs ?? epochMs(0);
    const fresh = await this.#minutes(from, MOST_MINUTE_PAGES, {
      page: (until) => this.#rest.call(todayMinutes({ code: codeOf(id), until, signal })),
      date,
      start: this.#session.now(),
    });
    const bars = [...before.filter(({ openTs }) => openTs < from), ...fresh];
    this.#known.set(id, { date, bars });
    return bars;
  }

  /** Minutes of days before today for so many candles of an interval, oldest first; none where they are not offered. */
  async earlierMinutes(
    id: InstrumentId,
    wish: { readonly interval: Exclude<Interval, '1d' | '10s'>; readonly limit: number; readonly mostMinutes: number },
    signal: AbortSignal,
  ): Promise<readonly ChartBar[]> {
    if (!this.#rest.offers(DAY_MINUTES)) return [];
    const wanted = Math.min(wish.mostMinutes, wish.limit * STEP_MINUTES[wish.interval]);
    let found: ChartBar[] = [];
    let date = this.#before(this.#session.date());
    for (let days = 0; days < 5 && found.length < wanted; days += 1) {
      const day = date;
      const bars = await this.#minutes(epochMs(0), Math.ceil((wanted - found.length) / 120), {
        page: (until) => this.#rest.call(dayMinutes({ code: codeOf(id), until, date: day, signal })),
        date,
        start: null,
      });
      if (bars.length === 0) break;
      found = [...bars, ...found];
      date = this.#before(date);
    }
    return found.slice(-wanted);
  }

  async #minutes(
    from: EpochMs,
    mostPages: number,
    ask: {
      readonly page: (until: string) => ReturnType<KisRest['call']>;
      readonly date: SessionDate;
      /** null: from the end of the day. */
      readonly start: EpochMs | null;
    },
  ): Promise<readonly ChartBar[]> {
    const found = new Map<number, ChartBar>();
    let until = ask.start === null ? '235900' : kstTimeText(ask.start).replaceAll(':', '');
    for (let page = 0; page < mostPages; page += 1) {
      const bars = minuteBars(await ask.page(until), ask.date);
      const before = found.size;
      for (const bar of bars) if (!found.has(bar.openTs)) found.set(bar.openTs, bar);
      const oldest = Math.min(...bars.map(({ openTs }) => openTs));
      if (found.size === before || oldest <= from) break;
      until = kstTimeText(epochMs(oldest - MINUTE_MS)).replaceAll(':', '');
    }
    return [...found.values()].filter(({ openTs }) => openTs >= from).toSorted((a, b) => a.openTs - b.openTs);
  }

  #before(date: SessionDate): SessionDate {
    let day = addDays(date, -1);
    while (!isTradingDay(this.#calendar, day)) day = addDays(day, -1);
    return day;
  }
}

/** Minutes put together to longer candles, oldest first. */
export function gathered(minutes: readonly ChartBar[], interval: Exclude<Interval, '1d' | '10s'>): readonly ChartBar[] {
  const stepMs = STEP_MINUTES[interval] * MINUTE_MS;
  const bars: ChartBar[] = [];
  for (const bar of minutes) {
    const openTs = epochMs(bar.openTs - (bar.openTs % stepMs));
    const last = bars.at(-1);
    if (last?.openTs !== openTs) bars.push({ ...bar, openTs });
    else
      bars[bars.length - 1] = {
        openTs,
        open: last.open,
        high: Math.max(last.high, bar.high),
        low: Math.min(last.low, bar.low),
        close: bar.close,
        volume: last.volume + bar.volume,
      };
  }
  return bars;
}
