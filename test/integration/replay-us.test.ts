/** Real minutes and 200,000 real trades through the book: every minute and every trade is printed. */
import { describe, expect, it } from 'vitest';
import {
  chooseRecord,
  daySchedule,
  Exchange,
  recordHours,
  replayExchange,
  ReplayMarket,
  type ExchangeEvent,
  type StoredIssue,
} from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstInstant, timeOfDayMs } from '#shared/time/index.ts';
import { US_DATE, usFilesPresent, usIssue, usMinutes, usTrades } from '#test/support/us-market.ts';

const schedule = daySchedule(krxCalendar, US_DATE);
const MIDNIGHT = kstInstant(US_DATE, 0);
const OPEN_MS = timeOfDayMs('09:00');

function play(stored: StoredIssue): { tape: [ms: number, price: number, quantity: number][]; disturbed: boolean } {
  const { issue } = chooseRecord(stored, recordHours(schedule));
  const day = { date: US_DATE, issues: [issue], indices: [], notes: [] };
  const tape: [number, number, number][] = [];
  const hear = (event: ExchangeEvent): void => {
    market.observe(event);
    if (event.kind === 'trade') tape.push([event.ts - MIDNIGHT, event.price, event.quantity]);
  };
  const exchange = new Exchange(replayExchange(day, { schedule, seed: 1, vi: false }), hear);
  const market: ReplayMarket = new ReplayMarket({ day, seed: 1, exchange });
  market.advanceTo(kstInstant(US_DATE, timeOfDayMs('18:00')));
  return { tape, disturbed: market.disturbed };
}

/** Quantity by instant and price. */
function sums(rows: Iterable<readonly [ms: number, price: number, quantity: number]>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [ms, price, quantity] of rows) {
    const key = `${ms} ${price}`;
    found.set(key, (found.get(key) ?? 0) + quantity);
  }
  return found;
}

describe('replay of real minutes and trades', () => {
  if (!usFilesPresent()) {
    it('says that the files are not at hand', ({ annotate }) =>
      annotate('spy-minute-20131007.zip and spy-ticks-20131007.zip not found beside the project'));
    return;
  }

  it('prints 380 real minutes exactly', () => {
    const minutes = usMinutes();
    expect(minutes.atMs.length).toBeGreaterThan(150);
    const { tape, disturbed } = play(usIssue({ minutes }, minutes.open[0] as number));
    const bars = new Map<number, number[]>();
    for (const [ms, price, quantity] of tape) {
      const start = ms - (ms % 60_000);
      const bar = bars.get(start) ?? [price, price, price, price, 0];
      const [open, high, low, , volume] = bar as [number, number, number, number, number];
      bars.set(start, [open, Math.max(high, price), Math.min(low, price), price, volume + quantity]);
    }
    const { atMs, open, high, low, close, volume } = minutes;
    const recorded = new Map([...atMs].map((ms, i) => [ms, [open[i], high[i], low[i], close[i], volume[i]]]));
    expect(bars).toEqual(recorded);
    expect(disturbed).toBe(false);
  });

  it('prints a day of real trades exactly', { timeout: 120_000 }, () => {
    const trades = usTrades();
    expect(trades.atMs.length).toBeGreaterThan(150_000);
    const { tape, disturbed } = play(usIssue({ trades }, trades.price[0] as number));
    const { atMs, price, quantity } = trades;
    // The prints of the first instant belong to the opening auction, which ends at 09:00:00.000 sharp.
    const at = (ms: number): number => (ms === atMs[0] ? OPEN_MS : ms);
    const recorded = [...atMs].map((ms, i) => [at(ms), price[i] as number, quantity[i] as number] as const);
    expect(sums(tape)).toEqual(sums(recorded));
    expect(disturbed).toBe(false);
  });
});
