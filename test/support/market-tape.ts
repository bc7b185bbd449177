/** Plays days of a synthetic market one after another, and keeps what its statistics are told from. */
import {
  daySchedule,
  Exchange,
  minuteStatistics,
  nxtSchedule,
  SyntheticMarket,
  tapeStatistics,
  type ExchangeEvent,
  type Figures,
  type ListedIssue,
  type MinuteBar,
} from '#shared/exchange/index.ts';
import { krxCalendar, tickAt, tickTable } from '#shared/market/index.ts';
import { epochMs, MINUTE_MS, type SessionDate } from '#shared/time/index.ts';

type Trade = Extract<ExchangeEvent, { kind: 'trade' }>;

/** Minutes of the continuous session, after which spreads are no longer looked at. */
const SESSION_MINUTES = 380;
const CLOSE_MINUTE = 930;
const AFTER_MINUTE = 960;
const OPEN_MINUTE = 540;

/** What is kept of one issue over all days. */
export class IssueTape {
  readonly price: number[] = [];
  readonly quantity: number[] = [];
  readonly sign: number[] = [];
  readonly spreads: number[] = [];
  readonly closes: number[] = [];
  #days: Map<number, MinuteBar>[] = [];
  #openValue = 0;
  #dayValue = 0;
  #krxValue = 0;
  #nxtValue = 0;

  beginDay(): void {
    this.#days.push(new Map());
  }

  hear({ venue, price, quantity, aggressor, ts }: Trade, openTs: number): void {
    const value = price * quantity;
    if (venue === 'NXT') {
      this.#nxtValue += value;
      return;
    }
    this.#krxValue += value;
    const now = OPEN_MINUTE + Math.floor((ts - openTs) / MINUTE_MS);
    if (now >= AFTER_MINUTE) return;
    this.#dayValue += value;
    // The auctions end up to 30 seconds late.
    if (aggressor === null && now <= OPEN_MINUTE) this.#openValue += value;
    const minute = aggressor === null && now >= CLOSE_MINUTE ? CLOSE_MINUTE : now;
    const bars = this.#days.at(-1);
    const bar = bars?.get(minute);
    bars?.set(minute, {
      minute,
      close: price,
      volume: (bar?.volume ?? 0) + quantity,
      value: (bar?.value ?? 0) + value,
    });
    this.price.push(price);
    this.quantity.push(quantity);
    this.sign.push(aggressor === null ? 0 : aggressor === 'buy' ? 1 : -1);
  }

  figures(spreadBand: string): Figures {
    const days = this.#days.map((bars) => [...bars.values()].sort((a, b) => a.minute - b.minute));
    return {
      ...minuteStatistics(days),
      ...tapeStatistics(this),
      OPEN_AUCTION: (100 * this.#openValue) / this.#dayValue,
      NXT_SHARE: this.#nxtValue === 0 ? null : (100 * this.#nxtValue) / this.#krxValue,
      [spreadBand]: this.spreads.reduce((sum, spread) => sum + spread, 0) / this.spreads.length,
    };
  }
}

/** Plays so many days from a date; yesterday's closes are today's base prices. Circuit breakers are off: a handful of issues is no index. */
export function playDays(options: {
  readonly from: SessionDate;
  readonly days: number;
  readonly seed: number;
  readonly issues: readonly ListedIssue[];
}): { readonly tapes: ReadonlyMap<string, IssueTape>; readonly rejected: number } {
  const { days, seed } = options;
  const tapes = new Map(options.issues.map((issue) => [issue.code, new IssueTape()]));
  let [date, issues, rejected] = [options.from, options.issues, 0];
  for (let day = 0; day < days; day += 1) {
    const schedule = daySchedule(krxCalendar, date);
    const openTs = schedule.parts.find((part) => part.phase === 'continuous')?.startTs ?? epochMs(0);
    for (const tape of tapes.values()) tape.beginDay();
    const daily = { date, schedule, issues, seed: seed + day, quietParticipants: true, breakers: false };
    const nxt = nxtSchedule(krxCalendar, date);
    const exchange = new Exchange({ ...daily, ...(nxt && { nxtSchedule: nxt }) }, (event) => {
      if (event.kind === 'trade') tapes.get(event.code)?.hear(event, openTs);
      if (event.kind === 'rejected') rejected += 1;
    });
    const market = new SyntheticMarket({ exchange, issues, seed: seed + day, marketSeed: seed });
    for (let minute = 1; minute < SESSION_MINUTES; minute += 1) {
      market.advanceTo(epochMs(openTs + minute * MINUTE_MS));
      for (const { code, market: board } of issues) {
        const [bid, ask] = [exchange.look(code)?.bestPrice('buy') ?? 0, exchange.look(code)?.bestPrice('sell') ?? 0];
        if (bid > 0 && ask > 0) tapes.get(code)?.spreads.push((ask - bid) / tickAt(tickTable(board, date), bid));
      }
    }
    market.advanceTo(epochMs(Math.max(schedule.parts.at(-1)?.endTs ?? 0, nxt?.parts.at(-1)?.endTs ?? 0)));
    issues = issues.map((issue) => {
      const { close } = exchange.issue(issue.code);
      tapes.get(issue.code)?.closes.push(close);
      return { ...issue, basePrice: close > 0 ? close : issue.basePrice };
    });
    date = krxCalendar.addSessions(date, 1);
  }
  return { tapes, rejected };
}
