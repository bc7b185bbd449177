/** How busy, how wide and how jumpy a synthetic issue is, from its market and size. */
import type { Rng } from '../rng/index.ts';
import { expOf, normalAt } from './quantiles.ts';
import type { ListedIssue } from './types.ts';

/** What the participants of an issue aim at. */
export interface IssueProfile {
  /** Shares a day and trades a day that the participants aim at. */
  readonly dailyShares: number;
  readonly dailyTrades: number;
  /** Mean shares at one of the ten levels. */
  readonly levelShares: number;
  /** Usual distance of best bid and ask in ticks. */
  readonly spread: number;
  /** Standard deviation of the day's return that is the issue's own, and its sensitivity to the market's. */
  readonly ownVolatility: number;
  readonly beta: number;
  /** Acts a second; a power of two, at least 1. */
  readonly actsPerSecond: number;
}

/** Standard deviation of the market factor's daily return. */
export const MARKET_VOLATILITY = 0.011;

interface SizeClass {
  /** Least capitalisation in won. */
  readonly from: number;
  readonly turnover: number;
  readonly trades: number;
  readonly spread: readonly [number, number];
  readonly acts: number;
}

/**
 * Turnover is the median share of listed stock traded a day; spreads in ticks.
 * @source krx-rules §9 (cross section of 11 days 2023-03..2025-06; spreads and trade counts unconfirmed)
 */
const KOSPI: readonly SizeClass[] = [
  { from: 10e12, turnover: 0.0027, trades: 20_000, spread: [1, 1], acts: 4 },
  { from: 1e12, turnover: 0.0031, trades: 7_000, spread: [1, 2], acts: 2 },
  { from: 300e9, turnover: 0.0021, trades: 2_500, spread: [1, 3], acts: 1 },
  { from: 100e9, turnover: 0.002, trades: 1_200, spread: [2, 4], acts: 1 },
  { from: 0, turnover: 0.0022, trades: 700, spread: [2, 5], acts: 1 },
];
const KOSDAQ: readonly SizeClass[] = [
  { from: 1e12, turnover: 0.0079, trades: 8_000, spread: [1, 2], acts: 2 },
  { from: 300e9, turnover: 0.0073, trades: 3_500, spread: [1, 3], acts: 1 },
  { from: 100e9, turnover: 0.0048, trades: 1_500, spread: [2, 4], acts: 1 },
  { from: 0, turnover: 0.003, trades: 700, spread: [2, 5], acts: 1 },
];

/** Where the listed shares are not known the issue is taken to be worth this much, won. */
const UNKNOWN_CAPITALISATION = 200e9;

/** Draws the profile of an issue; the same generator state gives the same one. */
export function drawProfile(issue: ListedIssue, rng: Rng): IssueProfile {
  const capitalisation = issue.listedShares === null ? UNKNOWN_CAPITALISATION : issue.listedShares * issue.basePrice;
  const classes = issue.market === 'KOSPI' ? KOSPI : KOSDAQ;
  const size = classes.find((c) => capitalisation >= c.from) as SizeClass;
  const quiet = issue.market === 'KONEX' ? 0.2 : 1;
  const shares = (capitalisation / issue.basePrice) * size.turnover * quiet * expOf(0.5 * normalAt(rng.u32()));
  const dailyShares = Math.max(200, Math.floor(shares));
  const [tight, wide] = size.spread;
  return {
    dailyShares,
    dailyTrades: Math.max(20, Math.min(Math.floor(dailyShares / 2), size.trades * quiet)),
    levelShares: Math.max(2, dailyShares * 0.002),
    spread: tight + rng.int(wide - tight + 1),
    ownVolatility: (issue.market === 'KOSPI' ? 0.02 : 0.027) * (0.8 + 0.4 * rng.unit()),
    beta: 0.6 + 0.8 * rng.unit(),
    actsPerSecond: size.acts,
  };
}
