/** How fast the simulated market moves: a real day replayed, 400 synthetic issues live, daily rows generated. */
import { daySchedule } from '../../shared/exchange/sessions.ts';
import { generateMarket, replayDay, SyntheticMarket, Exchange, type ListedIssue } from '../../shared/exchange/index.ts';
import { krxCalendar } from '../../shared/market/index.ts';
import { epochMs, sessionDate } from '../../shared/time/index.ts';
import { carriedRow } from '../support/krx-rows.ts';

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const ISSUES = 400;
const SLICE_MS = 1_000;
/** Simulated seconds measured, from the busiest part of the day: the half hour after the open. */
const SECONDS = 1_800;

function issues(): ListedIssue[] {
  const prices = [880, 1_999, 4_500, 12_340, 33_350, 71_000, 187_500, 445_000, 1_174_000];
  return Array.from({ length: ISSUES }, (_, i) => ({
    code: `T${String(i).padStart(5, '0')}`,
    market: i % 2 === 0 ? ('KOSPI' as const) : ('KOSDAQ' as const),
    basePrice: prices[i % prices.length] ?? 1_000,
    lotSize: 1,
    listedShares: 3_000_000 * (1 + (i % 20) * (i % 20) * 4),
  }));
}

function replayRows(): Row[] {
  const row = carriedRow('005930', '2025-02-11');
  const schedule = daySchedule(krxCalendar, row.date);
  const times: number[] = [];
  for (let seed = 1; seed <= 7; seed += 1) {
    const start = performance.now();
    replayDay(row, seed, schedule);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const median = times[3] ?? Number.NaN;
  return [
    {
      metric: '005930 of 2025-02-11 replayed, median of 7',
      value: median,
      unit: 'ms',
      target: '≤ 1000',
      pass: median <= 1_000,
    },
  ];
}

function syntheticRows(): Row[] {
  const date = sessionDate('2026-11-23');
  const schedule = daySchedule(krxCalendar, date);
  const listed = issues();
  const exchange = new Exchange({ date, schedule, issues: listed, seed: 1, quietParticipants: true }, () => undefined);
  const market = new SyntheticMarket({ exchange, issues: listed, seed: 1 });
  const open = schedule.parts.find((part) => part.phase === 'continuous')?.startTs ?? epochMs(0);
  const toOpen = performance.now();
  market.advanceTo(epochMs(open + 60_000));
  const openMs = performance.now() - toOpen;
  const slices: number[] = [];
  const firstEvent = exchange.events;
  for (let i = 1; i <= SECONDS; i += 1) {
    const start = performance.now();
    market.advanceTo(epochMs(open + 60_000 + i * SLICE_MS));
    slices.push(performance.now() - start);
  }
  const total = slices.reduce((sum, ms) => sum + ms, 0);
  const factor = (SECONDS * 1_000) / total;
  const p99 = slices.sort((a, b) => a - b)[Math.floor(SECONDS * 0.99)] ?? Number.NaN;
  const events = (exchange.events - firstEvent) / SECONDS;
  return [
    {
      metric: `${ISSUES} issues, simulated over real time`,
      value: factor,
      unit: 'x',
      target: '≥ 60',
      pass: factor >= 60,
    },
    {
      metric: `${ISSUES} issues, mean of a 1 s slice`,
      value: total / SECONDS,
      unit: 'ms',
      target: '≤ 8',
      pass: total / SECONDS <= 8,
    },
    {
      metric: `${ISSUES} issues, 99th percentile of a 1 s slice`,
      value: p99,
      unit: 'ms',
      target: '≤ 16',
      pass: p99 <= 16,
    },
    {
      metric: `${ISSUES} issues, exchange events a simulated second`,
      value: events,
      unit: '1/s',
      target: '≥ 400',
      pass: events >= 400,
    },
    {
      metric: `${ISSUES} issues, from 08:00 to 09:01`,
      value: openMs,
      unit: 'ms',
      target: '≤ 1000',
      pass: openMs <= 1_000,
    },
  ];
}

function generateRows(): Row[] {
  const start = performance.now();
  const from = sessionDate('2024-01-02');
  const { rows } = generateMarket({ days: 250, issues: 1_000, seed: 1, from, calendar: krxCalendar }, () => undefined);
  const rate = rows / ((performance.now() - start) / 1_000);
  return [{ metric: 'daily rows generated', value: rate, unit: 'rows/s', target: '≥ 200000', pass: rate >= 200_000 }];
}

export const bench = {
  name: 'replay',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    await Promise.resolve();
    return {
      measured: 'a recorded day through the book, the synthetic market, the row generator',
      rows: [...replayRows(), ...syntheticRows(), ...generateRows()],
    };
  },
};
